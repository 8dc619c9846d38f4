//! A document read in two halves: its text to a tree, the tree to the types.
//!
//! One reader for every type of a plan, which knows all the time where in the document it is. So a value of the wrong
//! type and a field that no type asks for are named by the types themselves, with their path; and the page holds the
//! reading of each type once. (Wrapping one general reader into another for each of these wishes held it four times.)

use super::{Id, PlanFault, PlanFaultCode, nearest};
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::{self, Write};

/// A JSON value with nothing lost: fields in their order, also such as are there twice.
pub(super) enum Node<'t> {
    Null,
    Bool(bool),
    Whole(u64),
    Negative(i64),
    Fraction(f64),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Object(Vec<(Cow<'t, str>, Node<'t>)>),
}

impl<'t> de::Deserialize<'t> for Node<'t> {
    fn deserialize<D: Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'t> Visitor<'t> for Any {
            type Value = Node<'t>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any JSON value")
            }

            fn visit_unit<E>(self) -> Result<Node<'t>, E> {
                Ok(Node::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Node<'t>, E> {
                Ok(Node::Bool(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Node<'t>, E> {
                Ok(Node::Whole(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Node<'t>, E> {
                Ok(Node::Negative(value))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Node<'t>, E> {
                Ok(Node::Fraction(value))
            }

            fn visit_borrowed_str<E>(self, value: &'t str) -> Result<Node<'t>, E> {
                Ok(Node::Text(Cow::Borrowed(value)))
            }

            fn visit_str<E>(self, value: &str) -> Result<Node<'t>, E> {
                Ok(Node::Text(Cow::Owned(value.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'t>>(self, mut items: A) -> Result<Node<'t>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Node::List(list))
            }

            fn visit_map<A: MapAccess<'t>>(self, mut fields: A) -> Result<Node<'t>, A::Error> {
                let mut object = Vec::new();
                while let Some(Node::Text(key)) = fields.next_key()? {
                    object.push((key, fields.next_value()?));
                }
                Ok(Node::Object(object))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// One step of the way from the document to a value in it. In order of the paths that faults are told in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step<'n> {
    /// The item of a list.
    Item(usize),
    /// The field of an object.
    Field(&'n str),
}

/// A path as people read it: `exits[0].link.internet`.
pub(super) fn shown(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Item(index) => {
                let _ = write!(path, "[{index}]");
            }
            Step::Field(key) => push_key(&mut path, key),
        }
    }
    path
}

/// Appends `.key`, or `["key"]` where the key isn't a plain word.
pub(super) fn push_key(path: &mut String, key: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if key.is_empty() || !key.bytes().all(plain) {
        let _ = write!(path, "[{key:?}]");
    } else {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    }
}

/// What is known while a tree is read.
#[derive(Default)]
pub(super) struct Watch<'n> {
    /// Where the reader is. After a fault: where that is, for nobody goes back from there.
    path: RefCell<Vec<Step<'n>>>,
    /// The identifiers of the parts around it, innermost last.
    parts: RefCell<Vec<&'n str>>,
    /// The fields that no type asked for.
    unknown: RefCell<Vec<(Vec<Step<'n>>, PlanFault)>>,
}

impl<'n> Watch<'n> {
    /// The way to where the reader stopped.
    pub(super) fn path(self) -> Vec<Step<'n>> {
        self.path.into_inner()
    }

    /// A fault for every field that no type asked for, in the order of their paths.
    pub(super) fn unknown(self) -> Vec<PlanFault> {
        let mut unknown = self.unknown.into_inner();
        crate::sort::by(&mut unknown, |one, other| one.0.cmp(&other.0));
        unknown.into_iter().map(|(_, fault)| fault).collect()
    }

    fn step<T, E>(&self, step: Step<'n>, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.path.borrow_mut().push(step);
        let read = read()?;
        self.path.borrow_mut().pop();
        Ok(read)
    }

    /// The field of the path is none of those that its type has.
    fn unasked(&self, known: &[&'static str]) {
        let path = self.path.borrow();
        let Some(Step::Field(field)) = path.last() else { return };
        let nearest = nearest(field, known.iter().copied()).map(str::to_owned);
        let code = PlanFaultCode::UnknownField { field: (*field).to_owned(), nearest };
        let fault = PlanFault {
            severity: code.severity(),
            code,
            path: shown(&path),
            about: self.parts.borrow().last().map(|id| Id::from(*id)),
        };
        self.unknown.borrow_mut().push((path.clone(), fault));
    }
}

/// The words of a fault; its place is the [`Watch`]'s path.
#[derive(Debug)]
pub(super) struct Words(pub(super) String);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Words {}

impl de::Error for Words {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self(words.to_string())
    }
}

/// A value of the tree, to be read as some type.
#[derive(Clone, Copy)]
pub(super) struct At<'w, 'n> {
    node: &'n Node<'n>,
    watch: &'w Watch<'n>,
    /// Where the value stands in an object of a type: the fields which that type has.
    beside: Option<&'static [&'static str]>,
}

impl<'w, 'n> At<'w, 'n> {
    /// The whole document.
    pub(super) fn new(node: &'n Node<'n>, watch: &'w Watch<'n>) -> Self {
        Self { node, watch, beside: None }
    }

    fn fields<V: Visitor<'n>>(
        self,
        fields: &'n [(Cow<'n, str>, Node<'n>)],
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Words> {
        let id = fields.iter().find_map(|(key, value)| match value {
            Node::Text(id) if key == "id" => Some(id.as_ref()),
            _ => None,
        });
        self.watch.parts.borrow_mut().extend(id);
        let read = visitor.visit_map(Fields { rest: fields, now: None, known, watch: self.watch })?;
        if id.is_some() {
            self.watch.parts.borrow_mut().pop();
        }
        Ok(read)
    }
}

impl<'de> Deserializer<'de> for At<'_, 'de> {
    type Error = Words;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Words> {
        match self.node {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Whole(value) => visitor.visit_u64(*value),
            Node::Negative(value) => visitor.visit_i64(*value),
            Node::Fraction(value) => visitor.visit_f64(*value),
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(items) => visitor.visit_seq(Items { items, next: 0, watch: self.watch }),
            Node::Object(fields) => self.fields(fields, None, visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Words> {
        match self.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Words> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Words> {
        match self.node {
            Node::Object(fields) => self.fields(fields, Some(known), visitor),
            other => Err(de::Error::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Words> {
        match self.node {
            Node::Text(name) => visitor.visit_enum(Variant { name, content: None, watch: self.watch }),
            Node::Object(fields) if let [(name, content)] = fields.as_slice() => {
                visitor.visit_enum(Variant { name, content: Some(content), watch: self.watch })
            }
            other => Err(de::Error::invalid_type(other.unexpected(), &"a word, or an object with one field")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Words> {
        if let Some(known) = self.beside {
            self.watch.unasked(known);
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

impl Node<'_> {
    fn unexpected(&self) -> de::Unexpected<'_> {
        match self {
            Node::Null => de::Unexpected::Other("null"),
            Node::Bool(value) => de::Unexpected::Bool(*value),
            Node::Whole(value) => de::Unexpected::Unsigned(*value),
            Node::Negative(value) => de::Unexpected::Signed(*value),
            Node::Fraction(value) => de::Unexpected::Float(*value),
            Node::Text(text) => de::Unexpected::Str(text),
            Node::List(_) => de::Unexpected::Seq,
            Node::Object(_) => de::Unexpected::Map,
        }
    }
}

struct Items<'w, 'n> {
    items: &'n [Node<'n>],
    next: usize,
    watch: &'w Watch<'n>,
}

impl<'n> SeqAccess<'n> for Items<'_, 'n> {
    type Error = Words;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Words> {
        let Some(node) = self.items.get(self.next) else { return Ok(None) };
        let step = Step::Item(self.next);
        self.next += 1;
        self.watch.step(step, || seed.deserialize(At::new(node, self.watch))).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

struct Fields<'w, 'n> {
    rest: &'n [(Cow<'n, str>, Node<'n>)],
    now: Option<&'n (Cow<'n, str>, Node<'n>)>,
    known: Option<&'static [&'static str]>,
    watch: &'w Watch<'n>,
}

impl<'n> MapAccess<'n> for Fields<'_, 'n> {
    type Error = Words;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Words> {
        let Some((now, rest)) = self.rest.split_first() else { return Ok(None) };
        (self.now, self.rest) = (Some(now), rest);
        seed.deserialize(BorrowedStrDeserializer::new(&now.0)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<T::Value, Words> {
        let Some((key, node)) = self.now else { return Err(de::Error::custom("a field without a name")) };
        let at = At { node, watch: self.watch, beside: self.known };
        self.watch.step(Step::Field(key), || seed.deserialize(at))
    }
}

/// A name alone, or an object whose one field is named by the variant.
struct Variant<'w, 'n> {
    name: &'n str,
    content: Option<&'n Node<'n>>,
    watch: &'w Watch<'n>,
}

impl<'n> EnumAccess<'n> for Variant<'_, 'n> {
    type Error = Words;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'n>>(self, seed: T) -> Result<(T::Value, Self), Words> {
        let name = seed.deserialize(StrDeserializer::new(self.name))?;
        Ok((name, self))
    }
}

impl<'w, 'n> Variant<'w, 'n> {
    fn content<T>(self, read: impl FnOnce(At<'w, 'n>) -> Result<T, Words>) -> Result<T, Words> {
        let Some(node) = self.content else {
            let unexpected = de::Unexpected::UnitVariant;
            return Err(de::Error::invalid_type(unexpected, &"an object with this name and its content"));
        };
        self.watch.step(Step::Field(self.name), || read(At::new(node, self.watch)))
    }
}

impl<'n> VariantAccess<'n> for Variant<'_, 'n> {
    type Error = Words;

    fn unit_variant(self) -> Result<(), Words> {
        match self.content {
            None | Some(Node::Null) => Ok(()),
            Some(node) => Err(de::Error::invalid_type(node.unexpected(), &"this word alone")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'n>>(self, seed: T) -> Result<T::Value, Words> {
        self.content(|at| seed.deserialize(at))
    }

    fn tuple_variant<V: Visitor<'n>>(self, _: usize, visitor: V) -> Result<V::Value, Words> {
        self.content(|at| at.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'n>>(
        self,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Words> {
        self.content(|at| at.deserialize_struct("", known, visitor))
    }
}

/// Where in its text a value of a document stands: line and column just behind what says its type. Read once more, for
/// only a document with a fault is asked this.
pub(super) fn place(json: &str, path: &[Step<'_>]) -> (usize, usize) {
    let mut reader = serde_json::Deserializer::from_str(json);
    match Seek(path).deserialize(&mut reader) {
        // Not found: nowhere is line 0.
        Ok(()) => (0, 0),
        Err(stopped) => (stopped.line(), stopped.column()),
    }
}

/// Walks down a path and stops there with an error, to which the reader puts the place.
struct Seek<'p>(&'p [Step<'p>]);

const HERE: &str = "here";

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HERE)
    }

    // Everything else is refused by the default, which is an error at its place, as wished.

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((Step::Item(wanted), rest)) = self.0.split_first() else {
            return Err(de::Error::custom(HERE));
        };
        for _ in 0..*wanted {
            items.next_element::<IgnoredAny>()?;
        }
        items.next_element_seed(Seek(rest)).map(|_| ())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let Some((Step::Field(wanted), rest)) = self.0.split_first() else {
            return Err(de::Error::custom(HERE));
        };
        while let Some(key) = fields.next_key::<Cow<'_, str>>()? {
            if key == *wanted {
                fields.next_value_seed(Seek(rest))?;
            } else {
                fields.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
