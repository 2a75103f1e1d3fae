//! `cargo xtask mock`, run as a process.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let command = command.arg("mock").args(arguments).current_dir(std::env::temp_dir());
    Running(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a process"))
}

#[test]
fn prints_its_base_url_and_logs_each_request_without_its_key() {
    let mut running = start(&["--port", "0"]);
    let mut lines = BufReader::new(running.0.stdout.take().expect("a pipe")).lines();
    let mut line = || lines.next().expect("a line").expect("UTF-8");
    let url = line();
    let address = url.strip_prefix("http://").and_then(|url| url.strip_suffix("/v1")).expect("a URL").to_owned();
    assert_eq!(line(), format!("point a client at it: OPENAI_BASE_URL={url} OPENAI_API_KEY=any"));
    for (query, logged) in [
        ("", "GET /v1/chatkit/threads 200"),
        (
            "?limt=1",
            "GET /v1/chatkit/threads 400  query parameter `limt`: there is no such parameter, did you mean `limit`?",
        ),
    ] {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        let request = format!(
            "GET /v1/chatkit/threads{query} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
             authorization: Bearer secret\r\nopenai-beta: chatkit_beta=v1\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("a request");
        stream.read_to_end(&mut Vec::new()).expect("a response");
        assert_eq!(line(), logged);
    }
}

#[test]
fn help_has_the_exit_codes_of_the_mock_and_no_others() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["mock", "--help"]).output().expect("a process");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    let codes = help.split_once("Exit codes:\n").expect("a list of exit codes").1.lines();
    let codes: Vec<_> = codes.filter_map(|line| line.trim_start().split(' ').next()).collect();
    assert_eq!(codes, ["1", "2", "3"]);
}

#[test]
fn invalid_spec_ends_the_command() {
    let directory = tempfile::tempdir().expect("a directory");
    let spec = directory.path().join("spec.yaml");
    std::fs::write(&spec, "openapi: 3.0.3\n").expect("a file");
    let mut running = start(&["--port", "0", "--spec", spec.to_str().expect("UTF-8")]);
    assert_eq!(running.0.wait().expect("an end").code(), Some(3));
}

#[test]
fn taken_port_ends_the_command() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let mut running = start(&["--port", &port]);
    let mut stderr = String::new();
    running.0.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!(running.0.wait().expect("an end").code(), Some(1));
    assert!(stderr.contains(&format!("cannot listen on 127.0.0.1:{port}: ")), "{stderr}");
    assert!(stderr.contains("; `--port 0` takes one that is free"), "{stderr}");
}
