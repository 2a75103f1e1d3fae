//! Creates a session in which an end user can chat with a workflow.
//!
//! ```sh
//! cargo run -p chatkit-tests --example create_session -- WORKFLOW_ID USER
//! ```

use chatkit_client::{
    ChatSessionExpiresAfterParam, ChatSessionRateLimitsParam, ChatSessionWorkflowParam, Client,
    CreateChatSessionRequest, Error,
};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let workflow = arguments.next().unwrap_or_else(|| "wf_3e9a7c5b1d2f4680".to_owned());
    let user = arguments.next().unwrap_or_else(|| "customer-1842".to_owned());

    let client = Client::from_env()?;
    let workflow = ChatSessionWorkflowParam::new(workflow).state_variables([("plan", "team")]);
    let request = CreateChatSessionRequest::new(workflow, user)
        .expires_after(ChatSessionExpiresAfterParam::new(300))
        .rate_limits(ChatSessionRateLimitsParam::new().max_requests_per_1_minute(20));
    let session = client.sessions().create(request).await?;

    println!("{} is {} until {}", session.id, session.status.as_str(), session.expires_at);
    println!("request {}", session.request_id().unwrap_or("without an id"));
    // Only the user's front end needs the secret, so nothing but this line shows it.
    println!("client secret: {}", session.client_secret.expose());
    Ok(())
}
