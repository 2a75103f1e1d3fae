//! Rust names for the words of a document: case, keywords, and signs that no identifier has.
//!
//! Pure functions of one text. Which names clash is decided by scope, in `lower::name_scope`.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Returns `text` in upper camel case, as types and variants have it. Signs become words if letters alone would lose them.
pub(crate) fn upper(text: &str) -> String {
    if is_camel(text) {
        return text.to_upper_camel_case();
    }
    worded(text).to_upper_camel_case()
}

/// Returns `text` in snake case, as fields, parameters, methods and modules have it.
pub(crate) fn snake(text: &str) -> String {
    escaped(worded(text).to_snake_case())
}

/// Returns the name of the struct of a constructor's arguments.
pub(crate) fn arguments(type_name: &str) -> String {
    format!("{type_name}Args")
}

/// Returns the name of the crate for a title.
pub(crate) fn kebab(title: &str) -> String {
    title.to_kebab_case()
}

/// Returns the name of an enum's value or a union's variant.
pub(crate) fn variant(value: &str) -> String {
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

/// Splits at each sign between two digits.
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

/// Writes signs as words if letters alone would lose them.
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

/// Appends `_` to the four keywords that cannot be raw identifiers.
fn escaped(name: String) -> String {
    if matches!(name.as_str(), "self" | "Self" | "super" | "crate") { format!("{name}_") } else { name }
}

/// Whether Rust accepts it as an identifier, raw or not.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return false };
    if name.is_ascii() {
        return (first.is_ascii_alphabetic() || (first == '_' && name.len() > 1))
            && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    }
    // Beyond ASCII, Unicode decides which characters an identifier may have.
    !name.chars().any(char::is_whitespace) && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Returns the name of a type's file, which is never a keyword: `mod r#type` would read `type.rs`, where nobody looks for
/// it, and neither `mod.rs` nor `crate.rs` would be a module.
pub(crate) fn file(type_name: &str) -> String {
    let name = type_name.to_snake_case();
    // The wire code of calls has a folder of this name beside that of the types.
    if name.is_empty() || is_keyword(&name) || name == "operations" { format!("{name}_") } else { name }
}

/// Whether an identifier has to be raw in the edition that the generated crate has.
pub(crate) fn is_keyword(name: &str) -> bool {
    // syn knows the keywords, but takes its time: a document has thousands of names, and keywords are short words.
    let like_keyword = (1..12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    // syn takes a word for free that only the edition 2024 reserves.
    like_keyword && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}
