//! Defaults and constants, and the ones that a request sends.

use chatkit_client::{
    ChatSessionAutomaticThreadTitlingParam, ChatSessionChatKitConfigurationParam, ChatSessionExpiresAfterParam,
    ChatSessionFileUploadParam, ChatSessionHistoryParam, ChatSessionRateLimitsParam, ChatSessionWorkflowParam,
    ChatSessionWorkflowTracingParam, CreateChatSessionRequest, Thread, ThreadStatus, ThreadStatusClosed,
    ThreadStatusLocked, ThreadUserMessageItem,
};
use chatkit_codegen::ir::TypeKind;
use chatkit_tests::spec::{self, API};
use serde::Serialize;
use serde_json::{Value, json};

use super::completed;

/// Returns the defaults of the service, with the values of their constants. The tests in `agreement` check that none is
/// missing.
fn defaults() -> Vec<(&'static str, &'static str, Value)> {
    fn value(constant: impl Serialize) -> Value {
        serde_json::to_value(constant).unwrap()
    }
    vec![
        ("ChatKitThread", "status", value(Thread::DEFAULT_STATUS)),
        ("ChatKitThreadUserMessageItem", "attachments", value(ThreadUserMessageItem::DEFAULT_ATTACHMENTS)),
        (
            "ChatSessionAutomaticThreadTitlingParam",
            "enabled",
            value(ChatSessionAutomaticThreadTitlingParam::DEFAULT_ENABLED),
        ),
        ("ChatSessionFileUploadParam", "enabled", value(ChatSessionFileUploadParam::DEFAULT_ENABLED)),
        ("ChatSessionFileUploadParam", "max_file_size", value(ChatSessionFileUploadParam::DEFAULT_MAX_FILE_SIZE)),
        ("ChatSessionFileUploadParam", "max_files", value(ChatSessionFileUploadParam::DEFAULT_MAX_FILES)),
        ("ChatSessionHistoryParam", "enabled", value(ChatSessionHistoryParam::DEFAULT_ENABLED)),
        (
            "ChatSessionRateLimitsParam",
            "max_requests_per_1_minute",
            value(ChatSessionRateLimitsParam::DEFAULT_MAX_REQUESTS_PER_1_MINUTE),
        ),
        ("ChatSessionWorkflowParam", "state_variables", value(ChatSessionWorkflowParam::DEFAULT_STATE_VARIABLES)),
        ("ChatSessionWorkflowParam", "tracing", value(ChatSessionWorkflowParam::DEFAULT_TRACING)),
        ("ChatSessionWorkflowTracingParam", "enabled", value(ChatSessionWorkflowTracingParam::DEFAULT_ENABLED)),
        ("CreateChatSessionRequest", "expires_after", value(CreateChatSessionRequest::DEFAULT_EXPIRES_AFTER)),
        ("CreateChatSessionRequest", "rate_limits", value(CreateChatSessionRequest::DEFAULT_RATE_LIMITS)),
    ]
}

#[test]
fn spec_and_constants_have_the_defaults_of_the_service() {
    for (schema, name, constant) in defaults() {
        let TypeKind::Object(object) = &API.type_def(spec::id(&API, schema)).kind else { panic!("{schema}") };
        let property = object.properties.iter().find(|property| property.name == name);
        assert_eq!(property.and_then(|property| property.default.as_ref()), Some(&constant), "{schema}.{name}");
    }
}

#[test]
fn sends_required_properties_and_no_defaults() {
    let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"), "user");
    assert_eq!(serde_json::to_value(request).unwrap(), json!({"workflow": {"id": "wf_1"}, "user": "user"}));
    assert_eq!(encoded(ChatSessionChatKitConfigurationParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionFileUploadParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionHistoryParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionRateLimitsParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionAutomaticThreadTitlingParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionWorkflowTracingParam::new()), json!({}));
    assert_eq!(encoded(ChatSessionFileUploadParam::default()), json!({}));
    assert_eq!(encoded(ChatSessionExpiresAfterParam::new(5)), json!({"anchor": "created_at", "seconds": 5}));
}

fn encoded(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn sends_a_property_that_is_set_to_its_default() {
    let upload = ChatSessionFileUploadParam::new()
        .enabled(ChatSessionFileUploadParam::DEFAULT_ENABLED)
        .max_file_size(ChatSessionFileUploadParam::DEFAULT_MAX_FILE_SIZE);
    assert_eq!(encoded(upload), json!({"enabled": false, "max_file_size": 512}));
    let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("w"), "u")
        .expires_after(CreateChatSessionRequest::DEFAULT_EXPIRES_AFTER);
    assert_eq!(encoded(request)["expires_after"], json!({"anchor": "created_at", "seconds": 600}));
}

#[test]
fn omitted_defaults_stay_omitted_on_a_round_trip() {
    let payload = json!({"workflow": {"id": "w"}, "user": "u"});
    let request: CreateChatSessionRequest = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(request.expires_after, None);
    assert_eq!(encoded(request), payload);
}

#[test]
fn setters_set_their_own_property() {
    let all = CreateChatSessionRequest::new(
        ChatSessionWorkflowParam::new("w")
            .version("3")
            .state_variables([("a", 1)])
            .tracing(ChatSessionWorkflowTracingParam::new().enabled(false)),
        "u",
    )
    .expires_after(ChatSessionExpiresAfterParam::new(60))
    .rate_limits(ChatSessionRateLimitsParam::new().max_requests_per_1_minute(5))
    .chatkit_configuration(
        ChatSessionChatKitConfigurationParam::new()
            .automatic_thread_titling(ChatSessionAutomaticThreadTitlingParam::new().enabled(false))
            .file_upload(ChatSessionFileUploadParam::new().enabled(true).max_file_size(1).max_files(2))
            .history(ChatSessionHistoryParam::new().enabled(true).recent_threads(3)),
    );
    let expected = json!({
        "workflow": {"id": "w", "version": "3", "state_variables": {"a": 1}, "tracing": {"enabled": false}},
        "user": "u",
        "expires_after": {"anchor": "created_at", "seconds": 60},
        "rate_limits": {"max_requests_per_1_minute": 5},
        "chatkit_configuration": {
            "automatic_thread_titling": {"enabled": false},
            "file_upload": {"enabled": true, "max_file_size": 1, "max_files": 2},
            "history": {"enabled": true, "recent_threads": 3}
        }
    });
    assert_eq!(encoded(all), expected);
}

#[test]
fn constructed_responses_have_defaults_and_constants() {
    let thread = Thread::new("t", 5, "u");
    assert_eq!(thread.status, Thread::DEFAULT_STATUS);
    let expected = json!({
        "id": "t", "object": "chatkit.thread", "created_at": 5, "title": null, "status": {"type": "active"}, "user": "u"
    });
    assert_eq!(encoded(thread.clone()), completed("ChatKitThread", &expected));
    let closed = ThreadStatusClosed::new().reason("done");
    let expected = completed("ChatKitThreadStatus", &json!({"type": "closed", "reason": "done"}));
    assert_eq!(encoded(thread.status(closed))["status"], expected);
    let expected = completed("ChatKitThreadStatus", &json!({"type": "locked", "reason": null}));
    assert_eq!(encoded(ThreadStatus::from(ThreadStatusLocked::new())), expected);
}
