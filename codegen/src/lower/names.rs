//! Every name that generated code carries is made here, and checked here, by scope.
//!
//! A name depends on nothing but the item's own key, its parents' names and its own extensions, so that adding a
//! schema, a variant or a property renames nothing. Two items that come to the same name are a finding.

use super::Lowerer;
use crate::diagnostics::Diagnostic;
use crate::ir::TypeDef;
pub(super) use crate::keyword::file as module;
pub(super) use crate::parse::suggest::nearest as closest;
use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};
use std::collections::HashMap;
use std::rc::Rc;

/// Names of types that generated code uses without a path, or has beside the API's own.
const RESERVED_TYPES: &[&str] = &[
    "String",
    "Vec",
    "Option",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Self",
    "BTreeMap",
    "From",
    "Into",
    "Default",
    "Clone",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "UnknownFields",
    "OptionalNullable",
    "Secret",
    "Limit",
    "Violation",
    "Violations",
];

/// `text` in upper camel case, as types and variants have it. Signs that tell values apart become words.
pub(super) fn upper(text: &str) -> String {
    if is_camel(text) {
        return text.to_upper_camel_case();
    }
    worded(text).to_upper_camel_case()
}

/// `text` in snake case, as fields, parameters, methods and modules have it.
pub(super) fn snake(text: &str) -> String {
    escaped(worded(text).to_snake_case())
}

/// The name of the crate that a title comes to.
pub(super) fn kebab(title: &str) -> String {
    title.to_kebab_case()
}

/// The name of an enum's value or a union's variant.
pub(super) fn variant(value: &str) -> String {
    if value.is_empty() {
        return "Empty".to_owned();
    }
    let mut name = String::new();
    // Digits that a sign separates stay apart, or `1.10` and `11.0` would be one.
    for piece in digit_groups(&worded(value)) {
        let piece = piece.to_upper_camel_case();
        let between =
            name.ends_with(|last: char| last.is_ascii_digit()) && piece.starts_with(|c: char| c.is_ascii_digit());
        if between {
            name.push('_');
        }
        name.push_str(&piece);
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, 'V');
    }
    escaped(name)
}

fn is_camel(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Splits where a sign stands between two digits.
fn digit_groups(text: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (index, window) in bytes.windows(3).enumerate() {
        if let [before, sign, after] = window
            && before.is_ascii_digit()
            && after.is_ascii_digit()
            && matches!(sign, b'.' | b'-' | b'_' | b'/' | b':' | b' ' | b',')
        {
            groups.extend(text.get(start..=index));
            start = index + 2;
        }
    }
    groups.extend(text.get(start..));
    groups
}

/// Writes signs as words where letters alone would lose them.
fn worded(text: &str) -> String {
    let lone = !text.chars().any(char::is_alphanumeric);
    let mut words = String::with_capacity(text.len());
    for (index, letter) in text.chars().enumerate() {
        let word = match letter {
            '+' => "plus",
            '-' if index == 0 => "minus",
            '*' => "star",
            '<' => "less",
            '>' => "greater",
            '=' if lone || index == 0 => "equal",
            '!' => "not",
            _ if lone => sign(letter),
            _ => "",
        };
        if word.is_empty() {
            words.push(letter);
        } else {
            words.push(' ');
            words.push_str(word);
            words.push(' ');
        }
    }
    words
}

fn sign(letter: char) -> &'static str {
    match letter {
        '-' => "minus",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '/' => "slash",
        '\\' => "backslash",
        '_' => "underscore",
        '%' => "percent",
        '&' => "and",
        '|' => "pipe",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        ' ' => "space",
        _ => "",
    }
}

/// Keywords are fine as raw identifiers, but for the four that cannot be raw.
fn escaped(name: String) -> String {
    if matches!(name.as_str(), "self" | "Self" | "super" | "crate") { format!("{name}_") } else { name }
}

/// Whether Rust takes it for an identifier, raw or not.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return false };
    if name.is_ascii() {
        return (first.is_ascii_alphabetic() || (first == '_' && name.len() > 1))
            && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    }
    // Beyond ASCII, what may stand in an identifier is Unicode's to say.
    !name.chars().any(char::is_whitespace) && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// The names of one scope, each with the pointer of its owner.
pub(super) struct Scope<'s> {
    /// What it holds and where, as in "field of `Thread`".
    what: &'s str,
    /// How to give another name.
    remedy: &'s str,
    /// Names that generated code takes for itself.
    reserved: &'s [&'s str],
    taken: HashMap<String, Rc<str>>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(what: &'s str, remedy: &'s str, reserved: &'s [&'s str]) -> Self {
        Self { what, remedy, reserved, taken: HashMap::new() }
    }

    /// Takes a name, or finds out why not.
    pub(super) fn claim(&mut self, name: &str, pointer: &str) -> Option<Diagnostic> {
        if !is_identifier(name) {
            let message = if name.is_empty() {
                format!("nothing is left for the name of this {}", self.what)
            } else {
                format!("the name of this {} comes to `{name}`, which is no Rust identifier", self.what)
            };
            return Some(Diagnostic::error("unusable-name", pointer, message).help(self.remedy));
        }
        if self.reserved.contains(&name) {
            let message =
                format!("this {} cannot be called `{name}`: the generated code has one of that name itself", self.what);
            return Some(Diagnostic::error("name-clash", pointer, message).help(self.remedy));
        }
        if let Some(other) = self.taken.get(name) {
            let message = format!("two {} are called `{name}`", plural(self.what));
            let finding = Diagnostic::error("name-clash", pointer, message).help(self.remedy);
            return Some(finding.related(&**other, format!("the other `{name}`")));
        }
        self.taken.insert(name.to_owned(), pointer.into());
        None
    }
}

fn plural(what: &str) -> String {
    what.split_once(' ').map_or_else(|| format!("{what}s"), |(noun, rest)| format!("{noun}s {rest}"))
}

impl Lowerer<'_> {
    /// The name of a component's type: its key in upper camel case, without the document's prefix.
    pub(super) fn type_name(&self, key: &str, own: Option<&str>) -> String {
        if let Some(own) = own {
            return own.to_owned();
        }
        let rest = self.prefix.and_then(|prefix| key.strip_prefix(prefix));
        match rest {
            Some(rest) if rest.starts_with(|first: char| first.is_ascii_uppercase()) => upper(rest),
            _ => upper(key),
        }
    }
}

/// Checks the names of all types and of their files.
pub(super) fn check_type_names(types: &[TypeDef], found: &mut Vec<Diagnostic>) {
    let remedy = "give it another name with `x-rust-name`";
    let mut names = Scope::new("type", remedy, &[]);
    let mut modules: HashMap<String, &str> = HashMap::new();
    for def in types {
        if RESERVED_TYPES.contains(&def.name.as_str()) {
            let message = format!("the generated code uses the name `{}` itself", def.name);
            found.push(Diagnostic::error("reserved-name", &*def.pointer, message).help(remedy));
        } else if let Some(finding) = names.claim(&def.name, &def.pointer) {
            found.push(finding);
        } else if !def.module.is_ascii() {
            let message =
                format!("the name of this type comes to `{}`, and no file of Rust can be called that", def.name);
            found.push(Diagnostic::error("unusable-name", &*def.pointer, message).help(remedy));
        } else if let Some(other) = modules.get(&def.module.to_lowercase()) {
            let message = format!("two types would be written to `{}.rs`", def.module);
            let finding = Diagnostic::error("name-clash", &*def.pointer, message).help(remedy);
            found.push(finding.related(*other, "the other type"));
        } else {
            modules.insert(def.module.to_lowercase(), &def.pointer);
        }
    }
}
