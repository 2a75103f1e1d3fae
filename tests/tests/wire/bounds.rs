//! `validate()`: every bound of the spec, below it, at it and above it.

use chatkit_client::{
    ChatSessionExpiresAfterParam, ChatSessionFileUploadParam, ChatSessionWorkflowParam, CreateChatSessionRequest,
    Limit, StateVariable, Violation,
};
use chatkit_codegen::ir::{IntegerType, IntegerWidth, ListType, SizeBounds, StringType, Type, TypeKind};
use chatkit_tests::json::Place;
use chatkit_tests::samples;
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::{TYPES, find};
use serde_json::{Number, Value, json};

fn violations(schema: &str, payload: &Value) -> Vec<(String, Limit, Value)> {
    let validate = find(schema).validate.unwrap_or_else(|| panic!("{schema} has no bounds"));
    let violations = validate(&payload.to_string()).unwrap_or_else(|error| panic!("{payload}: {error}"));
    violations.into_iter().map(|Violation { path, limit, value, .. }| (path, limit, value)).collect()
}

/// Values around the bounds of a type: the valid ones, and the invalid ones with the limit that they break and the
/// value that the violation reports.
type Around = (Vec<Value>, Vec<(Value, Limit, Value)>);

fn around(ty: &Type) -> Around {
    match ty {
        Type::Integer(integer) => around_integer(integer),
        Type::String(string) => around_string(string),
        Type::Map(map) => around_map(map.size, map.keys),
        Type::List(list) => around_list(list),
        _ => Around::default(),
    }
}

fn around_integer(integer: &IntegerType) -> Around {
    let bounds = &integer.bounds;
    assert!(
        !bounds.exclusive_minimum && !bounds.exclusive_maximum && bounds.multiple_of.is_none(),
        "this test does not know the bounds {bounds:?}"
    );
    let (least, most) = match integer.width {
        IntegerWidth::I64 => (i64::MIN, i64::MAX),
        IntegerWidth::I32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerWidth::U32 | IntegerWidth::U64 => panic!("this test does not know unsigned integers"),
    };
    let (mut within, mut outside) = Around::default();
    if let Some(minimum) = bounds.minimum.as_ref().and_then(Number::as_i64) {
        within.extend([json!(minimum), json!(minimum + 1)]);
        for value in [minimum - 1, least] {
            outside.push((json!(value), Limit::Minimum(json!(minimum)), json!(value)));
        }
    }
    if let Some(maximum) = bounds.maximum.as_ref().and_then(Number::as_i64) {
        within.extend([json!(maximum - 1), json!(maximum)]);
        for value in [maximum + 1, most] {
            outside.push((json!(value), Limit::Maximum(json!(maximum)), json!(value)));
        }
    } else if bounds.minimum.is_some() {
        within.push(json!(most));
    }
    (within, outside)
}

fn around_string(string: &StringType) -> Around {
    assert!(string.pattern.is_none(), "this test does not know patterns");
    let (mut within, mut outside) = Around::default();
    let text = |length: usize| json!("\u{1f980}".repeat(length));
    if let Some(min) = string.length.min.map(size) {
        within.extend([text(min), text(min + 1)]);
        outside.extend(min.checked_sub(1).map(|less| (text(less), Limit::MinLength(min), json!(less))));
    }
    if let Some(max) = string.length.max.map(size) {
        within.push(text(max));
        outside.push((text(max + 1), Limit::MaxLength(max), json!(max + 1)));
    }
    let (format, right, wrong): (_, &[&str], &[&str]) = match string.format.as_deref() {
        Some("uri") => (
            "uri",
            &["https://example.com", "urn:a:b", "mailto:a@b"],
            &["", "example.com", "/path", "http//a", "1a:b", "https://a b", "https://\u{e4}"],
        ),
        Some("date-time") => {
            ("date-time", &["2024-02-29T23:59:60Z", "2024-01-01T00:00:00.5+01:30"], &["", "2024-01-01"])
        }
        Some("date") => ("date", &["2024-02-29"], &["", "2023-02-29", "2024-1-1"]),
        Some("uuid") => ("uuid", &["0a1b2c3d-0000-4000-8000-0123456789AB"], &["", "0a1b2c3d"]),
        Some("byte") => ("byte", &["", "YQ=="], &["YQ=", "\u{e4}"]),
        // `validate()` checks no other format.
        Some(_) | None => ("", &[], &[]),
    };
    within.extend(right.iter().map(|right| json!(right)));
    outside.extend(wrong.iter().map(|wrong| (json!(wrong), Limit::Format(format), json!(wrong))));
    (within, outside)
}

fn around_list(list: &ListType) -> Around {
    assert!(!list.unique, "this test does not know lists of unique elements");
    let (mut within, mut outside) = Around::default();
    let items = samples::of_schema(&API, &list.items);
    let items = |count: usize| items.iter().cycle().take(count).cloned().collect::<Value>();
    if let Some(min) = list.size.min.map(size) {
        within.push(items(min));
        outside.extend(min.checked_sub(1).map(|less| (items(less), Limit::MinItems(min), json!(less))));
    }
    if let Some(max) = list.size.max.map(size) {
        within.push(items(max));
        outside.push((items(max + 1), Limit::MaxItems(max), json!(max + 1)));
    }
    (within, outside)
}

fn around_map(entries: SizeBounds, keys: SizeBounds) -> Around {
    assert!(entries.min.is_none() && keys.min.is_none(), "this test does not know the least number of entries");
    let (mut within, mut outside) = Around::default();
    let map = |count: usize| (0..count).map(|index| (format!("k{index}"), json!(index))).collect::<Value>();
    if let Some(max) = entries.max.map(size) {
        within.extend([map(0), map(1), map(max)]);
        outside.push((map(max + 1), Limit::MaxProperties(max), json!(max + 1)));
    }
    if let Some(max) = keys.max.map(size) {
        within.push(json!({"\u{1f980}".repeat(max): 1}));
    }
    (within, outside)
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap()
}

#[test]
fn checks_every_bound_on_both_sides() {
    let mut checked = 0;
    for (id, ty) in super::types() {
        let TypeKind::Object(object) = &API.type_def(id).kind else { continue };
        for property in &object.properties {
            let (within, outside) = around(&property.schema.ty);
            let place = Place::root().key(&property.name);
            let payload = samples::of_type(&API, id).remove(0);
            for value in within {
                let payload = place.replaced(&payload, value);
                assert_eq!(violations(ty.schema, &payload), [], "{payload}");
            }
            for (value, limit, said) in outside {
                let payload = place.replaced(&payload, value);
                let expected = (property.name.clone(), limit, said);
                assert_eq!(violations(ty.schema, &payload), [expected], "{payload}");
                checked += 1;
            }
        }
    }
    assert!(checked > 25, "only {checked} values outside of a bound");
}

#[test]
fn spec_has_the_bounds_of_the_service() {
    let table: [(&str, &str, Value, Limit); 11] = [
        ("ChatSessionExpiresAfterParam", "seconds", json!(0), Limit::Minimum(json!(1))),
        ("ChatSessionExpiresAfterParam", "seconds", json!(601), Limit::Maximum(json!(600))),
        ("ChatSessionRateLimitsParam", "max_requests_per_1_minute", json!(0), Limit::Minimum(json!(1))),
        ("ChatSessionFileUploadParam", "max_file_size", json!(0), Limit::Minimum(json!(1))),
        ("ChatSessionFileUploadParam", "max_file_size", json!(513), Limit::Maximum(json!(512))),
        ("ChatSessionFileUploadParam", "max_files", json!(0), Limit::Minimum(json!(1))),
        ("ChatSessionHistoryParam", "recent_threads", json!(0), Limit::Minimum(json!(1))),
        ("CreateChatSessionRequest", "user", json!(""), Limit::MinLength(1)),
        ("ChatKitAttachment", "preview_url", json!("nowhere"), Limit::Format("uri")),
        ("ChatKitUrlAnnotationSource", "url", json!("nowhere"), Limit::Format("uri")),
        (
            "ChatSessionWorkflowParam",
            "state_variables",
            (0..65).map(|index| (index.to_string(), json!(1))).collect(),
            Limit::MaxProperties(64),
        ),
    ];
    for (schema, name, value, limit) in table {
        let payload = samples::of_type(&API, spec::id(&API, schema)).remove(0);
        let payload = Place::root().key(name).replaced(&payload, value);
        let found = violations(schema, &payload);
        assert_eq!(found.iter().map(|(path, limit, _)| (path.as_str(), limit)).collect::<Vec<_>>(), [(name, &limit)]);
    }
}

#[test]
fn counts_characters_of_state_variable_names() {
    let request = |length: usize| {
        let name = "\u{e4}".repeat(length);
        let workflow = ChatSessionWorkflowParam::new("w").state_variables([(name, true)]);
        CreateChatSessionRequest::new(workflow, "u").validate()
    };
    assert_eq!(request(64), Ok(()));
    let violations = request(65).unwrap_err();
    let [violation] = violations.as_slice() else { panic!("{violations}") };
    assert_eq!(violation.path, format!("workflow.state_variables[\"{}\"]", "\u{e4}".repeat(65)));
    assert_eq!((&violation.limit, &violation.value), (&Limit::MaxNameLength(64), &json!(65)));
}

#[test]
fn lists_all_violations_in_order() {
    let workflow = ChatSessionWorkflowParam::new("w").state_variables([("n", StateVariable::Number(f64::INFINITY))]);
    let upload = ChatSessionFileUploadParam::new().max_file_size(1000).max_files(-1);
    let request = CreateChatSessionRequest::new(workflow, "")
        .expires_after(ChatSessionExpiresAfterParam::new(601))
        .rate_limits(chatkit_client::ChatSessionRateLimitsParam::new().max_requests_per_1_minute(0))
        .chatkit_configuration(
            chatkit_client::ChatSessionChatKitConfigurationParam::new()
                .file_upload(upload)
                .history(chatkit_client::ChatSessionHistoryParam::new().recent_threads(0)),
        );
    let violations = request.validate().unwrap_err();
    let listed: Vec<_> = violations.iter().map(|v| (v.path.as_str(), v.limit.clone(), v.value.clone())).collect();
    let expected = [
        ("workflow.state_variables.n", Limit::Finite, Value::Null),
        ("user", Limit::MinLength(1), json!(0)),
        ("expires_after.seconds", Limit::Maximum(json!(600)), json!(601)),
        ("rate_limits.max_requests_per_1_minute", Limit::Minimum(json!(1)), json!(0)),
        ("chatkit_configuration.file_upload.max_file_size", Limit::Maximum(json!(512)), json!(1000)),
        ("chatkit_configuration.file_upload.max_files", Limit::Minimum(json!(1)), json!(-1)),
        ("chatkit_configuration.history.recent_threads", Limit::Minimum(json!(1)), json!(0)),
    ];
    assert_eq!(listed, expected);
    let text = violations.to_string();
    assert!(text.contains("`expires_after.seconds`: must be at most 600, is 601; `rate_limits."), "{text}");
}

#[test]
fn reports_full_paths_within_lists_and_unions() {
    let annotation = |url: &str| json!({"type": "url", "source": {"type": "url", "url": url}});
    let item = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t",
        "type": "chatkit.assistant_message",
        "content": [{"type": "output_text", "text": "", "annotations": [annotation("a:b"), annotation("b")]}]
    });
    let attached = json!({
        "id": "i", "object": "chatkit.thread_item", "created_at": 1, "thread_id": "t", "type": "chatkit.user_message",
        "content": [], "inference_options": null,
        "attachments": [{"type": "image", "id": "f", "name": "n", "mime_type": "m", "preview_url": "nowhere"}]
    });
    let list = json!({"object": "list", "data": [item, attached], "first_id": null, "last_id": null, "has_more": true});
    let paths: Vec<String> = violations("ChatKitThreadItemList", &list).into_iter().map(|(path, ..)| path).collect();
    assert_eq!(paths, ["data[0].content[0].annotations[1].source.url", "data[1].attachments[0].preview_url"]);
}

#[test]
fn accepts_valid_payloads() {
    for (ty, _, payload) in super::payloads() {
        if ty.validate.is_some() {
            assert_eq!(violations(ty.schema, &payload), [], "{}: {payload}", ty.schema);
        }
    }
    assert!(TYPES.iter().filter(|ty| ty.validate.is_some()).count() >= 15);
}

#[test]
fn accepts_absence_and_null() {
    assert_eq!(violations("ChatSessionFileUploadParam", &json!({})), []);
    assert_eq!(violations("ChatSessionFileUploadParam", &json!({"max_files": null})), []);
    let attachment = json!({"type": "file", "id": "f", "name": "n", "mime_type": "m", "preview_url": null});
    assert_eq!(violations("ChatKitAttachment", &attachment), []);
}
