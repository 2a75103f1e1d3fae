//! Payloads that the live service has sent against its own schema.
//!
//! Each decodes, or fails with the path of the first missing property. With `lenient`, all decode, and report the paths
//! of the missing properties.

use chatkit_client::{ChatSession, Thread, ThreadItem, ThreadItemList, ThreadList, ThreadStatus, lenient};
use chatkit_tests::json::{Place, Step, path_of, places};
use chatkit_tests::oracle;
use chatkit_tests::spec::API;
use chatkit_tests::types::find;
use serde_json::{Value, json};

use super::completed;

/// Checks the path at which a strict decode of a payload fails, and the paths that a lenient one corrects.
#[track_caller]
fn assert_seen(schema: &str, payload: &Value, strict: Option<&str>, corrected: &[&str]) {
    let text = payload.to_string();
    let path = (find(schema).from_str)(&text).err().map(|error| {
        assert!(error.to_string().contains("the required property is missing"), "{error}");
        path_of(&error)
    });
    assert_eq!(path.as_deref(), strict, "strict");
    let (encoded, paths) = (find(schema).lenient)(&text).unwrap_or_else(|error| panic!("lenient: {error}"));
    assert_eq!(paths, corrected, "lenient");
    // Everything that was sent is there, and the corrections are what a strict decoder accepts.
    assert!(holds(&encoded, payload), "{encoded}");
    assert_eq!((find(schema).from_value)(encoded.clone()).unwrap(), encoded);
}

/// Whether a value contains everything that another one has.
fn holds(all: &Value, some: &Value) -> bool {
    match (all, some) {
        (Value::Object(all), Value::Object(some)) => {
            some.iter().all(|(name, value)| all.get(name).is_some_and(|other| holds(other, value)))
        }
        (Value::Array(all), Value::Array(some)) => {
            all.len() == some.len() && all.iter().zip(some).all(|(all, some)| holds(all, some))
        }
        _ => all == some,
    }
}

fn user_message(kind: &str) -> Value {
    json!({
        "id": "cthi_68e6b5a1", "object": "chatkit.thread_item", "created_at": 1_759_950_000, "thread_id": "cthr_68e6b5a0",
        "type": kind, "content": [{"type": "input_text", "text": "Where is my parcel?"}],
        "attachments": [], "inference_options": null
    })
}

fn page(data: &Value) -> Value {
    json!({"object": "list", "data": data, "first_id": "a", "last_id": "b", "has_more": false})
}

#[test]
fn keeps_an_item_type_without_its_prefix_as_an_unknown_variant() {
    let kinds = ["user_message", "assistant_message", "widget", "client_tool_call", "task", "task_group"];
    for kind in kinds {
        let items = page(&json!([user_message("chatkit.user_message"), user_message(kind)]));
        assert_seen("ChatKitThreadItemList", &items, None, &[]);
        let list: ThreadItemList = serde_json::from_value(items.clone()).unwrap();
        assert!(matches!(list.data[0], ThreadItem::UserMessage(_)));
        assert_eq!(list.data[1], ThreadItem::Unknown(user_message(kind)));
        assert_eq!(serde_json::to_value(&list).unwrap(), completed("ChatKitThreadItemList", &items));
    }
}

#[test]
fn thread_without_status_is_active() {
    let payload = json!({
        "id": "cthr_68e6b5a0", "object": "chatkit.thread", "created_at": 1_759_950_000, "title": "Parcel", "user": "user_1"
    });
    assert_seen("ChatKitThread", &payload, None, &[]);
    let thread: Thread = serde_json::from_value(payload).unwrap();
    assert!(matches!(thread.status, ThreadStatus::Active(_)), "{:?}", thread.status);
}

#[test]
fn thread_without_user_fails_at_user() {
    let payload = json!({
        "id": "cthr_68e6b5a0", "object": "chatkit.thread", "created_at": 1_759_950_000, "title": null,
        "status": {"type": "active"}
    });
    assert_seen("ChatKitThread", &payload, Some("user"), &["user"]);
    assert_eq!(lenient::from_value::<Thread>(payload).unwrap().value.user, "");
}

#[test]
fn thread_without_created_at_fails_at_created_at() {
    let payload = json!({"id": "cthr_1", "object": "chatkit.thread", "status": {"type": "active"}, "user": "user_1"});
    assert_seen("ChatKitThread", &payload, Some("created_at"), &["created_at"]);
    assert_eq!(lenient::from_value::<Thread>(payload).unwrap().value.created_at, 0);
}

#[test]
fn bare_thread_fails_at_the_first_missing_property() {
    let payload = json!({"id": "cthr_1", "object": "chatkit.thread", "title": "Parcel"});
    assert_seen("ChatKitThread", &payload, Some("created_at"), &["created_at", "user"]);
    let list = page(&json!([payload, payload]));
    let corrected = ["data[0].created_at", "data[0].user", "data[1].created_at", "data[1].user"];
    assert_seen("ChatKitThreadList", &list, Some("data[0].created_at"), &corrected);
}

#[test]
fn item_without_created_at_and_thread_id_fails_at_created_at() {
    let payload = json!({
        "id": "cthi_1", "object": "chatkit.thread_item", "type": "chatkit.task",
        "task_type": "thought", "heading": "Thinking", "summary": null
    });
    assert_seen("ChatKitThreadItem", &payload, Some("created_at"), &["created_at", "thread_id"]);
    let message = json!({
        "id": "cthi_1", "object": "chatkit.thread_item", "type": "chatkit.user_message",
        "content": [{"type": "input_text", "text": "Hello"}]
    });
    let corrected = ["data[0].created_at", "data[0].thread_id"];
    assert_seen("ChatKitThreadItemList", &page(&json!([message])), Some("data[0].created_at"), &corrected);
    let list: ThreadItemList = lenient::from_value(page(&json!([message]))).unwrap().value;
    let ThreadItem::UserMessage(item) = &list.data[0] else { panic!("{list:?}") };
    assert_eq!((item.attachments.len(), item.inference_options.is_none()), (0, true));
}

#[test]
fn output_text_without_annotations_fails_at_annotations() {
    let payload = json!({
        "id": "cthi_1", "object": "chatkit.thread_item", "created_at": 1_759_950_000, "thread_id": "cthr_1",
        "type": "chatkit.assistant_message", "content": [{"type": "output_text", "text": "It is on its way."}]
    });
    assert_seen("ChatKitThreadItem", &payload, Some("content[0].annotations"), &["content[0].annotations"]);
    let path = "data[0].content[0].annotations";
    assert_seen("ChatKitThreadItemList", &page(&json!([payload])), Some(path), &[path]);
}

#[test]
fn accepts_a_list_without_first_id_and_last_id() {
    let payload = json!({"object": "list", "data": [], "has_more": false});
    assert_seen("ChatKitThreadList", &payload, None, &[]);
    assert_seen("ChatKitThreadItemList", &payload, None, &[]);
    let list: ThreadList = serde_json::from_value(payload).unwrap();
    assert_eq!((list.first_id, list.last_id), (None, None));
}

#[test]
fn keeps_an_unknown_list_of_items_in_a_thread() {
    let items = page(&json!([user_message("user_message")]));
    let payload = json!({
        "id": "cthr_1", "object": "chatkit.thread", "created_at": 1_759_950_000, "title": "Parcel",
        "status": {"type": "active"}, "user": "user_1", "items": items
    });
    assert_seen("ChatKitThread", &payload, None, &[]);
    let thread: Thread = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(thread.unknown_fields.get("items"), Some(&items));
    assert_eq!(serde_json::to_value(thread).unwrap(), completed("ChatKitThread", &payload));
}

fn session() -> Value {
    json!({
        "id": "cksess_1", "object": "chatkit.session", "expires_at": 1_759_950_600, "client_secret": "ek_1",
        "workflow": {"id": "wf_1", "version": "2", "state_variables": {"plan": "team"}, "tracing": {"enabled": true}},
        "user": "user_1", "rate_limits": {"max_requests_per_1_minute": 10}, "max_requests_per_1_minute": 10,
        "status": "active",
        "chatkit_configuration": {
            "automatic_thread_titling": {"enabled": true},
            "file_upload": {"enabled": false, "max_file_size": null, "max_files": null},
            "history": {"enabled": true, "recent_threads": null}
        }
    })
}

fn without(mut payload: Value, names: &[&str]) -> Value {
    for name in names {
        payload.as_object_mut().unwrap().shift_remove(*name).unwrap();
    }
    payload
}

#[test]
fn keeps_unknown_fields_of_a_session() {
    let mut payload = session();
    payload["scope"] = json!({"customer_id": "cust_1"});
    payload["ttl_seconds"] = json!(600);
    payload["cancelled_at"] = json!(1_759_950_100);
    assert_seen("ChatSession", &payload, None, &[]);
    let session: ChatSession = serde_json::from_value(payload.clone()).unwrap();
    assert_eq!(session.unknown_fields.len(), 3);
    assert_eq!(session.unknown_fields.get("ttl_seconds"), Some(&json!(600)));
    assert_eq!(serde_json::to_value(session).unwrap(), completed("ChatSession", &payload));
}

#[test]
fn session_without_required_properties_fails_at_the_first() {
    for name in ["rate_limits", "user", "expires_at", "chatkit_configuration"] {
        assert_seen("ChatSession", &without(session(), &[name]), Some(name), &[name]);
    }
    let bare = without(session(), &["rate_limits", "user", "expires_at", "chatkit_configuration"]);
    let corrected = ["expires_at", "user", "rate_limits", "chatkit_configuration"];
    assert_seen("ChatSession", &bare, Some("expires_at"), &corrected);
    // A correction adds required properties, but none whose absence has a value.
    let (encoded, _) = (find("ChatSession").lenient)(&bare.to_string()).unwrap();
    let configuration = json!({
        "automatic_thread_titling": {"enabled": false},
        "file_upload": {"enabled": false, "max_file_size": null, "max_files": null},
        "history": {"enabled": false, "recent_threads": null}
    });
    let configuration = completed("ChatSessionChatKitConfiguration", &configuration);
    assert_eq!(encoded["chatkit_configuration"], configuration);
    assert_eq!((&encoded["expires_at"], &encoded["user"]), (&json!(0), &json!("")));
}

#[test]
fn session_without_workflow_tracing_fails_at_it() {
    let mut payload = session();
    payload["workflow"] = json!({"id": "wf_1"});
    assert_seen("ChatSession", &payload, Some("workflow.tracing"), &["workflow.tracing"]);
    let session: ChatSession = lenient::from_value(payload).unwrap().value;
    assert!(!session.workflow.tracing.enabled);
}

#[test]
fn corrects_the_published_cancelled_session() {
    let payload = json!({
        "id": "cksess_123", "object": "chatkit.session", "workflow": {"id": "workflow_alpha", "version": "1"},
        "scope": {"customer_id": "cust_456"}, "max_requests_per_1_minute": 30, "ttl_seconds": 900,
        "status": "cancelled", "cancelled_at": 1_712_345_678
    });
    let corrected = ["expires_at", "client_secret", "workflow.tracing", "user", "rate_limits", "chatkit_configuration"];
    assert_seen("ChatSession", &payload, Some("workflow.tracing"), &corrected);
}

#[test]
fn accepts_new_enum_values_and_variants() {
    let mut payload = session();
    payload["status"] = json!("from_the_future");
    assert_seen("ChatSession", &payload, None, &[]);
    let poll = json!({
        "id": "cthi_1", "object": "chatkit.thread_item", "type": "chatkit.from_the_future", "choices": ["a", "b"]
    });
    assert_seen("ChatKitThreadItemList", &page(&json!([poll])), None, &[]);
    let mut message = user_message("chatkit.user_message");
    message["content"] = json!([{"type": "from_the_future", "url": "https://example.com/a.ogg"}]);
    assert_seen("ChatKitThreadItem", &message, None, &[]);
}

#[test]
fn corrects_null_of_a_required_property() {
    let mut payload = session();
    payload["user"] = json!(null);
    payload["workflow"]["tracing"] = json!(null);
    let text = payload.to_string();
    let (encoded, corrected) = (find("ChatSession").lenient)(&text).unwrap();
    assert_eq!(corrected, ["workflow.tracing", "user"]);
    assert_eq!(encoded["workflow"]["tracing"], completed("ChatKitWorkflowTracing", &json!({"enabled": false})));
    let thread = json!({"id": "cthr_1", "created_at": 1, "title": null, "status": null, "user": "u"});
    let thread = lenient::from_value::<Thread>(thread).unwrap();
    assert_eq!(thread.corrected, ["status"]);
    assert_eq!(thread.value.status, Thread::DEFAULT_STATUS);
}

#[test]
fn refuses_wrong_types_in_lenient_decoding() {
    let mut payload = session();
    payload["user"] = json!(5);
    let error = lenient::from_value::<ChatSession>(payload).unwrap_err();
    assert_eq!(path_of(&error), "user");
    assert!(lenient::from_str::<Thread>("{").is_err());
    assert!(lenient::from_str::<Thread>("{} {}").is_err());
    let twice = lenient::from_str::<Thread>(r#"{"id":"a","id":"b"}"#).unwrap_err();
    assert_eq!(path_of(&twice), "id");
    assert!(lenient::from_slice::<Thread>(b"[]").is_err());
}

#[test]
fn corrects_each_missing_required_property() {
    for (ty, id, payload) in super::payloads() {
        for place in places(&payload) {
            let changed = place.removed(&payload);
            let strict = oracle::decode(&API, id, &changed);
            let outcome = (ty.lenient)(&changed.to_string()).unwrap_or_else(|error| panic!("{}: {error}", ty.schema));
            let expected: Vec<String> = strict.errors.iter().map(ToString::to_string).collect();
            assert_eq!(outcome.1, expected, "{}: {changed}", ty.schema);
        }
    }
}

#[test]
fn corrects_each_invalid_null() {
    for (ty, id, payload) in super::payloads() {
        for place in places(&payload) {
            let changed = place.replaced(&payload, Value::Null);
            let strict = oracle::decode(&API, id, &changed);
            let outcome = (ty.lenient)(&changed.to_string());
            let is_property = matches!(place.parent(), Some((parent, Step::Key(_))) if !is_map(&parent));
            if strict.errors.is_empty() || is_property {
                let (encoded, corrected) = outcome.unwrap_or_else(|error| panic!("{}: {changed}\n{error}", ty.schema));
                let expected: Vec<String> = strict.errors.iter().map(ToString::to_string).collect();
                assert_eq!(corrected, expected, "{}: {changed}", ty.schema);
                assert!(!expected.is_empty() || encoded == changed, "{}: {changed}\nbecame {encoded}", ty.schema);
            } else {
                // An element of a list or an entry of a map is not a property, and has no value to correct it with.
                assert_eq!(path_of(&outcome.unwrap_err()), place.to_string(), "{}: {changed}", ty.schema);
            }
        }
    }
}

fn is_map(place: &Place) -> bool {
    matches!(place.steps().last(), Some(Step::Key(name)) if super::MAPS.contains(name.as_str()))
}
