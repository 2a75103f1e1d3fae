//! The state that all comparisons share: the two documents, the pairs already compared, and the differences found.

use super::difference::Difference;
use super::document_side::DocumentSide;
use super::impact::WireImpact;
use super::located_value::{LocatedValue, ValuePair};
use super::revision::Revision;
use crate::ir::Usage;
use crate::resolve::SchemaSite;
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A comparison of two documents while it runs.
pub(super) struct Comparison<'a> {
    pub(super) base: DocumentSide<'a>,
    pub(super) head: DocumentSide<'a>,
    pub(super) found: Vec<Difference>,
    /// The pointers of schemas and operations of the old document, and of their successors in the new one.
    pub(super) pairs: HashMap<Rc<str>, Rc<str>>,
    /// The component schemas that have another key in the new document, by index.
    pub(super) renamed: HashMap<usize, usize>,
    /// The security schemes that have another name in the new document.
    pub(super) renamed_schemes: IndexMap<&'a str, &'a str>,
    /// The pairs that were compared, and the directions for which they were.
    compared: HashSet<(Rc<str>, Rc<str>, bool, bool)>,
    /// The depth of nested schemas.
    pub(super) depth: usize,
    /// The depth of nested dry runs.
    dry_runs: usize,
    /// The places of objects other than schemas that operations lead to.
    pub(super) visited: HashSet<Rc<str>>,
    /// How operations inherit `security` from the document.
    pub(super) inherited_security: InheritedSecurity,
}

/// Whether any operation inherits the document's `security` because it does not state its own.
#[derive(Clone, Copy, Default)]
pub(super) struct InheritedSecurity {
    pub(super) on_both_sides: bool,
    pub(super) on_one_side: bool,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(base: &'a Revision, head: &'a Revision) -> Self {
        Self {
            base: DocumentSide::new(base),
            head: DocumentSide::new(head),
            found: Vec::new(),
            pairs: HashMap::new(),
            renamed: HashMap::new(),
            renamed_schemes: IndexMap::new(),
            compared: HashSet::new(),
            depth: 0,
            dry_runs: 0,
            visited: HashSet::new(),
            inherited_security: InheritedSecurity::default(),
        }
    }

    /// Returns the roots of both documents.
    pub(super) fn roots(&self) -> ValuePair<'a> {
        ValuePair { base: self.base.root(), head: self.head.root() }
    }

    /// Returns a component schema of each document.
    pub(super) fn component_pair(&self, base: usize, head: usize) -> Option<(SchemaSite<'a>, SchemaSite<'a>)> {
        let was = self.base.schemas.components.site(base)?;
        Some((was.clone(), self.head.schemas.components.site(head)?.clone()))
    }

    pub(super) fn report(&mut self, difference: Difference) {
        self.found.push(difference);
    }

    /// Whether two places have yet to be compared for these directions. From now on they count as compared.
    pub(super) fn begin(&mut self, base: &Rc<str>, head: &Rc<str>, usage: Usage) -> bool {
        self.compared.insert((Rc::clone(base), Rc::clone(head), usage.request, usage.response))
    }

    /// Compares without reporting, and returns the worst wire verdict.
    pub(super) fn dry_run(&mut self, compare: impl FnOnce(&mut Self)) -> WireImpact {
        let found = std::mem::take(&mut self.found);
        let (pairs, renamed) = (std::mem::take(&mut self.pairs), self.renamed.clone());
        // The outermost dry run compares every pair again. Those within it share its record, since schemas may lead
        // back to each other.
        let compared = (self.dry_runs == 0).then(|| std::mem::take(&mut self.compared));
        self.dry_runs += 1;
        compare(self);
        self.dry_runs -= 1;
        let wire = self.found.iter().map(|difference| difference.wire).max().unwrap_or_default();
        (self.found, self.pairs, self.renamed) = (found, pairs, renamed);
        if let Some(compared) = compared {
            self.compared = compared;
        }
        wire
    }

    /// Follows the references on both sides of anything but schemas.
    pub(super) fn resolve(&mut self, base: &LocatedValue<'a>, head: &LocatedValue<'a>) -> ValuePair<'a> {
        ValuePair { base: self.visit_base(base), head: self.visit_head(head) }
    }

    /// Follows the references of something that only the old document has.
    pub(super) fn visit_base(&mut self, value: &LocatedValue<'a>) -> LocatedValue<'a> {
        let resolved = self.base.resolve(value);
        self.visited.insert(Rc::clone(&resolved.at));
        resolved
    }

    /// Follows the references of something that only the new document has.
    pub(super) fn visit_head(&mut self, value: &LocatedValue<'a>) -> LocatedValue<'a> {
        let resolved = self.head.resolve(value);
        self.visited.insert(Rc::clone(&resolved.at));
        resolved
    }
}
