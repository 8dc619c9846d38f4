//! Finding elements by accessible role and name, and using them.

use std::time::Instant;

use fantoccini::Locator;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};

use crate::{Page, Result};

/// An element as assistive technology sees it.
pub struct Found<'page> {
    page: &'page Page,
    /// The element itself, for what is not offered here.
    pub element: Element,
    node: Value,
}

/// Where and what to look for.
struct Wanted<'text> {
    role: &'text str,
    name: Name<'text>,
    /// Search below this node, or in the whole document.
    within: Option<u64>,
}

enum Name<'text> {
    Any,
    Is(&'text str),
    Contains(&'text str),
}

impl Page {
    /// The one element of a role with exactly that accessible name; waits for it. Roles are ARIA's:
    /// `button`, `textbox`, `checkbox`, `combobox`, `heading`, `row`, `cell`, `tab`, `link`, `img`, …
    pub async fn by_role(&self, role: &str, name: &str) -> Result<Found<'_>> {
        self.one(Wanted { role, name: Name::Is(name), within: None }).await
    }

    /// The one element of a role whose name contains a text; waits for it.
    pub async fn by_role_containing(&self, role: &str, part: &str) -> Result<Found<'_>> {
        self.one(Wanted { role, name: Name::Contains(part), within: None }).await
    }

    /// All elements of a role as they are now, in document order.
    pub async fn all_by_role(&self, role: &str) -> Result<Vec<Found<'_>>> {
        self.all(&Wanted { role, name: Name::Any, within: None }).await
    }

    async fn one(&self, wanted: Wanted<'_>) -> Result<Found<'_>> {
        let start = Instant::now();
        loop {
            // A page that is just being replaced answers with an error: ask again.
            let found = self.all(&wanted).await;
            let late = !self.patient_since(start);
            match found {
                Ok(mut found) if found.len() == 1 => return found.pop().ok_or_else(|| "nothing".into()),
                Ok(found) if late => return Err(self.not_one(&wanted, found.len()).await.into()),
                Err(error) if late => return Err(error),
                _ => self.pause().await,
            }
        }
    }

    async fn not_one(&self, wanted: &Wanted<'_>, count: usize) -> String {
        let name = match wanted.name {
            Name::Any => "of any name".to_owned(),
            Name::Is(name) => format!("named {name:?}"),
            Name::Contains(part) => format!("with {part:?} in its name"),
        };
        let every = self.all(&Wanted { role: wanted.role, name: Name::Any, within: wanted.within }).await;
        let names: Vec<String> = every.unwrap_or_default().iter().take(40).map(Found::name).collect();
        format!("there are {count} elements of role {} {name}; of that role there are {names:?}", wanted.role)
    }

    async fn all(&self, wanted: &Wanted<'_>) -> Result<Vec<Found<'_>>> {
        let below = match wanted.within {
            Some(node) => json!(node),
            None => {
                self.devtools("DOM.getDocument", json!({ "depth": 0 })).await?["root"]["backendNodeId"].clone()
            }
        };
        // Chromium calls this one by another name.
        let role = if wanted.role == "img" { "image" } else { wanted.role };
        let reply =
            self.devtools("Accessibility.queryAXTree", json!({ "backendNodeId": below, "role": role })).await?;
        let nodes: Vec<Value> = reply["nodes"].as_array().cloned().unwrap_or_default();
        let nodes = nodes.into_iter().filter(|node| node["ignored"] != true && fits(&wanted.name, &name_of(node)));
        // Of an element's reference only the last part is its own; it is the number that DevTools uses too.
        let root = self.client.find(Locator::Css("html")).await?.element_id();
        let (document, _) = root.as_ref().rsplit_once('.').ok_or("the driver names elements in another way")?;
        let found = nodes.filter_map(|node| {
            let id = format!("{document}.{}", node["backendDOMNodeId"].as_u64()?);
            let element = Element::from_element_id(self.client.clone(), ElementRef::from(id));
            Some(Found { page: self, element, node })
        });
        Ok(found.collect())
    }
}

impl Found<'_> {
    /// The accessible name.
    #[must_use]
    pub fn name(&self) -> String {
        name_of(&self.node)
    }

    /// The accessible description.
    #[must_use]
    pub fn description(&self) -> String {
        plain(self.node["description"]["value"].as_str().unwrap_or_default())
    }

    /// A state as it was when the element was found: `checked`, `disabled`, `expanded`, `pressed`,
    /// `selected`, `invalid`, `focused`, `level`, …; JSON null where the element has no such state.
    #[must_use]
    pub fn state(&self, name: &str) -> &Value {
        let properties = self.node["properties"].as_array();
        let found = properties.and_then(|all| all.iter().find(|property| property["name"] == name));
        found.map_or(&Value::Null, |property| &property["value"]["value"])
    }

    /// Whether a state is on; `"true"` as text counts, as `checked` and `pressed` say it.
    #[must_use]
    pub fn is(&self, state: &str) -> bool {
        *self.state(state) == true || *self.state(state) == "true"
    }

    /// The one element of that role and name below this one; waits for it.
    pub async fn by_role(&self, role: &str, name: &str) -> Result<Found<'_>> {
        self.page.one(Wanted { role, name: Name::Is(name), within: self.number() }).await
    }

    /// The one element below this one of that role whose name contains a text; waits for it.
    pub async fn by_role_containing(&self, role: &str, part: &str) -> Result<Found<'_>> {
        self.page.one(Wanted { role, name: Name::Contains(part), within: self.number() }).await
    }

    /// All elements of a role below this one, as they are now.
    pub async fn all_by_role(&self, role: &str) -> Result<Vec<Found<'_>>> {
        self.page.all(&Wanted { role, name: Name::Any, within: self.number() }).await
    }

    /// Clicks its middle, scrolled into view; fails where something else covers it.
    pub async fn click(&self) -> Result {
        Ok(self.element.click().await?)
    }

    /// Types behind what is there, key by key.
    pub async fn type_keys(&self, text: &str) -> Result {
        Ok(self.element.send_keys(text).await?)
    }

    /// Replaces what is there, as selecting all and pasting does: quick for long texts too.
    pub async fn fill(&self, text: &str) -> Result {
        self.focus().await?;
        self.page.press("Control+a").await?;
        if text.is_empty() { self.page.press("Delete").await } else { self.page.insert(text).await }
    }

    /// Chooses an option of a native select by its label.
    pub async fn select(&self, label: &str) -> Result {
        Ok(self.element.select_by_label(label).await?)
    }

    /// Gives a file input a file.
    pub async fn upload(&self, file: &std::path::Path) -> Result {
        Ok(self.element.send_keys(&file.canonicalize()?.to_string_lossy()).await?)
    }

    /// Moves the focus here.
    pub async fn focus(&self) -> Result {
        let Some(node) = self.number() else { return Err("the element has no number".into()) };
        self.page.devtools("DOM.focus", json!({ "backendNodeId": node })).await.map(drop)
    }

    /// The text that is shown.
    pub async fn text(&self) -> Result<String> {
        Ok(self.element.text().await?)
    }

    /// The value of an input.
    pub async fn value(&self) -> Result<String> {
        Ok(self.element.prop("value").await?.unwrap_or_default())
    }

    fn number(&self) -> Option<u64> {
        self.node["backendDOMNodeId"].as_u64()
    }
}

fn name_of(node: &Value) -> String {
    plain(node["name"]["value"].as_str().unwrap_or_default())
}

fn fits(wanted: &Name<'_>, name: &str) -> bool {
    match wanted {
        Name::Any => true,
        Name::Is(whole) => plain(whole) == name,
        Name::Contains(part) => name.contains(&plain(part)),
    }
}

/// White space as a reader takes it.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
