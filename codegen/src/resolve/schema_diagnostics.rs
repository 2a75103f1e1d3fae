//! The diagnostics that the resolver reports.

use super::raw_schema::RawSchema;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::suggest;

/// Reports a schema that is nested too deep.
pub(super) fn too_deep(at: &str, max_depth: usize) -> Diagnostic {
    let message = format!("schemas are nested more than {max_depth} levels deep here, references included");
    Diagnostic::error("limit-exceeded", at, message)
        .help("break the cycle of references, or move an inner schema to `components.schemas`")
}

/// Reports a reference that leads back to itself.
pub(super) fn leads_to_itself(at: &str) -> Diagnostic {
    Diagnostic::error("cyclic-schema", at, "this reference leads back to itself")
        .help("refer to an object that is not a reference")
}

/// Reports that the schemas of a document combine in too many ways.
pub(super) fn too_many(at: &str) -> Diagnostic {
    let message = "the schemas combine in too many ways: reading them stopped here";
    Diagnostic::error("limit-exceeded", at, message)
        .help("inherit and nest fewer schemas: each `allOf` copies all properties of its parts")
}

/// Reports a union that is one of its own variants.
pub(crate) fn variant_of_itself(at: &str, union: &str) -> Diagnostic {
    Diagnostic::error("cyclic-schema", at, "this variant leads back to the union that lists it")
        .related(union, "the union")
        .help("list the variants of the inner union here instead, or remove this variant")
}

/// Reports a reference to a schema that does not exist.
pub(super) fn dangling(names: &[&str], at: &str, reference: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("dangling-ref", at, format!("there is nothing at `{reference}`"));
    let name = reference.rsplit('/').next().unwrap_or(reference);
    match suggest::nearest(name, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `#/components/schemas/{near}`?")),
        None => diagnostic.help("define it in `components.schemas`, or refer to a schema that exists"),
    }
}

/// Reports a component that is part of its own definition.
pub(super) fn made_of_itself(at: &str, reference: &str) -> Diagnostic {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    Diagnostic::error("cyclic-schema", at, format!("`{name}` is part of its own definition"))
        .help("a schema can refer to itself in its properties, list elements and map values, but not in its `allOf`")
}

/// Reports the keywords of a schema that have no effect.
pub(super) fn without_effect(at: &str, schema: &RawSchema<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty() {
        let at = pointer::child(at, "discriminator");
        let message = "this discriminator has no effect without `oneOf` or `anyOf`";
        diagnostics.push(
            Diagnostic::warning("unused-discriminator", &*at, message)
                .help("define a schema with this discriminator and a `oneOf` of the schemas that it selects"),
        );
    }
    if schema.not.is_some() {
        let at = pointer::child(at, "not");
        diagnostics.push(
            Diagnostic::warning("unchecked-constraint", &*at, "`validate()` does not check `not`")
                .help("describe the allowed values instead, or state the rule in `description`"),
        );
    }
    diagnostics
}

/// Reports a union whose variants only require properties.
pub(super) fn unchecked_requirements(at: &str) -> Diagnostic {
    let message = "`validate()` does not check which of these properties are present";
    let help = "define the properties in each variant to make this a union, or state the rule in `description`";
    Diagnostic::warning("unchecked-constraint", at, message).help(help)
}
