//! The programs in `tests/examples`, run against the mock.
//!
//! `cargo test` builds them before the tests. With `--test`, build them yourself with `--examples`.

use std::path::PathBuf;
use std::process::{Command, Output};

use chatkit_client::bytes::Bytes;
use chatkit_client::http::Request;
use chatkit_tests::spec::TEXT;
use serde_json::{Value, json};
use xtask::mock::{Mock, MockServer};

/// Runs a program against a mock of a spec. Returns its output and its requests, each in one line.
fn run(spec: &str, name: &str, arguments: &[&str]) -> (String, Vec<String>) {
    let mock = Mock::load("spec/chatkit.yaml", spec).unwrap_or_else(|report| panic!("{report}"));
    let server = MockServer::start(mock, 0).expect("a port is free");
    let Output { status, stdout, stderr } = Command::new(program(name))
        .args(arguments)
        .env("OPENAI_BASE_URL", server.base_url())
        .env("OPENAI_API_KEY", "sk-test")
        .env_remove("OPENAI_ORG_ID")
        .env_remove("OPENAI_PROJECT_ID")
        .output()
        .unwrap_or_else(|error| {
            panic!("{name} does not start, try `cargo build -p chatkit-tests --examples`: {error}")
        });
    assert!(status.success(), "{name}: {}", String::from_utf8_lossy(&stderr));
    (String::from_utf8(stdout).expect("it prints text"), server.requests().iter().map(line).collect())
}

/// Returns the path of a program, beside the folder of this test's own program.
fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("this program has a path");
    let profile = own.ancestors().nth(2).expect("it is in the folder `deps` of a profile");
    profile.join("examples").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

fn line(request: &Request<Bytes>) -> String {
    let body = String::from_utf8_lossy(request.body());
    format!("{} {} {body}", request.method(), request.uri()).trim_end().to_owned()
}

#[test]
fn create_session_shows_the_session_and_its_secret() {
    let (printed, requests) = run(&TEXT, "create_session", &["wf_1", "user_1"]);
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[0], "cksess_5f2b9c7e41d84a06 is active until 1767225900");
    assert!(lines[1].starts_with("request req_"), "{printed}");
    assert_eq!(lines[2..], ["client secret: example-client-secret"]);
    let body = r#"{"workflow":{"id":"wf_1","state_variables":{"plan":"team"}},"user":"user_1","expires_after":{"anchor":"created_at","seconds":300},"rate_limits":{"max_requests_per_1_minute":20}}"#;
    assert_eq!(requests, [format!("POST /v1/chatkit/sessions {body}")]);
}

#[test]
fn list_items_goes_from_page_to_page() {
    let (printed, requests) = run(&TEXT, "list_items", &["cthr_1"]);
    let expected = "page 1, after 1 attempt(s)
  cthi_01a2b3c4d5e6f702
  next: cthi_01a2b3c4d5e6f702
page 2, after 1 attempt(s)
  cthi_01a2b3c4d5e6f701
  next: nothing
";
    assert_eq!(printed, expected);
    let first = "GET /v1/chatkit/threads/cthr_1/items?limit=1&order=desc";
    assert_eq!(requests, [first.to_owned(), format!("{first}&after=cthi_01a2b3c4d5e6f702")]);
}

#[test]
fn transcript_shows_every_kind_of_item_and_unknown_ones() {
    let (printed, requests) = run(&spec_with_every_item(), "transcript", &["cthr_1"]);
    let expected = r#"# Refund for a damaged parcel
customer-1842: > Damaged goods are refunded in full within 30 days.
customer-1842: Does that include this parcel?
  + parcel.png (image/png)
assistant: Damaged goods are refunded in full within 30 days.
  see refund-policy.pdf
  see https://example.com/help/refunds
[widget] {"type":"Card","children":[{"type":"Text","value":"Order 5531"}]}
[tool] open_order({"order":5531}) = {"opened":true}
[custom] Looking up the order
[tasks]
  [thought] Checking the refund policy: The policy covers damage in transit.
  [custom] Looking up the order
[chatkit.later]
"#;
    assert_eq!(printed, expected);
    let items = "GET /v1/chatkit/threads/cthr_1/items?limit=100&order=asc";
    assert_eq!(requests, ["GET /v1/chatkit/threads/cthr_1", items]);
}

/// The kinds of items that the transcript prints, each in its own way.
const PRINTED: [&str; 6] = [
    "chatkit.user_message",
    "chatkit.assistant_message",
    "chatkit.widget",
    "chatkit.client_tool_call",
    "chatkit.task",
    "chatkit.task_group",
];

/// Returns a later spec, with a kind of item that the client does not know, and a thread with an example of that and of each
/// printed kind.
fn spec_with_every_item() -> String {
    let mut spec: Value = serde_yaml::from_str(&TEXT).expect("the spec is YAML");
    let schemas = &mut spec["components"]["schemas"];
    let constant = |value| json!({ "type": "string", "enum": [value] });
    let later = json!({
        "type": "object",
        "required": ["id", "type"],
        "properties": { "id": { "type": "string" }, "type": constant("chatkit.later") },
        "example": { "id": "cthi_9", "type": "chatkit.later" },
    });
    schemas["Later"] = later.clone();
    let union = &mut schemas["ChatKitThreadItem"];
    union["discriminator"]["mapping"]["chatkit.later"] = json!("#/components/schemas/Later");
    union["oneOf"].as_array_mut().expect("it is a union").push(json!({ "$ref": "#/components/schemas/Later" }));
    let mapping = union["discriminator"]["mapping"].clone();
    let example = |reference: &Value| {
        let pointer = reference.as_str().and_then(|text| text.strip_prefix('#')).expect("it is a component");
        spec.pointer(pointer).expect("it is there")["example"].clone()
    };
    let mut items: Vec<Value> = PRINTED.iter().map(|tag| example(&mapping[*tag])).collect();
    items.push(later["example"].clone());
    let annotations = ["ChatKitFileAnnotation", "ChatKitUrlAnnotation"];
    items[1]["content"][0]["annotations"] =
        annotations.iter().map(|name| example(&json!(format!("#/components/schemas/{name}")))).collect();
    let list = &mut spec["paths"]["/chatkit/threads/{thread_id}/items"]["get"]["responses"]["200"];
    list["content"]["application/json"]["example"]["data"] = Value::Array(items);
    serde_yaml::to_string(&spec).expect("it is YAML again")
}
