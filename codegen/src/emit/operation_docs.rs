//! The documentation of operations, and of the setters of their parameters.

use super::call_signature::Argument;
use super::context::Context;
use super::item_docs::sets;
use super::{constraint_docs, default_docs, docs};
use crate::ir::{Operation, Type};

/// Returns the documentation of an operation. Its summary is left out if the description begins with the same verb:
/// "Create a session", "Creates a session in which…".
pub fn operation_docs(operation: &Operation) -> String {
    let (summary, description) = (operation.docs.title.as_deref(), operation.docs.description.as_deref());
    let summary = summary.filter(|summary| !description.is_some_and(|text| begins_alike(summary, text)));
    let [summary, description] = [summary, description].map(|text| text.map(docs::prose).unwrap_or_default());
    let text = docs::paragraphs([&*summary, &description]);
    if text.is_empty() { "A call of the API.".to_owned() } else { text }
}

/// Returns whether a description begins with the verb of a summary in the third person, or with the summary itself.
fn begins_alike(summary: &str, description: &str) -> bool {
    let first_word = |text: &str| text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let (verb, word) = (first_word(summary), first_word(description));
    // "A" is no verb, although "as" looks like its third person.
    let is_verb = verb.len() > 1;
    let third_person = match verb.strip_suffix('y') {
        Some(stem) if word == format!("{stem}ies") => true,
        _ => word.strip_prefix(&*verb).is_some_and(|ending| ["s", "es"].contains(&ending)),
    };
    let summary = summary.trim().trim_end_matches('.');
    (is_verb && third_person) || (!summary.is_empty() && description.trim_start().starts_with(summary))
}

/// Returns the documentation of the setter of an optional parameter. No field repeats it, so it is complete.
pub fn setter_docs(context: &Context<'_>, argument: &Argument<'_>) -> String {
    let Argument { parameter, schema } = argument;
    let own = parameter.docs.description.as_deref().map(docs::prose).unwrap_or_default();
    let of_type = match schema.ty {
        Type::Named(id) => context.prose(id).summary.as_deref().unwrap_or_default(),
        _ => "",
    };
    let text = if own.is_empty() { of_type } else { &own };
    let text = match docs::first_paragraph(text) {
        Some(_) => sets(&parameter.rust_name, Some(text)),
        None => docs::paragraphs([&*sets(&parameter.rust_name, None), text]),
    };
    let mut facts = constraint_docs::describe(&schema.ty);
    facts.extend(default_docs::unless_stated(parameter.default.as_ref(), &text, default_docs::omitted));
    docs::paragraphs([&*text, &facts.join(" ")])
}

#[cfg(test)]
mod tests {
    use super::begins_alike;

    #[test]
    fn finds_a_description_that_repeats_the_verb_of_its_summary() {
        for (summary, description) in [
            ("Create a session", "Creates a session in which one user can chat."),
            ("Fetch a pet", "Fetches it."),
            ("Retry a job", "Retries it once."),
            ("A pet.", "A pet. It may be one of several."),
            ("Delete pet", "Delete pet by its id"),
        ] {
            assert!(begins_alike(summary, description), "{description}");
        }
    }

    #[test]
    fn keeps_a_summary_that_the_description_does_not_repeat() {
        for (summary, description) in [
            ("Create a session", "Needs the scope `write`."),
            ("Create a session", "Create sessions sparingly."),
            ("A pet", "As a rule, ids are numbers."),
            ("List pets", ""),
            ("", "s"),
            ("The pets", "The token needs a scope."),
        ] {
            assert!(!begins_alike(summary, description), "{description}");
        }
    }
}
