//! The review as text for a terminal.

use super::format::{self, MAX_ITEMS, MAX_PLACES, MAX_REASON, line, name_list, printable};
use super::item_rows;
use super::review::{Grade, Review, ReviewedChange};
use crate::plural::count;
use chatkit_codegen::diff::{SourceImpact, WireImpact};
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Renders a review, with ANSI escapes.
pub(super) fn render(review: &Review) -> String {
    let style = verdict_style(review);
    let (sides, counts) = format::sides(review);
    let mut out = format!("{style}{}{style:#}\n{}: {counts}\n", review.verdict(), printable(&sides));
    let rules = review.rule_counts();
    if rules.len() > 1 {
        let rules: Vec<_> = rules.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        let _ = writeln!(out, "by rule: {}", rules.join(", "));
    }
    for note in &review.notes {
        let _ = writeln!(out, "note: {}", printable(note));
    }
    for grade in Grade::ALL {
        let changes = review.of_grade(grade);
        if !changes.is_empty() {
            let style = grade_style(grade).bold();
            let _ = write!(out, "\n{style}{}{style:#} ({})\n", grade.title(), changes.len());
        }
        for reviewed in changes {
            out.push_str(&entry(review, reviewed));
        }
    }
    out.push_str(&generated(review));
    out
}

fn entry(review: &Review, reviewed: &ReviewedChange) -> String {
    let change = &reviewed.change;
    let style = grade_style(reviewed.grade());
    let mut out = format!("\n  {style}{}{style:#}  {BOLD}{}{BOLD:#}\n", change.rule, line(&change.subject));
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "    {DIM}{name:<8}{DIM:#}  {value}");
        }
    };
    row("verdict", &format::verdicts(reviewed));
    let step = format::step(change.before.as_deref(), change.after.as_deref(), line);
    row("change", &step.unwrap_or_default());
    let site = |side, site| format::place(side, site);
    row("base", &change.base.as_ref().map(|at| site(&review.base, at)).unwrap_or_default());
    row("head", &change.head.as_ref().map(|at| site(&review.head, at)).unwrap_or_default());
    row("pointer", &line(change.pointer()));
    let items = item_rows::rows(&change.items);
    let width = items.iter().take(MAX_ITEMS).map(|row| row.item.path.chars().count()).max().unwrap_or(0);
    for (index, shown) in items.iter().take(MAX_ITEMS).enumerate() {
        let step = shown.step(line).unwrap_or_default();
        let name = if index == 0 { "Rust" } else { "" };
        row(name, &format!("{:<width$}  {step}  ({})", line(&shown.item.path), shown.item.source.name()));
    }
    if items.len() > MAX_ITEMS {
        row("", &format!("+{} more", items.len() - MAX_ITEMS));
    }
    row("reach", &name_list(&change.reach.operations, line));
    row("types", &name_list(&change.reach.types, line));
    row("approval", &reviewed.approval_text().map(|text| format::truncate(&text, MAX_REASON)).unwrap_or_default());
    out
}

fn generated(review: &Review) -> String {
    let Some(report) = &review.generated else { return String::new() };
    let mut out = format!("\n{BOLD}generated/{BOLD:#}: {}\n", printable(&report.summary()));
    for difference in report.differences().iter().take(MAX_PLACES) {
        let note =
            if difference.note.is_empty() { String::new() } else { format!("  {DIM}({}){DIM:#}", difference.note) };
        let _ = writeln!(out, "  {:<26}  generated/{}{note}", difference.state, line(&difference.path));
    }
    more(&mut out, report.differences().len());
    let unexplained = report.unexplained();
    if !unexplained.is_empty() {
        let _ = writeln!(out, "  {} that no change of the spec explains:", count(unexplained.len(), "hunk"));
    }
    for hunk in unexplained.iter().take(MAX_PLACES) {
        let _ = writeln!(out, "  {:<26}  generated/{}:{}", hunk.cause, line(&hunk.path), hunk.line);
    }
    more(&mut out, unexplained.len());
    out
}

fn more(out: &mut String, all: usize) {
    if all > MAX_PLACES {
        let _ = writeln!(out, "  +{} more", all - MAX_PLACES);
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
