//! Reports the features of a document that the generated client does not support.

use super::lowerer::Lowerer;
use super::operation_source::OperationSource;
use crate::diagnostics::Diagnostic;
use crate::ir::{MediaType, Operation, ParameterLocation, Response, SecurityKind, SecurityScheme, Status, is_json};
use crate::pointer;
use indexmap::IndexMap;
use serde_json::Value;

const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

impl Lowerer<'_> {
    /// Reports bodies, responses and credentials that the call of an operation does not support.
    pub(super) fn report_unsupported(&mut self, operation: &Operation) {
        let body = operation.body.as_ref().and_then(|body| chosen(&body.content));
        if let Some(media) = body.filter(|media| FORMS.contains(&essence(&media.name))) {
            let message = format!("the call takes a `{}` body as bytes: callers must encode the form", media.name);
            let help = "describe the body as `application/json` if the server accepts it";
            self.unsupported(&media.pointer, message, help);
        }
        self.report_undecoded(operation);
        if operation.security.as_ref().is_some_and(|alternatives| alternatives.len() > 1) {
            self.report_alternatives(&pointer::child(&operation.pointer, "security"));
        }
    }

    /// Reports the parts of an operation that the API leaves out.
    pub(super) fn report_ignored(&mut self, source: &OperationSource<'_>) {
        let places = [(&source.pointer, source.json), (&source.path_pointer, source.path_item)];
        for (at, json) in places {
            if json.contains_key("servers") {
                let at = pointer::child(at, "servers");
                let message = "the client ignores servers of a single path or operation";
                self.unsupported(&at, message, "list the server in `servers` at the top of the document");
            }
        }
        if source.json.contains_key("callbacks") {
            let at = pointer::child(&source.pointer, "callbacks");
            let help = "no change is needed: a client does not receive callbacks";
            self.unsupported(&at, "no code is generated for callbacks", help);
        }
    }

    fn report_undecoded(&mut self, operation: &Operation) {
        let mut successes = operation.successes();
        let Some(first) = successes.next() else {
            let default = operation.responses.iter().find(|response| response.status == Status::Default);
            if let Some(default) = default.filter(|response| !response.content.is_empty()) {
                let message = "the call decodes no body: `default` describes failures, and no success is listed";
                let help = "describe the success under its own status, such as `'200'`";
                self.unsupported(&default.pointer, message, help);
            }
            return;
        };
        let decoded =
            |response: &Response| chosen(&response.content).map(|media| (is_json(&media.name), media.schema.clone()));
        for other in successes.filter(|other| decoded(other) != decoded(first)) {
            let message = "the call decodes every success like the first one, but this one has a different body";
            let help = "list the response that callers need first";
            self.unsupported(&other.pointer, message, help);
        }
    }

    /// Reports alternatives of `security` that are not used, and credentials that are not sent.
    pub(super) fn report_unsent_credentials(&mut self, schemes: &IndexMap<String, SecurityScheme>) {
        if self.root.get("security").and_then(Value::as_array).is_some_and(|alternatives| alternatives.len() > 1) {
            self.report_alternatives("/security");
        }
        for (name, scheme) in schemes {
            let is_sent = match &scheme.kind {
                SecurityKind::Http(scheme) => scheme == "bearer",
                SecurityKind::ApiKey { location, .. } => *location != ParameterLocation::Cookie,
                SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => true,
            };
            if !is_sent {
                let at = pointer::child("/components/securitySchemes", name);
                let message = format!("the client cannot send the credential `{name}`");
                let help = "let callers set the header, or describe the credential as a bearer token or an API key";
                self.unsupported(&at, message, help);
            }
        }
    }

    fn report_alternatives(&mut self, at: &str) {
        let help = "list the alternative to use first, and remove the others";
        self.unsupported(at, "the client uses only the first of several security alternatives", help);
    }

    fn unsupported(&mut self, at: &str, message: impl Into<String>, help: &str) {
        self.report(Diagnostic::warning("not-expressed", at, message).help(help));
    }
}

/// Returns the media type that a call uses: JSON if it is listed, otherwise the first.
fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or(content.first())
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}
