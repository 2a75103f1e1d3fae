use super::{Approval, ApprovalStatus, CheckedApproval, check, day, read};
use chatkit_codegen::diff::{Change, DocumentLocation, RuleId, SourceImpact, WireImpact};
use chatkit_codegen::ir::Usage;

const FINE: &str = "\
[[approval]]
rule = 'property-removed'
pointer = '/components/schemas/Pet'
reason = 'Nobody sends it.'
expires = 2027-01-31
";

fn errors(text: &str) -> Vec<String> {
    read(text).expect_err("an error")
}

fn fine(text: &str) -> Vec<Approval> {
    read(text).expect("no error")
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
        sunset: None,
    }
}

fn status(changes: &[Change], today: &str) -> ApprovalStatus {
    let (checked, _) = check(fine(FINE), changes, day(today).expect("a day"));
    checked[0].status
}

#[test]
fn reads_an_approval_with_its_line() {
    let approvals = fine(&format!("# Why.\n\n{FINE}"));
    assert_eq!(approvals.len(), 1);
    assert_eq!(approvals[0].line, 3);
    assert_eq!(approvals[0].reason, "Nobody sends it.");
    assert_eq!(approvals[0].expires, day("2027-01-31").expect("a day"));
    assert_eq!(fine(""), []);
}

#[test]
fn errors_have_their_line() {
    for (from, to, expected) in [
        ("'property-removed'", "'property-lost'", ":2: `property-lost` is not a rule"),
        ("'property-removed'", "'unknown-keyword'", ":2: `unknown-keyword` cannot be approved"),
        ("'property-removed'", "3", ":2: `rule` is not a string"),
        ("pointer = '/", "pointer = '#/", ":3: `#/components/schemas/Pet` is not a JSON pointer"),
        ("reason = 'Nobody sends it.'\n", "", ":1: `reason` is missing"),
        ("'Nobody sends it.'", "' '", ":4: the reason is blank"),
        ("2027-01-31", "'2027-01-31'", ":5: `expires` is not a day"),
        ("2027-01-31", "2027-01-31T10:00:00Z", ":5: `expires` is not a day"),
        ("2027-01-31", "2027-02-31", ":5: "),
        ("expires = 2027-01-31", "", ":1: `expires` is missing"),
        ("rule = ", "message = 'x'\nrule = ", ":2: unknown key `message`: an approval has rule, pointer,"),
        ("[[approval]]", "[[approved]]", ":1: unknown key `approved`"),
        ("[[approval]]", "[approval]", ":1: write `[[approval]]`"),
        ("[[approval]]", "[[approval]", ":1: "),
    ] {
        let errors = errors(&FINE.replace(from, to));
        assert!(errors.len() == 1 && errors[0].contains(expected), "{expected:?} in {errors:?}");
        assert!(errors[0].starts_with("spec/approvals.toml:"), "{errors:?}");
    }
}

#[test]
fn one_approval_may_list_several_pointers() {
    let text = FINE.replace("'/components/schemas/Pet'", "['/components/schemas/Pet', '/components/schemas/Dog']");
    let approvals = fine(&text);
    let pointers: Vec<&str> = approvals.iter().map(|approval| approval.pointer.as_str()).collect();
    assert_eq!(pointers, ["/components/schemas/Pet", "/components/schemas/Dog"]);
    assert!(approvals.iter().all(|approval| approval.line == 1 && approval.reason == "Nobody sends it."));
    let pet = change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::Major);
    let (checked, about) = check(approvals, &[pet], day("2027-01-01").expect("a day"));
    // Each pointer is checked on its own.
    assert_eq!(
        checked.iter().map(|checked| checked.status).collect::<Vec<_>>(),
        [ApprovalStatus::Used, ApprovalStatus::Unused]
    );
    assert_eq!(about, [Some(0)]);
}

#[test]
fn rejects_wrong_lists_of_pointers() {
    for (list, expected) in [
        ("[]", ":3: `pointer` is an empty list"),
        ("['/a', 3]", ":3: `pointer` is not a string"),
        ("['/a', 'b']", ":3: `b` is not a JSON pointer"),
        ("['/a', '/a']", ":1: `property-removed` at /a is already approved in line 1"),
    ] {
        let errors = errors(&FINE.replace("'/components/schemas/Pet'", list));
        assert!(errors.len() == 1 && errors[0].contains(expected), "{expected:?} in {errors:?}");
    }
}

#[test]
fn reports_all_errors_at_once() {
    assert_eq!(errors("[[approval]]\n[[approval]]\nrule = 'x'\n").len(), 8);
}

#[test]
fn rejects_a_second_approval_of_the_same_change() {
    let errors = errors(&format!("{FINE}{FINE}"));
    assert_eq!(
        errors,
        ["spec/approvals.toml:6: `property-removed` at /components/schemas/Pet is already approved in line 1"]
    );
}

#[test]
fn approval_of_a_breaking_change_is_used() {
    let (wire, source) = (
        change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::None),
        change(RuleId::PropertyRemoved, WireImpact::None, SourceImpact::Major),
    );
    assert_eq!(status(&[wire], "2027-01-31"), ApprovalStatus::Used);
    assert_eq!(status(&[source], "2027-01-31"), ApprovalStatus::Used);
}

#[test]
fn approval_without_a_change_is_unused() {
    assert_eq!(status(&[], "2027-01-31"), ApprovalStatus::Unused);
    assert_eq!(
        status(&[change(RuleId::OptionalPropertyAdded, WireImpact::Breaking, SourceImpact::Major)], "2027-01-31"),
        ApprovalStatus::Unused
    );
    let mut elsewhere = change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::Major);
    elsewhere.head = Some(DocumentLocation { pointer: "/components/schemas/Animal".to_owned(), line: 1, column: 1 });
    assert_eq!(status(&[elsewhere], "2027-01-31"), ApprovalStatus::Unused);
}

#[test]
fn approval_of_a_compatible_change_is_needless() {
    assert_eq!(
        status(&[change(RuleId::PropertyRemoved, WireImpact::Risky, SourceImpact::Minor)], "2027-01-31"),
        ApprovalStatus::Needless
    );
}

#[test]
fn approval_expires_after_its_last_day() {
    let breaking = change(RuleId::PropertyRemoved, WireImpact::Breaking, SourceImpact::Major);
    assert_eq!(status(&[breaking], "2027-02-01"), ApprovalStatus::Expired);
}

#[test]
fn problems_name_the_line_the_change_and_the_fix() {
    let problem = |status| CheckedApproval { approval: fine(FINE).remove(0), status }.problem();
    assert_eq!(problem(ApprovalStatus::Used), None);
    let text = problem(ApprovalStatus::Unused).expect("a problem");
    assert!(
        text.starts_with("spec/approvals.toml:1: `property-removed` at /components/schemas/Pet approves"),
        "{text}"
    );
    assert!(problem(ApprovalStatus::Expired).expect("a problem").contains("expired after 2027-01-31"));
}

#[test]
fn day_rejects_everything_but_dates() {
    assert!(day("2027-02-28").is_ok());
    for text in ["", "2027-02-29", "2027-1-1", "tomorrow", "2027-01-01T00:00:00Z", "10:00:00"] {
        assert!(day(text).expect_err("no day").contains("such as 2027-01-31"), "{text}");
    }
}

#[test]
fn example_of_the_runbook_is_valid() {
    let runbook = include_str!("../../../CONTRIBUTING.md");
    let example = runbook.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    assert_eq!(read(example).expect("no error").len(), 1);
}
