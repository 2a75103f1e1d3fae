//! The operations of a document, by path and method.

use super::document_side::DocumentSide;
use super::located_value::LocatedValue;
use crate::http_methods::METHODS;
use indexmap::IndexMap;

/// An operation of one of the documents.
#[derive(Clone)]
pub(super) struct DocumentOperation<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) path_item: LocatedValue<'a>,
    pub(super) value: LocatedValue<'a>,
}

impl DocumentOperation<'_> {
    /// Returns its method and path, such as `GET /pets`.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }
}

/// The identity of an operation: its path without the names of its parameters, and its method.
pub(super) type OperationAddress = (String, String);

/// Lists the operations of a document. If several share an address, the first one counts.
pub(super) fn operations<'a>(
    side: &mut DocumentSide<'a>,
    paths: Option<&LocatedValue<'a>>,
) -> IndexMap<OperationAddress, DocumentOperation<'a>> {
    let mut found = IndexMap::new();
    let paths = paths.into_iter().flat_map(LocatedValue::entries).filter(|(path, _)| path.starts_with('/'));
    for (path, written) in paths {
        let path_item = side.resolve(&written);
        for (method, value) in path_item.entries().filter(|(key, _)| METHODS.contains(key)) {
            let operation = DocumentOperation { path, method, path_item: path_item.clone(), value };
            found.entry((without_names(path), method.to_owned())).or_insert(operation);
        }
    }
    found
}

/// Returns a path without the names of its parameters, which never cross the wire.
pub(super) fn without_names(path: &str) -> String {
    let mut template = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        template.push_str(before);
        template.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    template + rest
}

/// Returns the names of the parameters in the template of a path, in their order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}
