//! TP210: the plan sends a service over ExpressRoute of which the endpoint list says that Microsoft doesn't offer it
//! there.

use super::*;

pub(super) const RULE: Rule = Rule {
    code: Code(210),
    severity: Severity::Warning,
    citation: Citation::Microsoft365Routing,
    fix: false,
    check,
};

fn check(case: &Case<'_>, out: &mut Findings) {
    for service in case.plan().services.iter().filter(|service| service.express_route == Some(false)) {
        let over = |row: &Row| {
            let out = row.parts.iter().flat_map(|part| &part.out);
            out.clone().any(|id| case.plan().express_route(id).is_some())
        };
        let to =
            |flow: &Flow| matches!(&flow.ends, Ends::Outbound(out) if out.service.as_ref() == Some(&service.id));
        let flows = case.plan().flows.iter().zip(case.rows).filter(|(flow, row)| to(flow) && over(row));
        let rows: Vec<Id> = flows.map(|(flow, _)| flow.id.clone()).collect();
        if !rows.is_empty() {
            let about = (PartKind::Service, service.id.clone());
            out.say(vec![about.clone()], vec![Arg::Part(about.0, about.1)]).rows(rows);
        }
    }
}
