//! The lines of a text.

/// The lines of a text. They end with the line breaks of YAML: `\n`, `\r\n` and a lone `\r`.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    ascii: bool,
    /// The offset of every [`STEP`]th character, if the text is not ASCII.
    steps: Vec<usize>,
}

/// A column of a long line is counted from the nearest of these characters, not from the start of the line.
const STEP: usize = 256;

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let ascii = text.is_ascii();
        let characters = if ascii { "" } else { text }.char_indices();
        let steps = characters.step_by(STEP).map(|(offset, _)| offset).collect();
        Self { text, starts: starts(text), ascii, steps }
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
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        // The first step in the line, and the number of characters before it.
        let first = self.steps.partition_point(|offset| *offset < start);
        let lead = self.steps.get(first).map_or(0, |step| self.text[start..*step].chars().count());
        let step =
            before.checked_sub(lead).and_then(|after| Some((*self.steps.get(first + after / STEP)?, after % STEP)));
        let (from, left) = step.filter(|(from, _)| *from < start + text.len()).unwrap_or((start, before));
        let rest = &text[from - start..];
        rest.char_indices().nth(left).map_or(text.len(), |(offset, _)| from - start + offset)
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

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = format!("{}\n{}\n{}", "ä".repeat(300), "aß".repeat(1_000), "ö".repeat(10));
        let lines = Lines::of(&text);
        for (number, line) in (1..).zip(text.lines()) {
            for column in 1..line.chars().count() + 400 {
                let expected = line.char_indices().nth(column - 1).map_or(line.len(), |(offset, _)| offset);
                assert_eq!(lines.offset(number, column), expected, "{number}:{column}");
            }
        }
    }
}
