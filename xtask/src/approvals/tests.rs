use super::{Approval, ApprovalStatus, CheckedApproval, check, day, read_by};
use chatkit_codegen::diff::{Change, Site, Source, Wire};
use chatkit_codegen::ir::Usage;

const FINE: &str = "\
[[approval]]
rule = 'property-removed'
pointer = '/components/schemas/Pet'
reason = 'Nobody sends it.'
expires = 2027-01-31
";

fn wrong(text: &str) -> Vec<String> {
    read_by(text, |rule| rule == "property-removed").expect_err("something is wrong")
}

fn fine(text: &str) -> Vec<Approval> {
    read_by(text, |rule| rule == "property-removed").expect("nothing is wrong")
}

fn change(rule: &'static str, wire: Wire, source: Source) -> Change {
    let site = Site { pointer: "/components/schemas/Pet".to_owned(), line: 1, column: 1 };
    Change {
        rule,
        wire,
        source,
        usage: Usage::default(),
        subject: String::new(),
        base: Some(site),
        head: None,
        before: None,
        after: None,
        items: Vec::new(),
        reach: chatkit_codegen::diff::Reach::default(),
    }
}

fn status(changes: &[Change], today: &str) -> ApprovalStatus {
    let (checked, _) = check(fine(FINE), changes, day(today).expect("a day"));
    checked[0].status
}

#[test]
fn an_approval_is_read_with_its_line() {
    let approvals = fine(&format!("# Why.\n\n{FINE}"));
    assert_eq!(approvals.len(), 1);
    assert_eq!(approvals[0].line, 3);
    assert_eq!(approvals[0].reason, "Nobody sends it.");
    assert_eq!(approvals[0].expires, day("2027-01-31").expect("a day"));
    assert_eq!(fine(""), []);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (from, to, told) in [
        ("'property-removed'", "'property-lost'", ":2: `property-lost` is no rule"),
        ("'property-removed'", "'unknown-keyword'", ":2: `unknown-keyword` cannot be approved"),
        ("'property-removed'", "3", ":2: `rule` is no string"),
        ("pointer = '/", "pointer = '#/", ":3: `#/components/schemas/Pet` is no JSON pointer"),
        ("reason = 'Nobody sends it.'\n", "", ":1: `reason` is missing"),
        ("'Nobody sends it.'", "' '", ":4: the reason is blank"),
        ("2027-01-31", "'2027-01-31'", ":5: `expires` is no day"),
        ("2027-01-31", "2027-01-31T10:00:00Z", ":5: `expires` is no day"),
        ("2027-01-31", "2027-02-31", ":5: "),
        ("expires = 2027-01-31", "", ":1: `expires` is missing"),
        ("rule = ", "message = 'x'\nrule = ", ":2: unknown key `message`: an approval has rule, pointer,"),
        ("[[approval]]", "[[approved]]", ":1: unknown key `approved`"),
        ("[[approval]]", "[approval]", ":1: write `[[approval]]`"),
        ("[[approval]]", "[[approval]", ":1: "),
    ] {
        let wrong = wrong(&FINE.replace(from, to));
        assert!(wrong.len() == 1 && wrong[0].contains(told), "{told:?} in {wrong:?}");
        assert!(wrong[0].starts_with("spec/approvals.toml:"), "{wrong:?}");
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    assert_eq!(wrong("[[approval]]\n[[approval]]\nrule = 'x'\n").len(), 8);
}

#[test]
fn the_same_place_is_approved_once() {
    let wrong = wrong(&format!("{FINE}{FINE}"));
    assert_eq!(
        wrong,
        ["spec/approvals.toml:6: `property-removed` at /components/schemas/Pet is approved in line 1 already"]
    );
}

#[test]
fn one_that_matches_a_breaking_change_is_used() {
    let (wire, source) = (
        change("property-removed", Wire::Breaking, Source::None),
        change("property-removed", Wire::None, Source::Major),
    );
    assert_eq!(status(&[wire], "2027-01-31"), ApprovalStatus::Used);
    assert_eq!(status(&[source], "2027-01-31"), ApprovalStatus::Used);
}

#[test]
fn one_that_matches_nothing_is_unused_whatever_the_words() {
    assert_eq!(status(&[], "2027-01-31"), ApprovalStatus::Unused);
    assert_eq!(
        status(&[change("property-added", Wire::Breaking, Source::Major)], "2027-01-31"),
        ApprovalStatus::Unused
    );
    let mut elsewhere = change("property-removed", Wire::Breaking, Source::Major);
    elsewhere.head = Some(Site { pointer: "/components/schemas/Animal".to_owned(), line: 1, column: 1 });
    assert_eq!(status(&[elsewhere], "2027-01-31"), ApprovalStatus::Unused);
}

#[test]
fn one_for_a_change_that_breaks_nothing_is_needless() {
    assert_eq!(
        status(&[change("property-removed", Wire::Risky, Source::Minor)], "2027-01-31"),
        ApprovalStatus::Needless
    );
}

#[test]
fn one_expires_after_its_last_day() {
    let breaking = change("property-removed", Wire::Breaking, Source::Major);
    assert_eq!(status(&[breaking], "2027-02-01"), ApprovalStatus::Expired);
}

#[test]
fn complaints_say_where_what_and_what_to_do() {
    let complaint = |status| CheckedApproval { approval: fine(FINE).remove(0), status }.complaint();
    assert_eq!(complaint(ApprovalStatus::Used), None);
    let told = complaint(ApprovalStatus::Unused).expect("a complaint");
    assert!(
        told.starts_with("spec/approvals.toml:1: `property-removed` at /components/schemas/Pet approves"),
        "{told}"
    );
    assert!(complaint(ApprovalStatus::Expired).expect("a complaint").contains("expired after 2027-01-31"));
}

#[test]
fn a_day_is_a_day_and_nothing_else() {
    assert!(day("2027-02-28").is_ok());
    for text in ["", "2027-02-29", "2027-1-1", "tomorrow", "2027-01-01T00:00:00Z", "10:00:00"] {
        assert!(day(text).expect_err("no day").contains("as in 2027-01-31"), "{text}");
    }
}

#[test]
fn the_runbook_shows_one_that_is_read() {
    let runbook = include_str!("../../../CONTRIBUTING.md");
    let example = runbook.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(read_by(example, |_| true).expect("nothing is wrong").len(), 1);
}
