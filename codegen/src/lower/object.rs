//! Objects with listed properties: their fields, and the names of the fields.

use super::name_scope::NameScope;
use super::schema_form::docs_of;
use crate::diagnostics::Diagnostic;
use crate::ir::{Additional, Constructor, Object, Presence, Property, Schema, SizeBounds};
use crate::resolve::{Annotations, DiagnosticSink, MergedSchema, SchemaSite};
use crate::rust_name;
use crate::suggest;
use serde_json::Value;
use std::rc::Rc;

/// A schema at its use, lowered.
pub(super) struct LoweredSchema<'a> {
    pub(super) schema: Schema,
    /// The only value, if the caller accepts constants.
    pub(super) constant: Option<Value>,
    pub(super) annotations: Annotations<'a>,
}

/// Makes an object. Its constructor is decided once all types are known.
pub(super) fn object(properties: Vec<Property>, additional: Additional, size: SizeBounds) -> Object {
    Object { properties, additional, size, constructor: Constructor::Positional }
}

/// Makes a property of its lowered schema. Its presence is decided once all types are known.
pub(super) fn property(name: &str, sites: &[SchemaSite<'_>], required: bool, used: LoweredSchema<'_>) -> Property {
    let annotations = used.annotations;
    let pointer = sites.last().map(|site| Rc::clone(&site.pointer)).unwrap_or_default();
    Property {
        name: name.to_owned(),
        rust_name: annotations.rust_field.map_or_else(|| rust_name::snake(name), str::to_owned),
        pointer: pointer.as_ref().to_owned(),
        schema: used.schema,
        required,
        constant: used.constant,
        default: annotations.default.cloned(),
        docs: docs_of(&annotations),
        deprecated: annotations.deprecated.unwrap_or_default(),
        read_only: annotations.read_only.unwrap_or_default(),
        write_only: annotations.write_only.unwrap_or_default(),
        boxed: false,
        presence: Presence::Required,
        in_constructor: false,
    }
}

/// Checks the names of fields, and of the constants and functions that are made of them.
pub(super) fn check_names(properties: &[Property], typed: bool, type_name: &str, diagnostics: &mut DiagnosticSink) {
    let what = format!("field of `{type_name}`");
    let defaults: Vec<String> = properties
        .iter()
        .filter(|property| property.default.as_ref().is_some_and(|default| !default.is_null()))
        .map(|property| format!("default_{}", property.rust_name))
        .collect();
    let mut reserved: Vec<&str> = defaults.iter().map(String::as_str).collect();
    reserved.extend(["new", "validate", "unknown_fields"]);
    reserved.extend(typed.then_some("additional_properties"));
    let constants = properties.iter().filter(|property| property.constant.is_some());
    // The list of the properties' names is a constant too.
    reserved.extend(constants.map(|property| property.rust_name.as_str()).filter(|name| *name == "properties"));
    let mut scope = NameScope::new(&what, "give the field another name with `x-rust-field`", &reserved);
    for property in properties {
        diagnostics.extend(scope.claim(&property.rust_name, &property.pointer));
    }
    check_constant_names(properties, type_name, diagnostics);
}

/// Checks the names of constants. Upper case makes some names equal, such as `größe` and `grösse`.
fn check_constant_names(properties: &[Property], type_name: &str, diagnostics: &mut DiagnosticSink) {
    if properties.iter().all(|property| property.rust_name.is_ascii()) {
        return;
    }
    let what = format!("constant of `{type_name}`");
    let mut scope = NameScope::new(&what, "give the field another name with `x-rust-field`", &[]);
    for property in properties {
        if property.constant.is_some() || property.default.as_ref().is_some_and(|default| !default.is_null()) {
            diagnostics.extend(scope.claim(&rust_name::constant(&property.rust_name), &property.pointer));
        }
    }
}

/// Reports names in `required` that no property has.
pub(super) fn check_required(merged: &MergedSchema<'_>, diagnostics: &mut DiagnosticSink) {
    for (name, pointer) in merged.required.iter().filter(|(name, _)| !merged.properties.contains_key(*name)) {
        let message = format!("`required` lists `{name}`, but the schema does not define that property");
        let help = suggest::did_you_mean(name, merged.properties.keys().copied())
            .unwrap_or_else(|| "add it to `properties`, or remove it from `required`".to_owned());
        diagnostics.push(Diagnostic::error("required-without-property", &**pointer, message).help(help));
    }
}
