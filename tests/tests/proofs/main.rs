//! The compiler proves each source verdict. It compiles a program that uses the changed items, with the crate of the
//! old document and with that of the new one.

mod build;
mod case;
mod compiled;
mod corpus;
mod coverage;
mod everything;

use std::sync::LazyLock;

use chatkit_codegen::diff::SourceImpact;
use compiled::{Proof, proofs};

/// Compiled once for all tests. If each test runs in a process of its own, later builds have little to do.
static PROOFS: LazyLock<Vec<Proof>> = LazyLock::new(proofs);

/// Asserts that no proof is wrong. Each line names one.
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), PROOFS.len(), wrong.join("\n"));
}

#[test]
fn programs_compile_with_the_old_crate() {
    let broken = PROOFS.iter().filter(|proof| !proof.base.compiles);
    let wrong: Vec<_> = broken.map(|proof| format!("{}:\n{}", proof.case.name, proof.base.errors.join("\n"))).collect();
    assert_none(&wrong);
}

#[test]
fn major_changes_break_their_programs_as_stated() {
    let mut wrong = Vec::new();
    for Proof { case, diff, head, .. } in PROOFS.iter().filter(|proof| proof.diff.source() == SourceImpact::Major) {
        let about = |error: &&String| case.errors.iter().any(|part| error.contains(part));
        let strange: Vec<_> = head.errors.iter().filter(|error| !about(error)).collect();
        let missing: Vec<_> =
            case.errors.iter().filter(|part| !head.errors.iter().any(|error| error.contains(*part))).collect();
        if head.compiles != case.silent.is_some() || !strange.is_empty() || !missing.is_empty() {
            wrong.push(format!("{}: {head:#?}\nmissing: {missing:?}\n{:#?}", case.name, diff.changes));
        }
    }
    assert_none(&wrong);
}

#[test]
fn other_changes_leave_their_programs_compiling() {
    let harmless = PROOFS.iter().filter(|proof| proof.diff.source() < SourceImpact::Major);
    let broken = harmless.filter(|proof| !proof.head.compiles);
    let wrong: Vec<_> = broken.map(|proof| format!("{}:\n{}", proof.case.name, proof.head.errors.join("\n"))).collect();
    assert_none(&wrong);
}

#[test]
fn source_verdicts_are_those_of_the_cases() {
    let other = PROOFS.iter().filter(|proof| proof.diff.source() != proof.case.source);
    let shown = |proof: &Proof| {
        let source = |source: SourceImpact| source.name();
        let (said, found) = (source(proof.case.source), source(proof.diff.source()));
        format!("{}: {found} instead of {said}: {:#?}", proof.case.name, proof.diff.changes)
    };
    assert_none(&other.map(shown).collect::<Vec<_>>());
}

#[test]
fn the_compiler_gives_each_expected_warning() {
    let mut wrong = Vec::new();
    for Proof { case, head, .. } in PROOFS.iter() {
        let missing = case.warnings.iter().filter(|part| !head.warnings.iter().any(|warning| warning.contains(*part)));
        wrong.extend(missing.map(|part| format!("{}: {part}: {:#?}", case.name, head.warnings)));
    }
    assert_none(&wrong);
}

#[test]
fn changes_without_a_source_verdict_leave_all_files_as_they_were() {
    let unchanged = PROOFS.iter().filter(|proof| proof.diff.source() == SourceImpact::None);
    let other = unchanged.filter(|proof| proof.same_files == proof.case.differs.is_some());
    assert_none(&other.map(|proof| proof.case.name.clone()).collect::<Vec<_>>());
}

#[test]
fn programs_that_use_everything_break_only_on_major_changes() {
    let mut wrong = Vec::new();
    for Proof { case, diff, everything: [base, head], .. } in PROOFS.iter() {
        let expected = diff.source() < SourceImpact::Major || case.silent.is_some();
        if !base.compiles || head.compiles != expected {
            let errors = base.errors.iter().chain(&head.errors).map(String::as_str);
            let source = diff.source().name();
            wrong.push(format!("{}: {source}\n{}", case.name, errors.collect::<Vec<_>>().join("\n")));
        }
    }
    assert_none(&wrong);
}
