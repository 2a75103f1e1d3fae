//! The table of results.

use crate::failure::Failure;
use clap::builder::styling::{AnsiColor, Style};

/// How many notes of a row are shown. The rest are counted.
const MAX_NOTES: usize = 20;

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CheckOutcome {
    /// It passed.
    Passed,
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

/// Renders the table, with ANSI escapes. Below it are the command that fixes failed checks, and the checks not run.
pub(super) fn render(rows: &[CheckResult]) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let line = |row: &CheckResult| {
        let (mark, colour) = match row.outcome {
            CheckOutcome::Passed => ("✓", AnsiColor::Green),
            CheckOutcome::Skipped => ("skipped", AnsiColor::Yellow),
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
    format!("{lines}{}\n{}", fix_line(rows), not_run_lines(rows))
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

/// Fails unless all checks that ran passed.
pub(super) fn verdict(rows: &[CheckResult]) -> Result<(), Failure> {
    let is_fixable = |row: &CheckResult| matches!(row.outcome, CheckOutcome::Fixable(_));
    if rows.iter().any(|row| row.outcome == CheckOutcome::Failed) {
        Err(Failure::Failed)
    } else if rows.iter().any(is_fixable) {
        Err(Failure::Stale)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{CheckOutcome, CheckResult, MAX_NOTES, render, verdict};
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
            (vec![CheckOutcome::Passed, CheckOutcome::Skipped], "No check failed."),
            (vec![CheckOutcome::Passed, CheckOutcome::Failed], "See each ✗ for what to do."),
            (vec![fixable("a"), CheckOutcome::Passed, fixable("b")], "Fix with: a && b"),
            (vec![fixable("a"), CheckOutcome::Failed], "See each ✗. Fix a part with: a"),
        ] {
            assert_eq!(render(&rows(&outcomes)).lines().last(), Some(last));
        }
    }

    #[test]
    fn last_line_names_the_check_that_did_not_run() {
        let text = render(&rows(&[fixable("a"), CheckOutcome::NotRun("b")]));
        let last: Vec<_> = text.lines().skip(2).collect();
        assert_eq!(last, ["Fix with: a", "Not run: name. Run with: b"]);
        assert!(text.contains("not run"), "{text}");
        assert_eq!(text.matches(['✓', '✗']).count(), 1, "only the failed check has a mark: {text}");
    }

    #[test]
    fn notes_are_below_their_row_and_limited() {
        let notes = (0..MAX_NOTES + 2).map(|number| format!("note {number}")).collect();
        let row = CheckResult::new("name", CheckOutcome::Failed, "detail").notes(notes);
        let text = render(&[row]);
        assert!(text.lines().nth(1).is_some_and(|line| line.ends_with("    note 0")), "{text}");
        assert!(text.contains("    note 19\n") && text.contains("    +2 more\n"), "{text}");
        assert!(!text.contains("note 20"), "{text}");
    }

    #[test]
    fn is_stale_only_if_commands_fix_everything() {
        assert!(verdict(&rows(&[CheckOutcome::Passed, CheckOutcome::Skipped])).is_ok());
        assert!(verdict(&rows(&[CheckOutcome::Passed, CheckOutcome::NotRun("a")])).is_ok());
        assert!(matches!(verdict(&rows(&[fixable("a"), CheckOutcome::Passed])), Err(Failure::Stale)));
        assert!(matches!(verdict(&rows(&[fixable("a"), CheckOutcome::Failed])), Err(Failure::Failed)));
    }
}
