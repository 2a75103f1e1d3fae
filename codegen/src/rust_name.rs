//! Rust names for the names in a document: case, keywords, and characters that identifiers cannot contain.
//!
//! Each function depends only on its argument. `lower::name_scope` finds names that clash.

use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Returns `text` in upper camel case, for types and variants. Signs become words if the name would otherwise lose
/// them.
pub(crate) fn upper(text: &str) -> String {
    if is_camel(text) {
        return text.to_upper_camel_case();
    }
    worded(text).to_upper_camel_case()
}

/// Returns `text` in snake case, for fields, parameters, methods and modules.
pub(crate) fn snake(text: &str) -> String {
    escaped(worded(text).to_snake_case())
}

/// Returns the name of a constant that belongs to a field.
pub(crate) fn constant(field: &str) -> String {
    field.to_shouty_snake_case()
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
    // Keep digits separate if a sign separates them. Otherwise `1.10` and `11.0` would have one name.
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

/// Replaces signs by words if a name would otherwise lose them.
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

/// Returns whether a name is a Rust identifier, raw or not.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return false };
    if name.is_ascii() {
        return (first.is_ascii_alphabetic() || (first == '_' && name.len() > 1))
            && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    }
    // Outside ASCII, Unicode decides which characters an identifier may contain.
    !name.chars().any(char::is_whitespace) && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// Returns the name of a type's file. It is never a keyword, because `mod r#type` reads a file that is hard to find,
/// and `mod.rs` and `crate.rs` would not be modules. Windows cannot have some files either, such as `con.rs`.
pub(crate) fn file(type_name: &str) -> String {
    let name = type_name.to_snake_case();
    // The folder `wire/operations` holds the wire code of calls.
    let is_reserved = name.is_empty() || is_keyword(&name) || is_windows_device(&name) || name == "operations";
    if is_reserved { format!("{name}_") } else { name }
}

/// Returns whether an identifier must be raw in the edition of the generated crate.
pub(crate) fn is_keyword(name: &str) -> bool {
    // syn knows the keywords, but is too slow for the thousands of names of a document. Keywords are short words.
    let like_keyword = (1..12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    // syn does not know `gen`, which only the 2024 edition reserves.
    like_keyword && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

/// Returns whether Windows reserves a name for a device. It allows no file of that name, whatever the extension.
pub(crate) fn is_windows_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name.as_str(), "aux" | "con" | "nul" | "prn")
        || port.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
}
