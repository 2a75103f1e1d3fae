//! Defaults and constants, and what a request sends of them.

use chatkit_client::{
    ChatSession, ChatSessionAutomaticThreadTitlingParam, ChatSessionChatKitConfigurationParam,
    ChatSessionExpiresAfterParam, ChatSessionFileUploadParam, ChatSessionHistoryParam, ChatSessionRateLimitsParam,
    ChatSessionWorkflowParam, ChatSessionWorkflowTracingParam, ClientToolCall, CreateChatSessionRequest,
    FileAnnotation, FileAnnotationSource, InputText, QuotedText, ResponseOutputText, Task, TaskGroup, Thread,
    ThreadAssistantMessageItem, ThreadDeleted, ThreadItemList, ThreadList, ThreadStatus, ThreadStatusActive,
    ThreadStatusClosed, ThreadStatusLocked, ThreadUserMessageItem, UrlAnnotation, UrlAnnotationSource, WidgetItem,
};
use chatkit_codegen::ir::{Property, TypeKind};
use chatkit_tests::spec::{self, API};
use serde::Serialize;
use serde_json::{Value, json};

/// Every default of the spec that is not null, with the constant that tells it.
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

/// Every constant of the spec.
fn constants() -> Vec<(&'static str, &'static str, &'static str)> {
    vec![
        ("ChatKitClientToolCall", "object", ClientToolCall::OBJECT),
        ("ChatKitClientToolCall", "type", ClientToolCall::TYPE),
        ("ChatKitFileAnnotation", "type", FileAnnotation::TYPE),
        ("ChatKitFileAnnotationSource", "type", FileAnnotationSource::TYPE),
        ("ChatKitInputText", "type", InputText::TYPE),
        ("ChatKitQuotedText", "type", QuotedText::TYPE),
        ("ChatKitResponseOutputText", "type", ResponseOutputText::TYPE),
        ("ChatKitTask", "object", Task::OBJECT),
        ("ChatKitTask", "type", Task::TYPE),
        ("ChatKitTaskGroup", "object", TaskGroup::OBJECT),
        ("ChatKitTaskGroup", "type", TaskGroup::TYPE),
        ("ChatKitThread", "object", Thread::OBJECT),
        ("ChatKitThreadAssistantMessageItem", "object", ThreadAssistantMessageItem::OBJECT),
        ("ChatKitThreadAssistantMessageItem", "type", ThreadAssistantMessageItem::TYPE),
        ("ChatKitThreadDeleted", "object", ThreadDeleted::OBJECT),
        ("ChatKitThreadItemList", "object", ThreadItemList::OBJECT),
        ("ChatKitThreadList", "object", ThreadList::OBJECT),
        ("ChatKitThreadStatusActive", "type", ThreadStatusActive::TYPE),
        ("ChatKitThreadStatusClosed", "type", ThreadStatusClosed::TYPE),
        ("ChatKitThreadStatusLocked", "type", ThreadStatusLocked::TYPE),
        ("ChatKitThreadUserMessageItem", "object", ThreadUserMessageItem::OBJECT),
        ("ChatKitThreadUserMessageItem", "type", ThreadUserMessageItem::TYPE),
        ("ChatKitUrlAnnotation", "type", UrlAnnotation::TYPE),
        ("ChatKitUrlAnnotationSource", "type", UrlAnnotationSource::TYPE),
        ("ChatKitWidgetItem", "object", WidgetItem::OBJECT),
        ("ChatKitWidgetItem", "type", WidgetItem::TYPE),
        ("ChatSession", "object", ChatSession::OBJECT),
        ("ChatSessionExpiresAfterParam", "anchor", ChatSessionExpiresAfterParam::ANCHOR),
    ]
}

/// What the properties of the spec have of something, sorted by type and property.
fn of_spec(what: impl Fn(&Property) -> Option<&Value>) -> Vec<(&'static str, &'static str, Value)> {
    let mut found = Vec::new();
    for id in spec::ids(&API) {
        let TypeKind::Object(object) = &API.type_def(id).kind else { continue };
        for property in &object.properties {
            found.extend(what(property).map(|value| (super::of(id).schema, property.name.as_str(), value.clone())));
        }
    }
    found.sort_by_key(|(schema, name, _)| (*schema, *name));
    found
}

#[test]
fn every_default_of_the_spec_is_an_associated_constant() {
    assert_eq!(defaults(), of_spec(|property| property.default.as_ref().filter(|default| !default.is_null())));
}

#[test]
fn every_constant_of_the_spec_is_an_associated_constant() {
    let constants: Vec<_> = constants().into_iter().map(|(schema, name, value)| (schema, name, json!(value))).collect();
    assert_eq!(constants, of_spec(|property| property.constant.as_ref()));
}

#[test]
fn a_request_sends_what_is_required_and_no_default() {
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
fn what_is_set_to_its_default_is_sent() {
    let upload = ChatSessionFileUploadParam::new()
        .enabled(ChatSessionFileUploadParam::DEFAULT_ENABLED)
        .max_file_size(ChatSessionFileUploadParam::DEFAULT_MAX_FILE_SIZE);
    assert_eq!(encoded(upload), json!({"enabled": false, "max_file_size": 512}));
    let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("w"), "u")
        .expires_after(CreateChatSessionRequest::DEFAULT_EXPIRES_AFTER);
    assert_eq!(encoded(request)["expires_after"], json!({"anchor": "created_at", "seconds": 600}));
}

#[test]
fn a_default_that_a_request_left_out_stays_out_on_a_round_trip() {
    let payload = json!({"workflow": {"id": "w"}, "user": "u"});
    let request: CreateChatSessionRequest = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(request.expires_after, None);
    assert_eq!(encoded(request), payload);
}

#[test]
fn every_setter_sets_its_own_property() {
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
fn a_constructed_response_has_its_defaults_and_constants() {
    let thread = Thread::new("t", 5, None, "u");
    assert_eq!(thread.status, Thread::DEFAULT_STATUS);
    let expected = json!({
        "id": "t", "object": "chatkit.thread", "created_at": 5, "title": null, "status": {"type": "active"}, "user": "u"
    });
    assert_eq!(encoded(thread.clone()), expected);
    let closed = ThreadStatusClosed::new(Some("done".to_owned()));
    assert_eq!(encoded(thread.status(closed))["status"], json!({"type": "closed", "reason": "done"}));
    assert_eq!(encoded(ThreadStatus::from(ThreadStatusLocked::new(None))), json!({"type": "locked", "reason": null}));
}
