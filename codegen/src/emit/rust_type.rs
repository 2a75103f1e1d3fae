//! Rust types as data, for both code and the signatures of the public API.

use std::fmt;

use proc_macro2::TokenStream;
use quote::quote;

use super::identifiers::ident;

/// The way in which code writes a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypePath {
    /// By its name, which is imported. Used among definitions.
    Imported,
    /// By its path. Used in wire code.
    Qualified,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RustType<'a> {
    Unit,
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    Str,
    StaticStr,
    String,
    /// The string that is redacted. Outside of definitions it is written by its path.
    Secret,
    Json,
    Bytes,
    /// A definition of the crate.
    Model(&'a str),
    Option(Box<Self>),
    Nullable(Box<Self>),
    Boxed(Box<Self>),
    List(Box<Self>),
    /// With `String` keys.
    Map(Box<Self>),
    /// `impl Into<T>`.
    Into(Box<Self>),
    /// An iterator of the entries of a map.
    Entries(Box<Self>),
}

impl RustType<'_> {
    pub fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }

    pub fn nullable(self) -> Self {
        Self::Nullable(Box::new(self))
    }

    pub fn list(self) -> Self {
        Self::List(Box::new(self))
    }

    pub fn map(self) -> Self {
        Self::Map(Box::new(self))
    }

    /// Returns the type within, if there is one.
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::List(inner)
            | Self::Map(inner)
            | Self::Into(inner)
            | Self::Entries(inner) => Some(inner),
            _ => None,
        }
    }

    /// Returns `impl Into` of the type.
    pub fn into(self) -> Self {
        Self::Into(Box::new(self))
    }

    /// Returns the code of the type.
    pub fn tokens(&self, path: TypePath) -> TokenStream {
        match self {
            Self::Unit => quote! { () },
            Self::Bool => quote! { bool },
            Self::I32 => quote! { i32 },
            Self::I64 => quote! { i64 },
            Self::U32 => quote! { u32 },
            Self::U64 => quote! { u64 },
            Self::F64 => quote! { f64 },
            Self::Str => quote! { &str },
            Self::StaticStr => quote! { &'static str },
            Self::String => quote! { String },
            Self::Json => quote! { serde_json::Value },
            Self::Bytes => quote! { bytes::Bytes },
            Self::Secret if path == TypePath::Qualified => quote! { crate::Secret },
            Self::Secret => quote! { Secret },
            Self::Model(name) => {
                let name = ident(name);
                match path {
                    TypePath::Imported => quote! { #name },
                    TypePath::Qualified => quote! { models::#name },
                }
            }
            _ => self.inner().map(|inner| self.around(&inner.tokens(path), path)).unwrap_or_default(),
        }
    }

    /// Returns the code of a type that wraps another, whose code is `inner`.
    fn around(&self, inner: &TokenStream, path: TypePath) -> TokenStream {
        let qualified = path == TypePath::Qualified;
        match self {
            Self::Option(_) => quote! { Option<#inner> },
            Self::Nullable(_) if qualified => quote! { crate::OptionalNullable<#inner> },
            Self::Nullable(_) => quote! { OptionalNullable<#inner> },
            Self::Boxed(_) => quote! { Box<#inner> },
            Self::List(_) => quote! { Vec<#inner> },
            Self::Map(_) if qualified => quote! { std::collections::BTreeMap<String, #inner> },
            Self::Map(_) => quote! { BTreeMap<String, #inner> },
            Self::Into(_) => quote! { impl Into<#inner> },
            Self::Entries(_) => quote! { impl IntoIterator<Item = (impl Into<String>, impl Into<#inner>)> },
            _ => inner.clone(),
        }
    }
}

impl From<RustType<'_>> for String {
    fn from(ty: RustType<'_>) -> Self {
        ty.to_string()
    }
}

/// The type as code that imports every name in it.
impl fmt::Display for RustType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("()"),
            Self::Bool => f.write_str("bool"),
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::U32 => f.write_str("u32"),
            Self::U64 => f.write_str("u64"),
            Self::F64 => f.write_str("f64"),
            Self::Str => f.write_str("&str"),
            Self::StaticStr => f.write_str("&'static str"),
            Self::String => f.write_str("String"),
            Self::Secret => f.write_str("Secret"),
            Self::Json => f.write_str("serde_json::Value"),
            Self::Bytes => f.write_str("bytes::Bytes"),
            Self::Model(name) => f.write_str(name),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Nullable(inner) => write!(f, "OptionalNullable<{inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::List(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Into(inner) => write!(f, "impl Into<{inner}>"),
            Self::Entries(inner) => write!(f, "impl IntoIterator<Item = (impl Into<String>, impl Into<{inner}>)>"),
        }
    }
}
