//! The server on a socket, with requests as bytes.

use crate::valid_requests::SPEC;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use xtask::mock::{LARGEST_BODY, Mock, MockServer};

fn server() -> MockServer {
    MockServer::start(Mock::load("spec/chatkit.yaml", &SPEC).expect("a sound spec"), 0).expect("a port")
}

fn address(server: &MockServer) -> &str {
    server.base_url().strip_prefix("http://").and_then(|rest| rest.strip_suffix("/v1")).expect("the server's path")
}

fn talk(server: &MockServer, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address(server)).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    stream.write_all(request).expect("a request");
    let mut response = Vec::new();
    stream.read_to_end(&mut response).expect("a response");
    String::from_utf8(response).expect("UTF-8")
}

#[test]
fn serves_on_loopback_and_records_requests() {
    let server = server();
    assert!(address(&server).starts_with("127.0.0.1:"));
    let response = talk(
        &server,
        b"GET /v1/chatkit/threads/a%2Fb HTTP/1.1\r\nhost: x\r\nauthorization: Bearer any\r\n\
          openai-beta: chatkit_beta=v1\r\nconnection: close\r\n\r\n",
    );
    let (head, body) = response.split_once("\r\n\r\n").expect("a head");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    assert!(head.contains("content-type: application/json\r\n"), "{head}");
    assert!(head.contains("x-request-id: req_"), "{head}");
    assert!(body.starts_with("{\"id\":\"cthr_8c1d2e3f4a5b6c7d\","), "{body}");
    let refused = talk(&server, b"POST /v1/chatkit/threads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(refused.starts_with("HTTP/1.1 405 "), "{refused}");
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].uri().path(), "/v1/chatkit/threads/a%2Fb");
    assert_eq!(requests[0].headers()["authorization"], "Bearer any");
    assert_eq!(requests[1].method(), "POST");
}

#[test]
fn responds_to_odd_requests() {
    let server = server();
    for (request, status) in [
        (&b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"[..], "404"),
        (b"GET http://x/v1/chatkit/threads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "401"),
        (b"HEAD /v1/chatkit/threads HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", "405"),
        (b"nonsense\r\n\r\n", "400"),
    ] {
        let response = talk(&server, request);
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{response}");
    }
}

#[test]
fn reads_a_too_large_body_to_its_end_before_it_rejects_it() {
    let server = server();
    let length = LARGEST_BODY + 100_000;
    let mut request = format!(
        "POST /v1/chatkit/sessions HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    )
    .into_bytes();
    request.resize(request.len() + length, b' ');
    assert!(talk(&server, &request).starts_with("HTTP/1.1 413 "));
}

#[test]
fn dropped_server_frees_its_port() {
    let server = server();
    let address = address(&server).to_owned();
    // An open connection does not keep the port.
    let _idle = TcpStream::connect(&address).expect("a connection");
    drop(server);
    let port = address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    assert!(TcpStream::connect(&address).is_err());
    let mock = Mock::load("spec/chatkit.yaml", &SPEC).expect("a sound spec");
    let again = MockServer::start(mock, port).expect("the same port");
    assert!(MockServer::start(Mock::load("spec/chatkit.yaml", &SPEC).expect("a sound spec"), port).is_err());
    drop(again);
}

/// A mock in a process of its own, with few file descriptors.
#[cfg(target_os = "linux")]
struct MockProcess {
    child: std::process::Child,
    address: String,
}

#[cfg(target_os = "linux")]
impl MockProcess {
    fn start(descriptors: u32, spec: &str) -> Self {
        use std::io::{BufRead, BufReader};
        let script =
            format!("ulimit -n {descriptors}; exec '{}' mock --port 0 --spec '{spec}'", env!("CARGO_BIN_EXE_xtask"));
        let mut command = std::process::Command::new("sh");
        let mut child =
            command.args(["-c", &script]).stdout(std::process::Stdio::piped()).spawn().expect("a shell and the mock");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("its first line");
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.split('/').next());
        Self { child, address: address.expect("its base URL").to_owned() }
    }

    /// Returns the processor time that it has used, in ticks of 10 ms.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("a process");
        let after_name = stat.rsplit(')').next().expect("a name in brackets");
        after_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number")).sum()
    }
}

#[cfg(target_os = "linux")]
impl Drop for MockProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn waits_while_it_has_no_descriptor_for_another_connection() {
    let mock = MockProcess::start(40, "spec/chatkit.yaml");
    let connect = || TcpStream::connect(&mock.address).expect("a place in the queue");
    let open: Vec<TcpStream> = (0..60).map(|_| connect()).collect();
    // Until it has accepted as many as it can.
    std::thread::sleep(Duration::from_millis(500));
    let before = mock.ticks();
    std::thread::sleep(Duration::from_secs(1));
    let used = mock.ticks() - before;
    assert!(used < 50, "it used {used} ticks of a second in which nothing happened");
    drop(open);
    let mut stream = connect();
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("a request");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    assert!(response.starts_with("HTTP/1.1 404 "), "{response}");
}

#[cfg(target_os = "linux")]
const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    post:
      operationId: createPets
      requestBody:
        required: true
        content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]
    Dog: {type: object, required: [bark], properties: {bark: {type: integer}}}
    Cat: {type: object, required: [purr], properties: {purr: {type: integer}}}
";

/// The most memory that rejecting a body may take, far above what it takes and far below all violations.
#[cfg(target_os = "linux")]
const MOST_MEMORY: u64 = 1024 * 1024 * 1024;

#[cfg(target_os = "linux")]
#[test]
fn rejects_a_large_body_full_of_violations_in_bounded_memory() {
    let directory = tempfile::tempdir().expect("a directory");
    let spec = directory.path().join("pets.yaml");
    std::fs::write(&spec, PETS).expect("a spec");
    let mock = MockProcess::start(256, spec.to_str().expect("UTF-8"));
    let unknown = (0..200_000).map(|number| format!(",\"{number}\":0")).collect::<Vec<_>>().concat();
    for (body, says) in [
        (format!("[{}1]", "1,".repeat(600_000)), "`[0]`"),
        (
            format!("[{}1]", "1,".repeat(600_000)),
            "; and maybe more, which are not counted: the body has more than 20000",
        ),
        (format!("[{}1]", "1,".repeat(10_000)), "; and 9901 more"),
        (format!("[{{\"bark\":1{unknown}}}]"), "; and 9900 more"),
    ] {
        let mut stream = TcpStream::connect(&mock.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(120))).expect("a timeout");
        let head = format!(
            "POST /pets HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("a request");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("a response");
        assert!(response.starts_with("HTTP/1.1 400 ") && response.contains(says), "{says}: {response}");
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", mock.child.id())).expect("a process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    let peak = peak.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).expect("a number") * 1024;
    assert!(peak < MOST_MEMORY, "{peak} bytes");
}
