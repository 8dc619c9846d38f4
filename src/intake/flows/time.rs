//! Times as logs write them.
//!
//! Seconds or milliseconds since 1970, with or without a fraction; `2026-11-16 08:00:00.123`, with `T`, a zone or none;
//! `11/16/2026, 8:00:00.123 AM`, as the Azure portal exports it.

/// The first time that a log may name: the year 2000. A clock that was never set says 1970.
const EARLIEST: u64 = 946_684_800_000;
/// The first time beyond what a log may name: the year 2100.
const LATEST: u64 = 4_102_444_800_000;
/// Numbers from here on are milliseconds, below it seconds.
const MILLIS: u64 = 100_000_000_000;

/// A time in milliseconds since 1970; `None` where it is none, or none of this century.
pub(super) fn time(text: &[u8]) -> Option<u64> {
    let millis = if text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') {
        epoch(text)?
    } else if text.get(4) == Some(&b'-') {
        iso(text)?
    } else {
        american(text)?
    };
    (EARLIEST..LATEST).contains(&millis).then_some(millis)
}

/// A span in milliseconds: seconds with or without a fraction, or `00:01:02.345`.
pub(super) fn seconds(text: &[u8]) -> Option<u64> {
    if text.contains(&b':') {
        return clock(text, 0).filter(|(_, end)| *end == text.len()).map(|(millis, _)| millis);
    }
    let (whole, at) = digits(text, 0, 12)?;
    let (fraction, end) = fraction(text, at);
    (end == text.len()).then_some(whole.saturating_mul(1000).saturating_add(fraction))
}

fn epoch(text: &[u8]) -> Option<u64> {
    let (whole, at) = digits(text, 0, 15)?;
    let (fraction, end) = fraction(text, at);
    if end != text.len() {
        return None;
    }
    Some(if whole >= MILLIS { whole } else { whole * 1000 + fraction })
}

fn iso(text: &[u8]) -> Option<u64> {
    let (year, at) = digits(text, 0, 4)?;
    let (month, at) = digits(text, behind(text, at, b'-')?, 2)?;
    let (day, at) = digits(text, behind(text, at, b'-')?, 2)?;
    let days = days(year, month, day)?;
    if at == text.len() {
        return Some(days * 86_400_000);
    }
    if !matches!(text.get(at), Some(b' ' | b'T' | b't')) {
        return None;
    }
    let (clock, at) = clock(text, at + 1)?;
    let millis = days * 86_400_000 + clock;
    let zone = text.get(at..)?.trim_ascii();
    match zone {
        [] | [b'Z' | b'z'] | b"UTC" => Some(millis),
        [sign @ (b'+' | b'-'), offset @ ..] => {
            // `+02`, `+02:00`, `+0200`.
            let two =
                |text: &[u8]| digits(text, 0, 2).filter(|(_, end)| *end == text.len()).map(|(number, _)| number);
            let (hours, minutes) = offset.split_at(offset.len().min(2));
            let minutes = minutes.strip_prefix(b":").unwrap_or(minutes);
            let (hours, minutes) = (two(hours)?, if minutes.is_empty() { 0 } else { two(minutes)? });
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = (hours * 60 + minutes) * 60_000;
            if *sign == b'+' { millis.checked_sub(offset) } else { Some(millis + offset) }
        }
        _ => None,
    }
}

fn american(text: &[u8]) -> Option<u64> {
    let (month, at) = digits(text, 0, 2)?;
    let (day, at) = digits(text, behind(text, at, b'/')?, 2)?;
    let (year, at) = digits(text, behind(text, at, b'/')?, 4)?;
    let days = days(year, month, day)?;
    let mut at = behind(text, at, b',').unwrap_or(at);
    while text.get(at) == Some(&b' ') {
        at += 1;
    }
    let (clock, at) = clock(text, at)?;
    // Half a day, before or after noon; the blank before it may be one that doesn't break.
    let half = text.get(at..)?.trim_ascii();
    let half = half.strip_prefix("\u{202f}".as_bytes()).unwrap_or(half);
    let clock = match half {
        [] => clock,
        b"AM" | b"am" if clock < 43_200_000 => clock,
        b"AM" | b"am" => clock.checked_sub(43_200_000).filter(|clock| *clock < 3_600_000)?,
        b"PM" | b"pm" if clock < 43_200_000 => clock + 43_200_000,
        b"PM" | b"pm" => clock,
        _ => return None,
    };
    Some(days * 86_400_000 + clock)
}

/// `8:00`, `08:00:00`, `08:00:00.123`: milliseconds since midnight, and where it ends.
fn clock(text: &[u8], at: usize) -> Option<(u64, usize)> {
    let (hours, at) = digits(text, at, 2)?;
    let (minutes, at) = digits(text, behind(text, at, b':')?, 2)?;
    let (seconds, at) = match behind(text, at, b':') {
        Some(at) => digits(text, at, 2)?,
        None => (0, at),
    };
    let (fraction, at) = fraction(text, at);
    (hours < 24 && minutes < 60 && seconds <= 60)
        .then_some((((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction, at))
}

/// A number of one to `most` digits, and where it ends.
fn digits(text: &[u8], at: usize, most: usize) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    let mut end = at;
    while let Some(digit) = text.get(end).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        if end - at == most {
            return None;
        }
        number = number * 10 + u64::from(digit);
        end += 1;
    }
    (end > at).then_some((number, end))
}

/// The milliseconds of `.123456`, of which digits beyond the third are dropped; 0 where no fraction is.
fn fraction(text: &[u8], at: usize) -> (u64, usize) {
    let Some(mut end) = behind(text, at, b'.') else { return (0, at) };
    let (mut millis, mut unit) = (0, 100);
    while let Some(digit) = text.get(end).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        millis += u64::from(digit) * unit;
        unit /= 10;
        end += 1;
    }
    (millis, end)
}

fn behind(text: &[u8], at: usize, byte: u8) -> Option<usize> {
    (text.get(at) == Some(&byte)).then_some(at + 1)
}

/// Days from 1970-01-01 to a date of 1970 or later (the proleptic Gregorian calendar).
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    const BEFORE: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    const LENGTH: [u64; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let index = usize::try_from(month.checked_sub(1)?).ok()?;
    if year < 1970 || day == 0 || day > *LENGTH.get(index)? {
        return None;
    }
    let leaps = |year: u64| year / 4 - year / 100 + year / 400;
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    if month == 2 && day == 29 && !is_leap {
        return None;
    }
    let leap_day = u64::from(is_leap && month > 2);
    Some((year - 1970) * 365 + leaps(year - 1) - leaps(1969) + BEFORE.get(index)? + leap_day + day - 1)
}

/// A time as people read it, to the minute: `2026-11-16 08:00`.
pub fn shown(millis: u64) -> String {
    let (mut year, mut left) = (1970, millis / 86_400_000);
    loop {
        let length = days(year + 1, 1, 1).unwrap_or(0) - days(year, 1, 1).unwrap_or(0);
        if left < length || length == 0 {
            break;
        }
        left -= length;
        year += 1;
    }
    let begins = |month: u64| days(year, month, 1).unwrap_or(0) - days(year, 1, 1).unwrap_or(0);
    let month = (1..=12).rev().find(|month| begins(*month) <= left).unwrap_or(1);
    let minutes = millis / 60_000 % 1440;
    format!("{year:04}-{month:02}-{:02} {:02}:{:02}", left - begins(month) + 1, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_logs_write_them() {
        // 2026-11-16 08:00:00 UTC.
        const EIGHT: u64 = 1_794_816_000_000;
        for (text, expected) in [
            ("1794816000", Some(EIGHT)),
            ("1794816000.250", Some(EIGHT + 250)),
            ("1794816000123", Some(EIGHT + 123)),
            ("2026-11-16 08:00:00", Some(EIGHT)),
            ("2026-11-16 08:00:00.123", Some(EIGHT + 123)),
            ("2026-11-16T08:00:00.1234567Z", Some(EIGHT + 123)),
            ("2026-11-16T08:00:00+00:00", Some(EIGHT)),
            ("2026-11-16T10:00:00+0200", Some(EIGHT)),
            ("2026-11-16T03:00:00-05:00", Some(EIGHT)),
            ("2026-11-16 08:00:00 UTC", Some(EIGHT)),
            ("11/16/2026, 8:00:00.123 AM", Some(EIGHT + 123)),
            ("11/16/2026, 8:00:00 PM", Some(EIGHT + 12 * 3_600_000)),
            ("11/16/2026, 12:30 AM", Some(EIGHT - 27_000_000)),
            ("11/16/2026 08:00", Some(EIGHT)),
            ("2024-02-29", Some(1_709_164_800_000)),
            ("2023-02-29", None),
            ("0", None),
            ("1970-01-01 00:00:00", None),
            ("2026-13-01", None),
            ("2026-11-16 25:00", None),
            ("2026-11-16T10:00:00+02", Some(EIGHT)),
            ("2026-11-16T10:00:00+02x0", None),
            ("2026-11-16T10:00:00+020000", None),
            ("2026-11-16 08:00:00 CET", None),
            ("99999999999999999999", None),
            ("", None),
            (".", None),
            ("-", None),
            ("yesterday", None),
        ] {
            assert_eq!(time(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(shown(EIGHT + 59_999), "2026-11-16 08:00");
        assert_eq!(shown(1_709_251_199_999), "2024-02-29 23:59");
        assert_eq!(shown(1_735_689_600_000), "2025-01-01 00:00");
        assert_eq!(shown(0), "1970-01-01 00:00");
    }
}
