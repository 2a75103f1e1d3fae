//! The structure of the sources: type names are unique, and the files of a folder depend one way.
//!
//! A dependency is a path in the code, or a call of a method that another file adds to a type.

mod dependencies;
mod source;

use std::collections::BTreeMap;

use dependencies::{cycles, dependencies, restricted_to};
use source::{Source, Sources};

const CRATES: [&str; 4] = ["codegen/src", "codegen/runtime/src", "xtask/src", "tests/src"];

#[test]
fn type_names_are_unique() {
    for src in CRATES {
        let sources = Sources::read(src);
        let types = sources.types();
        // `cargo test --test structure -- --nocapture` lists them.
        println!("{src}: {}", types.keys().map(String::as_str).collect::<Vec<_>>().join(", "));
        let shared: Vec<_> = types.iter().filter(|(_, files)| files.len() > 1).collect();
        assert!(shared.is_empty(), "{src}: {shared:?}");
    }
}

#[test]
fn files_depend_one_way() {
    for (src, folder) in [
        ("codegen/src", ""),
        ("codegen/src", "parse"),
        ("codegen/src", "diagnostics"),
        ("codegen/src", "resolve"),
        ("codegen/src", "lower"),
        ("codegen/src", "emit"),
        ("codegen/src", "diff"),
        ("codegen/runtime/src", "support"),
        ("codegen/runtime/src", "runtime"),
        ("xtask/src", ""),
    ] {
        let sources = Sources::read(src);
        let folder: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
        let dependencies = dependencies(&sources, &folder);
        let cycles: Vec<_> = cycles(&dependencies).iter().map(|circle| restricted_to(&dependencies, circle)).collect();
        assert!(cycles.is_empty(), "{src}: {cycles:#?}");
    }
}

/// Returns the cycles of a crate with these files.
fn cycles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let sources = files.iter().map(|(path, text)| {
        let module = path.trim_end_matches(".rs").split('/').filter(|name| *name != "lib" && *name != "mod");
        (module.map(str::to_owned).collect(), Source::parse(path, text))
    });
    cycles(&dependencies(&Sources(sources.collect::<BTreeMap<_, _>>()), &[]))
}

#[test]
fn finds_a_cycle_of_imports() {
    let lib = ("lib.rs", "mod a; mod b;");
    let a = ("a.rs", "use super::b::B; pub struct A(B);");
    let one_way = ("b.rs", "pub struct B;");
    let back = ("b.rs", "pub struct B(Option<Box<crate::a::A>>);");
    assert_eq!(cycles_of(&[lib, a, one_way]), [] as [Vec<String>; 0]);
    assert_eq!(cycles_of(&[lib, a, back]), [["a.rs", "b.rs"]]);
}

#[test]
fn finds_a_cycle_of_methods() {
    let lib = ("lib.rs", "mod state; mod one; mod two;");
    let state = ("state.rs", "pub struct State;");
    let one = ("one.rs", "use super::state::State; impl State { pub fn one(&self) { self.two() } }");
    let two = ("two.rs", "use super::state::State; impl State { pub fn two(&self) { self.one() } }");
    let end = ("two.rs", "use super::state::State; impl State { pub fn two(&self) { quote! { self.one() } } }");
    assert_eq!(cycles_of(&[lib, state, one, two]), [["one.rs", "two.rs"]]);
    assert_eq!(cycles_of(&[lib, state, one, end]), [] as [Vec<String>; 0]);
}
