//! Keywords that restrict values and do not have a file of their own: `format`, `pattern`, `uniqueItems` and
//! `x-secret`.

use super::comparison::Comparison;
use super::impact_by_direction::NONE;
use super::rules::RuleId;
use super::schema_pair::SchemaPair;

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    compare_secret(comparison, both);
    compare_uniqueness(comparison, both);
}

/// Compares what restricts the text of a string.
pub(super) fn compare_text<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    compare_formats(comparison, both);
    compare_patterns(comparison, both);
}

fn compare_secret<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.secret, both.head.merged.secret);
    if before != after {
        let rule = if after { RuleId::SecretAdded } else { RuleId::SecretRemoved };
        both.report_keyword(comparison, "x-secret", rule);
    }
}

fn compare_formats<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.format, both.head.merged.format);
    if before == after {
        return;
    }
    if [before, after].iter().flatten().all(|format| is_hint(format)) {
        let difference = both.keyword_difference(comparison, "format", RuleId::FormatChanged);
        return comparison.report(difference.judged(NONE));
    }
    let rule = match (before, after) {
        (None, _) => RuleId::FormatAdded,
        (_, None) => RuleId::FormatRemoved,
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => RuleId::FormatWidened,
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => RuleId::FormatNarrowed,
        _ => RuleId::FormatChanged,
    };
    both.report_keyword(comparison, "format", rule);
}

/// Whether a pattern matches every text, as far as that is easy to see.
pub(super) fn matches_everything(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let is_any = matches!(inner, "" | ".*" | ".*?" | "(.*)" | r"[\s\S]*" | r"[\d\D]*" | r"[\w\W]*" | r"(.|\n)*");
    is_any && pattern != "^$"
}

/// Whether a format does not restrict values.
pub(super) fn is_hint(format: &str) -> bool {
    format == "password"
}

fn compare_patterns<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.pattern, both.head.merged.pattern);
    if before == after || !both.may_apply("pattern") {
        return;
    }
    let restricts = |pattern: Option<&'a str>| pattern.is_some_and(|pattern| !matches_everything(pattern));
    let restricts = [restricts(before), restricts(after)];
    let rule = match (before, after) {
        (None, _) => RuleId::PatternAdded,
        (_, None) => RuleId::PatternRemoved,
        _ if restricts == [false, true] => RuleId::PatternAdded,
        _ if restricts == [true, false] => RuleId::PatternRemoved,
        // It is not decidable here whether one pattern contains the other.
        _ => RuleId::PatternChanged,
    };
    let difference = both.keyword_difference(comparison, "pattern", rule);
    comparison.report(if restricts == [false, false] { difference.judged(NONE) } else { difference });
}

fn compare_uniqueness<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.unique, both.head.merged.unique);
    if before != after && both.may_apply("uniqueItems") {
        let rule = if after { RuleId::UniqueItemsRequired } else { RuleId::UniqueItemsNoLongerRequired };
        both.report_keyword(comparison, "uniqueItems", rule);
    }
}
