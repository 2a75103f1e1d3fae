//! Pagination.

use std::future::{Future, IntoFuture};
use std::task::Poll;

use chatkit_client::{Items, Order, ThreadItem, operations::ListThreadItems};
use chatkit_tests::server::{Answer, Received, Server};
use futures_util::{StreamExt, TryStreamExt};
use serde_json::Value;

use super::setup::{client, items, page, thread};

/// Returns a query parameter of a request.
pub fn parameter(request: &Received, name: &str) -> Option<String> {
    let (_, query) = request.target.split_once('?')?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, v)| v.to_owned())
}

/// Serves a list of numbered items, with pagination by `limit`, `after` and `before`.
fn numbered(count: usize) -> Server {
    Server::start(move |request| {
        let number = |name: &str| parameter(request, name).map(|id| id[5..].parse::<usize>().expect("it is an id"));
        let limit = parameter(request, "limit").map_or(20, |limit| limit.parse().expect("it is a number"));
        let start = number("after").map_or(0, |after| after + 1);
        let end = number("before").unwrap_or(count);
        let is_backward = number("before").is_some() && number("after").is_none();
        let range = if is_backward { end.saturating_sub(limit)..end } else { start..end.min(start + limit) };
        let has_more = if is_backward { range.start > 0 } else { range.end < end };
        let ids: Vec<_> = range.map(|number| format!("cthi_{number}")).collect();
        Answer::json(200, items(&ids.iter().map(String::as_str).collect::<Vec<_>>(), has_more))
    })
}

fn id(item: &ThreadItem) -> String {
    item.id().expect("each item has an id").to_owned()
}

async fn ids(mut items: Items<ListThreadItems>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(item) = items.try_next().await.expect("every page comes") {
        ids.push(id(&item));
    }
    ids
}

fn expected(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| format!("cthi_{number}")).collect()
}

#[tokio::test]
async fn streams_ten_thousand_items_in_order() {
    let server = numbered(10_000);
    let items = client(&server).threads().list_items("cthr_1").limit(100).stream();
    assert_eq!(ids(items).await, expected(0..10_000));
    let counts = server.counts();
    assert_eq!((counts.requests, counts.connections), (100, 1));
    assert_eq!(server.requests()[99].target, "/v1/chatkit/threads/cthr_1/items?limit=100&after=cthi_9899");
}

#[tokio::test]
async fn supports_stream_combinators() {
    let server = numbered(1000);
    let stream = client(&server).threads().list_items("cthr_1").limit(100).stream();
    let found: Vec<String> =
        TryStreamExt::try_collect(stream.map_ok(|item| id(&item))).await.expect("every page comes");
    assert_eq!(found, expected(0..1000));
    let first: Vec<_> = client(&server).threads().list_items("cthr_1").limit(100).stream().take(150).collect().await;
    assert_eq!(first.len(), 150);
    assert_eq!(server.counts().requests, 12, "no page is fetched before its first item is requested");
}

#[tokio::test]
async fn streams_pages_in_order() {
    let server = numbered(250);
    let mut pages = client(&server).threads().list_items("cthr_1").limit(100).pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.expect("every page comes") {
        assert_eq!((page.status().as_u16(), page.attempts()), (200, 1));
        sizes.push((page.data.len(), page.has_more, pages.cursor().map(str::to_owned)));
        assert_eq!(server.counts().requests, sizes.len());
    }
    let cursor = |id: &str| Some(id.to_owned());
    assert_eq!(sizes, [(100, true, cursor("cthi_99")), (100, true, cursor("cthi_199")), (50, false, None)]);
    assert!(pages.try_next().await.expect("it has ended").is_none());
    let streamed = client(&server).threads().list_items("cthr_1").limit(100).pages();
    assert_eq!(
        streamed.map_ok(|page| page.into_items().len()).try_collect::<Vec<_>>().await.expect("every page comes"),
        [100, 100, 50]
    );
}

#[tokio::test]
async fn moves_to_the_next_and_the_previous_page() {
    let server = numbered(30);
    let first = client(&server).threads().list_items("cthr_1").limit(10).await.expect("it is listed");
    assert!(first.previous_page().is_none(), "nothing is before the first page");
    let second = first.next_page().expect("there is more").await.expect("it is listed");
    assert_eq!(second.first_id.as_deref(), Some("cthi_10"));
    let third = second.next_page().expect("there is more").await.expect("it is listed");
    assert!(third.next_page().is_none(), "nothing is after the last page");
    let back = third.previous_page().expect("there was one").await.expect("it is listed");
    assert_eq!((back.first_id.as_deref(), back.last_id.as_deref()), (Some("cthi_10"), Some("cthi_19")));
    let further = back.previous_page().expect("there was one").await.expect("it is listed");
    assert_eq!(further.first_id.as_deref(), Some("cthi_0"));
    assert!(further.previous_page().is_none(), "it has no more");
    let forth = further.next_page().expect("we came from there").await.expect("it is listed");
    assert_eq!(forth.first_id.as_deref(), Some("cthi_10"));
    let queries: Vec<_> =
        server.requests().iter().map(|request| request.target.split('?').skip(1).collect::<String>()).collect();
    let places = ["", "&after=cthi_9", "&after=cthi_19", "&before=cthi_20", "&before=cthi_10", "&after=cthi_9"];
    assert_eq!(queries, places.map(|place| format!("limit=10{place}")));
}

#[tokio::test]
async fn keeps_all_other_parameters() {
    let pages = [page(vec![thread("cthr_1")], true), page(vec![thread("cthr_2")], true), page(vec![], false)];
    let server = Server::script(pages.map(|page| Answer::json(200, page)));
    let call = client(&server).threads().list().limit(1).order(Order::Asc).user("a b").before("cthr_9").after("cthr_0");
    let call = call.extra_query("x", "1").extra_header("x-team", "a");
    let threads: Vec<_> = TryStreamExt::try_collect(call.stream()).await.expect("every page comes");
    assert_eq!(threads.len(), 2);
    let target =
        |after: &str| format!("/v1/chatkit/threads?limit=1&order=asc&after={after}&before=cthr_9&user=a%20b&x=1");
    let targets: Vec<_> = server.requests().iter().map(|request| request.target.clone()).collect();
    assert_eq!(targets, ["cthr_0", "cthr_1", "cthr_2"].map(target));
    for request in server.requests() {
        assert_eq!(request.header("x-team"), Some("a"));
    }
}

#[tokio::test]
async fn streams_backward_from_before() {
    let server = numbered(25);
    let items = client(&server).threads().list_items("cthr_1").limit(10).before("cthi_24").stream();
    assert_eq!(ids(items).await, expected((0..24).rev()));
    let places: Vec<_> = server.requests().iter().map(|request| parameter(request, "before")).collect();
    assert_eq!(places, ["cthi_24", "cthi_14", "cthi_4"].map(|id| Some(id.to_owned())));
    // The items of each page keep the order of the list.
    let mut pages = client(&server).threads().list_items("cthr_1").limit(2).before("cthi_3").pages();
    let page = pages.try_next().await.expect("it is listed").expect("there is one");
    assert_eq!(page.into_items().iter().map(id).collect::<Vec<_>>(), ["cthi_1", "cthi_2"]);
    assert_eq!(pages.cursor(), Some("cthi_1"));
}

#[tokio::test]
async fn uses_the_last_id_of_the_page_as_cursor() {
    let mut first = items(&["cthi_1"], true);
    first["last_id"] = "cursor&1".into();
    let server = Server::script([first, items(&["cthi_2"], false)].map(|page| Answer::json(200, page)));
    let walk = client(&server).threads().list_items("cthr_1").stream();
    assert_eq!(ids(walk).await, ["cthi_1", "cthi_2"]);
    assert_eq!(server.requests()[1].target, "/v1/chatkit/threads/cthr_1/items?after=cursor%261");
}

#[tokio::test]
async fn continues_after_an_empty_page_with_has_more() {
    let mut empty = items(&[], true);
    empty["last_id"] = "cthi_5".into();
    let pages = [items(&["cthi_1"], true), empty, items(&["cthi_6"], false)];
    let server = Server::script(pages.map(|page| Answer::json(200, page)));
    let walk = client(&server).threads().list_items("cthr_1").stream();
    assert_eq!(ids(walk).await, ["cthi_1", "cthi_6"]);
    assert_eq!(parameter(&server.requests()[2], "after").as_deref(), Some("cthi_5"));
}

#[tokio::test]
async fn ends_without_has_more_or_without_a_cursor() {
    let ends: [fn(&mut Value); 4] = [
        |page| page["has_more"] = false.into(),
        |page| page["last_id"] = Value::Null,
        |page| page["last_id"] = "".into(),
        |page| drop(page.as_object_mut().expect("it is an object").remove("last_id")),
    ];
    for change in ends {
        let mut page = items(&["cthi_1"], true);
        change(&mut page);
        let server = Server::always(Answer::json(200, page));
        let client = client(&server);
        assert_eq!(ids(client.threads().list_items("cthr_1").stream()).await, ["cthi_1"]);
        assert!(client.threads().list_items("cthr_1").await.expect("it is listed").next_page().is_none());
        assert_eq!(server.counts().requests, 2);
    }
}

#[tokio::test]
async fn resumes_from_a_cursor() {
    let server = numbered(30);
    let client = client(&server);
    let call = || client.threads().list_items("cthr_1").limit(10);
    let mut walk = call().stream();
    assert_eq!(walk.page_cursor(), None, "the start has none");
    let mut seen = Vec::new();
    for _ in 0..10 {
        seen.push(id(&walk.try_next().await.expect("it is listed").expect("there are more")));
    }
    assert_eq!(walk.page_cursor(), Some("cthi_9"), "the page is at its end");
    let rest = call().after(walk.page_cursor().expect("there is one")).stream();
    seen.extend(ids(rest).await);
    assert_eq!(seen, expected(0..30));
    // Within a page, the cursor repeats the whole page, so no item is skipped.
    walk.try_next().await.expect("it is listed").expect("there are more");
    assert_eq!(walk.page_cursor(), Some("cthi_9"));
    assert_eq!(ids(call().after("cthi_9").stream()).await, expected(10..30));
}

#[tokio::test]
async fn loses_no_item_when_a_wait_is_cancelled() {
    let server = numbered(30);
    let mut walk = client(&server).threads().list_items("cthr_1").limit(10).stream();
    let mut seen = Vec::new();
    loop {
        // Each wait is cancelled once, after its first poll.
        let mut waiting = Box::pin(walk.try_next());
        let early = std::future::poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context))).await;
        drop(waiting);
        let item = match early {
            Poll::Ready(item) => item,
            Poll::Pending => walk.try_next().await,
        };
        match item.expect("every page comes") {
            Some(item) => seen.push(id(&item)),
            None => break,
        }
    }
    assert_eq!(seen, expected(0..30));
    assert_eq!(server.counts().requests, 3, "no page is fetched twice");
}

#[tokio::test]
async fn stops_the_request_of_a_page_when_dropped() {
    let server = Server::always(Answer::default().stall());
    let client = client(&server);
    let mut walk = client.threads().list_items("cthr_1").stream();
    tokio::select! {
        biased;
        () = server.until(|counts| counts.running == 1) => {}
        _ = walk.try_next() => panic!("the server is silent"),
    }
    drop(walk);
    server.until_disconnected().await;
    drop(client.threads().list_items("cthr_1").into_future());
}
