//! Merges two schemas that a value must both satisfy, such as the parts of an `allOf`.

use super::diagnostic_sink::DiagnosticSink;
use super::json_type::JsonType;
use super::merged_schema::{MergedSchema, UnionSchema};
use super::schema_site::AllOf;
use crate::diagnostics::Diagnostic;
use crate::ir::{NumberBounds, SizeBounds};
use crate::numbers::{ByValue, compare};
use serde_json::{Number, Value};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::rc::Rc;

impl<'a> MergedSchema<'a> {
    /// Narrows the schema to the values that `other` accepts as well. The annotations of `other` win.
    pub(crate) fn merge(&mut self, mut other: MergedSchema<'a>, diagnostics: &mut DiagnosticSink) {
        self.annotations = other.annotations.or(self.annotations);
        self.nullable = match (self.nullable, other.nullable) {
            (Some(mine), Some(theirs)) => Some(mine && theirs),
            (mine, theirs) => mine.or(theirs),
        };
        self.merge_type(&other, diagnostics);
        self.open = match (&self.values, &other.values) {
            (Some(_), Some(_)) => self.open && other.open,
            (None, Some(_)) => other.open,
            (_, None) => self.open,
        };
        let values = other.values.take();
        self.merge_values(values, &other.pointer, diagnostics);
        self.merge_format(&other, diagnostics);
        self.merge_pattern(&other, diagnostics);
        merge_numbers(&mut self.number, &other.number);
        merge_sizes(&mut self.length, other.length);
        merge_sizes(&mut self.item_count, other.item_count);
        merge_sizes(&mut self.property_count, other.property_count);
        merge_sizes(&mut self.property_names, other.property_names);
        self.secret |= other.secret;
        self.null_unlisted |= other.null_unlisted;
        self.unique |= other.unique;
        self.closed |= other.closed;
        merge_sites(&mut self.items, other.items);
        merge_sites(&mut self.additional, other.additional);
        for (name, sites) in other.properties {
            merge_sites(self.properties.entry(name).or_default(), sites);
        }
        for (name, pointer) in other.required {
            self.required.entry(name).or_insert(pointer);
        }
        merge_unions(&mut self.unions, other.unions);
        merge_unions(&mut self.scalar_unions, other.scalar_unions);
        for ancestor in other.ancestors {
            if !self.ancestors.contains(&ancestor) {
                self.ancestors.push(ancestor);
            }
        }
    }

    fn merge_type(&mut self, other: &Self, diagnostics: &mut DiagnosticSink) {
        match (self.json_type, other.json_type) {
            (Some(mine), Some(theirs)) if mine == theirs => {}
            (_, None) | (Some(JsonType::Integer), Some(JsonType::Number)) => {}
            (None, Some(_)) | (Some(JsonType::Number), Some(JsonType::Integer)) => {
                self.json_type = other.json_type;
                self.type_pointer = Rc::clone(&other.type_pointer);
            }
            (Some(mine), Some(theirs)) => diagnostics.push(
                conflict(
                    &other.type_pointer,
                    format!(
                        "this schema requires type `{}`, but another one for the same value requires type `{}`",
                        theirs.name(),
                        mine.name()
                    ),
                )
                .related(&*self.type_pointer, format!("requires type `{}`", mine.name())),
            ),
        }
    }

    fn merge_values(&mut self, theirs: Option<Vec<&'a Value>>, at: &str, diagnostics: &mut DiagnosticSink) {
        let Some(theirs) = theirs else { return };
        let Some(mine) = &mut self.values else {
            self.values = Some(theirs);
            return;
        };
        let listed: HashSet<ByValue<'_>> = theirs.iter().copied().map(ByValue).collect();
        let common: Vec<&Value> = mine.iter().copied().filter(|value| listed.contains(&ByValue(value))).collect();
        if common.is_empty() && !theirs.is_empty() && !mine.is_empty() {
            let message = "this `enum` and another one for the same value have no value in common".to_owned();
            diagnostics.push(conflict(at, message).related(&*self.pointer, "the other `enum`"));
        } else {
            *mine = common;
        }
    }

    fn merge_format(&mut self, other: &Self, diagnostics: &mut DiagnosticSink) {
        match (self.format, other.format) {
            (Some(mine), Some(theirs)) if mine != theirs => diagnostics.push(
                conflict(
                    &other.pointer,
                    format!(
                        "this schema requires format `{theirs}`, but another one for the same value requires `{mine}`"
                    ),
                )
                .related(&*self.pointer, format!("requires format `{mine}`")),
            ),
            (mine, theirs) => self.format = theirs.or(mine),
        }
    }

    fn merge_pattern(&mut self, other: &Self, diagnostics: &mut DiagnosticSink) {
        if let (Some(mine), Some(theirs)) = (self.pattern, other.pattern)
            && mine != theirs
        {
            let message = "two patterns apply to the same value, and `validate()` checks only this one";
            diagnostics.push(
                Diagnostic::warning("unchecked-constraint", &*other.pointer, message)
                    .related(&*self.pointer, "the pattern that is not checked")
                    .help("combine both into one pattern"),
            );
        }
        self.pattern = other.pattern.or(self.pattern);
    }
}

fn conflict(at: &str, message: String) -> Diagnostic {
    Diagnostic::error("conflicting-all-of", at, message)
        .help("a value must satisfy all of these schemas at once: make them agree, or remove one")
}

fn merge_sites<'a>(mine: &mut AllOf<'a>, theirs: AllOf<'a>) {
    for site in theirs {
        // Parts often repeat each other. Of equal schemas, the first is enough.
        if !mine.iter().any(|known| known.pointer == site.pointer || known.json() == site.json()) {
            mine.push(site);
        }
    }
}

fn merge_unions<'a>(mine: &mut Vec<UnionSchema<'a>>, theirs: Vec<UnionSchema<'a>>) {
    for union in theirs {
        if !mine.iter().any(|known| known.pointer == union.pointer) {
            mine.push(union);
        }
    }
}

fn merge_sizes(mine: &mut SizeBounds, theirs: SizeBounds) {
    mine.min = mine.min.max(theirs.min);
    mine.max = match (mine.max, theirs.max) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
}

fn merge_numbers(mine: &mut NumberBounds, theirs: &NumberBounds) {
    tighten(
        (&mut mine.minimum, &mut mine.exclusive_minimum),
        (theirs.minimum.as_ref(), theirs.exclusive_minimum),
        Ordering::Greater,
    );
    tighten(
        (&mut mine.maximum, &mut mine.exclusive_maximum),
        (theirs.maximum.as_ref(), theirs.exclusive_maximum),
        Ordering::Less,
    );
    if theirs.multiple_of.is_some() {
        mine.multiple_of.clone_from(&theirs.multiple_of);
    }
}

fn tighten(
    (mine, mine_exclusive): (&mut Option<Number>, &mut bool),
    theirs: (Option<&Number>, bool),
    tighter: Ordering,
) {
    let Some(limit) = theirs.0 else { return };
    let order = mine.as_ref().map_or(tighter, |known| compare(limit, known));
    if order == tighter {
        *mine = Some(limit.clone());
        *mine_exclusive = theirs.1;
    } else if order == Ordering::Equal {
        *mine_exclusive |= theirs.1;
    }
}
