//! The spans of pointers.

use super::{Positions, Span};

fn show(Span { start, end }: Span) -> String {
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

/// Returns the spans of a key, if there is one, and of its value.
fn locate(text: &str, pointer: &str) -> (String, String) {
    let location = Positions::of(text).locate(pointer).expect("the text is not empty");
    (location.key.map(show).unwrap_or_default(), show(location.value))
}

#[track_caller]
fn assert_spans(text: &str, cases: &[(&str, &str, &str)]) {
    for (pointer, key, value) in cases {
        assert_eq!(locate(text, pointer), ((*key).to_owned(), (*value).to_owned()), "{pointer}");
    }
}

#[test]
fn finds_keys_and_values() {
    assert_spans(
        "a: 1\nb:\n  - x\n  - 'y z'\n\"c/d\": { e: [2, 3] }\n",
        &[
            ("/a", "1:1-1:2", "1:4-1:5"),
            ("/b/0", "", "3:5-3:6"),
            ("/b/1", "", "4:5-4:10"),
            ("/c~1d/e", "5:10-5:11", "5:13-5:19"),
            ("/c~1d/e/1", "", "5:17-5:18"),
        ],
    );
}

#[test]
fn columns_count_characters() {
    assert_spans(
        "größe: { 😀: äö, b: c }\r\nd: e\r\n",
        &[
            ("/größe/😀", "1:10-1:11", "1:13-1:15"),
            ("/größe/b", "1:17-1:18", "1:20-1:21"),
            ("/d", "2:1-2:2", "2:4-2:5"),
        ],
    );
}

#[test]
fn reads_json() {
    assert_spans(
        "{\n\t\"a\": {\"b\": \"\\ud83d\\ude00\"}, \"c\": 1\n}",
        &[("/a/b", "2:8-2:11", "2:13-2:27"), ("/c", "2:30-2:33", "2:35-2:36")],
    );
}

#[test]
fn follows_aliases_and_merges() {
    assert_spans(
        "base: &base\n  a: 1\nuse: *base\nmerged:\n  <<: *base\n  b: 2\nmany: { <<: [{ c: 3 }, *base] }\n",
        &[
            ("/use", "3:1-3:4", "3:6-3:11"),
            ("/use/a", "2:3-2:4", "2:6-2:7"),
            ("/merged/a", "2:3-2:4", "2:6-2:7"),
            ("/merged/b", "6:3-6:4", "6:6-6:7"),
            ("/many/a", "2:3-2:4", "2:6-2:7"),
            ("/many/c", "7:16-7:17", "7:19-7:20"),
        ],
    );
}

#[test]
fn missing_values_have_the_spans_of_their_nearest_ancestor() {
    let text = "a:\n  b: 1\n";
    assert_eq!(locate(text, "/a/c/d"), locate(text, "/a"));
    assert_eq!(locate(text, "/a/b/c"), locate(text, "/a/b"));
    assert_eq!(locate(text, "/nowhere"), locate(text, ""));
}

#[test]
fn values_before_a_syntax_error_have_spans() {
    assert_spans("a: { b: 1 }\nc: { d: 2\n", &[("/a/b", "1:6-1:7", "1:9-1:10"), ("/c/d", "2:6-2:7", "2:9-2:10")]);
}

#[test]
fn stops_at_an_anchor_within_itself() {
    let positions = Positions::of("a: &a { <<: *a, b: *a }\n");
    assert!(positions.locate("/a/b/b/b/b/nothing").is_some());
}

#[test]
fn skips_keys_that_are_collections() {
    assert_spans("? [a, b]\n: 1\n? { c: d }\n: e\nf: 2\n", &[("/f", "5:1-5:2", "5:4-5:5")]);
}
