//! `type` of a schema.

use super::comparison::Comparison;
use super::finding::Finding;
use super::rules::RuleId;
use super::schema_pair::SchemaPair;
use crate::lower::flat::Kind;

/// How the values of a new type relate to those of the old one.
enum TypeRelation {
    Same,
    /// All of the old ones, and more.
    Wider,
    Narrower,
    Other,
}

/// Compares the types. Returns whether they are alike, so that other keywords can be compared.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) -> bool {
    let (before, after) = (both.base.flat.kind, both.head.flat.kind);
    let rule = match relation(before, after, both.schema_use.as_text) {
        TypeRelation::Same => {
            if both.is_said_once(comparison, "type") {
                both.report_keyword(comparison, "type", RuleId::TypeImplied);
            }
            return true;
        }
        TypeRelation::Wider => RuleId::TypeWidened,
        TypeRelation::Narrower => RuleId::TypeNarrowed,
        TypeRelation::Other => RuleId::TypeChanged,
    };
    let name = |kind: Option<Kind>| Some(kind.map_or("any", Kind::name).to_owned());
    let finding = both.parts().at_keyword(comparison, "type", Finding::new(rule, both.usage()));
    comparison.report(finding.showing(name(before), name(after)));
    // The bounds of an integer and of a number mean the same.
    is_numeric(before) && is_numeric(after)
}

fn is_numeric(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Integer | Kind::Number))
}

fn relation(before: Option<Kind>, after: Option<Kind>, as_text: bool) -> TypeRelation {
    let is_scalar = |kind: Option<Kind>| kind.is_some_and(|kind| !matches!(kind, Kind::Array | Kind::Object));
    match (before, after) {
        _ if before == after => TypeRelation::Same,
        (None, _) | (Some(Kind::Number), Some(Kind::Integer)) => TypeRelation::Narrower,
        (_, None) | (Some(Kind::Integer), Some(Kind::Number)) => TypeRelation::Wider,
        (_, Some(Kind::String)) if as_text && is_scalar(before) => TypeRelation::Wider,
        (Some(Kind::String), _) if as_text && is_scalar(after) => TypeRelation::Narrower,
        _ => TypeRelation::Other,
    }
}
