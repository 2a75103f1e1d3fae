//! `type` of a schema.

use super::comparison::Comparison;
use super::difference::Difference;
use super::impact_by_direction::BREAKING;
use super::rules::RuleId;
use super::schema_pair::{CompareSchemas as _, PartsPair, SchemaPair};
use crate::resolve::JsonType;

/// How the values of a new type relate to those of the old one.
enum TypeRelation {
    Same,
    /// All of the old ones, and more.
    Wider,
    Narrower,
    Other,
}

/// Compares the types, and returns the difference if they are not the same.
pub(super) fn compare<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>) -> Option<Difference> {
    let (before, after) = types(both);
    let rule = match relation(both) {
        TypeRelation::Same => {
            if both.is_stated_on_one_side(comparison, "type") {
                both.report_keyword(comparison, "type", RuleId::TypeImplied);
            }
            return None;
        }
        TypeRelation::Wider => RuleId::TypeWidened,
        TypeRelation::Narrower => RuleId::TypeNarrowed,
        TypeRelation::Other => RuleId::TypeChanged,
    };
    let name = |kind: Option<JsonType>| Some(kind.map_or("any", JsonType::name).to_owned());
    let difference = both.parts().at_keyword(comparison, "type", Difference::new(rule, both.usage()));
    let difference = difference.showing(name(before), name(after));
    Some(if is_repeated(both) { judge_repeated(comparison, both, difference) } else { difference })
}

fn types(both: &SchemaPair<'_>) -> (Option<JsonType>, Option<JsonType>) {
    (both.base.merged.json_type, both.head.merged.json_type)
}

/// Whether both types are numbers, whose bounds mean the same.
pub(super) fn are_numeric(both: &SchemaPair<'_>) -> bool {
    let is_numeric = |kind: Option<JsonType>| matches!(kind, Some(JsonType::Integer | JsonType::Number));
    let (before, after) = types(both);
    is_numeric(before) && is_numeric(after)
}

/// Whether a scalar becomes an array that is sent in the same way, or the reverse.
pub(super) fn is_repeated(both: &SchemaPair<'_>) -> bool {
    let is_array = |kind| kind == Some(JsonType::Array);
    let (before, after) = types(both);
    both.schema_use.is_repeatable && ((is_scalar(before) && is_array(after)) || (is_array(before) && is_scalar(after)))
}

/// Judges a scalar that becomes an array by the elements, since one element looks like the scalar.
fn judge_repeated<'a>(comparison: &mut Comparison<'a>, both: &SchemaPair<'a>, difference: Difference) -> Difference {
    let (base, head) = (&both.base, &both.head);
    let elements = |schema: &super::schema_pair::ResolvedSchema<'a>| {
        if schema.merged.json_type == Some(JsonType::Array) {
            schema.merged.items.clone()
        } else {
            schema.parts.clone()
        }
    };
    let (before, after) = (elements(base), elements(head));
    let parts = PartsPair { base: &before, head: &after };
    let wire = comparison.dry_run(|comparison| comparison.compare_schemas(parts, both.schema_use.inner()));
    let needs_more = head.merged.item_count.min.is_some_and(|least| least > 1);
    let difference = if needs_more { difference.judged(BREAKING) } else { difference };
    Difference { wire: difference.wire.max(wire), ..difference }
}

fn is_scalar(kind: Option<JsonType>) -> bool {
    kind.is_some_and(|kind| !matches!(kind, JsonType::Array | JsonType::Object))
}

fn relation(both: &SchemaPair<'_>) -> TypeRelation {
    let as_text = both.schema_use.as_text;
    let (before, after) = types(both);
    match (before, after) {
        _ if before == after => TypeRelation::Same,
        (None, _) | (Some(JsonType::Number), Some(JsonType::Integer)) => TypeRelation::Narrower,
        (_, None) | (Some(JsonType::Integer), Some(JsonType::Number)) => TypeRelation::Wider,
        (_, Some(JsonType::String)) if as_text && is_scalar(before) => TypeRelation::Wider,
        (Some(JsonType::String), _) if as_text && is_scalar(after) => TypeRelation::Narrower,
        _ if is_repeated(both) && is_scalar(before) => TypeRelation::Wider,
        _ if is_repeated(both) => TypeRelation::Narrower,
        _ => TypeRelation::Other,
    }
}
