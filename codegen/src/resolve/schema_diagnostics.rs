//! The findings of the resolver.

use super::components::ComponentSchemas;
use super::raw_schema::RawSchema;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::suggest;

/// How far references and nested schemas are followed. Real documents stay below ten; a deeper one has a circle, or
/// would overflow the stack.
pub(crate) const MAX_DEPTH: usize = 200;

/// Reports a schema that is nested too deep.
pub(super) fn too_deep(at: &str) -> Diagnostic {
    let message = format!("this is nested or referred to more than {MAX_DEPTH} levels deep");
    Diagnostic::error("cyclic-schema", at, message)
        .help("break the circle of references, or make a component of an inner schema")
}

/// Reports a reference to a schema that is not there.
pub(super) fn dangling(components: &ComponentSchemas<'_>, at: &str, reference: &str) -> Diagnostic {
    let finding = Diagnostic::error("dangling-ref", at, format!("`{reference}` leads nowhere"));
    let name = reference.rsplit('/').next().unwrap_or(reference);
    match suggest::nearest(name, components.keys().iter().copied()) {
        Some(near) => finding.help(format!("did you mean `#/components/schemas/{near}`?")),
        None => finding.help("define it in `components.schemas`, or refer to a schema that is there"),
    }
}

/// Reports a component that is one of its own parts.
pub(super) fn made_of_itself(at: &str, reference: &str) -> Diagnostic {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    Diagnostic::error("cyclic-schema", at, format!("`{name}` is made of itself"))
        .help("a schema can refer to itself from a property, a list or a map, not from its own parts")
}

/// Reports the keywords of a schema that have no effect.
pub(super) fn without_effect(at: &str, schema: &RawSchema<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty() {
        let at = pointer::child(at, "discriminator");
        findings.push(
            Diagnostic::warning("unused-discriminator", &*at, "there is no `oneOf` or `anyOf` for it to tell apart")
                .help("list the schemas that it selects in a `oneOf` of its own, with this discriminator"),
        );
    }
    if schema.not.is_some() {
        let at = pointer::child(at, "not");
        findings.push(
            Diagnostic::warning("unchecked-constraint", &*at, "`not` is not checked")
                .help("say what a value is, rather than what it is not"),
        );
    }
    findings
}

/// Reports a union whose variants only require properties.
pub(super) fn unchecked_requirements(at: &str) -> Diagnostic {
    let message = "which of these properties must be there is not checked";
    let help =
        "list the properties in each variant to tell them apart, or say in the description which belong together";
    Diagnostic::warning("unchecked-constraint", at, message).help(help)
}
