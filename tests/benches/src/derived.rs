//! The types of a page of items as a careful developer would write them with serde's derive: nothing that the service
//! sends is dropped, constants are not stored, and what is not listed is not kept, since a derive cannot do that cheaply.
#![allow(missing_docs, reason = "the names are those of the service")]

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
