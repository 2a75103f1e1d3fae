//! The parameters of a request before they are decoded.

use super::percent_decoding::decode_query;
use super::rejection::{Problem, Rejection};
use bytes::Bytes;
use http::{HeaderMap, Request, header};

/// The parameters of a request, not yet percent-decoded.
#[derive(Debug)]
pub(super) struct RawParameters<'r> {
    pub(super) path: Vec<(String, &'r str)>,
    /// Names are decoded, values are not.
    pub(super) query: Vec<(String, &'r str)>,
    pub(super) headers: &'r HeaderMap,
}

impl<'r> RawParameters<'r> {
    /// Collects the parameters of a request. `path` has those that its path template matched.
    ///
    /// # Errors
    ///
    /// The name of a query parameter cannot be decoded.
    pub(super) fn new(path: &[(&str, &'r str)], request: &'r Request<Bytes>) -> Result<Self, Rejection> {
        Ok(Self {
            path: path.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect(),
            query: query_pairs(request.uri().query().unwrap_or_default())?,
            headers: request.headers(),
        })
    }

    /// Returns the values of a cookie, one for each time that it was sent.
    pub(super) fn cookies(&self, name: &str) -> Vec<String> {
        let lines = self.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(other, _)| *other == name).map(|(_, value)| value.to_owned()).collect()
    }
}

/// Splits a query into decoded names and raw values.
fn query_pairs(query: &str) -> Result<Vec<(String, &str)>, Rejection> {
    let pair = |pair| {
        let (name, value) = str::split_once(pair, '=').unwrap_or((pair, ""));
        let reject = |why| Rejection::of(&[Problem::new("the name in the query", name, why)]);
        Ok((decode_query(name).map_err(reject)?, value))
    };
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}
