//! The lines of a text.

/// The lines of a text. They end with the line breaks of YAML: `\n`, `\r\n` and a lone `\r`.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    ascii: bool,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, starts: starts(text), ascii: text.is_ascii() }
    }

    /// Returns a line, counted from 1, without its line break. It is empty beyond the last line.
    pub(super) fn line(&self, line: usize) -> &'t str {
        let Some(start) = self.starts.get(line.saturating_sub(1)) else {
            return "";
        };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        self.text[*start..end].trim_end_matches(['\n', '\r'])
    }

    /// Returns the number of bytes before a column, which counts characters from 1.
    pub(super) fn offset(&self, line: usize, column: usize) -> usize {
        let text = self.line(line);
        let before = column.saturating_sub(1);
        if self.ascii {
            return before.min(text.len());
        }
        text.char_indices().nth(before).map_or(text.len(), |(offset, _)| offset)
    }
}

/// Returns the first byte of each line.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn every_line_break_of_yaml_ends_a_line() {
        let lines = Lines::of("a\r\nbä\rc\n\nd");
        let all: Vec<_> = (1..8).map(|line| lines.line(line)).collect();
        assert_eq!(all, ["a", "bä", "c", "", "d", "", ""]);
        assert_eq!(lines.offset(2, 3), 3);
        assert_eq!(lines.offset(2, 9), 3);
    }
}
