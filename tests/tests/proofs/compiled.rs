//! Cases with the verdicts of the comparison and of the compiler.

use chatkit_codegen::diff::{Diff, Revision, compare};
use chatkit_codegen::emit::public_api::{PublicItem, public_items};

use super::build::{Build, Verdict};
use super::case::{self, Case};
use super::everything;

/// A case, its comparison, and the compiler's verdicts.
pub struct Proof {
    pub case: Case,
    pub diff: Diff,
    /// The public items of the two crates.
    pub items: [Vec<PublicItem>; 2],
    pub base: Verdict,
    pub head: Verdict,
    /// The verdicts on a program that uses every item of the old crate.
    pub everything: [Verdict; 2],
    /// Whether the two crates have the same bytes.
    pub same_files: bool,
}

/// Compiles and returns all cases.
pub fn proofs() -> Vec<Proof> {
    let mut build = Build::new("proofs");
    let cases: Vec<(Case, [String; 2])> = case::all()
        .into_iter()
        .map(|case| {
            let crates = add(&mut build, &case.name, [&case.base, &case.head]);
            for (side, krate) in SIDES.iter().zip(&crates) {
                build.add_program(&program(&case, side), &case.program, krate);
            }
            (case, crates)
        })
        .collect();
    let verdicts = build.check();
    let prove = |(case, crates): (Case, [String; 2])| {
        let of = |name: &str| verdicts.get(name).cloned().unwrap_or_default();
        let [was, is] = [0, 1].map(|side| build.generated(&crates[side]));
        Proof {
            diff: compared(&case.name, [&case.base, &case.head]),
            items: [was, is].map(|krate| public_items(&krate.api)),
            base: of(&program(&case, SIDES[0])),
            head: of(&program(&case, SIDES[1])),
            everything: [0, 1].map(|side| of(&everything_of(&crates[0], &crates[side]))),
            same_files: was.files.iter().eq(is.files.iter()),
            case,
        }
    };
    cases.into_iter().map(prove).collect()
}

const SIDES: [&str; 2] = ["base", "head"];

fn program(case: &Case, side: &str) -> String {
    format!("{}-with-{side}", case.name.replace('/', "-"))
}

/// Returns the name of the program that uses every item of one crate, compiled with another.
pub fn everything_of(base: &str, with: &str) -> String {
    format!("all-of-{base}-with-{with}")
}

/// Adds the crates of both documents, and for each a program that uses every item of the old one. Returns the names of
/// the crates.
pub fn add(build: &mut Build, name: &str, [base, head]: [&str; 2]) -> [String; 2] {
    let group = name.split('/').next().unwrap_or_default();
    let crates = [build.add_crate(&format!("{group}-base"), base), build.add_crate(&name.replace('/', "-"), head)];
    let api = &build.generated(&crates[0]).api;
    let text = everything::program(&api.library_name(), &public_items(api));
    let path = build.add_text(&crates[0], text);
    for krate in &crates {
        build.add_program(&everything_of(&crates[0], krate), &path, krate);
    }
    crates
}

pub fn compared(name: &str, [base, head]: [&str; 2]) -> Diff {
    let read = |text: &str| Revision::read(name, text).unwrap_or_else(|report| panic!("{report}"));
    compare(&read(base), &read(head))
}
