//! The guide to calls: the part of the crate's front page about errors, retries, pagination, tests and the like.

use super::call_signature::CallSignature;
use super::client_settings::{credentials, provider_name};
use super::context::Context;
use super::guide_examples::GuideExamples;
use super::pagination::Pagination;
use super::{docs, testing_example};

/// The text of `docs/calls.md`.
pub fn guide(context: &Context<'_>) -> String {
    let api = context.api;
    let calls: Vec<_> = api.operations.iter().map(CallSignature::new).collect();
    let examples = GuideExamples::new(context, &calls);
    let lists: Vec<_> = calls.iter().filter_map(|call| Pagination::of(context, call)).collect();
    let retries =
        examples.of_client(&["Client", "RetryPolicy"], RETRY_POLICY, "let response = call.retries(0).await?;");
    let timeouts = examples.of_client(&["Client"], TIMEOUTS_OF_CLIENT, TIMEOUTS_OF_CALL);
    let mut sections = vec![
        section("Calls", None, CALLS),
        section("Errors", examples.of_call(&["Error"], MATCH), &errors(!lists.is_empty())),
        section("Retries", Some(retries), &retries_text(context)),
        section("Timeouts", Some(timeouts), TIMEOUTS),
    ];
    if !lists.is_empty() {
        let backward = if lists.iter().any(|list| list.backward.is_some()) { BACKWARD } else { "" };
        sections.push(section("Pagination and resuming", examples.of_list(), &format!("{PAGINATION}{backward}")));
    }
    let blocking = if lists.is_empty() { BLOCKING } else { BLOCKING_WITH_LISTS };
    let tracing = TRACING.replace("CRATE", &api.library_name());
    sections.extend([
        section("Incomplete responses", examples.of_call(&[], LENIENT_CALL), INCOMPLETE),
        section("Testing", Some(testing_example::doctest(context, &calls)), TESTING),
        section("Blocking calls", examples.of_blocking(), blocking),
        section("Tracing", None, &tracing),
        section("Secrets", None, &secrets(context)),
    ]);
    sections.join("\n")
}

/// A section: the example comes before the explanation.
fn section(title: &str, example: Option<String>, text: &str) -> String {
    let example = example.unwrap_or_default();
    format!("{}\n", docs::paragraphs([&*format!("## {title}"), &*example, text]))
}

fn errors(has_lists: bool) -> String {
    let cursor = "| [`Cursor`](Error::Cursor) | The server returned a cursor twice. |\n";
    ERRORS.replace("CURSOR\n", if has_lists { cursor } else { "" })
}

fn retries_text(context: &Context<'_>) -> String {
    let codes = context.api.errors.as_ref().map(|errors| errors.final_codes.as_slice()).unwrap_or_default();
    let codes: Vec<_> = codes.iter().map(|code| docs::code(code)).collect();
    let text = match &*codes {
        [] => String::new(),
        codes => format!("- The client does not retry an error with the code {}.\n", codes.join(" or ")),
    };
    RETRIES.replace("CODES\n", &text)
}

fn secrets(context: &Context<'_>) -> String {
    let Some((_, scheme)) = credentials(context.api).into_iter().next() else { return SECRETS.to_owned() };
    format!(
        "{SECRETS}\n\nFor a credential that changes, pass a function to [`ClientBuilder::{}`].\nThe client calls it before \
         each attempt.",
        provider_name(scheme)
    )
}

const CALLS: &str = "\
A method of a resource returns a call. `.await` sends it, and so does `.send()`. Methods of the call
set its optional parameters, and per-call options such as `timeout`, `retries` and `lenient`.

- A [`Response`] dereferences to its value. It also has the status, the headers, the request id and
  the number of attempts.
- The client checks each request against the bounds of the spec before it sends it.
  `validate(false)` leaves that to the server.
- `extra_header`, `without_header`, `extra_query` and `extra_body` change a request in ways that the
  spec does not list.
- A client is cheap to clone, and all clones share one pool of connections.
- A call borrows nothing, so `tokio::spawn(call.send())` works. To cancel a call, drop its future. The
  server may still carry it out.
- Proxies come from the environment. For other proxies or certificates, pass a client of your own to
  [`ClientBuilder::http_client`].";

const MATCH: &str = r#"
match call.await {
    Ok(response) => println!("{response:#?}"),
    // The client has retried already. The server may request a delay before the next call.
    Err(Error::Api(error)) if error.status() == 429 => println!("{:?}", error.retry_after()),
    Err(Error::Api(error)) => println!("{}: {:?}", error.status(), error.message()),
    Err(error) if error.is_timeout() => println!("timeout in attempt {}", error.attempts()),
    Err(error) => println!("{error:#}, request id {:?}", error.request_id()),
}"#;

const ERRORS: &str = "\
[`Error`] has one variant for each stage of a call:

| variant | meaning |
|---|---|
| [`Configuration`](Error::Configuration) | The client or the call is not set up correctly. Nothing was sent. |
| [`Validation`](Error::Validation) | The request is outside the bounds of the spec. Nothing was sent. |
| [`Transport`](Error::Transport) | No complete response arrived. |
| [`Api`](Error::Api) | The server returned an error status. |
| [`Decode`](Error::Decode) | The response does not match the spec. |
CURSOR

`{error}` is one sentence, and `{error:#}` adds the causes. An [`ApiError`] has the server's
`message()` and `code()`, and a [`DecodeError`] has the `path()` of the error in the body. Both have
the raw `body()`. [`Error::is_retryable`] returns `true` if the same call may succeed later.";

const RETRY_POLICY: &str = "\
let mut policy = RetryPolicy::new();
policy.max_retries = 5;
let client = Client::builder().retry_policy(policy).build()?;";

const RETRIES: &str = "\
By default, the client retries a call up to twice: if the connection fails or breaks, if an attempt
times out, and on the statuses 408, 409, 429 and 5xx.

- Before a retry, it waits as long as the server requests in `retry-after-ms` or `retry-after`.
  Otherwise it waits 0.5 s, then 1 s, with jitter.
- If the server requests more than 60 s, the call fails at once. [`Error::retry_after`] returns the
  requested delay.
- The server's `x-should-retry` header takes precedence over the status and the code.
CODES
- If a response gets lost, a retry can make the server do the same work twice. `retries(0)` of a client
  or a call turns retries off, as [`RetryPolicy::never`] does.";

const TIMEOUTS_OF_CLIENT: &str = "\
let timeout = std::time::Duration::from_secs(20);
let client = Client::builder().timeout(timeout).build()?;";

const TIMEOUTS_OF_CALL: &str = "let response = call.total_timeout(timeout * 2).await?;";

const TIMEOUTS: &str = "\
`timeout` is for one attempt: 60 s by default. `total_timeout` is for a call with all of its
attempts and the delays between them: none by default. Both are options of the client and of each
call, and `None` turns them off. `connect_timeout` of the client is 10 s by default.";

const PAGINATION: &str = "\
Awaiting a call for a list returns one [`Page`], whose `next_page()` is the call for the next one.
`pages()` returns a stream of pages, and `stream()` a stream of items. Each page is fetched when it
is requested.

Both streams end after an error. To resume, pass the cursor to a new call: [`Pages::cursor`] is that
of the next page, or of the page that failed. It is `None` at the start and after the last page;
`is_finished()` distinguishes the two. [`Items::page_cursor`] starts again with the page of the last
item: no item is lost, but items of that page may come again.";

const BACKWARD: &str = "

If only the cursor of the backward direction is set, a stream goes backward from there. A cursor that
such a stream returns is one of the backward direction too.";

const LENIENT_CALL: &str = r#"let response = call.lenient(true).await?;
for path in response.corrected() {
    eprintln!("the response lacks {path}");
}"#;

const INCOMPLETE: &str = "\
By default, a missing required property is an [`Error::Decode`] that names its path, unless it is
nullable, a constant, or has a default.

With `lenient(true)`, for a client or a call, a required property that is missing or null takes the
default of the spec, or an empty value if there is none. [`Response::corrected`] returns the paths of
such properties. Check it before you rely on an id, which may be empty. A value of a wrong type
remains an error.";

const TESTING: &str = "\
A [`Transport`] answers requests in place of the network. `environment(|_| None)` keeps the
machine's variables out of a test. To test retries without waiting, set a [`Clock`] whose `sleep`
returns at once, and `timeout(None)`: on such a clock, a timeout elapses at once.";

const BLOCKING: &str = "\
With the feature `blocking`, `send_blocking()` needs no async runtime. Do not use it in async code: it
blocks the thread.";

const BLOCKING_WITH_LISTS: &str = "\
With the feature `blocking`, `send_blocking()`, `items_blocking()` and `pages_blocking()` need no
async runtime. Do not use them in async code: they block the thread.";

const TRACING: &str = "\
With the feature `tracing`, each call is a span and each attempt an event, with the field names of
OpenTelemetry. They contain no body, no header and no value of a parameter. The target is the name
of the crate. A filter for a subscriber such as tracing-subscriber reads:

```text
CRATE=debug
```

A failed attempt is a warning, with the delay before the next one.";

const SECRETS: &str = "\
Credentials, and the properties that the spec marks as secret, are redacted in `Debug` output. Error
messages never contain credentials. [`Secret::expose`] returns the text of a [`Secret`].";
