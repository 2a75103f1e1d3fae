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
    /// Reports what the call of an operation does not do.
    pub(super) fn report_unsupported(&mut self, operation: &Operation) {
        let body = operation.body.as_ref().and_then(|body| chosen(&body.content));
        if let Some(media) = body.filter(|media| FORMS.contains(&essence(&media.name))) {
            let message = format!("the call takes a body of `{}` as bytes, and does not write the form", media.name);
            let help = "describe the body as JSON where the server takes it; else callers write the form themselves";
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
                let message = "servers of one path or operation are not used";
                self.unsupported(&at, message, "list the server at the top of the document");
            }
        }
        if source.json.contains_key("callbacks") {
            let at = pointer::child(&source.pointer, "callbacks");
            let help = "nothing needs to change: a client has no use for them";
            self.unsupported(&at, "callbacks are not generated", help);
        }
    }

    fn report_undecoded(&mut self, operation: &Operation) {
        let mut successes = operation.successes();
        let Some(first) = successes.next() else {
            let default = operation.responses.iter().find(|response| response.status == Status::Default);
            if let Some(default) = default.filter(|response| !response.content.is_empty()) {
                let message = "the body of `default` is taken for that of failures, so that the call decodes nothing";
                let help = "describe the success under a status of its own, as in `'200'`";
                self.unsupported(&default.pointer, message, help);
            }
            return;
        };
        let decoded =
            |response: &Response| chosen(&response.content).map(|media| (is_json(&media.name), media.schema.clone()));
        for other in successes.filter(|other| decoded(other) != decoded(first)) {
            let message = "every success is decoded as the first one, and this one has another body";
            let help = "list the response that callers need first; of this one they have the bytes at most";
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
                let message = format!("the client does not send the credential `{name}`");
                self.unsupported(&at, message, "callers set its header themselves");
            }
        }
    }

    fn report_alternatives(&mut self, at: &str) {
        let help = "list the alternative to use first, and leave the others out";
        self.unsupported(at, "only the first of several alternatives is used", help);
    }

    fn unsupported(&mut self, at: &str, message: impl Into<String>, help: &str) {
        self.report(Diagnostic::warning("not-expressed", at, message).help(help));
    }
}

/// Returns the media type that a call uses: JSON, or else the first.
fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or(content.first())
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}
