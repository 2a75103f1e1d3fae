//! Configuration of a client: environment variables, base URL, and API key.

use std::error::Error as _;
use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use chatkit_client::{Client, ClientBuilder, Error, Secret};
use chatkit_tests::server::{Answer, Server};

use super::setup::{KEY, RecordingClock, builder, builder_without_waits, client, thread};

/// Returns a builder that reads only these variables.
fn in_environment(variables: &[(&'static str, String)]) -> ClientBuilder {
    let variables = variables.to_vec();
    Client::builder()
        .environment(move |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()))
}

fn refusal(builder: ClientBuilder) -> String {
    match builder.build() {
        Err(Error::Configuration(error)) => {
            let source = error.source().map_or_else(String::new, |source| format!(": {source}"));
            format!("{error}{source}")
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn reads_key_base_url_organization_and_project_from_the_environment() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let variables = [
        ("OPENAI_API_KEY", " sk-environment\n".to_owned()),
        ("OPENAI_BASE_URL", format!(" {}/ ", server.base_url())),
        ("OPENAI_ORG_ID", "org_1".to_owned()),
        ("OPENAI_PROJECT_ID", "proj_1".to_owned()),
    ];
    let client = in_environment(&variables).build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let request = server.request();
    assert_eq!(request.target, "/v1/chatkit/threads/cthr_1");
    assert_eq!(request.header("authorization"), Some("Bearer sk-environment"));
    assert_eq!(request.header("openai-organization"), Some("org_1"));
    assert_eq!(request.header("openai-project"), Some("proj_1"));
}

#[tokio::test]
async fn prefers_the_builder_to_the_environment() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let variables = [
        ("OPENAI_API_KEY", "sk-environment".to_owned()),
        ("OPENAI_BASE_URL", "http://127.0.0.1:1/".to_owned()),
        ("OPENAI_ORG_ID", "org_environment".to_owned()),
        ("OPENAI_PROJECT_ID", "proj_environment".to_owned()),
    ];
    let builder = in_environment(&variables).base_url(server.base_url()).api_key("sk-builder");
    let client = builder.organization("org_1").project("proj_1").build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let request = server.request();
    assert_eq!(request.header("authorization"), Some("Bearer sk-builder"));
    assert_eq!(request.header("openai-organization"), Some("org_1"));
    assert_eq!(request.header("openai-project"), Some("proj_1"));
}

#[tokio::test]
async fn treats_blank_variables_as_unset() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let blank = ["OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"].map(|name| (name, " \t\n".to_owned()));
    let client = in_environment(&blank).api_key("sk-test").build().expect("the client is set up");
    assert_eq!(client.base_url(), "https://api.openai.com/v1");
    let builder = in_environment(&blank).api_key("sk-test").base_url(server.base_url()).organization("").project(" ");
    builder.build().expect("the client is set up").threads().retrieve("cthr_1").await.expect("it is retrieved");
    let names = server.request().header_names();
    assert!(!names.iter().any(|name| name == "openai-organization" || name == "openai-project"), "{names:?}");
}

#[test]
fn names_the_variable_of_a_missing_key() {
    let missing = refusal(in_environment(&[]));
    let how = "call `.api_key(…)` on the client's builder, or set the environment variable OPENAI_API_KEY";
    assert_eq!(missing, format!("the credential ApiKey is missing: {how}"));
    assert_eq!(refusal(in_environment(&[("OPENAI_API_KEY", "  ".to_owned())])), missing);
    assert_eq!(refusal(in_environment(&[]).api_key(" ")), format!("the credential ApiKey is blank: {how}"));
}

#[test]
fn refuses_an_invalid_key_without_showing_it() {
    for key in ["sk-hidden\nX-Injected: 1", "sk-hidden\r", "sk-hidden\0", "sk-hidden-ключ", "sk-hidden-é"] {
        let text = format!("{key}tail");
        let builders = [in_environment(&[]).api_key(text.clone()), in_environment(&[("OPENAI_API_KEY", text.clone())])];
        for builder in builders {
            let refusal = refusal(builder);
            assert!(refusal.starts_with("the credential ApiKey cannot be sent in a header"), "{refusal}");
            assert!(refusal.contains("check `.api_key(…)` or the environment variable OPENAI_API_KEY"), "{refusal}");
            assert!(!refusal.contains("hidden"), "{refusal}");
        }
    }
}

#[tokio::test]
async fn trims_the_key() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let client = builder(&server).api_key(" sk-spaced\r\n").build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    assert_eq!(server.request().header("authorization"), Some("Bearer sk-spaced"));
}

#[tokio::test]
async fn accepts_a_base_url_with_a_path_and_trailing_slashes() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let address = server.address();
    let cases = [
        (format!("http://{address}"), "/chatkit/threads/cthr_1"),
        (format!("http://{address}/"), "/chatkit/threads/cthr_1"),
        (format!("http://{address}/v1"), "/v1/chatkit/threads/cthr_1"),
        (format!("http://{address}/v1//"), "/v1/chatkit/threads/cthr_1"),
        (format!("http://{address}/a%20b/openai/v1/"), "/a%20b/openai/v1/chatkit/threads/cthr_1"),
        (format!(" HTTP://{address}/v1 "), "/v1/chatkit/threads/cthr_1"),
    ];
    for (url, _) in &cases {
        let client = builder(&server).base_url(url).build().unwrap_or_else(|error| panic!("{url}: {error}"));
        client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    }
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, cases.map(|(_, target)| target));
}

#[test]
fn refuses_a_malformed_base_url_without_showing_it() {
    let cases = [
        "",
        "/",
        "hidden",
        "hidden.example/v1",
        "ftp://hidden.example",
        "http://",
        "http://hidden .example",
        "http://1.2.3.256/hidden",
        "https://user:hidden@example.com/v1",
        "https://hidden@example.com/v1",
        "https://example.com/v1?key=hidden",
        "https://example.com/v1?",
        "https://example.com/v1#hidden",
    ];
    for url in cases {
        let by_builder = in_environment(&[]).api_key("sk-test").base_url(url);
        assert!(!format!("{by_builder:?}").contains("hidden@"), "{by_builder:?}");
        assert!(!format!("{by_builder:?}").contains("=hidden"), "{by_builder:?}");
        let refusal = refusal(by_builder);
        assert!(refusal.starts_with("the base URL ") && !refusal.contains("hidden"), "{url}: {refusal}");
    }
    let by_environment = in_environment(&[("OPENAI_BASE_URL", "ftp://hidden".to_owned())]).api_key("sk-test");
    assert_eq!(
        self::refusal(by_environment),
        "OPENAI_BASE_URL must start with `https://` or `http://`, followed by a host"
    );
}

#[tokio::test]
async fn calls_the_key_provider_before_each_attempt() {
    let server = Server::script([Answer::json(500, ""), Answer::json(500, ""), Answer::json(200, thread("cthr_1"))]);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let provide = move || {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, Error>(Secret::from(format!(" sk-{number} "))) }
    };
    let builder = builder_without_waits(&server, &RecordingClock::default()).api_key_provider(provide);
    let client = builder.build().expect("the client is set up");
    client.threads().retrieve("cthr_1").await.expect("it is retrieved");
    let keys: Vec<_> =
        server.requests().iter().map(|request| request.header("authorization").map(str::to_owned)).collect();
    assert_eq!(keys, ["sk-0", "sk-1", "sk-2"].map(|key| Some(format!("Bearer {key}"))));
    // A call that sends no key does not call the provider.
    client.threads().retrieve("cthr_1").without_header("authorization").await.expect_err("the script is over");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn sends_nothing_if_the_key_provider_fails() {
    let server = Server::script([]);
    let keys: [Result<&str, &str>; 4] = [Err("the vault is closed"), Ok("sk-hidden\nx"), Ok("sk-hidden-é"), Ok(" ")];
    for key in keys {
        let asked = Arc::new(Mutex::new(0));
        let count = Arc::clone(&asked);
        let provide = move || {
            *count.lock().expect("nothing panics here") += 1;
            async move { key.map(Secret::from) }
        };
        let client = builder(&server).api_key_provider(provide).build().expect("the client is set up");
        let error = client.threads().retrieve("cthr_1").await.expect_err("there is no key");
        assert!(matches!(error, Error::Configuration(_)), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("hidden"), "{error:?}");
        if let Err(why) = key {
            assert_eq!(error.source().expect("the provider says why").to_string(), why);
        }
        assert_eq!(*asked.lock().expect("nothing panics here"), 1, "it is not asked again");
    }
    assert_eq!(server.counts().connections, 0);
}

/// For example, in the async runtime of another crate.
#[test]
fn explains_a_missing_tokio_runtime() {
    let client = builder(&Server::script([])).build().expect("the client is set up");
    let error = |id: &str| match pin!(client.threads().retrieve(id).into_future())
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(result) => result.expect_err("it cannot be sent"),
        Poll::Pending => panic!("it waits"),
    };
    let expected = "a call needs a running Tokio runtime: make it inside of one, or use `send_blocking()` of the feature `blocking`";
    assert_eq!(error("cthr_1").to_string(), expected);
    // Errors that a runtime would not avoid are reported first.
    assert!(matches!(error(".."), Error::Validation(_)));
}

#[test]
fn refuses_a_connect_timeout_with_a_custom_transport() {
    let server = Server::script([]);
    let second = std::time::Duration::from_secs(1);
    let refusal = refusal(builder(&server).connect_timeout(second).http_client(reqwest::Client::new()));
    assert!(refusal.starts_with("connect_timeout has no effect"), "{refusal}");
    builder(&server).connect_timeout(second).build().expect("the transport is the client's own");
}

#[tokio::test]
async fn shares_connections_between_clones() {
    let server = Server::always(Answer::json(200, thread("cthr_1")));
    let client = client(&server);
    for _ in 0..3 {
        client.clone().threads().retrieve("cthr_1").await.expect("it is retrieved");
    }
    let counts = server.counts();
    assert_eq!((counts.requests, counts.connections), (3, 1));
}

#[test]
fn readme_lists_every_environment_variable() {
    let readme = include_str!("../../../generated/README.md");
    let looked_up = Arc::new(Mutex::new(Vec::new()));
    let names = Arc::clone(&looked_up);
    let builder = Client::builder().environment(move |name| {
        names.lock().expect("nothing panics here").push(name.to_owned());
        (name == "OPENAI_API_KEY").then(|| KEY.to_owned())
    });
    builder.build().expect("the client is set up");
    let names = looked_up.lock().expect("nothing panics here");
    assert_eq!(names.len(), 4);
    for name in &*names {
        assert!(readme.contains(&format!("| `{name}` |")), "{name}");
    }
}
