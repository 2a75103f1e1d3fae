//! The page of a review in a browser.

use crate::browser::Browser;
use crate::repository::{Run, TestRepository};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::thread;

/// Returns the anchors of the entries that show, and the text about their number.
const SHOWN: &str = "
    const shown = () => ({
        entries: [...document.querySelectorAll('.rule > ol > li')].filter(li => !li.closest('[hidden]')).map(li => li.id),
        text: document.querySelector('output').value,
        address: location.hash,
        verdicts: [...document.querySelectorAll('main > .verdict, nav details')].filter(part => part.offsetHeight)
            .map(part => part.querySelector('summary, h2').textContent),
    });
    const turn = () => new Promise(done => setTimeout(done, 50));
    const form = document.getElementById('filters');
    const set = (name, value) => {
        form.elements[name].value = value;
        form.elements[name].dispatchEvent(new Event('input', { bubbles: true }));
    };
";

/// A document with so many operations that respond with a schema of these properties. The last one has its own schema.
fn document(operations: usize, properties: &[(String, String)]) -> String {
    let operation = |number| {
        let schema = if number == operations { "Owner" } else { "Pet" };
        format!(
            "  /pets{number}:
    get:
      operationId: getPets{number}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/{schema}'
"
        )
    };
    let schema = |name: &str, prefix: &str| {
        let fields = properties.iter().map(|(name, schema)| format!("        {prefix}{name}: {schema}\n"));
        format!("    {name}:\n      type: object\n      properties:\n{}", fields.collect::<String>())
    };
    let (paths, pet, owner) = ((1..=operations).map(operation), schema("Pet", ""), schema("Owner", "owner_"));
    let paths: String = paths.collect();
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Pets, version: 1.0.0 }}\npaths:\n{paths}components:\n  schemas:\n{pet}{owner}"
    )
}

fn properties(properties: &[(&str, &str)]) -> Vec<(String, String)> {
    properties.iter().map(|(name, schema)| ((*name).to_owned(), (*schema).to_owned())).collect()
}

/// Returns the page of the review of two documents.
fn page(base: &str, head: &str) -> String {
    let repository = TestRepository::without_history();
    repository.write("base.yaml", base);
    repository.write("head.yaml", head);
    let run: Run = repository.diff(&["base.yaml", "head.yaml", "--format", "html"]);
    run.succeeded()
}

/// A removed, a changed and an added property, each in two schemas.
fn small_page() -> String {
    let old = properties(&[("a", "{ type: string }"), ("b", "{ type: integer }"), ("z", "{ type: string }")]);
    let new = properties(&[("b", "{ type: string }"), ("c", "{ type: string }"), ("z", "{ type: string }")]);
    page(&document(6, &old), &document(6, &new))
}

fn entries(result: &Value) -> Vec<&str> {
    result["entries"].as_array().expect("entries").iter().filter_map(Value::as_str).collect()
}

#[test]
fn address_filters_by_verdict_rule_operation_and_text() {
    let Some(browser) = Browser::find() else { return };
    let page = small_page();
    let script = format!(
        "{SHOWN}
        const results = [];
        for (const hash of ['', '#?verdict=breaking', '#?verdict=', '#?rule=type-changed', '#?operation=getPets6',
                '#?operation=getPets5', '#?text=owner_%20before', '#?rule=type-changed&operation=getPets6']) {{
            location.hash = hash;
            await turn();
            results.push(shown());
        }}
        return results;"
    );
    let results = browser.run(&page, "", &script, &[]);
    let breaking = entries(&results[1]).len();
    assert_eq!(
        results[1]["verdicts"],
        json!([format!("Breaking {breaking}"), "Breaking"]),
        "other headings are hidden"
    );
    let results: Vec<_> = results.as_array().unwrap_or_else(|| panic!("{results}")).iter().map(entries).collect();
    let all = &results[0];
    assert!(all.len() >= 6, "{all:?}");
    let only = |keep: &dyn Fn(&str) -> bool| all.iter().copied().filter(|id| keep(id)).collect::<Vec<_>>();
    assert!(!results[1].is_empty() && results[1].len() < all.len(), "{:?}", results[1]);
    assert_eq!(results[2], [] as [&str; 0]);
    assert_eq!(results[3], only(&|id| id.starts_with("type-changed/")));
    assert_eq!(results[4], only(&|id| id.contains("/Owner/")));
    assert_eq!(results[5], only(&|id| id.contains("/Pet/")), "a long list is read through its link");
    assert_eq!(results[6], only(&|id| id.contains("owner_")));
    assert_eq!(results[7], only(&|id| id.starts_with("type-changed/") && id.contains("/Owner/")));
}

#[test]
fn controls_write_the_address_and_an_anchor_shows_its_entry() {
    let Some(browser) = Browser::find() else { return };
    let page = small_page();
    let script = format!(
        "{SHOWN}
        const first = shown();
        set('rule', 'type-changed');
        const filtered = shown();
        form.querySelector('[value=breaking]').click();
        const unchecked = shown();
        form.querySelector('button').click();
        await turn();
        const reset = shown();
        set('rule', 'type-changed');
        const hiddenEntry = first.entries.find(id => id.startsWith('optional-property-added/'));
        location.hash = hiddenEntry;
        await turn();
        const box = document.getElementById(hiddenEntry).getBoundingClientRect();
        return {{ first, filtered, unchecked, reset, linked: shown(), visible: box.height > 0 && box.top < innerHeight }};"
    );
    let result = browser.run(&page, "", &script, &[]);
    let all = entries(&result["first"]).len();
    assert_eq!(result["first"]["text"], format!("{all} of {all} changes"), "{result:#}");
    assert_eq!(result["filtered"]["address"], "#?rule=type-changed");
    assert_eq!(result["filtered"]["text"], format!("2 of {all} changes"));
    let address = result["unchecked"]["address"].as_str().expect("an address");
    assert!(address.contains("verdict=compatible") && !address.contains("breaking"), "{address}");
    assert_eq!((&result["reset"]["address"], entries(&result["reset"]).len()), (&json!(""), all));
    assert_eq!((entries(&result["linked"]).len(), &result["visible"]), (all, &json!(true)), "{result:#}");
}

#[test]
fn page_is_a_plain_list_without_javascript() {
    let Some(browser) = Browser::find() else { return };
    let page = small_page().replace("script-src 'sha256-", "script-src 'sha256-other");
    let dom = browser.dom(&page, "#?rule=type-changed", &[]);
    assert!(dom.contains("<form id=\"filters\" aria-label=\"Filters\" hidden"), "the filters need the script");
    assert_eq!(dom.matches(" hidden").count(), 1);
    assert!(
        dom.matches("<li id=\"type-changed/").count() == 2 && dom.matches("<li id=\"property-removed/").count() == 2
    );
}

#[test]
fn keyboard_reaches_labelled_controls_in_both_colour_schemes() {
    let Some(browser) = Browser::find() else { return };
    let script = "
        document.querySelectorAll('details').forEach(details => { details.open = true; });
        const problems = [];
        for (const control of document.querySelectorAll('input, select, button, a, summary')) {
            const label = control.labels?.length ? control.labels[0].textContent : control.textContent;
            if (!label.trim()) problems.push(`no label: ${control.outerHTML}`);
            if (control.tabIndex !== 0) problems.push(`not reached: ${control.outerHTML}`);
            control.focus({ focusVisible: true });
            if (getComputedStyle(control).outlineStyle === 'none') problems.push(`no focus ring: ${control.outerHTML}`);
        }
        let level = 0;
        for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
            if (heading.tagName[1] > level + 1) problems.push(`skips a level: ${heading.outerHTML}`);
            level = Number(heading.tagName[1]);
        }
        const light = colour => {
            const [red, green, blue] = colour.match(/[\\d.]+/g).map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        for (const element of document.querySelectorAll('body *')) {
            if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
            if (!element.getClientRects().length) continue;
            let behind = element;
            while (behind.parentElement && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') {
                behind = behind.parentElement;
            }
            const [a, b] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(light);
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (contrast < 4.5) problems.push(`contrast ${contrast.toFixed(2)}: ${element.outerHTML.slice(0, 200)}`);
        }
        return { problems, dark: matchMedia('(prefers-color-scheme: dark)').matches,
            wide: document.documentElement.scrollWidth > innerWidth };";
    let page = small_page();
    for (scheme, dark) in [("preferredColorScheme=0", true), ("preferredColorScheme=1", false)] {
        let options = [&*format!("--blink-settings={scheme}"), "--window-size=500,900"];
        let result = browser.run(&page, "", script, &options);
        assert_eq!(result, json!({ "problems": [], "dark": dark, "wide": false }), "{result:#}");
    }
}

#[test]
fn text_of_the_author_is_shown_and_not_run() {
    let Some(browser) = Browser::find() else { return };
    let server = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = server.local_addr().expect("an address");
    // It ends with the first connection, so that the browser does not wait for an answer.
    let connection = thread::spawn(move || server.accept().map(drop));
    let attack = format!(
        "</pre></title></style></script><script>document.title = 'ran'</script><img src=http://{address}/a \
         onerror=document.title='ran'><a href='javascript:1'>\\\" onclick=\\\"x"
    );
    let quoted = format!("\"{attack}\"");
    let old = properties(&[("a", &format!("{{ type: string, enum: [x, y, {quoted}] }}")), ("b", "{ type: string }")]);
    let new = [
        (quoted.clone(), "{ type: integer }".to_owned()),
        ("b".to_owned(), format!("{{ type: string, pattern: {quoted} }}")),
    ];
    let page = page(&document(2, &old), &document(2, &new));
    assert!(page.contains("&lt;script&gt;document.title = &#39;ran&#39;&lt;/script&gt;"), "{page}");
    let script = "return {
        title: document.title, images: document.images.length, scripts: document.scripts.length,
        links: [...document.links].filter(link => link.protocol !== 'file:').length,
        handlers: document.querySelectorAll('[onclick], [onerror]').length,
        text: document.body.textContent.includes(`<script>document.title = 'ran'<` + `/script>`) };";
    let title = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).expect("a title").0;
    let expected = json!({ "title": title, "images": 0, "scripts": 2, "links": 0, "handlers": 0, "text": true });
    assert_eq!(browser.run(&page, "", script, &[]), expected);
    // Even if a text got out, the policy would allow neither its script nor its image.
    let broken_out = page.replacen("<main", &format!("{}<main", attack.replace('\\', "")), 1);
    let dom = browser.dom(&broken_out, "", &[]);
    assert!(dom.contains(&format!("<title>{title}</title>")) && dom.contains("<img "), "the policy stops the script");
    assert!(!connection.is_finished(), "the policy stops the image");
}

#[test]
fn page_of_thousands_of_changes_opens() {
    let Some(browser) = Browser::find() else { return };
    let types =
        |schema: &str| (1..=750).map(|n| (format!("field{n}"), format!("{{ type: {schema} }}"))).collect::<Vec<_>>();
    let page = page(&document(300, &types("string")), &document(300, &types("integer")));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let script = format!(
        "{SHOWN}
        set('text', 'field7');
        return {{ all: document.querySelectorAll('.rule > ol > li').length, found: shown().entries.length }};"
    );
    let result = browser.run(&page, "", &script, &[]);
    assert!(result["all"].as_u64().is_some_and(|all| all >= 1_500), "{result}");
    assert!(result["found"].as_u64().is_some_and(|found| (100..300).contains(&found)), "{result}");
}
