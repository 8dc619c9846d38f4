//! The small parts: pools and providers' blocks.

use super::edit::Edit;
use super::fields::{CheckedField, Several};
use super::shared::Form;
use crate::desk::{parse, parts};
use crate::plan::{Link, ListId, PartKind, Pool, ProviderCovered};
use crate::report::words::page;
use yew::{AttrValue, Html, html};

/// The fields of a pool.
pub fn pool(form: &Form, pool: &Pool) -> Html {
    let edit = Edit::new(&form.act, "pool", parts::pool, &pool.id);
    html! {
        <>
            { form.list(ListId::Pool(pool.id.clone()), page::ADDRESSES, page::POOL_HINT) }
            <div class="fields">
                <CheckedField label={page::RESERVED_PORTS}
                    value={pool.reserved_ports.map(|ports| ports.to_string()).unwrap_or_default()}
                    typed={edit.optional("ports", parse::ports, |pool: &mut Pool, ports| pool.reserved_ports = ports)} />
            </div>
        </>
    }
}

/// The fields of a provider's block.
pub fn provider(form: &Form, block: &ProviderCovered) -> Html {
    let edit = Edit::new(&form.act, "provider", parts::provider, &block.id);
    let internet = |id: &AttrValue| {
        form.plan().exits.iter().any(|exit| *id == exit.id.as_str() && matches!(exit.link, Link::Internet(_)))
    };
    let options: Vec<_> = form.options(PartKind::Exit).into_iter().filter(|(id, _)| internet(id)).collect();
    html! {
        <>
            { form.list(ListId::ProviderCovered(block.id.clone()), page::PREFIXES, page::PREFIXES_HINT) }
            <Several label={page::PROVIDER_EXITS} {options} none={page::NO_PROVIDER_EXITS}
                chosen={block.exits.iter().map(|id| id.to_string().into()).collect::<Vec<AttrValue>>()}
                changed={edit.choice(|block: &mut ProviderCovered, exits: Vec<String>| {
                    block.exits = exits.into_iter().map(Into::into).collect();
                })} />
        </>
    }
}
