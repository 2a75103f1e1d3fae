//! From the intermediate representation to files. Cannot fail: whatever could is `lower`'s to refuse.

mod alias;
mod call_example;
mod client;
mod context;
mod correction_table;
mod crate_root;
mod defaults;
mod docs;
mod enumeration;
mod literal;
mod object;
mod object_wire;
mod operation;
mod operation_wire;
mod pagination;
pub mod public_api;
mod render;
mod runtime_files;
mod rust_type;
mod union;
mod union_wire;
mod validate;

use std::{panic, thread};

use proc_macro2::TokenStream;

use crate::files::Files;
use crate::ir::{Api, TypeDef, TypeId, TypeKind};
use context::{Context, fields};
use render::Content;

/// How many threads emit types: a fixed number, since nothing in here asks the system for one. More than there are cores
/// does no harm.
const THREADS: usize = 8;

/// Emits the crate.
///
/// Types are emitted by several threads, which makes the most of the time that laying code out takes. Besides, reading a
/// large document leaves a heap in which it is slow to find room, and a new thread has a heap of its own.
#[must_use]
pub fn emit(api: &Api) -> Files {
    let context = &Context::new(api);
    let share = api.types.len().div_ceil(THREADS).max(1);
    let mut files = Files::default();
    thread::scope(|scope| {
        let mut workers = vec![scope.spawn(|| laid_out(|files| rest(context, files)))];
        for start in (0..api.types.len()).step_by(share) {
            workers.push(scope.spawn(move || laid_out(|files| types(context, start, share, files))));
        }
        let texts = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        for (path, text) in texts.flatten() {
            files.add(path, text);
        }
    });
    files
}

/// Lays out file after file, so that only one is held in tokens at a time.
fn laid_out(emit: impl FnOnce(&mut Sink<'_>)) -> Vec<(String, String)> {
    let mut files = Vec::new();
    emit(&mut Sink(&mut |path, content| files.push((path, content.into_text()))));
    files
}

/// The files of the crate before their code is laid out, so that the two can be measured apart.
#[must_use]
pub fn draft(api: &Api) -> Draft {
    let context = Context::new(api);
    let mut files = Vec::new();
    let mut sink = Sink(&mut |path, content| files.push((path, content)));
    types(&context, 0, api.types.len(), &mut sink);
    rest(&context, &mut sink);
    Draft(files)
}

/// Files whose code is not laid out yet.
#[derive(Debug)]
pub struct Draft(Vec<(String, Content)>);

impl Draft {
    /// Lays the code out.
    #[must_use]
    pub fn format(self) -> Files {
        let mut files = Files::default();
        for (path, content) in self.0 {
            files.add(path, content.into_text());
        }
        files
    }
}

/// Where files go, one by one.
struct Sink<'a>(&'a mut dyn FnMut(String, Content));

impl Sink<'_> {
    fn add(&mut self, path: impl Into<String>, content: impl Into<Content>) {
        (self.0)(path.into(), content.into());
    }
}

/// The files of some of the types.
fn types(context: &Context<'_>, start: usize, count: usize, files: &mut Sink<'_>) {
    for (index, def) in context.api.types.iter().enumerate().skip(start).take(count) {
        let parts = parts(context, TypeId(index), def);
        let intro = format!("[`{}`].", def.name);
        files.add(format!("src/models/{}.rs", def.module), render::file(&intro, &parts.definition));
        if let Some(wire) = parts.wire {
            let intro = format!("How [`{0}`](crate::models::{0}) crosses the wire.", def.name);
            files.add(format!("src/wire/{}.rs", def.module), render::file(&intro, &wire));
        }
    }
}

fn parts(context: &Context<'_>, id: TypeId, def: &TypeDef) -> Parts {
    let checked = context.is_checked(id);
    match &def.kind {
        TypeKind::Object(object) => {
            let fields = fields(object);
            Parts {
                definition: object::definition(context, def, object, &fields, checked),
                wire: Some(object_wire::wire(context, def, object, &fields, checked)),
            }
        }
        TypeKind::Enum(values) => {
            Parts { definition: enumeration::definition(def, values), wire: Some(enumeration::wire(def, values)) }
        }
        TypeKind::Union(union) => Parts {
            definition: union::definition(context, def, union, checked),
            wire: Some(union_wire::wire(context, def, union, checked)),
        },
        TypeKind::Alias(alias) => Parts {
            definition: alias::definition(context, def, alias),
            wire: alias.recursive.then(|| alias::wire(context, def, alias, checked)),
        },
    }
}

/// All other files.
fn rest(context: &Context<'_>, files: &mut Sink<'_>) {
    client::add(context, files);
    crate_root::add(context, files);
    runtime_files::add(context, files);
}

/// The two files of a type.
struct Parts {
    definition: TokenStream,
    wire: Option<TokenStream>,
}
