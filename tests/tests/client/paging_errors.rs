//! Pagination with pages that fail or repeat a cursor.

use chatkit_client::{Error, Items, operations::ListThreadItems};
use chatkit_tests::server::{Answer, Server};

use super::paging::parameter;
use super::setup::{client, client_without_waits, items, refusal};

/// Collects ids up to the end or an error.
async fn ids_until_error(items: &mut Items<ListThreadItems>) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => ids.extend(item.id().map(str::to_owned)),
            Ok(None) => return (ids, None),
            Err(error) => return (ids, Some(error)),
        }
    }
}

/// Answers with a page whose cursor is not its last item's id.
fn page_with_cursor(id: &str, cursor: &str) -> Answer {
    let mut page = items(&[id], true);
    page["last_id"] = cursor.into();
    page["first_id"] = cursor.into();
    Answer::json(200, page)
}

#[tokio::test]
async fn reports_a_repeated_cursor_after_the_items() {
    let cases: [(&[&str], &[&str], &str); 3] = [
        (&["A", "A"], &["0", "1"], "A"),
        (&["A", "B", "A"], &["0", "1", "2"], "A"),
        (&["A", "B", "C", "B"], &["0", "1", "2", "3"], "B"),
    ];
    for (cursors, expected, repeated) in cases {
        let pages = cursors.iter().enumerate().map(|(index, cursor)| page_with_cursor(&index.to_string(), cursor));
        let server = Server::script(pages);
        let mut items = client(&server).threads().list_items("cthr_1").stream();
        let (ids, error) = ids_until_error(&mut items).await;
        assert_eq!(ids, expected);
        let Some(Error::Cursor(error)) = error else { panic!("{error:?}") };
        assert_eq!((error.cursor(), error.operation()), (repeated, "listThreadItems"));
        assert_eq!(
            error.to_string(),
            format!(
                "listThreadItems stopped: the server returned the cursor \"{repeated}\" twice, so its pages would never end"
            )
        );
        assert_eq!(server.counts().requests, cursors.len(), "nothing is fetched twice");
        assert!(items.try_next().await.expect("it has ended").is_none());
    }
}

#[tokio::test]
async fn is_finished_after_the_last_item_but_not_after_an_error() {
    let last = Answer::json(200, items(&["2"], false));
    let server = Server::script([
        page_with_cursor("1", "A"),
        Answer::json(400, refusal("odd")),
        page_with_cursor("1", "A"),
        last,
    ]);
    let mut failing = client(&server).threads().list_items("cthr_1").stream();
    assert!(!failing.is_finished());
    let (ids, error) = ids_until_error(&mut failing).await;
    assert!(error.is_some() && !failing.is_finished());
    assert_eq!((ids.len(), failing.page_cursor()), (1, Some("A")));

    let mut whole = client(&server).threads().list_items("cthr_1").stream();
    whole.try_next().await.expect("there is a first");
    assert!(!whole.is_finished());
    whole.try_next().await.expect("there is a second");
    assert!(whole.is_finished() && whole.page_cursor().is_none());
}

#[tokio::test]
async fn detects_a_return_to_the_first_cursor() {
    let server = Server::script([page_with_cursor("1", "B"), page_with_cursor("2", "A")]);
    let (ids, error) = ids_until_error(&mut client(&server).threads().list_items("cthr_1").after("A").stream()).await;
    assert_eq!(ids, ["1", "2"]);
    assert!(matches!(error, Some(Error::Cursor(_))), "{error:?}");
}

#[tokio::test]
async fn detects_a_repeated_cursor_backward() {
    let server = Server::script([page_with_cursor("1", "B"), page_with_cursor("2", "B")]);
    let (ids, error) = ids_until_error(&mut client(&server).threads().list_items("cthr_1").before("A").stream()).await;
    assert_eq!(ids, ["1", "2"]);
    assert!(matches!(error, Some(Error::Cursor(error)) if error.cursor() == "B"));
}

#[tokio::test]
async fn detects_a_repeated_cursor_of_pages() {
    let server = Server::script([page_with_cursor("1", "A"), page_with_cursor("2", "A")]);
    let mut pages = client(&server).threads().list_items("cthr_1").pages();
    for _ in 0..2 {
        pages.try_next().await.expect("the page is good").expect("there is one");
    }
    assert!(matches!(pages.try_next().await, Err(Error::Cursor(_))));
    assert!(pages.try_next().await.expect("it has ended").is_none());
}

#[tokio::test]
async fn ends_at_an_error_and_resumes_from_its_cursor() {
    let server = Server::script([
        Answer::json(200, items(&["1", "2"], true)),
        Answer::json(401, refusal("some_code")),
        Answer::json(200, items(&["3"], false)),
    ]);
    let client = client(&server);
    let mut items = client.threads().list_items("cthr_1").stream();
    let (ids, error) = ids_until_error(&mut items).await;
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(error.and_then(|error| error.status()).map(|status| status.as_u16()), Some(401));
    assert!(items.try_next().await.expect("it has ended").is_none());
    assert_eq!(server.counts().requests, 2);
    let cursor = items.page_cursor().expect("it knows where it failed");
    let (ids, error) = ids_until_error(&mut client.threads().list_items("cthr_1").after(cursor).stream()).await;
    assert_eq!((ids, error.is_none()), (vec!["3".to_owned()], true));
    assert_eq!(parameter(&server.requests()[2], "after").as_deref(), Some("2"));
}

#[tokio::test]
async fn retries_each_page_separately() {
    let server = Server::script([
        Answer::json(500, ""),
        Answer::json(200, items(&["1"], true)),
        Answer::json(500, ""),
        Answer::default().close(),
        Answer::json(200, items(&["2"], false)),
    ]);
    let (client, waits) = client_without_waits(&server);
    let (ids, error) = ids_until_error(&mut client.threads().list_items("cthr_1").stream()).await;
    assert_eq!((ids, error.is_none()), (vec!["1".to_owned(), "2".to_owned()], true));
    assert_eq!(waits.all().len(), 3);
}

#[tokio::test]
async fn sends_nothing_with_invalid_parameters() {
    let server = Server::script([]);
    let (ids, error) = ids_until_error(&mut client(&server).threads().list_items("..").limit(101).stream()).await;
    assert!(ids.is_empty());
    assert!(matches!(error, Some(Error::Validation(error)) if error.violations().len() == 2));
    assert_eq!(server.counts().connections, 0);
}
