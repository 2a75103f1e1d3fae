//! Prints a thread as a transcript, the oldest item first.
//!
//! ```sh
//! cargo run -p chatkit-tests --example transcript -- THREAD_ID
//! ```

use chatkit_client::{
    Client, Error, Order, ResponseOutputTextAnnotation, TaskType, ThreadAssistantMessageItem, ThreadItem, ThreadStatus,
    ThreadUserMessageItem, ThreadUserMessageItemContent,
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let id = std::env::args().nth(1).unwrap_or_else(|| "cthr_8c1d2e3f4a5b6c7d".to_owned());

    let client = Client::from_env()?;
    let thread = client.threads().retrieve(&id).await?;
    println!("# {}", thread.title.as_deref().unwrap_or("Untitled"));
    match &thread.status {
        ThreadStatus::Locked(locked) => println!("(locked: {})", locked.reason.as_deref().unwrap_or("no reason given")),
        ThreadStatus::Closed(closed) => println!("(closed: {})", closed.reason.as_deref().unwrap_or("no reason given")),
        // Active, or a status that is newer than this program.
        _ => {}
    }

    let mut items = client.threads().list_items(&id).order(Order::Asc).limit(100).stream();
    while let Some(item) = items.try_next().await? {
        print_item(&thread.user, &item);
    }
    Ok(())
}

fn print_item(user: &str, item: &ThreadItem) {
    match item {
        ThreadItem::UserMessage(message) => print_user_message(user, message),
        ThreadItem::AssistantMessage(message) => print_assistant_message(message),
        ThreadItem::Widget(widget) => println!("[widget] {}", widget.widget),
        ThreadItem::ClientToolCall(call) => {
            let output = call.output.as_deref().unwrap_or("nothing yet");
            println!("[tool] {}({}) = {output}", call.name, call.arguments);
        }
        ThreadItem::Task(task) => print_task("", &task.task_type, task.heading.as_deref(), task.summary.as_deref()),
        ThreadItem::TaskGroup(group) => {
            println!("[tasks]");
            for task in &group.tasks {
                print_task("  ", &task.task_type, task.heading.as_deref(), task.summary.as_deref());
            }
        }
        // The service adds kinds of items without notice. An unknown one keeps its JSON.
        ThreadItem::Unknown(value) => println!("[{}]", value["type"].as_str().unwrap_or("item without a type")),
        _ => println!("[{}]", item.id().unwrap_or("item without an id")),
    }
}

fn print_user_message(user: &str, message: &ThreadUserMessageItem) {
    for part in &message.content {
        match part {
            ThreadUserMessageItemContent::InputText(input) => println!("{user}: {}", input.text),
            ThreadUserMessageItemContent::QuotedText(quoted) => println!("{user}: > {}", quoted.text),
            other => println!("{user}: {}", other.text().unwrap_or("(not text)")),
        }
    }
    for attachment in &message.attachments {
        println!("  + {} ({})", attachment.name, attachment.mime_type);
    }
}

fn print_assistant_message(message: &ThreadAssistantMessageItem) {
    for part in &message.content {
        println!("assistant: {}", part.text);
        for annotation in &part.annotations {
            match annotation {
                ResponseOutputTextAnnotation::File(file) => println!("  see {}", file.source.filename),
                ResponseOutputTextAnnotation::Url(url) => println!("  see {}", url.source.url),
                _ => println!("  see another source"),
            }
        }
    }
}

fn print_task(indent: &str, kind: &TaskType, heading: Option<&str>, summary: Option<&str>) {
    let text = [heading, summary].into_iter().flatten().collect::<Vec<_>>().join(": ");
    println!("{indent}[{}] {text}", kind.as_str());
}
