//! The rollout as text: the whole in a sentence, the steps with what each does on the way and its way back, a better
//! order.

use super::layout::{Style, paragraph};
use crate::report::answers::RolledOut;
use crate::report::words::{self, rollout as told};

/// The rollout as text.
pub fn rollout(answer: &RolledOut, style: Style) -> String {
    let mut out = String::new();
    let (window, names) = (&answer.window, answer.names);
    let (before, after) = (answer.before.name.trim(), answer.after.name.trim());
    if !before.is_empty() || !after.is_empty() {
        let title = if before == after { after.to_owned() } else { format!("{before} → {after}") };
        paragraph(&mut out, "", "", &title);
    }
    let scenario = words::scenario(answer.scenario, names);
    if !scenario.is_empty() {
        paragraph(&mut out, "", "", &scenario);
    }
    paragraph(&mut out, "", "", &style.strong(&told::headline(window)));
    let mut last = String::new();
    for (index, stage) in window.steps.iter().enumerate() {
        out.push('\n');
        let head = format!("  {:>3}. ", window.view.from as usize + index + 1);
        paragraph(&mut out, &head, "       ", &style.strong(&format!("{}.", told::step(&stage.step, names))));
        for sentence in told::effects(stage, window.total, names) {
            paragraph(&mut out, "       - ", "         ", &sentence);
        }
        // What holds for one step after the other is said once.
        let effective = told::effective(&stage.effective);
        if !effective.is_empty() && effective != last {
            paragraph(&mut out, "       - ", "         ", &effective);
        }
        last = effective;
        let back = told::way_back(stage, names).join(" ");
        paragraph(&mut out, "       Way back: ", "         ", &back);
    }
    let better = told::better(window);
    if !better.is_empty() {
        out.push('\n');
        paragraph(&mut out, "", "", &style.strong(&better));
    }
    if let Some(found) = &window.better {
        for (place, at) in found.places.iter().enumerate() {
            // The window of the command line has all steps.
            let Some(stage) = window.steps.get(*at as usize) else { continue };
            let was = if place == *at as usize { String::new() } else { format!(" (was {})", at + 1) };
            let head = format!("  {:>3}. ", place + 1);
            paragraph(&mut out, &head, "       ", &format!("{}{was}", told::step(&stage.step, names)));
        }
    }
    let solved = words::count(u64::from(window.solved), "time");
    out.push('\n');
    paragraph(&mut out, "", "", &format!("Tried: the engine solved a state between {solved}."));
    out
}
