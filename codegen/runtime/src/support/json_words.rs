//! Rewords serde's type errors in the terms of JSON.

/// Rewords serde's message about a value of the wrong type, such as "map" to "object" and `i64` to
/// "an integer". Returns `None` for any other message, and for one that stays the same.
///
/// `hides_text` removes a string from the message, since it may be a secret.
pub fn in_json_words(message: &str, hides_text: bool) -> Option<String> {
    const EXPECTED: &str = ", expected ";
    let (problem, rest) = message.split_once(": ")?;
    if !matches!(problem, "invalid type" | "invalid value") {
        return None;
    }
    // `rfind` would compile to more code. Messages are short.
    let at = rest.as_bytes().windows(EXPECTED.len()).rposition(|window| window == EXPECTED.as_bytes())?;
    let (found, expected) = (rest.get(..at)?, rest.get(at + EXPECTED.len()..)?);
    let (kind, value) = match found {
        "sequence" => ("array", ""),
        "map" => ("object", ""),
        text if hides_text && text.starts_with("string ") => ("string", ""),
        other => other.strip_prefix("floating point").map_or(("", other), |number| ("number", number)),
    };
    // Line and column may follow.
    let integer = ["i32", "i64", "u32", "u64"].into_iter().find_map(|name| Some((name, expected.strip_prefix(name)?)));
    let expected = match (integer, expected.strip_prefix("f64")) {
        (Some((name, place)), _) => format!("an integer ({name}){place}"),
        (None, Some(place)) => format!("a number{place}"),
        (None, None) => expected.to_owned(),
    };
    let reworded = format!("{problem}: {kind}{value}{EXPECTED}{expected}");
    (reworded != message).then_some(reworded)
}
