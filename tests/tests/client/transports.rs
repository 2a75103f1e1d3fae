//! Custom transports.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use chatkit_client::http::{Request, Response};
use chatkit_client::{Body, BoxFuture, Error, ReqwestTransport, Transport, TransportError, TransportErrorKind};
use chatkit_tests::server::{Answer, Server};

use super::setup::{RecordingClock, builder, builder_without_waits, thread};

/// A transport that records requests and answers them without a network.
#[derive(Clone, Default)]
struct InMemoryTransport(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Transport for InMemoryTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let mut requests = self.0.lock().expect("nothing panics here");
        requests.push(request);
        let is_first = requests.len() == 1;
        Box::pin(async move {
            if is_first {
                return Err(TransportError::new(TransportErrorKind::Other, "lost"));
            }
            let text = thread("cthr_1").to_string();
            let pieces = text.as_bytes().chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect::<Vec<_>>();
            Ok(Response::new(Body::from_stream(futures_util::stream::iter(pieces))))
        })
    }
}

#[tokio::test]
async fn gives_whole_requests_to_a_custom_transport_and_retries_it() {
    let server = Server::script([]);
    let memory = InMemoryTransport::default();
    let builder = builder_without_waits(&server, &RecordingClock::default()).transport(memory.clone());
    let client = builder.build().expect("the client is set up");
    let thread = client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!((thread.id.as_str(), thread.attempts()), ("cthr_1", 2));
    let requests = memory.0.lock().expect("nothing panics here").clone();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].uri().to_string(), format!("{}/chatkit/threads/cthr_1", server.base_url()));
    assert_eq!(requests[1].headers()["authorization"], "Bearer sk-test");
    assert_eq!(requests[1].headers()["openai-beta"], "chatkit_beta=v1");
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn redacts_the_key_in_debug_output_of_requests() {
    let memory = InMemoryTransport::default();
    let builder = builder(&Server::script([])).header("x-own", "sk-other").transport(memory.clone());
    let client = builder.build().expect("the client is set up");
    client.threads().retrieve("cthr_1").retries(0).await.expect_err("the first request is lost");
    let requests = format!("{:?}", memory.0.lock().expect("nothing panics here"));
    assert!(requests.contains("authorization") && requests.contains("x-own"), "{requests}");
    assert!(!requests.contains("sk-"), "{requests}");
}

#[tokio::test]
async fn uses_a_custom_reqwest_client() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let own = reqwest::Client::builder().user_agent("own/1").default_headers(
        [(reqwest::header::HeaderName::from_static("x-own"), reqwest::header::HeaderValue::from_static("yes"))]
            .into_iter()
            .collect(),
    );
    let own = own.build().expect("reqwest is set up");
    let client = builder(&server).http_client(own).build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let request = server.request();
    assert_eq!(request.header("x-own"), Some("yes"));
    assert_eq!(request.header("user-agent"), Some(concat!("chatkit-client/", env!("CARGO_PKG_VERSION"))));
}

/// A transport that records paths and sends the requests with reqwest.
struct RecordingTransport(ReqwestTransport, Arc<Mutex<Vec<String>>>);

impl Transport for RecordingTransport {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        self.1.lock().expect("nothing panics here").push(request.uri().path().to_owned());
        self.0.send(request)
    }
}

#[tokio::test]
async fn wraps_reqwest_in_a_custom_transport() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let paths = Arc::default();
    let transport = RecordingTransport(chatkit_client::reqwest::Client::new().into(), Arc::clone(&paths));
    let client = builder(&server).transport(transport).build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(*paths.lock().expect("nothing panics here"), ["/v1/chatkit/threads/cthr_1"]);
}

#[tokio::test]
async fn reports_the_timeout_of_a_custom_reqwest_client() {
    let server = Server::always(Answer::default().stall());
    let own = reqwest::Client::builder().timeout(Duration::from_millis(50)).build().expect("reqwest is set up");
    let client = builder(&server).http_client(own).retries(0).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("it takes too long");
    assert!(matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::Timeout), "{error:?}");
}

#[tokio::test]
async fn distinguishes_an_absent_server_from_a_failing_one() {
    let server = Server::script([]);
    let (address, authority) = (server.base_url(), server.address());
    // Nothing listens there any longer.
    drop(server);
    let other = Server::script([]);
    let waits = RecordingClock::default();
    let client = builder_without_waits(&other, &waits).base_url(address).build().expect("the client is set up");
    let error = client.threads().retrieve("cthr_1").await.expect_err("nobody is there");
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert!(error.is_connect());
    assert_eq!(error.status(), None);
    assert_eq!((error.operation(), error.attempts()), (Some("retrieveThread"), 3));
    assert_eq!(error.to_string(), format!("retrieveThread could not connect to {authority} after 3 attempts"));
    assert_eq!(waits.all().len(), 2);
}

/// The call runs in a process of its own, since all threads of a process share its environment.
#[test]
fn reads_proxies_from_the_environment() {
    let proxy = Server::always(Answer::json(200, thread("cthr_1")));
    let mut child = std::process::Command::new(std::env::current_exe().expect("the test is a program"));
    child.args(["--exact", "--ignored", "transports::calls_a_name_that_only_a_proxy_knows"]);
    for name in ["NO_PROXY", "no_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"] {
        child.env_remove(name);
    }
    let output = child.env("http_proxy", format!("http://{}", proxy.address())).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(proxy.request().line(), "GET http://nowhere.invalid/v1/chatkit/threads/cthr_1");
}

#[tokio::test]
#[ignore = "`reads_proxies_from_the_environment` runs it with a proxy"]
async fn calls_a_name_that_only_a_proxy_knows() {
    let builder = builder(&Server::script([])).base_url("http://nowhere.invalid/v1").retries(0);
    let client = builder.build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("the proxy answers");
}
