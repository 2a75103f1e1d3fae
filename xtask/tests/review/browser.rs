//! A headless browser, which opens the page of a review as its reader does.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::fs;
use std::io::{Write, stderr};
use std::path::PathBuf;
use std::process::Command;

/// The names of Chromium and of its kin in `PATH`.
const NAMES: [&str; 4] = ["google-chrome", "chromium", "chromium-browser", "chrome"];

/// Chromium, or a browser that has its options.
pub(crate) struct Browser(PathBuf);

impl Browser {
    /// Finds the browser that `CHROME` names, or one in `PATH`. Without one, it says that the test is skipped.
    pub(crate) fn find() -> Option<Self> {
        if let Some(program) = std::env::var_os("CHROME") {
            return Some(Self(program.into()));
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let directories: Vec<_> = std::env::split_paths(&path).collect();
        let programs = NAMES.iter().flat_map(|name| directories.iter().map(move |directory| directory.join(name)));
        let found = programs.into_iter().find(|program| program.is_file()).map(Self);
        if found.is_none() {
            // Unlike `eprintln!`, this is shown for a test that passes.
            let text = "SKIPPED: no browser opens the page of a review; install Chromium, or set CHROME to its path\n";
            stderr().write_all(text.as_bytes()).expect("stderr");
        }
        found
    }

    /// Opens a page and returns the DOM after its scripts have run.
    pub(crate) fn dom(&self, page: &str, fragment: &str, options: &[&str]) -> String {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("review.html");
        fs::write(&file, page).expect("a file");
        let output = Command::new(&self.0)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--virtual-time-budget=5000"])
            .arg(format!("--user-data-dir={}", directory.path().join("profile").display()))
            .args(options)
            .arg("--dump-dom")
            .arg(format!("file://{}{fragment}", file.display()))
            .output()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.0.display()));
        let dom = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(dom.contains("</html>"), "no page: {}", String::from_utf8_lossy(&output.stderr));
        dom
    }

    /// Opens a page, runs the body of an asynchronous function after the page's script, and returns its result.
    pub(crate) fn run(&self, page: &str, fragment: &str, script: &str, options: &[&str]) -> Value {
        let (before, policy) = page.split_once("script-src '").expect("a policy");
        let (_, after) = policy.split_once('\'').expect("the end of the hash");
        let driver = format!(
            "<script>(async () => {{ {script} }})().catch(error => `${{error.stack}}`).then(result => \
             document.body.append(`<<${{encodeURIComponent(JSON.stringify(result))}}>>`))</script></body>"
        );
        let page = format!("{before}script-src 'unsafe-inline'{after}").replacen("</body>", &driver, 1);
        let dom = self.dom(&page, fragment, options);
        let result = dom.rsplit_once("&lt;&lt;").and_then(|(_, rest)| rest.split_once("&gt;&gt;"));
        let result = result.unwrap_or_else(|| panic!("the script did not end: {dom}")).0;
        let json = percent_decode_str(result).decode_utf8().expect("UTF-8");
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
    }
}
