//! Shortens values of a document to a line.

use serde_json::Value;

/// The length of the longest excerpt in characters.
const LONGEST: usize = 100;

/// Returns a value on one line, cut if it is long.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let text = |key: &str| object.get(key).and_then(Value::as_str);
            if let Some(reference) = text("$ref") {
                return reference.rsplit('/').next().unwrap_or(reference).to_owned();
            }
            match (text("type"), text("format")) {
                (Some(kind), Some(format)) => format!("{kind} ({format})"),
                (Some("array"), None) => match object.get("items") {
                    Some(items) => format!("array of {}", self::value(items)),
                    None => "array".to_owned(),
                },
                (Some(kind), None) => kind.to_owned(),
                _ => cut(&Value::Object(object.clone()).to_string()),
            }
        }
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    }
}

/// Returns two values, each on one line. Large values are reduced to their difference and its place.
pub(super) fn pair(before: Option<&Value>, after: Option<&Value>) -> (Option<String>, Option<String>) {
    let (Some(mut was), Some(mut is)) = (before, after) else { return (before.map(value), after.map(value)) };
    let mut place = String::new();
    while let Some((key, old, new)) = only_difference(was, is) {
        place = crate::pointer::join(&place, &key);
        (was, is) = (old, new);
    }
    if let (Value::String(was), Value::String(is), true) = (was, is, place.is_empty()) {
        return texts(Some(was), Some(is));
    }
    let at = |key: Option<&str>, found: &Value| {
        let place = key.map_or_else(|| place.clone(), |key| crate::pointer::join(&place, key));
        Some(if place.is_empty() { value(found) } else { format!("{place}: {}", value(found)) })
    };
    match (only_extra(was, is), only_extra(is, was)) {
        (Some((key, gone)), _) => (at(Some(key), gone), None),
        (_, Some((key, new))) => (None, at(Some(key), new)),
        (None, None) => (at(None, was), at(None, is)),
    }
}

/// Returns the only member of an object that another does not have, if they are the same otherwise.
fn only_extra<'v>(more: &'v Value, less: &Value) -> Option<(&'v str, &'v Value)> {
    let (Value::Object(more), Value::Object(less)) = (more, less) else { return None };
    let mut extra = more.iter().filter(|(key, _)| !less.contains_key(*key));
    let (key, value) = extra.next()?;
    let same = less.iter().all(|(key, value)| more.get(key) == Some(value));
    (same && extra.next().is_none()).then_some((key.as_str(), value))
}

/// Returns the only member or element with different values, if both values have it.
fn only_difference<'v>(was: &'v Value, is: &'v Value) -> Option<(String, &'v Value, &'v Value)> {
    let pairs: Vec<(String, &Value, &Value)> = match (was, is) {
        (Value::Object(was), Value::Object(is)) if was.len() == is.len() => {
            was.iter().map(|(key, old)| Some((key.clone(), old, is.get(key)?))).collect::<Option<_>>()?
        }
        (Value::Array(was), Value::Array(is)) if was.len() == is.len() => {
            was.iter().zip(is).enumerate().map(|(index, (old, new))| (index.to_string(), old, new)).collect()
        }
        _ => return None,
    };
    let mut differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let only = differing.next()?;
    differing.next().is_none().then_some(only)
}

/// Returns two texts, each on one line. Long texts start shortly before their difference.
pub(super) fn texts(before: Option<&str>, after: Option<&str>) -> (Option<String>, Option<String>) {
    let shown = (before.map(cut), after.map(cut));
    let (Some(was), Some(is)) = (before, after) else { return shown };
    if shown.0 != shown.1 {
        return shown;
    }
    let (was, is) = (line(was), line(is));
    let common = was.chars().zip(is.chars()).take_while(|(one, other)| one == other).count();
    // A few words before it help a reader to find the place.
    let start = common.saturating_sub(LONGEST / 4);
    let rest = |text: &str| Some(cut(&format!("…{}", text.chars().skip(start).collect::<String>())));
    (rest(&was), rest(&is))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text on one line, cut if it is long.
pub(super) fn cut(text: &str) -> String {
    let line = line(text);
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut short: String = line.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::{pair, texts};
    use serde_json::json;

    #[test]
    fn reduces_large_values_to_their_difference() {
        let (was, is) =
            (json!({"data": [{"id": 1}, {"title": null}]}), json!({"data": [{"id": 1}, {"title": "Lost"}]}));
        let shown = pair(Some(&was), Some(&is));
        assert_eq!(shown, (Some("/data/1/title: null".to_owned()), Some("/data/1/title: Lost".to_owned())));
    }

    #[test]
    fn shows_only_the_member_that_one_side_lacks() {
        let (was, is) = (json!([{"id": 1, "title": null}]), json!([{"id": 1}]));
        assert_eq!(pair(Some(&was), Some(&is)), (Some("/0/title: null".to_owned()), None));
        assert_eq!(pair(Some(&is), Some(&was)), (None, Some("/0/title: null".to_owned())));
    }

    #[test]
    fn shows_long_texts_from_their_difference() {
        let (was, is) = (format!("{} end", "word ".repeat(60)), format!("{} stop", "word ".repeat(60)));
        let (was, is) = texts(Some(&was), Some(&is));
        assert_eq!(was.as_deref(), Some("…word word word word word end"));
        assert_eq!(is.as_deref(), Some("…word word word word word stop"));
    }

    #[test]
    fn shows_whole_values_that_differ_in_several_places() {
        let shown = pair(Some(&json!([1, 2])), Some(&json!([3, 4])));
        assert_eq!(shown, (Some("[1,2]".to_owned()), Some("[3,4]".to_owned())));
        assert_eq!(pair(None, Some(&json!(1))), (None, Some("1".to_owned())));
    }
}
