//! A schema on both sides: as it is written, and resolved.

use super::comparison::Comparison;
use super::difference::Difference;
use super::document_side::DocumentSide;
use super::rules::RuleId;
use crate::ir::Usage;
use crate::resolve::{JsonType, MergedSchema, SchemaSite};
use serde_json::Value;
use std::rc::Rc;

/// How the value of a schema crosses the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct SchemaUse {
    pub(super) usage: Usage,
    /// As text, in which an integer and a string of its digits are the same.
    pub(super) as_text: bool,
    /// As a query parameter that may be repeated, so that one value and an array of one value are the same.
    pub(super) is_repeatable: bool,
    /// As a property that the new document requires.
    pub(super) is_required: bool,
}

impl SchemaUse {
    /// Returns the use of a schema as JSON.
    pub(super) fn as_json(usage: Usage) -> Self {
        Self { usage, as_text: false, is_repeatable: false, is_required: false }
    }

    /// Returns the use of a schema within the value.
    pub(super) fn inner(self) -> Self {
        Self { is_repeatable: false, is_required: false, ..self }
    }
}

/// The parts of a schema on both sides.
#[derive(Clone, Copy)]
pub(super) struct PartsPair<'p, 'a> {
    pub(super) base: &'p [SchemaSite<'a>],
    pub(super) head: &'p [SchemaSite<'a>],
}

impl<'a> PartsPair<'_, 'a> {
    /// Places a difference at a keyword, or at the schema on a side that does not have it.
    pub(super) fn at_keyword(self, comparison: &Comparison<'a>, keyword: &str, difference: Difference) -> Difference {
        let at = |side: &DocumentSide<'a>, parts: &[SchemaSite<'a>]| {
            side.schemas.stated(parts, keyword).map_or_else(|| pointer(parts), |(at, _)| at)
        };
        difference.at(&at(&comparison.base, self.base), &at(&comparison.head, self.head))
    }
}

/// Returns the place where a schema is written.
pub(super) fn pointer(parts: &[SchemaSite<'_>]) -> Rc<str> {
    parts.first().map_or_else(|| "".into(), |part| Rc::clone(&part.pointer))
}

/// A schema on one side.
pub(super) struct ResolvedSchema<'a> {
    pub(super) parts: Vec<SchemaSite<'a>>,
    pub(super) merged: Rc<MergedSchema<'a>>,
}

impl<'a> ResolvedSchema<'a> {
    fn new(side: &mut DocumentSide<'a>, parts: &[SchemaSite<'a>]) -> Self {
        Self { merged: side.schemas.resolve(parts), parts: parts.to_vec() }
    }

    /// Returns the place where it is written.
    pub(super) fn at(&self) -> Rc<str> {
        pointer(&self.parts)
    }

    /// Returns the value of a keyword.
    fn keyword(&self, side: &DocumentSide<'a>, keyword: &str) -> Option<&'a Value> {
        side.schemas.stated(&self.parts, keyword).map(|(_, value)| value)
    }
}

/// A schema on both sides, resolved, and how its value crosses the wire.
pub(super) struct SchemaPair<'a> {
    pub(super) base: ResolvedSchema<'a>,
    pub(super) head: ResolvedSchema<'a>,
    pub(super) schema_use: SchemaUse,
}

impl<'a> SchemaPair<'a> {
    pub(super) fn new(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, schema_use: SchemaUse) -> Self {
        let base = ResolvedSchema::new(&mut comparison.base, parts.base);
        let head = ResolvedSchema::new(&mut comparison.head, parts.head);
        Self { base, head, schema_use }
    }

    pub(super) fn parts(&self) -> PartsPair<'_, 'a> {
        PartsPair { base: &self.base.parts, head: &self.head.parts }
    }

    pub(super) fn usage(&self) -> Usage {
        self.schema_use.usage
    }

    /// Makes a difference about a keyword, with its place and value on both sides.
    pub(super) fn keyword_difference(&self, comparison: &Comparison<'a>, keyword: &str, rule: RuleId) -> Difference {
        let before = self.base.keyword(&comparison.base, keyword);
        let after = self.head.keyword(&comparison.head, keyword);
        let difference = Difference::new(rule, self.usage());
        self.parts().at_keyword(comparison, keyword, difference).showing_values(before, after)
    }

    /// Reports that a keyword changes, with the wire verdict of the rule.
    pub(super) fn report_keyword(&self, comparison: &mut Comparison<'a>, keyword: &str, rule: RuleId) {
        let difference = self.keyword_difference(comparison, keyword, rule);
        comparison.report(difference);
    }

    /// Returns the same pair with another schema on either side, such as the only variant that counts here.
    pub(super) fn of_parts(&self, comparison: &mut Comparison<'a>, sides: [Option<&SchemaSite<'a>>; 2]) -> Self {
        let [base, head] = sides;
        let base = base.map_or(&*self.base.parts, std::slice::from_ref);
        let head = head.map_or(&*self.head.parts, std::slice::from_ref);
        Self::new(comparison, PartsPair { base, head }, self.schema_use)
    }

    /// Whether a keyword that restricts one kind of values can apply here.
    pub(super) fn may_apply(&self, keyword: &str) -> bool {
        let is_restricted = |kind| restricts(keyword, kind);
        [&self.base, &self.head].iter().any(|schema| schema.merged.json_type.is_none_or(is_restricted))
    }

    /// Whether only one side has a keyword.
    pub(super) fn is_stated_on_one_side(&self, comparison: &Comparison<'a>, keyword: &str) -> bool {
        let before = self.base.keyword(&comparison.base, keyword);
        let after = self.head.keyword(&comparison.head, keyword);
        before.is_some() != after.is_some()
    }
}

/// Whether a keyword restricts values of a kind.
pub(super) fn restricts(keyword: &str, kind: JsonType) -> bool {
    match keyword {
        "minLength" | "maxLength" | "pattern" => kind == JsonType::String,
        "minItems" | "maxItems" | "uniqueItems" => kind == JsonType::Array,
        "minProperties" | "maxProperties" => kind == JsonType::Object,
        _ => matches!(kind, JsonType::Integer | JsonType::Number),
    }
}

/// Compares the schemas within a schema. `schemas` implements it; the files below call it.
pub(super) trait CompareSchemas<'a> {
    /// Compares two schemas and everything within them.
    fn compare_schemas(&mut self, parts: PartsPair<'_, 'a>, schema_use: SchemaUse);
}
