//! Pagination of lists.

use crate::valid_requests::{MOCK, ask, request};
use http::Request;
use serde_json::{Value, json};
use xtask::mock::Mock;

const LISTS: [&str; 2] = ["/chatkit/threads", "/chatkit/threads/t/items"];

fn page(path: &str, query: &str) -> Value {
    let (status, body) = ask(&MOCK, &request("GET", &format!("{path}?{query}"), ""));
    assert_eq!(status, 200, "{path}?{query}: {body}");
    body
}

fn ids(page: &Value) -> Vec<String> {
    let items = page["data"].as_array().expect("items");
    items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
}

/// Follows the cursors from a first page to the end, one item at a time.
fn follow_cursors(path: &str, first: &str, parameter: &str, cursor: &str) -> Vec<String> {
    let mut seen = Vec::new();
    let mut page = page(path, first);
    for _ in 0..10 {
        seen.extend(ids(&page));
        if page["has_more"] == json!(false) {
            return seen;
        }
        let from = page[cursor].as_str().expect("a cursor");
        page = self::page(path, &format!("limit=1&{parameter}={from}"));
    }
    panic!("{path} has no end: {seen:?}");
}

#[test]
fn following_cursors_from_either_end_gives_each_item_once() {
    for path in LISTS {
        let all = ids(&page(path, ""));
        assert_eq!(all.len(), 2, "{path}");
        assert_eq!(follow_cursors(path, "limit=1", "after", "last_id"), all, "{path}");
        let mut backward = follow_cursors(path, &format!("limit=1&before={}", all[1]), "before", "first_id");
        backward.insert(0, all[1].clone());
        backward.reverse();
        assert_eq!(backward, all, "{path}");
    }
}

#[test]
fn cursors_come_from_the_items_of_the_page() {
    let all = ids(&page(LISTS[0], ""));
    let first = page(LISTS[0], "limit=1");
    assert_eq!((&first["first_id"], &first["last_id"]), (&json!(all[0]), &json!(all[0])));
    assert_eq!(first["has_more"], json!(true));
    let second = page(LISTS[0], &format!("limit=1&after={}", all[0]));
    assert_eq!((&second["first_id"], &second["last_id"]), (&json!(all[1]), &json!(all[1])));
    assert_eq!(second["has_more"], json!(false));
}

#[test]
fn empty_page_has_null_cursors() {
    let all = ids(&page(LISTS[0], ""));
    for (query, more) in [
        (format!("after={}", all[1]), false),
        (format!("before={}", all[0]), false),
        (format!("after={}&before={}", all[0], all[1]), false),
        (format!("after={}&before={}", all[1], all[0]), false),
        ("limit=0".to_owned(), true),
    ] {
        let page = page(LISTS[0], &query);
        let expected = json!({
            "object": "list", "data": [], "first_id": null, "last_id": null, "has_more": more
        });
        assert_eq!(page, expected, "{query}");
    }
}

#[test]
fn backward_page_ends_next_to_its_cursor() {
    let text =
        LIST.replace("CURSOR", "string").replace("ITEM", "{ type: object, properties: { key: { type: string } } }");
    let text =
        text.replace("EXAMPLE", "[{ key: a }, { key: b }, { key: c }, { key: d }], first: a").replace("NEXT", "d");
    let text = text.replace("cursor: next }", "cursor: next }, backward: { parameter: to, cursor: first }, more: more");
    let text =
        text.replace("- { name: from", "- { name: to, in: query, schema: { type: string } }\n        - { name: from");
    let listed = "first: { type: string, nullable: true }\n                  more: { type: boolean }";
    let text = text.replace("properties:\n", &format!("properties:\n                  {listed}\n"));
    let mock = Mock::load("letters.yaml", &text).unwrap_or_else(|report| panic!("{report}"));
    for (query, keys, first, more) in [
        ("to=d&per_page=2", &["b", "c"][..], "b", true),
        ("to=b&per_page=2", &["a"], "a", false),
        ("from=a&per_page=2", &["b", "c"], "b", true),
        ("from=a&to=d&per_page=1", &["b"], "b", true),
        ("from=a&to=d", &["b", "c"], "b", false),
        ("per_page=9", &["a", "b", "c", "d"], "a", false),
    ] {
        let page = numbers(&mock, query);
        let found: Vec<_> = page["values"].as_array().expect("items").iter().map(|item| &item["key"]).collect();
        assert_eq!(found, keys, "{query}");
        assert_eq!((&page["first"], &page["next"]), (&json!(first), &json!(keys.last())), "{query}");
        assert_eq!(page["more"], json!(more), "{query}");
    }
}

/// An operation that returns a page. The tests replace `CURSOR`, `ITEM`, `EXAMPLE` and `NEXT`.
const LIST: &str = "
openapi: 3.0.3
info: { title: Numbers, version: '1' }
paths:
  /numbers:
    get:
      x-paging: { items: values, forward: { parameter: from, cursor: next } }
      parameters:
        - { name: offset_hint, in: query, schema: { type: integer } }
        - { name: per_page, in: query, schema: { type: integer, default: 3 } }
        - { name: from, in: query, schema: { type: CURSOR } }
      responses:
        '200':
          description: A page.
          content:
            application/json:
              schema:
                type: object
                required: [values, next]
                properties:
                  values: { type: array, items: ITEM }
                  next: { type: CURSOR, nullable: true }
              example: { values: EXAMPLE, next: NEXT }
";

fn list(cursor: &str, item: &str, example: &str, next: &str) -> Mock {
    let text = LIST.replace("CURSOR", cursor).replace("ITEM", item);
    let text = text.replace("EXAMPLE", example).replace("NEXT", next);
    Mock::load("numbers.yaml", &text).unwrap_or_else(|report| panic!("{report}"))
}

fn numbers(mock: &Mock, query: &str) -> Value {
    let request = Request::get(format!("/numbers?{query}")).body(bytes::Bytes::new()).expect("a request");
    ask(mock, &request).1
}

#[test]
fn cursors_that_no_item_has_are_offsets() {
    for (cursor, second, past) in [("string", json!("3"), "from=5"), ("integer", json!(3), "from=9")] {
        let next = if cursor == "string" { "abc" } else { "77" };
        let mock = list(cursor, "{ type: integer }", "[7, 8, 9, 10]", next);
        assert_eq!(numbers(&mock, ""), json!({ "values": [7, 8, 9], "next": second }));
        // Without `has_more`, only the null cursor marks the end.
        assert_eq!(numbers(&mock, "from=3"), json!({ "values": [10], "next": null }));
        assert_eq!(numbers(&mock, "from=4&per_page=1"), json!({ "values": [], "next": null }));
        let request = Request::get(format!("/numbers?{past}")).body(bytes::Bytes::new()).expect("a request");
        assert_eq!(mock.answer(&request).status(), 400);
    }
}

#[test]
fn page_size_is_limit_if_there_is_such_a_parameter() {
    let text = LIST.replace("offset_hint", "limit").replace("CURSOR", "string").replace("ITEM", "{ type: integer }");
    let mock = Mock::load("numbers.yaml", &text.replace("EXAMPLE", "[7, 8]").replace("NEXT", "x"));
    let mock = mock.unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(numbers(&mock, "limit=1&per_page=2")["values"], json!([7]));
}

#[test]
fn cursors_come_from_a_property_that_is_unique_among_items() {
    let item = "{ type: object, properties: { group: { type: string }, key: { type: string } } }";
    let example = "[{ group: b, key: a }, { group: b, key: b }]";
    let mock = list("string", item, example, "b");
    let first = numbers(&mock, "per_page=1");
    assert_eq!(first, json!({ "values": [{ "group": "b", "key": "a" }], "next": "a" }));
    assert_eq!(numbers(&mock, "from=a"), json!({ "values": [{ "group": "b", "key": "b" }], "next": null }));
}
