//! The examples of the guide to calls, which show calls of the API's own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::call_example::{self, CallExpression};
use super::call_signature::CallSignature;
use super::context::Context;
use super::example_writer::{import, statements};
use super::pagination::{CursorBinding, Pagination};
use crate::ir::Type;

/// The calls that the examples show.
pub struct GuideExamples {
    crate_name: String,
    /// A call with one value as its response; `None` if the spec has no values for it.
    call: Option<CallExpression>,
    /// A paginated call; `None` if the spec has none, or no values for it.
    list: Option<ListExample>,
}

/// A paginated call.
struct ListExample {
    call: CallExpression,
    /// Makes the call resume; `None` if the cursor is neither text nor an integer.
    resume: Option<TokenStream>,
}

impl GuideExamples {
    pub fn new(context: &Context<'_>, calls: &[CallSignature<'_>]) -> Self {
        let is_single = |call: &&CallSignature<'_>| Pagination::of(context, call).is_none();
        let lists = calls.iter().filter_map(|call| list_example(context, call));
        Self {
            crate_name: context.api.library_name(),
            call: simplest(context, calls.iter().filter(is_single)).or_else(|| simplest(context, calls.iter())),
            list: lists.min_by_key(|list| length(&list.call)),
        }
    }

    /// An example that sends a call: `text` uses the variable `call`. `None` if no call can be shown.
    pub fn of_call(&self, names: &[&str], text: &str) -> Option<String> {
        let call = self.call.as_ref()?;
        Some(self.in_async_function(names, [call], &format!("{}\n{text}", variable(call))))
    }

    /// An example that builds a client, then sends one call with other options if there is a call to show.
    pub fn of_client(&self, names: &[&str], text: &str, text_of_call: &str) -> String {
        let Some(call) = &self.call else { return self.in_async_function(names, [], text) };
        let text = format!("{text}\n\n// For one call:\n{}\n{text_of_call}", variable(call));
        self.in_async_function(names, [call], &text)
    }

    /// An example that goes through the pages of a list, and resumes. `None` if no list can be shown.
    pub fn of_list(&self) -> Option<String> {
        let ListExample { call, resume } = self.list.as_ref()?;
        let mut text = format!("{}\n{PAGES}", variable(call));
        if let Some(resume) = resume {
            text.extend(["\n\n// Later, from the saved cursor, item by item:\n", &*statements(resume), "\n", ITEMS]);
        }
        Some(self.in_async_function(&[], [call], &text))
    }

    /// An example of blocking calls, which compiles to nothing without their feature. `None` if there is no call to
    /// show.
    pub fn of_blocking(&self) -> Option<String> {
        let call = self.call.as_ref()?;
        let mut text = format!("{}\nlet response = call.send_blocking()?;", variable(call));
        let list = self.list.as_ref().map(|list| &list.call);
        if let Some(list) = list {
            text.extend(["\n\n", &*variable(list), "\n", BLOCKING_ITEMS]);
        }
        let function = "#[cfg(all(feature = \"blocking\", not(target_arch = \"wasm32\")))]\n# fn";
        Some(self.in_function(function, &[], [call].into_iter().chain(list), &text))
    }

    fn in_async_function<'c>(
        &self,
        names: &[&str],
        calls: impl IntoIterator<Item = &'c CallExpression>,
        text: &str,
    ) -> String {
        self.in_function("async fn", names, calls, text)
    }

    /// A doctest, compiled and not run, in a hidden function that takes a client. It imports names of the client, and
    /// those of calls.
    fn in_function<'c>(
        &self,
        function: &str,
        names: &[&str],
        calls: impl IntoIterator<Item = &'c CallExpression>,
        text: &str,
    ) -> String {
        let name = &self.crate_name;
        let models: BTreeSet<String> = calls.into_iter().flat_map(|call| call.names.iter().cloned()).collect();
        let is_empty = names.is_empty() && models.is_empty();
        let import = if is_empty { String::new() } else { import(name, names, &models) + "\n\n" };
        format!(
            "```no_run\n# {function} example(client: {name}::Client) -> Result<(), {name}::Error> {{\n{import}{text}\n# \
             Ok(())\n# }}\n```"
        )
    }
}

/// The statement that holds a call in the variable `call`.
pub fn variable(call: &CallExpression) -> String {
    let tokens = &call.tokens;
    statements(&quote! { let call = #tokens; })
}

/// The call that is written in the fewest characters. A call that reads is preferred, and one that is not deprecated.
fn simplest<'c, 'a: 'c>(
    context: &Context<'_>,
    calls: impl Iterator<Item = &'c CallSignature<'a>>,
) -> Option<CallExpression> {
    let shown = calls.filter_map(|call| {
        let preference = (call.operation.deprecated, call.operation.method != "GET");
        Some((preference, expression(context, call)?))
    });
    shown.min_by_key(|(preference, call)| (*preference, length(call))).map(|(_, call)| call)
}

/// The expression of a call, unless a model that it names would hide a name of an example.
pub fn expression(context: &Context<'_>, call: &CallSignature<'_>) -> Option<CallExpression> {
    call_example::expression(context, call).filter(|call| !call.names.contains("Duration"))
}

fn length(call: &CallExpression) -> usize {
    call.tokens.to_string().len()
}

fn list_example(context: &Context<'_>, call: &CallSignature<'_>) -> Option<ListExample> {
    let CursorBinding { argument, .. } = Pagination::of(context, call)?.forward;
    let setter = argument.ident();
    let resume = match context.types.resolve(&argument.schema.ty) {
        Type::String(_) => Some(quote! { let mut items = call.#setter("saved cursor").stream(); }),
        Type::Integer(_) => Some(quote! { let mut items = call.#setter(2).stream(); }),
        _ => None,
    };
    Some(ListExample { call: expression(context, call)?, resume })
}

const PAGES: &str = r#"let mut pages = call.clone().pages();
while let Some(page) = pages.try_next().await? {
    println!("{} items", page.into_items().len());
    // Save the cursor of the next page.
    println!("{:?}", pages.cursor());
}"#;

const ITEMS: &str = r#"while let Some(item) = items.try_next().await? {
    println!("{item:?}");
}"#;

const BLOCKING_ITEMS: &str = r#"for item in call.items_blocking() {
    println!("{:?}", item?);
}"#;
