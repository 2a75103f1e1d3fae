//! The client does not send requests outside of the spec's bounds, unless callers disable the validation.

use chatkit_client::{
    ChatSessionChatKitConfigurationParam, ChatSessionExpiresAfterParam, ChatSessionFileUploadParam,
    ChatSessionHistoryParam, ChatSessionRateLimitsParam, ChatSessionWorkflowParam, CreateChatSessionRequest, Error,
    StateVariable, ValidationError,
};
use chatkit_tests::server::{Answer, Server};
use serde_json::json;

use super::setup::{builder, client, items, page, request, session};

/// Returns a request that breaks every bound.
fn wrong() -> CreateChatSessionRequest {
    let variables = (0..65).map(|number| (format!("v{number}"), StateVariable::Integer(number)));
    let configuration = ChatSessionChatKitConfigurationParam::new()
        .file_upload(ChatSessionFileUploadParam::new().max_file_size(513).max_files(0))
        .history(ChatSessionHistoryParam::new().recent_threads(0));
    CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1").state_variables(variables), "")
        .expires_after(ChatSessionExpiresAfterParam::new(601))
        .rate_limits(ChatSessionRateLimitsParam::new().max_requests_per_1_minute(0))
        .chatkit_configuration(configuration)
}

fn paths(error: &ValidationError) -> Vec<&str> {
    error.violations().iter().map(|violation| violation.path.as_str()).collect()
}

fn violations(result: Result<(), Error>) -> ValidationError {
    match result {
        Err(Error::Validation(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn reports_all_violations_of_a_body() {
    let server = Server::script([]);
    let error = violations(client(&server).sessions().create(wrong()).await.map(drop));
    let expected = [
        "workflow.state_variables",
        "user",
        "expires_after.seconds",
        "rate_limits.max_requests_per_1_minute",
        "chatkit_configuration.file_upload.max_file_size",
        "chatkit_configuration.file_upload.max_files",
        "chatkit_configuration.history.recent_threads",
    ];
    assert_eq!(paths(&error), expected);
    assert_eq!(error.operation(), "createSession");
    let text = error.to_string();
    assert!(
        text.starts_with("createSession was not sent: `workflow.state_variables`: must have at most 64 "),
        "{text}"
    );
    assert!(text.contains("; `expires_after.seconds`: must be at most 600, is 601; "), "{text}");
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn reports_all_violations_of_parameters() {
    let server = Server::script([]);
    let client = client(&server);
    let error = violations(client.threads().list().limit(101).user("").await.map(drop));
    assert_eq!(paths(&error), ["limit", "user"]);
    let error = violations(client.threads().list().limit(-1).user("x".repeat(513)).await.map(drop));
    assert_eq!(paths(&error), ["limit", "user"]);
    let error = violations(client.threads().list_items("..").limit(101).await.map(drop));
    assert_eq!(paths(&error), ["thread_id", "limit"]);
    assert_eq!(server.counts().connections, 0);
}

#[tokio::test]
async fn sends_values_at_their_bounds() {
    let server = Server::always(Answer::json(200, page(vec![], false)));
    let client = client(&server);
    client.threads().list().limit(0).user("x").await.expect("it is listed");
    // Characters count, not bytes.
    client.threads().list().limit(100).user("ü".repeat(512)).await.expect("it is listed");
    assert_eq!(server.counts().requests, 2);
}

#[tokio::test]
async fn sends_invalid_values_without_validation() {
    let server = Server::start(|request| {
        Answer::json(200, if request.method == "POST" { session() } else { items(&[], false) })
    });
    let trusting = builder(&server).validate(false).build().expect("the client is set up");
    trusting.sessions().create(wrong()).await.expect("it is sent");
    assert_eq!(server.request().json()["expires_after"]["seconds"], 601);
    trusting.threads().list_items("cthr_1").limit(-1).await.expect("it is sent");
    violations(trusting.sessions().create(wrong()).validate(true).await.map(drop));
    let strict = client(&server);
    strict.threads().list_items("cthr_1").limit(101).validate(false).await.expect("it is sent");
    assert_eq!(server.counts().requests, 3);
}

#[tokio::test]
async fn adds_extra_properties_to_the_body() {
    let server = Server::always(Answer::json(200, session()));
    let call = client(&server).sessions().create(request()).extra_body("beta", json!({"on": [1, null]}));
    let call = call.extra_body("user", "first").extra_body("user", "second");
    call.await.expect("it is created");
    let expected = json!({"workflow": {"id": "wf_1"}, "user": "second", "beta": {"on": [1, null]}});
    assert_eq!(server.request().json(), expected);
}

#[tokio::test]
async fn refuses_extra_properties_without_a_body() {
    let server = Server::script([]);
    let client = client(&server);
    let results = [
        client.sessions().cancel("cksess_1").extra_body("a", 1).await.map(drop),
        client.threads().retrieve("cthr_1").extra_body("a", 1).await.map(drop),
    ];
    for result in results {
        let Err(Error::Configuration(error)) = result else { panic!("{result:?}") };
        assert!(error.to_string().ends_with(" has no body"), "{error}");
    }
    assert_eq!(server.counts().connections, 0);
}
