//! Cases with the verdicts of the comparison and of the compiler.

use std::path::PathBuf;

use chatkit_codegen::diff::{Diff, Revision, SourceImpact, compare};
use chatkit_codegen::emit::public_api::{PublicItem, public_items};

use super::build::{Build, Program, Verdict};
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
    let planned: Vec<Planned> = case::all().into_iter().map(|case| Planned::new(&mut build, case)).collect();
    let verdicts = build.check();
    let prove = |Planned { case, crates, programs, everything }: Planned| {
        let of = |program: Program| verdicts[&program].clone();
        let [was, is] = [0, 1].map(|side| build.generated(&crates[side]));
        let [base, head] = programs.map(of);
        Proof {
            diff: compared(&case.name, [&case.base, &case.head]),
            items: [was, is].map(|krate| public_items(&krate.api)),
            base,
            head,
            everything: everything.map(of),
            same_files: was.files.iter().eq(is.files.iter()),
            case,
        }
    };
    planned.into_iter().map(prove).collect()
}

/// A case in a build. Each program is there twice, with the crate of the old document and with that of the new one.
struct Planned {
    case: Case,
    crates: [String; 2],
    programs: [Program; 2],
    everything: [Program; 2],
}

impl Planned {
    fn new(build: &mut Build, case: Case) -> Self {
        let crates = add_crates(build, &case.name, [&case.base, &case.head]);
        let everything = add_text(build, &crates[0]);
        let fails = case.source == SourceImpact::Major && case.silent.is_none();
        let own = case.name.replace('/', "-");
        let packages = [&format!("with-{}", crates[0]), &format!("{own}-with-head")];
        let programs = [0, 1].map(|side| build.add_program(packages[side], &case.program, &crates[side]));
        let package = if fails { &format!("everything-{own}-with-head") } else { packages[1] };
        let everything = [
            build.add_program(packages[0], &everything, &crates[0]),
            build.add_program(package, &everything, &crates[1]),
        ];
        Self { case, crates, programs, everything }
    }
}

/// Adds the crates of both documents, and returns their names.
pub fn add_crates(build: &mut Build, name: &str, [base, head]: [&str; 2]) -> [String; 2] {
    let group = name.split('/').next().unwrap_or_default();
    [build.add_crate(&format!("{group}-base"), base), build.add_crate(&name.replace('/', "-"), head)]
}

/// Adds the text of a program that uses every item of a crate, and returns its path.
pub fn add_text(build: &mut Build, krate: &str) -> PathBuf {
    let api = &build.generated(krate).api;
    let text = everything::program(&api.library_name(), &public_items(api));
    build.add_text(krate, text)
}

pub fn compared(name: &str, [base, head]: [&str; 2]) -> Diff {
    let read = |text: &str| Revision::read(name, text).unwrap_or_else(|report| panic!("{report}"));
    compare(&read(base), &read(head))
}
