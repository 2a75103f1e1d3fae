//! Snapshots of each union and each type with defaults of the real spec, each feature, and each diagnostic.
//!
//! Each is in `tests/snapshots/<kind>/<name>.snap`. A missing snapshot fails, and so does one that is left over.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use chatkit_codegen::ir::{TypeDef, TypeKind};
use chatkit_tests::fixtures::{self, Fixture, outline};

/// Compares each text with its snapshot, shows every difference, and fails for snapshots without a text.
fn assert_snapshots(kind: &str, texts: &BTreeMap<String, String>) {
    assert!(!texts.is_empty(), "there is nothing to compare");
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(kind);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let differs = |(name, text): (&String, &String)| {
        let compare = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
        catch_unwind(AssertUnwindSafe(compare)).is_err().then(|| name.clone())
    };
    let wrong: Vec<String> = texts.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "differ from their snapshots: {}", wrong.join(", "));

    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut left_over = Vec::new();
    for entry in entries {
        let entry = entry.expect("a folder that opens can be listed");
        let file = entry.file_name().to_string_lossy().into_owned();
        if file.strip_suffix(".snap.new").is_some_and(|name| texts.contains_key(name)) {
            // An earlier run proposed it, and the snapshot has been accepted since.
            std::fs::remove_file(entry.path()).unwrap_or_else(|error| panic!("{file}: {error}"));
            continue;
        }
        if file.strip_suffix(".snap").is_none_or(|name| !texts.contains_key(name)) {
            left_over.push(file);
        }
    }
    assert!(left_over.is_empty(), "delete these unused snapshots from {}: {left_over:?}", folder.display());
}

/// Returns the sources of some types of the real spec, by module.
fn sources(keep: impl Fn(&TypeDef) -> bool) -> BTreeMap<String, String> {
    let chatkit = fixtures::chatkit();
    let kept = chatkit.api.types.iter().filter(|def| keep(def));
    kept.map(|def| (def.module.clone(), chatkit.sources(def))).collect()
}

fn has_default(def: &TypeDef) -> bool {
    let among_properties = matches!(&def.kind, TypeKind::Object(object)
        if object.properties.iter().any(|property| property.default.is_some()));
    def.default.is_some() || among_properties
}

/// Describes a feature: its operations, its types and its client.
fn feature(fixture: &Fixture) -> String {
    let types: String = fixture.api.types.iter().map(|def| fixture.sources(def)).collect();
    let operations = outline::operations(&fixture.api);
    if operations.is_empty() {
        return types;
    }
    format!("// == operations\n{operations}\n{types}{}", fixture.client())
}

#[test]
fn each_union_has_its_snapshot() {
    assert_snapshots("unions", &sources(|def| matches!(def.kind, TypeKind::Union(_))));
}

#[test]
fn each_type_with_defaults_has_its_snapshot() {
    assert_snapshots("defaults", &sources(has_default));
}

#[test]
fn each_feature_has_its_snapshot() {
    let texts = fixtures::features().iter().map(|fixture| (fixture.name.clone(), feature(fixture))).collect();
    assert_snapshots("features", &texts);
}

#[test]
fn each_diagnostic_has_its_snapshot() {
    let show = |(name, text): (String, String)| {
        let shown = fixtures::report(&format!("{name}.yaml"), &text).render(false);
        (name, shown)
    };
    assert_snapshots("diagnostics", &fixtures::diagnostics().into_iter().map(show).collect());
}
