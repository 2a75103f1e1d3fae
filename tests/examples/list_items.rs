//! Prints the items of a thread, page by page.
//!
//! ```sh
//! cargo run -p chatkit-tests --example list_items -- THREAD_ID
//! ```

use chatkit_client::{Client, Error, Order};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let thread = std::env::args().nth(1).unwrap_or_else(|| "cthr_8c1d2e3f4a5b6c7d".to_owned());

    let client = Client::from_env()?;
    let call = client.threads().list_items(thread).order(Order::Desc).limit(1);

    // `call.stream()` returns the items without their pages.
    let mut pages = call.pages();
    let mut number = 0;
    while let Some(page) = pages.try_next().await? {
        number += 1;
        println!("page {number}, after {} attempt(s)", page.attempts());
        for item in page.into_items() {
            println!("  {}", item.id().unwrap_or("an item without an id"));
        }
        // To resume later, store this cursor and pass it to `.after(cursor)`.
        println!("  next: {}", pages.cursor().unwrap_or("nothing"));
    }
    Ok(())
}
