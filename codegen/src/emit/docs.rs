//! From a document's prose to rustdoc that builds without a warning.
//!
//! Descriptions are `CommonMark`, as rustdoc's are, but rustdoc reads more into it: brackets are links to
//! items, fences and indented blocks are programs to run, angle brackets are HTML.

use proc_macro2::TokenStream;
use quote::quote;

/// Doc attributes of an item.
pub fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#[doc = #lines])* }
}

/// Doc attributes of a module or crate.
pub fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#![doc = #lines])* }
}

/// A `doc(alias)`, where the name is one that rustdoc takes and says something new.
pub fn alias(wire: &str, rust: &str) -> Option<TokenStream> {
    let fits = wire.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:/".contains(&byte));
    (fits && !wire.is_empty() && wire != rust).then(|| quote! { #[doc(alias = #wire)] })
}

/// Paragraphs, those that are empty left out.
pub fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}

/// Prose of the document, made safe for rustdoc.
pub fn prose(text: &str) -> String {
    let mut safe = Vec::new();
    let mut fenced = false;
    let mut after_blank = true;
    for line in text.trim().lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            // A fence without a language would be a doctest.
            let opens_bare = !fenced && bare.trim_start_matches(['`', '~']).is_empty();
            safe.push(if opens_bare { format!("{line}text") } else { line.to_owned() });
            fenced = !fenced;
        } else if fenced {
            safe.push(line.to_owned());
        } else {
            // Four spaces after a blank line would be a doctest too.
            let indented = line.len() - bare.len() >= 4 && after_blank;
            safe.push(inline(if indented { bare } else { line }));
        }
        after_blank = bare.is_empty();
    }
    if fenced {
        safe.push("```".to_owned());
    }
    safe.join("\n")
}

/// Escapes what rustdoc reads more into, outside of code spans.
fn inline(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(position) = rest.find(['`', '<', '[', 'h', '\\']) {
        let (before, from) = rest.split_at(position);
        safe.push_str(before);
        let taken = special(from, &mut safe);
        rest = &from[taken..];
    }
    safe.push_str(rest);
    safe
}

/// Writes what starts with a special character, and says how much of the text that was.
fn special(from: &str, safe: &mut String) -> usize {
    let taken = match from.as_bytes()[0] {
        b'`' => code_span(from),
        b'[' => link(from),
        b'\\' => from.chars().take(2).map(char::len_utf8).sum(),
        b'h' => {
            let address = address(from);
            if address > 0 {
                safe.push('<');
                safe.push_str(&from[..address]);
                safe.push('>');
                return address;
            }
            1
        }
        b'<' if address(&from[1..]) > 0 && from[1 + address(&from[1..])..].starts_with('>') => address(&from[1..]) + 2,
        _ => 0,
    };
    if taken == 0 {
        safe.push('\\');
        safe.push_str(&from[..1]);
        return 1;
    }
    safe.push_str(&from[..taken]);
    taken
}

/// The length of a code span; zero where it is never closed.
fn code_span(from: &str) -> usize {
    let ticks = from.bytes().take_while(|byte| *byte == b'`').count();
    from[ticks..].find(&from[..ticks]).map_or(0, |end| end + 2 * ticks)
}

/// The length of an inline link to an address; zero where it is none.
fn link(from: &str) -> usize {
    let Some(middle) = from.find("](") else { return 0 };
    let target = &from[middle + 2..];
    let text = &from[1..middle];
    match target.find(')') {
        Some(end) if address(target) > 0 && !text.contains(['[', '`', '<']) => middle + 2 + end + 1,
        _ => 0,
    }
}

/// The length of a web address; zero where there is none.
fn address(from: &str) -> usize {
    if !from.starts_with("http://") && !from.starts_with("https://") {
        return 0;
    }
    let end = from.find(|character: char| character.is_whitespace() || "<>\"`)]|".contains(character));
    let address = &from[..end.unwrap_or(from.len())];
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']).len()
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn what_rustdoc_would_read_more_into_is_escaped() {
        let cases = [
            ("plain `code [x] <y>` text", "plain `code [x] <y>` text"),
            ("a [thing] of <b>", "a \\[thing] of \\<b>"),
            ("see https://example.com/a.", "see <https://example.com/a>."),
            ("see <https://example.com/a>.", "see <https://example.com/a>."),
            ("a [link](https://example.com) here", "a [link](https://example.com) here"),
            ("an [anchor](#there)", "an \\[anchor](#there)"),
            ("an open ` tick", "an open \\` tick"),
            ("escaped \\[x]", "escaped \\[x]"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn no_block_becomes_a_doctest() {
        assert_eq!(prose("Like:\n\n    let x = 1;"), "Like:\n\nlet x = 1;");
        assert_eq!(prose("```\nx\n```\nafter"), "```text\nx\n```\nafter");
        assert_eq!(prose("```json\n{}"), "```json\n{}\n```");
    }
}
