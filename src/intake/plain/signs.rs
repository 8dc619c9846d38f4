//! Which bytes of a line's beginning are colons and hexadecimal digits: eight bytes at a time, by plain 64-bit
//! arithmetic, one bit a byte in the answer.
//!
//! The sixteen-byte operations of processors would be shorter, but can't be called without `unsafe`.

/// One in every byte.
pub(super) const ONES: u64 = u64::MAX / 0xff;
/// The top bit of every byte.
const TOPS: u64 = ONES << 7;

/// The top bits of eight bytes side by side, the lowest byte's lowest.
#[inline(always)]
fn gathered(tops: u64) -> u32 {
    // Each bit is moved to one of 56 to 63, and no two products meet in one bit.
    (((tops & TOPS) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

/// The top bit of each byte that is `limit` or more; `limit` is 1 to 128. Other bits are of no meaning.
#[inline(always)]
fn at_least(bytes: u64, limit: u8) -> u64 {
    ((bytes & !TOPS) + ONES * u64::from(128 - limit)) | bytes
}

/// Which of eight bytes are colons; the lowest byte's bit is the lowest.
#[inline(always)]
pub(super) fn colons(bytes: u64) -> u32 {
    gathered(!at_least(bytes ^ (ONES * u64::from(b':')), 1))
}

/// Which of eight bytes are neither colons nor hexadecimal digits.
#[inline(always)]
pub(super) fn other_than_groups(bytes: u64) -> u32 {
    // 0 to 9, and 10 for the colon.
    let other_than_digits = at_least(bytes ^ (ONES * u64::from(b'0')), 11);
    // Letters of both cases are 1 to 6.
    let letters = (bytes | (ONES * 0x20)) ^ (ONES * 0x60);
    gathered(other_than_digits & (at_least(letters, 7) | !at_least(letters, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(bytes: [u8; 8], is: impl Fn(u8) -> bool) -> u32 {
        bytes.iter().enumerate().map(|(at, byte)| u32::from(is(*byte)) << at).sum()
    }

    #[test]
    fn every_byte_in_every_place() {
        for around in [b'0', b'9', b':', 0, 0x7f, 0x80, 0xff, b'f', b'/'] {
            for byte in 0..=255 {
                for place in 0..8 {
                    let mut bytes = [around; 8];
                    bytes[place] = byte;
                    let word = u64::from_le_bytes(bytes);
                    assert_eq!(colons(word), bits(bytes, |byte| byte == b':'));
                    let other = |byte: u8| byte != b':' && !byte.is_ascii_hexdigit();
                    assert_eq!(other_than_groups(word), bits(bytes, other), "{byte} {place}");
                }
            }
        }
    }
}
