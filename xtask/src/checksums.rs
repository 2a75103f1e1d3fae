//! The checksums of the last run: the file `.generated` in the output directory.
//!
//! Freshness is a comparison of bytes with what the generator gives now. The checksums only explain a difference: a file
//! that still is as the last run wrote it is stale, any other was edited by hand. Modification times cannot show that,
//! since git does not keep them.

use chatkit_codegen::files::Files;
use std::collections::BTreeMap;
use std::fmt;

/// The name of the file.
pub(crate) const FILE_NAME: &str = ".generated";

const TITLE: &str = "\
# What `cargo xtask regenerate` last wrote, and from which spec: tells a stale file from one edited by hand.
# Never edit it, nor resolve a merge conflict in it: run `cargo xtask regenerate`.
";

/// The hashes of a spec and of the files generated from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checksums {
    /// The hash of the spec's text.
    pub(crate) spec: u64,
    /// The hash of each file, by path.
    pub(crate) files: BTreeMap<String, u64>,
}

impl Checksums {
    /// Computes the checksums of a spec and its files.
    pub(crate) fn new(spec: &str, files: &Files) -> Self {
        let files = files.iter().map(|(path, text)| (path.to_owned(), hash(text.as_bytes())));
        Self { spec: hash(spec.as_bytes()), files: files.collect() }
    }

    /// Parses the file. Returns `None` if any byte differs from what was written.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.lines().skip_while(|line| line.starts_with('#'));
        let spec = number(lines.next()?.strip_prefix("spec ")?)?;
        let mut files = BTreeMap::new();
        for line in lines {
            if let Some((sum, path)) = line.strip_prefix("file ").and_then(|rest| rest.split_once(' ')) {
                files.insert(path.to_owned(), number(sum)?);
            }
        }
        let checksums = Self { spec, files };
        // This covers the closing sum, the order, the title and stray lines at once.
        (checksums.to_string() == text).then_some(checksums)
    }
}

impl fmt::Display for Checksums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        let mut body = format!("{TITLE}spec {:016x}\n", self.spec);
        for (path, sum) in &self.files {
            writeln!(body, "file {sum:016x} {path}")?;
        }
        // The file has no entry for itself. Its own sum shows an edit by hand.
        writeln!(f, "{body}sum {:016x}", hash(body.as_bytes()))
    }
}

fn number(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

/// Hashes with FNV-1a, 64 bits.
///
/// Unlike std's hasher it is stable across platforms and releases, and needs no dependency. A forged collision gains
/// nothing, since the hash only explains why a file is not fresh.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::{Checksums, hash};
    use chatkit_codegen::files::Files;

    fn checksums() -> Checksums {
        let mut files = Files::default();
        files.add("src/with space.rs", "text".to_owned());
        files.add("Cargo.toml", String::new());
        Checksums::new("openapi: 3.0.3", &files)
    }

    #[test]
    fn hash_has_the_published_values() {
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn parses_what_it_wrote() {
        assert_eq!(Checksums::parse(checksums().to_string().as_bytes()), Some(checksums()));
    }

    #[test]
    fn rejects_a_change_of_any_byte() {
        let text = checksums().to_string().into_bytes();
        for place in 0..text.len() {
            let mut edited = text.clone();
            edited[place] ^= 1;
            assert_eq!(Checksums::parse(&edited), None, "byte {place}");
            let mut cut = text.clone();
            cut.remove(place);
            assert_eq!(Checksums::parse(&cut), None, "without byte {place}");
        }
    }

    #[test]
    fn rejects_other_text() {
        for text in ["", "#", "spec", "spec x\n", "<<<<<<< ours\nspec 1\n"] {
            assert_eq!(Checksums::parse(text.as_bytes()), None, "{text:?}");
        }
    }
}
