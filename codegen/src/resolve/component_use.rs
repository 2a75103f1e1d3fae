//! Schemas that use a component and only add annotations.

use super::annotations::Annotations;
use super::components::ComponentSchemas;
use super::json_type::JsonType;
use super::raw_schema::RawSchema;
use std::rc::Rc;

/// A use of a component that adds annotations or allows null, and restricts no value.
#[derive(Debug)]
pub(crate) struct ComponentUse<'a> {
    pub(crate) component: usize,
    pub(crate) annotations: Annotations<'a>,
    pub(crate) nullable: Option<bool>,
    /// A `type` beside the reference, which repeats or contradicts that of the component.
    pub(super) beside: Option<JsonType>,
}

/// The outline of a schema, without following references.
enum Outline<'a> {
    Component(ComponentUse<'a>),
    Annotations(Annotations<'a>, Option<bool>),
    /// It has keywords that restrict values.
    Structure,
}

/// Finds the component that the schemas use, if they only add annotations.
pub(super) fn component_use<'a>(
    components: &ComponentSchemas<'a>,
    schemas: &[&Rc<RawSchema<'a>>],
    deepest: usize,
) -> Option<ComponentUse<'a>> {
    match outline_of_all(components, schemas, deepest) {
        Outline::Component(found) => Some(found),
        _ => None,
    }
}

fn outline_of_all<'a>(
    components: &ComponentSchemas<'a>,
    schemas: &[&Rc<RawSchema<'a>>],
    deepest: usize,
) -> Outline<'a> {
    let mut found: Option<(usize, Option<JsonType>)> = None;
    let (mut annotations, mut nullable) = (Annotations::default(), None);
    for schema in schemas {
        match outline(components, schema, deepest) {
            Outline::Structure => return Outline::Structure,
            Outline::Annotations(more, null) => {
                annotations = more.or(annotations);
                nullable = null.or(nullable);
            }
            Outline::Component(inner) => {
                if found.is_some_and(|(component, _)| component != inner.component) {
                    return Outline::Structure;
                }
                annotations = inner.annotations.or(annotations);
                nullable = inner.nullable.or(nullable);
                found = Some((inner.component, inner.beside));
            }
        }
    }
    match found {
        Some((component, beside)) => Outline::Component(ComponentUse { component, annotations, nullable, beside }),
        None => Outline::Annotations(annotations, nullable),
    }
}

fn outline<'a>(components: &ComponentSchemas<'a>, schema: &RawSchema<'a>, deepest: usize) -> Outline<'a> {
    if let Some(reference) = schema.reference {
        let found = components.target(reference).map(|component| ComponentUse {
            component,
            annotations: Annotations::default(),
            nullable: None,
            beside: None,
        });
        return found.map_or(Outline::Structure, Outline::Component);
    }
    let Some(deepest) = deepest.checked_sub(1).filter(|_| !schema.restricts) else { return Outline::Structure };
    let Some((parts, null)) = parts(schema) else { return Outline::Structure };
    let nullable = if null { Some(true) } else { schema.nullable };
    let own_type = schema.type_name.and_then(JsonType::of);
    match outline_of_all(components, &parts, deepest) {
        Outline::Component(inner) => Outline::Component(ComponentUse {
            component: inner.component,
            annotations: schema.annotations.or(inner.annotations),
            nullable: nullable.or(inner.nullable),
            beside: own_type.or(inner.beside),
        }),
        Outline::Annotations(inner, null) if schema.type_name.is_none() => {
            Outline::Annotations(schema.annotations.or(inner), nullable.or(null))
        }
        _ => Outline::Structure,
    }
}

/// Returns the parts of a schema's combinators without null, and whether null was among them. Returns `None` for a
/// union of two or more variants.
fn parts<'s, 'a>(schema: &'s RawSchema<'a>) -> Option<(Vec<&'s Rc<RawSchema<'a>>>, bool)> {
    let mut parts: Vec<&Rc<RawSchema<'a>>> = schema.all_of.iter().collect();
    let mut null = false;
    for union in [&schema.one_of, &schema.any_of] {
        let before = parts.len();
        parts.extend(union.iter().filter(|variant| !variant.is_null()));
        let kept = parts.len() - before;
        if kept > 1 {
            return None;
        }
        null |= kept < union.len();
    }
    Some((parts, null))
}
