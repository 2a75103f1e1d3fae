//! Documents of any size.

use std::fmt::Write;

/// Returns an OpenAPI document with this many component schemas.
///
/// Of ten schemas, six are objects, two are enums, one is a union and one is a list. One operation reaches all ten.
#[must_use]
pub fn document(schemas: usize) -> String {
    let groups = schemas.div_ceil(10);
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Synthetic API, version: 1.0.0}\nservers: [{url: https://example.com/v1}]\npaths:\n",
    );
    for group in 0..groups {
        write(&mut text, OPERATION, group, groups);
    }
    text.push_str("components:\n  schemas:\n");
    for group in 0..groups {
        write(&mut text, SCHEMAS, group, groups);
    }
    text
}

fn write(text: &mut String, template: &str, group: usize, groups: usize) {
    let filled = template.replace("{n}", &group.to_string()).replace("{next}", &((group + 1) % groups).to_string());
    text.write_str(&filled).expect("writing to a string cannot fail");
}

const OPERATION: &str = "
  /orders_{n}/{id}:
    get:
      operationId: retrieveOrder{n}
      summary: Retrieve an order
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
      responses:
        '200':
          description: The order
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order{n}'}
";

const SCHEMAS: &str = "
    Order{n}:
      type: object
      description: An order, with everything that it has.
      required: [id, object, created_at, lines, payment]
      properties:
        id: {type: string, description: The id of the order.}
        object: {type: string, enum: [order_{n}]}
        created_at: {type: integer, format: int64, description: 'When it was made, in seconds.'}
        lines: {$ref: '#/components/schemas/Lines{n}'}
        payment: {$ref: '#/components/schemas/Payment{n}'}
        status: {$ref: '#/components/schemas/Status{n}'}
        note: {type: string, nullable: true, maxLength: 500}
        labels: {type: object, additionalProperties: {type: string}}
    Lines{n}:
      type: array
      description: The lines of an order.
      items: {$ref: '#/components/schemas/Line{n}'}
    Line{n}:
      type: object
      required: [product, quantity]
      properties:
        product: {$ref: '#/components/schemas/Product{n}'}
        quantity: {type: integer, minimum: 1}
        discount: {type: number, default: 0.0}
    Product{n}:
      type: object
      required: [id, name]
      properties:
        id: {type: string}
        name: {type: string, minLength: 1}
        price: {$ref: '#/components/schemas/Price{next}'}
        size: {$ref: '#/components/schemas/Size{n}'}
    Price{n}:
      type: object
      required: [amount, currency]
      properties:
        amount: {type: integer}
        currency: {type: string, pattern: '^[A-Z]{3}$'}
    Status{n}:
      type: string
      enum: [open, paid, shipped, returned]
    Size{n}:
      type: string
      enum: [small, medium, large]
    Payment{n}:
      oneOf:
        - {$ref: '#/components/schemas/Card{n}'}
        - {$ref: '#/components/schemas/Transfer{n}'}
      discriminator:
        propertyName: type
        mapping:
          card: '#/components/schemas/Card{n}'
          transfer: '#/components/schemas/Transfer{n}'
    Card{n}:
      type: object
      required: [type, last_digits]
      properties:
        type: {type: string, enum: [card]}
        last_digits: {type: string}
    Transfer{n}:
      type: object
      required: [type, account]
      properties:
        type: {type: string, enum: [transfer]}
        account: {type: string, description: Where the money comes from.}
        received: {type: boolean, default: false}
";

#[cfg(test)]
mod tests {
    #[test]
    fn document_has_the_requested_number_of_schemas() {
        let generated = chatkit_codegen::read("synthetic", &super::document(100)).expect("it has no errors");
        assert_eq!(generated.api.types.len(), 100);
        assert!(!generated.warnings.has_errors());
    }
}
