//! `spec/approvals.toml`: accepted breaking changes, each by rule and pointer, with a reason and a last day.

use chatkit_codegen::diff::{Change, RuleId, SourceImpact, WireImpact};
use std::fmt::Display;
use time::{Date, Month, OffsetDateTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The path of the file, relative to the workspace root.
pub(crate) const PATH: &str = "spec/approvals.toml";

const KEYS: [&str; 4] = ["rule", "pointer", "reason", "expires"];

/// An accepted breaking change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Approval {
    /// The rule of the change.
    pub(crate) rule: RuleId,
    /// The changed part in the new document, or a removed part in the old one.
    pub(crate) pointer: String,
    /// Why the change is acceptable.
    pub(crate) reason: String,
    /// The last day on which it counts.
    pub(crate) expires: Date,
    /// Its line in the file, counted from 1.
    pub(crate) line: usize,
}

/// The status of an approval among the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApprovalStatus {
    /// It accepts a breaking change.
    Used,
    /// Its change breaks nothing.
    Needless,
    /// There is no such change.
    Unused,
    /// Its last day has passed.
    Expired,
}

impl ApprovalStatus {
    /// Returns its name in lower case.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Needless => "needless",
            Self::Unused => "unused",
            Self::Expired => "expired",
        }
    }
}

/// An approval with its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckedApproval {
    pub(crate) approval: Approval,
    pub(crate) status: ApprovalStatus,
}

impl CheckedApproval {
    /// Returns what is wrong with it and the fix, or `None` if it is used.
    pub(crate) fn problem(&self) -> Option<String> {
        let Approval { rule, pointer, expires, line, .. } = &self.approval;
        let what = match self.status {
            ApprovalStatus::Used => return None,
            ApprovalStatus::Needless => "approves a change that breaks nothing: remove it".to_owned(),
            ApprovalStatus::Unused => "approves a change that does not exist (any more): remove it".to_owned(),
            ApprovalStatus::Expired => format!("expired after {expires}: remove it, or give it a new day"),
        };
        Some(format!("{PATH}:{line}: `{rule}` at {pointer} {what}"))
    }
}

/// Returns whether a change breaks the wire or callers, so that it can be approved.
pub(crate) fn is_breaking(change: &Change) -> bool {
    change.wire == WireImpact::Breaking || change.source == SourceImpact::Major
}

/// Returns whether the last day of an approval has passed.
pub(crate) fn is_expired(approval: &Approval, today: Date) -> bool {
    approval.expires < today
}

/// Matches approvals with changes. Returns each approval with its status, and the index of the approval of each change.
pub(crate) fn check(
    approvals: Vec<Approval>,
    changes: &[Change],
    today: Date,
) -> (Vec<CheckedApproval>, Vec<Option<usize>>) {
    let is_about = |approval: &Approval, change: &Change| {
        approval.rule == change.rule && approval.pointer == change.pointer() && !change.rule.is_unknown()
    };
    let about = changes.iter().map(|change| approvals.iter().position(|approval| is_about(approval, change)));
    let about: Vec<_> = about.collect();
    let status = |approval: &Approval| {
        let matching: Vec<_> = changes.iter().filter(|change| is_about(approval, change)).collect();
        match matching {
            _ if is_expired(approval, today) => ApprovalStatus::Expired,
            matching if matching.is_empty() => ApprovalStatus::Unused,
            matching if matching.iter().any(|change| is_breaking(change)) => ApprovalStatus::Used,
            _ => ApprovalStatus::Needless,
        }
    };
    let statuses: Vec<_> = approvals.iter().map(status).collect();
    let checked = approvals.into_iter().zip(statuses).map(|(approval, status)| CheckedApproval { approval, status });
    (checked.collect(), about)
}

/// Returns the current day in UTC, so that the time zone does not matter.
pub(crate) fn today() -> Date {
    OffsetDateTime::now_utc().date()
}

/// Parses a day such as `2027-01-31`.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let value = DeValue::parse(text).ok();
    value.and_then(|value| date(value.get_ref())).ok_or_else(|| format!("`{text}` is not a day such as 2027-01-31"))
}

/// Parses the file.
///
/// # Errors
///
/// All errors of the file, each with its line.
pub(crate) fn read(text: &str) -> Result<Vec<Approval>, Vec<String>> {
    let mut parser = ApprovalParser { text, errors: Vec::new() };
    let approvals = parser.document();
    if parser.errors.is_empty() { Ok(approvals) } else { Err(parser.errors) }
}

/// A hand-written parser, since a derived one stops at the first error and cannot explain it.
struct ApprovalParser<'a> {
    text: &'a str,
    errors: Vec<String>,
}

impl ApprovalParser<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|byte| *byte == b'\n').count()
    }

    fn report(&mut self, at: usize, what: impl Display) {
        let line = self.line(at);
        self.errors.push(format!("{PATH}:{line}: {what}"));
    }

    fn document(&mut self) -> Vec<Approval> {
        let table = match DeTable::parse(self.text) {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.report(at, error.message());
                return Vec::new();
            }
        };
        let mut approvals = Vec::new();
        for (key, value) in table.get_ref() {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("approval", DeValue::Array(entries)) => {
                    approvals = entries.iter().flat_map(|entry| self.approvals(entry).unwrap_or_default()).collect();
                }
                ("approval", _) => self.report(key.span().start, "write `[[approval]]`, in two pairs of brackets"),
                (other, _) => {
                    self.report(
                        key.span().start,
                        format_args!("unknown key `{other}`: the only one is `[[approval]]`"),
                    );
                }
            }
        }
        for (index, approval) in approvals.iter().enumerate() {
            let Approval { rule, pointer, line, .. } = approval;
            let first = approvals[..index].iter().find(|first| (&first.rule, &first.pointer) == (rule, pointer));
            if let Some(first) = first {
                let what = format!("`{rule}` at {pointer} is already approved in line {}", first.line);
                self.errors.push(format!("{PATH}:{line}: {what}"));
            }
        }
        approvals
    }

    /// Reads an entry, which is an approval for each of its pointers.
    fn approvals(&mut self, entry: &Spanned<DeValue<'_>>) -> Option<Vec<Approval>> {
        let at = entry.span().start;
        let Some(table) = entry.get_ref().as_table() else {
            self.report(at, "an approval is a table: write `[[approval]]` above its keys");
            return None;
        };
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let what = format!("unknown key `{}`: an approval has {}", key.get_ref(), KEYS.join(", "));
            self.report(key.span().start, what);
        }
        // All fields are read before any `?`, so that all errors are reported at once.
        let (rule, pointers) = (self.rule(at, table), self.pointers(at, table));
        let (reason, expires) = (self.reason(at, table), self.expires(at, table));
        let (rule, reason, expires, line) = (rule?, reason?, expires?, self.line(at));
        let approval = |pointer| Approval { rule, pointer, reason: reason.clone(), expires, line };
        Some(pointers?.into_iter().map(approval).collect())
    }

    fn rule(&mut self, at: usize, table: &DeTable<'_>) -> Option<RuleId> {
        let (at, name) = self.string(at, table, "rule", "the id of a rule, as `cargo xtask diff` shows it")?;
        if name.starts_with("unknown") {
            self.report(at, format_args!("`{name}` cannot be approved: no rule says what such a change means"));
            return None;
        }
        let rule = RuleId::from_name(&name);
        if rule.is_none() {
            self.report(at, format_args!("`{name}` is not a rule: `cargo xtask diff` shows the rule of each change"));
        }
        rule
    }

    /// Reads a pointer or a list of pointers.
    fn pointers(&mut self, at: usize, table: &DeTable<'_>) -> Option<Vec<String>> {
        const HELP: &str = "a JSON pointer, as `cargo xtask diff` shows it, or a list of pointers";
        let Some(value) = table.get("pointer") else {
            self.report(at, format_args!("`pointer` is missing: {HELP}"));
            return None;
        };
        let listed: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => {
                self.report(value.span().start, format_args!("`pointer` is an empty list: {HELP}"));
                return None;
            }
            DeValue::Array(list) => list.iter().collect(),
            _ => vec![value],
        };
        let pointers: Vec<Option<String>> = listed.into_iter().map(|value| self.pointer(value, HELP)).collect();
        pointers.into_iter().collect()
    }

    fn pointer(&mut self, value: &Spanned<DeValue<'_>>, help: &str) -> Option<String> {
        let at = value.span().start;
        let Some(pointer) = value.get_ref().as_str() else {
            self.report(at, format_args!("`pointer` is not a string: {help}"));
            return None;
        };
        if !pointer.is_empty() && !pointer.starts_with('/') {
            self.report(at, format_args!("`{pointer}` is not a JSON pointer: start it with `/`"));
            return None;
        }
        Some(pointer.to_owned())
    }

    fn reason(&mut self, at: usize, table: &DeTable<'_>) -> Option<String> {
        let (at, reason) = self.string(at, table, "reason", "why the change is acceptable")?;
        if reason.trim().is_empty() {
            self.report(at, "the reason is blank: say why the change is acceptable");
            return None;
        }
        Some(reason.trim().to_owned())
    }

    fn expires(&mut self, at: usize, table: &DeTable<'_>) -> Option<Date> {
        const HELP: &str = "the last day on which this counts, without quotes, such as `expires = 2027-01-31`";
        let Some(value) = table.get("expires") else {
            self.report(at, format_args!("`expires` is missing: {HELP}"));
            return None;
        };
        let date = date(value.get_ref());
        if date.is_none() {
            self.report(value.span().start, format_args!("`expires` is not a day: {HELP}"));
        }
        date
    }

    /// Reads a string, and returns it with its position.
    fn string(&mut self, at: usize, table: &DeTable<'_>, key: &str, what: &str) -> Option<(usize, String)> {
        let Some(value) = table.get(key) else {
            self.report(at, format_args!("`{key}` is missing: {what}"));
            return None;
        };
        let at = value.span().start;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.report(at, format_args!("`{key}` is not a string: {what}"));
        }
        text.map(|text| (at, text.to_owned()))
    }
}

/// Reads a date without a time.
fn date(value: &DeValue<'_>) -> Option<Date> {
    let value = value.as_datetime().filter(|value| value.time.is_none() && value.offset.is_none())?;
    let date = value.date?;
    Date::from_calendar_date(date.year.into(), Month::try_from(date.month).ok()?, date.day).ok()
}

#[cfg(test)]
mod tests;
