//! A client of a small API, over a transport in memory.
#![allow(dead_code, reason = "the options of calls are tested with the generated client")]

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Method, Request as HttpRequest, Response as HttpResponse};

use crate::runtime::api::{Api, Credential, CredentialLocation, ErrorFormat};
use crate::runtime::body::Body;
use crate::runtime::builder::ClientBuilder;
use crate::runtime::call::Call;
use crate::runtime::call_methods;
use crate::runtime::client::Client;
use crate::runtime::clock::Clock;
use crate::runtime::error::{Error, TransportError};
use crate::runtime::future::BoxFuture;
use crate::runtime::operation::Operation;
use crate::runtime::operation_info::OperationInfo;
use crate::runtime::request_builder::RequestBuilder;
use crate::runtime::response_body;
use crate::runtime::transport::Transport;
use crate::support::lenient::Lenient;

const ERRORS: ErrorFormat = ErrorFormat { message: None, kind: None, param: None, code: None, final_codes: &[] };

static API: Api = Api {
    user_agent: "test/1",
    base_url: "https://api.example/v1",
    base_url_variable: Some("PETS_URL"),
    credentials: &[
        Credential {
            name: "key",
            setter: "key",
            variable: None,
            location: CredentialLocation::Query("key"),
            required: false,
        },
        Credential {
            name: "token",
            setter: "access_token",
            variable: Some("PETS_TOKEN"),
            location: CredentialLocation::Header("x-token"),
            required: false,
        },
    ],
    headers: &[],
    errors: ERRORS,
};

static NOWHERE: Api = Api {
    user_agent: "test/1",
    base_url: "/",
    base_url_variable: Some("PETS_URL"),
    credentials: &[],
    headers: &[],
    errors: ERRORS,
};

/// A call that needs both credentials.
#[derive(Clone, Debug)]
struct Look {
    call: Call,
}

call_methods::call!(Look);

impl Operation for Look {
    type Output = ();
    const INFO: &'static OperationInfo = &OperationInfo {
        id: "look",
        method: Method::HEAD,
        path: "/pets",
        accept: "application/json",
        credentials: &[0, 1],
        headers: &[],
    };

    fn call(&self) -> &Call {
        &self.call
    }

    fn write(&self, request: &mut RequestBuilder) {
        let _ = request;
    }

    fn decode(_: &Bytes, _: bool) -> Result<Lenient<()>, serde_json::Error> {
        response_body::nothing()
    }
}

/// A transport that responds at once, and records the requests.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<HttpRequest<Bytes>>>>);

impl Transport for Memory {
    fn send(&self, request: HttpRequest<Bytes>) -> BoxFuture<'_, Result<HttpResponse<Body>, TransportError>> {
        self.0.lock().expect("no test panics while it holds this").push(request);
        let response = HttpResponse::builder().header("content-length", "1000000").body(Body::from(""));
        Box::pin(async { Ok(response.expect("the response is valid")) })
    }
}

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn random(&self) -> f64 {
        0.0
    }
}

pub(super) fn builder() -> ClientBuilder {
    ClientBuilder::new(&API).environment(|_| None).clock(Still)
}

/// Returns the result of a call that does not wait.
fn now(client: &Client) -> Result<(), Error> {
    let call = Look { call: Call::new(client) };
    match pin!(call.into_future()).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result.map(|_| ()),
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn credentials_are_sent_as_the_spec_says() {
    let memory = Memory::default();
    let client = builder().transport(memory.clone()).credential(0, "a b&c".into()).credential(1, " t ".into());
    now(&client.build().expect("it is set up")).expect("it succeeds");
    let requests = memory.0.lock().expect("nothing panicked");
    assert_eq!(requests[0].uri(), "https://api.example/v1/pets?key=a%20b%26c");
    assert_eq!(requests[0].headers()["x-token"], "t");
    assert!(requests[0].headers()["x-token"].is_sensitive());
}

#[test]
fn a_call_without_its_credential_is_not_sent() {
    let memory = Memory::default();
    let client = builder().transport(memory.clone()).credential(0, "k".into()).build().expect("no call needs both yet");
    let error = now(&client).expect_err("it is not sent");
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the credential token is missing: call `.access_token(…)` on the client's builder, or set the environment variable \
         PETS_TOKEN"
    );
    assert!(memory.0.lock().expect("nothing panicked").is_empty());
}

#[test]
fn the_content_length_of_a_head_response_is_not_limited() {
    let client = builder().transport(Memory::default()).max_response_bytes(10);
    let client = client.credential(0, "k".into()).credential(1, "t".into()).build().expect("it is set up");
    now(&client).expect("nothing has to be read");
}

#[test]
fn an_api_without_a_base_url_needs_one_from_the_caller() {
    let error = ClientBuilder::new(&NOWHERE).environment(|_| None).build().expect_err("there is none");
    assert_eq!(
        error.to_string(),
        "the base URL is missing: call `.base_url(…)` on the client's builder, or set the environment variable PETS_URL"
    );
    let client = ClientBuilder::new(&NOWHERE).environment(|_| None).base_url("http://localhost:1/v1/").build();
    assert_eq!(client.expect("it has one").base_url(), "http://localhost:1/v1");
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn a_client_for_https_needs_tls() {
    let error = builder().build().expect_err("TLS is missing");
    assert!(error.to_string().starts_with("https needs TLS: "), "{error}");
    builder().base_url("http://localhost:1").build().expect("it needs none");
}
