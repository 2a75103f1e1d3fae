//! Sends a call and decodes its response.

use super::dyn_operation::DynOperation;
use super::engine;
use super::error::{DecodeError, Error};
use super::operation::Operation;
use super::request_builder::RequestBuilder;
use super::response::Response;
use crate::support::validate::Checker;

/// Sends a call and decodes its response.
pub async fn send<O: Operation>(operation: &O) -> Result<Response<O::Output>, Error> {
    let call = operation.call();
    let (config, options) = (call.client.config(), call.options());
    let check = |checker: &mut Checker<'_>| operation.check(checker);
    let write = |request: &mut RequestBuilder| operation.write(request);
    let call = DynOperation { info: O::INFO, options, check: &check, write: &write };
    let (meta, trace) = engine::send(config, &call).await?;
    match O::decode(&meta.body, options.lenient.unwrap_or(config.lenient)) {
        Ok(decoded) => Ok(Response::new(decoded.value, decoded.corrected, meta)),
        Err(error) => {
            let error = DecodeError::new(O::INFO.id, meta, error).into();
            trace.fail(&error);
            Err(error)
        }
    }
}
