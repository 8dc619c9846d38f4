//! Bars: a load as a range against a bandwidth, drawn by attributes alone.

use crate::study::capacity::{CarrierRow, Load, Range};
use yew::{Html, html};

/// How wide a bar's picture is, in its own units.
const WIDTH: u64 = 1000;

/// What a full bar stands for, and where the bandwidth is.
#[derive(Copy, Clone)]
pub(super) struct Scale {
    kbps: u64,
    room: Option<u64>,
}

impl Scale {
    /// Room for all loads of a row, and for its bandwidth.
    pub(super) fn of(row: &CarrierRow) -> Self {
        let most = |load: Load| load.out.most.max(load.back.most);
        let loads = [Some(row.normal), row.before, row.worst.as_ref().map(|worst| worst.load)];
        let most = loads.into_iter().flatten().map(most).max().unwrap_or(0);
        // A little more than the most, so that a line at the bandwidth is seen beside a full bar.
        let kbps = most.max(row.kbps.unwrap_or(0));
        Self { kbps: (kbps + kbps / 20).max(1), room: row.kbps }
    }

    /// The same without the line of the bandwidth: for links that share it.
    pub(super) fn without_room(self) -> Self {
        Self { room: None, ..self }
    }

    fn at(self, kbps: u64) -> u64 {
        u64::try_from(u128::from(kbps) * u128::from(WIDTH) / u128::from(self.kbps)).unwrap_or(WIDTH).min(WIDTH)
    }
}

/// A bar, named in words.
pub(super) fn bar(scale: Scale, range: Range, name: &str) -> Html {
    let (least, most) = (scale.at(range.least), scale.at(range.most));
    let over = scale.room.is_some_and(|room| range.least > room);
    html! {
        <svg class="cap-bar" viewBox={format!("0 0 {WIDTH} 100")} preserveAspectRatio="none" role="img" aria-label={name.to_owned()}>
            <rect class="cap-back" x="0" y="25" width={WIDTH.to_string()} height="50" />
            <rect class="cap-most" x={least.to_string()} y="25" width={(most - least).to_string()} height="50" />
            <rect class={if over { "cap-least cap-over" } else { "cap-least" }} x="0" y="25" width={least.to_string()} height="50" />
            if let Some(room) = scale.room {
                <line class="cap-room" x1={scale.at(room).to_string()} x2={scale.at(room).to_string()} y1="0" y2="100" />
            }
        </svg>
    }
}
