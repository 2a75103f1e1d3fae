//! Resolves the schemas of a document: follows references and merges `allOf`.
//!
//! The lowering and the comparison of two documents both read schemas through a [`SchemaResolver`]. A written schema is
//! a [`SchemaSite`] with its keywords in a [`RawSchema`]. The resolver merges the schemas that a value must satisfy
//! together into one [`MergedSchema`].

mod accepted_types;
mod annotations;
mod budget;
mod component_use;
mod components;
mod diagnostic_sink;
mod json_type;
mod keyword_site;
mod merge;
mod merged_schema;
mod raw_schema;
mod repeated_variants;
mod required_groups;
mod resolver;
mod scalar_union;
mod schema_diagnostics;
mod schema_site;
mod variant_choice;

pub(crate) use annotations::Annotations;
pub(crate) use budget::MAX_DEPTH;
pub(crate) use component_use::ComponentUse;
pub(crate) use components::ComponentSchemas;
pub(crate) use diagnostic_sink::DiagnosticSink;
pub(crate) use json_type::{JsonType, JsonTypes};
pub(crate) use merged_schema::{MergedSchema, UnionSchema};
pub(crate) use raw_schema::RawSchema;
pub(crate) use resolver::SchemaResolver;
pub(crate) use schema_diagnostics::variant_of_itself;
pub(crate) use schema_site::{OwnerIndex, SchemaSite};
