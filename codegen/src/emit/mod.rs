//! Emits the files of a crate from the intermediate representation. Emitting cannot fail: `lower` reports every problem.

mod alias;
mod analysis;
mod call_example;
mod call_signature;
mod calls_guide;
mod checkable;
mod client;
mod client_files;
mod client_settings;
mod constraint_docs;
mod constructor;
mod context;
mod correction_table;
mod crate_root;
mod decode_example;
mod default_docs;
mod defaults;
mod docs;
mod enumeration;
mod example_writer;
mod exports;
mod fields;
mod file_sink;
mod front_page;
mod guide_examples;
mod identifiers;
mod import_order;
mod imports;
mod item_docs;
mod json_literal;
mod literal;
mod manifest;
mod markdown;
mod media_choice;
mod object;
mod object_example;
mod object_wire;
mod operation;
mod operation_docs;
mod operation_wire;
mod pagination;
mod pagination_wire;
mod patterns;
mod prose;
mod prose_inline;
pub mod public_api;
mod readme;
mod render;
mod resources;
mod runtime_files;
mod rust_type;
mod setter_parameters;
mod testing_example;
mod type_files;
mod type_prose;
mod types;
mod union;
mod union_conversions;
mod union_example;
mod union_wire;
mod validate;
mod value_expression;
mod variant_choice;
mod wire_impls;
mod wrap;

use std::thread;

use crate::deep_stack;
use crate::files::Files;
use crate::ir::Api;
use context::Context;
use file_sink::FileSink;

/// The number of threads that emit types. It is fixed, because the generator does not ask the system how many cores there
/// are. More threads than cores do no harm.
const THREADS: usize = 8;

/// Emits the crate.
///
/// Formatting takes most of the time of the generator (5.0 of 5.7 s for 10,000 schemas on two cores), so several
/// threads emit types.
#[must_use]
pub fn emit(api: &Api) -> Files {
    let context = &Context::new(api);
    let share = api.types.len().div_ceil(THREADS).max(1);
    let mut files = Files::default();
    thread::scope(|scope| {
        let mut workers = vec![deep_stack::spawn(scope, || formatted(|files| add_other_files(context, files)))];
        for start in (0..api.types.len()).step_by(share) {
            let add = move || formatted(|files| type_files::add(context, start, share, files));
            workers.push(deep_stack::spawn(scope, add));
        }
        for (path, text) in workers.into_iter().flat_map(deep_stack::joined) {
            files.add(path, text);
        }
    });
    files
}

/// Formats one file after another, so only one is held as tokens at a time.
fn formatted(add: impl FnOnce(&mut FileSink<'_>)) -> Vec<(String, String)> {
    let mut files = Vec::new();
    add(&mut FileSink::new(&mut |path, content| files.push((path, content.into_text()))));
    files
}

/// Adds all files except those of types.
fn add_other_files(context: &Context<'_>, files: &mut FileSink<'_>) {
    let api = context.api;
    client_files::add(context, files);
    files.add("Cargo.toml", manifest::manifest(api));
    files.add("README.md", readme::readme(context));
    if exports::has_client(api) {
        files.add("docs/calls.md", calls_guide::guide(context));
    }
    files.add("LICENSE-APACHE", include_str!("../../../LICENSE-APACHE").to_owned());
    files.add("LICENSE-MIT", include_str!("../../../LICENSE-MIT").to_owned());
    files.add("src/lib.rs", crate_root::root(api));
    type_files::add_lists(api, files);
    runtime_files::add(api, files);
}
