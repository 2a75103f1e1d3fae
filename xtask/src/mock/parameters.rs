//! Checks of the parameters of a request: path, query, headers and cookies.

use super::endpoint::{Endpoint, EndpointParameter};
use super::percent_decoding::{decode, decode_query};
use super::raw_parameters::RawParameters;
use super::rejection::{Problem, Rejection};
use super::values::{self, QueryValues};
use chatkit_codegen::ir::{Api, ListType, ParameterContent, ParameterLocation, SecurityKind, Style, Type, TypeKind};
use chatkit_codegen::parse::Validator;
use chatkit_codegen::suggest;
use serde_json::Value;

/// Decodes one text of a parameter.
type Decode = fn(&str) -> Result<String, &'static str>;

/// Decodes the parameters of an operation, checks them against their schemas, and returns those of the query.
pub(super) fn check(
    api: &Api,
    validator: &Validator,
    endpoint: &Endpoint,
    raw: &RawParameters<'_>,
) -> Result<QueryValues, Rejection> {
    let mut problems = unknown(api, endpoint, raw);
    let mut query = QueryValues::new();
    for parameter in &endpoint.parameters {
        match value(api, parameter, raw) {
            Err(message) => problems.push(parameter.problem(&message)),
            Ok(None) => {}
            Ok(Some(value)) => {
                let violations = validator.violations(&parameter.schema, value.clone());
                problems.extend(violations.iter().map(|violation| parameter.problem(&violation.message)));
                if parameter.definition.location == ParameterLocation::Query {
                    query.insert(parameter.definition.name.clone(), value);
                }
            }
        }
    }
    if problems.is_empty() { Ok(query) } else { Err(Rejection::of(&problems)) }
}

/// Returns a problem for each query parameter that the operation does not have.
fn unknown(api: &Api, endpoint: &Endpoint, raw: &RawParameters<'_>) -> Vec<Problem> {
    let Some(names) = known_names(api, endpoint) else { return Vec::new() };
    let mut problems: Vec<Problem> = Vec::new();
    for (name, _) in &raw.query {
        // `filter[a]=1` is a property of the parameter `filter`.
        let base = name.split('[').next().unwrap_or(name);
        let known = names.iter().any(|known| known == name || (*known == base && endpoint.is_deep(base)));
        if !known && !problems.iter().any(|problem| problem.param == *name) {
            let hint = suggest::did_you_mean(name, names.iter().copied()).map(|hint| format!(", {hint}"));
            let message = format!("there is no such parameter{}", hint.unwrap_or_default());
            problems.push(Problem::new("query parameter", name, &message));
        }
    }
    problems
}

/// Returns the names that the query of an operation may have, or `None` if it may have any.
fn known_names<'a>(api: &'a Api, endpoint: &'a Endpoint) -> Option<Vec<&'a str>> {
    let mut names: Vec<&str> = Vec::new();
    for parameter in
        endpoint.parameters.iter().filter(|parameter| parameter.definition.location == ParameterLocation::Query)
    {
        match exploded(api, parameter) {
            ExplodedNames::Own => names.push(&parameter.definition.name),
            ExplodedNames::Properties(properties) => names.extend(properties),
            ExplodedNames::Any => return None,
        }
    }
    for scheme in endpoint.schemes(api) {
        if let SecurityKind::ApiKey { location: ParameterLocation::Query, name } = &scheme.kind {
            names.push(name);
        }
    }
    Some(names)
}

/// The names under which a parameter is sent in the query.
enum ExplodedNames<'a> {
    /// Its own name: it is not an object, or is not exploded.
    Own,
    /// The names of its properties.
    Properties(Vec<&'a str>),
    /// Any name: it is a map.
    Any,
}

fn exploded<'a>(api: &'a Api, parameter: &'a EndpointParameter) -> ExplodedNames<'a> {
    let ParameterContent::Styled { schema, style: Style::Form, explode: true } = &parameter.definition.content else {
        return ExplodedNames::Own;
    };
    match values::unaliased(api, schema) {
        Type::Map(_) => ExplodedNames::Any,
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Object(object) => {
                ExplodedNames::Properties(object.properties.iter().map(|property| property.name.as_str()).collect())
            }
            _ => ExplodedNames::Own,
        },
        _ => ExplodedNames::Own,
    }
}

/// Reads the value of a parameter. Returns `None` if it was not sent, or if its style is not supported.
fn value(api: &Api, parameter: &EndpointParameter, raw: &RawParameters<'_>) -> Result<Option<Value>, String> {
    if parameter.is_unsupported(api) {
        return Ok(None);
    }
    let texts = texts(parameter, raw)?;
    let Some(text) = texts.first() else {
        let required = parameter.definition.required;
        return if required { Err("it is required, and missing".to_owned()) } else { Ok(None) };
    };
    let location = parameter.definition.location;
    let decode: Decode = match location {
        ParameterLocation::Path => decode,
        ParameterLocation::Query => decode_query,
        ParameterLocation::Header | ParameterLocation::Cookie => |text| Ok(text.to_owned()),
    };
    match &parameter.definition.content {
        ParameterContent::Media(_) => {
            once(&texts)?;
            serde_json::from_str(&decode(text)?).map(Some).map_err(|error| format!("it is not JSON: {error}"))
        }
        ParameterContent::Styled { schema, style, explode } => {
            if let Type::List(list) = values::unaliased(api, schema) {
                let repeats = *explode && location == ParameterLocation::Query;
                if !repeats {
                    once(&texts)?;
                }
                let items = if repeats { texts } else { split(text, *style) };
                return Ok(Some(list_value(api, list, &items, decode)?));
            }
            once(&texts)?;
            Ok(Some(values::scalar(api, schema, &decode(text)?)))
        }
    }
}

/// Fails unless a parameter was sent once.
fn once(texts: &[String]) -> Result<(), String> {
    match texts.len() {
        1 => Ok(()),
        count => Err(format!("it is sent {count} times, and takes one value")),
    }
}

/// Returns the raw texts of a parameter, one for each time that it was sent.
fn texts(parameter: &EndpointParameter, raw: &RawParameters<'_>) -> Result<Vec<String>, String> {
    let name = parameter.definition.name.as_str();
    let named = |pairs: &[(String, &str)]| {
        pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| (*value).to_owned()).collect()
    };
    Ok(match parameter.definition.location {
        ParameterLocation::Path => named(&raw.path),
        ParameterLocation::Query => named(&raw.query),
        ParameterLocation::Header => {
            let lines = raw.headers.get_all(name).iter().map(|value| str::from_utf8(value.as_bytes()));
            let lines: Vec<&str> = lines.collect::<Result<_, _>>().map_err(|_| "it is not UTF-8")?;
            // HTTP joins the lines of one header with commas.
            if lines.is_empty() { Vec::new() } else { vec![lines.join(", ")] }
        }
        ParameterLocation::Cookie => raw.cookies(name),
    })
}

/// Splits a list that was sent as one text into its items.
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

fn list_value(api: &Api, list: &ListType, texts: &[String], decode: Decode) -> Result<Value, &'static str> {
    texts.iter().map(|text| Ok(values::scalar(api, &list.items, &decode(text)?))).collect()
}
