//! Keywords that restrict values and do not have a file of their own: `format`, `pattern`, `uniqueItems` and
//! `x-secret`.

use super::comparison::Comparison;
use super::impact_by_direction::NONE;
use super::rules::RuleId;
use super::schema_pair::SchemaPair;

pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    compare_secret(comparison, both);
    compare_formats(comparison, both);
    compare_patterns(comparison, both);
    compare_uniqueness(comparison, both);
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

/// Whether a format does not restrict values.
fn is_hint(format: &str) -> bool {
    format == "password"
}

fn compare_patterns<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.pattern, both.head.merged.pattern);
    let rule = match (before, after) {
        _ if before == after || !both.may_apply("pattern") => return,
        (None, _) => RuleId::PatternAdded,
        (_, None) => RuleId::PatternRemoved,
        // It is not decidable here whether one pattern contains the other.
        _ => RuleId::PatternChanged,
    };
    both.report_keyword(comparison, "pattern", rule);
}

fn compare_uniqueness<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) {
    let (before, after) = (both.base.merged.unique, both.head.merged.unique);
    if before != after && both.may_apply("uniqueItems") {
        let rule = if after { RuleId::UniqueItemsRequired } else { RuleId::UniqueItemsNoLongerRequired };
        both.report_keyword(comparison, "uniqueItems", rule);
    }
}
