//! Which row of a table is pointed at: the one under the pointer, or else the active one while the table has the focus.
//!
//! It is no state of the table, so pointing lays no line of it out anew: whoever wants to know is told.

use std::cell::RefCell;
use std::rc::Rc;
use yew::{Callback, MouseEvent, hook, use_effect_with, use_mut_ref};

/// A row, or one of its parts.
pub type Pointed = (u32, Option<u32>);

/// What points.
#[derive(Default)]
struct Hands {
    /// Under the pointer, unless a key was pressed since.
    over: Option<Pointed>,
    /// Where the pointer was last.
    place: (i32, i32),
    active: Option<Pointed>,
    focused: bool,
}

#[derive(Clone)]
pub(super) struct Pointing {
    hands: Rc<RefCell<Hands>>,
    tell: Callback<Option<Pointed>>,
}

impl Pointing {
    fn change(&self, change: impl FnOnce(&mut Hands)) {
        let pointed = {
            let mut hands = self.hands.borrow_mut();
            change(&mut hands);
            hands.over.or(hands.active.filter(|_| hands.focused))
        };
        self.tell.emit(pointed);
    }

    /// The pointer is on a row.
    pub(super) fn on(&self, row: Pointed, event: &MouseEvent) {
        let place = (event.screen_x(), event.screen_y());
        self.change(|hands| {
            // A row that a key moved under the resting pointer isn't pointed at.
            let rests = hands.over.is_none() && hands.place == place;
            if !rests {
                (hands.over, hands.place) = (Some(row), place);
            }
        });
    }

    /// The pointer is on no row.
    pub(super) fn off(&self) {
        self.change(|hands| hands.over = None);
    }

    /// The table has the focus now, or no longer.
    pub(super) fn focus(&self, focused: bool) {
        self.change(|hands| hands.focused = focused);
    }
}

/// `active` is the row that the keyboard is on; `tell` hears of every change, and that nothing is pointed at when the
/// table goes.
#[hook]
pub(super) fn use_pointing(active: Option<Pointed>, tell: Callback<Option<Pointed>>) -> Pointing {
    let pointing = Pointing { hands: use_mut_ref(Hands::default), tell: tell.clone() };
    {
        let pointing = pointing.clone();
        use_effect_with(active, move |active| pointing.change(|hands| hands.active = *active));
    }
    use_effect_with((), move |()| move || tell.emit(None));
    pointing
}
