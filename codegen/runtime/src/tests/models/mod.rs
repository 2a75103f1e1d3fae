//! Models like those that the generator emits.

mod event;
mod item;
mod scalar;

pub use event::{Batch, Event, Inner, Left, Note, Plain};
pub use item::{Extras, Item, item};
pub use scalar::{Color, Exact, Few, Full, Level};

/// Implements `Decode` by an expression, and `Deserialize` by `Decode`.
macro_rules! decoding {
    ($name:ident, $body:expr) => {
        impl<'de> Decode<'de> for $name {
            fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $body(deserializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::decode(deserializer)
            }
        }
    };
}

pub(crate) use decoding;
