//! Decides which types requests and responses reach.

use super::type_graph::{mentions, reached};
use crate::ir::{Api, MediaType, Operation, ParameterContent, TypeId};

/// Marks each type with the directions in which it crosses the wire.
pub(super) fn directions(api: &mut Api) {
    let (mut requests, mut responses) = (Vec::new(), Vec::new());
    for operation in &api.operations {
        request_types(operation, &mut requests);
        for response in &operation.responses {
            response
                .headers
                .iter()
                .filter_map(|header| header.schema.as_ref())
                .for_each(|s| mentions(s, &mut responses));
            content_types(&response.content, &mut responses);
        }
    }
    for id in reached(&api.types, requests) {
        if let Some(def) = api.types.get_mut(id.0) {
            def.usage.request = true;
        }
    }
    for id in reached(&api.types, responses) {
        if let Some(def) = api.types.get_mut(id.0) {
            def.usage.response = true;
        }
    }
}

fn request_types(operation: &Operation, found: &mut Vec<TypeId>) {
    for parameter in &operation.parameters {
        match &parameter.content {
            ParameterContent::Styled { schema, .. } => mentions(schema, found),
            ParameterContent::Media(media) => content_types(std::slice::from_ref(media), found),
        }
    }
    if let Some(body) = &operation.body {
        content_types(&body.content, found);
    }
}

fn content_types(content: &[MediaType], found: &mut Vec<TypeId>) {
    content.iter().filter_map(|media| media.schema.as_ref()).for_each(|schema| mentions(schema, found));
}
