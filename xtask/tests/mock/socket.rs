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
