//! The details of error bodies.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::api::ErrorFormat;
use crate::runtime::error::api::ErrorDetails;
use crate::runtime::response::ResponseMeta;
use crate::support::secret::Secret;

const PLACES: ErrorFormat = ErrorFormat {
    message: Some("/error/message"),
    kind: Some("/error/type"),
    param: Some("/error/param"),
    code: Some("/error/code"),
    final_codes: &[],
};

fn read(body: &str) -> [Option<String>; 4] {
    let ErrorDetails { message, kind, param, code } = ErrorDetails::read(body.as_bytes(), &PLACES);
    [message, kind, param, code]
}

#[test]
fn reads_the_details_of_any_error_body() {
    let cases = [
        (
            r#"{"error":{"message":"m","type":"t","param":"p","code":"c"}}"#,
            [Some("m"), Some("t"), Some("p"), Some("c")],
        ),
        (r#"{"error":{"message":"m","type":"t","param":null,"code":null}}"#, [Some("m"), Some("t"), None, None]),
        (r#"{"error":{"message":"m","code":429}}"#, [Some("m"), None, None, Some("429")]),
        (r#"{"error":"bare"}"#, [Some("bare"), None, None, None]),
        (r#"{"error":{"message":{"deep":1}}}"#, [None; 4]),
        (r#"{"error":null}"#, [None; 4]),
        (r#""text""#, [None; 4]),
        ("<html>502</html>", [None; 4]),
        ("{\"error\":", [None; 4]),
        ("", [None; 4]),
    ];
    for (body, expected) in cases {
        assert_eq!(read(body), expected.map(|text| text.map(str::to_owned)), "{body}");
    }
}

#[test]
fn redacts_a_key_that_the_server_repeats() {
    let meta = ResponseMeta {
        status: StatusCode::UNAUTHORIZED,
        headers: HeaderMap::new(),
        body: Bytes::new(),
        attempts: 1,
        is_final: false,
        // A blank secret would match in every text.
        secrets: vec![Secret::from(" sk-1\n"), Secret::from(" ")],
        redacted_headers: Vec::new(),
    };
    let mut details = ErrorDetails::read(br#"{"error":{"message":"bad key sk-1, sk-1!","code":"sk-1"}}"#, &PLACES);
    details.redact(|text| meta.redacted(text));
    assert_eq!(details.message.as_deref(), Some("bad key [redacted], [redacted]!"));
    assert_eq!(details.code.as_deref(), Some("[redacted]"));
}
