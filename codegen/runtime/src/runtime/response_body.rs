//! Decodes the body of a response.

use bytes::Bytes;
use serde_json::Value;

use crate::support::correction::{self, Shape};
use crate::support::decode::Decode;
use crate::support::lenient::Lenient;
use crate::support::tape::from_tree;

/// Decodes JSON. A lenient decode first corrects it by the shape of the type.
pub fn json<T>(body: &Bytes, lenient: bool, shape: &Shape) -> Result<Lenient<T>, serde_json::Error>
where
    T: for<'de> Decode<'de>,
{
    let mut decoder = serde_json::Deserializer::from_slice(body);
    if !lenient {
        let value = T::decode(&mut decoder)?;
        decoder.end()?;
        return Ok(Lenient { value, corrected: Vec::new() });
    }
    let mut value = Value::decode(&mut decoder)?;
    decoder.end()?;
    let corrected = correction::correct(shape, &mut value);
    Ok(Lenient { value: from_tree(value)?, corrected })
}

/// Returns a body of bytes unchanged.
#[allow(clippy::unnecessary_wraps, reason = "one signature for all kinds of bodies")]
pub fn bytes(body: &Bytes) -> Result<Lenient<Bytes>, serde_json::Error> {
    Ok(Lenient { value: body.clone(), corrected: Vec::new() })
}

/// Ignores the body of a response without a value. `Response::bytes` still returns it.
#[allow(clippy::unnecessary_wraps, reason = "one signature for all kinds of bodies")]
pub fn nothing() -> Result<Lenient<()>, serde_json::Error> {
    Ok(Lenient { value: (), corrected: Vec::new() })
}
