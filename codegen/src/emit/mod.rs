//! From the intermediate representation to files. Cannot fail: whatever could is `lower`'s to refuse.

mod alias;
mod client;
mod context;
mod defaults;
mod docs;
mod enumeration;
mod krate;
mod literal;
mod object;
mod object_wire;
mod operation;
mod operation_wire;
mod render;
mod rust_type;
mod sample;
mod shape;
mod support;
pub mod surface;
mod union;
mod union_wire;
mod validate;
mod walk;

use proc_macro2::TokenStream;

use crate::files::Files;
use crate::ir::{Api, TypeId, TypeKind};
use context::{Context, fields};

/// Emits the crate.
#[must_use]
pub fn emit(api: &Api) -> Files {
    let context = Context::new(api);
    let mut files = Files::default();
    for (index, def) in api.types.iter().enumerate() {
        let checked = context.is_checked(TypeId(index));
        let parts = match &def.kind {
            TypeKind::Object(object) => {
                let fields = fields(def, object);
                Parts {
                    definition: object::definition(&context, def, object, &fields, checked),
                    wire: Some(object_wire::wire(&context, def, object, &fields, checked)),
                }
            }
            TypeKind::Enum(values) => {
                Parts { definition: enumeration::definition(def, values), wire: Some(enumeration::wire(def, values)) }
            }
            TypeKind::Union(union) => Parts {
                definition: union::definition(&context, def, union, checked),
                wire: Some(union_wire::wire(&context, def, union, checked)),
            },
            TypeKind::Alias(alias) => Parts {
                definition: alias::definition(&context, def, alias),
                wire: alias.recursive.then(|| alias::wire(&context, def, alias, checked)),
            },
        };
        let intro = format!("[`{}`].", def.name);
        files.add(format!("src/models/{}.rs", def.module), render::file(&intro, &parts.definition));
        if let Some(wire) = parts.wire {
            let intro = format!("How [`{0}`](crate::models::{0}) crosses the wire.", def.name);
            files.add(format!("src/wire/{}.rs", def.module), render::file(&intro, &wire));
        }
    }
    client::add(&context, &mut files);
    krate::add(&context, &mut files);
    support::add(&context, &mut files);
    files
}

/// The two files of a type.
struct Parts {
    definition: TokenStream,
    wire: Option<TokenStream>,
}
