//! The public items of the generated crate as data, for whoever compares two revisions of it.
//!
//! Made of the same decisions as the crate itself, and of no token, so that it is fast, and total: a document from which
//! no crate can be generated has a surface all the same, with names that may be no identifiers or be there twice.
//!
//! What all crates have alike is not listed: the members of what comes from the runtime, what every call can be told,
//! and that every model is `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`.

mod calls;
mod models;
mod root;

use std::fmt;

use super::context::Context;
use crate::ir::{Api, TypeId};

/// A public item of the generated crate.
///
/// `home`, `owner` and `name` together tell the items of a crate apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// In which public module the owner is.
    pub home: Home,
    /// What it belongs to: a type, as in `Thread`; a call, as in `ListThreads`; a resource, as in `Threads`; `Client` or
    /// `ClientBuilder`. Empty for the crate itself.
    pub owner: String,
    /// Its name within the owner: `title` for a field, `title()` for a method, `new(title)` for an argument of one,
    /// `TITLE` for a constant, `Closed` for a variant, `impl From<String>` for a trait. Empty for the owner itself. What
    /// is a keyword stands without its `r#`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// What it is to callers, in Rust; what that is, [`Kind`] says.
    pub signature: String,
    /// Of an argument, how many come before it.
    pub position: Option<usize>,
    /// What it holds, as JSON. That is no part of its type: code compiles as before when it alone changes.
    pub value: Option<String>,
    /// Whether using it warns.
    pub deprecated: bool,
    /// JSON pointer of what it comes from.
    pub pointer: String,
}

impl Item {
    /// How a reader calls it, as in `Thread::title`, `Threads::retrieve(thread_id)` or `impl Default for Thread`.
    #[must_use]
    pub fn path(&self) -> String {
        let Self { owner, name, kind, .. } = self;
        match kind {
            Kind::Crate => "crate".to_owned(),
            Kind::Export => format!("crate::{owner}"),
            Kind::Impl => format!("{name} for {owner}"),
            _ if name.is_empty() => owner.clone(),
            _ => format!("{owner}::{name}"),
        }
    }
}

/// Where callers find a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    /// At the root of the crate.
    Root,
    /// In `models`. Most of these are exported at the root as well, which is an item of its own, a [`Kind::Export`].
    Models,
    /// In `operations`.
    Operations,
}

/// What an item is, and what its signature then is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The crate: its name.
    Crate,
    /// A name at the root of the crate: what it stands for, as in `models::Thread`.
    Export,
    /// A type: `struct`, `enum`, or `= Vec<String>` of an alias.
    Type,
    /// A public field: its type.
    Field,
    /// A variant of an enum: the type of its payload, or nothing.
    Variant,
    /// `new()`: `Self`.
    Constructor,
    /// An argument of a constructor or of a resource's method: its type, as in `impl Into<String>`.
    Argument,
    /// A method that takes a value and gives its owner back: the type of the value.
    Setter,
    /// Any other function: the type that it returns.
    Method,
    /// An associated constant: its type.
    Constant,
    /// A trait that is implemented: its associated type, as in `Output = Thread`, or nothing.
    Impl,
}

/// Lists the public items of the crate that an API becomes, in the order of the API.
#[must_use]
pub fn surface(api: &Api) -> Vec<Item> {
    let context = Context::new(api);
    let mut items = Vec::new();
    root::add(api, &mut items);
    for (index, def) in api.types.iter().enumerate() {
        models::add(&context, TypeId(index), def, &mut items);
    }
    calls::add(&context, &mut items);
    items
}

/// What items belong to.
#[derive(Clone, Copy)]
struct Owner<'a> {
    home: Home,
    name: &'a str,
    pointer: &'a str,
}

impl<'a> Owner<'a> {
    /// The same owner, for an item that comes from elsewhere in the document.
    fn at(self, pointer: &'a str) -> Self {
        Self { pointer, ..self }
    }

    /// One of its items, which comes from the same place.
    fn item(&self, kind: Kind, name: impl Into<String>, signature: impl Into<String>) -> Item {
        Item {
            home: self.home,
            owner: self.name.to_owned(),
            name: name.into(),
            kind,
            signature: signature.into(),
            position: None,
            value: None,
            deprecated: false,
            pointer: self.pointer.to_owned(),
        }
    }

    /// The owner itself.
    fn itself(&self, signature: &str, deprecated: bool) -> Item {
        Item { deprecated, ..self.item(Kind::Type, "", signature) }
    }

    /// A method without arguments that are items.
    fn method(&self, name: &str, returns: impl Into<String>) -> Item {
        self.item(Kind::Method, format!("{name}()"), returns)
    }

    /// A trait that it implements.
    fn implements(&self, what: impl fmt::Display, signature: impl Into<String>) -> Item {
        self.item(Kind::Impl, format!("impl {what}"), signature)
    }
}
