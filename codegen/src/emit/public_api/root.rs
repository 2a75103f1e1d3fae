//! The crate itself, and what stands at its root.

use heck::ToKebabCase;

use super::{Home, Item, Kind, Owner};
use crate::emit::{client, crate_root};
use crate::ir::Api;

/// Adds them.
pub fn add(api: &Api, items: &mut Vec<Item>) {
    // The name of the crate is the document's own, or that of its title.
    let named = api.title.to_kebab_case() != api.crate_name;
    let pointer = if named { "/x-rust-crate/name" } else { "/info/title" };
    items.push(Owner { home: Home::Root, name: "", pointer }.item(Kind::Crate, "", &api.crate_name));
    let mut export = |name: &str, pointer: &str, signature: &str| {
        items.push(Owner { home: Home::Root, name, pointer }.item(Kind::Export, "", signature));
    };
    export("models", "", "mod");
    export("lenient", "", "support::lenient");
    for (module, names) in crate_root::EXPORTS {
        for name in *names {
            export(name, "", &format!("support::{module}::{name}"));
        }
    }
    if client::is_emitted(api) {
        export("operations", "/paths", "mod");
        for name in client::CRATES {
            export(name, "/paths", name);
        }
        for (module, names) in client::EXPORTS {
            for name in *names {
                export(name, "/paths", &format!("runtime::{module}::{name}"));
            }
        }
        for name in client::BLOCKING {
            export(name, "/paths", &format!("runtime::blocking::{name}"));
        }
    }
    for def in crate_root::exported(api) {
        export(&def.name, &def.pointer, &format!("models::{}", def.name));
    }
}
