//! Calls without the type of their operation.

use super::call_options::CallOptions;
use super::operation_info::OperationInfo;
use super::request_builder::RequestBuilder;
use crate::support::validate::Checker;

/// A call without the type of its operation. The code that sends it is compiled once.
pub struct DynOperation<'a> {
    pub(super) info: &'static OperationInfo,
    pub(super) options: &'a CallOptions,
    pub(super) check: &'a (dyn Fn(&mut Checker<'_>) + Sync),
    pub(super) write: &'a (dyn Fn(&mut RequestBuilder) + Sync),
}
