//! The items of the public API as data.

use std::fmt;

/// A public item of the generated crate.
///
/// `module`, `owner` and `name` together identify an item of a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicItem {
    /// The public module of the owner.
    pub module: PublicModule,
    /// The owner: a type such as `Thread`, a call such as `ListThreads`, a resource such as `Threads`, `Client` or
    /// `ClientBuilder`. Empty for the crate itself.
    pub owner: String,
    /// Its name within the owner: `title` for a field, `title()` for a method, `new(title)` for an argument of one,
    /// `TITLE` for a constant, `Closed` for a variant, `impl From<String>` for a trait. Empty for the owner itself. A
    /// keyword has no `r#`.
    pub name: String,
    /// Its kind.
    pub kind: ItemKind,
    /// Its signature in Rust, as described for each [`ItemKind`].
    pub signature: String,
    /// For an argument by position, the number of arguments before it.
    pub position: Option<usize>,
    /// The value of a constant or default, as JSON. A change of the value alone breaks no caller.
    pub value: Option<String>,
    /// Whether its use is deprecated.
    pub deprecated: bool,
    /// JSON pointer of its origin in the document.
    pub pointer: String,
}

impl PublicItem {
    /// Returns the path that a reader knows it by, such as `Thread::title`, `Threads::retrieve(thread_id)` or `impl
    /// Default for Thread`.
    #[must_use]
    pub fn path(&self) -> String {
        let Self { owner, name, kind, .. } = self;
        match kind {
            ItemKind::Crate => "crate".to_owned(),
            ItemKind::Export => format!("crate::{owner}"),
            ItemKind::Impl => format!("{name} for {owner}"),
            _ if name.is_empty() => owner.clone(),
            _ => format!("{owner}::{name}"),
        }
    }
}

/// A public module of the generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PublicModule {
    /// The root of the crate.
    Root,
    /// `models`. Most of its types are exported at the root as well, which is an item of its own, an [`ItemKind::Export`].
    Models,
    /// `operations`.
    Operations,
}

/// The kind of an item, and the meaning of its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// The crate: its name.
    Crate,
    /// A name at the root of the crate: its path, such as `models::Thread`.
    Export,
    /// A type: `struct`, `enum`, or `= Vec<String>` of an alias.
    Type,
    /// A public field: its type.
    Field,
    /// A variant of an enum: the type of its payload, or nothing.
    Variant,
    /// `new()`: `Self`, or `fn(ThreadArgs) -> Self` if it takes a struct of named arguments.
    Constructor,
    /// An argument of a constructor or of a resource's method: its type, such as `impl Into<String>`. A named argument is a
    /// field of the constructor's struct and has no position.
    Argument,
    /// A method that takes a value and returns its owner: the type of the value.
    Setter,
    /// Any other function: the type that it returns.
    Method,
    /// An associated constant: its type.
    Constant,
    /// A trait that is implemented: its associated type, such as `Output = Thread`, or nothing.
    Impl,
}

/// The owner of items.
#[derive(Clone, Copy)]
pub struct ItemOwner<'a> {
    pub module: PublicModule,
    pub name: &'a str,
    pub pointer: &'a str,
}

impl<'a> ItemOwner<'a> {
    /// Returns the same owner, for an item with another origin in the document.
    pub fn at(self, pointer: &'a str) -> Self {
        Self { pointer, ..self }
    }

    /// Returns an item of the owner, with the origin of the owner.
    pub fn item(&self, kind: ItemKind, name: impl Into<String>, signature: impl Into<String>) -> PublicItem {
        PublicItem {
            module: self.module,
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

    /// Returns the owner itself.
    pub fn itself(&self, signature: &str, deprecated: bool) -> PublicItem {
        PublicItem { deprecated, ..self.item(ItemKind::Type, "", signature) }
    }

    /// Emits a method whose arguments are not items.
    pub fn method(&self, name: &str, returns: impl Into<String>) -> PublicItem {
        self.item(ItemKind::Method, format!("{name}()"), returns)
    }

    /// Returns a trait that the owner implements.
    pub fn implements(&self, name: impl fmt::Display, signature: impl Into<String>) -> PublicItem {
        self.item(ItemKind::Impl, format!("impl {name}"), signature)
    }
}
