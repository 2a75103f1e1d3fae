//! Decoding and encoding, beside `async-openai`, serde's derive, `serde_json::Value` and `IgnoredAny`.

use std::hint::black_box;

use async_openai::types::chatkit as rival;
use chatkit_benches::derived;
use chatkit_benches::payload::{self, TagPlace};
use chatkit_client as ours;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// Measures the decoding of a payload into a type.
fn decode<T: DeserializeOwned>(criterion: &mut Criterion, group: &str, name: &str, payload: &str) {
    // A type that cannot take the payload would be fast.
    let _: T = serde_json::from_str(payload).unwrap_or_else(|error| panic!("{group}/{name}: {error}"));
    let mut group = criterion.benchmark_group(group);
    group.throughput(Throughput::Bytes(payload.len() as u64));
    group.bench_function(name, |bencher| {
        bencher.iter_with_large_drop(|| serde_json::from_str::<T>(black_box(payload)).ok())
    });
    group.finish();
}

/// Measures the encoding of a payload that was decoded into a type.
fn encode<T: DeserializeOwned + Serialize>(criterion: &mut Criterion, group: &str, name: &str, payload: &str) {
    let value: T = serde_json::from_str(payload).unwrap_or_else(|error| panic!("{group}/{name}: {error}"));
    let mut group = criterion.benchmark_group(group);
    let mut buffer = Vec::with_capacity(2 * payload.len());
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            buffer.clear();
            serde_json::to_writer(&mut buffer, black_box(&value)).ok();
            buffer.len()
        });
    });
    group.finish();
}

fn items(criterion: &mut Criterion) {
    for (tag, name) in TagPlace::ALL {
        let page = payload::items(tag);
        let group = format!("decode items, tag {name}");
        decode::<ours::ThreadItemList>(criterion, &group, "ours", &page);
        decode::<derived::ThreadItemList>(criterion, &group, "derive", &page);
        decode::<Value>(criterion, &group, "Value", &page);
        decode::<IgnoredAny>(criterion, &group, "IgnoredAny", &page);
        let page = payload::items_without_groups(tag);
        let group = format!("decode items without groups, tag {name}");
        decode::<ours::ThreadItemList>(criterion, &group, "ours", &page);
        decode::<rival::ThreadItemListResource>(criterion, &group, "async-openai", &page);
    }
    let page = payload::items(TagPlace::Vendor);
    encode::<ours::ThreadItemList>(criterion, "encode items", "ours", &page);
    encode::<derived::ThreadItemList>(criterion, "encode items", "derive", &page);
    encode::<Value>(criterion, "encode items", "Value", &page);
    let page = payload::items_without_groups(TagPlace::Vendor);
    encode::<ours::ThreadItemList>(criterion, "encode items without groups", "ours", &page);
    encode::<rival::ThreadItemListResource>(criterion, "encode items without groups", "async-openai", &page);
}

fn others(criterion: &mut Criterion) {
    both::<ours::ChatSession>(criterion, "session", "ours", payload::SESSION);
    both::<derived::Session>(criterion, "session", "derive", payload::SESSION);
    both::<rival::ChatSessionResource>(criterion, "session", "async-openai", payload::SESSION);
    both::<Value>(criterion, "session", "Value", payload::SESSION);
    decode::<IgnoredAny>(criterion, "decode session", "IgnoredAny", payload::SESSION);
    let threads = payload::threads();
    both::<ours::ThreadList>(criterion, "threads", "ours", &threads);
    both::<derived::ThreadList>(criterion, "threads", "derive", &threads);
    // It looks for the properties of `status` in the thread, and cannot decode one.
    assert!(serde_json::from_str::<rival::ThreadListResource>(&threads).is_err(), "async-openai can be compared now");
    both::<Value>(criterion, "threads", "Value", &threads);
    decode::<IgnoredAny>(criterion, "decode threads", "IgnoredAny", &threads);
}

/// Measures decoding and encoding.
fn both<T: DeserializeOwned + Serialize>(criterion: &mut Criterion, what: &str, name: &str, payload: &str) {
    decode::<T>(criterion, &format!("decode {what}"), name, payload);
    encode::<T>(criterion, &format!("encode {what}"), name, payload);
}

criterion_group!(models, items, others);
criterion_main!(models);
