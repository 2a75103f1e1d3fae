//! The text and the data of reports.

use crate::diagnostics::{Diagnostic, Report};

fn render(text: &str, diagnostics: Vec<Diagnostic>) -> String {
    Report::new("api.yaml", text, diagnostics).render(false)
}

#[test]
fn renders_nothing_without_diagnostics() {
    assert_eq!(render("a: 1\n", Vec::new()), "");
}

#[test]
fn renders_in_the_order_of_the_text_with_a_summary() {
    let text = "a: 1\nb: größe\n";
    let rendered = render(
        text,
        vec![
            Diagnostic::error("wrong-value", "/b", "b is wrong").help("write another"),
            Diagnostic::warning("misplaced-keyword", "/a", "a is odd").at_key(),
        ],
    );
    let expected = "\
warning[misplaced-keyword]: a is odd
 --> api.yaml:1:1
  |
1 | a: 1
  | ^
  |
  = note: at #/a

error[wrong-value]: b is wrong
 --> api.yaml:2:4
  |
2 | b: größe
  |    ^^^^^
  |
  = note: at #/b
  = help: write another

error: api.yaml: 1 error, 1 warning
";
    assert_eq!(rendered, expected);
}

#[test]
fn shows_the_first_of_many_lines() {
    let text = "a: |\n  one\n  two\nb:\n  c: 1\n";
    let rendered = render(text, vec![Diagnostic::error("wrong-type", "/b", "wrong")]);
    assert!(rendered.contains("\n4 | b:\n  | ^\n"), "{rendered}");
    let rendered = render(text, vec![Diagnostic::error("wrong-type", "/a", "wrong")]);
    assert!(rendered.contains("one"), "{rendered}");
    assert!(!rendered.contains("two"), "{rendered}");
}

#[test]
fn distant_marks_have_their_own_excerpt() {
    let text = format!("a: 1\n{}b: 2\n", "# filler\n".repeat(30));
    let rendered = render(&text, vec![Diagnostic::error("wrong-type", "/b", "wrong").related("/a", "because of this")]);
    assert!(rendered.contains("note: because of this\n  --> api.yaml:1:4\n"), "{rendered}");
    assert!(!rendered.contains("filler"), "{rendered}");
}

#[test]
fn cuts_long_lines_around_the_mark() {
    let text = format!("{{\"a\": \"{}\", \"b\": 12345, \"c\": \"{}\"}}", "ä".repeat(5_000), "ö".repeat(5_000));
    let rendered = render(&text, vec![Diagnostic::error("wrong-type", "/b", "wrong").related("/a", "and this")]);
    assert!(rendered.lines().all(|line| line.chars().count() < 160), "{rendered}");
    assert!(rendered.contains("api.yaml:1:5016\n"), "{rendered}");
    assert!(rendered.contains("12345"), "{rendered}");
    assert!(rendered.contains("and this"), "{rendered}");
}

#[test]
fn shows_a_cut_line_under_its_position() {
    let text = format!("{{\"a\": \"{}\", \"b\": 12345}}\n", "ä".repeat(100));
    let rendered = render(&text, vec![Diagnostic::error("wrong-type", "/b", "wrong").help("write another")]);
    let shown = "ä".repeat(42);
    let expected = format!(
        "\
error[wrong-type]: wrong
  |
 --> api.yaml:1:116
  |
1 | …{shown}\", \"b\": 12345}}
  |                                                    ^^^^^
  |
  = note: at #/b
  = help: write another

error: api.yaml: 1 error
"
    );
    assert_eq!(rendered, expected);
}

#[test]
fn located_columns_count_characters() {
    let text = "äöü: { b: 1 }\n";
    let report = Report::new("api.yaml", text, vec![Diagnostic::error("wrong-type", "/äöü/b", "wrong").help("h")]);
    let located = report.located();
    assert_eq!((located[0].line, located[0].column), (1, 11));
    assert_eq!(located[0].pointer.as_deref(), Some("/äöü/b"));
    assert_eq!(located[0].help.as_deref(), Some("h"));
}

#[test]
fn control_characters_do_not_move_the_marks() {
    let text = format!("{{\"a\": \"{}\", \"ä\": 1}}", "\u{85}\u{7}".repeat(200));
    let rendered = render(&text, vec![Diagnostic::error("wrong-type", "/ä", "wrong").at_key()]);
    assert!(rendered.contains("\"ä\": 1"), "{rendered}");
    assert!(rendered.contains("^^^\n"), "{rendered}");
}
