//! The corpus of differences, each in both directions, held against the compiler.

use std::fs;

use chatkit_codegen::diff::{Diff, SourceImpact};
use chatkit_tests::fixtures::root;

use super::build::Build;
use super::compiled::{add, compared, everything_of};

/// A document of a case; `None` where it is none in YAML, or the generator refuses it, so that it has no crate.
fn document(case: &str, name: &str) -> Option<String> {
    let path = root().join("tests/fixtures/diff").join(case).join(name);
    let text = fs::read_to_string(path).ok()?;
    chatkit_codegen::read(case, &text).is_ok().then_some(text)
}

/// Whether all that is major is that arguments change places, which the compiler does not tell where
/// they have the same type.
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
#[ignore = "takes minutes: for whoever changes the engine or the list of public items"]
fn what_uses_everything_breaks_where_a_change_of_the_corpus_is_major_and_nowhere_else() {
    let mut build = Build::new("proofs-corpus");
    let folder = fs::read_dir(root().join("tests/fixtures/diff")).expect("there is a corpus");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let mut all = Vec::new();
    for name in names {
        let (Some(base), Some(head)) = (document(&name, "base.yaml"), document(&name, "head.yaml")) else { continue };
        let there = add(&mut build, &format!("{name}/there"), [&base, &head]);
        let back = add(&mut build, &format!("{name}/back"), [&head, &base]);
        all.push((format!("{name} and back"), back, compared(&name, [&head, &base])));
        all.push((name, there, compared("", [&base, &head])));
    }
    let verdicts = build.check();
    let mut wrong = Vec::new();
    for (name, [base, head], diff) in &all {
        let of = |with| verdicts.get(&everything_of(base, with)).cloned().unwrap_or_default();
        let (was, is) = (of(base), of(head));
        let right = is.compiles == (diff.source() < SourceImpact::Major) || (is.compiles && is_silent(diff));
        if !was.compiles || !right {
            let errors = was.errors.iter().chain(&is.errors).map(String::as_str);
            let source = diff.source().name();
            wrong.push(format!("{name}: {source} {:?}\n{}", was.compiles, errors.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
