//! The documentation of the generated crate's root, where docs.rs shows the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::decode_example::DecodeExample;
use super::{docs, exports};
use crate::ir::Api;

/// The doc attributes of the root. With the feature `client`, they include the README and the guide to calls, whose
/// examples need the feature.
pub fn attributes(api: &Api) -> TokenStream {
    let intro = format!("Rust types for the {}.", docs::prose(&api.title));
    if !exports::has_client(api) {
        let description = api.description.as_deref().map(docs::prose).unwrap_or_default();
        let example = DecodeExample::best(api).map(|example| example.doctest()).unwrap_or_default();
        return docs::inner(&docs::paragraphs([&*intro, &*description, &*example, TYPES]));
    }
    let types = docs::inner(TYPES);
    quote! {
        #![cfg_attr(feature = "client", doc = include_str!("../README.md"))]
        #![cfg_attr(feature = "client", doc = include_str!("../docs/calls.md"))]
        #![cfg_attr(not(feature = "client"), doc = #intro)]
        #![doc = ""]
        #types
    }
}

const TYPES: &str = "\
## Types

- `new` takes the required properties: up to five by position, more in one struct named
  `…Args`. A response's nullable properties, and those with a default, have setters instead.
- Every other property has a setter of its name, and fields are public. An optional property
  that is not set is not sent. If the spec has a default for it, a constant named `DEFAULT_…`
  holds it.
- `validate()` checks the bounds of the spec and returns all violations, each with its path.
- Unknown fields are kept in `unknown_fields`, and unknown enum values and union variants in
  `Unknown`. All are encoded again. Later versions may list more, so a `match` needs a final
  `_` arm.
- A property that the spec marks as secret is a [`Secret`]. It is redacted in `Debug` output,
  and `expose` returns its text.

## Decoding and encoding

- A value that matches the schema decodes, and encodes to an equal JSON value.
- A value that breaks the schema is an error whose message starts with its path, such as
  ``at `data[3].content`: …``.
- Three deviations are not errors: a constant that is missing or has another value; a missing
  property that is nullable or has a default; and a null in an optional property.
- [`lenient`] decodes payloads in which required properties are missing or null, and returns
  their paths.
- `serde_json` classifies every error with a path as a data error. If the text is cut off or is
  not JSON, the message says so, but `is_eof()` and `is_syntax()` return `false`.";
