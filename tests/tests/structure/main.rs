//! The structure of the sources: each type has a name of its own, and the files of a folder depend one way.
//!
//! A dependency is a path in the code, or a call of a method that another file adds to a type.

mod dependencies;
mod source;

use dependencies::{circles, dependencies, within};
use source::Sources;

const CRATES: [&str; 4] = ["codegen/src", "codegen/runtime/src", "xtask/src", "tests/src"];

#[test]
fn each_type_has_a_name_of_its_own() {
    for src in CRATES {
        let sources = Sources::read(src);
        let types = sources.types();
        println!("{src}: {}", types.keys().map(String::as_str).collect::<Vec<_>>().join(", "));
        let shared: Vec<_> = types.iter().filter(|(_, files)| files.len() > 1).collect();
        assert!(shared.is_empty(), "{src}: {shared:?}");
    }
}

#[test]
fn files_depend_one_way() {
    for (src, folder) in [
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
        let circles: Vec<_> = circles(&dependencies).iter().map(|circle| within(&dependencies, circle)).collect();
        assert!(circles.is_empty(), "{src}: {circles:#?}");
    }
}
