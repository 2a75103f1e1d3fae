//! The types of pages and of a session, as a careful developer would write them with serde's derive.
//!
//! They have every listed property and do not store constants. They drop unknown fields, which a derive cannot keep
//! cheaply.
#![allow(missing_docs, reason = "the names are the service's")]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadItemList {
    pub object: ListObject,
    pub data: Vec<ThreadItem>,
    pub first_id: Option<String>,
    pub last_id: Option<String>,
    pub has_more: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ListObject {
    #[serde(rename = "list")]
    List,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ItemObject {
    #[serde(rename = "chatkit.thread_item")]
    ThreadItem,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ThreadItem {
    #[serde(rename = "chatkit.user_message")]
    UserMessage(UserMessage),
    #[serde(rename = "chatkit.assistant_message")]
    AssistantMessage(AssistantMessage),
    #[serde(rename = "chatkit.widget")]
    Widget(Widget),
    #[serde(rename = "chatkit.client_tool_call")]
    ClientToolCall(ClientToolCall),
    #[serde(rename = "chatkit.task")]
    Task(Task),
    #[serde(rename = "chatkit.task_group")]
    TaskGroup(TaskGroup),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserMessage {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub content: Vec<UserContent>,
    pub attachments: Vec<Attachment>,
    pub inference_options: Option<InferenceOptions>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum UserContent {
    InputText { text: String },
    QuotedText { text: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    #[serde(rename = "type")]
    pub kind: AttachmentType,
    pub id: String,
    pub name: String,
    pub mime_type: String,
    pub preview_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentType {
    Image,
    File,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InferenceOptions {
    pub tool_choice: Option<ToolChoice>,
    pub model: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolChoice {
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssistantMessage {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub content: Vec<OutputText>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutputText {
    #[serde(rename = "type")]
    pub kind: OutputTextType,
    pub text: String,
    pub annotations: Vec<Annotation>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputTextType {
    OutputText,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Annotation {
    File { source: FileSource },
    Url { source: UrlSource },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "file")]
pub struct FileSource {
    pub filename: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename = "url")]
pub struct UrlSource {
    pub url: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Widget {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub widget: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientToolCall {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub status: ToolCallStatus,
    pub call_id: String,
    pub name: String,
    pub arguments: String,
    pub output: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolCallStatus {
    InProgress,
    Completed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Task {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub task_type: TaskType,
    pub heading: Option<String>,
    pub summary: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskType {
    Custom,
    Thought,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskGroup {
    pub id: String,
    pub object: ItemObject,
    pub created_at: i64,
    pub thread_id: String,
    pub tasks: Vec<GroupTask>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupTask {
    #[serde(rename = "type")]
    pub kind: TaskType,
    pub heading: Option<String>,
    pub summary: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ThreadList {
    pub object: ListObject,
    pub data: Vec<Thread>,
    pub first_id: Option<String>,
    pub last_id: Option<String>,
    pub has_more: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ThreadObject {
    #[serde(rename = "chatkit.thread")]
    Thread,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    pub id: String,
    pub object: ThreadObject,
    pub created_at: i64,
    pub title: Option<String>,
    pub status: ThreadStatus,
    pub user: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ThreadStatus {
    Active {},
    Locked { reason: Option<String> },
    Closed { reason: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SessionObject {
    #[serde(rename = "chatkit.session")]
    Session,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub id: String,
    pub object: SessionObject,
    pub expires_at: i64,
    pub client_secret: String,
    pub workflow: Workflow,
    pub user: String,
    pub rate_limits: RateLimits,
    pub max_requests_per_1_minute: i64,
    pub status: SessionStatus,
    pub chatkit_configuration: Configuration,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    Active,
    Expired,
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workflow {
    pub id: String,
    pub version: Option<String>,
    pub state_variables: Option<BTreeMap<String, StateVariable>>,
    pub tracing: Enabled,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StateVariable {
    String(String),
    Integer(i64),
    Boolean(bool),
    Number(f64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RateLimits {
    pub max_requests_per_1_minute: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enabled {
    pub enabled: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    pub automatic_thread_titling: Enabled,
    pub file_upload: FileUpload,
    pub history: History,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileUpload {
    pub enabled: bool,
    pub max_file_size: Option<i64>,
    pub max_files: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    pub enabled: bool,
    pub recent_threads: Option<i64>,
}
