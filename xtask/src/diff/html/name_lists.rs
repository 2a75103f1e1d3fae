//! The long lists of operations and types, each written once, since changes of a shared schema have the same ones.

use super::markup::Markup;
use indexmap::IndexSet;

/// The most names that an entry shows itself.
const MAX_INLINE: usize = 4;

/// The lists that entries refer to.
#[derive(Debug, Default)]
pub(super) struct NameLists<'a>(IndexSet<&'a [String]>);

impl<'a> NameLists<'a> {
    /// Writes the first names of a list, and a link to the whole list if it has more.
    pub(super) fn refer(&mut self, page: &mut Markup, names: &'a [String]) {
        let shown = if names.len() > MAX_INLINE { MAX_INLINE - 1 } else { names.len() };
        codes(page, &names[..shown]);
        if shown < names.len() {
            let (index, _) = self.0.insert_full(names);
            page.raw(" <a href=\"#list-").number(index + 1).raw("\">+").number(names.len() - shown).raw(" more</a>");
        }
    }

    /// Writes the lists that entries refer to.
    pub(super) fn write(&self, page: &mut Markup) {
        if self.0.is_empty() {
            return;
        }
        page.raw("<section id=\"lists\"><h2>Operations and types</h2>\n");
        page.raw("<p>The changes above refer to these lists.</p>\n<ol class=\"lists\">\n");
        for (index, names) in self.0.iter().enumerate() {
            page.raw("<li id=\"list-").number(index + 1).raw("\">");
            codes(page, names);
            page.raw("</li>\n");
        }
        page.raw("</ol></section>\n");
    }
}

fn codes(page: &mut Markup, names: &[String]) {
    for (index, name) in names.iter().enumerate() {
        page.raw(if index == 0 { "" } else { ", " }).code(name);
    }
}

#[cfg(test)]
mod tests {
    use super::{Markup, NameLists};

    #[test]
    fn writes_a_long_list_once() {
        let names: Vec<_> = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let (mut page, mut lists) = (Markup::default(), NameLists::default());
        lists.refer(&mut page, &names);
        lists.refer(&mut page, &names);
        lists.refer(&mut page, &names[..4]);
        lists.write(&mut page);
        let html = page.into_html();
        assert_eq!(html.matches("<a href=\"#list-1\">+2 more</a>").count(), 2);
        assert_eq!(html.matches("<code>e</code>").count(), 1);
        assert_eq!(html.matches("<code>d</code>").count(), 2);
        assert!(!html.contains("list-2"), "{html}");
    }
}
