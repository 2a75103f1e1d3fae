//! Random changes of the fixtures: a cheap form of fuzzing, the same in each run.
//!
//! `CHATKIT_MUTATIONS` multiplies the number of inputs. An input that ends the process, such as by an overflow of the
//! stack, is left in `target/tmp`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use chatkit_tests::document_pairs::document_pairs;
use chatkit_tests::random::Random;
use chatkit_tests::robustness::{self, DECODED};
use chatkit_tests::spec::{self, API};
use chatkit_tests::{fixtures, mutation, samples};
use serde_json::Value;

/// A slow machine tries fewer inputs, so that nobody waits for these tests.
const LONGEST: Duration = Duration::from_secs(5);

/// Checks a property of inputs, each made from its own seed.
fn check(name: &str, count: u64, input: impl Fn(&mut Random) -> Vec<u8>, property: fn(&[u8])) {
    let factor = std::env::var("CHATKIT_MUTATIONS").ok().and_then(|factor| factor.parse().ok());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mutation-{name}"));
    let start = Instant::now();
    for seed in 0..count * factor.unwrap_or(1) {
        if factor.is_none() && start.elapsed() > LONGEST {
            eprintln!("{name}: stopped after {seed} of {count} inputs, since this machine is slow");
            break;
        }
        let data = input(&mut Random::new(seed));
        std::fs::write(&path, &data).expect("cargo creates the folder");
        let holds = catch_unwind(AssertUnwindSafe(|| property(&data))).is_ok();
        assert!(holds, "{name}: the property does not hold for the input of seed {seed}, in {}", path.display());
    }
    std::fs::remove_file(&path).expect("it was written");
}

/// Returns the index of a type with a payload of it.
fn payloads() -> Vec<(usize, Value)> {
    let examples = spec::examples(&API);
    let of_type = |(index, (id, _)): (usize, &(_, _))| {
        let examples = examples.iter().filter(|example| example.id == *id).map(|example| example.value.clone());
        let payloads: Vec<_> = samples::of_type(&API, *id).into_iter().chain(examples).collect();
        payloads.into_iter().map(move |payload| (index, payload))
    };
    DECODED.iter().enumerate().flat_map(of_type).collect()
}

fn changed_payload(payloads: &[(usize, Value)]) -> impl Fn(&mut Random) -> Vec<u8> {
    |random| {
        let (index, payload) = random.pick(payloads);
        let (_, other) = random.pick(payloads);
        let text = match random.below(4) {
            0 => {
                let pretty = [payload, other].map(|value| serde_json::to_string_pretty(value).expect("it is JSON"));
                mutation::text(random, &pretty[0], &pretty[1])
            }
            _ => mutation::value(random, payload, other).to_string(),
        };
        robustness::decode_input(*index, text.as_bytes())
    }
}

#[test]
fn changed_payloads_decode_without_loss_or_fail() {
    check("strict", 6_000, changed_payload(&payloads()), robustness::decodes_strictly);
}

#[test]
fn changed_payloads_decode_leniently_or_fail() {
    check("lenient", 6_000, changed_payload(&payloads()), robustness::decodes_leniently);
}

#[test]
fn changed_documents_are_generated_and_compared_or_refused() {
    let features = fixtures::feature_documents().into_iter().map(|(_, text)| text);
    let refused = fixtures::diagnostics().into_iter().map(|(_, text)| text);
    let compared = document_pairs().into_iter().flat_map(|pair| [pair.base, pair.head]);
    let texts: Vec<String> = features.chain(refused).chain(compared).collect();
    let input = |random: &mut Random| {
        let (base, other) = (random.pick(&texts), random.pick(&texts));
        let values = [base, other].map(|text| serde_yaml::from_str::<Value>(text));
        let head = match (random.below(4), values) {
            (1.., [Ok(value), Ok(other)]) => mutation::value(random, &value, &other).to_string(),
            _ => mutation::text(random, base, other),
        };
        robustness::documents_input(base, &head)
    };
    check("documents", 250, input, robustness::generates_and_compares);
}
