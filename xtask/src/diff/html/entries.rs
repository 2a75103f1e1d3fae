//! The entries of the page: the changes by verdict, and within a verdict by rule.

use super::markup::Markup;
use super::name_lists::NameLists;
use crate::diff::document::DocumentLabel;
use crate::diff::format;
use crate::diff::review::{Grade, Review, ReviewedChange};
use crate::plural::count;
use chatkit_codegen::diff::{DocumentLocation, ItemChange, RuleId};
use indexmap::{IndexMap, IndexSet};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The most Rust items that an entry shows without being opened.
const MAX_OPEN_ITEMS: usize = 8;

/// The characters to encode in an anchor, so that it is the same in the attribute and in an address.
const ANCHOR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The changes of a verdict, by rule. The worst change of each rule decides the order.
pub(super) type RuleGroups<'a> = IndexMap<RuleId, Vec<&'a ReviewedChange>>;

/// Groups the changes of a verdict by rule.
pub(super) fn rule_groups(review: &Review, grade: Grade) -> RuleGroups<'_> {
    let mut groups = RuleGroups::new();
    for reviewed in review.of_grade(grade) {
        groups.entry(reviewed.change.rule).or_default().push(reviewed);
    }
    groups
}

/// Writes the changes.
pub(super) struct EntryWriter<'a> {
    review: &'a Review,
    anchors: IndexSet<String>,
    lists: NameLists<'a>,
}

impl<'a> EntryWriter<'a> {
    pub(super) fn new(review: &'a Review) -> Self {
        Self { review, anchors: IndexSet::new(), lists: NameLists::default() }
    }

    /// Writes the changes of a verdict.
    pub(super) fn section(&mut self, page: &mut Markup, grade: Grade) {
        let groups = rule_groups(self.review, grade);
        if groups.is_empty() {
            return;
        }
        page.raw("<section id=\"").raw(grade.name()).raw("\" class=\"verdict ").raw(grade.name()).raw("\"><h2>");
        page.raw(grade.title()).raw("</h2>\n");
        for (rule, changes) in groups {
            page.raw("<details class=\"rule\" id=\"").raw(grade.name()).raw(".").raw(rule.name());
            page.raw("\" data-verdict=\"").raw(grade.name()).raw("\" data-rule=\"").raw(rule.name());
            page.raw(if grade == Grade::Compatible { "\">" } else { "\" open>" });
            page.raw("<summary><h3>").raw(rule.name()).raw("</h3> <b>").number(changes.len()).raw("</b> <span>");
            page.prose(rule.rule().summary).raw(": ").prose(rule.rule().why);
            page.raw("</span></summary>\n<ol>\n");
            for reviewed in changes {
                self.entry(page, reviewed);
            }
            page.raw("</ol></details>\n");
        }
        page.raw("</section>\n");
    }

    /// Writes the lists that the entries refer to.
    pub(super) fn lists(&self, page: &mut Markup) {
        self.lists.write(page);
    }

    fn entry(&mut self, page: &mut Markup, reviewed: &'a ReviewedChange) {
        let change = &reviewed.change;
        let anchor = self.anchor(reviewed);
        page.raw("<li id=\"").text(&anchor).raw("\"><h4><a href=\"#").text(&anchor).raw("\">");
        page.prose(&change.subject).raw("</a></h4>\n<p>").text(&format::verdicts(reviewed)).raw("</p>\n");
        if let Some(approval) = reviewed.approval_text() {
            page.raw("<p class=\"approval\">").prose(&approval).raw("</p>\n");
        }
        let Review { base, head, .. } = self.review;
        page.raw("<div class=\"sides\">");
        side(page, "Before", base, change.base.as_ref(), change.before.as_deref());
        side(page, "After", head, change.head.as_ref(), change.after.as_deref());
        page.raw("</div>\n<p>").code(change.pointer());
        if let (Some(base), Some(head)) = (&change.base, &change.head)
            && base.pointer != head.pointer
        {
            page.raw(", was ").code(&base.pointer);
        }
        page.raw("</p>\n");
        items(page, &change.items);
        for (class, names) in
            [("operations\">used by ", &change.reach.operations), ("types\">held by ", &change.reach.types)]
        {
            if !names.is_empty() {
                page.raw("<p class=\"").raw(class);
                self.lists.refer(page, names);
                page.raw("</p>\n");
            }
        }
        page.raw("</li>\n");
    }

    /// Returns the anchor of a change: its rule and pointer, so that links survive a new run.
    fn anchor(&mut self, reviewed: &ReviewedChange) -> String {
        let change = &reviewed.change;
        let anchor = format!("{}{}", change.rule.name(), utf8_percent_encode(change.pointer(), ANCHOR));
        let mut unique = anchor.clone();
        let mut number = 2;
        while !self.anchors.insert(unique.clone()) {
            unique = format!("{anchor}:{number}");
            number += 1;
        }
        unique
    }
}

fn side(
    page: &mut Markup,
    name: &'static str,
    label: &DocumentLabel,
    site: Option<&DocumentLocation>,
    value: Option<&str>,
) {
    page.raw("<div><b>").raw(name).raw("</b> ");
    match site {
        Some(site) => page.raw("<small>").text(&format::place(label, site)).raw("</small>"),
        None => page.raw("<small>not in ").text(&label.name).raw("</small>"),
    };
    if let Some(value) = value {
        page.raw("<pre>").text(value).raw("</pre>");
    }
    page.raw("</div>");
}

fn items(page: &mut Markup, items: &[ItemChange]) {
    if items.is_empty() {
        return;
    }
    let is_long = items.len() > MAX_OPEN_ITEMS;
    if is_long {
        page.raw("<details><summary>").text(&count(items.len(), "Rust item")).raw("</summary>");
    }
    page.raw("<ul class=\"items\">");
    for item in items {
        page.raw("<li>").code(&item.path).raw(" ");
        match (&item.before, &item.after) {
            (Some(before), Some(after)) => page.code(before).raw(" → ").code(after),
            (Some(before), None) => page.raw("removed: ").code(before),
            (None, Some(after)) => page.raw("new: ").code(after),
            (None, None) => page,
        };
        page.raw(" <small>").raw(item.source.name()).raw("</small></li>");
    }
    page.raw("</ul>").raw(if is_long { "</details>\n" } else { "\n" });
}
