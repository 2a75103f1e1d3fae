//! Path templates: which requests they match, and the parameters in the path.

use super::percent_decoding::decode;
use chatkit_codegen::suggest;

/// A path of the spec, such as `/threads/{thread_id}/items`.
#[derive(Clone, Debug)]
pub(super) struct PathTemplate {
    /// The template as the spec has it.
    pub(super) text: String,
    segments: Vec<Vec<SegmentPart>>,
}

/// A part of a segment. Most segments have one, but `{id}.json` has two.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SegmentPart {
    Literal(String),
    Parameter(String),
}

impl PathTemplate {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), segments: segments(text).map(parts).collect() }
    }

    /// Returns the raw values of the parameters if the segments of a path match.
    ///
    /// Segments are split before they are decoded, so that an id may contain `%2F`. Parameters are never empty.
    pub(super) fn matches<'p>(&self, path: &[&'p str]) -> Option<Vec<(&str, &'p str)>> {
        if self.segments.len() != path.len() {
            return None;
        }
        let mut found = Vec::new();
        let matches = self.segments.iter().zip(path).all(|(parts, text)| match_segment(parts, text, &mut found));
        matches.then_some(found)
    }

    /// Returns for each segment whether it has a parameter. Of several templates that match, the least one wins.
    pub(super) fn looseness(&self) -> Vec<bool> {
        let loose = |parts: &Vec<SegmentPart>| parts.iter().any(|part| matches!(part, SegmentPart::Parameter(_)));
        self.segments.iter().map(loose).collect()
    }

    /// Returns the edit distance to a path.
    ///
    /// A segment that is missing, superfluous or different counts 2, one that is misspelt counts 1.
    pub(super) fn distance(&self, path: &[&str]) -> usize {
        let mut above: Vec<usize> = (0..=path.len()).map(|count| count * 2).collect();
        for (row, parts) in self.segments.iter().enumerate() {
            let mut line = vec![(row + 1) * 2];
            for (column, text) in path.iter().enumerate() {
                let replaced = above[column] + difference(parts, text);
                line.push(replaced.min(above[column + 1] + 2).min(line[column] + 2));
            }
            above = line;
        }
        above.last().copied().unwrap_or_default()
    }
}

/// Returns the segments of a path. The root has none.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').filter(move |_| !path.is_empty())
}

fn parts(segment: &str) -> Vec<SegmentPart> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        if !before.is_empty() {
            parts.push(SegmentPart::Literal(before.to_owned()));
        }
        parts.push(SegmentPart::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(SegmentPart::Literal(rest.to_owned()));
    }
    parts
}

/// Returns whether a segment matches, and adds the values of its parameters.
fn match_segment<'t, 'p>(parts: &'t [SegmentPart], text: &'p str, found: &mut Vec<(&'t str, &'p str)>) -> bool {
    match parts {
        [] => text.is_empty(),
        [SegmentPart::Literal(literal)] => decode(text).is_ok_and(|text| text == *literal),
        [SegmentPart::Literal(literal), rest @ ..] => {
            text.strip_prefix(literal.as_str()).is_some_and(|text| match_segment(rest, text, found))
        }
        [SegmentPart::Parameter(name), rest @ ..] => {
            let end = match rest {
                [SegmentPart::Literal(literal)] => text.strip_suffix(literal).map(str::len),
                [SegmentPart::Literal(literal), ..] => text.find(literal),
                _ => Some(text.len()),
            };
            let Some((value, text)) = end.filter(|end| *end > 0).map(|end| text.split_at(end)) else { return false };
            found.push((name, value));
            match_segment(rest, text, found)
        }
    }
}

fn difference(parts: &[SegmentPart], text: &str) -> usize {
    match parts {
        [SegmentPart::Literal(literal)] if literal == text => 0,
        [SegmentPart::Literal(literal)] if suggest::nearest(text, [literal.as_str()]).is_some() => 1,
        [SegmentPart::Literal(_)] => 2,
        _ => usize::from(text.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::{PathTemplate, segments};

    fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
        let path: Vec<_> = segments(path).collect();
        let template = PathTemplate::new(template);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        template.matches(&path).map(|found| found.into_iter().map(owned).collect())
    }

    #[test]
    fn matches_whole_segments_that_are_not_empty() {
        for (template, path, expected) in [
            ("/", "/", Some(&[][..])),
            ("/a", "/a", Some(&[])),
            ("/a", "/%61", Some(&[])),
            ("/a", "/a/", None),
            ("/a", "/A", None),
            ("/a/{id}", "/a/1%2F2", Some(&[("id", "1%2F2")])),
            ("/a/{id}", "/a/", None),
            ("/a/{id}", "/a/1/2", None),
            ("/a/{id}.json", "/a/1.json", Some(&[("id", "1")])),
            ("/a/{id}.json", "/a/.json", None),
            ("/a/{x}-{y}", "/a/1-2", Some(&[("x", "1"), ("y", "2")])),
            ("/a/v{id}", "/a/v7", Some(&[("id", "7")])),
        ] {
            let found = matched(template, path);
            let found = found.as_ref().map(|all| all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn misspelt_segments_are_nearer_than_different_ones() {
        let of = |path: &str| PathTemplate::new("/pets/{id}/toys").distance(&segments(path).collect::<Vec<_>>());
        assert_eq!(of("/pets/1/toys"), 0);
        assert_eq!(of("/pets/1/toy"), 1);
        assert_eq!(of("/pets//toys"), 1);
        assert_eq!(of("/pets/toys"), 2);
        assert_eq!(of("/"), 6);
    }
}
