//! The table of results.

use crate::failure::Failure;
use crate::plural::count;
use clap::builder::styling::{AnsiColor, Style};

/// How many notes of a row are shown. The rest are counted.
const MAX_NOTES: usize = 20;

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CheckOutcome {
    /// It passed.
    Passed,
    /// It has nothing to judge.
    NotApplicable,
    /// It could not run.
    Skipped,
    /// It did not run, but this command runs it.
    NotRun(&'static str),
    /// It failed, and this command fixes it.
    Fixable(String),
    /// It failed, and needs an edit.
    Failed,
}

/// The result of a check, a row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CheckResult {
    pub(super) name: &'static str,
    pub(super) outcome: CheckOutcome,
    /// A description of one line.
    pub(super) detail: String,
    /// The lines below the row.
    pub(super) notes: Vec<String>,
}

impl CheckResult {
    pub(super) fn new(name: &'static str, outcome: CheckOutcome, detail: impl Into<String>) -> Self {
        Self { name, outcome, detail: detail.into(), notes: Vec::new() }
    }

    /// A check that either passed, or failed and needs an edit.
    pub(super) fn passed_if(name: &'static str, passed: bool, detail: impl Into<String>) -> Self {
        Self::new(name, if passed { CheckOutcome::Passed } else { CheckOutcome::Failed }, detail)
    }

    /// A check that could not run.
    pub(super) fn skipped(name: &'static str, why: impl Into<String>) -> Self {
        Self::new(name, CheckOutcome::Skipped, why)
    }

    /// Sets the lines below the row.
    pub(super) fn notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }
}

/// The effect of a skipped check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SkippedChecks {
    /// They fail, since nobody reads the output of a run that passes.
    Fail,
    /// They are a loud line, for a person to judge.
    Warn,
}

impl SkippedChecks {
    /// Skipped checks fail in continuous integration, which sets the variable `CI`.
    pub(super) fn from_environment() -> Self {
        let is_set = std::env::var_os("CI").is_some_and(|value| !["", "0", "false"].iter().any(|off| value == *off));
        if is_set { Self::Fail } else { Self::Warn }
    }
}

/// Renders the table, with ANSI escapes.
///
/// Below it are the command that fixes failed checks, and the checks not run. The last line is about skipped checks.
pub(super) fn render(rows: &[CheckResult], skipped: SkippedChecks) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let line = |row: &CheckResult| {
        let (mark, colour) = match row.outcome {
            CheckOutcome::Passed => ("✓", AnsiColor::Green),
            CheckOutcome::NotApplicable => ("n/a", AnsiColor::Yellow),
            CheckOutcome::Skipped => ("skipped", AnsiColor::Red),
            CheckOutcome::NotRun(_) => ("not run", AnsiColor::Yellow),
            CheckOutcome::Fixable(_) | CheckOutcome::Failed => ("✗", AnsiColor::Red),
        };
        let style: Style = colour.on_default();
        let row_line = format!("{:<width$}  {style}{mark:<7}{style:#}  {}\n", row.name, row.detail);
        let indent = " ".repeat(width + 11);
        let notes = row.notes.iter().take(MAX_NOTES).map(|note| format!("{indent}{note}\n"));
        let more = row.notes.len().saturating_sub(MAX_NOTES);
        let more = if more > 0 { format!("{indent}+{more} more\n") } else { String::new() };
        row_line + &notes.collect::<String>() + &more
    };
    let lines: String = rows.iter().map(line).collect();
    format!("{lines}{}\n{}{}", fix_line(rows), not_run_lines(rows), skipped_line(rows, skipped))
}

/// Joins the commands that fix failed checks into one.
fn fix_line(rows: &[CheckResult]) -> String {
    let commands: Vec<&str> = rows
        .iter()
        .filter_map(|row| match &row.outcome {
            CheckOutcome::Fixable(command) => Some(command.as_str()),
            _ => None,
        })
        .collect();
    let is_left = rows.iter().any(|row| row.outcome == CheckOutcome::Failed);
    match (commands.is_empty(), is_left) {
        (true, false) if rows.iter().any(is_skipped) => "No check that ran failed.".to_owned(),
        (true, false) => "No check failed.".to_owned(),
        (true, true) => "See each ✗ for what to do.".to_owned(),
        (false, false) => format!("Fix with: {}", commands.join(" && ")),
        (false, true) => format!("See each ✗. Fix a part with: {}", commands.join(" && ")),
    }
}

/// Names the checks that did not run, each with its command.
fn not_run_lines(rows: &[CheckResult]) -> String {
    let lines = rows.iter().filter_map(|row| match row.outcome {
        CheckOutcome::NotRun(command) => Some(format!("Not run: {}. Run with: {command}\n", row.name)),
        _ => None,
    });
    lines.collect()
}

/// Counts the skipped checks, and lists those with the same reason together. The text is empty if there are none.
fn skipped_line(rows: &[CheckResult], skipped: SkippedChecks) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows.iter().filter(|row| is_skipped(row)) {
        match reasons.iter_mut().find(|(why, _)| *why == row.detail) {
            Some((_, names)) => names.push(row.name),
            None => reasons.push((&row.detail, vec![row.name])),
        }
    }
    let number: usize = reasons.iter().map(|(_, names)| names.len()).sum();
    if number == 0 {
        return String::new();
    }
    let reasons: Vec<_> = reasons.iter().map(|(why, names)| format!("{} ({why})", names.join(", "))).collect();
    let (checks, reasons) = (count(number, "check"), reasons.join("; "));
    let style = AnsiColor::Red.on_default().bold();
    match skipped {
        SkippedChecks::Fail => format!("{style}FAILED: {checks} could not run, and CI is set{style:#}: {reasons}\n"),
        SkippedChecks::Warn => format!("{style}NOT A PASS: {checks} could not run{style:#}: {reasons}\n"),
    }
}

fn is_skipped(row: &CheckResult) -> bool {
    row.outcome == CheckOutcome::Skipped
}

/// Fails unless all checks that ran passed, and every check ran if skipped ones fail.
pub(super) fn verdict(rows: &[CheckResult], skipped: SkippedChecks) -> Result<(), Failure> {
    let is_fixable = |row: &CheckResult| matches!(row.outcome, CheckOutcome::Fixable(_));
    let is_failed =
        |row: &CheckResult| row.outcome == CheckOutcome::Failed || (is_skipped(row) && skipped == SkippedChecks::Fail);
    if rows.iter().any(is_failed) {
        Err(Failure::Failed)
    } else if rows.iter().any(is_fixable) {
        Err(Failure::Stale)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckOutcome, CheckResult, MAX_NOTES, SkippedChecks, render, verdict};
    use crate::failure::Failure;

    fn rows(outcomes: &[CheckOutcome]) -> Vec<CheckResult> {
        outcomes.iter().map(|outcome| CheckResult::new("name", outcome.clone(), "detail")).collect()
    }

    fn fixable(command: &str) -> CheckOutcome {
        CheckOutcome::Fixable(command.to_owned())
    }

    #[test]
    fn last_line_is_the_command_that_fixes_failed_checks() {
        for (outcomes, last) in [
            (vec![CheckOutcome::Passed, CheckOutcome::NotApplicable], "No check failed."),
            (vec![CheckOutcome::Passed, CheckOutcome::Failed], "See each ✗ for what to do."),
            (vec![fixable("a"), CheckOutcome::Passed, fixable("b")], "Fix with: a && b"),
            (vec![fixable("a"), CheckOutcome::Failed], "See each ✗. Fix a part with: a"),
        ] {
            assert_eq!(render(&rows(&outcomes), SkippedChecks::Fail).lines().last(), Some(last));
        }
    }

    #[test]
    fn last_line_names_the_check_that_did_not_run() {
        let text = render(&rows(&[fixable("a"), CheckOutcome::NotRun("b")]), SkippedChecks::Fail);
        let last: Vec<_> = text.lines().skip(2).collect();
        assert_eq!(last, ["Fix with: a", "Not run: name. Run with: b"]);
        assert!(text.contains("not run"), "{text}");
        assert_eq!(text.matches(['✓', '✗']).count(), 1, "only the failed check has a mark: {text}");
    }

    #[test]
    fn notes_are_below_their_row_and_limited() {
        let notes = (0..MAX_NOTES + 2).map(|number| format!("note {number}")).collect();
        let row = CheckResult::new("name", CheckOutcome::Failed, "detail").notes(notes);
        let text = render(&[row], SkippedChecks::Warn);
        assert!(text.lines().nth(1).is_some_and(|line| line.ends_with("    note 0")), "{text}");
        assert!(text.contains("    note 19\n") && text.contains("    +2 more\n"), "{text}");
        assert!(!text.contains("note 20"), "{text}");
    }

    #[test]
    fn last_line_counts_the_skipped_checks_by_reason() {
        let row = |name, outcome, why: &str| CheckResult::new(name, outcome, why);
        let rows = [
            row("a", CheckOutcome::Skipped, "no git"),
            row("b", CheckOutcome::Skipped, "no version"),
            row("c", CheckOutcome::Passed, "fine"),
            row("d", CheckOutcome::Skipped, "no git"),
            row("e", CheckOutcome::NotRun("f"), "later"),
        ];
        for (skipped, label) in [
            (SkippedChecks::Warn, "NOT A PASS: 3 checks could not run"),
            (SkippedChecks::Fail, "FAILED: 3 checks could not run, and CI is set"),
        ] {
            let text = anstream::adapter::strip_str(&render(&rows, skipped)).to_string();
            let last = format!("{label}: a, d (no git); b (no version)");
            assert_eq!(text.lines().last(), Some(last.as_str()));
            assert!(text.contains("\nNo check that ran failed.\n"), "{text}");
            assert!(!text.contains("No check failed."), "{text}");
        }
    }

    #[test]
    fn skipped_checks_fail_in_continuous_integration() {
        for (outcomes, passes) in [
            (vec![CheckOutcome::Passed, CheckOutcome::Skipped], false),
            (vec![fixable("a"), CheckOutcome::Skipped], false),
            (vec![CheckOutcome::Passed, CheckOutcome::NotApplicable], true),
            (vec![CheckOutcome::Passed, CheckOutcome::NotRun("a")], true),
        ] {
            let verdict = verdict(&rows(&outcomes), SkippedChecks::Fail);
            assert!(if passes { verdict.is_ok() } else { matches!(verdict, Err(Failure::Failed)) }, "{outcomes:?}");
        }
    }

    #[test]
    fn is_stale_only_if_commands_fix_everything() {
        let verdict = |outcomes: &[CheckOutcome]| verdict(&rows(outcomes), SkippedChecks::Warn);
        assert!(verdict(&[CheckOutcome::Passed, CheckOutcome::Skipped]).is_ok());
        assert!(verdict(&[CheckOutcome::Passed, CheckOutcome::NotRun("a")]).is_ok());
        assert!(matches!(verdict(&[fixable("a"), CheckOutcome::Passed]), Err(Failure::Stale)));
        assert!(matches!(verdict(&[fixable("a"), CheckOutcome::Failed]), Err(Failure::Failed)));
    }
}
