//! The feature fixtures: each is free of diagnostics, and has the listed types.

use super::{feature, show};

/// Each feature with the types of its fixture.
const FEATURES: &[(&str, &[&str])] = &[
    (
        "additional-properties",
        &[
            "struct Typed { name: string, ..: i64 }",
            "struct Closed { name?: string, closed }",
            "struct Empty { closed }",
            "struct Open { name?: string }",
        ],
    ),
    ("alias-patterns", &["type Code = string", "struct Note { text?: string }"]),
    (
        "aliases",
        &[
            "type Id = string",
            "type Count = i64",
            "type Ids = [Id]",
            "type Other = Id",
            "type MaybeId = string",
            "struct Holder { id: Other, maybe: MaybeId or null, ids?: Ids, count?: Count }",
        ],
    ),
    (
        "all-of-merge",
        &[
            "struct Named { name: string, kind?: string, meta?: NamedMeta }",
            "struct NamedMeta { source?: string }",
            "struct Pet { name: string, kind: PetKind, meta?: NamedMeta, age: i64 }",
            r#"enum PetKind { Cat = "cat", Dog = "dog" }"#,
        ],
    ),
    (
        "all-of-wrapper",
        &[
            r#"enum Color { Red = "red", Blue = "blue" }"#,
            "struct Collar { color?: Color }",
            r#"struct Pet { collar: Collar or null default null, eyes?: Color default "blue" }"#,
        ],
    ),
    ("any", &["type Anything = any", "struct Holder { required: any, optional?: Anything, list?: [any] }"]),
    (
        "any-of-scalars",
        &[
            "union Value (by JSON type) { String(string), Integer(i64), Number(f64), Boolean(bool) }",
            "type Values = {Value}",
        ],
    ),
    (
        "any-of-token",
        &["struct Part { text: string }", "union Content (by JSON type) { String(string), List([Part]), Part(Part) }"],
    ),
    (
        "arrays",
        &[
            "type Tags = [string]",
            "struct Pet { grid: [[f64]], tags: Tags, gaps?: [string or null], anything?: [any] }",
        ],
    ),
    (
        "base-and-variants",
        &[
            r#"struct Circle { shape: = "circle", radius: f64 }"#,
            "union Figure (tagged by shape, inferred) { Circle(FigureCircle) for circle, \
             Square(FigureSquare) for square }",
            r#"struct FigureCircle { id: string, label?: string, shape: = "circle", radius: f64 }"#,
            r#"struct FigureSquare { id: string, label?: string, shape: = "square", side: f64 }"#,
        ],
    ),
    (
        "bounds",
        &["struct Bounds { integer?: i64, even?: i64, number?: f64, text?: string, code?: string, list?: \
             [i64], map?: {string} }"],
    ),
    (
        "call-names",
        &[
            r#"enum Client { A = "a", B = "b" }"#,
            r#"enum GetPet { A = "a", B = "b" }"#,
            "struct Call { name: string }",
            "struct BlockingItems { style?: Style }",
            "struct Paged { shape?: [Shape] }",
            "struct Shape { name?: string }",
            r#"enum Style { A = "a", B = "b" }"#,
        ],
    ),
    ("call-patterns", &["struct Pets { names?: [string] }"]),
    (
        "constants",
        &[
            r#"enum Version { V1 = "v1" }"#,
            "struct Pet { kind: = \"pet\", legs: = 4, alive: = true, ratio: = 0.5, version: = \"v1\", \
             optional?: PetOptional }",
            r#"enum PetOptional { Maybe = "maybe" }"#,
        ],
    ),
    (
        "defaults",
        &[
            "struct Sent { kept: string default \"always\", text?: string default \"hello\", integer?: i64 \
             default 3, number?: f64 default 0.5, flag?: bool default true, list?: [string] default \
             [\"a\",\"b\"], map?: {i64} default {\"a\":1}, nothing?: string or null default null }",
            "struct Received { kept: string default \"always\", text?: string default \"hello\", integer?: \
             i64 default 3, number?: f64 default 0.5, flag?: bool default true, list?: [string] default \
             [\"a\",\"b\"], map?: {i64} default {\"a\":1}, nothing?: string or null default null }",
        ],
    ),
    (
        "defaults-read-only",
        &[
            "struct Sensor { last?: Outcome default {\"value\":3} }",
            "union Outcome (by JSON type) { Reading(Reading), String(string) }",
            r#"struct Reading { kind: = "reading", value?: i64 }"#,
        ],
    ),
    (
        "defaults-referenced",
        &[
            "type Size = i64",
            "type OtherSize = Size",
            r#"enum Mood { Calm = "calm", Wild = "wild" }"#,
            "struct Options { fast?: bool default true }",
            r#"struct Row { near: i64 default 20, far: Size default 20, own: OtherSize default 7, small: i64 default 20, alias?: OtherSize default 20, mood: Mood default "calm", options: Options default {} }"#,
        ],
    ),
    ("deprecated", &["struct Old { name?: string }", "struct Pet { name?: string, label?: string }"]),
    ("enum-integers", &["enum Level { V0 = 0, V1 = 1, Minus1 = -1, Full = 100 }"]),
    (
        "enum-strings",
        &[
            "enum Odd { Empty = \"\", Plus1 = \"+1\", Minus1 = \"-1\", Star = \"*\", SnakeCase = \
             \"snake_case\", KebabCase = \"kebab-case\", WithSpace = \"with space\", V1_5 = \"1.5\", V15 = \
             \"15\", Type = \"Type\", Self_ = \"self\", ApplicationJson = \"application/json\", \
             ImageSvgPlusXml = \"image/svg+xml\", NotEqual = \"!=\", Less = \"<\", Slash = \"/\" }",
            r#"enum Renamed { First = "a", B = "b" }"#,
            r#"enum MaybeEnum { Yes = "yes_", No = "no_" }"#,
        ],
    ),
    (
        "file-names",
        &[
            "struct Con { a?: string }",
            "struct Com1 { a?: Con }",
            "struct Operations { nul?: string, gen?: string }",
            "struct Http { prn?: string }",
        ],
    ),
    (
        "formats",
        &["struct Formats { date?: string, time?: string, date_time?: string, duration?: string, email?: \
             string, hostname?: string, ipv4?: string, ipv6?: string, uri?: string, uuid?: string, byte?: \
             string, password?: string, custom?: string, float?: f64, double?: f64 }"],
    ),
    (
        "integer-widths",
        &["struct Widths { plain?: i64, int32?: i32, int64?: i64, uint32?: u32, uint64?: u64, unixtime?: \
             i64, large?: u64 }"],
    ),
    (
        "keywords",
        &[
            "struct Type { type: string, self_: string, super_?: string, crate_?: string, fn?: i64, async?: \
             bool, gen?: bool, true?: bool, sort?: string }",
            r#"enum Match { Self_ = "self", Upper = "Self", Fn = "fn" }"#,
        ],
    ),
    (
        "maps",
        &[
            "type Labels = {string}",
            "struct Pet { labels?: Labels, scores?: {i64 or null}, free?: {any}, nested?: {{bool}} }",
        ],
    ),
    (
        "named-arguments",
        &[
            "struct NewOrder { type: string, code: string, pin: secret, count: i64, reason: box Reason, \
             note: string or null, hint?: string }",
            "struct Reason { text?: string, replaces?: box NewOrder }",
            "struct Order { id: string, type: string, pin: secret or null, count: i64, paid: bool, parts: {string}, \
             parent: box Parent, weight?: f64 }",
            "struct Parent { order?: box Order }",
        ],
    ),
    (
        "nested-containers",
        &[
            "struct Pet { id: string }",
            "type PetsByName = {Pet}",
            "type Groups = [PetsByName]",
            "type NestedMap = {{string}}",
            "type Secrets = {secret}",
            "struct Body { pets?: PetsByName, inputs?: NestedMap, keys?: Secrets, groups?: {Groups} }",
        ],
    ),
    (
        "nested-inline",
        &[
            "struct Pet { collar: PetCollar, toys?: [PetToysItem], vets?: {PetVetsValue} }",
            "struct PetCollar { tag: PetCollarTag, color?: PetCollarColor }",
            "struct PetCollarTag { text?: string }",
            r#"enum PetCollarColor { Red = "red", Blue = "blue" }"#,
            "struct PetToysItem { name?: string }",
            "struct PetVetsValue { phone?: string }",
        ],
    ),
    (
        "nullable-everything",
        &[
            "struct Nothing { a?: string }",
            "union Union (by JSON type) { String(string), Integer(i64) }",
            "struct Holder { object: Nothing or null, union: Union or null, list: [Nothing or null] or null, \
             map?: {bool or null} or null, wrapped: Nothing or null, choice?: HolderChoice or null }",
            r#"enum HolderChoice { A = "a", B = "b" }"#,
        ],
    ),
    (
        "objects",
        &[
            "struct Owner { name: string, age?: i64 }",
            "struct Pet { id: string, owner: Owner, weight?: f64, adopted?: bool }",
        ],
    ),
    (
        "one-of-discriminator",
        &[
            r#"struct Cat { kind: = "cat", lives: i64 }"#,
            r#"struct Dog { kind: = "dog", tricks?: [string] }"#,
            r#"struct Stray { kind: = "stray", place: string }"#,
            "union Pet (tagged by kind) { Cat(Cat) for cat, Dog(Dog) for dog, Stray(Stray) for stray }",
        ],
    ),
    (
        "one-of-inferred-tag",
        &[
            r#"struct Cat { kind: = "cat", lives: i64 }"#,
            r#"struct Dog { kind: = "dog", tricks?: [string] }"#,
            "union Pet (tagged by kind, inferred) { Cat(Cat) for cat, Dog(Dog) for dog, \
             GoldFish(PetGoldFish) for gold-fish }",
            r#"struct PetGoldFish { kind: = "gold-fish", water?: f64 }"#,
        ],
    ),
    (
        "one-of-several-tags",
        &[
            "struct Cat { kind: string, lives?: i64 }",
            "struct Dog { kind: DogKind, tricks?: i64 }",
            r#"enum DogKind { Dog = "dog", Puppy = "puppy" }"#,
            "union Pet (tagged by kind) { Cat(Cat) for cat|kitten, Dog(Dog) for dog|puppy }",
        ],
    ),
    (
        "one-of-untagged",
        &[
            "struct Small { id: string }",
            "struct Large { id: string, size: i64 }",
            "union Pet (untagged) { Large(Large), Small(Small), List([string]), Numbers([i64]) }",
            "union Told (untagged) { Square(Square), Other(Other) }",
            r#"struct Square { shape: = "square", side?: i64 }"#,
            "struct Other { shape?: string }",
        ],
    ),
    (
        "open-enum",
        &[
            r#"enum Known { Fast = "fast", Thorough = "thorough" }"#,
            r#"enum Model { Fast = "fast", Thorough = "thorough", Careful = "careful" }"#,
            r#"enum Order { Asc = "asc", Desc = "desc" }"#,
        ],
    ),
    (
        "markdown",
        &[
            "struct Note { indented?: string, listed?: string, fenced?: string, html?: string, image?: string, heading?: \
             string }",
        ],
    ),
    ("operations", &["struct Pet { name: string, tags?: [string] }", "struct Error { reason?: string }"]),
    (
        "other-scripts",
        &[
            r#"struct Measure { größe: = "cm" default "cm", 名前?: string default "x", имя?: i64, ⅷ?: i64, a?: i64, а?: i64 }"#,
            r#"enum Word { Größer = "größer", GrößerAls = "größer als", 名前 = "名前", Ⅷ = "ⅷ" }"#,
        ],
    ),
    (
        "paging",
        &[
            "struct Pets { pets: [string], next?: i64 }",
            "struct Toys { toys?: [Pets] or null, more?: bool or null, first?: string or null, last?: string }",
        ],
    ),
    ("parameters", &[r#"enum Order { Asc = "asc", Desc = "desc" }"#, "struct PetsGetPetsIdPathJson { a?: string }"]),
    (
        "presence",
        &["struct Pet { kind: = \"pet\", name: string, owner: string or null, nickname?: string, chip?: \
             string or null }"],
    ),
    ("read-write-only", &["struct Account { id: string, name: string, password: string }"]),
    (
        "recursion",
        &[
            "struct Tree { left?: box Tree, children?: [Tree] }",
            "union Expression (tagged by op) { Literal(Literal) for literal, Not(Negation) for not }",
            r#"struct Literal { op: = "literal", value: i64 }"#,
            r#"struct Negation { op: = "not", of: box Expression }"#,
            "recursive type Nested = [Nested]",
        ],
    ),
    (
        "responses",
        &[
            "struct Pet { name?: string }",
            "struct FailureResponse { error: string }",
            "struct PetsReplacePetResponse201 { pet?: Pet }",
        ],
    ),
    (
        "secrets",
        &[
            "type Token = secret",
            "struct Session { client_secret: secret, token: Token, spare?: secret or null, many?: [secret], other?: \
             secret }",
        ],
    ),
    (
        "defaults-nested",
        &[
            "struct Thing { extra?: Extra default {\"x\":1,\"y\":2,\"kind\":\"extra\"}, chain?: Chain default {}, \
             text?: Choice default {\"a\":\"b\"}, numbers?: Choice default [1,2], tree?: Tree default \"leaf\" }",
            r#"struct Extra { kind: = "extra", x?: i64, ..: i64 }"#,
            r#"struct Chain { next?: Link default {"size":5} }"#,
            "struct Link { size?: i64 default 7 }",
            "union Choice (untagged) { Count(Count), Word(Word), Words([string]), Counts([i64]) }",
            "struct Count { a: i64 }",
            "struct Word { a: string }",
            "union Tree (by JSON type) { Trees(Trees), String(string) }",
            "recursive type Trees = {Trees}",
        ],
    ),
    ("object-sizes", &["struct Small { a: string, b?: i64 default 1, c?: string or null, d?: string }"]),
    (
        "odd-text",
        &[
            r#"struct Json { a_b?: string default "`[c]``", d_e?: Blank, f?: f64 default 1.2345678901234568e+29 }"#,
            r#"enum Blank { GH = "g`[h]", IJ = "i\tj" }"#,
        ],
    ),
    (
        "setter-names",
        &[
            "struct Thing { decode?: i64, deserialize?: i64, serialize?: i64, check?: i64, finish?: i64, from?: i64, \
             clone?: i64, eq?: i64, default?: i64, is_x?: bool, bitand?: i64 }",
            "union Either (by JSON type) { Thing(Thing), String(string) }",
        ],
    ),
    (
        "untagged-order",
        &[
            "struct Bare { x: f64, closed }",
            "struct Named { x: f64, label?: string }",
            "struct Point { x: f64 }",
            "union Strict (untagged) { Bare(Bare), Named(Named) }",
            "union Loose (untagged) { Named(Named), Point(Point) }",
            "union Extra (untagged) { Options(Options), Free({any}) }",
            "struct Options { colour?: string }",
            "union Lists (untagged) { Integers([i64]), Numbers([f64]) }",
            "union Maps (untagged) { Counts({i64}), AnyMap({any}) }",
            "union Shut (untagged) { First(First), Second(Second) }",
            "struct First { a?: string, closed }",
            "struct Second { b?: string, closed }",
        ],
    ),
];

#[test]
fn each_fixture_has_the_listed_types() {
    for (name, expected) in FEATURES {
        assert_eq!(show::types(&feature(name)), *expected, "{name}");
    }
}

#[test]
fn every_fixture_is_listed() {
    let folder = format!("{}/../tests/fixtures/features", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("the folder is part of the repository") {
        let path = entry.expect("a folder that opens can be listed").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let feature = name.strip_suffix(".cases").unwrap_or(&name);
        assert!(FEATURES.iter().any(|(known, _)| *known == feature), "{name} is not in the list");
    }
}
