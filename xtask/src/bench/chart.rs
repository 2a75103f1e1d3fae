//! The chart of a run: the time of each rival as a multiple of ours, as an SVG image.

use super::bounds::{
    CLIENT, ENCODE, ENCODE_WITHOUT_GROUPS, ITEMS, MODELS, MeasurementKey, PAGE, THREAD, WITHOUT_GROUPS,
};
use super::results::{OURS, Results, TIME};

/// Bars that belong together.
struct BarGroup {
    title: &'static str,
    /// The rivals, each with its label.
    bars: &'static [(&'static str, MeasurementKey)],
}

const CPU: &str = "s cpu, debug";

const GROUPS: [BarGroup; 4] = [
    BarGroup {
        title: "Decode a page of 100 items",
        bars: &[
            ("async-openai", (TIME, WITHOUT_GROUPS, "async-openai")),
            ("serde's derive", (TIME, ITEMS, "derive")),
            ("serde_json::Value", (TIME, ITEMS, "Value")),
        ],
    },
    BarGroup {
        title: "Encode a page of 100 items",
        bars: &[
            ("async-openai", (TIME, ENCODE_WITHOUT_GROUPS, "async-openai")),
            ("serde's derive", (TIME, ENCODE, "derive")),
            ("serde_json::Value", (TIME, ENCODE, "Value")),
        ],
    },
    BarGroup {
        title: "Call over loopback",
        bars: &[
            ("reqwest alone, one thread", (TIME, THREAD, "reqwest")),
            ("reqwest alone, 100 threads", (TIME, PAGE, "reqwest")),
        ],
    },
    BarGroup {
        title: "Build a program, CPU time",
        bars: &[
            ("async-openai, client", (CPU, CLIENT, "async-openai")),
            ("async-openai, models alone", (CPU, MODELS, "async-openai")),
        ],
    },
];

const TITLE: &str = "Time of each alternative, chatkit-client = 1 (dashed line)";

/// The end of the labels, and the start of the bars.
const LEFT: f64 = 230.0;

/// The width of the longest bar.
const LONGEST: f64 = 380.0;

const WIDTH: f64 = 680.0;
const ROW: f64 = 22.0;

/// The image has a background of its own: the page around it may have another colour scheme than the browser.
const STYLE: &str = "  <style>
    text { font-family: system-ui, Helvetica, Arial, sans-serif; font-size: 13px; fill: #1f2328 }
    .title { font-weight: 600 }
    .label { text-anchor: end }
    .page { fill: #ffffff; stroke: #d1d9e0 }
    .bar { fill: #0969da }
    .ours { stroke: #1f2328; stroke-dasharray: 3 3 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .page { fill: #0d1117; stroke: #3d444d }
      .bar { fill: #4493f8 }
      .ours { stroke: #f0f6fc }
    }
  </style>";

/// Renders the ratios of a run. Bars without a measurement are left out.
pub(super) fn svg(results: &Results) -> String {
    let groups: Vec<_> = GROUPS.iter().map(|group| (group.title, ratios(group, results))).collect();
    let ratios = groups.iter().flat_map(|(_, bars)| bars).map(|(_, ratio)| *ratio);
    let unit = LONGEST / ratios.fold(1.0, f64::max);
    let (mut rows, mut y) = (Vec::new(), 58.0);
    for (title, bars) in groups.iter().filter(|(_, bars)| !bars.is_empty()) {
        rows.push(text("title", 16.0, y, title));
        y += ROW;
        for (label, ratio) in bars {
            rows.push(bar(label, *ratio, unit, y));
            y += ROW;
        }
        y += 8.0;
    }
    let ours = LEFT + unit;
    let lines = [
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{y}\" viewBox=\"0 0 {WIDTH} {y}\" \
             role=\"img\" aria-labelledby=\"title description\">"
        ),
        format!("  <title id=\"title\">{}</title>", escaped(TITLE)),
        format!("  <desc id=\"description\">{}</desc>", escaped(&description(&groups))),
        STYLE.to_owned(),
        format!("  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\"/>", WIDTH - 1.0, y - 1.0),
        text("title", 16.0, 26.0, TITLE),
        rows.join("\n"),
        format!("  <line class=\"ours\" x1=\"{ours:.1}\" y1=\"46\" x2=\"{ours:.1}\" y2=\"{}\"/>", y - 12.0),
        "</svg>\n".to_owned(),
    ];
    lines.join("\n")
}

/// Returns the measured bars of a group.
fn ratios(group: &BarGroup, results: &Results) -> Vec<(&'static str, f64)> {
    let ratio = |&(label, (unit, benchmark, rival)): &(&'static str, MeasurementKey)| {
        Some((label, results.get(unit, benchmark, rival)? / results.get(unit, benchmark, OURS)?))
    };
    group.bars.iter().filter_map(ratio).collect()
}

/// Renders a bar, with its label on the left, and its ratio on the right of the bar and of the dashed line.
fn bar(label: &str, ratio: f64, unit: f64, y: f64) -> String {
    let width = ratio * unit;
    let bar = format!("  <rect class=\"bar\" x=\"{LEFT}\" y=\"{}\" width=\"{width:.1}\" height=\"14\"/>", y - 11.0);
    let value = text("", LEFT + width.max(unit) + 6.0, y, &format!("{ratio:.2}"));
    [text("label", LEFT - 8.0, y, label), bar, value].join("\n")
}

fn text(class: &str, x: f64, y: f64, text: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("  <text{class} x=\"{x:.1}\" y=\"{y}\">{}</text>", escaped(text))
}

/// Describes the chart for readers who cannot see it.
fn description(groups: &[(&str, Vec<(&str, f64)>)]) -> String {
    let group = |(title, bars): &(&str, Vec<(&str, f64)>)| {
        let bars: Vec<_> = bars.iter().map(|(label, ratio)| format!("{label} {ratio:.2}")).collect();
        format!("{title}: {}.", bars.join("; "))
    };
    let groups = groups.iter().filter(|(_, bars)| !bars.is_empty()).map(group);
    ["chatkit-client is 1.".to_owned()].into_iter().chain(groups).collect::<Vec<_>>().join(" ")
}

/// Escapes text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{ENCODE, ITEMS, Results, TIME, escaped, svg};

    fn measured() -> Results {
        let mut results = Results::default();
        for (benchmark, rival, ratio) in [(ITEMS, "derive", 1.5), (ITEMS, "Value", 2.0), (ENCODE, "derive", 0.5)] {
            results.add(TIME, benchmark, "ours", 100.0);
            results.add(TIME, benchmark, rival, 100.0 * ratio);
        }
        results
    }

    #[test]
    fn bars_are_as_long_as_their_ratios() {
        let chart = svg(&measured());
        let bars: Vec<_> = chart.lines().filter(|line| line.contains("class=\"bar\"")).collect();
        assert_eq!(bars.len(), 3, "{chart}");
        for (bar, width) in bars.iter().zip(["285.0", "380.0", "95.0"]) {
            assert!(bar.contains(&format!("width=\"{width}\"")), "{bar}");
        }
        assert!(chart.contains("x1=\"420.0\""), "the line is at 1: {chart}");
    }

    #[test]
    fn describes_every_bar_in_words() {
        let description = "chatkit-client is 1. Decode a page of 100 items: serde's derive 1.50; serde_json::Value \
                           2.00. Encode a page of 100 items: serde's derive 0.50.</desc>";
        let chart = svg(&measured());
        assert!(chart.contains(description) && chart.contains("<title id=\"title\">Time of"), "{chart}");
    }

    #[test]
    fn leaves_out_groups_without_a_measurement() {
        assert!(!svg(&measured()).contains("Call over loopback"));
        assert!(!svg(&Results::default()).contains("class=\"bar\""));
    }

    #[test]
    fn same_results_give_the_same_bytes() {
        assert_eq!(svg(&measured()), svg(&measured()));
    }

    #[test]
    fn escapes_markup() {
        assert_eq!(escaped("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;");
    }

    #[test]
    fn every_element_is_closed() {
        let chart = svg(&measured());
        for name in ["svg", "title", "desc", "style", "text"] {
            let [opened, closed] = [format!("<{name}"), format!("</{name}>")].map(|tag| chart.matches(&tag).count());
            assert_eq!(opened, closed, "{name}");
        }
    }
}
