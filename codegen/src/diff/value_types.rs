//! `type` of a schema.

use super::comparison::Comparison;
use super::difference::Difference;
use super::rules::RuleId;
use super::schema_pair::SchemaPair;
use crate::resolve::JsonType;

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
    let (before, after) = (both.base.merged.json_type, both.head.merged.json_type);
    let rule = match relation(before, after, both.schema_use.as_text) {
        TypeRelation::Same => {
            if both.is_stated_on_one_side(comparison, "type") {
                both.report_keyword(comparison, "type", RuleId::TypeImplied);
            }
            return true;
        }
        TypeRelation::Wider => RuleId::TypeWidened,
        TypeRelation::Narrower => RuleId::TypeNarrowed,
        TypeRelation::Other => RuleId::TypeChanged,
    };
    let name = |kind: Option<JsonType>| Some(kind.map_or("any", JsonType::name).to_owned());
    let difference = both.parts().at_keyword(comparison, "type", Difference::new(rule, both.usage()));
    comparison.report(difference.showing(name(before), name(after)));
    // The bounds of an integer and of a number mean the same.
    is_numeric(before) && is_numeric(after)
}

fn is_numeric(kind: Option<JsonType>) -> bool {
    matches!(kind, Some(JsonType::Integer | JsonType::Number))
}

fn relation(before: Option<JsonType>, after: Option<JsonType>, as_text: bool) -> TypeRelation {
    let is_scalar =
        |kind: Option<JsonType>| kind.is_some_and(|kind| !matches!(kind, JsonType::Array | JsonType::Object));
    match (before, after) {
        _ if before == after => TypeRelation::Same,
        (None, _) | (Some(JsonType::Number), Some(JsonType::Integer)) => TypeRelation::Narrower,
        (_, None) | (Some(JsonType::Integer), Some(JsonType::Number)) => TypeRelation::Wider,
        (_, Some(JsonType::String)) if as_text && is_scalar(before) => TypeRelation::Wider,
        (Some(JsonType::String), _) if as_text && is_scalar(after) => TypeRelation::Narrower,
        _ => TypeRelation::Other,
    }
}
