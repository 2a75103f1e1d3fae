//! Makes the calls with our client. `calls.py` makes the same ones with the vendor's SDK. The header `x-scenario` tells
//! the server which call it gets.
//!
//! Each argument names a scenario. For each, it prints the name, a tab, and the outcome.

use chatkit_client::{
    ChatSessionAutomaticThreadTitlingParam, ChatSessionChatKitConfigurationParam, ChatSessionExpiresAfterParam,
    ChatSessionFileUploadParam, ChatSessionHistoryParam, ChatSessionRateLimitsParam, ChatSessionWorkflowParam,
    ChatSessionWorkflowTracingParam, Client, CreateChatSessionRequest, Error, Order, StateVariable,
};
use serde_json::json;

const ODD: &str = "id ä/?#%&+;=@:,~*'()!$é😀%2F";

#[tokio::main]
async fn main() -> Result<(), Error> {
    for name in std::env::args().skip(1) {
        let client = Client::builder().header("x-scenario", &name).build()?;
        let (resource, detail) = name.split_once('/').unwrap_or((&name, ""));
        let result = match resource {
            "create" | "cancel" => sessions(&client, resource, detail).await,
            "list" => list(&client, detail).await,
            "items" => items(&client, detail).await,
            _ => thread(&client, resource, detail).await,
        };
        println!("{name}\t{}", outcome(&result));
    }
    Ok(())
}

/// The result of a successful call: the listed ids, if any.
type Shown = Vec<String>;

fn outcome(result: &Result<Shown, Error>) -> String {
    match result {
        Ok(shown) => ["ok"].into_iter().chain(shown.iter().map(String::as_str)).collect::<Vec<_>>().join(" "),
        Err(Error::Api(error)) => format!("status {}", error.status().as_u16()),
        Err(Error::Validation(_) | Error::Configuration(_)) => "refused before it was sent".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

async fn sessions(client: &Client, resource: &str, detail: &str) -> Result<Shown, Error> {
    let sessions = client.sessions();
    let least = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"), "user_1");
    let session = match (resource, detail) {
        ("create", "least") => sessions.create(least).await,
        ("create", "every") => sessions.create(every()).await,
        ("create", "edges") => sessions.create(edges()).await,
        ("create", "broken") => {
            sessions.create(least.expires_after(ChatSessionExpiresAfterParam::new(601))).validate(false).await
        }
        ("create", "extra") => {
            let call = sessions.create(least).extra_header("x-extra", "a, b").extra_query("dry run", "yes & no");
            call.extra_body("metadata", json!({ "a": [null, 1] })).extra_body("user", "user_2").await
        }
        ("cancel", "id") => sessions.cancel("cksess_1").await,
        ("cancel", "odd") => sessions.cancel(ODD).await,
        ("cancel", "empty") => sessions.cancel("").await,
        _ => unknown(resource, detail),
    };
    session.map(|_| Shown::new())
}

/// Returns a request with every property.
fn every() -> CreateChatSessionRequest {
    let workflow = ChatSessionWorkflowParam::new("wf_3e9a7c5b1d2f4680")
        .version("7")
        .state_variables([
            ("plan", StateVariable::from("team")),
            ("seats", StateVariable::from(12)),
            ("trial", StateVariable::from(false)),
            ("discount", StateVariable::from(0.1)),
        ])
        .tracing(ChatSessionWorkflowTracingParam::new().enabled(false));
    let configuration = ChatSessionChatKitConfigurationParam::new()
        .automatic_thread_titling(ChatSessionAutomaticThreadTitlingParam::new().enabled(false))
        .file_upload(ChatSessionFileUploadParam::new().enabled(true).max_file_size(512).max_files(3))
        .history(ChatSessionHistoryParam::new().enabled(true).recent_threads(5));
    CreateChatSessionRequest::new(workflow, "customer-1842")
        .expires_after(ChatSessionExpiresAfterParam::new(600))
        .rate_limits(ChatSessionRateLimitsParam::new().max_requests_per_1_minute(20))
        .chatkit_configuration(configuration)
}

/// Returns a request with extreme JSON values and empty objects.
fn edges() -> CreateChatSessionRequest {
    let workflow = ChatSessionWorkflowParam::new("wf_1")
        .state_variables([
            ("empty", StateVariable::from("")),
            ("text", StateVariable::from("\"\\/\u{8}\u{c}\n\r\t\u{7f}\u{2028}é😀")),
            ("least", StateVariable::from(i64::MIN)),
            ("most", StateVariable::from(i64::MAX)),
            ("third", StateVariable::from(1.0 / 3.0)),
            ("large", StateVariable::from(1e300)),
            ("small", StateVariable::from(5e-324)),
            ("whole", StateVariable::from(2.0)),
            ("yes", StateVariable::from(true)),
            ("clé 😀", StateVariable::from("key")),
        ])
        .tracing(ChatSessionWorkflowTracingParam::new());
    let configuration = ChatSessionChatKitConfigurationParam::new()
        .automatic_thread_titling(ChatSessionAutomaticThreadTitlingParam::new())
        .file_upload(ChatSessionFileUploadParam::new())
        .history(ChatSessionHistoryParam::new());
    CreateChatSessionRequest::new(workflow, "Zoë \"\\\n😀")
        .rate_limits(ChatSessionRateLimitsParam::new())
        .chatkit_configuration(configuration)
}

async fn list(client: &Client, detail: &str) -> Result<Shown, Error> {
    let call = client.threads().list();
    let walk = match detail {
        "walk" => call.limit(1).order(Order::Desc).user("a b"),
        "gap" => call.limit(1),
        _ => {
            let call = match detail {
                "least" => call,
                "every" => call.limit(100).order(Order::Asc).after("cthr_1").before("cthr_9").user("customer-1842"),
                "odd" => call.after(ODD).user(ODD),
                "zero" => call.limit(0).order(Order::Desc),
                _ => unknown("list", detail),
            };
            return call.await.map(|_| Shown::new());
        }
    };
    let (mut threads, mut ids) = (walk.stream(), Shown::new());
    while let Some(thread) = threads.try_next().await? {
        ids.push(thread.id);
    }
    Ok(ids)
}

async fn items(client: &Client, detail: &str) -> Result<Shown, Error> {
    let call = |thread: &str| client.threads().list_items(thread);
    let walk = match detail {
        "walk" => call("cthr_1").limit(1).order(Order::Asc),
        "back" => call("cthr_1").limit(1).before("cthi_9"),
        _ => {
            let call = match detail {
                "least" => call("cthr_1"),
                "every" => call("cthr_1").limit(100).order(Order::Asc).after("cthr_1").before("cthr_9"),
                "odd" => call(ODD).before(ODD),
                "dots" => call(".."),
                _ => unknown("items", detail),
            };
            return call.await.map(|_| Shown::new());
        }
    };
    let (mut items, mut ids) = (walk.stream(), Shown::new());
    while let Some(item) = items.try_next().await? {
        ids.extend(item.id().map(str::to_owned));
    }
    Ok(ids)
}

async fn thread(client: &Client, resource: &str, detail: &str) -> Result<Shown, Error> {
    let threads = client.threads();
    let id = match detail {
        "odd" => ODD,
        "empty" => "",
        "dot" => ".",
        "dots" => "..",
        "encoded dots" => "%2e%2E",
        _ => "cthr_1",
    };
    let call = threads.retrieve(id);
    let thread = match (resource, detail) {
        ("retrieve" | "fail", _) => call.await,
        ("beta", "other") => call.extra_header("OpenAI-Beta", "chatkit_beta=v2").await,
        ("beta", "none") => call.without_header("OpenAI-Beta").await,
        ("delete", _) => return threads.delete(id).await.map(|_| Shown::new()),
        _ => unknown(resource, detail),
    };
    thread.map(|_| Shown::new())
}

fn unknown(resource: &str, detail: &str) -> ! {
    panic!("there is no scenario {resource}/{detail}")
}
