//! The lines of a YAML text outside of block scalars.

/// A line with keys or values, which is neither blank, nor a comment, nor part of a block scalar.
pub(super) struct TextLine<'a> {
    /// Its number, counted from 1.
    pub(super) number: usize,
    /// The number of spaces at its start.
    pub(super) indent: usize,
    /// The column of its key or value after all `- `, counted from 0.
    pub(super) column: usize,
    /// The text of the value, and its column counted from 0. It may be empty.
    pub(super) value: (usize, &'a str),
    /// The indent of the block scalar that starts here: that of its first line that is not blank.
    pub(super) block: Option<usize>,
}

/// Returns the lines of a text.
pub(super) fn text_lines(text: &str) -> Vec<TextLine<'_>> {
    let mut lines: Vec<TextLine<'_>> = Vec::new();
    let mut is_in_block = false;
    for (index, line) in text.lines().enumerate() {
        let indent = indent_of(line);
        if line.trim().is_empty() {
            continue;
        }
        if let Some(last) = lines.last_mut().filter(|_| is_in_block) {
            if indent > last.column {
                last.block.get_or_insert(indent);
                continue;
            }
            is_in_block = false;
        }
        if line.trim_start().starts_with('#') {
            continue;
        }
        let line = text_line(index + 1, line);
        is_in_block = starts_block(line.value.1);
        lines.push(line);
    }
    lines
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn text_line(number: usize, line: &str) -> TextLine<'_> {
    let indent = indent_of(line);
    let mut column = indent;
    while let Some(rest) = line[column..].strip_prefix("- ") {
        column = line.len() - rest.trim_start_matches(' ').len();
    }
    let content = &line[column..];
    let after_key = content.find(": ").filter(|_| !content.starts_with(['"', '\'', '[', '{']));
    let start = match after_key {
        Some(end) => column + end + 2,
        // A key without a value on its line.
        None if content.trim_end().ends_with(':') => line.len(),
        None => column,
    };
    TextLine { number, indent, column, value: (start, &line[start..]), block: None }
}

/// Returns whether a value is the header of a block scalar, such as `|` or `>-`.
fn starts_block(value: &str) -> bool {
    let header = value.split(" #").next().unwrap_or_default().trim();
    header.starts_with(['|', '>']) && header[1..].chars().all(|character| matches!(character, '+' | '-' | '0'..='9'))
}

#[cfg(test)]
mod tests {
    use super::text_lines;

    #[test]
    fn leaves_out_comments_blank_lines_and_block_scalars() {
        let text = "a: 1\n# b\n\nc: |\n  d: [x]\n\n  # e\nf:\n  - g: >-\n      h\n    i: 'j: k'\n";
        let lines = text_lines(text);
        let shown: Vec<_> = lines.iter().map(|line| (line.number, line.column, line.value.1)).collect();
        assert_eq!(shown, [(1, 0, "1"), (4, 0, "|"), (8, 0, ""), (9, 4, ">-"), (11, 4, "'j: k'")]);
        assert_eq!(lines.iter().filter_map(|line| line.block).collect::<Vec<_>>(), [2, 6]);
    }
}
