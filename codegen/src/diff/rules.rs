//! The rules that name changes. `rules!` is the one table: it makes the ids, and [`RULES`] for those who show them.
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
    /// The source verdict. A verdict "by its items" is at least patch if the crate changes at all.
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
    /// If nothing else does, as a bound explains a method `validate()`.
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

    /// Whether nobody can say what such a change means: it fails until a rule is written for it.
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
    if EXTENSIONS.iter().any(|extension| extension.name == key) || !key.starts_with("x-") {
        // One of ours in a place where nothing reads it is as unknown as a key that OpenAPI does not have.
        return RuleId::UnknownConstruct;
    }
    RuleId::VendorExtensionChanged
}

rules! {
    AdditionalPropertiesAllowed = "additional-properties-allowed", (None, Often), COMPATIBLE,
        "an object that was closed takes properties beside the listed ones",
        ("compatible", "none"),
        "unknown fields were kept before as well";
    AdditionalPropertiesForbidden = "additional-properties-forbidden", (None, Often), TIGHTENED,
        "an object takes no properties beside the listed ones any more",
        ("request: breaking, response: compatible", "none"),
        "what was sent beside the listed properties is refused; types keep unknown fields either way";
    AdditionalPropertiesNarrowed = "additional-properties-narrowed", (Patch, Often), TIGHTENED,
        "properties beside the listed ones have a schema now",
        ("request: breaking, response: compatible", "major for a map; minor beside listed properties"),
        "a map holds another type, and a struct has a field more";
    AdditionalPropertiesWidened = "additional-properties-widened", (Patch, Often), LOOSENED,
        "properties beside the listed ones may be anything now",
        ("request: compatible, response: breaking", "major"),
        "a map holds another type, and a struct has a field less";
    ApiVersionChanged = "api-version-changed", (None, Never), NONE,
        "`info.version` says another version",
        ("none", "none"),
        "it is a version of the description, and not that of the crate";
    CallbackChanged = "callback-changed", (None, Never), RISKY,
        "what the server calls back with changes",
        ("risky", "none"),
        "callbacks are not generated, and compared as a whole";
    ConstantChanged = "constant-changed", (Patch, Often), BREAKING,
        "the only value of an `enum` becomes another one",
        ("breaking", "patch for a constant, else major"),
        "either side expects the old value; the value of an optional property is a variant";
    CrateChanged = "crate-changed", (None, Often), NONE,
        "`x-rust-crate`: the crate or its types are called something else",
        ("none", "major"),
        "every name that callers write may change";
    DefaultAdded = "default-added", (Patch, Often), by_direction(Risky, Compatible),
        "a value left out now means something stated",
        ("request: risky, response: compatible", "minor; major for a response property, and for null if a request requires the property; otherwise patch for null"),
        "a request property has an associated constant, and a response property is no `Option`";
    DefaultChanged = "default-changed", (Patch, Often), RISKY,
        "a value left out means something else",
        ("risky", "patch"),
        "nothing that is sent changes, and yet its meaning does; a constant has another value";
    DefaultRemoved = "default-removed", (Patch, Often), RISKY,
        "what a value left out means is not stated any more",
        ("risky", "major; patch for null, unless a request requires the property"),
        "an associated constant is gone, or a response property is an `Option`";
    Deprecated = "deprecated", (None, Often), COMPATIBLE,
        "something is deprecated",
        ("compatible", "minor; none for a header"),
        "callers get a warning, as by a new release of any crate";
    DiscriminatorChanged = "discriminator-changed", (Patch, Often), BREAKING,
        "another property tells the variants apart, or none",
        ("breaking; risky where it is new or gone", "patch; major where the union is told apart in another way"),
        "decoders look at another property";
    DocumentationChanged = "documentation-changed", (Patch, Never), NONE,
        "prose changes",
        ("none", "patch"),
        "only the documentation of the crate changes";
    EmptyValueAllowed = "empty-value-allowed", (None, Never), COMPATIBLE,
        "a query parameter may be empty",
        ("compatible", "none"),
        "more is accepted";
    EmptyValueForbidden = "empty-value-forbidden", (None, Never), BREAKING,
        "a query parameter may not be empty any more",
        ("breaking", "none"),
        "what was sent may be refused";
    EncodingChanged = "encoding-changed", (None, Never), by_direction(Breaking, WireImpact::None),
        "how a part of a form is encoded changes",
        ("request: breaking", "none"),
        "the server reads the part in another way";
    EnumAdded = "enum-added", (Patch, Often), TIGHTENED,
        "a string or integer has listed values now",
        ("request: breaking, response: compatible; none where a variant takes any other", "major; patch where a variant took any other"),
        "only the listed values are accepted, and the type is an enum now";
    EnumOrderChanged = "enum-order-changed", (Patch, Seldom), NONE,
        "values are listed in another order",
        ("none", "patch"),
        "the list of values that the crate gives has another order";
    EnumRemoved = "enum-removed", (Patch, Often), by_direction(Compatible, Risky),
        "any string or integer will do",
        ("request: compatible, response: risky; none where a variant took any other", "major; patch where a variant takes any other now"),
        "an enum has a catch-all, but what was listed may have been relied on; the type is no enum any more";
    EnumValueAdded = "enum-value-added", (Patch, Often), COMPATIBLE,
        "a value of an `enum` is new",
        ("compatible", "minor; major where the old one was a constant"),
        "an enum has a catch-all, and is `#[non_exhaustive]`";
    EnumValueRemoved = "enum-value-removed", (Patch, Often), TIGHTENED,
        "a value of an `enum` is gone",
        ("request: breaking, response: compatible", "major"),
        "the variant is gone";
    EnvironmentChanged = "environment-changed", (Patch, Seldom), NONE,
        "`x-environment`: another variable, or none, supplies a value",
        ("none", "patch; major where a header becomes that of calls or of the client"),
        "a header becomes the client's or the call's";
    ErrorResponseAdded = "error-response-added", (None, Seldom), COMPATIBLE,
        "an error is described",
        ("compatible", "by its items"),
        "errors of any status are handled already; a type is made of an inline schema";
    ErrorResponseRemoved = "error-response-removed", (None, Seldom), RISKY,
        "an error is not described any more",
        ("risky", "by its items"),
        "it may come all the same";
    ErrorsChanged = "errors-changed", (Patch, Seldom), NONE,
        "`x-errors`: where errors say what is wrong changes",
        ("none", "patch"),
        "only what the client looks for";
    ExampleChanged = "example-changed", (Patch, Never), NONE,
        "an example changes",
        ("none", "patch"),
        "only the documentation of the crate changes";
    FormatAdded = "format-added", (Patch, Seldom), TIGHTENED,
        "values have a format now",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type; major where the integer is another"),
        "integer formats choose the type, others are checked by `validate()`";
    FormatChanged = "format-changed", (Patch, Seldom), BREAKING,
        "values have another format",
        ("breaking; none for formats that say nothing of values", "patch; major where the integer is another, or the check comes or goes"),
        "integer formats choose the type, others are checked by `validate()`";
    FormatNarrowed = "format-narrowed", (Patch, Often), TIGHTENED,
        "`int64` becomes `int32`, or `double` becomes `float`",
        ("request: breaking, response: compatible", "major for integers, else patch"),
        "integer formats choose the type, and numbers are `f64`";
    FormatRemoved = "format-removed", (Patch, Seldom), LOOSENED,
        "values have no format any more",
        ("request: compatible, response: breaking", "patch; major for the last check of a type, or where the integer is another"),
        "integer formats choose the type, others are checked by `validate()`";
    FormatWidened = "format-widened", (Patch, Often), LOOSENED,
        "`int32` becomes `int64`, or `float` becomes `double`",
        ("request: compatible, response: breaking", "major for integers, else patch"),
        "integer formats choose the type, and numbers are `f64`";
    HeaderAdded = "header-added", (None, Seldom), COMPATIBLE,
        "a header is described",
        ("compatible", "none"),
        "headers can be read by any name";
    HeaderBecameOptional = "header-became-optional", (None, Seldom), BREAKING,
        "a header may be missing",
        ("breaking", "none"),
        "who relies on it may miss it";
    HeaderBecameRequired = "header-became-required", (None, Seldom), COMPATIBLE,
        "a header is always there",
        ("compatible", "none"),
        "more is promised, and nothing is made of it";
    HeaderRemoved = "header-removed", (None, Seldom), BREAKING,
        "a header is not described any more",
        ("breaking", "none"),
        "who relies on it misses it";
    HeaderSerializationChanged = "header-serialization-changed", (None, Seldom), BREAKING,
        "`explode` of a response header changes",
        ("breaking", "none"),
        "either side reads it in another way";
    InfoChanged = "info-changed", (Patch, Seldom), NONE,
        "title, contact, license and the like change",
        ("none", "patch; major for a title that names the crate"),
        "only the documentation of the crate changes, unless nothing but the title names it";
    ItemsAdded = "items-added", (Patch, Often), TIGHTENED,
        "the elements of an array have a type now",
        ("request: breaking, response: compatible", "major"),
        "the list holds another type";
    ItemsRemoved = "items-removed", (Patch, Often), LOOSENED,
        "the elements of an array may be anything now",
        ("request: compatible, response: breaking", "major"),
        "the list holds another type";
    LinkChanged = "link-changed", (None, Never), NONE,
        "a link to another operation changes",
        ("none", "none"),
        "links are not generated";
    MaxItemsLowered = "max-items-lowered", (Patch, Seldom), TIGHTENED,
        "`maxItems` is lower, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MaxItemsRaised = "max-items-raised", (Patch, Seldom), LOOSENED,
        "`maxItems` is higher, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MaxLengthLowered = "max-length-lowered", (Patch, Seldom), TIGHTENED,
        "`maxLength` is lower, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MaxLengthRaised = "max-length-raised", (Patch, Seldom), LOOSENED,
        "`maxLength` is higher, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MaxPropertiesLowered = "max-properties-lowered", (Patch, Seldom), TIGHTENED,
        "`maxProperties` is lower, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MaxPropertiesRaised = "max-properties-raised", (Patch, Seldom), LOOSENED,
        "`maxProperties` is higher, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MaximumLowered = "maximum-lowered", (Patch, Seldom), TIGHTENED,
        "`maximum` is lower, exclusive, or new",
        ("request: breaking, response: compatible; none where no integer lies between", "patch; minor for the first check of a type; major where the integer is another"),
        "`validate()` checks it, and bounds choose between integer types";
    MaximumRaised = "maximum-raised", (Patch, Seldom), LOOSENED,
        "`maximum` is higher, inclusive, or gone",
        ("request: compatible, response: breaking; none where no integer lies between", "patch; major for the last check of a type, or where the integer is another"),
        "`validate()` checks it, and bounds choose between integer types";
    MediaTypeAdded = "media-type-added", (None, Often), COMPATIBLE,
        "another media type is possible",
        ("compatible", "none; patch where clients send or ask for another; minor where it has an inline schema"),
        "a client sends and asks for JSON where it can, else the first one";
    MediaTypeRemoved = "media-type-removed", (None, Often), BREAKING,
        "a media type is not possible any more",
        ("breaking", "none; patch where clients send or ask for another; major where it had an inline schema"),
        "who sends it or asks for it is refused";
    MinItemsLowered = "min-items-lowered", (Patch, Seldom), LOOSENED,
        "`minItems` is lower, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MinItemsRaised = "min-items-raised", (Patch, Seldom), TIGHTENED,
        "`minItems` is higher, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MinLengthLowered = "min-length-lowered", (Patch, Seldom), LOOSENED,
        "`minLength` is lower, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MinLengthRaised = "min-length-raised", (Patch, Seldom), TIGHTENED,
        "`minLength` is higher, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MinPropertiesLowered = "min-properties-lowered", (Patch, Seldom), LOOSENED,
        "`minProperties` is lower, or gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MinPropertiesRaised = "min-properties-raised", (Patch, Seldom), TIGHTENED,
        "`minProperties` is higher, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    MinimumLowered = "minimum-lowered", (Patch, Seldom), LOOSENED,
        "`minimum` is lower, inclusive, or gone",
        ("request: compatible, response: breaking; none where no integer lies between", "patch; major for the last check of a type, or where the integer is another"),
        "`validate()` checks it, and bounds choose between integer types";
    MinimumRaised = "minimum-raised", (Patch, Seldom), TIGHTENED,
        "`minimum` is higher, exclusive, or new",
        ("request: breaking, response: compatible; none where no integer lies between", "patch; minor for the first check of a type; major where the integer is another"),
        "`validate()` checks it, and bounds choose between integer types";
    MultipleOfChanged = "multiple-of-changed", (Patch, Seldom), BREAKING,
        "`multipleOf` is another number, neither a multiple nor a divisor of the old one",
        ("breaking", "patch"),
        "some of the old values are no values any more, and some new ones are";
    MultipleOfLoosened = "multiple-of-loosened", (Patch, Seldom), LOOSENED,
        "`multipleOf` divides the old one, or is gone",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    MultipleOfTightened = "multiple-of-tightened", (Patch, Seldom), TIGHTENED,
        "`multipleOf` is a multiple of the old one, or new",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    NoLongerDeprecated = "no-longer-deprecated", (None, Often), COMPATIBLE,
        "something is not deprecated any more",
        ("compatible", "minor; none for a header"),
        "a warning goes";
    NotAdded = "not-added", (None, Never), TIGHTENED,
        "values of some schema are ruled out",
        ("request: breaking, response: compatible", "none"),
        "`not` is not generated";
    NotChanged = "not-changed", (None, Never), BREAKING,
        "values of another schema are ruled out",
        ("breaking", "none"),
        "`not` is not generated, and nothing tells whether one rules out less than the other";
    NotRemoved = "not-removed", (None, Never), LOOSENED,
        "values are not ruled out any more",
        ("request: compatible, response: breaking", "none"),
        "`not` is not generated";
    NullAllowed = "null-allowed", (Patch, Often), LOOSENED,
        "null is a value now",
        ("request: compatible, response: breaking; none for a component whose uses all say it themselves", "major; patch for such a component"),
        "the type becomes an `Option`, or one with three states";
    NullForbidden = "null-forbidden", (Patch, Often), TIGHTENED,
        "null is no value any more",
        ("request: breaking, response: compatible; none for a component whose uses all say it themselves", "major; patch for such a component"),
        "the type is no `Option` any more";
    OauthFlowAdded = "oauth-flow-added", (None, Never), COMPATIBLE,
        "another flow gives tokens",
        ("compatible", "none"),
        "getting tokens is the caller's";
    OauthFlowChanged = "oauth-flow-changed", (None, Never), RISKY,
        "tokens come from another address",
        ("risky", "none"),
        "getting tokens is the caller's";
    OauthFlowRemoved = "oauth-flow-removed", (None, Never), BREAKING,
        "a flow gives no tokens any more",
        ("breaking", "none"),
        "getting tokens is the caller's";
    OauthScopeAdded = "oauth-scope-added", (None, Never), COMPATIBLE,
        "there is another scope",
        ("compatible", "none"),
        "getting tokens is the caller's";
    OauthScopeRemoved = "oauth-scope-removed", (None, Never), BREAKING,
        "a scope is gone",
        ("breaking", "none"),
        "getting tokens is the caller's";
    OpenapiVersionChanged = "openapi-version-changed", (None, Never), NONE,
        "the document says another version of OpenAPI 3.0",
        ("none", "none"),
        "patch versions of it mean the same";
    OperationAdded = "operation-added", (Patch, Often), COMPATIBLE,
        "an operation is new",
        ("compatible", "minor"),
        "a method and a call are new";
    OperationIdChanged = "operation-id-changed", (None, Often), NONE,
        "an operation is called something else",
        ("none", "major"),
        "its call, and unless `x-rust-name` says otherwise its method, have other names";
    OperationMoved = "operation-moved", (Patch, Often), BREAKING,
        "an operation has another path or method",
        ("breaking", "patch; major where the path names the resource"),
        "the old address does not answer any more, and callers do not see addresses";
    OperationRemoved = "operation-removed", (Patch, Often), BREAKING,
        "an operation is gone",
        ("breaking", "major"),
        "its method and call are gone";
    OperationTagsChanged = "operation-tags-changed", (None, Often), NONE,
        "an operation has other tags",
        ("none", "major where the first one changes, else none"),
        "the first tag names the resource that has the method";
    OptionalParameterAdded = "optional-parameter-added", (Patch, Often), COMPATIBLE,
        "a parameter may be given",
        ("compatible", "minor"),
        "a setter is new";
    OptionalPropertyAdded = "optional-property-added", (Patch, Often), COMPATIBLE,
        "a property may be there",
        ("compatible", "minor; major where a circle of types then needs a `Box`"),
        "structs are `#[non_exhaustive]`, and responses keep unknown fields";
    OptionalRequestBodyAdded = "optional-request-body-added", (Patch, Often), COMPATIBLE,
        "a body may be sent",
        ("compatible", "minor"),
        "a setter is new";
    PagingChanged = "paging-changed", (Patch, Often), NONE,
        "`x-paging`: how to walk from page to page changes",
        ("none", "major where `.await` gives a page only before or after, else by its items"),
        "a call is a walk, or is none any more";
    ParameterBecameOptional = "parameter-became-optional", (Patch, Often), COMPATIBLE,
        "a parameter may be left out",
        ("compatible; none in a path", "major"),
        "an argument becomes a setter; a path has all its parameters anyway";
    ParameterBecameRequired = "parameter-became-required", (Patch, Often), BREAKING,
        "a parameter must be given",
        ("breaking; none in a path", "major"),
        "a setter becomes an argument; a path has all its parameters anyway";
    ParameterLocationChanged = "parameter-location-changed", (Patch, Often), BREAKING,
        "a parameter goes elsewhere",
        ("breaking", "patch"),
        "it is not found where it was";
    ParameterOrderChanged = "parameter-order-changed", (None, Often), NONE,
        "required parameters are listed in another order",
        ("none", "major"),
        "they are arguments, in this order; the order of optional ones is not reported";
    ParameterRemoved = "parameter-removed", (Patch, Often), BREAKING,
        "a parameter is gone",
        ("breaking", "major"),
        "what callers ask for by it has no effect any more";
    ParameterRenamed = "parameter-renamed", (Patch, Often), BREAKING,
        "a shared parameter is called something else",
        ("breaking", "major; patch where it is an argument"),
        "what is sent by the old name has no effect any more; a setter is called something else";
    ParameterSerializationChanged = "parameter-serialization-changed", (Patch, Often), BREAKING,
        "a parameter is written in another way",
        ("breaking; none where a scalar is written the same", "patch"),
        "the server reads it in another way";
    PathParameterRenamed = "path-parameter-renamed", (Patch, Often), NONE,
        "a parameter in the path is called something else",
        ("none", "patch"),
        "the name does not cross the wire, and arguments have no names in calls";
    PatternAdded = "pattern-added", (Patch, Seldom), TIGHTENED,
        "texts must match a pattern",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    PatternChanged = "pattern-changed", (Patch, Seldom), BREAKING,
        "texts must match another pattern",
        ("breaking", "patch"),
        "nothing tells whether one pattern contains the other";
    PatternRemoved = "pattern-removed", (Patch, Seldom), LOOSENED,
        "texts need not match a pattern any more",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    PropertyBecameOptional = "property-became-optional", (Patch, Often), LOOSENED,
        "a property may be missing",
        ("request: compatible, response: breaking", "major; patch where the field is an `Option` all the same"),
        "the field becomes an `Option`, and the constructor takes one argument less";
    PropertyBecameRequired = "property-became-required", (Patch, Often), TIGHTENED,
        "a property must be there",
        ("request: breaking, response: compatible", "major; patch where the field is an `Option` all the same"),
        "the field is no `Option` any more, and the constructor takes one argument more";
    PropertyNamesLoosened = "property-names-loosened", (Patch, Seldom), LOOSENED,
        "`x-property-names`: keys of a map have wider bounds of length, or none",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    PropertyNamesTightened = "property-names-tightened", (Patch, Seldom), TIGHTENED,
        "`x-property-names`: keys of a map have tighter bounds of length, or some",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    PropertyOrderChanged = "property-order-changed", (Patch, Often), NONE,
        "required properties are listed in another order",
        ("none", "major"),
        "up to five are arguments of the constructor, in this order; otherwise the order is not reported";
    PropertyRemoved = "property-removed", (Patch, Often), BREAKING,
        "a property is gone",
        ("breaking", "major"),
        "the field is gone, and what it said with it";
    ReadOnlyAdded = "read-only-added", (Patch, Often), by_direction(Breaking, WireImpact::None),
        "requests may not have a property any more",
        ("request: breaking, response: none", "patch; major where the field becomes an `Option`"),
        "what was sent is refused or ignored";
    ReadOnlyRemoved = "read-only-removed", (Patch, Often), COMPATIBLE,
        "requests may have a property",
        ("compatible; breaking for requests where it is required", "patch; major where the field was an `Option`"),
        "more is accepted, unless it must be there now";
    ReferenceChanged = "reference-changed", (Patch, Often), BREAKING,
        "a reference leads to another schema, and the first is still there",
        ("as the difference of the two", "major"),
        "the type is another one";
    RequestBodyBecameOptional = "request-body-became-optional", (Patch, Often), COMPATIBLE,
        "a body may be left out",
        ("compatible", "major"),
        "an argument becomes a setter";
    RequestBodyBecameRequired = "request-body-became-required", (Patch, Often), BREAKING,
        "a body must be sent",
        ("breaking", "major"),
        "a setter becomes an argument";
    RequestBodyRemoved = "request-body-removed", (Patch, Often), BREAKING,
        "a body is not taken any more",
        ("breaking", "major"),
        "the argument or setter is gone";
    RequiredParameterAdded = "required-parameter-added", (Patch, Often), BREAKING,
        "a parameter must be given",
        ("breaking", "major"),
        "a method takes one argument more";
    RequiredPropertyAdded = "required-property-added", (Patch, Often), TIGHTENED,
        "a property must be there",
        ("request: breaking, response: compatible", "major; minor for a constant, for `default: null`, and in responses if it has a default or null is allowed"),
        "the constructor takes one argument more";
    RequiredRequestBodyAdded = "required-request-body-added", (Patch, Often), BREAKING,
        "a body must be sent",
        ("breaking", "major"),
        "a method takes one argument more";
    ReservedAllowed = "reserved-allowed", (Patch, Never), RISKY,
        "`allowReserved`: characters of a query are not escaped",
        ("risky", "patch"),
        "most servers read both";
    ReservedForbidden = "reserved-forbidden", (Patch, Never), RISKY,
        "`allowReserved`: characters of a query are escaped",
        ("risky", "patch"),
        "most servers read both";
    RustNameChanged = "rust-name-changed", (None, Often), NONE,
        "`x-rust-*`: something is called otherwise in Rust",
        ("none", "major"),
        "callers write the name";
    SchemaAdded = "schema-added", (None, Often), NONE,
        "a schema is new",
        ("none: its uses are what matters", "minor"),
        "a type is new";
    SchemaMoved = "schema-moved", (None, Often), NONE,
        "an inline schema becomes a component, or the other way round",
        ("none", "major where the type has another name; else it is not reported"),
        "an inline schema is named after where it stands";
    SchemaRemoved = "schema-removed", (None, Often), NONE,
        "a schema is gone",
        ("none: its uses are what matters", "major"),
        "a type is gone";
    SchemaRenamed = "schema-renamed", (None, Often), NONE,
        "a schema is called something else",
        ("none", "major"),
        "the type has another name";
    SchemaSet = "schema-set", (Patch, Often), TIGHTENED,
        "a body has a schema now, where it had none",
        ("request: breaking, response: compatible", "major"),
        "the type is another one";
    SchemaUnset = "schema-unset", (Patch, Often), LOOSENED,
        "a body has no schema any more",
        ("request: compatible, response: breaking", "major"),
        "the type is another one";
    SecretAdded = "secret-added", (Patch, Often), NONE,
        "`x-secret`: a value must not be printed",
        ("none", "major"),
        "the type is `Secret`";
    SecretRemoved = "secret-removed", (Patch, Often), NONE,
        "`x-secret`: a value may be printed",
        ("none", "major"),
        "the type is `String`";
    SecurityChanged = "security-changed", (Patch, Seldom), BREAKING,
        "other credentials are required",
        ("breaking; none where no operation leaves it to the document", "patch"),
        "the old ones are refused";
    SecurityLoosened = "security-loosened", (Patch, Seldom), COMPATIBLE,
        "more kinds of credentials, or fewer, will do",
        ("compatible", "patch"),
        "the old ones are still taken";
    SecuritySchemeAdded = "security-scheme-added", (None, Often), NONE,
        "a kind of credential is described",
        ("none: its uses are what matters", "minor where a client can show it"),
        "the builder has a method more";
    SecuritySchemeChanged = "security-scheme-changed", (Patch, Often), BREAKING,
        "a credential is shown in another way",
        ("breaking", "patch; by its items where a client cannot show it"),
        "the server does not find it where it was";
    SecuritySchemeRemoved = "security-scheme-removed", (None, Often), NONE,
        "a kind of credential is not described any more",
        ("none: its uses are what matters", "major where a client could show it"),
        "a method of the builder is gone";
    SecuritySchemeRenamed = "security-scheme-renamed", (None, Often), NONE,
        "a kind of credential is called something else",
        ("none", "major"),
        "a method of the builder is called something else";
    SecurityTightened = "security-tightened", (Patch, Seldom), BREAKING,
        "more credentials are required",
        ("breaking", "patch"),
        "who shows what was enough is refused";
    ServerAdded = "server-added", (Patch, Never), COMPATIBLE,
        "there is another server",
        ("compatible", "patch"),
        "the old ones are still there";
    ServerChanged = "server-changed", (Patch, Never), RISKY,
        "a server has another address, or another one comes first",
        ("risky", "patch"),
        "clients go to the first one";
    ServerRemoved = "server-removed", (Patch, Never), RISKY,
        "a server is gone",
        ("risky", "patch"),
        "clients go to the first one";
    SuccessResponseAdded = "success-response-added", (Patch, Often), COMPATIBLE,
        "another success is possible",
        ("compatible; risky beside others", "patch; major where what a call gives is another type"),
        "a client decodes each success as the first one";
    SuccessResponseRemoved = "success-response-removed", (Patch, Often), BREAKING,
        "a success is not possible any more",
        ("breaking", "patch; major where what a call gives is another type"),
        "who waits for it gets something else";
    TagChanged = "tag-changed", (None, Never), NONE,
        "a tag of the document changes",
        ("none", "none"),
        "tags are named by the operations";
    TypeChanged = "type-changed", (Patch, Often), BREAKING,
        "values are of another type",
        ("breaking", "major"),
        "the type is another one";
    TypeImplied = "type-implied", (None, Never), NONE,
        "`type` is said, or not said any more, where other keywords imply it",
        ("none", "none"),
        "readers take it for the same";
    TypeNarrowed = "type-narrowed", (Patch, Often), TIGHTENED,
        "values are of fewer types",
        ("request: breaking, response: compatible", "major"),
        "the type is another one";
    TypeRenamed = "type-renamed", (None, Often), NONE,
        "a type has another name, since its inline schema is written elsewhere",
        ("none", "major"),
        "an inline schema is named after where it stands";
    TypeWidened = "type-widened", (Patch, Often), LOOSENED,
        "values are of more types",
        ("request: compatible, response: breaking", "major"),
        "the type is another one";
    UnionAdded = "union-added", (Patch, Often), LOOSENED,
        "one of several schemas will do, where there was one",
        ("request: compatible if the old one is among them, response: breaking", "major"),
        "the type is an enum now";
    UnionExclusivenessChanged = "union-exclusiveness-changed", (Patch, Seldom), RISKY,
        "`oneOf` becomes `anyOf`, or the other way round",
        ("risky", "patch"),
        "it matters only for values that fit several variants, and a client takes the first";
    UnionOrderChanged = "union-order-changed", (Patch, Seldom), NONE,
        "variants are listed in another order",
        ("none", "patch"),
        "an untagged union takes the first variant that fits, the more specific ones first";
    UnionRemoved = "union-removed", (Patch, Often), TIGHTENED,
        "one schema will do, where there were several",
        ("request: breaking, response: compatible if it is one of them", "major"),
        "the type is no enum any more";
    UnionVariantAdded = "union-variant-added", (Patch, Often), COMPATIBLE,
        "a variant is new",
        ("compatible", "minor"),
        "a union has a catch-all, and is `#[non_exhaustive]`; shared accessors may go, which is major";
    UnionVariantRemoved = "union-variant-removed", (Patch, Often), TIGHTENED,
        "a variant is gone",
        ("request: breaking, response: compatible", "major"),
        "the variant is gone";
    UniqueItemsNoLongerRequired = "unique-items-no-longer-required", (Patch, Seldom), LOOSENED,
        "elements of an array may be equal",
        ("request: compatible, response: breaking", "patch; major for the last check of a type"),
        "`validate()` checks it";
    UniqueItemsRequired = "unique-items-required", (Patch, Seldom), TIGHTENED,
        "elements of an array must differ",
        ("request: breaking, response: compatible", "patch; minor for the first check of a type"),
        "`validate()` checks it";
    UnknownConstruct = "unknown-construct", (Patch, Seldom), RISKY,
        "something changes that no rule knows",
        ("risky; none where nothing uses it", "patch; more if its items say so"),
        "fails until someone has looked";
    UnknownEffect = "unknown-effect", (None, Often), NONE,
        "the crate changes, and no change of the document explains why",
        ("none", "by its items"),
        "fails until someone has looked";
    UnusedComponentChanged = "unused-component-changed", (None, Never), NONE,
        "a shared part that nothing refers to changes",
        ("none", "none"),
        "nothing is made of it";
    VariantTagsChanged = "variant-tags-changed", (Patch, Often), BREAKING,
        "another tag selects a variant",
        ("breaking; compatible where the old ones still do", "major where the tag names the variant, else patch"),
        "decoders look for the tag";
    VendorExtensionChanged = "vendor-extension-changed", (None, Never), NONE,
        "an extension changes that is not ours",
        ("none", "none"),
        "by OpenAPI, extensions change no meaning";
    WriteOnlyAdded = "write-only-added", (Patch, Often), by_direction(WireImpact::None, Breaking),
        "responses do not have a property any more",
        ("request: none, response: breaking", "patch; major where the field becomes an `Option`"),
        "who reads it misses it";
    WriteOnlyRemoved = "write-only-removed", (Patch, Often), COMPATIBLE,
        "responses may have a property",
        ("compatible", "patch; major where the field was an `Option`"),
        "what is new is kept";
    XmlChanged = "xml-changed", (None, Never), RISKY,
        "how values are written in XML changes",
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
    fn describes_each_wire_verdict_as_it_is() {
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
