//! The items of the client, its resources and its calls.

use super::{Home, Item, Kind, Owner};
use crate::emit::client;
use crate::emit::context::Context;
use crate::emit::operation::Call;
use crate::emit::pagination::Walk;
use crate::ir::Api;
use crate::pointer;

/// Adds them.
pub fn add(context: &Context<'_>, items: &mut Vec<Item>) {
    let api = context.api;
    if !client::is_emitted(api) {
        return;
    }
    let calls: Vec<_> = api.operations.iter().map(Call::new).collect();
    let client = Owner { home: Home::Root, name: "Client", pointer: "/paths" };
    items.push(client.method("builder", "ClientBuilder"));
    items.push(client.method("from_env", "Result<Client, Error>"));
    let resources = client::resources(&calls);
    for calls in resources.values() {
        let first = calls[0].operation;
        let resource = Owner { home: Home::Operations, name: &first.resource, pointer: &first.pointer };
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

/// The method of a resource that gives a call.
fn add_method(context: &Context<'_>, resource: Owner<'_>, call: &Call<'_>, items: &mut Vec<Item>) {
    let operation = call.operation;
    let name = &operation.rust_name;
    let method =
        Item { deprecated: operation.deprecated, ..resource.at(&operation.pointer).method(name, &operation.type_name) };
    items.push(method);
    let arguments = call.required().map(|argument| {
        let parameter = argument.parameter;
        (parameter.rust_name.as_str(), argument.ty(context), &parameter.pointer)
    });
    let body = call.body.iter().filter(|payload| payload.body.required);
    let body = body.map(|payload| ("body", payload.ty(context), &payload.body.pointer));
    items.extend(arguments.chain(body).enumerate().map(|(position, (argument, ty, pointer))| {
        let item = resource.at(pointer).item(Kind::Argument, format!("{name}({argument})"), ty);
        Item { position: Some(position), ..item }
    }));
}

fn add_call(context: &Context<'_>, call: &Call<'_>, items: &mut Vec<Item>) {
    let operation = call.operation;
    let owner = Owner { home: Home::Operations, name: &operation.type_name, pointer: &operation.pointer };
    items.push(owner.itself("struct", false));
    items.extend(call.optional().map(|argument| {
        let parameter = argument.parameter;
        let (name, ty) = (format!("{}()", parameter.rust_name), argument.ty(context));
        Item { deprecated: parameter.deprecated, ..owner.at(&parameter.pointer).item(Kind::Setter, name, ty) }
    }));
    items.extend(
        call.body
            .iter()
            .filter(|payload| !payload.body.required)
            .map(|payload| owner.at(&payload.body.pointer).item(Kind::Setter, "body()", payload.ty(context))),
    );
    let output = call.output.ty(context);
    let response = operation.successes().next().map_or(&operation.pointer, |response| &response.pointer);
    let answer = owner.at(response);
    items.push(answer.implements("Operation", format!("Output = {output}")));
    let name = &operation.type_name;
    let Some(walk) = Walk::of(context, call) else {
        let signature = format!("Output = Result<Response<{output}>, Error>");
        items.push(answer.implements("IntoFuture", signature));
        return;
    };
    items.push(owner.implements("IntoFuture", format!("Output = Result<Page<{name}>, Error>")));
    items.push(answer.implements("Paged", format!("Item = {}", walk.item(context))));
    let walks = [
        ("stream", "Items"),
        ("pages", "Pages"),
        ("items_blocking", "BlockingItems"),
        ("pages_blocking", "BlockingPages"),
    ];
    for (method, ty) in walks {
        items.push(owner.method(method, format!("{ty}<{name}>")));
    }
}

/// What the builder of a client has of the API's own.
fn add_builder(api: &Api, items: &mut Vec<Item>) {
    for (name, scheme) in client::credentials(api) {
        let pointer = pointer::join("/components/securitySchemes", name);
        let builder = Owner { home: Home::Root, name: "ClientBuilder", pointer: &pointer };
        items.push(builder.item(Kind::Setter, format!("{}()", scheme.rust_name), "impl Into<Secret>"));
        let provider = format!("{}()", client::provider_name(scheme));
        items.push(builder.item(Kind::Setter, provider, PROVIDER));
    }
    for header in client::client_headers(api) {
        let builder = Owner { home: Home::Root, name: "ClientBuilder", pointer: &header.pointer };
        items.push(builder.item(Kind::Setter, format!("{}()", header.rust_name), "impl Into<String>"));
    }
}

/// What gives a credential, without the bounds that follow from sending it between threads.
const PROVIDER: &str = "impl Fn() -> impl Future<Output = Result<Secret, impl Into<BoxError>>>";
