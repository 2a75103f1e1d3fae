//! The crate itself, and the names at its root.

use heck::ToKebabCase;

use super::item::{ItemKind, ItemOwner, PublicItem, PublicModule};
use crate::emit::exports;
use crate::ir::Api;

/// Adds the items.
pub fn add(api: &Api, items: &mut Vec<PublicItem>) {
    // The name of the crate is the document's own, or that of its title.
    let named = api.title.to_kebab_case() != api.crate_name;
    let pointer = if named { "/x-rust-crate/name" } else { "/info/title" };
    items.push(ItemOwner { module: PublicModule::Root, name: "", pointer }.item(ItemKind::Crate, "", &api.crate_name));
    let mut export = |name: &str, pointer: &str, signature: &str| {
        items.push(ItemOwner { module: PublicModule::Root, name, pointer }.item(ItemKind::Export, "", signature));
    };
    export("models", "", "mod");
    export("lenient", "", "support::lenient");
    for (module, names) in exports::SUPPORT {
        for name in *names {
            export(name, "", &format!("support::{module}::{name}"));
        }
    }
    if exports::has_client(api) {
        export("operations", "/paths", "mod");
        for name in exports::CRATES {
            export(name, "/paths", name);
        }
        for (module, names) in exports::RUNTIME {
            for name in *names {
                export(name, "/paths", &format!("runtime::{module}::{name}"));
            }
        }
        for name in exports::BLOCKING {
            export(name, "/paths", &format!("runtime::blocking::{name}"));
        }
    }
    for (def, name) in exports::exported_names(api) {
        export(name, &def.pointer, &format!("models::{name}"));
    }
}
