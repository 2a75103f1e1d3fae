//! Rustdoc that builds without a warning, made of a document's prose.
//!
//! Descriptions are `CommonMark`, as rustdoc's are, but rustdoc gives more a meaning: brackets are links to items, fences
//! and indented blocks are doctests, angle brackets are HTML.

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

/// A `doc(alias)`, if rustdoc accepts the name and it differs from the Rust name.
pub fn alias(wire: &str, rust: &str) -> Option<TokenStream> {
    let fits = wire.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-:/".contains(&byte));
    (fits && !wire.is_empty() && wire != rust).then(|| quote! { #[doc(alias = #wire)] })
}

/// Joins paragraphs, and leaves out empty ones.
pub fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The first paragraph of prose that [`prose`] has made safe.
pub fn first_paragraph(text: &str) -> String {
    // Closes a fence that the paragraph opens.
    prose(text.split("\n\n").next().unwrap_or_default())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") }).collect()
}

/// Any text as a code span.
pub fn code(text: &str) -> String {
    let text = plain(text).replace('\n', " ");
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    // Spaces alone are not a span.
    let text = if text.trim().is_empty() { "\u{2423}" } else { &*text };
    if longest > 0 { format!("{ticks} {text} {ticks}") } else { format!("`{text}`") }
}

/// Text without the characters that rustc and clippy refuse in a comment: carriage returns within a line, tabs, and
/// invisible characters that change the direction of text.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\r' | '\n' => plain.push('\n'),
            '\t' => plain.push_str("    "),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if character.is_control() => {}
            _ => plain.push(character),
        }
    }
    plain
}

/// Makes prose of the document safe for rustdoc.
pub fn prose(text: &str) -> String {
    let mut safe = Vec::new();
    let mut fence: Option<Fence> = None;
    let (mut in_paragraph, mut in_list) = (false, false);
    for line in plain(text).trim().lines() {
        let line = line.trim_end();
        let (markers, inner) = line.split_at(containers(line));
        let bare = inner.trim_start();
        if let Some(open) = fence.take_if(|open| open.ends_before(line)) {
            safe.push(open.closing());
        }
        if let Some(open) = &fence {
            let closed = open.is_closed_by(line);
            safe.push(line.to_owned());
            fence = fence.filter(|_| !closed);
            in_paragraph = false;
        } else if let Some((open, language)) = Fence::opened_by(line, bare, in_list) {
            // A fence without a language, or with that of Rust, would be a doctest.
            let indent = &line[..open.column];
            safe.push(format!("{indent}{}{language}", open.marks()));
            in_list |= open.listed;
            fence = Some(open);
        } else {
            safe.push(text_line(line, in_paragraph, in_list));
            in_paragraph = !bare.is_empty() && !ends_paragraph(bare);
            let is_item = markers.contains(|mark: char| mark != '>' && mark != ' ');
            in_list = is_item || (in_list && (bare.is_empty() || line.starts_with(' ')));
        }
    }
    safe.extend(fence.map(|open| open.closing()));
    safe.join("\n")
}

/// A line outside of fences. Four spaces would make it a doctest too, except within a paragraph.
fn text_line(line: &str, in_paragraph: bool, in_list: bool) -> String {
    let (markers, inner) = line.split_at(containers(line));
    let bare = inner.trim_start();
    let indented = |text: &str| text.len() - text.trim_start().len() >= 4;
    if markers.is_empty() {
        // Three keep it in its list.
        let indent = if in_list { "   " } else { "" };
        return if indented(line) && !in_paragraph { format!("{indent}{}", inline(bare)) } else { inline(line) };
    }
    let markers = if indented(line) && !in_list && !in_paragraph { markers.trim_start() } else { markers };
    if indented(inner) {
        format!("{} {}", markers.trim_end(), inline(bare))
    } else {
        format!("{markers}{}", inline(inner))
    }
}

/// Whether indented text after a line is code: the line is a heading or a rule.
fn ends_paragraph(bare: &str) -> bool {
    bare.starts_with('#') || bare.chars().all(|character| "-*_= ".contains(character))
}

/// The length of the marks of quotes and list items at the start of a line.
fn containers(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let bare = rest.trim_start();
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let mark = match bare.as_bytes().get(digits) {
            Some(b'>') if digits == 0 => 1,
            Some(b'-' | b'*' | b'+') if digits == 0 && bare[1..].starts_with(' ') => 2,
            Some(b'.' | b')') if (1..10).contains(&digits) && bare[digits + 1..].starts_with(' ') => digits + 2,
            _ => return length,
        };
        length += rest.len() - bare.len() + mark;
    }
}

/// A code block between fences.
struct Fence {
    mark: char,
    length: usize,
    /// The column where it starts, behind the marks of quotes and lists.
    column: usize,
    /// Whether it is within a quote.
    quoted: bool,
    /// Whether it starts in the line of a list item's mark.
    listed: bool,
}

impl Fence {
    /// The fence that a line opens, and the language to give it.
    fn opened_by(line: &str, bare: &str, in_list: bool) -> Option<(Self, String)> {
        let mark = bare.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = bare.trim_start_matches(mark);
        let length = bare.len() - info.len();
        if length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let markers = &line[..containers(line)];
        let indent = line.len() - bare.len();
        // Four spaces make a fence part of a block of code, except within a list.
        let column = if indent >= 4 && markers.is_empty() && !in_list { 0 } else { indent };
        let listed = markers.contains(|mark: char| mark != '>' && mark != ' ');
        let fence = Self { mark, length, column, quoted: markers.contains('>'), listed };
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '+' | '-');
        let language = info.trim_start().split(|letter: char| !is_word(letter)).next().unwrap_or_default();
        Some((fence, if is_rust(language) { "text".to_owned() } else { language.to_owned() }))
    }

    /// Whether its quote or list item is over before a line.
    fn ends_before(&self, line: &str) -> bool {
        let bare = line.trim_start();
        (self.quoted && !bare.starts_with('>'))
            || (self.listed && !bare.is_empty() && line.len() - bare.len() < self.column)
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let inner = if self.quoted { line.trim_start_matches(['>', ' ']) } else { line.trim_start() };
        inner.len() >= self.length && inner.chars().all(|letter| letter == self.mark)
    }

    fn marks(&self) -> String {
        String::from(self.mark).repeat(self.length)
    }

    /// The line that closes it, if it is not closed.
    fn closing(&self) -> String {
        let quote = if self.quoted { "> " } else { "" };
        format!("{quote}{}{}", " ".repeat(self.column - quote.len().min(self.column)), self.marks())
    }
}

/// Whether rustdoc takes a language for Rust. It knows a few words that are not languages.
fn is_rust(language: &str) -> bool {
    const WORDS: [&str; 8] =
        ["", "rust", "ignore", "no_run", "should_panic", "compile_fail", "test_harness", "standalone_crate"];
    let numbered = |prefix: &str| {
        let number = language.strip_prefix(prefix);
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let rest = language.split('-').next().unwrap_or_default();
    WORDS.contains(&language) || rest == "ignore" || numbered("edition") || numbered("E")
}

/// Escapes the markup that rustdoc interprets, outside of code spans.
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

/// Writes the markup that starts with a special character, and returns its length.
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

/// The length of a code span; zero if it is never closed.
fn code_span(from: &str) -> usize {
    let run = |from: &str| from.bytes().take_while(|byte| *byte == b'`').count();
    let ticks = run(from);
    let mut end = ticks;
    while let Some(next) = from[end..].find('`') {
        let closing = run(&from[end + next..]);
        end += next + closing;
        if closing == ticks {
            return end;
        }
    }
    0
}

/// The length of an inline link to an address; zero if it is not one.
fn link(from: &str) -> usize {
    let Some(middle) = from.find("](") else { return 0 };
    let target = &from[middle + 2..];
    let text = &from[1..middle];
    let Some(end) = target.find(')') else { return 0 };
    let (place, title) = target[..end].split_once(' ').unwrap_or((&target[..end], ""));
    let is_title = title.is_empty() || (title.len() > 1 && title.starts_with('"') && title.ends_with('"'));
    let is_link = address(target) > 0 && !place.contains(['<', '>']) && is_title;
    if is_link && !text.contains(['[', ']', '`', '<', '\\']) { middle + 2 + end + 1 } else { 0 }
}

/// The length of a web address; zero if there is none.
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
    fn escapes_markup_that_rustdoc_interprets() {
        let cases = [
            ("plain `code [x] <y>` text", "plain `code [x] <y>` text"),
            ("a [thing] of <b>", "a \\[thing] of \\<b>"),
            ("see https://example.com/a.", "see <https://example.com/a>."),
            ("see <https://example.com/a>.", "see <https://example.com/a>."),
            ("a [link](https://example.com) here", "a [link](https://example.com) here"),
            ("an [anchor](#there)", "an \\[anchor](#there)"),
            ("an open ` tick", "an open \\` tick"),
            ("``a ` [b]`` [c]", "``a ` [b]`` \\[c]"),
            ("```x``` [y]", "```x``` \\[y]"),
            ("[a] to ](http://b.c)", "\\[a] to ](<http://b.c>)"),
            ("[a](http://b.c d e)", "\\[a](<http://b.c> d e)"),
            ("[a](http://b.c \"d\")", "[a](http://b.c \"d\")"),
            ("a\tb\rc\u{202e}d\u{7}", "a    b\ncd"),
            ("escaped \\[x]", "escaped \\[x]"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn turns_no_block_into_a_doctest() {
        assert_eq!(prose("Like:\n\n    let x = 1;"), "Like:\n\nlet x = 1;");
        assert_eq!(prose("```\nx\n```\nafter"), "```text\nx\n```\nafter");
        assert_eq!(prose("```json\n{}"), "```json\n{}\n```");
        assert_eq!(prose("```rust\nx\n```"), "```text\nx\n```");
        assert_eq!(prose("~~~yaml title=\"x\"\n```\n~~~"), "~~~yaml\n```\n~~~");
        assert_eq!(prose("````\n```\n````\n[x]"), "````text\n```\n````\n\\[x]");
        assert_eq!(prose("> ```\n> x\n\n[y]"), "> ```text\n> x\n> ```\n\n\\[y]");
        assert_eq!(prose("- ```\n  x\n[y]"), "- ```text\n  x\n  ```\n\\[y]");
        assert_eq!(prose("a\n\n    ```\n    x\n    ```"), "a\n\n```text\n    x\n    ```");
        assert_eq!(prose("1. a\n\n    ```\n    x\n    ```"), "1. a\n\n    ```text\n    x\n    ```");
        assert_eq!(prose("# A\n    let x;\n    y"), "# A\nlet x;\n    y");
        assert_eq!(prose("- a\n\n        x y\n\n    - b\n\nc\n\n    - d"), "- a\n\n   x y\n\n    - b\n\nc\n\n- d");
        assert_eq!(prose(">     let x;\n\n1.     y"), "> let x;\n\n1. y");
    }

    #[test]
    fn makes_a_code_span_of_any_text() {
        for (text, expected) in [("a", "`a`"), ("a`b", "`` a`b ``"), ("`` a", "``` `` a ```"), ("a\nb", "`a b`")] {
            assert_eq!(super::code(text), expected);
        }
    }
}
