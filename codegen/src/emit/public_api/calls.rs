//! The public items of the client, its resources and its calls.

use super::item::{ItemKind, ItemOwner, PublicItem, PublicModule};
use crate::emit::call_signature::CallSignature;
use crate::emit::client_settings::{client_headers, credentials, provider_name};
use crate::emit::context::Context;
use crate::emit::exports;
use crate::emit::pagination::Pagination;
use crate::emit::resources::resources;
use crate::ir::Api;
use crate::pointer;

/// Adds the items, if the API has calls.
pub fn add(context: &Context<'_>, items: &mut Vec<PublicItem>) {
    let api = context.api;
    if !exports::has_client(api) {
        return;
    }
    let calls: Vec<_> = api.operations.iter().map(CallSignature::new).collect();
    let client = ItemOwner { module: PublicModule::Root, name: "Client", pointer: "/paths" };
    items.push(client.method("builder", "ClientBuilder"));
    items.push(client.method("from_env", "Result<Client, Error>"));
    let resources = resources(&calls);
    for calls in resources.values() {
        let first = calls[0].operation;
        let resource = ItemOwner { module: PublicModule::Operations, name: &first.resource, pointer: &first.pointer };
        items.push(client.at(&first.pointer).method(&first.module, &first.resource));
        items.push(resource.itself("struct", false));
        for call in calls {
            add_method(context, resource, call, items);
        }
    }
    add_builder(api, items);
    for call in &calls {
        add_call(context, call, items);
    }
}

/// Adds the method of a resource that returns a call.
fn add_method(context: &Context<'_>, resource: ItemOwner<'_>, call: &CallSignature<'_>, items: &mut Vec<PublicItem>) {
    let operation = call.operation;
    let name = &operation.rust_name;
    let method = PublicItem {
        deprecated: operation.deprecated,
        ..resource.at(&operation.pointer).method(name, &operation.type_name)
    };
    items.push(method);
    let arguments = call.required().map(|argument| {
        let parameter = argument.parameter;
        (parameter.rust_name.as_str(), argument.ty(context), &parameter.pointer)
    });
    let body = call.required_body().map(|argument| ("body", argument.ty(context), &argument.body.pointer));
    items.extend(arguments.chain(body).enumerate().map(|(position, (argument, ty, pointer))| {
        let item = resource.at(pointer).item(ItemKind::Argument, format!("{name}({argument})"), ty);
        PublicItem { position: Some(position), ..item }
    }));
}

/// Adds a call.
fn add_call(context: &Context<'_>, call: &CallSignature<'_>, items: &mut Vec<PublicItem>) {
    let operation = call.operation;
    let owner = ItemOwner { module: PublicModule::Operations, name: &operation.type_name, pointer: &operation.pointer };
    items.push(owner.itself("struct", false));
    items.extend(call.optional().map(|argument| {
        let parameter = argument.parameter;
        let (name, ty) = (format!("{}()", parameter.rust_name), argument.ty(context));
        PublicItem { deprecated: parameter.deprecated, ..owner.at(&parameter.pointer).item(ItemKind::Setter, name, ty) }
    }));
    items.extend(
        call.optional_body()
            .map(|argument| owner.at(&argument.body.pointer).item(ItemKind::Setter, "body()", argument.ty(context))),
    );
    let output = call.output.ty(context);
    let response = operation.successes().next().map_or(&operation.pointer, |response| &response.pointer);
    let response = owner.at(response);
    items.push(response.implements("Operation", format!("Output = {output}")));
    let name = &operation.type_name;
    let Some(pagination) = Pagination::of(context, call) else {
        let signature = format!("Output = Result<Response<{output}>, Error>");
        items.push(response.implements("IntoFuture", signature));
        return;
    };
    items.push(owner.implements("IntoFuture", format!("Output = Result<Page<{name}>, Error>")));
    items.push(response.implements("Paged", format!("Item = {}", pagination.item_type(context))));
    let iterators = [
        ("stream", "Items"),
        ("pages", "Pages"),
        ("items_blocking", "BlockingItems"),
        ("pages_blocking", "BlockingPages"),
    ];
    for (method, ty) in iterators {
        items.push(owner.method(method, format!("{ty}<{name}>")));
    }
}

/// Adds the setters of the builder that the API describes.
fn add_builder(api: &Api, items: &mut Vec<PublicItem>) {
    for (name, scheme) in credentials(api) {
        let pointer = pointer::join("/components/securitySchemes", name);
        let builder = ItemOwner { module: PublicModule::Root, name: "ClientBuilder", pointer: &pointer };
        items.push(builder.item(ItemKind::Setter, format!("{}()", scheme.rust_name), "impl Into<Secret>"));
        let provider = format!("{}()", provider_name(scheme));
        items.push(builder.item(ItemKind::Setter, provider, PROVIDER));
    }
    for header in client_headers(api) {
        let builder = ItemOwner { module: PublicModule::Root, name: "ClientBuilder", pointer: &header.pointer };
        items.push(builder.item(ItemKind::Setter, format!("{}()", header.rust_name), "impl Into<String>"));
    }
}

/// The type of a function that returns a credential, without the bounds for sending it between threads.
const PROVIDER: &str = "impl Fn() -> impl Future<Output = Result<Secret, impl Into<BoxError>>>";
