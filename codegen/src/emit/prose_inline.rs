//! Writes the content of paragraphs, headings and table cells anew.

use std::iter::Peekable;
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::markdown::{LocatedEvent, code, is_address, is_inline, is_web_address};

/// The events of a text that are not written yet.
pub type Events<'a> = Peekable<IntoIter<LocatedEvent<'a>>>;

/// Which marks of a text get a backslash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escapes {
    /// Those that rustdoc gives a meaning.
    Needed,
    /// Every mark that may have a meaning.
    All,
}

/// The place of inline content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InlinePlace {
    /// On lines of its own.
    Paragraph,
    /// On one line.
    Heading,
    /// On one line, between pipes.
    Cell,
}

/// Writes the inline content that comes next, up to the next event of a block.
pub fn inline(source: &str, events: &mut Events<'_>, place: InlinePlace, escapes: Escapes) -> String {
    let mut writer = InlineWriter::new(source, place, escapes);
    while let Some((event, range)) = events.next_if(|(event, _)| is_inline(event)) {
        writer.event(event, range, events);
    }
    writer.out
}

/// Returns text with every mark escaped.
pub fn literal(text: &str) -> String {
    let mut writer = InlineWriter::new("", InlinePlace::Paragraph, Escapes::All);
    writer.literal(text);
    writer.out
}

/// The text of an event.
struct TextPiece<'t> {
    text: CowStr<'t>,
    /// The character reference that the source has for it, such as `&amp;`.
    reference: Option<&'t str>,
    /// Whether the source has a backslash before it.
    escaped: bool,
}

/// An open link or image.
struct OpenLink {
    /// Its start in the output.
    start: usize,
    /// The address that it leads to; `None` if only its text is written.
    address: Option<String>,
}

struct InlineWriter<'s> {
    source: &'s str,
    place: InlinePlace,
    escapes: Escapes,
    out: String,
    /// The end of the last event in the source.
    end: usize,
    links: Vec<OpenLink>,
    /// Whether one of the links leads to an address. No other is written within it.
    is_in_link: bool,
}

impl<'s> InlineWriter<'s> {
    fn new(source: &'s str, place: InlinePlace, escapes: Escapes) -> Self {
        Self { source, place, escapes, out: String::new(), end: 0, links: Vec::new(), is_in_link: false }
    }

    fn event<'a>(&mut self, event: Event<'a>, range: Range<usize>, events: &mut Events<'a>) {
        let mut end = range.end;
        match event {
            Event::Text(text) => end = self.texts(text, range, events),
            Event::Code(text) => self.code(&text, range),
            Event::InlineHtml(html) => self.literal(&html),
            Event::SoftBreak => self.line_break(""),
            Event::HardBreak => self.line_break("\\"),
            Event::FootnoteReference(label) => self.literal(&format!("[^{label}]")),
            // Not as a box: clippy wants another indentation after it, and rustdoc's parser looks for a block there.
            Event::TaskListMarker(done) => self.literal(if done { "[x] " } else { "[ ] " }),
            Event::Start(Tag::Link { link_type: link_type @ (LinkType::Autolink | LinkType::Email), .. }) => {
                self.autolink(link_type == LinkType::Email, events);
            }
            Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                end = range.start + if matches!(tag, Tag::Image { .. }) { 2 } else { 1 };
                if let Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } = tag {
                    self.start_link(&dest_url);
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(range),
            Event::Start(tag) => {
                let marks = range.start..range.start + self.delimiter(tag.to_end(), &range);
                end = marks.end;
                self.out.push_str(&self.source[marks]);
            }
            Event::End(tag) => {
                let length = self.delimiter(tag, &range);
                self.out.push_str(&self.source[range.end - length..range.end]);
            }
            _ => {}
        }
        self.end = end;
    }

    /// Returns the length of the marks at both ends of emphasis.
    fn delimiter(&self, tag: TagEnd, range: &Range<usize>) -> usize {
        match tag {
            TagEnd::Strong => 2,
            TagEnd::Strikethrough if self.source[range.clone()].starts_with("~~") => 2,
            _ => 1,
        }
    }

    /// Writes adjacent texts, which may be parts of one address, and returns their end.
    fn texts<'a>(&mut self, first: CowStr<'a>, range: Range<usize>, events: &mut Events<'a>) -> usize {
        let source = self.source;
        let mut end = self.end;
        let mut pieces = Vec::new();
        let mut next = Some((first, range));
        while let Some((text, range)) = next {
            let written = &source[range.clone()];
            let reference = (written != &*text && written.starts_with('&')).then_some(written);
            pieces.push(TextPiece {
                text,
                reference,
                escaped: source.get(end..range.start).is_some_and(|gap| gap.ends_with('\\')),
            });
            end = range.end;
            next = match events.next_if(|(event, _)| matches!(event, Event::Text(_))) {
                Some((Event::Text(text), range)) => Some((text, range)),
                _ => None,
            };
        }
        self.text(&pieces);
        end
    }

    /// Writes text, with its web addresses as links.
    fn text(&mut self, pieces: &[TextPiece<'_>]) {
        let text: String = pieces.iter().map(|piece| &*piece.text).collect();
        let mut addresses = addresses(if self.is_in_link { "" } else { &text }).peekable();
        // The text before `at` is written.
        let (mut at, mut start) = (0, 0);
        for piece in pieces {
            let end = start + piece.text.len();
            while at < end {
                if let Some(address) = addresses.next_if(|address| address.start == at) {
                    at = address.end;
                    self.out.extend(["<", &text[address], ">"]);
                    continue;
                }
                let limit = addresses.peek().map_or(text.len(), |address| address.start);
                match piece.reference {
                    Some(reference) if at == start && limit >= end => self.out.push_str(reference),
                    _ => self.letters(&text[at..limit], limit.min(end) - at, piece.escaped && at == start),
                }
                at = limit.min(end);
            }
            start = end;
        }
    }

    /// Writes the first `length` bytes of a text. `escaped` says that the source escapes the first character.
    fn letters(&mut self, text: &str, length: usize, escaped: bool) {
        for (index, letter) in text[..length].char_indices() {
            let next = text[index + letter.len_utf8()..].chars().next();
            if (escaped && index == 0) || self.needs_escape(letter, next) {
                self.out.push('\\');
            }
            self.out.push(if letter.is_control() { ' ' } else { letter });
        }
    }

    fn needs_escape(&self, letter: char, next: Option<char>) -> bool {
        let all = self.escapes == Escapes::All;
        match letter {
            '`' | '[' => true,
            ']' => self.is_in_link,
            '|' => self.place == InlinePlace::Cell,
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            '\\' => all || !next.is_some_and(char::is_alphanumeric),
            '&' => all && next.is_some_and(|next| next == '#' || next.is_ascii_alphanumeric()),
            '*' | '_' | '~' => all,
            // A link may follow, and would be an image.
            '!' => all && next.is_none(),
            _ => false,
        }
    }

    /// Writes text with every mark escaped.
    fn literal(&mut self, text: &str) {
        let escapes = std::mem::replace(&mut self.escapes, Escapes::All);
        self.text(&[TextPiece { text: text.into(), reference: None, escaped: false }]);
        self.escapes = escapes;
    }

    fn code(&mut self, text: &str, range: Range<usize>) {
        let written = &self.source[range];
        if written.starts_with('`') && !written.contains(['\n', '\t']) {
            self.out.push_str(written);
        } else if self.place == InlinePlace::Cell {
            self.out.push_str(&code(text).replace('|', "\\|"));
        } else {
            self.out.push_str(&code(text));
        }
    }

    fn line_break(&mut self, mark: &str) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        if self.place != InlinePlace::Paragraph {
            self.out.push(' ');
        } else if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.extend([mark, "\n"]);
        }
    }

    fn autolink(&mut self, is_mailbox: bool, events: &mut Events<'_>) {
        let mut text = String::new();
        while let Some((Event::Text(part), _)) = events.next_if(|(event, _)| matches!(event, Event::Text(_))) {
            text.push_str(&part);
        }
        // The end of the link.
        events.next();
        if (is_mailbox || is_web_address(&text)) && !self.is_in_link {
            self.out.extend(["<", &text, ">"]);
        } else {
            self.literal(&text);
        }
    }

    fn start_link(&mut self, destination: &str) {
        let start = self.out.len();
        let address = (is_address(destination) && !self.is_in_link).then(|| destination.to_owned());
        if address.is_some() {
            self.is_in_link = true;
            self.out.push('[');
        }
        self.links.push(OpenLink { start, address });
    }

    fn end_link(&mut self, range: Range<usize>) {
        let Some(OpenLink { start, address: Some(address) }) = self.links.pop() else { return };
        self.is_in_link = false;
        let tail = self.source.get(self.end..range.end).unwrap_or_default();
        if self.out[start + 1..].trim().is_empty() {
            self.out.truncate(start);
            if is_web_address(&address) {
                self.out.extend(["<", &address, ">"]);
            }
        } else if tail.starts_with("](") && !tail.contains(['\n', '\t']) {
            self.out.push_str(tail);
        } else if address.contains(['(', ')', '\\', '&', '|']) {
            let escaped = address.replace('\\', "\\\\").replace('&', "\\&").replace('|', "\\|");
            self.out.extend(["](<", &escaped, ">)"]);
        } else {
            self.out.extend(["](", &address, ")"]);
        }
    }
}

/// Returns the web addresses in a text.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find("http")?;
            let length = address_length(&text[start..]);
            at = start + length.max(1);
            if length > 0 {
                return Some(start..at);
            }
        }
    })
}

/// Returns the length of the web address at the start of a text, or zero if there is none.
fn address_length(text: &str) -> usize {
    let ends = |letter: char| letter.is_whitespace() || letter.is_control() || "<>\"`)]|".contains(letter);
    let address = &text[..text.find(ends).unwrap_or(text.len())];
    // Punctuation at the end belongs to the sentence.
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    if is_web_address(address) { address.len() } else { 0 }
}
