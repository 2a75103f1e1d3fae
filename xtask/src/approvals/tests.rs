use super::{Approval, Judged, State, day, judge, read};
use chatkit_codegen::diff::{Change, DocumentLocation, RuleId, SourceImpact, WireImpact};
use chatkit_codegen::ir::Usage;

const FINE: &str = "\
[[approval]]
rule = 'property-removed'
pointer = '/components/schemas/Pet'
reason = 'Nobody sends it.'
expires = 2027-01-31
";

fn wrong(text: &str) -> Vec<String> {
    read(text).expect_err("something is wrong")
}

fn fine(text: &str) -> Vec<Approval> {
    read(text).expect("nothing is wrong")
}

fn change(rule: RuleId, wire: WireImpact, source: SourceImpact) -> Change {
    let site = DocumentLocation { pointer: "/components/schemas/Pet".to_owned(), line: 1, column: 1 };
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

fn state(changes: &[Change], today: &str) -> State {
    let (judged, _) = judge(fine(FINE), changes, day(today).expect("a day"));
    judged[0].state
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
        change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::None),
        change(RuleId::PropertyRemoved, WireImpact::None, SourceImpact::Major),
    );
    assert_eq!(state(&[wire], "2027-01-31"), State::Used);
    assert_eq!(state(&[source], "2027-01-31"), State::Used);
}

#[test]
fn one_that_matches_nothing_is_unused_whatever_the_words() {
    assert_eq!(state(&[], "2027-01-31"), State::Unused);
    assert_eq!(
        state(&[change(RuleId::OptionalPropertyAdded, WireImpact::Breaking, SourceImpact::Major)], "2027-01-31"),
        State::Unused
    );
    let mut elsewhere = change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::Major);
    elsewhere.head = Some(DocumentLocation { pointer: "/components/schemas/Animal".to_owned(), line: 1, column: 1 });
    assert_eq!(state(&[elsewhere], "2027-01-31"), State::Unused);
}

#[test]
fn one_for_a_change_that_breaks_nothing_is_needless() {
    assert_eq!(
        state(&[change(RuleId::PropertyRemoved, WireImpact::Risky, SourceImpact::Minor)], "2027-01-31"),
        State::Needless
    );
}

#[test]
fn one_expires_after_its_last_day() {
    let breaking = change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::Major);
    assert_eq!(state(&[breaking], "2027-02-01"), State::Expired);
}

#[test]
fn complaints_say_where_what_and_what_to_do() {
    let complaint = |state| Judged { approval: fine(FINE).remove(0), state }.complaint();
    assert_eq!(complaint(State::Used), None);
    let told = complaint(State::Unused).expect("a complaint");
    assert!(
        told.starts_with("spec/approvals.toml:1: `property-removed` at /components/schemas/Pet approves"),
        "{told}"
    );
    assert!(complaint(State::Expired).expect("a complaint").contains("expired after 2027-01-31"));
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
    assert_eq!(read(example).expect("nothing is wrong").len(), 1);
}
