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

/// Returns two values, each on one line. Large values are reduced to their first difference and its place.
pub(super) fn pair(before: Option<&Value>, after: Option<&Value>) -> (Option<String>, Option<String>) {
    let (Some(mut was), Some(mut is)) = (before, after) else { return (before.map(value), after.map(value)) };
    let mut place = String::new();
    loop {
        let differing = differences(was, is);
        let [first, rest @ ..] = differing.as_slice() else { break };
        if !rest.is_empty() && are_readable(was, is) {
            break;
        }
        place = crate::pointer::join(&place, &first.0);
        match (first.1, first.2) {
            (Some(old), Some(new)) => (was, is) = (old, new),
            (old, new) => return (old.map(|old| at(&place, value(old))), new.map(|new| at(&place, value(new)))),
        }
    }
    if let (Value::String(was), Value::String(is)) = (was, is) {
        let (was, is) = texts(Some(was), Some(is));
        return (was.map(|was| at(&place, was)), is.map(|is| at(&place, is)));
    }
    (Some(at(&place, value(was))), Some(at(&place, value(is))))
}

/// Puts the place of a value before it.
fn at(place: &str, text: String) -> String {
    if place.is_empty() { text } else { format!("{place}: {text}") }
}

/// Whether a reader sees the difference between two values as a whole.
fn are_readable(was: &Value, is: &Value) -> bool {
    let (was, is) = (value(was), value(is));
    was != is && ![was, is].iter().any(|text| text.ends_with('…'))
}

/// A member or element that differs: its key, and its value on each side.
type DifferingPart<'v> = (String, Option<&'v Value>, Option<&'v Value>);

/// Returns the members or elements that differ; none for values of other kinds.
fn differences<'v>(was: &'v Value, is: &'v Value) -> Vec<DifferingPart<'v>> {
    let parts: Vec<DifferingPart<'v>> = match (was, is) {
        (Value::Object(was), Value::Object(is)) => {
            let old = was.iter().map(|(key, old)| (key.clone(), Some(old), is.get(key)));
            let new = is.iter().filter(|(key, _)| !was.contains_key(*key));
            old.chain(new.map(|(key, new)| (key.clone(), None, Some(new)))).collect()
        }
        (Value::Array(was), Value::Array(is)) => {
            let index = 0..was.len().max(is.len());
            index.map(|index| (index.to_string(), was.get(index), is.get(index))).collect()
        }
        _ => Vec::new(),
    };
    parts.into_iter().filter(|(_, old, new)| old != new).collect()
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
    fn shows_the_first_of_several_differences_of_long_values() {
        let list = |first: u8, last: &str| json!([{"id": first, "text": "word ".repeat(40)}, {"text": last}]);
        let shown = pair(Some(&list(1, "one")), Some(&list(2, "two")));
        assert_eq!(shown, (Some("/0/id: 1".to_owned()), Some("/0/id: 2".to_owned())));
        let shown = pair(Some(&list(1, "one")), Some(&json!([list(1, "one")[0], {"text": "one"}, 3, 4])));
        assert_eq!(shown, (None, Some("/2: 3".to_owned())));
    }

    #[test]
    fn shows_long_texts_within_a_value_from_their_difference() {
        let text = |end: &str| json!({"data": [{"text": format!("{}{end}", "word ".repeat(60))}]});
        let (was, is) = pair(Some(&text("end")), Some(&text("stop")));
        assert_eq!(was.as_deref(), Some("/data/0/text: …word word word word word end"));
        assert_eq!(is.as_deref(), Some("/data/0/text: …word word word word word stop"));
    }

    #[test]
    fn never_shows_the_same_text_for_different_values() {
        // As schemas, both would be shown by their types.
        let (was, is) = (json!([{"type": "text", "a": 1, "b": 1}]), json!([{"type": "text", "a": 2, "b": 2}]));
        let shown = pair(Some(&was), Some(&is));
        assert_eq!(shown, (Some("/0/a: 1".to_owned()), Some("/0/a: 2".to_owned())));
    }

    #[test]
    fn shows_whole_values_that_differ_in_several_places() {
        let shown = pair(Some(&json!([1, 2])), Some(&json!([3, 4])));
        assert_eq!(shown, (Some("[1,2]".to_owned()), Some("[3,4]".to_owned())));
        assert_eq!(pair(None, Some(&json!(1))), (None, Some("1".to_owned())));
    }
}
