//! The diagnostics that the resolver reports.

use super::components::ComponentSchemas;
use super::raw_schema::RawSchema;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::suggest;

/// How deep references and nested schemas are followed. Real documents stay below ten levels. A deeper one has a cycle,
/// or would overflow the stack.
pub(crate) const MAX_DEPTH: usize = 200;

/// Reports a schema that is nested too deep.
pub(super) fn too_deep(at: &str) -> Diagnostic {
    let message = format!("schemas are nested more than {MAX_DEPTH} levels deep here, references included");
    Diagnostic::error("cyclic-schema", at, message)
        .help("break the cycle of references, or move an inner schema to `components.schemas`")
}

/// Reports a reference to a schema that does not exist.
pub(super) fn dangling(components: &ComponentSchemas<'_>, at: &str, reference: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error("dangling-ref", at, format!("there is nothing at `{reference}`"));
    let name = reference.rsplit('/').next().unwrap_or(reference);
    match suggest::nearest(name, components.keys().iter().copied()) {
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
