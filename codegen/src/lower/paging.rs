//! `x-paging`: whether what it names is there, and fits.

use super::operation::Call;
use super::{Lowerer, name_scope, pointer, usage};
use crate::diagnostics::Diagnostic;
use crate::ir::{
    Cursor, Location, Object, Operation, Paging, Parameter, ParameterContent, Property, Schema, StringType, Type,
    TypeKind,
};
use serde_json::Value;

impl<'a> Lowerer<'a> {
    /// How an operation is walked page by page.
    pub(super) fn paging(&mut self, call: &Call<'a>, operation: &Operation) -> Option<Paging> {
        let raw = call.raw.get("x-paging")?;
        let at = pointer::child(&call.pointer, "x-paging");
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let cursor = |key: &str| {
            let raw = raw.get(key)?;
            Some(Cursor { parameter: text(raw, "parameter")?, cursor: text(raw, "cursor")? })
        };
        let paging = text(raw, "items").zip(cursor("forward")).map(|(items, forward)| Paging {
            items,
            more: text(raw, "more"),
            forward,
            backward: cursor("backward"),
        });
        let mut findings = Vec::new();
        match (&paging, self.page(operation)) {
            (None, _) => findings.push(
                Diagnostic::error("paging", &*at, "`items`, or `forward` with `parameter` and `cursor`, is missing")
                    .help("name the property that holds the items, and where the next page's cursor comes from"),
            ),
            (_, None) => findings.push(
                Diagnostic::error("paging", &*at, "no successful response is a JSON object with listed properties")
                    .help("describe the page as an object that is never null, or leave `x-paging` out"),
            ),
            (Some(paging), Some(page)) => self.check_paging(paging, page, operation, &at, &mut findings),
        }
        let sound = findings.is_empty();
        self.diagnostics.extend(findings);
        paging.filter(|_| sound)
    }

    fn check_paging(
        &self,
        paging: &Paging,
        page: &Object,
        operation: &Operation,
        at: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        self.check_property(page, &paging.items, &pointer::child(at, "items"), "a list", found, |ty| {
            matches!(ty, Type::List(_))
        });
        if let Some(more) = &paging.more {
            self.check_property(page, more, &pointer::child(at, "more"), "a boolean", found, |ty| {
                matches!(ty, Type::Boolean)
            });
        }
        let directions = [("forward", Some(&paging.forward)), ("backward", paging.backward.as_ref())];
        for (key, cursor) in directions.into_iter().filter_map(|(key, cursor)| cursor.map(|cursor| (key, cursor))) {
            let at = pointer::child(at, key);
            // Cursors are told to whoever resumes a walk, in the open.
            let scalar = |ty: &Type| match ty {
                Type::String(string) => !string.secret,
                ty => matches!(ty, Type::Integer(_)),
            };
            self.check_property(
                page,
                &cursor.cursor,
                &pointer::child(&at, "cursor"),
                "text or an integer that is no secret",
                found,
                scalar,
            );
            self.check_parameter(operation, cursor, page, &pointer::child(&at, "parameter"), found);
        }
    }

    fn check_property(
        &self,
        page: &Object,
        name: &str,
        at: &str,
        expected: &str,
        found: &mut Vec<Diagnostic>,
        fits: impl Fn(&Type) -> bool,
    ) {
        let Some(property) = property(page, name) else {
            let near = name_scope::closest(name, page.properties.iter().map(|property| property.name.as_str()));
            found.push(missing(
                at,
                format!("the page has no property `{name}`"),
                near,
                "name a property of the response",
            ));
            return;
        };
        if !fits(self.behind(&property.schema)) {
            found.push(
                Diagnostic::error("paging", at, format!("the property `{name}` is not {expected}"))
                    .related(&*property.pointer, "the property")
                    .help(format!("name a property that is {expected}")),
            );
        }
    }

    fn check_parameter(
        &self,
        operation: &Operation,
        cursor: &Cursor,
        page: &Object,
        at: &str,
        found: &mut Vec<Diagnostic>,
    ) {
        let queries = || operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
        let name = &cursor.parameter;
        let Some(parameter) = queries().find(|parameter| parameter.name == *name) else {
            let near = name_scope::closest(name, queries().map(|parameter| parameter.name.as_str()));
            let help = "name a query parameter of this operation";
            found.push(missing(at, format!("there is no query parameter `{name}`"), near, help));
            return;
        };
        if parameter.required {
            let message = format!("the parameter `{name}` is required, so that nothing asks for the first page");
            found.push(
                Diagnostic::error("paging", at, message)
                    .related(&*parameter.pointer, "the parameter")
                    .help("leave its `required` out, or leave `x-paging` out"),
            );
        }
        let Some(property) = property(page, &cursor.cursor) else { return };
        if !self.takes(parameter, property) {
            let message = format!("the parameter `{name}` does not take what `{}` holds", cursor.cursor);
            found.push(
                Diagnostic::error("paging", at, message)
                    .related(&*property.pointer, "the cursor")
                    .help("make the parameter and the cursor of one type"),
            );
        }
    }

    fn takes(&self, parameter: &Parameter, property: &Property) -> bool {
        let ParameterContent::Styled { schema, .. } = &parameter.content else { return false };
        matches!(
            (self.behind(schema), self.behind(&property.schema)),
            (Type::String(StringType { secret: false, .. }), Type::String(_)) | (Type::Integer(_), Type::Integer(_))
        )
    }

    /// The object that the first successful response holds.
    fn page(&self, operation: &Operation) -> Option<&Object> {
        let response = operation.successes().next()?;
        let media = response.content.iter().find(|media| usage::is_json(&media.name))?;
        let schema = media.schema.as_ref().filter(|schema| !schema.nullable)?;
        let Type::Named(id) = self.behind(schema) else { return None };
        match &self.types.get(id.0)?.kind {
            TypeKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The type behind a schema, aliases followed.
    fn behind<'s>(&'s self, schema: &'s Schema) -> &'s Type {
        let mut ty = &schema.ty;
        for _ in 0..super::resolver::DEPTH {
            let Type::Named(id) = ty else { break };
            match self.types.get(id.0).map(|def| &def.kind) {
                Some(TypeKind::Alias(alias)) => ty = &alias.schema.ty,
                _ => break,
            }
        }
        ty
    }
}

fn property<'p>(page: &'p Object, name: &str) -> Option<&'p Property> {
    page.properties.iter().find(|property| property.name == name)
}

fn missing(at: &str, message: String, near: Option<&str>, help: &str) -> Diagnostic {
    let help = near.map_or_else(|| help.to_owned(), |near| format!("did you mean `{near}`?"));
    Diagnostic::error("paging", at, message).help(help)
}
