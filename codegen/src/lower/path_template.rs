//! The parameters in the template of a path.

use crate::diagnostics::Diagnostic;
use crate::ir::{Parameter, ParameterLocation};
use crate::suggest;
use std::collections::{HashMap, HashSet};

/// Compares the template of an operation's path with the path parameters.
pub(super) fn check_template(path: &str, operation: &str, parameters: &[Parameter]) -> Vec<Diagnostic> {
    let declared: HashMap<&str, &Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.location == ParameterLocation::Path)
        .map(|parameter| (parameter.name.as_str(), parameter))
        .collect();
    let mut diagnostics = Vec::new();
    let mut found: HashSet<&str> = HashSet::new();
    for name in names(path) {
        let mut wrong = |message: String, help: String| {
            diagnostics.push(Diagnostic::error("path-parameter", operation, message).help(help));
        };
        if !found.insert(name) {
            wrong(format!("the path contains `{{{name}}}` twice"), "rename one of them".to_owned());
        } else if !declared.contains_key(name) {
            let parameter = format!("{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}");
            let help = suggest::nearest(name, declared.keys().copied()).map_or_else(
                || format!("add `{parameter}` to `parameters`"),
                |near| format!("did you mean `{{{near}}}`?"),
            );
            wrong(format!("the path contains `{{{name}}}`, but no path parameter is called `{name}`"), help);
        }
    }
    let in_path = parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Path);
    diagnostics.extend(in_path.filter_map(|parameter| check_parameter(parameter, &found)));
    diagnostics
}

fn check_parameter(parameter: &Parameter, found: &HashSet<&str>) -> Option<Diagnostic> {
    let name = &parameter.name;
    let (message, help) = if !found.contains(name.as_str()) {
        (format!("the path does not contain `{{{name}}}`"), "add it to the path, or remove the parameter")
    } else if !parameter.required {
        let help = "write `required: true`: a path always has all of its segments";
        (format!("the path parameter `{name}` is optional"), help)
    } else {
        return None;
    };
    Some(Diagnostic::error("path-parameter", &*parameter.pointer, message).help(help))
}

/// Returns the names in braces.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|piece| piece.split_once('}').map(|(name, _)| name))
}
