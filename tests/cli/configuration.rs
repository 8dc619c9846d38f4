//! Configuration in and out.

use super::{SMALL, file, json, run, run_with};
use twopath::plan::load;

#[test]
fn import_tells_configuration_from_lists() {
    let path = "tests/golden/config/panos-config.txt";
    let read = json(&["import", path, "--json"]);
    assert_eq!((&read["format"], &read["read_as"]["name"]), (&"twopath.setup".into(), &"panos-config".into()));
    assert_eq!(read["rules"].as_array().unwrap().len(), 4);
    assert_eq!(read["rules"][0]["pool"], serde_json::Value::Null);
    assert_eq!(read["published"][0]["ports"], "tcp 25");
    assert!(read["left_out"].as_array().unwrap().iter().all(|left| left["sentence"].is_string()));
    let text = run(&["import", path]);
    assert_eq!(text.code, 1, "a part isn't modelled");
    assert!(text.out.contains("NOT MODELLED AS IT IS") && text.err.contains("warning: Left out:"), "{}", text.err);
    let whole = run_with(&["import", "-"], b"ip prefix-list A seq 5 permit 10.0.0.0/8 le 24\n");
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    let nothing = run_with(&["import", "-", "--as", "nftables"], b"nothing of the kind\n");
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("No translation"), "{}", nothing.err);
}

#[test]
fn adopt_prints_the_plan_and_says_what_changed() {
    let plan = file("adopt.json", SMALL);
    let rules = "*nat\n-A POSTROUTING -s 10.0.0.0/8 -o isp0 -j SNAT --to-source 198.51.100.9\nCOMMIT\n";
    let config = file("rules.txt", rules);
    let run_once = |plan: &str| run(&["adopt", plan, &config, "--device", "fw", "--zone", "isp0=net"]);
    let first = run_once(&plan);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.err.contains("changed: the rules of device fw: 1 rule before, 1 rule now."), "{}", first.err);
    let adopted = load(&first.out).unwrap();
    assert_eq!(adopted.faults, []);
    assert_eq!(adopted.plan.pools.len(), 2);
    let again = run_once(&file("adopted.json", &first.out));
    assert_eq!((again.out, again.err.as_str()), (first.out, ""), "taken again it changes nothing");
    let wrong = run(&["adopt", &plan, &config, "--zone", "isp0=nowhere"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("There is no exit with the id “nowhere”."), "{}", wrong.err);
    let list = file("list-to-adopt.txt", "10.0.0.0/8\n");
    assert_eq!(run(&["adopt", &plan, &list]).code, 2);
}

#[test]
fn export_writes_what_import_reads() {
    let plan =
        file("export.json", SMALL.replace("[\"198.51.100.0/25\"]", "[\"198.51.100.0/26\", \"198.51.100.64/26\"]"));
    let export = |arguments: &[&str]| run(&[&["export", &plan], arguments].concat());
    let junos = export(&["--what", "advertised:net", "--as", "junos", "--name", "OURS", "--longest", "28"]);
    assert_eq!(
        junos.out,
        "delete policy-options route-filter-list OURS\n\
         set policy-options route-filter-list OURS 198.51.100.0/24 upto /28\n"
    );
    assert_eq!(run_with(&["import", "-"], junos.out.as_bytes()).code, 0);
    let cidr = export(&["--what", "addresses:nat", "--as", "cidr", "--minimal"]);
    assert_eq!(cidr.out, "198.51.100.0/25\n");
    let minimal = export(&["--what", "addresses:nat", "--as", "ios", "--minimal"]);
    assert_eq!(
        minimal.out,
        "! While a list that is in use is gone, everything is permitted: load this as a whole, or take it out of use \
         first.\nno ip prefix-list nat\nip prefix-list nat seq 5 permit 198.51.100.0/25 ge 26 le 26\n"
    );
    // What bgpq4 calls -A, -R, -r and -l.
    let bgpq4 = export(&["--what", "addresses:nat", "--as", "xr", "-A", "-r", "28", "-R", "30", "-l", "POOL"]);
    assert_eq!(bgpq4.out, "prefix-set POOL\n  198.51.100.0/25 ge 28 le 30\nend-set\n");
    let open = export(&["--what", "addresses:nat", "--as", "ios", "--aggregate", "-r", "28", "-l", "POOL"]);
    assert!(open.out.starts_with("! While a list that is in use is gone"), "{}", open.out);
    assert!(
        open.out.ends_with("\nno ip prefix-list POOL\nip prefix-list POOL seq 5 permit 198.51.100.0/25 ge 28\n"),
        "{}",
        open.out
    );
    // And -4, -6 and -m.
    let both =
        SMALL.replace("[\"198.51.100.0/25\"]", "[\"198.51.100.0/26\", \"198.51.100.64/28\", \"2001:db8::/48\"]");
    let both = file("export-both.json", both);
    let taken = |letters: &[&str]| {
        run(&[&["export", &both, "--what", "addresses:nat", "--as", "cidr"], letters].concat()).out
    };
    assert_eq!(taken(&[]), "198.51.100.0/26\n198.51.100.64/28\n2001:db8::/48\n");
    assert_eq!(taken(&["-4"]), "198.51.100.0/26\n198.51.100.64/28\n");
    assert_eq!(taken(&["-6"]), "2001:db8::/48\n");
    assert_eq!(taken(&["-4", "-m", "26"]), "198.51.100.0/26\n");
    let pool = export(&["--what", "pool:nat", "--as", "ios"]);
    assert_eq!(pool.out, "ip nat pool nat 198.51.100.0 198.51.100.127 prefix-length 25\n");
    for (arguments, said) in [
        (["--what", "pool:nat", "--as", "xr"], "for ios and junos only"),
        (["--what", "pool:none", "--as", "ios"], "nothing called “pool:none”"),
        (["--what", "nonsense", "--as", "ios"], "write WORD:ID"),
    ] {
        let run = export(&arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn reality_and_checklist_answer() {
    let plan = file("reality.json", SMALL);
    let table = file("rib.txt", "0.0.0.0/0 nexthop=192.0.2.1 aspath=3356\n");
    let answer = run(&["reality", &plan, "--router", &table]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    assert!(
        answer.out.contains("OUR ROUTER'S TABLE") && answer.out.contains("leads to no exit"),
        "{}",
        answer.out
    );
    let answer = json(&["reality", &plan, "--router", &table, "--json"]);
    assert_eq!((&answer["format"], &answer["router"]["unknown"]), (&"twopath.reality".into(), &1.into()));
    assert_eq!(run(&["reality", &plan]).code, 2, "a table is needed");
    let list = run(&["checklist", &plan]);
    assert_eq!(list.code, 0, "{}", list.err);
    assert!(list.out.starts_with("[ ] ") && list.out.contains("look for"), "{}", list.out);
    let list = json(&["checklist", &plan, "--json"]);
    assert_eq!((&list["format"], &list["checks"][0]["flow"]), (&"twopath.checklist".into(), &"web".into()));
}
