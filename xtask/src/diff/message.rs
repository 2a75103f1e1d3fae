//! A change as plain text, for formats without a layout of their own.

use super::format::{self, MAX_ITEMS, MAX_REASON, line, name_list, place, step};
use super::item_rows;
use super::review::{Review, ReviewedChange};

/// Formats a change as plain text, for formats without a layout of their own.
pub(super) fn render(review: &Review, reviewed: &ReviewedChange) -> String {
    let change = &reviewed.change;
    let mut lines = vec![line(&change.subject)];
    lines.extend(step(change.before.as_deref(), change.after.as_deref(), line));
    let items = item_rows::rows(&change.items);
    for row in items.iter().take(MAX_ITEMS) {
        lines.push(format!("{}: {}", line(&row.item.path), row.step(line).unwrap_or_default()));
    }
    if items.len() > MAX_ITEMS {
        lines.push(format!("+{} more", items.len() - MAX_ITEMS));
    }
    lines.extend(change.base.as_ref().map(|site| format!("was at {}", place(&review.base, site))));
    if !change.reach.operations.is_empty() {
        lines.push(format!("used by {}", name_list(&change.reach.operations, line)));
    }
    lines.extend(reviewed.approval_text().map(|text| format::truncate(&text, MAX_REASON)));
    lines.join("\n")
}
