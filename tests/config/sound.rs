//! What holds for every reading of every configuration. The fuzz targets assert the same.

use twopath::intake::LineIndex;
use twopath::intake::config::{ConfigFormat, Setup, read_in_steps};
use twopath::pace::Job;
use twopath::report::words::{faults, setup as words};

/// Everything that holds for every setup.
pub fn sound(text: &str, setup: &Setup) {
    let boundary = |at: u32| at as usize <= text.len() && text.is_char_boundary(at as usize);
    let span = |span: &std::ops::Range<u32>| {
        assert!(span.start <= span.end && boundary(span.start) && boundary(span.end), "{span:?}");
    };
    let mut names = std::collections::BTreeSet::new();
    for pool in &setup.pools {
        span(&pool.span);
        assert!(names.insert(&pool.name), "two pools are called {}", pool.name);
    }
    for rule in &setup.rules {
        span(&rule.span);
        assert!(rule.pool.is_none_or(|pool| pool < setup.pools.len()));
        assert!(!rule.sources.is_nothing() && !rule.destinations.is_nothing());
    }
    for published in &setup.published {
        span(&published.span);
        assert!(!published.published.is_empty() && !published.inside.is_empty());
        assert!(published.source_pool.is_none_or(|pool| pool < setup.pools.len()));
    }
    setup.advertised.iter().for_each(|found| span(&found.span));
    for list in &setup.prefix_lists {
        span(&list.span);
        for entry in &list.entries {
            assert!(entry.shortest >= entry.prefix.prefix_len() && entry.longest <= entry.prefix.max_prefix_len());
            assert!(entry.shortest <= entry.longest, "{entry:?}");
        }
    }
    for policy in &setup.policies {
        span(&policy.span);
        policy.terms.iter().for_each(|term| span(&term.span));
    }
    setup.neighbours.iter().for_each(|found| span(&found.span));
    setup.peerings.iter().for_each(|found| span(&found.span));
    setup.route_filters.iter().for_each(|found| span(&found.span));
    for left in &setup.left_out {
        span(&left.span);
        let sentence = words::left_out(left);
        assert!(sentence.ends_with('.'), "{sentence}");
    }
    assert!(setup.left_out.is_sorted_by_key(|left| (left.span.start, left.span.end)));
    for fault in &setup.faults.kept {
        span(&fault.span);
        assert!(faults::fault(&fault.code).ends_with('.'));
    }
    if setup.is_empty() && setup.left_out.is_empty() {
        assert!(!setup.faults.is_empty(), "nothing is passed over silently");
    }
    let lines = LineIndex::new(text);
    let answer = twopath::report::answers::Configured { file: "x", text, notes: &[], setup, lines: &lines };
    let json: serde_json::Value = serde_json::from_str(&twopath::report::json::setup(&answer)).unwrap();
    assert_eq!(json["format"], "twopath.setup");
    assert_eq!(json["rules"].as_array().unwrap().len(), setup.rules.len());
}

/// The same text read in steps of these sizes, over and over.
pub fn stepped(text: &str, format: ConfigFormat, sizes: &[u64]) -> Setup {
    let text = text.to_owned();
    let mut job = Job::new(move |pace| async move { read_in_steps(&text, format, &pace).await });
    let mut share = 0;
    for size in sizes.iter().cycle() {
        if let Some(setup) = job.step(*size) {
            return setup;
        }
        let (_, now) = job.progress();
        assert!(now >= share && now <= 1000, "progress goes forward");
        share = now;
    }
    unreachable!("sizes aren't empty")
}
