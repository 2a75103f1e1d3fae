//! The command line of the mock.

use super::handler::Mock;
use super::rejection::RejectionReason;
use super::server::MockServer;
use crate::console::{colour_on_stderr, say};
use crate::failure::Failure;
use crate::{spec, workspace};
use bytes::Bytes;
use chatkit_codegen::ir::Api;
use clap::Args;
use http::{Request, Response};
use std::fmt::Write;
use std::io;
use std::path::PathBuf;

const DEFAULT_PORT: u16 = 4010;

const EXAMPLES: &str = "\
Examples:
  cargo xtask mock                  the API of this repository, on port 4010
  cargo xtask mock --port 0         any free port; the first line of the output names it
  cargo xtask mock --spec /tmp/petstore.yaml
                                    another document

It listens on 127.0.0.1 only, until Ctrl-C ends it.

Exit codes:
  1  it cannot listen on the port
  2  wrong usage
  3  the spec cannot be read, or is not valid";

/// Serve the examples of the spec, and check each request against it
///
/// Prints the base URL, then a line for each request, with the reason if it is rejected. Credentials are never printed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct MockArgs {
    /// The port; 0 for any free port
    #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT)]
    port: u16,

    /// The OpenAPI 3.0 document, YAML or JSON; a relative path starts at the workspace root
    #[arg(long, value_name = "PATH", default_value = spec::DEFAULT)]
    spec: PathBuf,
}

/// Runs the command until the process is killed.
pub(crate) fn run(arguments: &MockArgs) -> Result<(), Failure> {
    let root = workspace::root()?;
    let path = root.join(&arguments.spec);
    let shown = workspace::shown(&root, &path);
    let text = spec::read(&path, &shown)?;
    let mock = Mock::load(&shown, &text).map_err(|report| Failure::Spec(report.render(colour_on_stderr())))?;
    let environment = environment(mock.api());
    let server = MockServer::observed(mock, arguments.port, |request, response| say(&line(request, response)))
        .map_err(|cause| cannot_listen(arguments.port, &cause))?;
    say(&format!("{}\n{}", server.base_url(), hint(&environment, server.base_url())));
    server.wait();
    Ok(())
}

fn cannot_listen(port: u16, cause: &io::Error) -> Failure {
    let help = match cause.kind() {
        io::ErrorKind::AddrInUse => "; `--port 0` takes one that is free",
        _ => "",
    };
    Failure::broken(format_args!("cannot listen on 127.0.0.1:{port}: {cause}{help}"))
}

/// Returns the environment variables of a client, and whether each has the base URL or a credential.
fn environment(api: &Api) -> Vec<(String, bool)> {
    let server = api.servers.first().and_then(|server| server.environment.clone());
    let keys = api.security_schemes.values().filter_map(|scheme| scheme.environment.clone());
    server.into_iter().map(|name| (name, true)).chain(keys.map(|name| (name, false))).collect()
}

fn hint(environment: &[(String, bool)], base_url: &str) -> String {
    let mut hint = String::new();
    for (name, is_address) in environment {
        // Writing to a string cannot fail.
        let _ = write!(hint, " {name}={}", if *is_address { base_url } else { "any" });
    }
    if hint.is_empty() { hint } else { format!("point a client at it:{hint}\n") }
}

/// Returns the log line of a request. The query is left out, since it may contain a key.
fn line(request: &Request<Bytes>, response: &Response<Bytes>) -> String {
    let (method, path, status) = (request.method(), request.uri().path(), response.status().as_u16());
    let why = response
        .extensions()
        .get::<RejectionReason>()
        .map(|RejectionReason(why)| format!("  {why}"))
        .unwrap_or_default();
    let mut line = String::new();
    for character in format!("{method} {path} {status}{why}").chars() {
        // Text of the request must not start a line, or send commands to a terminal.
        if character.is_control() { line.extend(character.escape_default()) } else { line.push(character) }
    }
    line + "\n"
}

#[cfg(test)]
mod tests {
    use super::{RejectionReason, hint, line};
    use bytes::Bytes;
    use http::{Request, Response};

    #[test]
    fn logs_a_request_in_one_line_without_its_credentials() {
        let request = Request::get("/v1/a?key=secret").header("authorization", "Bearer secret").body(Bytes::new());
        let mut response = Response::new(Bytes::new());
        assert_eq!(line(request.as_ref().expect("a request"), &response), "GET /v1/a 200\n");
        response.extensions_mut().insert(RejectionReason("no\n\u{1b}[2J".to_owned()));
        assert_eq!(line(&request.expect("a request"), &response), "GET /v1/a 200  no\\n\\u{1b}[2J\n");
    }

    #[test]
    fn hint_names_the_environment_variables_of_the_spec() {
        let environment = [("PETS_URL".to_owned(), true), ("PETS_KEY".to_owned(), false)];
        assert_eq!(hint(&environment, "http://x"), "point a client at it: PETS_URL=http://x PETS_KEY=any\n");
        assert_eq!(hint(&[], "http://x"), "");
    }
}
