//! The resources of the API, which group its calls.

use indexmap::IndexMap;

use super::call_signature::CallSignature;
use crate::rust_name;

/// The calls of each resource, by the resource's module.
pub type Resources<'c, 'a> = IndexMap<String, Vec<&'c CallSignature<'a>>>;

/// Returns the resources of an API in document order, each with at least one call.
pub fn resources<'c, 'a>(calls: &'c [CallSignature<'a>]) -> Resources<'c, 'a> {
    let mut resources = Resources::new();
    for call in calls {
        resources.entry(rust_name::file(&call.operation.resource)).or_default().push(call);
    }
    resources
}
