//! Lowers `x-paging`, and checks that the properties and parameters that it names exist and fit.

use super::lowerer::Lowerer;
use super::operation_source::OperationSource;
use super::type_table::TypeTable;
use super::untyped::text;
use crate::diagnostics::Diagnostic;
use crate::ir::{
    Object, Operation, Paging, PagingDirection, Parameter, ParameterContent, ParameterLocation, Property, StringType,
    Type, TypeKind, is_json,
};
use crate::pointer;
use crate::suggest;
use serde_json::Value;

impl<'a> Lowerer<'a> {
    /// Lowers the pagination of an operation.
    pub(super) fn paging(&mut self, source: &OperationSource<'a>, operation: &Operation) -> Option<Paging> {
        let json = source.json.get("x-paging")?;
        let at = pointer::child(&source.pointer, "x-paging");
        let paging = read(json);
        let diagnostics = match (&paging, page(&self.types, operation)) {
            (None, _) => vec![
                Diagnostic::error("paging", &*at, "`items`, or `forward` with `parameter` and `cursor`, is missing")
                    .help("write `x-paging: { items: data, forward: { parameter: after, cursor: last_id } }`"),
            ],
            (_, None) => vec![
                Diagnostic::error("paging", &*at, "the first success response is not a JSON object with `properties`")
                    .help("describe the page as an object that is not nullable, or remove `x-paging`"),
            ],
            (Some(paging), Some(page)) => {
                let mut check = PagingCheck { types: &self.types, operation, page, diagnostics: Vec::new() };
                check.paging(paging, &at);
                check.diagnostics
            }
        };
        let sound = diagnostics.is_empty();
        self.schemas.diagnostics.extend(diagnostics);
        paging.filter(|_| sound)
    }
}

fn read(json: &Value) -> Option<Paging> {
    let direction = |key: &str| {
        let json = json.get(key)?;
        Some(PagingDirection { parameter: text(json, "parameter")?, cursor: text(json, "cursor")? })
    };
    Some(Paging {
        items: text(json, "items")?,
        more: text(json, "more"),
        forward: direction("forward")?,
        backward: direction("backward"),
    })
}

/// Returns the object in the first successful response.
fn page<'t>(types: &'t TypeTable, operation: &'t Operation) -> Option<&'t Object> {
    let response = operation.successes().next()?;
    let media = response.content.iter().find(|media| is_json(&media.name))?;
    let schema = media.schema.as_ref().filter(|schema| !schema.nullable)?;
    let Type::Named(id) = types.resolved(schema) else { return None };
    match &types.get(*id)?.kind {
        TypeKind::Object(object) => Some(object),
        _ => None,
    }
}

/// The comparison of `x-paging` with the operation and its page.
struct PagingCheck<'t> {
    types: &'t TypeTable,
    operation: &'t Operation,
    page: &'t Object,
    diagnostics: Vec<Diagnostic>,
}

impl<'t> PagingCheck<'t> {
    fn paging(&mut self, paging: &Paging, at: &str) {
        self.property(&paging.items, &pointer::child(at, "items"), "a list", |ty| matches!(ty, Type::List(_)));
        if let Some(more) = &paging.more {
            self.property(more, &pointer::child(at, "more"), "a boolean", |ty| matches!(ty, Type::Boolean));
        }
        self.direction(&paging.forward, &pointer::child(at, "forward"));
        if let Some(backward) = &paging.backward {
            self.direction(backward, &pointer::child(at, "backward"));
        }
    }

    fn direction(&mut self, direction: &PagingDirection, at: &str) {
        // Callers receive the cursor to resume, so it must not be a secret.
        let scalar = |ty: &Type| match ty {
            Type::String(string) => !string.secret,
            ty => matches!(ty, Type::Integer(_)),
        };
        let expected = "a string or an integer, and not a secret";
        self.property(&direction.cursor, &pointer::child(at, "cursor"), expected, scalar);
        self.parameter(direction, &pointer::child(at, "parameter"));
    }

    fn property(&mut self, name: &str, at: &str, expected: &str, fits: impl Fn(&Type) -> bool) {
        let Some(property) = property(self.page, name) else {
            let near = suggest::did_you_mean(name, self.page.properties.iter().map(|property| property.name.as_str()));
            let message = format!("the response has no property `{name}`");
            self.diagnostics.push(missing(at, message, near, "name a property of the response"));
            return;
        };
        if !fits(self.types.resolved(&property.schema)) {
            self.diagnostics.push(
                Diagnostic::error("paging", at, format!("the property `{name}` must be {expected}"))
                    .related(&*property.pointer, "the property")
                    .help(format!("name a property that is {expected}")),
            );
        }
    }

    fn parameter(&mut self, direction: &PagingDirection, at: &str) {
        let name = &direction.parameter;
        let Some(parameter) = self.queries().find(|parameter| parameter.name == *name) else {
            let near = suggest::did_you_mean(name, self.queries().map(|parameter| parameter.name.as_str()));
            let message = format!("the operation has no query parameter `{name}`");
            self.diagnostics.push(missing(at, message, near, "name a query parameter of this operation"));
            return;
        };
        if parameter.required {
            let message = format!("the parameter `{name}` is required, but the first page is requested without it");
            self.diagnostics.push(
                Diagnostic::error("paging", at, message)
                    .related(&*parameter.pointer, "the parameter")
                    .help("make the parameter optional, or remove `x-paging`"),
            );
        }
        let Some(property) = property(self.page, &direction.cursor) else { return };
        if !self.accepts(parameter, property) {
            let message = format!("the parameter `{name}` does not accept the cursor `{}`", direction.cursor);
            self.diagnostics.push(
                Diagnostic::error("paging", at, message)
                    .related(&*property.pointer, "the cursor")
                    .help("give both the same type, `string` or `integer`"),
            );
        }
    }

    fn queries(&self) -> impl Iterator<Item = &'t Parameter> + use<'t> {
        self.operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Query)
    }

    fn accepts(&self, parameter: &Parameter, property: &Property) -> bool {
        let ParameterContent::Styled { schema, .. } = &parameter.content else { return false };
        matches!(
            (self.types.resolved(schema), self.types.resolved(&property.schema)),
            (Type::String(StringType { secret: false, .. }), Type::String(_)) | (Type::Integer(_), Type::Integer(_))
        )
    }
}

fn property<'p>(page: &'p Object, name: &str) -> Option<&'p Property> {
    page.properties.iter().find(|property| property.name == name)
}

fn missing(at: &str, message: String, near: Option<String>, help: &str) -> Diagnostic {
    Diagnostic::error("paging", at, message).help(near.unwrap_or_else(|| help.to_owned()))
}
