//! Parameters: path, query, headers and cookies.

use super::endpoint::{Endpoint, EndpointParameter};
use super::path_template::{decode, decode_query};
use super::rejection::{Problem, Rejection};
use super::values;
use chatkit_codegen::ir::{Api, ListType, Location, ParameterContent, SecurityKind, Style, Type, TypeKind};
use chatkit_codegen::parse::{Validator, suggest};
use http::{HeaderMap, header};
use serde_json::Value;
use std::collections::HashMap;

/// The parameters of a request as they are written, not decoded yet.
#[derive(Debug)]
pub(super) struct RawParameters<'r> {
    pub(super) path: Vec<(String, &'r str)>,
    /// Names are decoded.
    pub(super) query: Vec<(String, &'r str)>,
    pub(super) headers: &'r HeaderMap,
}

/// The query parameters that were read.
pub(super) type QueryValues = HashMap<String, Value>;

/// Splits a query into names, decoded, and raw values.
pub(super) fn query(text: &str) -> Result<Vec<(String, &str)>, Rejection> {
    let pair = |pair| {
        let (name, value) = str::split_once(pair, '=').unwrap_or((pair, ""));
        let told = |why| Rejection::of(&[Problem::new("the name in the query", name, why)]);
        Ok((decode_query(name).map_err(told)?, value))
    };
    text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// Reads and checks all parameters of an operation.
pub(super) fn check(
    api: &Api,
    validator: &Validator,
    endpoint: &Endpoint,
    written: &RawParameters<'_>,
) -> Result<QueryValues, Rejection> {
    let mut problems = unknown(api, endpoint, written);
    let mut read = QueryValues::new();
    for input in &endpoint.inputs {
        match value(api, input, written) {
            Err(problem) => problems.push(problem),
            Ok(None) => {}
            Ok(Some(value)) => {
                let violations = validator.violations(&input.schema, value.clone());
                let told = |message: &str| Problem::new(input.kind(), &input.parameter.name, message);
                problems.extend(violations.iter().map(|violation| told(&violation.message)));
                if input.parameter.location == Location::Query {
                    read.insert(input.parameter.name.clone(), value);
                }
            }
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(Rejection::of(&problems)) }
}

/// Query parameters that the operation does not have.
fn unknown(api: &Api, endpoint: &Endpoint, written: &RawParameters<'_>) -> Vec<Problem> {
    let mut names: Vec<&str> = Vec::new();
    for input in endpoint.inputs.iter().filter(|input| input.parameter.location == Location::Query) {
        match exploded(api, input) {
            ExplodedNames::No => names.push(&input.parameter.name),
            ExplodedNames::Into(properties) => names.extend(properties),
            ExplodedNames::IntoAnything => return Vec::new(),
        }
    }
    for scheme in endpoint.schemes(api) {
        if let SecurityKind::ApiKey { location: Location::Query, name } = &scheme.kind {
            names.push(name);
        }
    }
    let mut problems: Vec<Problem> = Vec::new();
    for (name, _) in &written.query {
        // `filter[a]=1` is a property of the parameter `filter`.
        let base = name.split('[').next().unwrap_or(name);
        let known = names.iter().any(|known| known == name || (*known == base && endpoint.is_deep(base)));
        if !known && !problems.iter().any(|problem| problem.place == *name) {
            let hint = suggest::did_you_mean(name, names.iter().copied()).map(|hint| format!(", {hint}"));
            let message = format!("there is no such parameter{}", hint.unwrap_or_default());
            problems.push(Problem::new("query parameter", name, &message));
        }
    }
    problems
}

/// What names an object in the query takes.
enum ExplodedNames<'a> {
    /// It is no object, or has its own name.
    No,
    Into(Vec<&'a str>),
    IntoAnything,
}

fn exploded<'a>(api: &'a Api, input: &'a EndpointParameter) -> ExplodedNames<'a> {
    let ParameterContent::Styled { schema, style: Style::Form, explode: true } = &input.parameter.content else {
        return ExplodedNames::No;
    };
    match values::behind(api, schema) {
        Type::Map(_) => ExplodedNames::IntoAnything,
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Object(object) => {
                ExplodedNames::Into(object.properties.iter().map(|p| p.name.as_str()).collect())
            }
            _ => ExplodedNames::No,
        },
        _ => ExplodedNames::No,
    }
}

/// The value of a parameter; `None` where it was not sent, or is written in a way that is not read.
fn value(api: &Api, input: &EndpointParameter, written: &RawParameters<'_>) -> Result<Option<Value>, Problem> {
    let name = &input.parameter.name;
    let told = |message: &str| Problem::new(input.kind(), name, message);
    if input.is_unread(api) {
        return Ok(None);
    }
    let texts = texts(input, written).map_err(|why| told(&why))?;
    let decode: fn(&str) -> Result<String, &'static str> = match input.parameter.location {
        Location::Path => decode,
        Location::Query => decode_query,
        Location::Header | Location::Cookie => |text| Ok(text.to_owned()),
    };
    let text = match &*texts {
        [] if input.parameter.required => return Err(told("it is required, and missing")),
        [] => return Ok(None),
        texts => texts.first().map(String::as_str).unwrap_or_default(),
    };
    let once = |texts: &[String]| match texts.len() {
        1 => Ok(()),
        count => Err(told(&format!("it is sent {count} times, and takes one value"))),
    };
    match &input.parameter.content {
        ParameterContent::Media(_) => {
            once(&texts)?;
            let text = decode(text).map_err(told)?;
            serde_json::from_str(&text).map(Some).map_err(|error| told(&format!("it is not JSON: {error}")))
        }
        ParameterContent::Styled { schema, style, explode } => {
            if let Type::List(list) = values::behind(api, schema) {
                let repeats = *explode && input.parameter.location == Location::Query;
                if !repeats {
                    once(&texts)?;
                }
                let texts = if repeats { texts } else { split(text, *style) };
                return items(api, list, &texts, decode).map(Some).map_err(told);
            }
            once(&texts)?;
            Ok(Some(values::scalar(api, schema, &decode(text).map_err(told)?)))
        }
    }
}

/// What was written for a parameter, once for each time.
fn texts(input: &EndpointParameter, written: &RawParameters<'_>) -> Result<Vec<String>, String> {
    let name = input.parameter.name.as_str();
    let named = |pairs: &[(String, &str)]| {
        pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| (*value).to_owned()).collect()
    };
    Ok(match input.parameter.location {
        Location::Path => named(&written.path),
        Location::Query => named(&written.query),
        Location::Header => {
            let lines = written.headers.get_all(name).iter().map(|value| str::from_utf8(value.as_bytes()));
            let lines: Vec<&str> = lines.collect::<Result<_, _>>().map_err(|_| "it is not UTF-8")?;
            // Lines of one name are one value with commas.
            if lines.is_empty() { Vec::new() } else { vec![lines.join(", ")] }
        }
        Location::Cookie => cookies(written.headers, name),
    })
}

/// The values of a cookie.
pub(super) fn cookies(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(other, _)| *other == name).map(|(_, value)| value.to_owned()).collect()
}

/// The items of a list that stands in one text.
fn split(text: &str, style: Style) -> Vec<String> {
    let text = match style {
        Style::SpaceDelimited => text.replace("%20", "+"),
        Style::PipeDelimited => text.replace("%7C", "|").replace("%7c", "|"),
        _ => text.to_owned(),
    };
    let between = match style {
        Style::SpaceDelimited => '+',
        Style::PipeDelimited => '|',
        _ => ',',
    };
    text.split(between).map(|item| item.trim().to_owned()).collect()
}

fn items(
    api: &Api,
    list: &ListType,
    texts: &[String],
    decode: fn(&str) -> Result<String, &'static str>,
) -> Result<Value, &'static str> {
    texts.iter().map(|text| Ok(values::scalar(api, &list.items, &decode(text)?))).collect()
}
