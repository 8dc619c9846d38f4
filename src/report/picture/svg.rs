//! A scene as SVG: elements with classes, for the page and for files alike.

use crate::report::escape::html as escape;

use super::scene::{Heading, NodeKind, Point, Scene, Shape, Tone, Way};

/// An SVG element without children but its text and title.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Element {
    /// Its name.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: Vec<(&'static str, String)>,
    /// What a pointer on it tells.
    pub title: Option<String>,
    /// Its text.
    pub text: Option<String>,
}

impl Shape {
    /// The SVG element that draws this shape. It has classes and no style, as the page's policy wants it.
    pub fn element(&self) -> Element {
        match self {
            Self::Link(link) => Element::new("path", if link.down { "pic-link pic-down" } else { "pic-link" })
                .with("d", link.path.svg()),
            Self::Stroke(stroke) => {
                let class = way(stroke.way, "pic-out", "pic-back");
                match &stroke.traffic {
                    None => Element::new("path", class),
                    Some(traffic) => {
                        Element::new("path", &format!("{class} pic-traffic pic-thick-{}", traffic.thickness))
                            .titled(Some(&traffic.told))
                    }
                }
                .with("d", stroke.path.svg())
            }
            Self::Arrow(arrow) => Element::new("path", way(arrow.way, "pic-out-head", "pic-back-head"))
                .with("d", head(arrow.tip, arrow.to)),
            Self::Node(node) => {
                let kind = match node.kind {
                    NodeKind::Site => "pic-site",
                    NodeKind::Device => "pic-device",
                    NodeKind::Internet => "pic-internet",
                    NodeKind::ExpressRoute => "pic-er",
                    NodeKind::FarSide => "pic-far",
                    NodeKind::More => "pic-more",
                };
                let touched = if node.touched { " pic-touched" } else { "" };
                let down = if node.down { " pic-down" } else { "" };
                Element::new("rect", &format!("pic-node {kind}{touched}{down}"))
                    .number("x", node.corner.x)
                    .number("y", node.corner.y)
                    .number("width", node.width)
                    .number("height", node.height)
                    .number("rx", if node.kind == NodeKind::FarSide { 14 } else { 5 })
                    .titled(Some(&node.title))
            }
            Self::Label(label) => {
                let tone = match label.tone {
                    Tone::Lane => "pic-lane",
                    Tone::Name => "pic-name",
                    Tone::Kind => "pic-kind",
                    Tone::Note => "pic-note",
                    Tone::Drop => "pic-drop",
                    Tone::Key => "pic-key",
                };
                let middle = if label.centred { " pic-mid" } else { "" };
                let down = if label.down { " pic-down" } else { "" };
                let mut element = Element::new("text", &format!("{tone}{middle}{down}"))
                    .number("x", label.at.x)
                    .number("y", label.at.y)
                    .titled(label.whole.as_deref());
                element.text = Some(label.text.clone());
                element
            }
            Self::Cross(cross) => {
                let Point { x, y } = cross.at;
                let arms = format!("M{} {}l12 12M{} {}l-12 12", x - 6, y - 6, x + 6, y - 6);
                Element::new("path", "pic-cross").with("d", arms).titled(Some(&cross.word))
            }
            Self::Strike(strike) => {
                let (a, b) = (strike.from, strike.to);
                Element::new("path", "pic-strike").with("d", format!("M{} {}L{} {}", a.x, a.y, b.x, b.y))
            }
        }
    }
}

impl Element {
    fn new(tag: &'static str, class: &str) -> Self {
        Self { tag, attributes: vec![("class", class.to_owned())], title: None, text: None }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.attributes.push((name, value));
        self
    }

    fn number(self, name: &'static str, value: i32) -> Self {
        self.with(name, value.to_string())
    }

    fn titled(mut self, title: Option<&str>) -> Self {
        self.title = title.map(str::to_owned);
        self
    }
}

fn way(way: Way, out: &'static str, back: &'static str) -> &'static str {
    match way {
        Way::Out => out,
        Way::Back => back,
    }
}

fn head(tip: Point, to: Heading) -> String {
    let (back, side) = match to {
        Heading::Right => ("l-9 -5", "v10"),
        Heading::Left => ("l9 -5", "v10"),
        Heading::Down => ("l-5 -9", "h10"),
        Heading::Up => ("l-5 9", "h10"),
    };
    format!("M{} {}{back}{side}z", tip.x, tip.y)
}

/// The picture as a file: colours that print, and a white ground.
pub fn to_svg(scene: &Scene) -> String {
    let mut svg = String::new();
    push(scene, true, &mut svg);
    svg
}

/// The picture within a document that has [`STYLE`].
pub fn push_svg(scene: &Scene, into: &mut String) {
    push(scene, false, into);
}

fn push(scene: &Scene, alone: bool, svg: &mut String) {
    let (w, h) = (scene.width, scene.height);
    svg.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" \
         role=\"img\">\n<title>"
    ));
    escape(&scene.alternative, svg);
    svg.push_str("</title>\n");
    if alone {
        svg.push_str("<style>");
        svg.push_str(STYLE);
        svg.push_str("</style>\n");
    }
    svg.push_str(&format!("<rect class=\"pic-ground\" width=\"{w}\" height=\"{h}\"/>\n"));
    for shape in &scene.shapes {
        let element = shape.element();
        svg.push('<');
        svg.push_str(element.tag);
        for (name, value) in &element.attributes {
            svg.push_str(&format!(" {name}=\""));
            escape(value, svg);
            svg.push('"');
        }
        if element.title.is_none() && element.text.is_none() {
            svg.push_str("/>\n");
            continue;
        }
        svg.push('>');
        if let Some(title) = &element.title {
            svg.push_str("<title>");
            escape(title, svg);
            svg.push_str("</title>");
        }
        if let Some(text) = &element.text {
            escape(text, svg);
        }
        svg.push_str(&format!("</{}>\n", element.tag));
    }
    svg.push_str("</svg>\n");
}

/// What the page's style sheet says, in colours that print.
pub const STYLE: &str = "\
text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Liberation Sans\",sans-serif;font-size:11px;fill:#1b1f24}\
.pic-ground{fill:#fff}.pic-lane{fill:#57606a}.pic-name{font-size:13px;font-weight:600}.pic-kind{fill:#57606a}\
.pic-note{fill:#15191f}.pic-drop{fill:#b3123f;font-weight:600}.pic-mid{text-anchor:middle}\
text.pic-down{text-decoration:line-through}\
.pic-link{fill:none;stroke:#c4cad1;stroke-width:1.5}.pic-link.pic-down{stroke-dasharray:1 4}\
.pic-out{fill:none;stroke:#15191f;stroke-width:3}.pic-back{fill:none;stroke:#a21caf;stroke-width:3;stroke-dasharray:7 5}\
.pic-thick-1{stroke-width:2}.pic-thick-2{stroke-width:3.5}.pic-thick-4{stroke-width:6.5}.pic-thick-5{stroke-width:8}.pic-thick-6{stroke-width:10}.pic-thick-3{stroke-width:5}\
.pic-out-head{fill:#15191f}.pic-back-head{fill:#a21caf}\
.pic-node{fill:#fff;stroke:#8c959f;stroke-width:1}.pic-touched{stroke:#15191f;stroke-width:1.75}.pic-internet{fill:#e6f0fd;stroke:#1463c8}.pic-er{fill:#fdf0e1;stroke:#a64c08}\
.pic-more{stroke-dasharray:3 3}.pic-node.pic-down{fill:#f3f4f6;stroke-dasharray:4 3}\
.pic-cross{fill:none;stroke:#b3123f;stroke-width:3.5;stroke-linecap:round}.pic-strike{stroke:#b3123f;stroke-width:1.5}";
