//! The rules that name changes. The macro `rules!` makes their ids and [`RULES`] from one table.
// Long because it is one table.

use super::impact::WireImpact::{Breaking, Compatible, Risky};
use super::impact::{SourceImpact, WireImpact};
use super::impact_by_direction::{
    BREAKING, COMPATIBLE, ImpactByDirection, LOOSENED, NONE, RISKY, TIGHTENED, by_direction,
};
use crate::parse::dialect::extensions::EXTENSIONS;
use std::fmt;

/// A kind of change.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable id.
    pub id: RuleId,
    /// The change, in one line without a full stop.
    pub summary: &'static str,
    /// The wire verdict, by direction if that matters, and its exceptions.
    pub wire: &'static str,
    /// The source verdict. One that depends on the changed items is at least patch if any file of the crate changes.
    pub source: &'static str,
    /// The reason for these verdicts, in one line without a full stop.
    pub why: &'static str,
    /// The wire verdict without its exceptions.
    pub(super) verdict: ImpactByDirection,
    /// The least source verdict.
    pub(super) floor: SourceImpact,
    /// Whether it explains changes of the crate's public items.
    pub(super) explains: Explains,
}

/// Whether a rule explains that a public item changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Explains {
    Never,
    /// Only if no other rule does: a bound explains a new method `validate()`.
    Seldom,
    Often,
}

/// Makes an enum of all rules and the table that describes them. Each row is a variant with its id in kebab case, its
/// least source verdict, whether it explains changes of items, its wire verdict, and then the texts of [`Rule`].
macro_rules! rules {
    ($(
        $variant:ident = $name:literal, ($floor:ident, $explains:ident), $verdict:expr,
        $summary:literal,
        ($wire:literal, $source:literal),
        $why:literal;
    )*) => {
        /// The id of a rule, ordered by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $(
                #[doc = concat!("`", $name, "`: ", $summary, ".")]
                $variant,
            )*
        }

        impl RuleId {
            /// Returns its stable name in kebab case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// Every rule, sorted by the name of its id.
        pub const RULES: &[Rule] = &[$(
            Rule {
                id: RuleId::$variant,
                summary: $summary,
                wire: $wire,
                source: $source,
                why: $why,
                verdict: $verdict,
                floor: SourceImpact::$floor,
                explains: Explains::$explains,
            },
        )*];
    };
}

impl RuleId {
    /// Returns the rule with a name, or `None` if there is no such rule.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        RULES.binary_search_by(|rule| rule.id.name().cmp(name)).ok().map(|index| RULES[index].id)
    }

    /// Returns its row of the table.
    #[must_use]
    pub const fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }

    /// Whether the effect of such a change is unknown. It fails until a rule covers it.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::UnknownConstruct | Self::UnknownEffect)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// Returns the rule for a key that has no comparison of its own.
pub(super) fn for_other_key(key: &str) -> RuleId {
    if key == "x-sunset" {
        return RuleId::SunsetChanged;
    }
    if EXTENSIONS.iter().any(|extension| extension.name == key) || !key.starts_with("x-") {
        // An extension of this project is unknown in a place where nothing reads it.
        return RuleId::UnknownConstruct;
    }
    RuleId::VendorExtensionChanged
}

/// Returns the rule for a key that differs although no comparison has reported it.
pub(super) fn for_unreported_key(key: &str) -> RuleId {
    match key {
        "title" | "description" | "summary" | "externalDocs" | "$comment" => RuleId::DocumentationChanged,
        "example" | "examples" => RuleId::ExampleChanged,
        _ => for_other_key(key),
    }
}

rules! {
    AdditionalPropertiesAllowed = "additional-properties-allowed", (None, Often), COMPATIBLE,
        "an object accepts properties that are not listed",
        ("compatible", "none"),
        "types kept unknown fields before as well";
    AdditionalPropertiesForbidden = "additional-properties-forbidden", (None, Often), TIGHTENED,
        "an object no longer accepts properties that are not listed",
        ("request: breaking, response: compatible", "none"),
        "the server refuses properties that are not listed; types keep unknown fields either way";
    AdditionalPropertiesNarrowed = "additional-properties-narrowed", (Patch, Often), TIGHTENED,
        "properties that are not listed get a schema",
        ("request: breaking, response: compatible", "major for a map; minor for a struct"),
        "the values of a map change their type; a struct gains a field";
    AdditionalPropertiesWidened = "additional-properties-widened", (Patch, Often), LOOSENED,
        "properties that are not listed lose their schema",
        ("request: compatible, response: breaking", "major"),
        "the values of a map change their type; a struct loses a field";
    ApiVersionChanged = "api-version-changed", (None, Never), NONE,
        "`info.version` changes",
        ("none", "none"),
        "it is the version of the document, not of the crate";
    CallbackChanged = "callback-changed", (None, Never), RISKY,
        "a callback changes",
        ("risky", "none"),
        "callbacks are not generated, and are compared as a whole";
    ConstantChanged = "constant-changed", (Patch, Often), BREAKING,
        "the only value of an `enum` changes",
        ("breaking", "patch for a constant; otherwise major"),
        "both sides expect the old value; in an optional property, the value is a variant";
    CrateChanged = "crate-changed", (None, Often), NONE,
        "`x-rust-crate`: the crate's name or the prefix of its types changes",
        ("none", "major"),
        "any name that callers write may change";
    DefaultAdded = "default-added", (Patch, Often), by_direction(Risky, Compatible),
        "a default is added",
        ("request: risky, response: compatible", "minor; major for a response property, and for null if a request requires the property; otherwise patch for null"),
        "a request property gains an associated constant; a response property is no longer an `Option`";
    DefaultChanged = "default-changed", (Patch, Often), RISKY,
        "a default changes",
        ("risky", "patch"),
        "the bytes stay the same but mean something else; a constant has another value";
    DefaultRemoved = "default-removed", (Patch, Often), RISKY,
        "a default is removed",
        ("risky", "major; patch for null, unless a request requires the property"),
        "a request property loses its associated constant; a response property becomes an `Option`";
    Deprecated = "deprecated", (None, Often), COMPATIBLE,
        "something becomes deprecated",
        ("compatible", "minor; none for a header"),
        "callers get a warning, which a minor release may add";
    DiscriminatorChanged = "discriminator-changed", (Patch, Often), BREAKING,
        "a discriminator names another property, or is added or removed",
        ("breaking; risky if it is added or removed", "patch; major if variants are renamed"),
        "decoders look at another property";
    DocumentationChanged = "documentation-changed", (Patch, Never), NONE,
        "documentation changes",
        ("none", "patch"),
        "only the documentation of the crate changes";
    EmptyValueAllowed = "empty-value-allowed", (None, Never), COMPATIBLE,
        "a query parameter may be empty",
        ("compatible", "none"),
        "the server accepts more";
    EmptyValueForbidden = "empty-value-forbidden", (None, Never), BREAKING,
        "a query parameter may no longer be empty",
        ("breaking", "none"),
        "the server may refuse an empty value";
    EncodingChanged = "encoding-changed", (None, Never), by_direction(Breaking, WireImpact::None),
        "the encoding of a form's part changes",
        ("request: breaking", "none"),
        "the server reads the part in another way";
    EnumAdded = "enum-added", (Patch, Often), TIGHTENED,
        "a string or integer is restricted to listed values",
        ("request: breaking, response: compatible; none if a variant accepts any value", "major; patch if a variant accepted any value"),
        "only the listed values are accepted, and the type becomes an enum";
    EnumOrderChanged = "enum-order-changed", (Patch, Seldom), NONE,
        "the order of enum values changes",
        ("none", "patch"),
        "the crate lists the values in the new order";
    EnumRemoved = "enum-removed", (Patch, Often), by_direction(Compatible, Risky),
        "a string or integer is no longer restricted to listed values",
        ("request: compatible, response: risky; none if a variant accepted any value", "major; patch if a variant accepts any value"),
        "the enum has a catch-all, but callers may rely on the list; the type is no longer an enum";
    EnumValueAdded = "enum-value-added", (Patch, Often), COMPATIBLE,
        "an enum value is added",
        ("compatible", "minor; major if the old `enum` was a constant"),
        "enums have a catch-all and are `#[non_exhaustive]`";
    EnumValueRemoved = "enum-value-removed", (Patch, Often), TIGHTENED,
        "an enum value is removed",
        ("request: breaking, response: compatible", "major"),
        "its variant is removed";
    EnvironmentChanged = "environment-changed", (Patch, Seldom), NONE,
        "`x-environment`: the environment variable for a value changes",
        ("none", "patch; major if a header moves between the client and its calls"),
        "a header with a variable is set on the client, and one without it on each call";
    ErrorResponseAdded = "error-response-added", (None, Seldom), COMPATIBLE,
        "an error response is added",
        ("compatible", "depends on the changed items"),
        "the client handles errors of any status; an inline schema becomes a type";
    ErrorResponseRemoved = "error-response-removed", (None, Seldom), RISKY,
        "an error response is removed",
        ("risky", "depends on the changed items"),
        "the server may still send it";
    ErrorsChanged = "errors-changed", (Patch, Seldom), NONE,
        "`x-errors`: the pointers to error details or the final codes change",
        ("none", "patch"),
        "only the client's reading of errors changes";
    ExampleChanged = "example-changed", (Patch, Never), NONE,
        "an example changes",
        ("none", "patch"),
        "only the documentation of the crate changes";
    FormatAdded = "format-added", (Patch, Seldom), TIGHTENED,
        "a format is added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`; major if the integer type changes"),
        "integer formats choose the type; `validate()` checks the others";
    FormatChanged = "format-changed", (Patch, Seldom), BREAKING,
        "a format changes",
        ("breaking; none if neither format restricts values", "patch; major if the integer type changes or a type loses `validate()`"),
        "integer formats choose the type; `validate()` checks the others";
    FormatNarrowed = "format-narrowed", (Patch, Often), TIGHTENED,
        "`int64` becomes `int32`, or `double` becomes `float`",
        ("request: breaking, response: compatible", "major for integers; otherwise patch"),
        "integer formats choose the type; every number is an `f64`";
    FormatRemoved = "format-removed", (Patch, Seldom), LOOSENED,
        "a format is removed",
        ("request: compatible, response: breaking", "patch; major if the integer type changes or a type loses `validate()`"),
        "integer formats choose the type; `validate()` checks the others";
    FormatWidened = "format-widened", (Patch, Often), LOOSENED,
        "`int32` becomes `int64`, or `float` becomes `double`",
        ("request: compatible, response: breaking", "major for integers; otherwise patch"),
        "integer formats choose the type; every number is an `f64`";
    HeaderAdded = "header-added", (None, Seldom), COMPATIBLE,
        "a response header is added",
        ("compatible", "none"),
        "callers can read any header by its name";
    HeaderBecameOptional = "header-became-optional", (None, Seldom), BREAKING,
        "a response header becomes optional",
        ("breaking", "none"),
        "callers may rely on it";
    HeaderBecameRequired = "header-became-required", (None, Seldom), COMPATIBLE,
        "a response header becomes required",
        ("compatible", "none"),
        "the server promises more; the crate ignores it";
    HeaderRemoved = "header-removed", (None, Seldom), BREAKING,
        "a response header is removed",
        ("breaking", "none"),
        "callers may rely on it";
    HeaderSerializationChanged = "header-serialization-changed", (None, Seldom), BREAKING,
        "the serialization of a response header changes",
        ("breaking", "none"),
        "callers read its text in another way";
    InfoChanged = "info-changed", (Patch, Seldom), NONE,
        "the title, contact, license or terms of service change",
        ("none", "patch; major if the title names the crate"),
        "only the documentation of the crate changes, unless the title names the crate";
    ItemsAdded = "items-added", (Patch, Often), TIGHTENED,
        "the elements of an array get a type",
        ("request: breaking, response: compatible", "major"),
        "the list has another element type";
    ItemsRemoved = "items-removed", (Patch, Often), LOOSENED,
        "the elements of an array lose their type",
        ("request: compatible, response: breaking", "major"),
        "the list has another element type";
    LinkChanged = "link-changed", (None, Never), NONE,
        "a link to another operation changes",
        ("none", "none"),
        "links are not generated";
    MaxItemsLowered = "max-items-lowered", (Patch, Seldom), TIGHTENED,
        "`maxItems` is lowered or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MaxItemsRaised = "max-items-raised", (Patch, Seldom), LOOSENED,
        "`maxItems` is raised or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MaxLengthLowered = "max-length-lowered", (Patch, Seldom), TIGHTENED,
        "`maxLength` is lowered or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MaxLengthRaised = "max-length-raised", (Patch, Seldom), LOOSENED,
        "`maxLength` is raised or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MaxPropertiesLowered = "max-properties-lowered", (Patch, Seldom), TIGHTENED,
        "`maxProperties` is lowered or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MaxPropertiesRaised = "max-properties-raised", (Patch, Seldom), LOOSENED,
        "`maxProperties` is raised or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MaximumLowered = "maximum-lowered", (Patch, Seldom), TIGHTENED,
        "`maximum` is lowered, made exclusive, or added",
        ("request: breaking, response: compatible; none if the same integers remain valid", "patch; minor if a type gains `validate()`; major if the integer type changes"),
        "`validate()` checks it; bounds choose the integer type";
    MaximumRaised = "maximum-raised", (Patch, Seldom), LOOSENED,
        "`maximum` is raised, made inclusive, or removed",
        ("request: compatible, response: breaking; none if the same integers remain valid", "patch; major if the integer type changes or a type loses `validate()`"),
        "`validate()` checks it; bounds choose the integer type";
    MediaTypeAdded = "media-type-added", (None, Often), COMPATIBLE,
        "a media type is added",
        ("compatible", "none; patch if the client prefers it; minor if it has an inline schema"),
        "the client sends and requests JSON if possible, and otherwise the first media type";
    MediaTypeNarrowed = "media-type-narrowed", (Patch, Often), TIGHTENED,
        "a range of media types, such as `application/*`, becomes one of them",
        ("request: breaking, response: compatible", "patch; major if an inline schema is named after it"),
        "the server refuses the others; the client treats only JSON as a type";
    MediaTypeRemoved = "media-type-removed", (None, Often), BREAKING,
        "a media type is removed",
        ("breaking; compatible if a range includes it", "none; patch if the client preferred it; major if it had an inline schema"),
        "the server refuses clients that send or request it";
    MediaTypeRespelled = "media-type-respelled", (Patch, Seldom), NONE,
        "`charset=utf-8` is added to a media type, or removed",
        ("none", "patch"),
        "it is the usual encoding; the client sends another header";
    MediaTypeWidened = "media-type-widened", (Patch, Often), LOOSENED,
        "a media type becomes a range that includes it, such as `application/*`",
        ("request: compatible, response: breaking", "patch; major if an inline schema is named after it"),
        "the server accepts more; the client treats only JSON as a type";
    MinItemsLowered = "min-items-lowered", (Patch, Seldom), LOOSENED,
        "`minItems` is lowered or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MinItemsRaised = "min-items-raised", (Patch, Seldom), TIGHTENED,
        "`minItems` is raised or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MinLengthLowered = "min-length-lowered", (Patch, Seldom), LOOSENED,
        "`minLength` is lowered or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MinLengthRaised = "min-length-raised", (Patch, Seldom), TIGHTENED,
        "`minLength` is raised or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MinPropertiesLowered = "min-properties-lowered", (Patch, Seldom), LOOSENED,
        "`minProperties` is lowered or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MinPropertiesRaised = "min-properties-raised", (Patch, Seldom), TIGHTENED,
        "`minProperties` is raised or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    MinimumLowered = "minimum-lowered", (Patch, Seldom), LOOSENED,
        "`minimum` is lowered, made inclusive, or removed",
        ("request: compatible, response: breaking; none if the same integers remain valid", "patch; major if the integer type changes or a type loses `validate()`"),
        "`validate()` checks it; bounds choose the integer type";
    MinimumRaised = "minimum-raised", (Patch, Seldom), TIGHTENED,
        "`minimum` is raised, made exclusive, or added",
        ("request: breaking, response: compatible; none if the same integers remain valid", "patch; minor if a type gains `validate()`; major if the integer type changes"),
        "`validate()` checks it; bounds choose the integer type";
    MultipleOfChanged = "multiple-of-changed", (Patch, Seldom), BREAKING,
        "`multipleOf` changes, and neither number divides the other",
        ("breaking", "patch"),
        "some old values become invalid, and some new ones valid";
    MultipleOfLoosened = "multiple-of-loosened", (Patch, Seldom), LOOSENED,
        "`multipleOf` becomes a divisor of the old number, or is removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    MultipleOfTightened = "multiple-of-tightened", (Patch, Seldom), TIGHTENED,
        "`multipleOf` becomes a multiple of the old number, or is added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    NoLongerDeprecated = "no-longer-deprecated", (None, Often), COMPATIBLE,
        "something is no longer deprecated",
        ("compatible", "minor; none for a header"),
        "callers no longer get a warning";
    NotAdded = "not-added", (None, Seldom), TIGHTENED,
        "`not` is added",
        ("request: breaking, response: compatible", "none"),
        "`not` is not generated";
    NotChanged = "not-changed", (None, Seldom), BREAKING,
        "`not` changes",
        ("breaking", "none"),
        "`not` is not generated, and the comparison cannot decide which of two rules out less";
    NotRemoved = "not-removed", (None, Seldom), LOOSENED,
        "`not` is removed",
        ("request: compatible, response: breaking", "none"),
        "`not` is not generated";
    NullAllowed = "null-allowed", (Patch, Often), LOOSENED,
        "null becomes valid",
        ("request: compatible, response: breaking; none for a component if every use states it", "major; patch for such a component"),
        "the type becomes an `Option` or an `OptionalNullable`";
    NullForbidden = "null-forbidden", (Patch, Often), TIGHTENED,
        "null is no longer valid",
        ("request: breaking, response: compatible; none for a component if every use states it", "major; patch for such a component"),
        "the type is no longer an `Option`";
    OauthFlowAdded = "oauth-flow-added", (None, Never), COMPATIBLE,
        "an OAuth flow is added",
        ("compatible", "none"),
        "callers obtain tokens themselves";
    OauthFlowChanged = "oauth-flow-changed", (None, Never), RISKY,
        "a URL of an OAuth flow changes",
        ("risky", "none"),
        "callers obtain tokens themselves";
    OauthFlowRemoved = "oauth-flow-removed", (None, Never), BREAKING,
        "an OAuth flow is removed",
        ("breaking", "none"),
        "callers obtain tokens themselves";
    OauthScopeAdded = "oauth-scope-added", (None, Never), COMPATIBLE,
        "an OAuth scope is added",
        ("compatible", "none"),
        "callers obtain tokens themselves";
    OauthScopeRemoved = "oauth-scope-removed", (None, Never), BREAKING,
        "an OAuth scope is removed",
        ("breaking", "none"),
        "callers obtain tokens themselves";
    OpenapiVersionChanged = "openapi-version-changed", (None, Never), NONE,
        "`openapi` names another version 3.0.x",
        ("none", "none"),
        "all versions 3.0.x mean the same";
    OperationAdded = "operation-added", (Patch, Often), COMPATIBLE,
        "an operation is added",
        ("compatible", "minor"),
        "the crate gains a method and a call type";
    OperationIdChanged = "operation-id-changed", (None, Often), NONE,
        "an `operationId` changes",
        ("none", "major"),
        "the call type is renamed, and the method as well unless `x-rust-name` names it";
    OperationMoved = "operation-moved", (Patch, Often), BREAKING,
        "the path or HTTP method of an operation changes",
        ("breaking", "patch; major if the path names the resource"),
        "the old address no longer answers; callers do not see addresses";
    OperationRemoved = "operation-removed", (Patch, Often), BREAKING,
        "an operation is removed",
        ("breaking", "major"),
        "the crate loses its method and call type";
    OperationTagsChanged = "operation-tags-changed", (None, Often), NONE,
        "the tags of an operation change",
        ("none", "major if the first tag changes; otherwise none"),
        "the first tag names the resource that has the method";
    OptionalParameterAdded = "optional-parameter-added", (Patch, Often), COMPATIBLE,
        "an optional parameter is added",
        ("compatible", "minor"),
        "the call gains a setter";
    OptionalPropertyAdded = "optional-property-added", (Patch, Often), COMPATIBLE,
        "an optional property is added",
        ("compatible; breaking if the properties that were not listed had another type", "minor; major if a cycle of types then needs a `Box`"),
        "structs are `#[non_exhaustive]`, and responses keep unknown fields";
    OptionalRequestBodyAdded = "optional-request-body-added", (Patch, Often), COMPATIBLE,
        "an optional request body is added",
        ("compatible", "minor"),
        "the call gains a setter";
    PagingChanged = "paging-changed", (Patch, Often), NONE,
        "`x-paging`: the pagination of an operation changes",
        ("none", "major if the call starts or stops returning a `Page`; otherwise depends on the changed items"),
        "only a call with pagination has `stream()` or returns a `Page`";
    ParameterBecameOptional = "parameter-became-optional", (Patch, Often), COMPATIBLE,
        "a parameter becomes optional",
        ("compatible; none in a path", "major"),
        "an argument becomes a setter; a path parameter is required either way";
    ParameterBecameRequired = "parameter-became-required", (Patch, Often), BREAKING,
        "a parameter becomes required",
        ("breaking; none in a path", "major"),
        "a setter becomes an argument; a path parameter is required either way";
    ParameterLocationChanged = "parameter-location-changed", (Patch, Often), BREAKING,
        "a parameter moves to another location",
        ("breaking", "patch"),
        "the server looks for it in the new location";
    ParameterOrderChanged = "parameter-order-changed", (None, Often), NONE,
        "the order of required parameters changes",
        ("none", "major"),
        "they are positional arguments; the order of optional parameters is not reported";
    ParameterRemoved = "parameter-removed", (Patch, Often), BREAKING,
        "a parameter is removed",
        ("breaking", "major"),
        "its argument or setter is removed, and the server may ignore it";
    ParameterRenamed = "parameter-renamed", (Patch, Often), BREAKING,
        "a shared parameter is renamed",
        ("breaking", "major; patch if it is an argument"),
        "the server ignores the old name; a setter is renamed";
    ParameterSerializationChanged = "parameter-serialization-changed", (Patch, Often), BREAKING,
        "the serialization of a parameter changes",
        ("breaking; none if its text stays the same", "patch"),
        "the server reads it in another way";
    PathParameterRenamed = "path-parameter-renamed", (Patch, Often), NONE,
        "a path parameter is renamed",
        ("none", "patch"),
        "its name does not cross the wire, and arguments are positional";
    PatternAdded = "pattern-added", (Patch, Seldom), TIGHTENED,
        "a pattern is added",
        ("request: breaking, response: compatible; none if it matches everything", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    PatternChanged = "pattern-changed", (Patch, Seldom), BREAKING,
        "a pattern changes",
        ("breaking; none if both match everything", "patch"),
        "the comparison cannot decide whether one pattern contains the other";
    PatternRemoved = "pattern-removed", (Patch, Seldom), LOOSENED,
        "a pattern is removed",
        ("request: compatible, response: breaking; none if it matched everything", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    PropertyBecameOptional = "property-became-optional", (Patch, Often), LOOSENED,
        "a property becomes optional",
        ("request: compatible, response: breaking", "major; patch where the field is an `Option` all the same"),
        "the field becomes an `Option`, and the constructor loses an argument";
    PropertyBecameRequired = "property-became-required", (Patch, Often), TIGHTENED,
        "a property becomes required",
        ("request: breaking, response: compatible", "major; patch where the field is an `Option` all the same"),
        "the field is no longer an `Option`, and the constructor gains an argument";
    PropertyNamesLoosened = "property-names-loosened", (Patch, Seldom), LOOSENED,
        "`x-property-names`: the bounds on the length of map keys are loosened or removed",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    PropertyNamesTightened = "property-names-tightened", (Patch, Seldom), TIGHTENED,
        "`x-property-names`: the bounds on the length of map keys are tightened or added",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    PropertyOrderChanged = "property-order-changed", (Patch, Often), NONE,
        "the order of required properties changes",
        ("none", "major"),
        "up to five are positional arguments of the constructor; otherwise the order is not reported";
    PropertyRemoved = "property-removed", (Patch, Often), BREAKING,
        "a property is removed",
        ("breaking", "major"),
        "the field is removed";
    ReadOnlyAdded = "read-only-added", (Patch, Often), by_direction(Breaking, WireImpact::None),
        "a property becomes `readOnly`",
        ("request: breaking, response: none", "patch; major if the field becomes an `Option`"),
        "the server refuses or ignores it in requests";
    ReadOnlyRemoved = "read-only-removed", (Patch, Often), COMPATIBLE,
        "a property is no longer `readOnly`",
        ("compatible; breaking for requests if it is required", "patch; major if the field was an `Option`"),
        "requests may contain it, and must if it is required";
    ReferenceChanged = "reference-changed", (Patch, Often), BREAKING,
        "`$ref` names another schema, and the old schema still exists",
        ("depends on how the two schemas differ", "major"),
        "the type changes";
    ReferenceNotFollowed = "reference-not-followed", (None, Never), RISKY,
        "a `$ref` leads to another file, which is not compared",
        ("risky", "none"),
        "a change of that file is not seen: compare a bundled document, which is one file";
    RequestBodyBecameOptional = "request-body-became-optional", (Patch, Often), COMPATIBLE,
        "a request body becomes optional",
        ("compatible", "major"),
        "an argument becomes a setter";
    RequestBodyBecameRequired = "request-body-became-required", (Patch, Often), BREAKING,
        "a request body becomes required",
        ("breaking", "major"),
        "a setter becomes an argument";
    RequestBodyRemoved = "request-body-removed", (Patch, Often), BREAKING,
        "a request body is removed",
        ("breaking", "major"),
        "its argument or setter is removed";
    RequiredParameterAdded = "required-parameter-added", (Patch, Often), BREAKING,
        "a required parameter is added",
        ("breaking", "major"),
        "the method gains an argument";
    RequiredPropertyAdded = "required-property-added", (Patch, Often), TIGHTENED,
        "a required property is added",
        ("request: breaking, response: compatible", "major; minor for a constant, for `default: null`, and in responses if it has a default or null is allowed"),
        "the constructor gains an argument";
    RequiredRequestBodyAdded = "required-request-body-added", (Patch, Often), BREAKING,
        "a required request body is added",
        ("breaking", "major"),
        "the method gains an argument";
    ReservedAllowed = "reserved-allowed", (Patch, Never), RISKY,
        "`allowReserved`: reserved characters of a query are no longer escaped",
        ("risky", "patch"),
        "most servers accept both forms";
    ReservedForbidden = "reserved-forbidden", (Patch, Never), RISKY,
        "`allowReserved`: reserved characters of a query are escaped",
        ("risky", "patch"),
        "most servers accept both forms";
    ResponseStatusNarrowed = "response-status-narrowed", (Patch, Often), COMPATIBLE,
        "a range of statuses, such as `2XX`, becomes a status within it",
        ("compatible", "patch; minor or major if an inline schema is named after the status"),
        "clients of the range handle the status";
    ResponseStatusWidened = "response-status-widened", (Patch, Often), RISKY,
        "a status becomes a range that includes it, such as `2XX`",
        ("risky", "patch; major if an inline schema is named after the status"),
        "the server may send another status";
    RustNameChanged = "rust-name-changed", (None, Often), NONE,
        "`x-rust-*`: a Rust name changes",
        ("none", "major"),
        "callers write the name";
    SchemaAdded = "schema-added", (None, Often), NONE,
        "a schema is added",
        ("none; each use has its own verdict", "minor; major if another schema had its name"),
        "the crate gains a type";
    SchemaMoved = "schema-moved", (None, Often), NONE,
        "an inline schema becomes a component, or the reverse",
        ("none", "major if the type is renamed; otherwise not reported"),
        "an inline schema is named after its place";
    SchemaRemoved = "schema-removed", (None, Often), NONE,
        "a schema is removed",
        ("none; each use has its own verdict", "major"),
        "the crate loses a type";
    SchemaRenamed = "schema-renamed", (None, Often), NONE,
        "a schema is renamed",
        ("none", "major"),
        "the type is renamed";
    SchemaSet = "schema-set", (Patch, Often), TIGHTENED,
        "a body without a schema gets one",
        ("request: breaking, response: compatible", "major"),
        "the type changes";
    SchemaUnset = "schema-unset", (Patch, Often), LOOSENED,
        "a body loses its schema",
        ("request: compatible, response: breaking", "major"),
        "the type changes";
    SecretAdded = "secret-added", (Patch, Often), NONE,
        "`x-secret`: a value becomes secret",
        ("none", "major"),
        "the type becomes `Secret`";
    SecretRemoved = "secret-removed", (Patch, Often), NONE,
        "`x-secret`: a value is no longer secret",
        ("none", "major"),
        "the type becomes `String`";
    SecurityChanged = "security-changed", (Patch, Seldom), BREAKING,
        "other credentials are required",
        ("breaking; none if every operation has its own `security`", "patch"),
        "the server refuses the old credentials";
    SecurityLoosened = "security-loosened", (Patch, Seldom), COMPATIBLE,
        "fewer credentials are required, or others are accepted as well",
        ("compatible", "patch"),
        "the server still accepts the old credentials";
    SecuritySchemeAdded = "security-scheme-added", (None, Often), NONE,
        "a security scheme is added",
        ("none; each use has its own verdict", "minor if the client supports it"),
        "the client builder gains a method";
    SecuritySchemeChanged = "security-scheme-changed", (Patch, Often), BREAKING,
        "a security scheme changes",
        ("breaking", "patch; depends on the changed items if the client does not support it"),
        "the server looks for the credential in another place";
    SecuritySchemeRemoved = "security-scheme-removed", (None, Often), NONE,
        "a security scheme is removed",
        ("none; each use has its own verdict", "major if the client supported it"),
        "the client builder loses a method";
    SecuritySchemeRenamed = "security-scheme-renamed", (None, Often), NONE,
        "a security scheme is renamed",
        ("none", "major"),
        "a method of the client builder is renamed";
    SecurityTightened = "security-tightened", (Patch, Seldom), BREAKING,
        "more credentials are required",
        ("breaking", "patch"),
        "the server refuses the old credentials alone";
    ServerAdded = "server-added", (Patch, Never), COMPATIBLE,
        "a server is added",
        ("compatible", "patch"),
        "the old servers remain";
    ServerChanged = "server-changed", (Patch, Never), RISKY,
        "the address of a server changes, or another server comes first",
        ("risky", "patch"),
        "the client uses the first server";
    ServerRemoved = "server-removed", (Patch, Never), RISKY,
        "a server is removed",
        ("risky", "patch"),
        "the client uses the first server";
    SuccessResponseAdded = "success-response-added", (Patch, Often), COMPATIBLE,
        "a success response is added",
        ("compatible; risky if there are others", "patch; major if the call returns another type"),
        "the client decodes every success as the first one";
    SuccessResponseRemoved = "success-response-removed", (Patch, Often), BREAKING,
        "a success response is removed",
        ("breaking", "patch; major if the call returns another type"),
        "callers may rely on it";
    SunsetChanged = "sunset-changed", (None, Never), NONE,
        "`x-sunset`: the last day of something deprecated changes",
        ("none", "none"),
        "only its removal has an effect, which is expected after that day";
    TagChanged = "tag-changed", (None, Never), NONE,
        "a tag of the document changes",
        ("none", "none"),
        "only the tags of operations matter";
    TypeChanged = "type-changed", (Patch, Often), BREAKING,
        "values change to another type",
        ("breaking", "major"),
        "the Rust type changes";
    TypeImplied = "type-implied", (None, Never), NONE,
        "`type` is stated or omitted, and other keywords imply it",
        ("none", "none"),
        "both forms mean the same";
    TypeNarrowed = "type-narrowed", (Patch, Often), TIGHTENED,
        "fewer types are valid",
        ("request: breaking, response: compatible unless another keyword refused new values", "major"),
        "the Rust type changes";
    TypeRenamed = "type-renamed", (None, Often), NONE,
        "a type is renamed because its inline schema moves",
        ("none", "major"),
        "an inline schema is named after its place";
    TypeWidened = "type-widened", (Patch, Often), LOOSENED,
        "more types are valid",
        ("request: compatible unless another keyword refuses old values, response: breaking", "major"),
        "the Rust type changes";
    UnionAdded = "union-added", (Patch, Often), LOOSENED,
        "a schema becomes a union",
        ("request: compatible if the old schema is a variant, response: breaking; risky if old values may fit several variants of a `oneOf`", "major"),
        "the type becomes an enum";
    UnionExclusivenessChanged = "union-exclusiveness-changed", (Patch, Seldom), RISKY,
        "`oneOf` becomes `anyOf`, or the reverse",
        ("risky", "patch"),
        "it matters only for values that fit several variants; the client takes the first";
    UnionFlattened = "union-flattened", (Patch, Often), NONE,
        "an `anyOf` within another one is written out, or the reverse",
        ("none", "major"),
        "the same values are valid, but the variants are those of one enum";
    UnionOrderChanged = "union-order-changed", (Patch, Seldom), NONE,
        "the order of variants changes",
        ("none", "patch"),
        "an untagged union takes the first variant that fits, and tries more specific ones first";
    UnionRemoved = "union-removed", (Patch, Often), TIGHTENED,
        "a union becomes a single schema",
        ("request: breaking, response: compatible if the schema was a variant; risky if its values may have fit several variants of a `oneOf`", "major"),
        "the type is no longer an enum";
    UnionVariantAdded = "union-variant-added", (Patch, Often), COMPATIBLE,
        "a variant is added",
        ("compatible; risky if values may fit several variants of a `oneOf`", "minor; major if the union loses an accessor or a conversion; patch for strings"),
        "unions have a catch-all and are `#[non_exhaustive]`; strings without a list are a `String`";
    UnionVariantRemoved = "union-variant-removed", (Patch, Often), TIGHTENED,
        "a variant is removed",
        ("request: breaking, response: compatible; risky if values may have fit several variants of a `oneOf`", "major; patch for strings"),
        "the enum loses the variant; strings without a list are a `String`";
    UniqueItemsNoLongerRequired = "unique-items-no-longer-required", (Patch, Seldom), LOOSENED,
        "the elements of an array may be equal",
        ("request: compatible, response: breaking", "patch; major if a type loses `validate()`"),
        "`validate()` checks it";
    UniqueItemsRequired = "unique-items-required", (Patch, Seldom), TIGHTENED,
        "the elements of an array must be unique",
        ("request: breaking, response: compatible", "patch; minor if a type gains `validate()`"),
        "`validate()` checks it";
    UnknownConstruct = "unknown-construct", (Patch, Seldom), RISKY,
        "something changes that no rule covers",
        ("risky; none if nothing uses it", "patch; more if the changed items require it"),
        "fails until a rule covers it";
    UnknownEffect = "unknown-effect", (None, Often), NONE,
        "the crate changes, and no change of the document explains it",
        ("none", "depends on the changed items"),
        "fails until a rule covers it";
    UnusedComponentChanged = "unused-component-changed", (None, Never), NONE,
        "a component that nothing refers to changes",
        ("none", "none"),
        "nothing is generated from it";
    VariantTagsChanged = "variant-tags-changed", (Patch, Often), BREAKING,
        "the tags that select a variant change",
        ("breaking; compatible if the old tags remain", "patch; major if the tag names the variant"),
        "decoders look for the tag";
    VariantsOverlap = "variants-overlap", (None, Never), RISKY,
        "variants of a `oneOf` change, and a value may fit several of them",
        ("risky", "none"),
        "such a value is invalid, and no type, constant or bound rules it out";
    VendorExtensionChanged = "vendor-extension-changed", (None, Never), NONE,
        "an extension of another tool changes",
        ("none", "none"),
        "OpenAPI lets readers ignore extensions";
    WriteOnlyAdded = "write-only-added", (Patch, Often), by_direction(WireImpact::None, Breaking),
        "a property becomes `writeOnly`",
        ("request: none, response: breaking", "patch; major if the field becomes an `Option`"),
        "responses no longer contain it";
    WriteOnlyRemoved = "write-only-removed", (Patch, Often), COMPATIBLE,
        "a property is no longer `writeOnly`",
        ("compatible", "patch; major if the field was an `Option`"),
        "responses may contain it";
    XmlChanged = "xml-changed", (None, Never), RISKY,
        "the XML form of values changes",
        ("risky", "none"),
        "XML is not generated";
}

#[cfg(test)]
mod tests {
    use super::{RULES, RuleId};
    use crate::diff::impact_by_direction::{REQUEST, RESPONSE};

    #[test]
    fn finds_each_rule_by_its_name() {
        assert!(RULES.is_sorted_by_key(|rule| rule.id.name()));
        assert!(RULES.iter().all(|rule| RuleId::from_name(rule.id.name()) == Some(rule.id)));
        assert_eq!(RuleId::from_name("no-such-rule"), None);
    }

    #[test]
    fn names_each_variant_in_kebab_case() {
        for rule in RULES {
            let words = rule.id.name().split('-');
            let variant: String = words.map(|word| word[..1].to_uppercase() + &word[1..]).collect();
            assert_eq!(variant, format!("{:?}", rule.id));
            assert_eq!(rule.id.rule().id, rule.id);
        }
    }

    /// The first verdict after a label, such as `breaking` in `request: breaking, response: compatible`.
    fn stated<'t>(text: &'t str, label: &str) -> Option<&'t str> {
        let (_, rest) = text.split_once(label)?;
        rest.split(|letter: char| !letter.is_alphabetic()).next()
    }

    #[test]
    fn states_the_wire_verdict_of_each_rule() {
        // The verdict of a changed reference is that of the difference between the two schemas.
        for rule in RULES.iter().filter(|rule| rule.id != RuleId::ReferenceChanged) {
            let (request, response) = match (stated(rule.wire, "request: "), stated(rule.wire, "response: ")) {
                (None, None) => (stated(rule.wire, ""), stated(rule.wire, "")),
                (request, response) => (request.or(Some("none")), response.or(Some("none"))),
            };
            assert_eq!(Some(rule.verdict.within(REQUEST).name()), request, "{} in a request", rule.id);
            assert_eq!(Some(rule.verdict.within(RESPONSE).name()), response, "{} in a response", rule.id);
        }
    }
}
