//! Markdown as rustdoc reads it: the parser, and the facts about its events that writing and wrapping share.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd};

/// An event of the parser, with its bytes in the text.
pub type LocatedEvent<'a> = (Event<'a>, Range<usize>);

/// Returns the extensions that rustdoc enables, except smart punctuation: that replaces characters and changes no
/// structure.
fn options() -> Options {
    Options::ENABLE_TABLES
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_TASKLISTS)
}

/// Parses `CommonMark`. Brackets without a definition are text.
pub fn parse(text: &str) -> Vec<LocatedEvent<'_>> {
    Parser::new_ext(text, options()).into_offset_iter().collect()
}

/// Parses as rustdoc does: brackets without a definition are links to items.
pub fn parse_with_item_links(text: &str) -> Vec<LocatedEvent<'_>> {
    let resolve = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), CowStr::Borrowed("")));
    Parser::new_with_broken_link_callback(text, options(), Some(resolve)).into_offset_iter().collect()
}

/// Removes the characters that are not [printable](is_printable).
pub fn printable(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|letter| is_printable(*letter)).collect()
}

/// Returns whether text may contain a character as it is. rustc and clippy refuse control characters, and invisible
/// characters that change the direction of text.
pub fn is_printable(letter: char) -> bool {
    match letter {
        '\n' | '\t' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        _ => !letter.is_control(),
    }
}

/// Returns any text as a code span.
pub fn code(text: &str) -> String {
    let text = printable(text).replace(['\n', '\t'], " ");
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    // Spaces alone are not a span.
    let text = if text.trim().is_empty() { "\u{2423}" } else { &*text };
    // A space at each end is dropped, and keeps the marks apart.
    let pad = if text.contains('`') || (text.starts_with(' ') && text.ends_with(' ')) { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// Returns the lines of a fenced code block.
pub fn fence(mark: char, language: &str, content: &str) -> Vec<String> {
    let marks = String::from(mark).repeat((longest_run(content, mark) + 1).max(3));
    let content = content.trim_matches('\n').trim_end().lines().map(|line| line.trim_end().replace('\t', "    "));
    std::iter::once(format!("{marks}{language}")).chain(content).chain([marks.clone()]).collect()
}

/// Returns the length of the longest run of a mark.
fn longest_run(text: &str, mark: char) -> usize {
    text.split(|letter| letter != mark).map(str::len).max().unwrap_or_default()
}

/// Returns whether an event belongs to the content of a paragraph, heading or table cell.
pub fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => is_inline_end(tag.to_end()),
        Event::End(tag) => is_inline_end(*tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Returns whether a word at the start of a line may begin a block, or turn the line before into a heading or table.
pub fn starts_block(word: &str) -> bool {
    let all = |marks: &str| !word.is_empty() && word.chars().all(|letter| marks.contains(letter));
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    word.starts_with('>')
        || word.starts_with("~~~")
        || word == "+"
        || ["#", "*", "_", "=", "-:|"].into_iter().any(all)
        || (digits > 0 && matches!(&word[digits..], "." | ")"))
}

/// Words that are attributes of a code block instead of a language, without their separators.
const BLOCK_ATTRIBUTES: [&str; 6] = ["compilefail", "custom", "norun", "shouldpanic", "standalonecrate", "testharness"];

/// Returns whether rustdoc compiles a code block with this language, or reports it as a misspelled attribute.
pub fn is_rust(language: &str) -> bool {
    let language: String = language.chars().filter(char::is_ascii_alphanumeric).collect();
    let language = language.to_ascii_lowercase();
    let numbered = |prefix: &str| {
        let number = language.strip_prefix(prefix);
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    language.is_empty()
        || BLOCK_ATTRIBUTES.contains(&&*language)
        || language.starts_with("ignore")
        || ["rust", "edition", "e"].into_iter().any(numbered)
}

/// Returns whether a link leads to the web or to a mailbox. rustdoc takes any other link for a path to an item or a
/// file.
pub fn is_address(destination: &str) -> bool {
    // rustdoc takes an address without a slash or a dot for the path of an item.
    is_web_address(destination)
        || destination.strip_prefix("mailto:").is_some_and(|mailbox| mailbox.contains('.') && is_one_word(mailbox))
}

/// Returns whether a text is a whole web address.
pub fn is_web_address(text: &str) -> bool {
    let host = ["http://", "https://"].into_iter().find_map(|scheme| text.strip_prefix(scheme));
    host.is_some_and(|host| !host.is_empty() && is_one_word(host))
}

fn is_one_word(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "<>".contains(letter))
}

/// Returns the events of a text as a reader sees them. Adjacent texts are one event, soft breaks are spaces, and white
/// space is collapsed.
pub fn rendering(text: &str) -> Vec<Event<'static>> {
    let mut rendering: Vec<Event<'static>> = Vec::new();
    let mut run = String::new();
    for (event, _) in parse_with_item_links(text) {
        match event {
            Event::Text(text) => run.push_str(&text),
            Event::SoftBreak => run.push(' '),
            event => {
                rendering.extend(collapsed(&mut run));
                rendering.push(match event {
                    Event::Code(code) => Event::Code(code.split_whitespace().collect::<Vec<_>>().join(" ").into()),
                    event => event.into_static(),
                });
            }
        }
    }
    rendering.extend(collapsed(&mut run));
    rendering
}

fn collapsed(run: &mut String) -> Option<Event<'static>> {
    let run = std::mem::take(run);
    if run.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(run.len());
    for letter in run.chars() {
        if !letter.is_whitespace() {
            text.push(letter);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
    Some(Event::Text(text.into()))
}

/// Returns the text that a reader sees, without markup and with white space collapsed. HTML counts as text, and so does
/// the address of a link or image that has no text.
pub fn visible(events: &[LocatedEvent<'_>]) -> String {
    let mut text = String::new();
    // The start and the address of each open link, if it leads to one. A link within another is only text.
    let mut links: Vec<Option<(usize, &str)>> = Vec::new();
    let mut is_in_link = false;
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part) => text.push_str(part),
            Event::FootnoteReference(label) => text.extend(["[^", label, "]"]),
            Event::Start(Tag::FootnoteDefinition(label)) => text.extend([" [^", label, "]: "]),
            Event::TaskListMarker(done) => text.push_str(if *done { "[x] " } else { "[ ] " }),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let link = (is_address(dest_url) && !is_in_link).then(|| (text.len(), &**dest_url));
                is_in_link |= link.is_some();
                links.push(link);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((start, address)) = links.pop().flatten() {
                    is_in_link = false;
                    if text[start..].trim().is_empty() && is_web_address(address) {
                        text.truncate(start);
                        text.push_str(address);
                    }
                }
            }
            event if is_inline(event) && !matches!(event, Event::SoftBreak | Event::HardBreak) => {}
            _ => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
