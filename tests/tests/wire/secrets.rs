//! Secrets are written only to the wire.

use chatkit_client::{ChatSession, Secret, lenient};
use chatkit_codegen::ir::{Type, TypeKind};
use chatkit_tests::json::{self, Place};
use chatkit_tests::samples;
use chatkit_tests::spec::{self, API};
use chatkit_tests::types::{TYPES, find};
use serde_json::{Value, json};

const SECRET: &str = "ek_planted_secret";

fn session() -> Value {
    let mut payload = samples::of_type(&API, spec::id(&API, "ChatSession")).remove(0);
    payload["client_secret"] = json!(SECRET);
    payload
}

/// Returns the secret properties of the spec, each with its schema.
fn secrets() -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (id, ty) in super::types() {
        let TypeKind::Object(object) = &API.type_def(id).kind else { continue };
        for property in &object.properties {
            if matches!(&property.schema.ty, Type::String(string) if string.secret) {
                found.push((ty.schema, property.name.clone()));
            }
        }
    }
    found
}

#[test]
fn tests_cover_every_secret_of_the_spec() {
    assert_eq!(secrets(), [("ChatSession", "client_secret".to_owned())]);
}

#[test]
fn debug_output_has_no_secret() {
    let printed = (find("ChatSession").debug)(&session().to_string()).unwrap();
    assert!(printed.contains("client_secret: Secret(…)"), "{printed}");
    assert!(!printed.contains(SECRET), "{printed}");
}

#[test]
fn encodes_a_secret_and_exposes_it_on_request() {
    let session: ChatSession = serde_json::from_value(session()).unwrap();
    assert_eq!(session.client_secret.expose(), SECRET);
    assert_eq!(serde_json::to_value(&session).unwrap()["client_secret"], json!(SECRET));
    assert_eq!(session.client_secret, Secret::new(SECRET));
    assert_ne!(session.client_secret, Secret::new("other"));
}

/// Returns the error messages of a strict and of a lenient decode.
fn messages(text: &str) -> Vec<String> {
    let ty = find("ChatSession");
    let errors = [
        (ty.from_str)(text).err(),
        (ty.from_slice)(text.as_bytes()).err(),
        (ty.from_reader)(text.as_bytes()).err(),
        (ty.lenient)(text).err(),
        serde_json::from_str(text).ok().and_then(|value| (ty.from_value)(value).err()),
    ];
    errors.into_iter().flatten().map(|error| format!("{error} {error:?}")).collect()
}

#[test]
fn errors_at_other_places_have_no_secret() {
    let payload = session();
    let mut count = 0;
    for payload in [json::reversed(&payload), payload] {
        for place in json::places(&payload) {
            let mut broken = vec![place.removed(&payload)];
            broken.extend(json::one_of_each_kind().into_iter().map(|other| place.replaced(&payload, other)));
            for text in broken.iter().map(Value::to_string).chain(duplicates(&payload, &place)) {
                for message in messages(&text) {
                    count += 1;
                    assert!(!message.contains("planted"), "{text}\n{message}");
                }
            }
        }
    }
    assert!(count > 500, "only {count} errors");
}

/// Returns texts that have the property at a place twice.
fn duplicates(payload: &Value, place: &Place) -> Vec<String> {
    let Some((parent, json::Step::Key(name))) = place.parent() else { return Vec::new() };
    let value = place.get(payload).cloned().unwrap_or_default();
    [true, false].map(|at_end| json::text_with_extra(payload, &parent, name, &value, at_end)).to_vec()
}

#[test]
fn errors_at_a_secret_do_not_show_it() {
    let wrong = [
        json!(null),
        json!(4_711_471_147_i64),
        json!(-4_711_471_147_i64),
        json!(47.114_711_47),
        json!([SECRET]),
        json!({"planted": SECRET}),
        json!([[SECRET]]),
    ];
    for other in wrong {
        let text = Place::root().key("client_secret").replaced(&session(), other.clone()).to_string();
        let messages = messages(&text);
        assert!(messages.len() >= 4, "{other} was accepted");
        for message in messages {
            assert!(message.contains("at `client_secret`: "), "{message}");
            assert!(!message.contains("planted") && !message.contains("4711"), "{message}");
        }
    }
    let truth = Place::root().key("client_secret").replaced(&session(), json!(true)).to_string();
    assert!(messages(&truth).iter().all(|message| !message.contains("true")));
}

#[test]
fn errors_of_malformed_text_have_no_secret() {
    let text = session().to_string();
    for end in 0..text.len() {
        for message in messages(&text[..end]) {
            assert!(!message.contains("planted"), "{message}");
        }
    }
    for (from, to) in
        [("\"ek_", "\"\\x"), ("secret\",", "secret,"), ("\"ek_", "ek_"), ("ek_", "\\ud800"), ("ek_", "\n")]
    {
        for message in messages(&text.replace(from, to)) {
            assert!(!message.contains("planted"), "{message}");
        }
    }
}

#[test]
fn corrects_a_missing_secret_to_an_empty_one() {
    let without = Place::root().key("client_secret").removed(&session());
    let lenient = lenient::from_value::<ChatSession>(without).unwrap();
    assert_eq!(
        (lenient.value.client_secret.expose(), lenient.corrected.as_slice()),
        ("", &["client_secret".to_owned()][..])
    );
}

#[test]
fn violations_have_no_secret() {
    for ty in TYPES.iter().filter(|ty| ty.schema == "ChatSession") {
        let violations = (ty.validate.unwrap())(&session().to_string()).unwrap();
        assert!(!format!("{violations:?}").contains("planted"));
    }
}
