//! Checks names for clashes within a scope.
//!
//! A name depends only on the item's own key, its parents' names and its own extensions. So adding a schema, a variant
//! or a property renames nothing. Two items with the same name are an error.

use crate::diagnostics::Diagnostic;
use crate::ir::TypeDef;
use crate::rust_name::is_identifier;
use std::collections::HashMap;
use std::rc::Rc;

/// Names of types that generated code uses without a path, or that every generated crate exports.
const RESERVED_TYPES: &[&str] = &[
    "String",
    "Vec",
    "Option",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Self",
    "BTreeMap",
    "From",
    "Into",
    "Default",
    "Clone",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "UnknownFields",
    "OptionalNullable",
    "Secret",
    "Limit",
    "Violation",
    "Violations",
];

/// The names of one scope, each with the pointer of its owner.
pub(super) struct NameScope<'s> {
    /// The items of the scope, such as "field of `Thread`".
    what: &'s str,
    /// How to give another name.
    remedy: &'s str,
    /// Names that generated code uses.
    reserved: &'s [&'s str],
    taken: HashMap<String, Rc<str>>,
}

impl<'s> NameScope<'s> {
    pub(super) fn new(what: &'s str, remedy: &'s str, reserved: &'s [&'s str]) -> Self {
        Self { what, remedy, reserved, taken: HashMap::new() }
    }

    /// Claims a name, or reports why it cannot be used.
    pub(super) fn claim(&mut self, name: &str, pointer: &str) -> Option<Diagnostic> {
        if !is_identifier(name) {
            let message = if name.is_empty() {
                format!("no Rust name can be derived for this {}", self.what)
            } else {
                format!("the name of this {} would be `{name}`, which is not a valid Rust identifier", self.what)
            };
            return Some(Diagnostic::error("unusable-name", pointer, message).help(self.remedy));
        }
        if self.reserved.contains(&name) {
            let message =
                format!("this {} cannot be called `{name}`: the generated code already uses that name", self.what);
            return Some(Diagnostic::error("name-clash", pointer, message).help(self.remedy));
        }
        if let Some(other) = self.taken.get(name) {
            let message = format!("two {} are called `{name}`", plural(self.what));
            let diagnostic = Diagnostic::error("name-clash", pointer, message).help(self.remedy);
            return Some(diagnostic.related(&**other, format!("the other `{name}`")));
        }
        self.taken.insert(name.to_owned(), pointer.into());
        None
    }
}

fn plural(what: &str) -> String {
    what.split_once(' ').map_or_else(|| format!("{what}s"), |(noun, rest)| format!("{noun}s {rest}"))
}

/// Reports types whose names or files clash.
pub(super) fn check_type_names(types: &[TypeDef], found: &mut Vec<Diagnostic>) {
    let remedy = "give the type another name with `x-rust-name`";
    let mut names = NameScope::new("type", remedy, &[]);
    let mut modules: HashMap<String, &str> = HashMap::new();
    for def in types {
        if RESERVED_TYPES.contains(&def.name.as_str()) {
            let message =
                format!("this type cannot be called `{}`: the generated code already uses that name", def.name);
            found.push(Diagnostic::error("reserved-name", &*def.pointer, message).help(remedy));
        } else if let Some(diagnostic) = names.claim(&def.name, &def.pointer) {
            found.push(diagnostic);
        } else if !def.module.is_ascii() {
            let message =
                format!("the name of this type would be `{}`, but Rust allows only ASCII in file names", def.name);
            found.push(Diagnostic::error("unusable-name", &*def.pointer, message).help(remedy));
        } else if let Some(other) = modules.get(&def.module.to_lowercase()) {
            let message = format!("two types would share the file `{}.rs`", def.module);
            let diagnostic = Diagnostic::error("name-clash", &*def.pointer, message).help(remedy);
            found.push(diagnostic.related(*other, "the other type"));
        } else {
            modules.insert(def.module.to_lowercase(), &def.pointer);
        }
    }
    check_argument_names(types, found);
}

/// Reports structs of constructors' arguments that have the name of a type.
fn check_argument_names(types: &[TypeDef], found: &mut Vec<Diagnostic>) {
    let own: HashMap<&str, &str> = types.iter().map(|def| (def.name.as_str(), def.pointer.as_str())).collect();
    for def in types {
        for arguments in def.names().skip(1) {
            let Some(other) = own.get(arguments) else { continue };
            let message = format!(
                "`{}::new` takes its arguments as a struct `{arguments}`, and another type has that name",
                def.name
            );
            let finding = Diagnostic::error("name-clash", &*def.pointer, message);
            let finding = finding.help("give one of the two types another name with `x-rust-name`");
            found.push(finding.related(*other, format!("the other `{arguments}`")));
        }
    }
}
