//! Everything that the generator accepts compiles without a warning.
//!
//! The documents are mutants of the feature fixtures: odd names, nested containers, keywords from other documents. The
//! same seed gives the same mutants. `ACCEPTED_MUTANTS=300` compiles more than the few of a usual run.

mod crates;
mod mutate;

use std::path::Path;

use chatkit_codegen::files::Files;
use chatkit_tests::fixtures;
use serde_json::Value;

use crates::{check_clients, check_models};
use mutate::{Random, mutate};

/// The number of mutants without calls. Of those with calls, which compile slowly, there are a tenth.
fn wanted() -> usize {
    std::env::var("ACCEPTED_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Returns the fixtures with or without calls, as JSON.
fn documents(with_calls: bool) -> Vec<Value> {
    let parsed = |(name, text): (String, String)| -> Value {
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let has_calls = |document: &Value| document["paths"].as_object().is_some_and(|paths| !paths.is_empty());
    fixtures::feature_documents().into_iter().map(parsed).filter(|document| has_calls(document) == with_calls).collect()
}

/// Returns the crates of the first mutants that the generator accepts, each with its document.
fn accepted(documents: &[Value], count: usize) -> Vec<(String, Files)> {
    let mut found = Vec::new();
    for seed in 0..count * 20 {
        let mut random = Random::new(seed);
        let mutant = mutate(random.pick(documents), documents, &mut random).to_string();
        if let Ok(generated) = chatkit_codegen::generate("mutant", &mutant) {
            found.push((mutant, generated.files));
            if found.len() == count {
                break;
            }
        }
    }
    assert_eq!(found.len(), count, "most mutants are rejected");
    found
}

#[test]
fn accepted_models_compile_without_a_warning() {
    let mutants = accepted(&documents(false), wanted());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted-models");
    check_models(&folder, &mutants).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn accepted_clients_compile_without_a_warning() {
    let mutants = accepted(&documents(true), wanted().div_ceil(10));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted-clients");
    check_clients(&folder, &mutants).unwrap_or_else(|error| panic!("{error}"));
}
