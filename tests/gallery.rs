//! What each plan of the gallery teaches, as its answers.
//!
//! A table has a line for each flow: its verdict, worst part first where it has several, and the exits of that part
//! out and back.

use twopath::desk::Solved;
use twopath::plan::{Plan, examples::EXAMPLES, load};
use twopath::routing::{Part, Scenario};

fn example(start: &str) -> Plan {
    let example = EXAMPLES.iter().find(|example| example.file.starts_with(start));
    example
        .and_then(|example| load(example.json).ok())
        .map(|loaded| loaded.plan)
        .unwrap_or_else(|| panic!("{start}"))
}

fn answers(plan: Plan, scenario: Scenario, expected: &str) {
    let exits = |ids: &[twopath::plan::Id]| {
        let ids: Vec<_> = ids.iter().map(|id| id.as_str()).collect();
        if ids.is_empty() { "-".to_owned() } else { ids.join("+") }
    };
    let got: Vec<String> = Solved::new(plan, scenario, false)
        .rows
        .iter()
        .map(|row| {
            let Some(part) = row.parts.first() else { return format!("{} empty", row.flow) };
            let verdict = serde_json::to_value(part.verdict).unwrap_or_default();
            let verdict = verdict.as_str().unwrap_or_default();
            format!("{} {verdict} {} {}", row.flow, exits(&part.out), exits(&part.back))
        })
        .collect();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let expected: Vec<String> = expected.lines().map(words).filter(|line| !line.is_empty()).collect();
    assert_eq!(got, expected, "\n{}\n", got.join("\n"));
}

fn up() -> Scenario {
    Scenario::default()
}

fn down(part: Part) -> Scenario {
    Scenario { down: [part].into(), ..Scenario::default() }
}

#[test]
fn the_field_report_works_and_the_other_return_model_shows_the_fear() {
    answers(
        example("01"),
        up(),
        "backup      symmetric  er-chicago  er-chicago
         sql         symmetric  er-chicago  er-chicago
         management  symmetric  er-chicago  er-chicago
         mail        symmetric  isp         isp
         updates     symmetric  isp         isp
         supplier    symmetric  isp         isp
         all         symmetric  isp         isp",
    );
    answers(
        example("01"),
        Scenario { other_return_model: true, ..up() },
        "backup      asymmetric_dropped  er-chicago  isp
         sql         asymmetric_dropped  er-chicago  isp
         management  asymmetric_dropped  er-chicago  isp
         mail        symmetric           isp         isp
         updates     symmetric           isp         isp
         supplier    symmetric           isp         isp
         all         asymmetric_dropped  er-chicago  isp",
    );
}

#[test]
fn on_microsoft_peering_what_left_by_the_internet_is_dropped() {
    answers(
        example("02"),
        up(),
        "backup      symmetric           er-chicago  er-chicago
         sql         symmetric           er-chicago  er-chicago
         management  symmetric           er-chicago  er-chicago
         mail        asymmetric_dropped  isp         er-chicago
         calls       asymmetric_dropped  isp         er-chicago
         updates     asymmetric_dropped  isp         er-chicago
         supplier    symmetric           isp         isp
         all         asymmetric_dropped  isp         er-chicago",
    );
}

#[test]
fn one_pool_with_two_firewalls_is_dropped_and_separate_pools_mend_it() {
    answers(
        example("03"),
        up(),
        "backup      symmetric           er-chicago  er-chicago
         sql         symmetric           er-chicago  er-chicago
         management  symmetric           er-chicago  er-chicago
         mail        asymmetric_dropped  isp         er-chicago
         calls       asymmetric_dropped  isp         er-chicago
         updates     asymmetric_dropped  isp         er-chicago
         supplier    symmetric           isp         isp
         payments    symmetric           isp         isp",
    );
    answers(
        example("04"),
        up(),
        "backup      symmetric  er-chicago  er-chicago
         sql         symmetric  er-chicago  er-chicago
         management  symmetric  er-chicago  er-chicago
         mail        symmetric  isp         isp
         calls       symmetric  isp         isp
         updates     symmetric  isp         isp
         supplier    symmetric  isp         isp
         payments    symmetric  isp         isp",
    );
}

#[test]
fn the_aggregate_survives_the_loss_of_the_circuit() {
    answers(
        example("05"),
        up(),
        "backup      asymmetric_tolerated  er-primary+er-secondary  er-primary+er-secondary
         sql         asymmetric_tolerated  er-primary+er-secondary  er-primary+er-secondary
         management  asymmetric_tolerated  er-primary+er-secondary  er-primary+er-secondary
         mail        symmetric             isp                      isp
         updates     symmetric             isp                      isp
         supplier    symmetric             isp                      isp",
    );
    answers(
        example("05"),
        down(Part::Circuit("chicago".into())),
        "backup      symmetric  isp  isp
         sql         symmetric  isp  isp
         management  symmetric  isp  isp
         mail        symmetric  isp  isp
         updates     symmetric  isp  isp
         supplier    symmetric  isp  isp",
    );
}

#[test]
fn the_pool_that_is_not_admitted_is_dropped_at_the_edge() {
    answers(
        example("06"),
        up(),
        "backup      not_admitted  er-chicago  -
         files       symmetric     er-chicago  er-chicago
         sql         symmetric     er-chicago  er-chicago
         management  symmetric     er-chicago  er-chicago
         mail        symmetric     isp         isp
         updates     symmetric     isp         isp
         supplier    symmetric     isp         isp",
    );
}

#[test]
fn elsewhere_on_the_internet_the_shared_pool_is_no_risk() {
    answers(
        example("07"),
        up(),
        "supplier  symmetric  isp         isp
         payments  symmetric  isp         isp
         mirror    symmetric  isp         isp
         backup    symmetric  er-chicago  er-chicago
         sql       symmetric  er-chicago  er-chicago",
    );
}

#[test]
fn inbound_mail_is_dropped_and_translating_its_source_mends_it() {
    let rest = "mail-in-partners   symmetric  isp         isp
                mail-out           symmetric  er-chicago  er-chicago
                mailboxes          symmetric  er-chicago  er-chicago
                mail-out-partners  symmetric  isp         isp
                backup             symmetric  er-chicago  er-chicago";
    answers(example("08"), up(), &format!("mail-in-microsoft asymmetric_dropped isp er-chicago\n{rest}"));
    answers(example("09"), up(), &format!("mail-in-microsoft symmetric isp isp\n{rest}"));
}

#[test]
fn two_circuits_are_chosen_by_community() {
    answers(
        example("10"),
        up(),
        "chi-backup     symmetric  er-chicago   er-chicago
         chi-sql-south  symmetric  er-dallas    er-dallas
         chi-archive    symmetric  er-chicago   er-chicago
         chi-mail       symmetric  isp-chicago  isp-chicago
         dal-backup     symmetric  er-dallas    er-dallas
         dal-sql-north  symmetric  er-chicago   er-chicago
         dal-archive    symmetric  er-dallas    er-dallas
         dal-mail       symmetric  isp-dallas   isp-dallas",
    );
}

#[test]
fn dual_stack_needs_one_zone_where_ipv6_is_not_translated() {
    answers(
        example("11"),
        up(),
        "backup    symmetric             er-chicago  er-chicago
         sql4      symmetric             er-chicago  er-chicago
         sql6      symmetric             er-chicago  er-chicago
         mail4     symmetric             isp         isp
         mail6     asymmetric_tolerated  isp         er-chicago
         supplier  symmetric             isp         isp",
    );
}
