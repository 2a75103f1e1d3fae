//! The limits of resolving schemas. Without them, references could overflow the stack, and combinations of schemas
//! could fill the memory.

use super::schema_diagnostics;
use crate::diagnostics::Diagnostic;
use crate::suggest::SuggestionBudget;
use serde_json::Value;
use std::rc::Rc;

/// How deep references and nested schemas are followed. Real documents stay below ten levels. The stack of
/// [`crate::deep_stack`] holds this many.
pub(crate) const MAX_DEPTH: usize = 1_000;

/// How many schemas and members any document may combine.
const LEAST_WORK: usize = 100_000;

/// How many more a document may combine for each value in it. Large real documents need three.
const WORK_PER_VALUE: usize = 10;

/// The depth of the schemas that are followed at the moment, and the work that is left.
#[derive(Debug)]
pub(super) struct Budget {
    depth: usize,
    work_left: usize,
    suggestions: SuggestionBudget,
    overrun: Option<Rc<str>>,
}

impl Budget {
    /// Returns the budget of a document.
    pub(super) fn of(root: &Value) -> Self {
        Self {
            depth: 0,
            work_left: LEAST_WORK + WORK_PER_VALUE * count(root),
            suggestions: SuggestionBudget::default(),
            overrun: None,
        }
    }

    /// Goes one level deeper.
    pub(super) fn descend(&mut self) {
        self.depth += 1;
    }

    /// Leaves a level.
    pub(super) fn ascend(&mut self) {
        self.depth -= 1;
    }

    /// Returns an error if the depth limit is reached.
    pub(super) fn depth_error(&mut self, at: &str) -> Option<Diagnostic> {
        if self.depth <= MAX_DEPTH {
            return None;
        }
        self.overrun.get_or_insert_with(|| at.into());
        Some(schema_diagnostics::too_deep(at, MAX_DEPTH))
    }

    /// Spends work. Returns `false` if none is left, with an error the first time.
    pub(super) fn spend(&mut self, at: &str, work: usize) -> (bool, Option<Diagnostic>) {
        if let Some(left) = self.work_left.checked_sub(work) {
            self.work_left = left;
            return (true, None);
        }
        let is_first = std::mem::take(&mut self.work_left) > 0;
        self.overrun.get_or_insert_with(|| at.into());
        (false, is_first.then(|| schema_diagnostics::too_many(at)))
    }

    /// Returns whether one more error may suggest a name.
    pub(super) fn may_suggest(&mut self) -> bool {
        self.suggestions.take()
    }

    /// Returns the first place at which a limit was reached.
    pub(super) fn overrun(&self) -> Option<&Rc<str>> {
        self.overrun.as_ref()
    }
}

/// Returns the number of values in a document.
fn count(value: &Value) -> usize {
    let within: usize = match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(object) => object.values().map(count).sum(),
        _ => 0,
    };
    within + 1
}
