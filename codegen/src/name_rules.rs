//! The rules that every name in the generated crate must meet: those of Rust, of Cargo and of file systems.

use crate::rust_name;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The item that a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedItem {
    /// The crate.
    Crate,
    /// A type, a resource or a call. It has files of its own.
    File,
    /// A field, a variant, a method or a parameter.
    Member,
}

/// The most bytes in the name of a file. File systems allow 255, and rustdoc and editors add to a name.
const LONGEST_FILE: usize = 200;

/// The most bytes in the name of a package on crates.io.
const LONGEST_CRATE: usize = 64;

/// Crates that every program can name.
const BUILT_IN_CRATES: &[&str] = &["alloc", "core", "proc_macro", "std"];

/// Crates that a generated crate may depend on.
const DEPENDENCIES: &[&str] = &[
    "bytes",
    "futures_core",
    "gloo_timers",
    "http",
    "httpdate",
    "js_sys",
    "percent_encoding",
    "regex_lite",
    "reqwest",
    "serde_core",
    "serde_json",
    "tokio",
    "tracing",
];

/// Returns the reason why an item cannot have a name, to follow "would be `name`"; `None` if it can.
pub(crate) fn objection(name: &str, item: NamedItem) -> Option<String> {
    match item {
        NamedItem::Crate => crate_objection(name),
        NamedItem::File | NamedItem::Member if !rust_name::is_identifier(&canonical(name)) => {
            Some(", which is not a valid Rust identifier".to_owned())
        }
        NamedItem::File if !name.is_ascii() => Some(", but Rust allows only ASCII in file names".to_owned()),
        NamedItem::File if rust_name::file(name).len() > LONGEST_FILE => {
            Some(format!(", which is too long for a file name: {LONGEST_FILE} characters is the most"))
        }
        NamedItem::File | NamedItem::Member => None,
    }
}

fn crate_objection(name: &str) -> Option<String> {
    let library = name.replace('-', "_");
    let reason = if !name.is_ascii() || !rust_name::is_identifier(&library) {
        ", which Cargo rejects".to_owned()
    } else if rust_name::is_keyword(&library) {
        ", which is a keyword of Rust".to_owned()
    } else if BUILT_IN_CRATES.contains(&&*library) {
        ", which is a crate of Rust itself".to_owned()
    } else if DEPENDENCIES.contains(&&*library) {
        ", which is a dependency of generated crates".to_owned()
    } else if rust_name::is_windows_device(name) {
        ", which Windows reserves for a device".to_owned()
    } else if name.len() > LONGEST_CRATE {
        format!(", which is too long: crates.io allows {LONGEST_CRATE} characters")
    } else {
        return None;
    };
    Some(reason)
}

/// Returns a name in the form in which the compiler compares it: Unicode's normalization form C.
pub(crate) fn canonical(name: &str) -> Cow<'_, str> {
    if is_nfc(name) { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::{NamedItem, canonical, objection};
    use crate::rust_name;

    #[test]
    fn rejects_names_of_crates_that_do_not_compile() {
        let long = "a".repeat(65);
        for name in [
            "self",
            "crate",
            "type",
            "gen",
            "async",
            "http",
            "serde-json",
            "serde_core",
            "std",
            "core",
            "con",
            "com1",
            "größe",
            "24-pets",
            "",
            &long,
        ] {
            assert!(objection(name, NamedItem::Crate).is_some(), "{name}");
        }
        for name in ["petstore", "test", "serde", "com10", "contest", "http-client", "models", &long[1..]] {
            assert_eq!(objection(name, NamedItem::Crate), None, "{name}");
        }
    }

    #[test]
    fn rejects_names_that_no_file_can_have() {
        let long = "A".repeat(201);
        for name in ["Größe", "2fa", "", "a b", &long] {
            assert!(objection(name, NamedItem::File).is_some(), "{name}");
        }
        for name in ["Con", "Type", "Pet", &long[1..]] {
            assert_eq!(objection(name, NamedItem::File), None, "{name}");
        }
        assert_eq!(objection(&long, NamedItem::Member), None);
        assert_eq!(objection("größe", NamedItem::Member), None);
    }

    #[test]
    fn gives_files_another_name_if_windows_or_rust_reserves_theirs() {
        for (name, file) in [
            ("Con", "con_"),
            ("Aux", "aux_"),
            ("Nul", "nul_"),
            ("Prn", "prn_"),
            ("Com1", "com1_"),
            ("LPT9", "lpt9_"),
            ("Mod", "mod_"),
            ("Gen", "gen_"),
            ("Com10", "com10"),
            ("Console", "console"),
        ] {
            assert_eq!(rust_name::file(name), file, "{name}");
        }
    }

    #[test]
    fn compares_names_as_the_compiler_does() {
        for (a, b) in [("e\u{301}", "\u{e9}"), ("\u{1100}\u{1161}", "\u{ac00}"), ("\u{212b}", "\u{c5}")] {
            assert_eq!(canonical(a), canonical(b));
        }
        assert_ne!(canonical("a"), canonical("а"), "Latin and Cyrillic letters differ");
    }
}
