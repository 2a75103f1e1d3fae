//! The public API of the generated crate as data, for comparing two revisions.
//!
//! The list is fast: it calls the same functions as the emitted code does, and makes no tokens. It accepts any API. A
//! document that no crate can be generated from has public items as well; their names may be invalid or duplicate.
//!
//! The list leaves out everything that all crates share: the members of the runtime's types, the per-call options, and
//! `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize` of every model.

mod calls;
mod item;
mod models;
mod root;

use super::context::Context;
use crate::ir::{Api, TypeId};

pub use item::{ItemKind, PublicItem, PublicModule};

/// Lists the public items of the crate that is generated from an API, in the order of the API.
#[must_use]
pub fn public_items(api: &Api) -> Vec<PublicItem> {
    let context = Context::new(api);
    let mut items = Vec::new();
    root::add(api, &mut items);
    for (index, def) in api.types.iter().enumerate() {
        models::add(&context, TypeId(index), def, &mut items);
    }
    calls::add(&context, &mut items);
    items
}
