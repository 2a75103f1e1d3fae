//! The cases cover every kind of item, and every rule that may be major.

use std::collections::BTreeSet;

use chatkit_codegen::diff::{RULES, SourceImpact};
use chatkit_codegen::emit::public_api::ItemKind;

use super::compiled::Proof;
use super::{PROOFS, assert_none};

/// Every kind of item, with the reason if it is never minor.
const KINDS: [(ItemKind, Option<&str>); 11] = [
    (ItemKind::Crate, Some("a crate has one name")),
    (ItemKind::Export, None),
    (ItemKind::Type, None),
    (ItemKind::Field, None),
    (ItemKind::Variant, None),
    (ItemKind::Constructor, None),
    (ItemKind::Argument, None),
    (ItemKind::Setter, None),
    (ItemKind::Method, None),
    (ItemKind::Constant, None),
    (ItemKind::Impl, None),
];

/// Returns the position of a kind in [`KINDS`]. It does not compile without an arm for each kind.
fn number(kind: ItemKind) -> usize {
    match kind {
        ItemKind::Crate => 0,
        ItemKind::Export => 1,
        ItemKind::Type => 2,
        ItemKind::Field => 3,
        ItemKind::Variant => 4,
        ItemKind::Constructor => 5,
        ItemKind::Argument => 6,
        ItemKind::Setter => 7,
        ItemKind::Method => 8,
        ItemKind::Constant => 9,
        ItemKind::Impl => 10,
    }
}

/// Rules that name the verdict major, but never have it.
const NEVER_MAJOR: &[(&str, &str)] = &[
    ("items-added", "the generator refuses an array without `items`, so the old crate does not exist"),
    ("items-removed", "the generator refuses an array without `items`, so the new crate does not exist"),
];

/// Rules for the whole crate. A program has nothing of it to name.
const OF_ALL: &[&str] = &["api-version-changed", "crate-changed", "errors-changed", "server-changed"];

/// Returns the words of a name.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}

/// Returns the kinds and paths of the items whose changes have a verdict.
fn kinds(proof: &Proof, source: SourceImpact) -> impl Iterator<Item = (ItemKind, &str)> {
    let items = proof.diff.changes.iter().flat_map(|change| &change.items).filter(move |item| item.source == source);
    items.filter_map(|item| {
        let mut known = proof.items.iter().flatten();
        Some((known.find(|known| known.path() == item.path)?.kind, item.path.as_str()))
    })
}

#[test]
fn lists_every_kind_of_item_once() {
    assert!(KINDS.iter().map(|(kind, _)| number(*kind)).eq(0..KINDS.len()));
}

#[test]
fn the_compiler_misses_every_kind_of_removed_item() {
    let mut missed = BTreeSet::new();
    for proof in PROOFS.iter() {
        // The compiler shows the line of an error.
        let shown = |path: &str| {
            let own: Vec<&str> = words(path.rsplit("::").next().unwrap_or_default()).collect();
            proof.head.errors.iter().any(|error| own.iter().any(|own| words(error).any(|word| word == *own)))
        };
        let lost = kinds(proof, SourceImpact::Major).filter(|(kind, path)| *kind == ItemKind::Crate || shown(path));
        missed.extend(lost.map(|(kind, _)| number(kind)));
    }
    let wrong: Vec<_> = KINDS.iter().filter(|(kind, _)| !missed.contains(&number(*kind))).collect();
    assert!(wrong.is_empty(), "no case proves that the removal is major: {wrong:?}");
}

#[test]
fn a_minor_change_adds_every_kind_of_item() {
    let minor = PROOFS.iter().filter(|proof| proof.diff.source() == SourceImpact::Minor);
    let new: BTreeSet<_> =
        minor.flat_map(|proof| kinds(proof, SourceImpact::Minor)).map(|(kind, _)| number(kind)).collect();
    let wrong: Vec<_> = KINDS.iter().filter(|(kind, never)| never.is_some() == new.contains(&number(*kind))).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_rule_that_may_be_major_has_a_major_case() {
    let changes = PROOFS.iter().flat_map(|proof| &proof.diff.changes);
    let seen: BTreeSet<_> =
        changes.filter(|change| change.source == SourceImpact::Major).map(|change| change.rule).collect();
    let never = |id: &str| NEVER_MAJOR.iter().any(|(known, _)| *known == id);
    let may = RULES.iter().filter(|rule| rule.source.contains("major"));
    let wrong: Vec<_> = may.map(|rule| rule.id).filter(|id| seen.contains(id) == never(id.name())).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_program_uses_what_its_case_changes() {
    let mut wrong = Vec::new();
    for Proof { case, diff, .. } in PROOFS.iter() {
        let items = diff.changes.iter().flat_map(|change| &change.items);
        let items = items.flat_map(|item| [Some(&item.path), item.before.as_ref()]);
        let own = diff.changes.iter().flat_map(|change| [Some(&change.subject), change.before.as_ref()]);
        let names = items.chain(own).flatten().flat_map(|text| parts(text));
        let said: BTreeSet<String> = parts(case.code()).collect();
        let is_of_all = |rule: &str| OF_ALL.contains(&rule);
        if !diff.changes.iter().all(|change| is_of_all(change.rule.name()))
            && !names.into_iter().any(|name| said.contains(&name))
        {
            wrong.push(case.name.clone());
        }
    }
    assert_none(&wrong);
}

/// Returns the words of a text and of the names in it, in lower case.
fn parts(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| part.len() > 1).map(str::to_lowercase)
}
