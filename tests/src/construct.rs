//! Programs that must not compile.
//!
//! A `compile_fail` doctest passes for any compiler error. Each one here has a twin that compiles and differs only in
//! the mistake.
//!
//! The constructor of a request takes the required fields:
//!
//! ```
//! use chatkit_client::{ChatSessionWorkflowParam, CreateChatSessionRequest};
//! let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"), "user");
//! # let _ = request;
//! ```
//!
//! It does not compile without the user:
//!
//! ```compile_fail,E0061
//! use chatkit_client::{ChatSessionWorkflowParam, CreateChatSessionRequest};
//! let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new("wf_1"));
//! # let _ = request;
//! ```
//!
//! It does not compile without the workflow's id:
//!
//! ```compile_fail,E0061
//! use chatkit_client::{ChatSessionWorkflowParam, CreateChatSessionRequest};
//! let request = CreateChatSessionRequest::new(ChatSessionWorkflowParam::new(), "user");
//! # let _ = request;
//! ```
//!
//! It does not implement `Default`, which would give an empty user:
//!
//! ```compile_fail,E0599
//! use chatkit_client::{ChatSessionWorkflowParam, CreateChatSessionRequest};
//! let request = CreateChatSessionRequest::default();
//! # let _ = request;
//! ```
//!
//! The constructor of a lifetime takes the seconds:
//!
//! ```
//! let lifetime = chatkit_client::ChatSessionExpiresAfterParam::new(60);
//! # let _ = lifetime;
//! ```
//!
//! ```compile_fail,E0061
//! let lifetime = chatkit_client::ChatSessionExpiresAfterParam::new();
//! # let _ = lifetime;
//! ```
//!
//! More than five arguments have names, so two ids cannot be swapped:
//!
//! ```
//! use chatkit_client::{ClientToolCall, ClientToolCallArgs, ClientToolCallStatus};
//! let (id, call_id, thread_id) = ("cthi_1".to_owned(), "call_1".to_owned(), "cthr_1".to_owned());
//! let (name, arguments) = ("look_up".to_owned(), "{}".to_owned());
//! let status = ClientToolCallStatus::InProgress;
//! let args = ClientToolCallArgs { id, created_at: 5, thread_id, status, call_id, name, arguments };
//! let call = ClientToolCall::new(args).output("[]");
//! # let _ = call;
//! ```
//!
//! Each of them has to be there:
//!
//! ```compile_fail,E0063
//! use chatkit_client::{ClientToolCall, ClientToolCallArgs, ClientToolCallStatus};
//! let (id, call_id, thread_id) = ("cthi_1".to_owned(), "call_1".to_owned(), "cthr_1".to_owned());
//! let (name, arguments) = ("look_up".to_owned(), "{}".to_owned());
//! let status = ClientToolCallStatus::InProgress;
//! let args = ClientToolCallArgs { id, created_at: 5, thread_id, status, name, arguments };
//! let call = ClientToolCall::new(args).output("[]");
//! # let _ = (call, call_id);
//! ```
//!
//! None can be given by position:
//!
//! ```compile_fail,E0061
//! use chatkit_client::{ClientToolCall, ClientToolCallStatus};
//! let (id, call_id, thread_id) = ("cthi_1".to_owned(), "call_1".to_owned(), "cthr_1".to_owned());
//! let (name, arguments) = ("look_up".to_owned(), "{}".to_owned());
//! let status = ClientToolCallStatus::InProgress;
//! let call = ClientToolCall::new(id, 5, thread_id, status, call_id, name, arguments).output("[]");
//! # let _ = call;
//! ```
//!
//! A struct literal would break with every property that the spec adds:
//!
//! ```
//! let input = chatkit_client::InputText::new("Hello");
//! # let _ = input;
//! ```
//!
//! ```compile_fail,E0639
//! let input = chatkit_client::InputText { text: "Hello".to_owned(), unknown_fields: chatkit_client::UnknownFields::new() };
//! # let _ = input;
//! ```
//!
//! A `match` without a catch-all would break with every variant and every value that the spec adds:
//!
//! ```
//! use chatkit_client::TaskType;
//! fn name(kind: &TaskType) -> &str {
//!     match kind {
//!         TaskType::Custom => "custom",
//!         TaskType::Thought => "thought",
//!         TaskType::Unknown(other) => other,
//!         _ => "new",
//!     }
//! }
//! ```
//!
//! ```compile_fail,E0004
//! use chatkit_client::TaskType;
//! fn name(kind: &TaskType) -> &str {
//!     match kind {
//!         TaskType::Custom => "custom",
//!         TaskType::Thought => "thought",
//!         TaskType::Unknown(other) => other,
//!     }
//! }
//! ```
//!
//! A secret implements `Debug`, but not `Display`:
//!
//! ```
//! let secret = chatkit_client::Secret::new("s");
//! println!("{secret:?}");
//! ```
//!
//! ```compile_fail,E0277
//! let secret = chatkit_client::Secret::new("s");
//! println!("{secret}");
//! ```
