//! The review on a terminal.

use super::review::{Grade, Review, Reviewed, count};
use super::words::{self, MOST_ITEMS, MOST_PLACES, MOST_REASON, line, listed, printable};
use chatkit_codegen::diff::{SourceImpact, WireImpact};
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Renders a review, with ANSI escapes.
pub(super) fn render(review: &Review) -> String {
    let style = verdict_style(review);
    let (sides, counts) = words::sides(review);
    let mut out = format!("{style}{}{style:#}\n{}: {counts}\n", review.verdict(), printable(&sides));
    for note in &review.notes {
        let _ = writeln!(out, "note: {}", printable(note));
    }
    for grade in Grade::ALL {
        let changes = review.of_grade(grade);
        if !changes.is_empty() {
            let style = grade_style(grade).bold();
            let _ = write!(out, "\n{style}{}{style:#} ({})\n", title(grade), changes.len());
        }
        for reviewed in changes {
            out.push_str(&entry(review, reviewed));
        }
    }
    out.push_str(&generated(review));
    out
}

/// What a group is called.
pub(super) fn title(grade: Grade) -> &'static str {
    match grade {
        Grade::Unknown => "Known to no rule",
        Grade::Breaking => "Breaking",
        Grade::Risky => "Risky",
        Grade::Compatible => "Compatible",
    }
}

fn entry(review: &Review, reviewed: &Reviewed) -> String {
    let change = &reviewed.change;
    let style = grade_style(reviewed.grade());
    let mut out = format!("\n  {style}{}{style:#}  {BOLD}{}{BOLD:#}\n", change.rule, line(&change.subject));
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "    {DIM}{name:<8}{DIM:#}  {value}");
        }
    };
    row("verdict", &words::verdicts(reviewed));
    let step = words::step(change.before.as_deref(), change.after.as_deref(), line);
    row("change", &step.unwrap_or_default());
    let site = |side, site| words::place(side, site);
    row("base", &change.base.as_ref().map(|at| site(&review.base, at)).unwrap_or_default());
    row("head", &change.head.as_ref().map(|at| site(&review.head, at)).unwrap_or_default());
    row("pointer", &line(change.pointer()));
    let width = change.items.iter().take(MOST_ITEMS).map(|item| item.path.chars().count()).max().unwrap_or(0);
    for (index, item) in change.items.iter().take(MOST_ITEMS).enumerate() {
        let step = words::item_step(item, line).unwrap_or_default();
        let name = if index == 0 { "Rust" } else { "" };
        row(name, &format!("{:<width$}  {step}  ({})", line(&item.path), item.source.name()));
    }
    if change.items.len() > MOST_ITEMS {
        row("", &format!("+{} more", change.items.len() - MOST_ITEMS));
    }
    row("reach", &listed(&change.reach.operations, line));
    row("types", &listed(&change.reach.types, line));
    row("approval", &reviewed.approval_text().map(|text| words::cut(&text, MOST_REASON)).unwrap_or_default());
    out
}

fn generated(review: &Review) -> String {
    let Some(report) = &review.generated else { return String::new() };
    let mut out = format!("\n{BOLD}generated/{BOLD:#}: {}\n", printable(&report.summary()));
    for finding in report.findings().iter().take(MOST_PLACES) {
        let note = if finding.note.is_empty() { String::new() } else { format!("  {DIM}({}){DIM:#}", finding.note) };
        let _ = writeln!(out, "  {:<26}  generated/{}{note}", finding.state, line(&finding.path));
    }
    more(&mut out, report.findings().len());
    let unexplained = report.unexplained();
    if !unexplained.is_empty() {
        let _ = writeln!(out, "  {} that no change of the spec explains:", count(unexplained.len(), "hunk"));
    }
    for hunk in unexplained.iter().take(MOST_PLACES) {
        let _ = writeln!(out, "  {:<26}  generated/{}:{}", hunk.cause, line(&hunk.path), hunk.line);
    }
    more(&mut out, unexplained.len());
    out
}

fn more(out: &mut String, all: usize) {
    if all > MOST_PLACES {
        let _ = writeln!(out, "  +{} more", all - MOST_PLACES);
    }
}

fn grade_style(grade: Grade) -> Style {
    match grade {
        Grade::Unknown => AnsiColor::Magenta,
        Grade::Breaking => AnsiColor::Red,
        Grade::Risky => AnsiColor::Yellow,
        Grade::Compatible => AnsiColor::Green,
    }
    .on_default()
}

fn verdict_style(review: &Review) -> Style {
    let colour = match (review.source(), review.wire()) {
        (SourceImpact::Major, _) | (_, WireImpact::Breaking) => AnsiColor::Red,
        (_, WireImpact::Risky) => AnsiColor::Yellow,
        _ => AnsiColor::Green,
    };
    colour.on_default().bold()
}
