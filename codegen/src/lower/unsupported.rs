//! What a document says of calls and the generated client does not do: never in silence.

use super::{Lowerer, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{Location, MediaType, Operation, Response, SecurityKind, SecurityScheme, Status, is_json};
use indexmap::IndexMap;
use serde_json::Value;

const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

impl Lowerer<'_> {
    /// Says what the call of an operation does not do.
    pub(super) fn tell_unexpressed(&mut self, operation: &Operation) {
        let body = operation.body.as_ref().and_then(|body| chosen(&body.content));
        if let Some(media) = body.filter(|media| FORMS.contains(&essence(&media.name))) {
            let message = format!("the call takes a body of `{}` as bytes, and does not write the form", media.name);
            let help = "describe the body as JSON where the server takes it; else callers write the form themselves";
            self.unexpressed(&media.pointer, message, help);
        }
        self.tell_undecoded(operation);
        if operation.security.as_ref().is_some_and(|alternatives| alternatives.len() > 1) {
            self.tell_alternatives(&pointer::child(&operation.pointer, "security"));
        }
    }

    fn tell_undecoded(&mut self, operation: &Operation) {
        let mut successes = operation.successes();
        let Some(first) = successes.next() else {
            let default = operation.responses.iter().find(|response| response.status == Status::Default);
            if let Some(default) = default.filter(|response| !response.content.is_empty()) {
                let message = "the body of `default` is taken for that of failures, so that the call decodes nothing";
                let help = "describe the success under a status of its own, as in `'200'`";
                self.unexpressed(&default.pointer, message, help);
            }
            return;
        };
        let decoded =
            |response: &Response| chosen(&response.content).map(|media| (is_json(&media.name), media.schema.clone()));
        for other in successes.filter(|other| decoded(other) != decoded(first)) {
            let message = "every success is decoded as the first one, and this one has another body";
            let help = "list the response that callers need first; of this one they have the bytes at most";
            self.unexpressed(&other.pointer, message, help);
        }
    }

    /// Says which of all alternatives to prove oneself are not used, and which credentials are not sent.
    pub(super) fn tell_unsent(&mut self, schemes: &IndexMap<String, SecurityScheme>) {
        if self.root.get("security").and_then(Value::as_array).is_some_and(|alternatives| alternatives.len() > 1) {
            self.tell_alternatives("/security");
        }
        for (name, scheme) in schemes {
            let is_sent = match &scheme.kind {
                SecurityKind::Http(scheme) => scheme == "bearer",
                SecurityKind::ApiKey { location, .. } => *location != Location::Cookie,
                SecurityKind::OAuth2(_) | SecurityKind::OpenIdConnect(_) => true,
            };
            if !is_sent {
                let at = pointer::child("/components/securitySchemes", name);
                let message = format!("the client does not send the credential `{name}`");
                self.unexpressed(&at, message, "callers set its header themselves");
            }
        }
    }

    fn tell_alternatives(&mut self, at: &str) {
        let help = "list the alternative to use first, and leave the others out";
        self.unexpressed(at, "only the first of several alternatives is used", help);
    }

    fn unexpressed(&mut self, at: &str, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::warning("not-expressed", at, message).help(help));
    }
}

/// The media type that a call uses: JSON, else the first.
fn chosen(content: &[MediaType]) -> Option<&MediaType> {
    content.iter().find(|media| is_json(&media.name)).or(content.first())
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}
