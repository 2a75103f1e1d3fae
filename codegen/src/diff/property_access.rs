//! `readOnly` and `writeOnly`: the directions in which a property crosses the wire.

use super::comparison::Comparison;
use super::document_side::DocumentSide;
use super::schema_pair::PartsPair;
use crate::ir::Usage;
use crate::resolve::SchemaSite;

/// Returns the directions of a property on both sides: one side is enough for a direction.
pub(super) fn of_both<'a>(comparison: &mut Comparison<'a>, parts: PartsPair<'_, 'a>, usage: Usage) -> Usage {
    let (was, is) = (Access::of(&mut comparison.base, parts.base), Access::of(&mut comparison.head, parts.head));
    let access = Access {
        is_read_only: was.is_read_only && is.is_read_only,
        is_write_only: was.is_write_only && is.is_write_only,
    };
    access.within(usage)
}

/// Returns the directions of a property that one side has.
pub(super) fn of_one<'a>(side: &mut DocumentSide<'a>, parts: &[SchemaSite<'a>], usage: Usage) -> Usage {
    Access::of(side, parts).within(usage)
}

#[derive(Clone, Copy)]
struct Access {
    is_read_only: bool,
    is_write_only: bool,
}

impl Access {
    fn of<'a>(side: &mut DocumentSide<'a>, parts: &[SchemaSite<'a>]) -> Self {
        let notes = side.schemas.component_use(parts).map(|sole| sole.annotations);
        let notes = notes.unwrap_or_else(|| side.schemas.resolve(parts).annotations);
        Self { is_read_only: notes.read_only.unwrap_or_default(), is_write_only: notes.write_only.unwrap_or_default() }
    }

    fn within(self, usage: Usage) -> Usage {
        match (self.is_read_only, self.is_write_only) {
            (true, false) => Usage { request: false, ..usage },
            (false, true) => Usage { response: false, ..usage },
            _ => usage,
        }
    }
}
