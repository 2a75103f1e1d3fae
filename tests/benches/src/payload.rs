//! Payloads as the service sends them, in compact JSON. They are built as text to control the order of properties.

use std::fmt::Write;

/// The position of an item's tag among its properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagPlace {
    /// Before all others.
    First,
    /// In the position of the service: after the four properties that all items share.
    Vendor,
    /// After all others.
    Last,
}

impl TagPlace {
    /// Every position, with its name.
    pub const ALL: [(Self, &str); 3] = [(Self::First, "first"), (Self::Vendor, "vendor"), (Self::Last, "last")];
}

/// Returns a page of 100 items: 30 messages of either side, and 10 of each other kind.
#[must_use]
pub fn items(tag: TagPlace) -> String {
    mixed(tag, &[widget, client_tool_call, task, task_group])
}

/// Returns the same page without task groups. `async-openai` cannot decode these: it has another name for a property.
#[must_use]
pub fn items_without_groups(tag: TagPlace) -> String {
    mixed(tag, &[widget, client_tool_call, task])
}

fn mixed(tag: TagPlace, others: &[fn(usize) -> Item]) -> String {
    let mut items = Vec::new();
    for round in 0..10 {
        for number in round * 3..round * 3 + 3 {
            items.push(user_message(number));
            items.push(assistant_message(number));
        }
        items.extend(others.iter().map(|other| other(round)));
    }
    page(&items.iter().map(|item| item.text(tag)).collect::<Vec<_>>())
}

/// Returns a page of 100 threads.
#[must_use]
pub fn threads() -> String {
    let threads = (0..100).map(|number| {
        let status = match number % 3 {
            0 => r#"{"type":"active"}"#,
            1 => r#"{"type":"locked","reason":"Waiting for a colleague."}"#,
            _ => r#"{"type":"closed","reason":null}"#,
        };
        format!(
            r#"{{"id":"cthr_{number:016x}","object":"chatkit.thread","created_at":{},"title":"Question about order {number}","status":{status},"user":"customer-{number}"}}"#,
            1_767_225_600 + number,
        )
    });
    page(&threads.collect::<Vec<_>>())
}

/// A session.
pub const SESSION: &str = concat!(
    r#"{"id":"cksess_5f2b9c7e41d84a06","object":"chatkit.session","expires_at":1767225900,"#,
    r#""client_secret":"example-client-secret","workflow":{"id":"wf_3e9a7c5b1d2f4680","version":null,"#,
    r#""state_variables":{"plan":"team","seats":12,"beta":true,"ratio":0.25},"tracing":{"enabled":true}},"#,
    r#""user":"customer-1842","rate_limits":{"max_requests_per_1_minute":10},"max_requests_per_1_minute":10,"#,
    r#""status":"active","chatkit_configuration":{"automatic_thread_titling":{"enabled":true},"#,
    r#""file_upload":{"enabled":true,"max_file_size":512,"max_files":3},"#,
    r#""history":{"enabled":true,"recent_threads":null}}}"#,
);

fn page(data: &[String]) -> String {
    let data = data.join(",");
    format!(r#"{{"object":"list","data":[{data}],"first_id":"first","last_id":"last","has_more":true}}"#)
}

/// An item as text: the properties that all items share, its tag, and the properties of its own kind.
struct Item {
    common: String,
    kind: String,
    own: String,
}

impl Item {
    fn new(number: usize, kind: &str, own: String) -> Self {
        let common = format!(
            r#""id":"cthi_{number:016x}","object":"chatkit.thread_item","created_at":{},"thread_id":"cthr_8c1d2e3f4a5b6c7d""#,
            1_767_225_600 + number,
        );
        Self { common, kind: format!(r#""type":"chatkit.{kind}""#), own }
    }

    fn text(&self, tag: TagPlace) -> String {
        let Self { common, kind, own } = self;
        match tag {
            TagPlace::First => format!("{{{kind},{common},{own}}}"),
            TagPlace::Vendor => format!("{{{common},{kind},{own}}}"),
            TagPlace::Last => format!("{{{common},{own},{kind}}}"),
        }
    }
}

fn user_message(number: usize) -> Item {
    let mut attachments = String::new();
    if number.is_multiple_of(3) {
        write!(
            attachments,
            r#"{{"type":"image","id":"file_{number:016x}","name":"parcel.png","mime_type":"image/png","preview_url":"https://example.com/previews/parcel.png"}}"#
        )
        .expect("writing to a string cannot fail");
    }
    let own = format!(
        r#""content":[{{"type":"quoted_text","text":"Damaged goods are refunded in full within 30 days of the delivery."}},{{"type":"input_text","text":"Does that include the parcel {number}, which came \"open\" and wet?\nIt was sent back on Monday, and I have the receipt of the carrier, with the number of the parcel and the time."}}],"attachments":[{attachments}],"inference_options":{{"tool_choice":{{"id":"search_orders"}},"model":null}}"#
    );
    Item::new(number, "user_message", own)
}

fn assistant_message(number: usize) -> Item {
    let own = format!(
        r#""content":[{{"type":"output_text","text":"Yes, parcel {number} is covered: damaged goods are refunded in full within 30 days. The refund reaches your account – usually – within three working days, and you will get a message as soon as it has been sent. You need not send anything back.\n\n- The order is closed once the refund is on its way.\n- A new parcel would be a new order, with another number.\n\nIs there anything else that I can help you with?","annotations":[{{"type":"file","source":{{"type":"file","filename":"refund-policy.pdf"}}}},{{"type":"url","source":{{"type":"url","url":"https://example.com/help/refunds"}}}}]}}]"#
    );
    Item::new(number + 1_000, "assistant_message", own)
}

fn widget(number: usize) -> Item {
    let widget = concat!(
        r#"{\"type\":\"Card\",\"size\":\"sm\",\"children\":[{\"type\":\"Title\",\"value\":\"Order 5531\"},"#,
        r#"{\"type\":\"Text\",\"value\":\"Two parcels, one of them damaged\",\"color\":\"secondary\"},"#,
        r#"{\"type\":\"Divider\",\"spacing\":4},{\"type\":\"Row\",\"gap\":2,\"align\":\"center\",\"children\":["#,
        r#"{\"type\":\"Image\",\"src\":\"https://example.com/images/5531.png\",\"alt\":\"The parcel\"},"#,
        r#"{\"type\":\"Button\",\"label\":\"Refund\",\"style\":\"primary\",\"onClickAction\":{\"type\":\"refund\",\"payload\":{\"order\":5531}}}]}]}"#,
    );
    Item::new(number + 2_000, "widget", format!(r#""widget":"{widget}""#))
}

fn client_tool_call(number: usize) -> Item {
    let own = format!(
        r#""status":"completed","call_id":"call_{number:016x}","name":"open_order","arguments":"{{\"order\":5531,\"tab\":\"refunds\"}}","output":"{{\"opened\":true}}""#
    );
    Item::new(number + 3_000, "client_tool_call", own)
}

fn task(number: usize) -> Item {
    let own = r#""task_type":"custom","heading":"Looking up the order","summary":null"#.to_owned();
    Item::new(number + 4_000, "task", own)
}

fn task_group(number: usize) -> Item {
    let own = concat!(
        r#""tasks":[{"type":"thought","heading":"Checking the refund policy","summary":"The policy covers damage in transit."},"#,
        r#"{"type":"custom","heading":"Looking up the order","summary":null}]"#,
    );
    Item::new(number + 5_000, "task_group", own.to_owned())
}
