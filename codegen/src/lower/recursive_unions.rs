//! Reports untagged unions that contain themselves.

use super::type_graph::{components, each_schema, mentions};
use crate::diagnostics::Diagnostic;
use crate::ir::{TypeDef, TypeKind, UnionKind};

/// Reports untagged unions that contain themselves.
///
/// Each level tries each variant, and each try decodes all levels below. So the time doubles with every level, and
/// decoding a hundred levels would never end.
pub(super) fn report_endless(types: &[TypeDef], found: &mut Vec<Diagnostic>) {
    let edges: Vec<Vec<usize>> = types
        .iter()
        .map(|def| {
            let mut mentioned = Vec::new();
            each_schema(def, |schema, _| mentions(schema, &mut mentioned));
            mentioned.into_iter().map(|id| id.0).collect()
        })
        .collect();
    let components = components(&edges);
    for (index, (def, edges)) in types.iter().zip(&edges).enumerate() {
        let untagged = matches!(&def.kind, TypeKind::Union(union) if union.kind == UnionKind::Untagged);
        if untagged && edges.iter().any(|to| components.get(*to) == components.get(index)) {
            let message = format!(
                "`{}` is an untagged union that contains itself: decoding it would take exponential time",
                def.name
            );
            let help = "add a `discriminator`: a required property with a different constant in each variant";
            found.push(Diagnostic::error("recursive-untagged-union", &*def.pointer, message).help(help));
        }
    }
}
