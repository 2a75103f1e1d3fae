//! Decoding and encoding, against `async-openai`, serde's derive, `serde_json::Value` and `IgnoredAny`.

use std::hint::black_box;
use std::time::Duration;

use async_openai::types::chatkit as rival;
use chatkit_benches::derived;
use chatkit_benches::payload::{self, TagPlace};
use chatkit_benches::turns::Turns;
use chatkit_client as ours;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// The turn of each type. It is long enough that the caches left by the previous type do not matter.
const TURN: Duration = Duration::from_millis(10);

/// Types that decode the same payload.
struct Types<'a> {
    payload: &'a str,
    turns: Turns<'a>,
}

impl<'a> Types<'a> {
    fn new(benchmark: impl Into<String>, payload: &'a str) -> Self {
        Self { payload, turns: Turns::new(benchmark) }
    }

    /// Measures decoding into a type.
    fn decode<T: DeserializeOwned + 'a>(mut self, name: &'static str) -> Self {
        // A type that cannot decode the payload would fail fast.
        let _: T = self.read(name);
        let payload = self.payload;
        self.turns = self.turns.with(name, move || serde_json::from_str::<T>(black_box(payload)).ok());
        self
    }

    /// Measures encoding the decoded value of a type.
    fn encode<T: DeserializeOwned + Serialize + 'a>(mut self, name: &'static str) -> Self {
        let value: T = self.read(name);
        let mut buffer = Vec::with_capacity(2 * self.payload.len());
        self.turns = self.turns.with(name, move || {
            buffer.clear();
            serde_json::to_writer(&mut buffer, black_box(&value)).ok();
            buffer.len()
        });
        self
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> T {
        serde_json::from_str(self.payload).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn measure(self) {
        self.turns.measure(TURN);
    }
}

fn items() {
    for (tag, name) in TagPlace::ALL {
        Types::new(format!("decode items, tag {name}"), &payload::items(tag))
            .decode::<ours::ThreadItemList>("ours")
            .decode::<derived::ThreadItemList>("derive")
            .decode::<Value>("Value")
            .decode::<IgnoredAny>("IgnoredAny")
            .measure();
        Types::new(format!("decode items without groups, tag {name}"), &payload::items_without_groups(tag))
            .decode::<ours::ThreadItemList>("ours")
            .decode::<rival::ThreadItemListResource>("async-openai")
            .measure();
    }
    Types::new("encode items", &payload::items(TagPlace::Vendor))
        .encode::<ours::ThreadItemList>("ours")
        .encode::<derived::ThreadItemList>("derive")
        .encode::<Value>("Value")
        .measure();
    Types::new("encode items without groups", &payload::items_without_groups(TagPlace::Vendor))
        .encode::<ours::ThreadItemList>("ours")
        .encode::<rival::ThreadItemListResource>("async-openai")
        .measure();
}

fn session() {
    Types::new("decode session", payload::SESSION)
        .decode::<ours::ChatSession>("ours")
        .decode::<derived::Session>("derive")
        .decode::<rival::ChatSessionResource>("async-openai")
        .decode::<Value>("Value")
        .decode::<IgnoredAny>("IgnoredAny")
        .measure();
    Types::new("encode session", payload::SESSION)
        .encode::<ours::ChatSession>("ours")
        .encode::<derived::Session>("derive")
        .encode::<rival::ChatSessionResource>("async-openai")
        .encode::<Value>("Value")
        .measure();
}

fn threads() {
    let threads = payload::threads();
    // async-openai looks for the properties of `status` in the thread itself, and cannot decode a thread.
    assert!(serde_json::from_str::<rival::ThreadListResource>(&threads).is_err(), "async-openai can be compared now");
    Types::new("decode threads", &threads)
        .decode::<ours::ThreadList>("ours")
        .decode::<derived::ThreadList>("derive")
        .decode::<Value>("Value")
        .decode::<IgnoredAny>("IgnoredAny")
        .measure();
    Types::new("encode threads", &threads)
        .encode::<ours::ThreadList>("ours")
        .encode::<derived::ThreadList>("derive")
        .encode::<Value>("Value")
        .measure();
}

fn main() {
    // With `preserve_order`, which another crate of the build may turn on, our unions would be larger.
    assert_eq!(size_of::<Value>(), 4 * size_of::<usize>(), "serde_json has features that a user's program does not turn on");
    items();
    session();
    threads();
}
