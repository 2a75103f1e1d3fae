//! `emit::public_api` lists exactly the public items of the generated crate.

mod reading;
mod totality;
mod types;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use chatkit_codegen::emit::public_api::{ItemKind, PublicItem, PublicModule, public_items};
use chatkit_codegen::ir::Api;
use chatkit_tests::fixtures::{self, Fixture};
use chatkit_tests::json::equal;
use serde_json::Value;

/// An item without its pointer, which the sources of a crate do not contain.
#[derive(Clone, Debug)]
struct Entry {
    module: PublicModule,
    owner: String,
    name: String,
    kind: ItemKind,
    signature: String,
    position: Option<usize>,
    value: Option<Value>,
    deprecated: bool,
}

impl Entry {
    fn of(item: PublicItem) -> Self {
        let PublicItem { module, owner, name, kind, signature, position, value, deprecated, .. } = item;
        let value = value.map(|text| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}")));
        Self { module, owner, name, kind, signature, position, value, deprecated }
    }

    /// Returns the key that identifies it.
    fn key(&self) -> (PublicModule, String, String) {
        (self.module, self.owner.clone(), self.name.clone())
    }

    /// Shows everything except its value.
    fn shown(&self) -> String {
        let Self { module, owner, name, kind, signature, position, deprecated, .. } = self;
        format!("{module:?} {owner} {name:?}: {kind:?} {signature:?} {position:?} {deprecated}")
    }
}

/// Returns the real spec, each feature, and the spec of the mock's tests.
fn documents() -> Vec<Fixture> {
    let pets = fixtures::root().join("xtask/tests/mock/pets.yaml");
    let pets = std::fs::read_to_string(pets).expect("the mock has another spec");
    // It has warnings, which a fixture must not have.
    let source = chatkit_codegen::read("pets", &pets).unwrap_or_else(|report| panic!("{report}"));
    let (raw, files) = (source.document.raw, chatkit_codegen::emit::emit(&source.api));
    let mut documents = fixtures::features();
    documents.extend([fixtures::chatkit(), Fixture { name: "pets".to_owned(), raw, api: source.api, files }]);
    documents
}

#[test]
fn lists_the_items_in_the_sources_of_the_crate() {
    let mut kinds = BTreeSet::new();
    for Fixture { name, api, files, .. } in documents() {
        let listed: BTreeMap<_, _> =
            public_items(&api).into_iter().map(Entry::of).map(|entry| (entry.key(), entry)).collect();
        let found: BTreeMap<_, _> = reading::items(&files).into_iter().map(|entry| (entry.key(), entry)).collect();
        let shown = |entries: &BTreeMap<_, Entry>| entries.values().map(Entry::shown).collect::<BTreeSet<_>>();
        let (said, read) = (shown(&listed), shown(&found));
        let missing: Vec<_> = read.difference(&said).collect();
        let made_up: Vec<_> = said.difference(&read).collect();
        assert!(missing.is_empty() && made_up.is_empty(), "{name}\nmissing: {missing:#?}\nmade up: {made_up:#?}");
        kinds.extend(found.values().map(|entry| entry.kind));
    }
    assert_eq!(kinds.len(), 11, "a kind of item is in no document: {kinds:?}");
}

#[test]
fn lists_the_values_of_constants_in_the_sources() {
    let (mut read, mut unread) = (0, 0);
    for Fixture { name, api, files, .. } in documents() {
        let listed: BTreeMap<_, _> =
            public_items(&api).into_iter().map(Entry::of).map(|entry| (entry.key(), entry)).collect();
        for entry in reading::items(&files) {
            let said = listed.get(&entry.key()).and_then(|entry| entry.value.as_ref());
            match (&entry.value, said) {
                (Some(value), Some(said)) => {
                    assert!(equal(value, said), "{name}: {}: {value} is not {said}", entry.shown());
                    read += 1;
                }
                (Some(value), None) => panic!("{name}: {} has no value {value}", entry.shown()),
                (None, Some(_)) => unread += 1,
                (None, None) => assert_ne!(entry.kind, ItemKind::Constant, "{name}: {}", entry.shown()),
            }
        }
    }
    assert!(read > 5 * unread, "{read} values are compared, and {unread} are too complex for that");
}

#[test]
fn gives_no_two_items_the_same_key() {
    for Fixture { name, api, files, .. } in documents() {
        for entries in [public_items(&api).into_iter().map(Entry::of).collect(), reading::items(&files)] {
            let mut keys = BTreeSet::new();
            let twice: Vec<_> = entries.iter().filter(|entry| !keys.insert(entry.key())).collect();
            assert!(twice.is_empty(), "{name}: {twice:?}");
        }
    }
}

#[test]
fn gives_each_item_a_pointer_into_the_document() {
    for Fixture { name, api, raw, .. } in documents() {
        for PublicItem { owner, name: item, pointer, .. } in public_items(&api) {
            assert!(raw.pointer(&pointer).is_some(), "{name}: nothing is at {pointer} for {owner}::{item}");
        }
    }
}

#[test]
fn writes_signatures_like_rust_code() {
    let paths =
        |api: &Api| public_items(api).iter().map(|item| format!("{}: {}", item.path(), item.signature)).collect();
    let items: BTreeSet<String> = paths(&fixtures::chatkit().api);
    for expected in [
        "crate: chatkit-client",
        "crate::Thread: models::Thread",
        "crate::Client: runtime::client::Client",
        "Thread: struct",
        "Thread::title: Option<String>",
        "Thread::new(id): impl Into<String>",
        "Thread::OBJECT: &'static str",
        "ThreadItem::id(): Option<&str>",
        "impl From<ThreadUserMessageItem> for ThreadItem: ",
        "Threads::retrieve(): RetrieveThread",
        "Threads::retrieve(thread_id): impl Into<String>",
        "ListThreads::limit(): i64",
        "impl Operation for ListThreads: Output = ThreadList",
        "impl Paged for ListThreads: Item = Thread",
        "impl IntoFuture for ListThreads: Output = Result<Page<ListThreads>, Error>",
        "impl IntoFuture for RetrieveThread: Output = Result<Response<Thread>, Error>",
        "Client::threads(): Threads",
        "ClientBuilder::api_key(): impl Into<Secret>",
    ] {
        assert!(items.contains(expected), "{expected} is not in {items:#?}");
    }
}
