//! What a comparison leaves behind: the folder, the report in its languages, variants, moved assumptions, budgets and own numbers.

use crate::common::{folder, stderr, stdout, tellwave, write};
use serde_json::Value;
use std::path::Path;

const MARKET: &str = "seed = 3\nruns = 40\nhorizon = \"60 days\"\n[graph.watts_strogatz]\npeople = 1_000\n[seeds]\ncount = 40\n\
    [conversion]\npersuasion = \"6 %\"\ninvitation = \"9 %\"\n";

const VARIANTS: &str = "[policy.two_sided]\nadvocate = \"5 USD\"\nfriend = \"5 USD\"\n[[variant]]\nname = \"Generous\"\n\
    policy.two_sided.friend = \"12 USD\"\n[[variant]]\nname = \"Nothing\"\npolicy.none = {}\n";

fn scenario(name: &str, more: &str) -> String {
    format!("name = {name:?}\n{MARKET}{more}")
}

/// Compares into the folder `out`; gives what was printed.
fn compare(here: &Path, args: &[&str]) -> String {
    let said = tellwave(here, &[&["compare"], args, &["--out", "out"]].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    stdout(&said)
}

fn read(here: &Path, name: &str) -> String {
    std::fs::read_to_string(here.join("out").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn summary(here: &Path) -> Value {
    serde_json::from_str(&read(here, "summary.json")).expect("JSON")
}

#[test]
fn a_file_is_compared_with_its_variants_and_the_folder_can_be_verified() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine", VARIANTS));
    compare(here.path(), &["mine.toml", "--no-what-if"]);
    let summary = summary(here.path());
    let names: Vec<&str> = (0..3).map(|place| summary["scenarios"][place]["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["Mine", "Generous", "Nothing"]);
    // Nothing to pay for, nothing added.
    assert_eq!(summary["scenarios"][2]["programme"], Value::Null);
    let verify = |args: &[&str]| tellwave(here.path(), &[&["verify", "out"], args].concat());
    let said = stdout(&verify(&["--all"]));
    assert!(said.contains("120 runs told again") && said.contains("Everything is as it was written"), "{said}");
    // A comparison has no runs of its own to list; the command says what to do.
    let events = tellwave(here.path(), &["events", "out"]);
    assert!(stderr(&events).contains("tellwave run out/scenario-1.toml"), "{}", stderr(&events));
    // The scenarios of the folder are the same comparison again, byte for byte but for the names of files.
    let again = [
        "compare",
        "out/scenario-1.toml",
        "out/scenario-2.toml",
        "out/scenario-3.toml",
        "--no-what-if",
        "--out",
        "again",
    ];
    assert!(tellwave(here.path(), &again).status.success());
    for name in ["curves.csv", "runs.parquet", "difference.svg"] {
        let [one, other] = ["out", "again"].map(|dir| std::fs::read(here.path().join(dir).join(name)).expect("a file"));
        assert!(one == other, "{name}");
    }
    write(here.path(), "out/profit.csv", "day\n");
    let said = verify(&[]);
    assert_eq!(said.status.code(), Some(4), "{}", stdout(&said));
}

#[test]
fn the_same_bytes_are_written_for_any_number_of_threads() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine", VARIANTS));
    let digest = |threads: &str| {
        compare(here.path(), &["mine.toml", "--runs", "12", "--threads", threads]);
        read(here.path(), "provenance.json")
    };
    assert_eq!(digest("1"), digest("3"));
}

#[test]
fn what_is_the_same_has_no_difference_anywhere_in_the_report() {
    let here = folder();
    let programme = "[policy.one_sided]\nadvocate = \"5 USD\"\n";
    write(here.path(), "one.toml", scenario("One", programme));
    write(here.path(), "again.toml", scenario("Again", programme));
    compare(here.path(), &["one.toml", "again.toml"]);
    let report = read(here.path(), "report.html");
    assert!(report.contains("Profit: no difference.") && !report.contains("comes first with"), "{report}");
    for row in read(here.path(), "difference.csv").lines().skip(1) {
        let cells: Vec<&str> = row.split(',').skip(1).collect();
        assert!(cells.iter().all(|cell| *cell == "0"), "{row}");
    }
}

#[test]
fn names_from_strangers_are_only_text_in_every_file() {
    let here = folder();
    let name = "=cmd|' /C calc'!A1 <script>alert(1)</script> & \\u202etxt\\u0007 [x](http://e.vil) 口碑 {{ 7 * 7 }}";
    let name = name.replace("\\u0007", "");
    write(here.path(), "evil.toml", format!("name = \"{name}\"\n{MARKET}{}", &VARIANTS));
    let printed = compare(here.path(), &["evil.toml", "--runs", "4"]);
    let report = read(here.path(), "report.html");
    assert!(!report.contains("<script") && !report.contains('\u{202e}') && report.contains("{{ 7 * 7 }}"));
    let markdown = read(here.path(), "report.md");
    assert!(!markdown.replace("\\]", "").contains("](http") && !markdown.contains('\u{202e}'), "{markdown}");
    assert!(!printed.contains('\u{202e}'));
    for entry in std::fs::read_dir(here.path().join("out")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let is = |ending: &str| path.extension().is_some_and(|it| it == ending);
        if is("csv") {
            let text = std::fs::read_to_string(&path).expect("text");
            let begins = |cell: &str| cell.trim_start_matches('"').starts_with(['=', '+', '@']);
            assert!(!text.lines().flat_map(|line| line.split(',')).any(begins), "{}", path.display());
        }
        if is("svg") {
            assert!(!std::fs::read_to_string(&path).expect("text").contains("<script"), "{}", path.display());
        }
    }
}

#[test]
fn a_ranking_flips_where_it_is_said_to() {
    let here = folder();
    // As the shipped one, but smaller: invitations win too few for the programme to pay, by a little.
    let market = MARKET.replace("1_000", "4_000").replace("count = 40", "count = 200").replace("6 %", "1.5 %");
    let two = |invitation: &str| {
        let programme = "[policy.two_sided]\nadvocate = \"5 USD\"\nfriend = \"5 USD\"\n";
        format!("name = \"Two\"\n{}{programme}", market.replace("9 %", invitation))
    };
    write(here.path(), "two.toml", two("5 %"));
    compare(here.path(), &["two.toml", "--baseline", "none"]);
    let told = summary(here.path());
    let assumptions = told["what_if"]["assumptions"].as_array().expect("assumptions");
    let invitation = assumptions.iter().find(|it| it["key"] == "conversion.invitation").expect("a range");
    let flip = invitation["flips_at"].as_f64().expect("a flip");
    assert!((0.5..15.0).contains(&flip), "{flip}");
    // Well below it and well above it, played for themselves, another one is ahead.
    let first_at = |chance: f64| {
        write(here.path(), "two.toml", two(&format!("{chance} %")));
        compare(here.path(), &["two.toml", "--baseline", "none", "--no-what-if"]);
        summary(here.path())["ranking"][0].as_str().expect("a name").to_owned()
    };
    let [below, above] = [first_at(flip * 0.8), first_at(flip * 1.2)];
    assert_ne!(below, above, "around {flip}");
    let [first, other] = ["first", "other"].map(|which| told["what_if"][which].as_str().expect("a name"));
    let report =
        format!("{first} would fall behind {other} where the chance that an invitation with a code persuades is");
    write(here.path(), "two.toml", two("5 %"));
    compare(here.path(), &["two.toml", "--baseline", "none"]);
    assert!(read(here.path(), "report.md").contains(&report), "{report}");
}

#[test]
fn no_programme_spends_more_than_the_budget_that_all_have() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine", VARIANTS));
    let printed = compare(here.path(), &["mine.toml", "--equal-budget", "60 USD", "--no-what-if"]);
    assert!(printed.contains("Every programme had the same budget for its rewards: 60 USD"), "{printed}");
    let summary = summary(here.path());
    for place in 0..3 {
        let cost = summary["scenarios"][place]["measures"]["reward_cost"]["p95"].as_f64().expect("a number");
        assert!(cost <= 60.0, "{cost}");
    }
    let wrong = tellwave(here.path(), &["compare", "mine.toml", "--equal-budget", "60 EUR", "--no-report"]);
    assert!(wrong.status.code() == Some(2) && stderr(&wrong).contains("--equal-budget 60 EUR"), "{}", stderr(&wrong));
}

#[test]
fn what_was_counted_stands_beside_the_curves_with_its_fit() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine", VARIANTS));
    compare(here.path(), &["mine.toml", "--no-what-if"]);
    // Counted exactly as the first scenario has it on average: it fits it, and the others less.
    let curves = read(here.path(), "curves.csv");
    let header: Vec<&str> = curves.lines().next().expect("a header").split(',').collect();
    let place = header.iter().position(|name| *name == "customers_mean_1").expect("a column");
    let days = curves.lines().skip(1).step_by(10).map(|row| row.split(',').collect::<Vec<_>>());
    let counted: String = days.map(|row| format!("{},{}\n", row[0], row[place])).collect();
    write(here.path(), "counted.csv", format!("day,customers\n{counted}"));
    compare(here.path(), &["mine.toml", "--no-what-if", "--actuals", "counted.csv"]);
    let report = read(here.path(), "report.md");
    let fit =
        |name: &str| report.lines().rfind(|line| line.starts_with(&format!("| {name} |")) && line.ends_with("| 7 |"));
    assert!(fit("Mine").expect("a fit").starts_with("| Mine | 0\u{a0}% | 0 | 100\u{a0}% |"), "{:?}", fit("Mine"));
    assert!(!fit("Generous").expect("a fit").contains("| 0\u{a0}% |"));
    write(here.path(), "counted.csv", "day,customers\n1,many\n");
    let wrong = tellwave(here.path(), &["compare", "mine.toml", "--actuals", "counted.csv", "--out", "none"]);
    assert!(wrong.status.code() == Some(2) && stderr(&wrong).contains("counted.csv:2: customers: found \"many\""));
    assert!(!here.path().join("none").exists());
}

#[test]
fn a_template_of_one_s_own_is_filled_and_a_wrong_one_loses_nothing() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine & Co", VARIANTS));
    write(
        here.path(),
        "own.html",
        "<h1>{{ title }}</h1>{% for section in sections %}{{ section.anchor }} {% endfor %}",
    );
    compare(here.path(), &["mine.toml", "--no-what-if", "--runs", "4", "--template", "own.html"]);
    let report = read(here.path(), "report.html");
    assert!(report.starts_with("<h1>Mine &amp; Co · Generous · Nothing</h1>result days programmes"), "{report}");
    let call = |out: &str| {
        let args = ["compare", "mine.toml", "--no-what-if", "--runs", "4", "--template", "own.html", "--out", out];
        tellwave(here.path(), &args)
    };
    write(here.path(), "own.html", "{{ title");
    let said = call("unread");
    assert!(said.status.code() == Some(2) && !here.path().join("unread").exists(), "{}", stderr(&said));
    write(here.path(), "own.html", "{{ sections | no_such_filter }}");
    let said = call("unfilled");
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
    assert!(stdout(&tellwave(here.path(), &["verify", "unfilled"])).contains("Everything is as it was written"));
    write(here.path(), "own.html", "<h1>\n{{ titel }}</h1>");
    let said = call("misspelt");
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
    assert!(stderr(&said).contains("error: own.html:2: undefined value: `titel` is undefined\n"), "{}", stderr(&said));
    let [usual, report] = ["unfilled", "misspelt"].map(|out| here.path().join(out).join("report.html"));
    assert!(std::fs::read(usual).expect("a report") == std::fs::read(report).expect("a report"), "it is the usual one");
}

#[test]
fn the_template_in_the_documents_can_be_filled() {
    let here = folder();
    write(here.path(), "mine.toml", scenario("Mine", VARIANTS));
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports.md")).expect("a page");
    let templates: Vec<&str> = page.split("```html\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!templates.is_empty());
    for template in templates {
        write(here.path(), "own.html", template);
        compare(here.path(), &["mine.toml", "--no-what-if", "--runs", "4", "--template", "own.html"]);
        assert!(read(here.path(), "report.html").contains("<svg"));
    }
}

#[test]
fn a_scenario_has_one_colour_in_all_charts_and_what_is_left_out_is_said() {
    let here = folder();
    let more: String = (6..12)
        .map(|cost| format!("[[variant]]\nname = \"Of {cost}\"\npolicy.two_sided.friend = \"{cost}.5 USD\"\n"))
        .collect();
    write(here.path(), "mine.toml", scenario("Mine", &format!("{VARIANTS}{more}")));
    write(here.path(), "counted.csv", "day,customers\n1,50\n20,70\n");
    compare(here.path(), &["mine.toml", "--runs", "12", "--actuals", "counted.csv"]);
    let charts: Value = serde_json::from_str(&read(here.path(), "charts.json")).expect("JSON");
    let best = summary(here.path())["ranking"][0].as_str().expect("a name").to_owned();
    let mut looks = std::collections::BTreeMap::new();
    for chart in charts["charts"].as_array().expect("charts") {
        let figure = &chart["figure"];
        let (name, caption) = (figure["name"].as_str().expect("a name"), figure["caption"].as_str().expect("text"));
        let lines = figure["marks"].as_array().expect("marks").iter().filter_map(|mark| mark.get("line"));
        for line in lines {
            let label = line["label"].as_str().expect("a label").to_owned();
            let look = (line["hue"].clone(), line["stroke"].clone());
            assert_eq!(*looks.entry(label.clone()).or_insert_with(|| look.clone()), look, "{label} in {name}");
        }
        let said = match name {
            "difference" => "6 of 8 scenarios besides the baseline: those that rank first",
            "customers" | "profit" | "reach" | "actuals" => "6 of 9 scenarios: those that rank first, and the baseline",
            "payback" | "break-even" => "6 of 8 programmes: those that rank first",
            _ => continue,
        };
        assert!(caption.contains(said), "{name}: {caption}");
    }
    assert_eq!(looks["Mine"], ("quiet".into(), "dashed".into()));
    assert_eq!(looks[&best], ("first".into(), "solid".into()));
}

/// The text of a page as a reader sees it, without keys, sources and commands.
fn visible(report: &str) -> String {
    let without = |text: &str, from: &str, to: &str| {
        let pieces = text.split(from).enumerate();
        pieces
            .map(|(place, piece)| if place == 0 { piece } else { piece.split_once(to).map_or("", |it| it.1) })
            .collect::<String>()
    };
    let page = without(report, "<style>", "</style>");
    // Keys, values and sources of settings are of no language, and so is what is typed.
    let page = without(&page, "<table class=\"pairs settings\">", "</table>");
    let page = without(&without(&page, "<pre", "</pre>"), "<span class=\"meaning\">", "</span>");
    let page = without(&page, "<figcaption>", "</figcaption>");
    page.split('<').map(|piece| piece.split_once('>').map_or(piece, |it| it.1)).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_comparison_in_another_language_has_no_english_left() {
    let here = folder();
    let text = scenario("Ausgang", VARIANTS).replace("Generous", "Freigiebig").replace("Nothing", "Nichts");
    write(here.path(), "mine.toml", text);
    write(here.path(), "counted.csv", "day,customers\n1,50\n");
    let known = [
        "Ausgang",
        "Freigiebig",
        "Nichts",
        "Tellwave",
        "ROI",
        "USD",
        "summary",
        "json",
        "runs",
        "parquet",
        "conversion",
        "invitation",
        "persuasion",
        "telling",
        "positive",
        "negative",
        "participation",
        "unasked",
        "willing",
        "commerce",
        "discount",
        "rate",
        "customers",
        "html",
        "report",
        // In notes, keys and values.
        "policy",
        "two",
        "sided",
        "advocate",
        "cap",
        "ends",
        "budget",
        "credibility",
        "loss",
    ];
    for lang in ["zh", "ru"] {
        let printed = compare(here.path(), &["mine.toml", "--lang", lang, "--actuals", "counted.csv"]);
        let page = read(here.path(), "report.html");
        assert!(page.contains(&format!("<html lang=\"{lang}\">")));
        for text in [visible(&page), printed.replace("out/", "")] {
            let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 2);
            let found: Vec<&str> = words.filter(|word| !known.contains(word)).collect();
            assert!(found.is_empty(), "{lang}: {found:?}");
        }
    }
}
