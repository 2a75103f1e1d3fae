//! Writes the first inputs of the fuzz targets, made from the fixtures and the spec.
//!
//! The argument is a folder. It gets a folder for each target.

use std::fs;
use std::path::{Path, PathBuf};

use chatkit_tests::document_pairs::document_pairs;
use chatkit_tests::robustness::{DECODED, decode_input, documents_input};
use chatkit_tests::spec::{self, API};
use chatkit_tests::{fixtures, samples};

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the argument is a folder"));
    let examples = spec::examples(&API);
    let mut payloads = Vec::new();
    for (index, (id, _)) in DECODED.iter().enumerate() {
        let examples = examples.iter().filter(|example| example.id == *id).map(|example| example.value.clone());
        let values = samples::of_type(&API, *id).into_iter().chain(examples);
        payloads.extend(values.map(|value| decode_input(index, value.to_string().as_bytes())));
    }
    write(&folder.join("decode_strict"), &payloads);
    write(&folder.join("decode_lenient"), &payloads);
    let documents = fixtures::feature_documents().into_iter().chain(fixtures::diagnostics());
    let mut inputs: Vec<Vec<u8>> = documents.map(|(_, text)| text.into_bytes()).collect();
    inputs.extend(document_pairs().into_iter().map(|pair| documents_input(&pair.base, &pair.head)));
    write(&folder.join("generate_and_diff"), &inputs);
}

fn write(folder: &Path, inputs: &[Vec<u8>]) {
    fs::create_dir_all(folder).expect("the folder can be created");
    for (index, input) in inputs.iter().enumerate() {
        fs::write(folder.join(format!("seed-{index}")), input).expect("a file can be written");
    }
    println!("{}: {} inputs", folder.display(), inputs.len());
}
