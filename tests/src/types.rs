//! Every generated type, by the name of its schema.
//!
//! All tests take the types from this one list, so that no test can omit one. The build script makes the list from the
//! generated code, and a test compares it with the spec.

use std::fmt::Debug;

use chatkit_client::lenient::{self, Lenient, Model};
use chatkit_client::{Violation, Violations};
use chatkit_codegen::ir::{Api, TypeId};
use serde_json::{Error, Value};

use crate::spec;

/// The encoding of a value, and the paths that were corrected in it.
pub type Corrected = (Value, Vec<String>);

/// Decodes text and validates the value.
pub type Validate = fn(&str) -> Result<Vec<Violation>, Error>;

/// A generated type, as functions of JSON.
#[derive(Clone, Copy)]
pub struct Type {
    /// The key of the component, or the Rust name of an inline schema.
    pub schema: &'static str,
    /// The Rust name.
    pub name: &'static str,
    /// Decodes text, and encodes the value again.
    pub from_str: fn(&str) -> Result<Value, Error>,
    /// Decodes bytes, and encodes the value again.
    pub from_slice: fn(&[u8]) -> Result<Value, Error>,
    /// Decodes from a reader, and encodes the value again.
    pub from_reader: fn(&[u8]) -> Result<Value, Error>,
    /// Decodes a JSON value, and encodes the value again.
    pub from_value: fn(Value) -> Result<Value, Error>,
    /// Decodes text, and encodes the value to text.
    pub to_string: fn(&str) -> Result<String, Error>,
    /// Decodes text twice and then its encoding, and compares the three values.
    pub is_stable: fn(&str) -> Result<bool, Error>,
    /// Decodes text, and returns the `Debug` output of the value in both forms, alone and within other types.
    pub debug: fn(&str) -> Result<String, Error>,
    /// Decodes text leniently, and returns the encoding of the value with the paths that were corrected.
    pub lenient: fn(&str) -> Result<Corrected, Error>,
    /// Decodes text and validates the value, if the type has `validate()`.
    pub validate: Option<Validate>,
}

fn from_str<T: Model>(json: &str) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_str::<T>(json)?)
}

fn from_slice<T: Model>(json: &[u8]) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_slice::<T>(json)?)
}

fn from_reader<T: Model>(json: &[u8]) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_reader::<_, T>(json)?)
}

fn from_value<T: Model>(json: Value) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_value::<T>(json)?)
}

fn to_string<T: Model>(json: &str) -> Result<String, Error> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

fn is_stable<T: Model + Clone + PartialEq>(json: &str) -> Result<bool, Error> {
    let (first, second) = (serde_json::from_str::<T>(json)?, serde_json::from_str::<T>(json)?);
    let again = serde_json::from_str::<T>(&serde_json::to_string(&first)?)?;
    Ok(first == second && again == first && first.clone() == first)
}

fn debug<T: Model + Debug + Clone>(json: &str) -> Result<String, Error> {
    let value = serde_json::from_str::<T>(json)?;
    let lenient: Lenient<T> = lenient::from_str(json)?;
    Ok(format!("{value:?} {value:#?} {:?} {lenient:?}", Some(vec![value.clone()])))
}

fn decode_leniently<T: Model>(json: &str) -> Result<Corrected, Error> {
    let Lenient { value, corrected, .. } = lenient::from_str::<T>(json)?;
    Ok((serde_json::to_value(&value)?, corrected))
}

/// A `validate()` for types without one. An inherent method takes precedence over it.
trait FallbackValidate {
    fn validate(&self) -> FallbackResult {
        FallbackResult
    }
}

impl<T: Model> FallbackValidate for T {}

/// The result of [`FallbackValidate::validate`].
struct FallbackResult;

/// The result of a `validate()`. Its type shows whether the method is inherent.
trait ValidateSignature {
    const IS_INHERENT: bool;
    fn violations(self) -> Vec<Violation>;
}

impl ValidateSignature for Result<(), Violations> {
    const IS_INHERENT: bool = true;
    fn violations(self) -> Vec<Violation> {
        self.err().map(|violations| violations.into_iter().collect()).unwrap_or_default()
    }
}

impl ValidateSignature for FallbackResult {
    const IS_INHERENT: bool = false;
    fn violations(self) -> Vec<Violation> {
        Vec::new()
    }
}

const fn if_inherent<T, O: ValidateSignature>(_: fn(&T) -> O, validate: Validate) -> Option<Validate> {
    if O::IS_INHERENT { Some(validate) } else { None }
}

macro_rules! types {
    ($($schema:literal => $name:ident,)*) => {
        /// All types, sorted by the names of their modules.
        pub const TYPES: &[Type] = &[$(Type {
            schema: $schema,
            name: stringify!($name),
            from_str: from_str::<chatkit_client::$name>,
            from_slice: from_slice::<chatkit_client::$name>,
            from_reader: from_reader::<chatkit_client::$name>,
            from_value: from_value::<chatkit_client::$name>,
            to_string: to_string::<chatkit_client::$name>,
            is_stable: is_stable::<chatkit_client::$name>,
            debug: debug::<chatkit_client::$name>,
            lenient: decode_leniently::<chatkit_client::$name>,
            validate: if_inherent(<chatkit_client::$name>::validate, |json| {
                Ok(serde_json::from_str::<chatkit_client::$name>(json)?.validate().violations())
            }),
        }),*];
    };
}

// `build.rs` writes the list of the generated types.
include!(concat!(env!("OUT_DIR"), "/types.rs"));

/// Returns the type with a schema name.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn find(schema: &str) -> &'static Type {
    get(schema).unwrap_or_else(|| panic!("the generated code has no `{schema}`"))
}

/// Returns the type with a schema name, if it is listed.
fn get(schema: &str) -> Option<&'static Type> {
    TYPES.iter().find(|ty| ty.schema == schema)
}

/// Returns the listed types of a document with their ids.
pub fn listed(api: &Api) -> impl Iterator<Item = (TypeId, &'static Type)> {
    spec::ids(api).filter_map(|id| Some((id, get(spec::schema_name(api.type_def(id)))?)))
}
