//! Every generated type, by the name of its schema.
//!
//! The one list from which all tests take the types, so that a test of all of them cannot leave one out. A test
//! compares it with the spec.

use std::fmt::Debug;

use chatkit_client::lenient::{self, Lenient, Model};
use chatkit_client::{Violation, Violations};
use serde_json::{Error, Value};

/// What a value encodes to, and the paths that were mended in it.
pub type Mended = (Value, Vec<String>);

/// Decodes text and validates the value.
pub type Validate = fn(&str) -> Result<Vec<Violation>, Error>;

/// A generated type, as functions of JSON.
#[derive(Clone, Copy)]
pub struct Type {
    /// The key of the component, or the Rust name of an inline schema.
    pub schema: &'static str,
    /// The Rust name.
    pub name: &'static str,
    /// Decodes text, and encodes the value again.
    pub from_str: fn(&str) -> Result<Value, Error>,
    /// Decodes bytes, and encodes the value again.
    pub from_slice: fn(&[u8]) -> Result<Value, Error>,
    /// Decodes what a reader gives, and encodes the value again.
    pub from_reader: fn(&[u8]) -> Result<Value, Error>,
    /// Decodes a JSON value, and encodes the value again.
    pub from_value: fn(Value) -> Result<Value, Error>,
    /// Decodes text, and encodes the value to text.
    pub to_string: fn(&str) -> Result<String, Error>,
    /// Decodes text twice and then what it encodes to, and compares the three.
    pub is_stable: fn(&str) -> Result<bool, Error>,
    /// Decodes text, and prints the value for debugging, in both ways, on its own and in other types.
    pub debug: fn(&str) -> Result<String, Error>,
    /// Decodes text leniently, and gives what the value encodes to with the paths that were mended.
    pub lenient: fn(&str) -> Result<Mended, Error>,
    /// Decodes text and validates the value, where the type has anything to check.
    pub validate: Option<Validate>,
}

fn from_str<T: Model>(json: &str) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_str::<T>(json)?)
}

fn from_slice<T: Model>(json: &[u8]) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_slice::<T>(json)?)
}

fn from_reader<T: Model>(json: &[u8]) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_reader::<_, T>(json)?)
}

fn from_value<T: Model>(json: Value) -> Result<Value, Error> {
    serde_json::to_value(serde_json::from_value::<T>(json)?)
}

fn to_string<T: Model>(json: &str) -> Result<String, Error> {
    serde_json::to_string(&serde_json::from_str::<T>(json)?)
}

fn is_stable<T: Model + Clone + PartialEq>(json: &str) -> Result<bool, Error> {
    let (first, second) = (serde_json::from_str::<T>(json)?, serde_json::from_str::<T>(json)?);
    let again = serde_json::from_str::<T>(&serde_json::to_string(&first)?)?;
    Ok(first == second && again == first && first.clone() == first)
}

fn debug<T: Model + Debug + Clone>(json: &str) -> Result<String, Error> {
    let value = serde_json::from_str::<T>(json)?;
    let lenient: Lenient<T> = lenient::from_str(json)?;
    Ok(format!("{value:?} {value:#?} {:?} {lenient:?}", Some(vec![value.clone()])))
}

fn decode_leniently<T: Model>(json: &str) -> Result<Mended, Error> {
    let Lenient { value, mended, .. } = lenient::from_str::<T>(json)?;
    Ok((serde_json::to_value(&value)?, mended))
}

fn violations(result: Result<(), Violations>) -> Vec<Violation> {
    result.err().map(|violations| violations.into_iter().collect()).unwrap_or_default()
}

macro_rules! types {
    ($($schema:literal => $name:ident $($checked:ident)?,)*) => {
        /// All types, in the order of the spec.
        pub const TYPES: &[Type] = &[$(Type {
            schema: $schema,
            name: stringify!($name),
            from_str: from_str::<chatkit_client::$name>,
            from_slice: from_slice::<chatkit_client::$name>,
            from_reader: from_reader::<chatkit_client::$name>,
            from_value: from_value::<chatkit_client::$name>,
            to_string: to_string::<chatkit_client::$name>,
            is_stable: is_stable::<chatkit_client::$name>,
            debug: debug::<chatkit_client::$name>,
            lenient: decode_leniently::<chatkit_client::$name>,
            validate: types!(@validate $name $($checked)?),
        }),*];
    };
    (@validate $name:ident) => { None };
    (@validate $name:ident checked) => {
        Some(|json| Ok(violations(serde_json::from_str::<chatkit_client::$name>(json)?.validate())))
    };
}

types! {
    "ChatKitOrder" => Order,
    "ChatKitStateVariable" => StateVariable checked,
    "ChatKitWorkflowTracing" => WorkflowTracing,
    "ChatKitWorkflow" => Workflow checked,
    "ChatSessionRateLimits" => ChatSessionRateLimits,
    "ChatSessionStatus" => ChatSessionStatus,
    "ChatSessionAutomaticThreadTitling" => ChatSessionAutomaticThreadTitling,
    "ChatSessionFileUpload" => ChatSessionFileUpload,
    "ChatSessionHistory" => ChatSessionHistory,
    "ChatSessionChatKitConfiguration" => ChatSessionChatKitConfiguration,
    "ChatSession" => ChatSession checked,
    "ChatSessionWorkflowTracingParam" => ChatSessionWorkflowTracingParam,
    "ChatSessionWorkflowParam" => ChatSessionWorkflowParam checked,
    "ChatSessionExpiresAfterParam" => ChatSessionExpiresAfterParam checked,
    "ChatSessionRateLimitsParam" => ChatSessionRateLimitsParam checked,
    "ChatSessionAutomaticThreadTitlingParam" => ChatSessionAutomaticThreadTitlingParam,
    "ChatSessionFileUploadParam" => ChatSessionFileUploadParam checked,
    "ChatSessionHistoryParam" => ChatSessionHistoryParam checked,
    "ChatSessionChatKitConfigurationParam" => ChatSessionChatKitConfigurationParam checked,
    "CreateChatSessionRequest" => CreateChatSessionRequest checked,
    "ChatKitInputText" => InputText,
    "ChatKitQuotedText" => QuotedText,
    "ChatKitAttachmentType" => AttachmentType,
    "ChatKitAttachment" => Attachment checked,
    "ChatKitToolChoice" => ToolChoice,
    "ChatKitInferenceOptions" => InferenceOptions,
    "ChatKitThreadUserMessageItemContent" => ThreadUserMessageItemContent,
    "ChatKitThreadUserMessageItem" => ThreadUserMessageItem checked,
    "ChatKitFileAnnotationSource" => FileAnnotationSource,
    "ChatKitFileAnnotation" => FileAnnotation,
    "ChatKitUrlAnnotationSource" => UrlAnnotationSource checked,
    "ChatKitUrlAnnotation" => UrlAnnotation checked,
    "ChatKitResponseOutputTextAnnotation" => ResponseOutputTextAnnotation checked,
    "ChatKitResponseOutputText" => ResponseOutputText checked,
    "ChatKitThreadAssistantMessageItem" => ThreadAssistantMessageItem checked,
    "ChatKitWidgetItem" => WidgetItem,
    "ChatKitClientToolCallStatus" => ClientToolCallStatus,
    "ChatKitClientToolCall" => ClientToolCall,
    "ChatKitTaskType" => TaskType,
    "ChatKitTask" => Task,
    "ChatKitTaskGroupTask" => TaskGroupTask,
    "ChatKitTaskGroup" => TaskGroup,
    "ChatKitThreadItem" => ThreadItem checked,
    "ChatKitThreadItemList" => ThreadItemList checked,
    "ChatKitThreadStatusActive" => ThreadStatusActive,
    "ChatKitThreadStatusLocked" => ThreadStatusLocked,
    "ChatKitThreadStatusClosed" => ThreadStatusClosed,
    "ChatKitThreadStatus" => ThreadStatus,
    "ChatKitThread" => Thread,
    "ChatKitThreadDeleted" => ThreadDeleted,
    "ChatKitThreadList" => ThreadList,
    "ErrorBody" => ErrorBody,
    "ErrorDetail" => ErrorDetail,
}

/// The type with a schema name.
///
/// # Panics
///
/// When there is none.
#[must_use]
pub fn find(schema: &str) -> &'static Type {
    let found = TYPES.iter().find(|ty| ty.schema == schema);
    found.unwrap_or_else(|| panic!("`{schema}` is not in the list of types"))
}
