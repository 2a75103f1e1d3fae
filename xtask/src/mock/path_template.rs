//! Paths: which template a request's path fits, and what its parameters are.

use chatkit_codegen::parse::suggest;
use percent_encoding::percent_decode_str;

/// A path of the spec, as in `/threads/{thread_id}/items`.
#[derive(Clone, Debug)]
pub(super) struct PathTemplate {
    /// As written.
    pub(super) text: String,
    segments: Vec<Vec<SegmentPart>>,
}

/// A part of a segment: a segment is mostly a single one, but may be as in `{id}.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SegmentPart {
    Literal(String),
    Parameter(String),
}

impl PathTemplate {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), segments: segments(text).map(parts).collect() }
    }

    /// The raw values of the parameters, where the segments of a path fit.
    ///
    /// Segments are split before they are decoded, so that an id may hold a `%2F`. Parameters are never empty.
    pub(super) fn fits<'p>(&self, path: &[&'p str]) -> Option<Vec<(&str, &'p str)>> {
        if self.segments.len() != path.len() {
            return None;
        }
        let mut found = Vec::new();
        let fits = self.segments.iter().zip(path).all(|(parts, text)| fit(parts, text, &mut found));
        fits.then_some(found)
    }

    /// For each segment whether it has a parameter: of several templates that fit, the least is meant.
    pub(super) fn looseness(&self) -> Vec<bool> {
        let loose = |parts: &Vec<SegmentPart>| parts.iter().any(|part| matches!(part, SegmentPart::Parameter(_)));
        self.segments.iter().map(loose).collect()
    }

    /// How far a path is from fitting: two for each segment that is missing, too many or another, one for each that is
    /// only misspelt.
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

/// The segments of a path; none for the root.
pub(super) fn segments(path: &str) -> impl Iterator<Item = &str> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').filter(move |_| !path.is_empty())
}

/// Percent-decodes text strictly; what cannot be decoded is a mistake of the client.
pub(super) fn decode(text: &str) -> Result<String, &'static str> {
    let bytes = text.as_bytes();
    let broken = |at: usize| !bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if text.match_indices('%').any(|(at, _)| broken(at)) {
        return Err("`%` is not followed by two hexadecimal digits");
    }
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(std::borrow::Cow::into_owned).map_err(|_| "percent-decoded, it is not UTF-8")
}

/// Like [`decode`], for a query, where `+` is a space.
pub(super) fn decode_query(text: &str) -> Result<String, &'static str> {
    decode(&text.replace('+', " "))
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

fn fit<'t, 'p>(parts: &'t [SegmentPart], text: &'p str, found: &mut Vec<(&'t str, &'p str)>) -> bool {
    match parts {
        [] => text.is_empty(),
        [SegmentPart::Literal(literal)] => decode(text).is_ok_and(|text| text == *literal),
        [SegmentPart::Literal(literal), rest @ ..] => {
            text.strip_prefix(literal.as_str()).is_some_and(|text| fit(rest, text, found))
        }
        [SegmentPart::Parameter(name), rest @ ..] => {
            let end = match rest {
                [SegmentPart::Literal(literal)] => text.strip_suffix(literal).map(str::len),
                [SegmentPart::Literal(literal), ..] => text.find(literal),
                _ => Some(text.len()),
            };
            let Some((value, text)) = end.filter(|end| *end > 0).map(|end| text.split_at(end)) else { return false };
            found.push((name, value));
            fit(rest, text, found)
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
    use super::{PathTemplate, decode, segments};

    fn fit(template: &str, path: &str) -> Option<Vec<(String, String)>> {
        let path: Vec<_> = segments(path).collect();
        let template = PathTemplate::new(template);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        template.fits(&path).map(|found| found.into_iter().map(owned).collect())
    }

    #[test]
    fn templates_take_whole_segments_that_are_not_empty() {
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
            let found = fit(template, path);
            let found = found.as_ref().map(|all| all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn misspelt_segments_are_nearer_than_others() {
        let of = |path: &str| PathTemplate::new("/pets/{id}/toys").distance(&segments(path).collect::<Vec<_>>());
        assert_eq!(of("/pets/1/toys"), 0);
        assert_eq!(of("/pets/1/toy"), 1);
        assert_eq!(of("/pets//toys"), 1);
        assert_eq!(of("/pets/toys"), 2);
        assert_eq!(of("/"), 6);
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        assert_eq!(decode("a%2Fb%C3%A4").as_deref(), Ok("a/bä"));
        for text in ["%", "%2", "%zz", "a%+1", "%ff"] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
