//! Mutates documents: their names, and the schemas in them.

use serde_json::{Map, Value, json};

/// Random numbers that a seed decides: `SplitMix64`.
pub struct Random(u64);

impl Random {
    pub fn new(seed: usize) -> Self {
        Self(seed as u64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    /// Returns an item.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub fn pick<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.below(items.len())]
    }
}

/// Names that Rust, Cargo, the generated code or a file system uses, and names that are hard to spell.
const NAMES: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "gen",
    "async",
    "dyn",
    "try",
    "union",
    "con",
    "aux",
    "nul",
    "com1",
    "mod",
    "lib",
    "main",
    "operations",
    "models",
    "wire",
    "support",
    "runtime",
    "client",
    "serde_json",
    "http",
    "std",
    "core",
    "bytes",
    "value",
    "name",
    "checker",
    "serializer",
    "deserializer",
    "map",
    "seq",
    "entries",
    "fields",
    "index",
    "tag",
    "key",
    "error",
    "result",
    "option",
    "string",
    "vec",
    "box",
    "debug",
    "default",
    "clone",
    "from",
    "into",
    "none",
    "some",
    "check",
    "shape",
    "model",
    "object",
    "decode",
    "encode",
    "variant",
    "unknown",
    "unknown fields",
    "new",
    "validate",
    "properties",
    "additional_properties",
    "VALUES",
    "as_str",
    "is_unknown",
    "args",
    "request",
    "response",
    "body",
    "call",
    "path",
    "query",
    "header",
    "status",
    "größe",
    "Größe",
    "ß",
    "名前",
    "e\u{301}",
    "\u{e9}",
    "가",
    "\u{1100}\u{1161}",
    "ά",
    "имя",
    "ǆ",
    "𝐀",
    "ﬁ",
    "नाम",
    "1",
    "-1",
    "+1",
    "1.0",
    "a b",
    "a-b",
    "a_b",
    "aB",
    "A",
    "_",
    "$ref",
    "x'y",
    "\"",
    "\\",
    "{}",
    "*/",
    "//",
    "a\u{200d}b",
    "🦀",
];

/// Schemas that replace others.
fn snippets() -> [Value; 18] {
    [
        json!({}),
        json!({ "type": "string", "pattern": "^(?!a)" }),
        json!({ "type": "string", "pattern": "^a+$", "maxLength": 3 }),
        json!({ "type": "string", "format": "email" }),
        json!({ "type": "string", "format": "date-time", "x-secret": true }),
        json!({ "type": "string", "enum": ["only"] }),
        json!({ "type": "string", "enum": ["größe", "grösse"] }),
        json!({ "type": "integer", "multipleOf": 0.5 }),
        json!({ "type": "integer", "format": "uint64", "default": 3 }),
        json!({ "type": "integer", "exclusiveMinimum": true }),
        json!({ "type": "number", "default": 1.5, "minimum": 0 }),
        json!({ "type": "boolean", "default": true, "nullable": true }),
        json!({ "type": "object", "additionalProperties": false }),
        json!({ "type": "object", "minProperties": 1, "additionalProperties": { "type": "string", "minLength": 1 } }),
        json!({ "type": "array", "uniqueItems": true, "items": { "type": "object", "properties": { "a": {} } } }),
        json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "string", "default": "b" } } }),
        json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] }),
        json!({ "oneOf": [
            { "type": "object", "x-rust-name": "Shut", "properties": { "a": {} }, "additionalProperties": false },
            { "type": "object", "x-rust-name": "Open", "properties": { "a": {}, "b": {} } },
        ] }),
    ]
}

/// Returns a document with a few changes.
pub fn mutate(document: &Value, others: &[Value], random: &mut Random) -> Value {
    let mut mutant = without_examples(document);
    let other = without_examples(random.pick(others));
    if let (Some(own), Some(other)) = (schemas_mut(&mut mutant), other.pointer("/components/schemas")) {
        for (name, schema) in other.as_object().into_iter().flatten() {
            own.entry(name.as_str()).or_insert_with(|| schema.clone());
        }
    }
    for _ in 0..=random.below(8) {
        match random.below(6) {
            0 | 1 => rename(&mut mutant, random),
            2 => rename_component(&mut mutant, random),
            3 => nest(&mut mutant, random),
            4 => replace(&mut mutant, random),
            _ => rename_call(&mut mutant, random),
        }
    }
    mutant
}

/// Examples would no longer match their schemas.
fn without_examples(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| !matches!(key.as_str(), "example" | "examples"));
            kept.map(|(key, value)| (key.clone(), without_examples(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(list) => list.iter().map(without_examples).collect(),
        _ => value.clone(),
    }
}

fn schemas_mut(document: &mut Value) -> Option<&mut Map<String, Value>> {
    document.pointer_mut("/components/schemas")?.as_object_mut()
}

/// Returns the pointers of all values that `is` selects by the keys that lead to them.
fn pointers(value: &Value, is: &dyn Fn(&[&str]) -> bool) -> Vec<String> {
    fn visit<'v>(value: &'v Value, path: &mut Vec<&'v str>, is: &dyn Fn(&[&str]) -> bool, found: &mut Vec<String>) {
        if is(path) {
            let escaped = path.iter().map(|key| key.replace('~', "~0").replace('/', "~1"));
            found.push(escaped.flat_map(|key| ["/".to_owned(), key]).collect());
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            path.push(key);
            visit(value, path, is, found);
            path.pop();
        }
    }
    let mut found = Vec::new();
    visit(value, &mut Vec::new(), is, &mut found);
    found
}

/// Returns one of the values that `is` selects.
fn pick_value<'d>(document: &'d mut Value, random: &mut Random, is: &dyn Fn(&[&str]) -> bool) -> Option<&'d mut Value> {
    let all = pointers(document, is);
    if all.is_empty() {
        return None;
    }
    let pointer: &String = random.pick(&all);
    document.pointer_mut(pointer)
}

/// Returns one of the schemas.
fn pick_schema<'d>(document: &'d mut Value, random: &mut Random) -> Option<&'d mut Value> {
    pick_value(document, random, &|path| match path {
        [.., parent, _] if *parent == "properties" => true,
        [first, second, _] => *first == "components" && *second == "schemas",
        [.., last] => matches!(*last, "items" | "schema" | "additionalProperties"),
        [] => false,
    })
}

/// Renames a property, or a value of an enum.
fn rename(document: &mut Value, random: &mut Random) {
    let is = |path: &[&str]| path.last().is_some_and(|last| matches!(*last, "properties" | "enum"));
    let Some(value) = pick_value(document, random, &is) else { return };
    let name = *random.pick(NAMES);
    match value {
        Value::Object(properties) if !properties.is_empty() => {
            let index = random.below(properties.len());
            let renamed = std::mem::take(properties).into_iter().enumerate();
            *properties =
                renamed.map(|(at, (key, schema))| (if at == index { name.to_owned() } else { key }, schema)).collect();
        }
        Value::Array(values) if values.iter().all(Value::is_string) && !values.is_empty() => {
            let index = random.below(values.len());
            values[index] = name.into();
        }
        _ => {}
    }
}

/// Renames a component and the references to it.
fn rename_component(document: &mut Value, random: &mut Random) {
    let Some(schemas) = schemas_mut(document).filter(|schemas| !schemas.is_empty()) else { return };
    let keys: Vec<String> = schemas.keys().cloned().collect();
    let plain: Vec<&str> =
        NAMES.iter().copied().filter(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric())).collect();
    let (old, new) = (random.pick(&keys).clone(), *random.pick(&plain));
    let text = |key: &str| format!("\"#/components/schemas/{key}\"");
    let Some(schema) = schemas.remove(&old) else { return };
    schemas.insert(new.to_owned(), schema);
    let renamed = document.to_string().replace(&text(&old), &text(new));
    *document = serde_json::from_str(&renamed).expect("a key becomes another key");
}

/// Puts a schema into lists, maps and unions.
fn nest(document: &mut Value, random: &mut Random) {
    let depth = if random.below(6) == 0 { 30 } else { 1 + random.below(4) };
    let Some(slot) = pick_schema(document, random) else { return };
    for _ in 0..depth {
        let inner = slot.take();
        *slot = match random.below(5) {
            0 | 1 => json!({ "type": "array", "items": inner }),
            2 | 3 => json!({ "type": "object", "additionalProperties": inner }),
            _ => json!({ "nullable": true, "allOf": [inner] }),
        };
    }
}

/// Replaces a schema by another one or by a reference.
fn replace(document: &mut Value, random: &mut Random) {
    let keys: Vec<String> = schemas_mut(document).map(|schemas| schemas.keys().cloned().collect()).unwrap_or_default();
    let new = if keys.is_empty() || random.below(3) > 0 {
        random.pick(&snippets()).clone()
    } else {
        json!({ "$ref": format!("#/components/schemas/{}", random.pick(&keys)) })
    };
    if let Some(slot) = pick_schema(document, random) {
        *slot = new;
    }
}

/// Renames the crate, an operation, a resource or a parameter.
fn rename_call(document: &mut Value, random: &mut Random) {
    let name = *random.pick(NAMES);
    if random.below(4) == 0 {
        document["info"]["title"] = name.into();
        return;
    }
    let is = |path: &[&str]| path.last().is_some_and(|last| matches!(*last, "operationId" | "tags" | "parameters"));
    let Some(value) = pick_value(document, random, &is) else { return };
    match value {
        Value::String(id) => name.clone_into(id),
        Value::Array(list) => {
            for parameter in list.iter_mut().filter(|parameter| parameter["in"] == "query").take(1) {
                parameter["name"] = name.into();
            }
            if list.iter().all(Value::is_string) {
                *list = vec![name.into()];
            }
        }
        _ => {}
    }
}
