//! Reading, rendering and comparing take time in proportion to the document.

use chatkit_codegen::diff::{Revision, compare};
use chatkit_codegen::emit::public_api::public_items;
use chatkit_codegen::ir::Api;
use chatkit_codegen::lower::lower;
use chatkit_codegen::parse::parse;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Returns a document with this many schemas. Each has an example, a default, and references to two others, which reach
/// all the rest.
fn document(schemas: usize) -> String {
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Large, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for index in 0..schemas {
        let next = (index + 1) % schemas;
        let far = (index * 7 + 3) % schemas;
        write!(
            text,
            "    Schema{index}:
      type: object
      required: [id]
      properties:
        id: {{ type: string, maxLength: 40, pattern: '^[a-z]+_[0-9]+$' }}
        count: {{ type: integer, minimum: 0, default: 1 }}
        next: {{ $ref: '#/components/schemas/Schema{next}' }}
        others: {{ type: array, items: {{ $ref: '#/components/schemas/Schema{far}' }} }}
      example: {{ id: id_{index}, count: 2 }}
"
        )
        .expect("writing to a String cannot fail");
    }
    text
}

fn time(text: &str) -> Duration {
    let start = Instant::now();
    let document = parse("large.yaml", text).unwrap_or_else(|report| panic!("{report}"));
    assert!(document.diagnostics.is_empty());
    start.elapsed()
}

#[test]
#[ignore = "measures: cargo test --release --test scale -- --ignored --nocapture"]
fn reading_is_linear() {
    let (small, large) = (document(1_000), document(10_000));
    time(&small);
    let fast = (0..5).map(|_| time(&small)).min().unwrap_or_default();
    let slow = (0..2).map(|_| time(&large)).min().unwrap_or_default();
    println!("{} bytes in {fast:?}, {} bytes in {slow:?}", small.len(), large.len());
    // Linear time is a factor of ten, quadratic time a hundred. A busy machine adds to both.
    assert!(slow < fast * 25, "{fast:?} for 1,000 schemas, {slow:?} for 10,000");
}

#[test]
#[ignore = "measures: cargo test --release --test scale -- --ignored --nocapture"]
fn rendering_many_diagnostics_is_linear() {
    let text = document(10_000).replace("maxLength: 40", "maxLenght: 40");
    let report = parse("large.yaml", &text).expect_err("every schema has a misspelled key");
    let start = Instant::now();
    let rendered = report.render(false);
    println!("{} diagnostics, {} bytes in {:?}", report.diagnostics().len(), rendered.len(), start.elapsed());
    let line = text.replace('\n', "\\n");
    let minified = format!("{{\"openapi\": 3, \"info\": {{\"title\": \"{line}\"}}, \"paths\": {{}}}}");
    let report = parse("large.json", &minified).expect_err("the version is missing");
    assert!(report.render(false).len() < 2_000);
}

/// Returns a [`document`] with two unions of all its schemas.
fn with_unions(schemas: usize) -> String {
    let mut text = document(schemas);
    for (name, place) in [("All", "oneOf"), ("Some", "anyOf")] {
        write!(text, "    {name}:\n      {place}:\n").expect("writing to a String cannot fail");
        for index in 0..schemas {
            writeln!(text, "        - $ref: '#/components/schemas/Schema{index}'")
                .expect("writing to a String cannot fail");
        }
    }
    text
}

fn lowered(text: &str) -> Api {
    lower(&parse("large.yaml", text).unwrap_or_else(|report| panic!("{report}"))).api
}

#[test]
#[ignore = "measures: cargo test --release --test scale -- --ignored --nocapture"]
fn listing_the_public_items_is_linear() {
    for document in [document, with_unions] {
        let (small, large) = (lowered(&document(1_000)), lowered(&document(10_000)));
        // Take the fastest of many runs, because other load only adds time.
        let time = |api: &Api| {
            let once = |_| {
                let start = Instant::now();
                let items = public_items(api);
                (start.elapsed(), items.len())
            };
            (0..20).map(once).min().unwrap_or_default()
        };
        let ((fast, _), (slow, items)) = (time(&small), time(&large));
        println!("{items} items in {slow:?}; a tenth of them in {fast:?}");
        assert!(slow < fast * 25, "{fast:?}, then {slow:?}");
    }
}

#[test]
#[ignore = "measures: cargo test --release --test scale -- --ignored --nocapture"]
fn reading_and_comparing_large_documents_takes_about_a_second() {
    let base = document(10_000);
    let head = base.replacen("maxLength: 40", "maxLength: 41", 1);
    let start = Instant::now();
    let (base, head) =
        Revision::read_both(("base.yaml", &base), ("head.yaml", &head)).unwrap_or_else(|report| panic!("{report}"));
    let diff = compare(&base, &head);
    let time = start.elapsed();
    println!("read and compared in {time:?}");
    assert_eq!(diff.changes.len(), 1);
    assert!(time < Duration::from_secs(2), "{time:?}");
}
