//! Responses that the live service has sent against its spec, and lenient calls that decode them.

use chatkit_client::{Error, ThreadItem, ThreadStatus};
use chatkit_tests::server::{Answer, Server};
use serde_json::{Value, json};

use super::setup::{builder, client, item, page, session, thread};

fn without(mut value: Value, properties: &[&str]) -> Value {
    let object = value.as_object_mut().expect("it is an object");
    for property in properties {
        object.shift_remove(*property).unwrap_or_else(|| panic!("it has {property}"));
    }
    value
}

/// Returns the path of a strict call's decode error.
fn path(error: Error) -> Option<String> {
    match error {
        Error::Decode(error) => error.path(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn corrects_a_session_without_required_properties() {
    let missing = ["expires_at", "user", "rate_limits", "chatkit_configuration"];
    let mut body = without(session(), &missing);
    body["workflow"] = without(body["workflow"].clone(), &["tracing"]);
    body["scope"] = json!({"customer_id": "c"});
    body["ttl_seconds"] = json!(600);
    body["cancelled_at"] = Value::Null;
    let server = Server::always(Answer::json(200, body.clone()));
    path(client(&server).sessions().cancel("cksess_1").await.expect_err("strict is the default"));
    let lenient = builder(&server).lenient(true).build().expect("the client is set up");
    let by_client = lenient.sessions().cancel("cksess_1").await.expect("it decodes");
    let by_call = client(&server).sessions().cancel("cksess_1").lenient(true).await.expect("it decodes");
    for session in [by_client, by_call] {
        assert_eq!(
            session.corrected(),
            ["expires_at", "workflow.tracing", "user", "rate_limits", "chatkit_configuration"]
        );
        assert_eq!(session.client_secret.expose(), "cs_1");
        assert_eq!((session.expires_at, session.user.as_str()), (0, ""));
        assert_eq!(session.unknown_fields.get("scope"), Some(&body["scope"]));
        assert_eq!(session.unknown_fields.get("ttl_seconds"), Some(&json!(600)));
        assert_eq!(session.unknown_fields.get("cancelled_at"), Some(&Value::Null));
    }
    let strict = lenient.sessions().cancel("cksess_1").lenient(false).await;
    strict.expect_err("the call wins");
}

#[tokio::test]
async fn corrects_a_thread_without_status_user_and_created_at() {
    let body = without(thread("cthr_1"), &["status", "user", "created_at"]);
    let server = Server::always(Answer::json(200, body));
    client(&server).threads().retrieve("cthr_1").await.map(drop).map_err(path).expect_err("strict is the default");
    let thread = client(&server).threads().retrieve("cthr_1").lenient(true).await.expect("it decodes");
    assert_eq!(thread.corrected(), ["created_at", "user"], "the spec has a default for the status");
    assert!(matches!(thread.status, ThreadStatus::Active(_)));
}

#[tokio::test]
async fn keeps_items_inside_a_thread() {
    let mut body = thread("cthr_1");
    body["items"] = page(vec![item("cthi_1")], false);
    let server = Server::always(Answer::json(200, body.clone()));
    for lenient in [false, true] {
        let thread = client(&server).threads().retrieve("cthr_1").lenient(lenient).await.expect("it decodes");
        assert!(thread.corrected().is_empty());
        assert_eq!(thread.unknown_fields.get("items"), Some(&body["items"]));
    }
}

#[tokio::test]
async fn corrects_items_without_created_at_thread_id_and_annotations() {
    let answer = json!({
        "id": "cthi_2", "object": "chatkit.thread_item", "type": "chatkit.assistant_message",
        "content": [{"type": "output_text", "text": "a"}, {"type": "output_text", "text": "b", "annotations": null}],
    });
    let body = page(vec![without(item("cthi_1"), &["created_at", "thread_id"]), answer], false);
    let server = Server::always(Answer::json(200, body));
    let strict = client(&server).threads().list_items("cthr_1").await.expect_err("strict is the default");
    assert_eq!(path(strict).as_deref(), Some("data[0].created_at"));
    let items = client(&server).threads().list_items("cthr_1").lenient(true).await.expect("it decodes");
    let expected = [
        "data[0].created_at",
        "data[0].thread_id",
        "data[1].created_at",
        "data[1].thread_id",
        "data[1].content[0].annotations",
        "data[1].content[1].annotations",
    ];
    assert_eq!(items.corrected(), expected);
    let ThreadItem::AssistantMessage(message) = &items.data[1] else { panic!("{:?}", items.data[1]) };
    assert_eq!(message.content[1].text, "b");
}

#[tokio::test]
async fn keeps_item_types_without_their_prefix() {
    let mut body = item("cthi_1");
    body["type"] = json!("user_message");
    let server = Server::always(Answer::json(200, page(vec![body.clone()], false)));
    for lenient in [false, true] {
        let items = client(&server).threads().list_items("cthr_1").lenient(lenient).await.expect("it decodes");
        assert!(items.corrected().is_empty());
        assert_eq!(serde_json::to_value(&items.data[0]).expect("it encodes"), body);
    }
}

#[tokio::test]
async fn corrects_a_list_without_first_and_last_id() {
    let body = without(page(vec![thread("cthr_1")], true), &["first_id", "last_id"]);
    let server = Server::always(Answer::json(200, body));
    for lenient in [false, true] {
        let threads = client(&server).threads().list().lenient(lenient).await.expect("it decodes");
        assert!(threads.corrected().is_empty());
        assert_eq!((&threads.first_id, &threads.last_id), (&None, &None));
        assert!(threads.next_page().is_none(), "there is no cursor of a next page");
    }
}

#[tokio::test]
async fn decodes_every_page_leniently() {
    let pages = ["1", "2"].map(|id| page(vec![without(thread(id), &["user"])], id == "1"));
    let server = Server::script(pages.map(|page| Answer::json(200, page)));
    let mut pages = client(&server).threads().list().lenient(true).pages();
    while let Some(page) = pages.try_next().await.expect("every page decodes") {
        assert_eq!(page.corrected(), ["data[0].user"]);
    }
    assert_eq!(server.counts().requests, 2);
}

#[tokio::test]
async fn refuses_wrong_types_in_lenient_calls() {
    let mut body = without(thread("cthr_1"), &["user"]);
    body["created_at"] = json!("yesterday");
    let server = Server::always(Answer::json(200, body));
    let error = client(&server).threads().retrieve("cthr_1").lenient(true).await.expect_err("it is not a time");
    assert_eq!(path(error).as_deref(), Some("created_at"));
}
