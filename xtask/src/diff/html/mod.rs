//! The review as a page for a browser: complete, in one file, and without the network.
//!
//! Without its script, the page is a list. The script only filters it.

mod entries;
mod markup;
mod name_lists;

use super::format;
use super::review::{Grade, Review};
use crate::plural::count;
use entries::{EntryWriter, rule_groups};
use markup::Markup;
use std::collections::{BTreeMap, BTreeSet};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The SHA-256 hashes by which the policy of the page allows them. A test compares them with the files.
const STYLE_HASH: &str = "Yo++Rs2CzwgSw9PhoN9I8CEZQOHYxPi9XW6VAftelUI=";
const SCRIPT_HASH: &str = "IbohA0jmkYrR6512l9Qhbw/T/1rQ3R1lemnO7fDKXAU=";

/// Renders a review.
pub(super) fn render(review: &Review) -> String {
    let mut page = Markup::default();
    head(&mut page, review);
    page.raw("<body>\n<a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n");
    verdict(&mut page, review);
    if !review.worst_first().is_empty() {
        page.raw("<aside>\n");
        filters(&mut page, review);
        rules(&mut page, review);
        page.raw("</aside>\n");
    }
    page.raw("<main id=\"changes\">\n");
    let mut entries = EntryWriter::new(review);
    for grade in Grade::ALL {
        entries.section(&mut page, grade);
    }
    generated(&mut page, review);
    entries.lists(&mut page);
    page.raw("</main>\n<script>").raw(SCRIPT).raw("</script>\n</body>\n</html>\n");
    page.into_html()
}

fn head(page: &mut Markup, review: &Review) {
    page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Only this style and this script count. Nothing may be loaded, submitted or embedded.
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; ");
    page.raw("form-action 'none'; style-src 'sha256-").raw(STYLE_HASH).raw("'; script-src 'sha256-");
    page.raw(SCRIPT_HASH).raw("'\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    page.text(&review.verdict()).raw("</title>\n<style>").raw(STYLE).raw("</style>\n</head>\n");
}

fn verdict(page: &mut Markup, review: &Review) {
    let worst = review.worst_first().first().map_or("compatible", |reviewed| reviewed.grade().name());
    let (sides, counts) = format::sides(review);
    page.raw("<header class=\"").raw(worst).raw("\">\n<h1>").text(&review.verdict()).raw("</h1>\n<p>");
    page.code(&sides).raw(" ").text(&counts).raw("</p>\n");
    for note in &review.notes {
        page.raw("<p class=\"note\">").prose(note).raw("</p>\n");
    }
    page.raw("</header>\n");
}

/// Writes the filters. They are hidden until the script runs.
fn filters(page: &mut Markup, review: &Review) {
    let changes = review.worst_first();
    let (mut rules, mut operations) = (BTreeMap::new(), BTreeSet::new());
    for reviewed in &changes {
        *rules.entry(reviewed.change.rule).or_insert(0) += 1;
        operations.extend(&reviewed.change.reach.operations);
    }
    page.raw("<form id=\"filters\" aria-label=\"Filters\" hidden>\n<fieldset><legend>Verdict</legend>\n");
    for grade in Grade::ALL {
        let number = review.of_grade(grade).len();
        if number > 0 {
            page.raw("<label class=\"").raw(grade.name()).raw("\"><input type=\"checkbox\" name=\"verdict\" value=\"");
            page.raw(grade.name())
                .raw("\" checked> ")
                .raw(grade.title())
                .raw(" <b>")
                .number(number)
                .raw("</b></label>\n");
        }
    }
    page.raw("</fieldset>\n<label>Rule <select name=\"rule\"><option value=\"\">All rules</option>");
    for (rule, number) in rules {
        page.raw("<option value=\"")
            .raw(rule.name())
            .raw("\">")
            .raw(rule.name())
            .raw(" (")
            .number(number)
            .raw(")</option>");
    }
    page.raw(
        "</select></label>\n<label>Operation <select name=\"operation\"><option value=\"\">All operations</option>",
    );
    for operation in operations {
        page.raw("<option>").text(operation).raw("</option>");
    }
    page.raw("</select></label>\n<label>Text <input type=\"search\" name=\"text\" autocomplete=\"off\"></label>\n");
    page.raw("<p><output></output> <button type=\"reset\">Reset</button></p>\n</form>\n");
}

/// Writes the counts by verdict and rule, which are also the contents of the page.
fn rules(page: &mut Markup, review: &Review) {
    page.raw("<nav aria-label=\"Changes by verdict and rule\">\n");
    for grade in Grade::ALL {
        let groups = rule_groups(review, grade);
        if groups.is_empty() {
            continue;
        }
        let number = groups.values().map(Vec::len).sum();
        page.raw("<details open><summary class=\"").raw(grade.name()).raw("\">").raw(grade.title()).raw(" <b>");
        page.number(number).raw("</b></summary>\n<ul>\n");
        for (rule, changes) in &groups {
            page.raw("<li><a href=\"#").raw(grade.name()).raw(".").raw(rule.name()).raw("\">").raw(rule.name());
            page.raw("</a> <b>").number(changes.len()).raw("</b></li>\n");
        }
        page.raw("</ul></details>\n");
    }
    page.raw("</nav>\n");
}

fn generated(page: &mut Markup, review: &Review) {
    let Some(report) = &review.generated else { return };
    page.raw("<section id=\"generated\"><h2>generated/</h2>\n<p>").prose(&report.summary()).raw("</p>\n");
    let (differences, unexplained) = (report.differences(), report.unexplained());
    if !differences.is_empty() {
        page.raw("<ul>\n");
    }
    for difference in differences {
        page.raw("<li>").text(&difference.state.to_string()).raw(": ");
        page.code(&format!("generated/{}", difference.path));
        if !difference.note.is_empty() {
            page.raw(" (").prose(&difference.note).raw(")");
        }
        page.raw("</li>\n");
    }
    page.raw(if differences.is_empty() { "" } else { "</ul>\n" });
    if !unexplained.is_empty() {
        page.raw("<p>")
            .text(&count(unexplained.len(), "hunk"))
            .raw(" that no change of the spec explains:</p>\n<ul>\n");
    }
    for hunk in unexplained {
        page.raw("<li>").text(&hunk.cause.to_string()).raw(": ");
        page.code(&format!("generated/{}:{}", hunk.path, hunk.line)).raw("</li>\n");
    }
    page.raw(if unexplained.is_empty() { "" } else { "</ul>\n" }).raw("</section>\n");
}

#[cfg(test)]
mod tests;
