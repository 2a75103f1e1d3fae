//! Accessors and setters that save callers a `match` or a conversion.

use chatkit_client::{ChatSessionWorkflowParam, StateVariable, ThreadItem, UnknownFields};
use serde_json::{Value, json};

fn item(more: &Value) -> ThreadItem {
    let mut item = json!({"id": "i", "object": "chatkit.thread_item", "created_at": 5, "thread_id": "t"});
    for (name, value) in more.as_object().expect("an object") {
        item[name] = value.clone();
    }
    serde_json::from_value(item).expect("an item")
}

#[test]
fn unions_have_accessors_of_shared_properties() {
    for more in [
        json!({"type": "chatkit.user_message", "content": [], "attachments": [], "inference_options": null}),
        json!({"type": "chatkit.assistant_message", "content": []}),
        json!({"type": "chatkit.widget", "widget": "{}"}),
        json!({
            "type": "chatkit.client_tool_call", "status": "completed", "call_id": "c", "name": "n", "arguments": "{}",
            "output": null
        }),
        json!({"type": "chatkit.task", "task_type": "custom", "heading": null, "summary": null}),
        json!({"type": "chatkit.task_group", "tasks": []}),
        json!({"type": "chatkit.from_the_future"}),
    ] {
        let item = item(&more);
        assert_eq!((item.id(), item.created_at(), item.thread_id()), (Some("i"), Some(5), Some("t")), "{item:?}");
    }
}

#[test]
fn accessors_of_an_unknown_variant_skip_wrong_types() {
    let item = item(&json!({"type": "chatkit.from_the_future", "id": 7, "created_at": "now"}));
    assert_eq!((item.id(), item.created_at(), item.thread_id()), (None, None, Some("t")));
}

#[test]
fn sets_a_map_from_any_entries() {
    let parameter = ChatSessionWorkflowParam::new("w").state_variables([("plan", "team")]);
    let variables = parameter.state_variables.expect("they are set");
    assert_eq!(variables["plan"], StateVariable::String("team".to_owned()));
    let parameter = ChatSessionWorkflowParam::new("w").state_variables(vec![("seats".to_owned(), 12)]);
    let variables = parameter.state_variables.expect("they are set");
    assert_eq!(variables["seats"], StateVariable::Integer(12));
}

#[test]
fn iterates_unknown_fields() {
    let unknown_fields: UnknownFields = [("a", 1), ("b", 2)].into_iter().collect();
    let looped: Vec<_> = (&unknown_fields).into_iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    assert_eq!(looped, [("a", json!(1)), ("b", json!(2))]);
    assert!(unknown_fields.contains_key("a") && !unknown_fields.contains_key("c"));
}
