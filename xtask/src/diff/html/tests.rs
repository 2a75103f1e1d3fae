//! Tests of the page as text. `xtask/tests/review/page.rs` opens it in a browser.

use super::{SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, render};
use crate::diff::review::Review;
use crate::diff::test_review;
use base64::prelude::{BASE64_STANDARD, Engine};
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Returns the page without its style and its script.
fn body(review: &Review) -> String {
    let page = render(review);
    page.split_once("<body>").expect("a body").1.replace(SCRIPT, "")
}

/// Returns every text of the author, to be replaced.
fn texts(review: &mut Review) -> Vec<&mut String> {
    let mut texts = vec![&mut review.base.path, &mut review.base.name, &mut review.head.name];
    texts.extend(&mut review.notes);
    for reviewed in &mut review.changes {
        let change = &mut reviewed.change;
        texts.push(&mut change.subject);
        texts.extend(change.before.iter_mut().chain(&mut change.after));
        texts.extend(change.base.iter_mut().chain(&mut change.head).map(|site| &mut site.pointer));
        texts.extend(change.reach.operations.iter_mut().chain(&mut change.reach.types));
        for item in &mut change.items {
            texts.push(&mut item.path);
            texts.extend(item.before.iter_mut().chain(&mut item.after));
        }
        texts.extend(reviewed.approval.iter_mut().map(|checked| &mut checked.approval.reason));
    }
    texts
}

/// Returns the review with the same text everywhere.
fn filled(text: &str) -> Review {
    let mut review = test_review::review();
    for place in texts(&mut review) {
        text.clone_into(place);
    }
    review
}

/// Returns the tags of a page, with the names of their attributes.
///
/// It reads as a browser does: a tag ends at the first `>` outside of quotes.
fn tags(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, inside)) = rest.split_once('<') {
        let (mut tag, mut quote) = (String::new(), None);
        let mut end = inside.len();
        for (index, character) in inside.char_indices() {
            match quote {
                Some(mark) if mark == character => quote = None,
                Some(_) => {}
                None if character == '>' => {
                    end = index + 1;
                    break;
                }
                None if character == '"' || character == '\'' => quote = Some(character),
                None => tag.push(character),
            }
        }
        tags.push(tag);
        rest = &inside[end..];
    }
    tags
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_text_adds_a_tag_or_an_attribute(text in "(?s)([<>&\"'=/! -]|<!--|-->|</?(script|style|title|option|details|li|a)>|&[a-z#0-9]{1,4};?|.){0,24}") {
        // Backticks are ours: they mark code within a sentence.
        let text = text.replace('`', "'");
        prop_assert_eq!(tags(&render(&filled(&text))), tags(&render(&filled("x"))));
    }
}

#[test]
fn finds_a_text_that_got_out() {
    assert_eq!(tags("<p title=\"a>b\">x</p>"), ["p title=", "/p"]);
    assert_ne!(tags("<p title=\"\" onclick=\"a\">x</p>"), tags("<p title=\"a\">x</p>"));
}

#[test]
fn page_shows_one_of_everything() {
    insta::assert_snapshot!(body(&test_review::review()));
}

#[test]
fn page_without_changes_has_no_filters() {
    let page = body(&test_review::empty());
    assert!(page.contains("<h1>SDK impact: none, wire: none</h1>") && page.contains("no change"), "{page}");
    assert!(!page.contains("<form") && !page.contains("<nav"), "{page}");
}

#[test]
fn page_is_the_same_each_time() {
    assert_eq!(render(&test_review::review()), render(&test_review::review()));
}

#[test]
fn page_loads_nothing() {
    let page = render(&test_review::review());
    for (name, text, hash) in [("style-src", STYLE, STYLE_HASH), ("script-src", SCRIPT, SCRIPT_HASH)] {
        assert_eq!(BASE64_STANDARD.encode(Sha256::digest(text)), hash, "{name}");
        assert!(page.contains(&format!("{name} 'sha256-{hash}'")), "{name}");
    }
    assert!(page.contains("content=\"default-src 'none'; base-uri 'none'; form-action 'none';"));
    let loads = ["src", "srcset", "data", "poster", "action", "style"].map(|name| format!("{name}="));
    for tag in tags(&body(&test_review::review())) {
        assert!(!loads.iter().any(|attribute| tag.contains(&format!(" {attribute}"))), "{tag}");
    }
    assert!(!STYLE.contains("url(") && !STYLE.contains("@import"));
    assert!(!page.contains("<link"));
}

#[test]
fn every_link_leads_to_one_place_of_the_page() {
    let mut review = test_review::review();
    // The same rule and pointer twice: the second needs another anchor.
    review.changes.extend(review.changes.clone());
    let page = body(&review);
    let attributes = |name: &str| -> Vec<String> {
        let start = format!(" {name}=\"");
        page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let ids = attributes("id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for link in attributes("href") {
        let target = link.strip_prefix('#').expect("a link within the page").to_owned();
        assert!(unique.contains(&target), "{link}");
    }
    assert!(unique.contains(&"property-removed/components/schemas/Thread/properties/title".to_owned()));
    assert!(unique.contains(&"pattern-changed/components/schemas/%60a%60%7C%3Cb%3E:2".to_owned()));
}

#[test]
fn script_and_style_cannot_end_their_element() {
    assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    assert!(!STYLE.contains('<'));
}
