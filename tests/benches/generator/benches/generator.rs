//! The generator as a whole and by phase: parse, lower, emit.

use std::hint::black_box;
use std::time::Duration;

use chatkit_codegen::{emit, generate, lower, parse};
use chatkit_generator_benches as synthetic;
use criterion::{Criterion, criterion_group, criterion_main};

/// Measures all phases together, then each phase with the result of the one before.
fn phases(criterion: &mut Criterion, name: &str, text: &str) {
    let mut group = criterion.benchmark_group(format!("generate {name}"));
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    // The whole comes first because the command starts with an empty heap, too.
    group.bench_function("ours", |bencher| {
        bencher.iter_with_large_drop(|| generate(name, black_box(text)).ok());
    });
    let document = parse::parse(name, text).expect("the document has no errors");
    let api = lower::lower(&document).api;
    group.bench_function("parse", |bencher| {
        bencher.iter_with_large_drop(|| parse::parse(name, black_box(text)).ok());
    });
    group.bench_function("lower", |bencher| bencher.iter_with_large_drop(|| lower::lower(black_box(&document))));
    group.bench_function("emit", |bencher| bencher.iter_with_large_drop(|| emit::emit(black_box(&api))));
    group.finish();
}

fn chatkit(criterion: &mut Criterion) {
    phases(criterion, "ChatKit", include_str!("../../../../spec/chatkit.yaml"));
}

fn synthetic(criterion: &mut Criterion) {
    for schemas in [100, 1_000, 10_000] {
        phases(criterion, &format!("{schemas} schemas"), &synthetic::document(schemas));
    }
}

criterion_group!(generator, chatkit, synthetic);
criterion_main!(generator);
