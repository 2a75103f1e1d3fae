//! The rows that show the changed items of a change. A new or removed type is one row with the number of its members.

use crate::plural::count;
use chatkit_codegen::diff::ItemChange;

/// A row for an item.
pub(super) struct ItemRow<'c> {
    pub(super) item: &'c ItemChange,
    /// The members of a new or removed type, such as `6 fields`.
    members: Option<String>,
}

/// Returns the rows of some items.
pub(super) fn rows(items: &[ItemChange]) -> Vec<ItemRow<'_>> {
    let types: Vec<&ItemChange> = items.iter().filter(|item| whole_type(item).is_some()).collect();
    let is_listed_apart = |item: &&ItemChange| !types.iter().any(|owner| member(owner, item).is_some());
    let row = |item| {
        let names: Vec<&str> = items.iter().filter_map(|other| member(item, other)).collect();
        ItemRow { item, members: whole_type(item).map(|kind| members(kind, &names)) }
    };
    items.iter().filter(is_listed_apart).map(row).collect()
}

impl ItemRow<'_> {
    /// Formats the change of the item, such as `String → Option<String>` or `new struct, 6 fields`.
    pub(super) fn step(&self, show: impl Fn(&str) -> String) -> Option<String> {
        let (Some(members), Some(kind)) = (&self.members, whole_type(self.item)) else {
            return super::format::step(self.item.before.as_deref(), self.item.after.as_deref(), show);
        };
        let word = if self.item.after.is_some() { "new" } else { "removed" };
        Some(format!("{word} {kind}{members}"))
    }
}

/// Returns the kind of a type that is new or removed as a whole.
fn whole_type(item: &ItemChange) -> Option<&str> {
    let ((None, Some(kind)) | (Some(kind), None)) = (&item.before, &item.after) else { return None };
    ["struct", "enum"].into_iter().find(|known| known == kind).filter(|_| !item.path.contains([':', ' ']))
}

/// Returns the name of an item within a type that is new or removed together with it.
fn member<'i>(owner: &ItemChange, item: &'i ItemChange) -> Option<&'i str> {
    let goes_along = item.before.is_some() == owner.before.is_some() && item.after.is_some() == owner.after.is_some();
    whole_type(owner).filter(|_| goes_along)?;
    let own = item.path.strip_prefix(&owner.path).and_then(|rest| rest.strip_prefix("::"));
    let of_trait = item.path.strip_suffix(&owner.path).and_then(|rest| rest.strip_suffix(" for "));
    let export = item.path.strip_prefix("crate::").filter(|name| *name == owner.path);
    own.or(of_trait).or(export.map(|_| ""))
}

/// Counts the fields of a struct or the variants of an enum, apart from those for unknown data.
fn members(kind: &str, names: &[&str]) -> String {
    let first = |name: &str| name.chars().next().unwrap_or_default();
    let names = || names.iter().filter(|name| !name.contains(['(', ' ', '<']));
    let text = if kind == "struct" {
        let is_field = |name: &&&str| **name != "unknown_fields" && first(name).is_lowercase();
        count(names().filter(is_field).count(), "field")
    } else {
        let is_variant = |name: &&&str| **name != "Unknown" && first(name).is_uppercase() && **name != "VALUES";
        count(names().filter(is_variant).count(), "variant")
    };
    if text.starts_with("0 ") { String::new() } else { format!(", {text}") }
}

#[cfg(test)]
mod tests {
    use super::rows;
    use chatkit_codegen::diff::{ItemChange, SourceImpact};

    fn item(path: &str, before: Option<&str>, after: Option<&str>) -> ItemChange {
        let text = |text: Option<&str>| text.map(str::to_owned);
        ItemChange { path: path.to_owned(), before: text(before), after: text(after), source: SourceImpact::Minor }
    }

    fn shown(items: &[ItemChange]) -> Vec<String> {
        let line =
            |row: &super::ItemRow<'_>| format!("{}: {}", row.item.path, row.step(str::to_owned).unwrap_or_default());
        rows(items).iter().map(line).collect()
    }

    #[test]
    fn new_struct_is_one_row_with_the_number_of_its_fields() {
        let items = [
            item("Box", None, Some("struct")),
            item("Box::height", None, Some("i64")),
            item("Box::width", None, Some("i64")),
            item("Box::unknown_fields", None, Some("UnknownFields")),
            item("Box::new()", None, Some("Self")),
            item("Box::new(width)", None, Some("i64")),
            item("crate::Box", None, Some("models::Box")),
            item("impl Default for Box", None, Some("")),
            item("Boxes::all", None, Some("bool")),
        ];
        assert_eq!(shown(&items), ["Box: new struct, 2 fields", "Boxes::all: – → bool"]);
    }

    #[test]
    fn removed_enum_is_one_row_with_the_number_of_its_variants() {
        let names = ["Kind::Open", "Kind::Paid", "Kind::Unknown", "Kind::VALUES"];
        let members = names.iter().map(|name| item(name, Some(""), None));
        let items: Vec<ItemChange> = [item("Kind", Some("enum"), None)].into_iter().chain(members).collect();
        assert_eq!(shown(&items), ["Kind: removed enum, 2 variants"]);
    }

    #[test]
    fn changed_type_shows_each_of_its_items() {
        let items = [item("Kind", Some("struct"), Some("enum")), item("Kind::Open", None, Some(""))];
        assert_eq!(shown(&items), ["Kind: struct → enum", "Kind::Open: – → "]);
    }
}
