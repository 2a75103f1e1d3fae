//! Compiles the cases of `tests/fixtures/diff`, in both directions.

use chatkit_codegen::diff::{Diff, SourceImpact};
use chatkit_tests::document_pairs::{DocumentPair, document_pairs};

use super::build::{Build, Program};
use super::compiled::{add_crates, add_text, compared};

/// Adds the crates of both documents, and with each a program that uses every item of the old one.
fn add(build: &mut Build, name: &str, documents: [&str; 2]) -> [Program; 2] {
    let crates = add_crates(build, name, documents);
    let path = add_text(build, &crates[0]);
    crates.each_ref().map(|krate| build.add_program(&format!("all-of-{}-with-{krate}", crates[0]), &path, krate))
}

/// Whether the major items only reorder arguments. The compiler does not notice that if they have the same type.
fn is_silent(diff: &Diff) -> bool {
    let items = diff.changes.iter().flat_map(|change| &change.items);
    let mut major = items.filter(|item| item.source == SourceImpact::Major).peekable();
    let sorted = |names: &Option<String>| {
        let mut names: Vec<String> = names.iter().flat_map(|names| names.split(", ")).map(str::to_owned).collect();
        names.sort();
        names
    };
    major.peek().is_some() && major.all(|item| sorted(&item.before) == sorted(&item.after))
}

#[test]
#[ignore = "takes minutes; run it after a change of the comparison or of the list of public items"]
fn programs_break_exactly_on_the_major_changes_of_the_diff_cases() {
    let mut build = Build::new("proofs-corpus");
    let mut all = Vec::new();
    for DocumentPair { name, base, head, .. } in document_pairs() {
        // A document that the generator refuses has no crate.
        if [&base, &head].iter().any(|text| chatkit_codegen::read(&name, text).is_err()) {
            continue;
        }
        let there = add(&mut build, &format!("{name}/there"), [&base, &head]);
        let back = add(&mut build, &format!("{name}/back"), [&head, &base]);
        all.push((format!("{name} and back"), back, compared(&name, [&head, &base])));
        all.push((name, there, compared("", [&base, &head])));
    }
    let verdicts = build.check();
    let mut wrong = Vec::new();
    for (name, programs, diff) in &all {
        let [was, is] = programs.each_ref().map(|program| &verdicts[program]);
        let right = is.compiles == (diff.source() < SourceImpact::Major) || (is.compiles && is_silent(diff));
        if !was.compiles || !right {
            let errors = was.errors.iter().chain(&is.errors).map(String::as_str);
            let source = diff.source().name();
            wrong.push(format!("{name}: {source} {:?}\n{}", was.compiles, errors.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
