//! Checks names for clashes within a scope.
//!
//! A name depends only on the item's own key, its parents' names and its own extensions. So adding a schema, a variant
//! or a property renames nothing. Two items with the same name are an error.

use crate::diagnostics::Diagnostic;
use crate::ir::TypeDef;
use crate::name_rules::{NamedItem, canonical, objection};
use std::borrow::Cow;
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
    kind: NamedItem,
    taken: HashMap<String, Rc<str>>,
}

impl<'s> NameScope<'s> {
    pub(super) fn new(what: &'s str, remedy: &'s str, reserved: &'s [&'s str]) -> Self {
        Self { what, remedy, reserved, kind: NamedItem::Member, taken: HashMap::new() }
    }

    /// Creates a scope of items that have files of their own.
    fn of_files(what: &'s str, remedy: &'s str) -> Self {
        Self { what, remedy, reserved: &[], kind: NamedItem::File, taken: HashMap::new() }
    }

    /// Claims a name, or reports why it cannot be used.
    pub(super) fn claim(&mut self, name: &str, pointer: &str) -> Option<Diagnostic> {
        if let Some(objection) = objection(name, self.kind) {
            let message = if name.is_empty() {
                format!("no Rust name can be derived for this {}", self.what)
            } else {
                format!("the name of this {} would be `{}`{objection}", self.what, shortened(name))
            };
            return Some(Diagnostic::error("unusable-name", pointer, message).help(self.remedy));
        }
        if self.reserved.contains(&name) {
            let message =
                format!("this {} cannot be called `{name}`: the generated code already uses that name", self.what);
            return Some(Diagnostic::error("name-clash", pointer, message).help(self.remedy));
        }
        let key = canonical(name);
        if let Some(other) = self.taken.get(&*key) {
            let message = format!("two {} are called `{name}`", plural(self.what));
            let diagnostic = Diagnostic::error("name-clash", pointer, message).help(self.remedy);
            return Some(diagnostic.related(&**other, format!("the other `{name}`")));
        }
        self.taken.insert(key.into_owned(), pointer.into());
        None
    }
}

/// Returns the beginning of a name that is too long for a message.
pub(super) fn shortened(name: &str) -> Cow<'_, str> {
    const SHOWN: usize = 60;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => name.into(),
    }
}

fn plural(what: &str) -> String {
    what.split_once(' ').map_or_else(|| format!("{what}s"), |(noun, rest)| format!("{noun}s {rest}"))
}

/// Reports types whose names or files clash.
pub(super) fn check_type_names(types: &[TypeDef], found: &mut Vec<Diagnostic>) {
    let remedy = "give the type another name with `x-rust-name`";
    let mut names = NameScope::of_files("type", remedy);
    let mut modules: HashMap<String, &str> = HashMap::new();
    for def in types {
        if RESERVED_TYPES.contains(&def.name.as_str()) {
            let message =
                format!("this type cannot be called `{}`: the generated code already uses that name", def.name);
            found.push(Diagnostic::error("reserved-name", &*def.pointer, message).help(remedy));
        } else if let Some(diagnostic) = names.claim(&def.name, &def.pointer) {
            found.push(diagnostic);
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
