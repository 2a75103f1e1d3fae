//! The table of results.

use crate::failure::Failure;
use clap::builder::styling::{AnsiColor, Style};

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CheckOutcome {
    /// It passed.
    Passed,
    /// It could not run.
    Skipped,
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
}

impl CheckResult {
    pub(super) fn new(name: &'static str, outcome: CheckOutcome, detail: impl Into<String>) -> Self {
        Self { name, outcome, detail: detail.into() }
    }

    /// A check that either passed, or failed and needs an edit.
    pub(super) fn passed_if(name: &'static str, passed: bool, detail: impl Into<String>) -> Self {
        Self::new(name, if passed { CheckOutcome::Passed } else { CheckOutcome::Failed }, detail)
    }

    /// A check that could not run.
    pub(super) fn skipped(name: &'static str, why: impl Into<String>) -> Self {
        Self::new(name, CheckOutcome::Skipped, why)
    }
}

/// Renders the table, with ANSI escapes. The last line is the command that fixes what failed.
pub(super) fn render(rows: &[CheckResult]) -> String {
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let line = |row: &CheckResult| {
        let (mark, colour) = match row.outcome {
            CheckOutcome::Passed => ("✓", AnsiColor::Green),
            CheckOutcome::Skipped => ("skipped", AnsiColor::Yellow),
            CheckOutcome::Fixable(_) | CheckOutcome::Failed => ("✗", AnsiColor::Red),
        };
        let style: Style = colour.on_default();
        format!("{:<width$}  {style}{mark:<7}{style:#}  {}\n", row.name, row.detail)
    };
    let lines: String = rows.iter().map(line).collect();
    format!("{lines}{}\n", fix_line(rows))
}

/// Joins the commands that fix what failed into one.
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
        (true, false) => "Nothing needs mending.".to_owned(),
        (true, true) => "No command mends this: see each ✗.".to_owned(),
        (false, false) => format!("Mend with: {}", commands.join(" && ")),
        (false, true) => format!("Mend what a command can: {}", commands.join(" && ")),
    }
}

/// Fails unless all checks passed or were skipped.
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
    use super::{CheckOutcome, CheckResult, render, verdict};
    use crate::failure::Failure;

    fn rows(outcomes: &[CheckOutcome]) -> Vec<CheckResult> {
        outcomes.iter().map(|outcome| CheckResult::new("name", outcome.clone(), "detail")).collect()
    }

    fn fixable(command: &str) -> CheckOutcome {
        CheckOutcome::Fixable(command.to_owned())
    }

    #[test]
    fn last_line_is_the_command_that_fixes_what_failed() {
        for (outcomes, last) in [
            (vec![CheckOutcome::Passed, CheckOutcome::Skipped], "Nothing needs mending."),
            (vec![CheckOutcome::Passed, CheckOutcome::Failed], "No command mends this: see each ✗."),
            (vec![fixable("a"), CheckOutcome::Passed, fixable("b")], "Mend with: a && b"),
            (vec![fixable("a"), CheckOutcome::Failed], "Mend what a command can: a"),
        ] {
            assert_eq!(render(&rows(&outcomes)).lines().last(), Some(last));
        }
    }

    #[test]
    fn is_stale_only_if_commands_fix_everything() {
        assert!(verdict(&rows(&[CheckOutcome::Passed, CheckOutcome::Skipped])).is_ok());
        assert!(matches!(verdict(&rows(&[fixable("a"), CheckOutcome::Passed])), Err(Failure::Stale)));
        assert!(matches!(verdict(&rows(&[fixable("a"), CheckOutcome::Failed])), Err(Failure::Failed)));
    }
}
