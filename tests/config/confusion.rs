//! What is configuration is never taken for a list, nor a list for configuration, nor one vendor's for another's.

use twopath::intake::config::{What, read, recognise, what};
use twopath::intake::{Format, decode};

#[test]
fn configuration_is_no_list() {
    for (path, text) in super::inputs("config") {
        let guesses = twopath::intake::recognise(&text);
        let best = &guesses[0];
        assert!(matches!(what(&text), What::Config(_)), "{path:?}: {guesses:?}");
        // What is known by its routes must not even look like it.
        assert!(
            best.format == Format::Plain || best.confidence < recognise(&text)[0].confidence,
            "{path:?}: {guesses:?}"
        );
        assert!(best.confidence <= 50, "{path:?} looks like {} by {:?}", best.format, best.reason);
    }
}

#[test]
fn a_list_is_no_configuration() {
    let mut texts = super::inputs("intake");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/routers");
    for file in std::fs::read_dir(folder).into_iter().flatten() {
        let path = file.unwrap().path();
        if !path.to_string_lossy().contains("nat") {
            texts.push((path.clone(), decode(std::fs::read(&path).unwrap()).unwrap().text));
        }
    }
    assert!(texts.len() > 30);
    for (path, text) in texts {
        assert_eq!(recognise(&text), [], "{path:?}");
        assert!(matches!(what(&text), What::List(_)), "{path:?}");
    }
}

#[test]
fn of_one_vendor_alone() {
    for (path, text) in super::inputs("config") {
        let guesses = recognise(&text);
        assert_eq!(guesses.len(), 1, "{path:?}: {guesses:?}");
    }
}

#[test]
fn in_a_mail_and_through_a_pager_it_is_the_same() {
    for (path, text) in super::inputs("config") {
        let What::Config(format) = what(&text) else { panic!("{path:?}") };
        let plain = read(&text, format);
        let shapes = [
            text.lines().map(|line| format!("> {line}\r\n")).collect::<String>(),
            text.replace('\n', "\r\n"),
            text.lines()
                .enumerate()
                .map(|(n, line)| format!("{}{line}\n", if n % 20 == 19 { "--More-- \r         \r" } else { "" }))
                .collect(),
        ];
        for other in shapes {
            assert_eq!(what(&other), What::Config(format), "{path:?}");
            let mut again = read(&other, format);
            assert_eq!(plain.left_out.len(), again.left_out.len(), "{path:?}");
            let strip = |setup: &mut twopath::intake::config::Setup| {
                setup.pools.iter_mut().for_each(|pool| pool.span = 0..0);
                setup.rules.iter_mut().for_each(|rule| rule.span = 0..0);
                setup.published.iter_mut().for_each(|published| published.span = 0..0);
            };
            let mut plain = plain.clone();
            strip(&mut plain);
            strip(&mut again);
            assert_eq!(plain.pools, again.pools, "{path:?}");
            assert_eq!(plain.rules, again.rules, "{path:?}");
            assert_eq!(plain.published, again.published, "{path:?}");
        }
    }
}
