//! Hilbert's order: addresses along a curve that fills a square, so that neighbours on the line are neighbours in it
//! and every prefix of even length is a square.
//!
//! The curve begins at the top left. It is followed from the whole down, two bits of the address at each step, so a
//! square within it keeps its place and turn however deep one zooms.

/// How a square's curve lies: the basic one turned.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Turn {
    /// Whether x and y change places.
    swap: bool,
    /// Whether both run backwards.
    flip: bool,
}

/// Where the basic curve passes through: top left, bottom left, bottom right, top right.
const CORNERS: [(u64, u64); 4] = [(0, 0), (0, 1), (1, 1), (1, 0)];

impl Turn {
    /// Where the next two bits lie within this square, 0 or 1 each way, and how the curve lies there.
    fn step(self, bits: usize) -> ((u64, u64), Self) {
        let (x, y) = CORNERS[bits & 3];
        let (x, y) = if self.swap { (y, x) } else { (x, y) };
        let place = if self.flip { (1 - x, 1 - y) } else { (x, y) };
        let inner = match bits & 3 {
            0 => Self { swap: !self.swap, flip: self.flip },
            3 => Self { swap: !self.swap, flip: !self.flip },
            _ => self,
        };
        (place, inner)
    }
}

/// A square of the map: how the curve lies in it, and where it lies among the squares of its size.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Default)]
pub struct Square {
    /// How the curve lies in it.
    pub turn: Turn,
    /// How many squares are left of it.
    pub x: u64,
    /// How many are above it.
    pub y: u64,
}

impl Square {
    /// The square of a prefix: its address with the family's first bit at the top, and its length, of which the last
    /// bit is passed over where it is odd.
    pub fn of(address: u128, length: u8) -> Self {
        (0..length.min(128) / 2)
            .fold(Self::default(), |square, step| square.within((address >> (126 - 2 * u32::from(step))) as usize))
    }

    /// One of its four squares, by two bits of the address.
    fn within(self, bits: usize) -> Self {
        let ((x, y), turn) = self.turn.step(bits);
        Self { turn, x: self.x * 2 + x, y: self.y * 2 + y }
    }

    /// Where the cell of this number lies among its 4^`order` cells: so many from the left and from the top.
    pub fn place(self, number: u32, order: u8) -> (u32, u32) {
        let inner = (0..order).rev().fold(Self { x: 0, y: 0, ..self }, |square, step| {
            square.within((number >> (2 * u32::from(step))) as usize)
        });
        (inner.x as u32, inner.y as u32)
    }

    /// The number of the cell that lies there.
    pub fn number(self, x: u32, y: u32, order: u8) -> u32 {
        let (_, number) = follow(self.turn, u64::from(x), u64::from(y), order);
        number as u32
    }
}

/// The prefix of this length whose square lies there, its address with the family's first bit at the top.
pub fn address(x: u64, y: u64, length: u8) -> u128 {
    let steps = length.min(128) / 2;
    let (_, number) = follow(Turn::default(), x, y, steps);
    if steps == 0 { 0 } else { number << (128 - 2 * u32::from(steps)) }
}

/// Along the bits of a place from the top: the turn at the end, and the number that leads there.
fn follow(turn: Turn, x: u64, y: u64, steps: u8) -> (Turn, u128) {
    (0..steps).rev().fold((turn, 0), |(turn, number), step| {
        let wanted = ((x >> step) & 1, (y >> step) & 1);
        // One of the four leads there.
        let bits = (0..4).find(|bits| turn.step(*bits).0 == wanted).unwrap_or(0);
        (turn.step(bits).1, number << 2 | bits as u128)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every turn that occurs.
    fn turns() -> Vec<Square> {
        [(0_u128, 0), (0, 2), (3, 2), (0xc, 4), (1, 2)]
            .map(|(number, length)| {
                Square::of(if length == 0 { 0 } else { number << (128 - length) }, length as u8)
            })
            .to_vec()
    }

    #[test]
    fn each_cell_has_a_place_of_its_own_and_the_next_is_its_neighbour() {
        for square in turns() {
            for order in 0..=6_u8 {
                let side = 1_u32 << order;
                let places: Vec<_> = (0..side * side).map(|number| square.place(number, order)).collect();
                let mut seen = vec![false; places.len()];
                for (number, (x, y)) in places.iter().enumerate() {
                    assert!(*x < side && *y < side);
                    assert!(!std::mem::replace(&mut seen[(y * side + x) as usize], true), "{x} {y} twice");
                    assert_eq!(square.number(*x, *y, order), number as u32);
                }
                for pair in places.windows(2) {
                    assert_eq!(pair[0].0.abs_diff(pair[1].0) + pair[0].1.abs_diff(pair[1].1), 1, "{pair:?}");
                }
            }
        }
    }

    #[test]
    fn the_first_cells_lie_as_on_the_maps_that_people_know() {
        let rows: Vec<Vec<u32>> =
            (0..4).map(|y| (0..4).map(|x| Square::default().number(x, y, 2)).collect()).collect();
        assert_eq!(rows, [[0, 1, 14, 15], [3, 2, 13, 12], [4, 7, 8, 11], [5, 6, 9, 10]]);
    }

    #[test]
    fn a_square_stays_where_it_is_when_one_zooms_into_it() {
        let address = 0x2001_0db8_85a3_0000_0000_8a2e_0370_7334_u128;
        for length in (0..=114).step_by(2) {
            let square = Square::of(address, length);
            let inner = Square::of(address, length + 14);
            let number = (address >> (128 - 14 - u32::from(length))) as u32 & 0x3fff;
            let (x, y) = square.place(number, 7);
            assert_eq!(
                (inner.x, inner.y),
                (square.x * 128 + u64::from(x), square.y * 128 + u64::from(y)),
                "/{length}"
            );
            let kept =
                if length == 0 { 0 } else { address >> (128 - u32::from(length)) << (128 - u32::from(length)) };
            assert_eq!(super::address(square.x, square.y, length), kept);
        }
        assert_eq!(Square::of(u128::MAX, 129), Square::of(u128::MAX, 128));
    }
}
