//! What a user reads: mistakes above all, then results.

use crate::common::{self, command, folder, stderr, stdout, tellwave, write};
use std::path::Path;
use std::process::Stdio;

/// A small scenario, quickly played.
const SMALL: &str = "runs = 10\nhorizon = \"20 days\"\n[graph.complete]\npeople = 60\n[seeds]\ncount = 3\n";

/// A folder with `small.toml`.
fn with_small() -> tempfile::TempDir {
    let here = folder();
    write(here.path(), "small.toml", SMALL);
    here
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Runs a call that must be refused with exit code 2 and leave nothing behind; gives what was said.
fn refused(folder: &Path, args: &[&str]) -> String {
    let before = names(folder);
    let said = tellwave(folder, args);
    let message = stderr(&said);
    assert_eq!(said.status.code(), Some(2), "{message}");
    assert_eq!(stdout(&said), "", "a refusal goes to stderr");
    assert_eq!(names(folder), before, "something was written");
    assert!(!message.contains("panicked"), "{message}");
    message
}

fn assert_says(message: &str, parts: &[&str]) {
    for part in parts {
        assert!(message.contains(part), "{part:?} is not in:\n{message}");
    }
}

#[test]
fn every_mistake_is_named_with_its_place_and_nothing_is_written() {
    let here = folder();
    let text = "seed = 1\nruns = 0\nhorizon = \"soon\"\n[graph.watts_strogatz]\npeople = 100\nrewiring = \"120 %\"\n\
                [telling]\npositve = \"poisson(12)\"\ndelay = \"exponental(5 days)\"\n[seeds]\ncount = 101\n";
    write(here.path(), "wrong.toml", text);
    let message = refused(here.path(), &["run", "wrong.toml", "--out", "out"]);
    assert_says(
        &message,
        &[
            "wrong.toml:2:8",
            "wrong.toml:3:11",
            "wrong.toml:6:12",
            "wrong.toml:8:1",
            "did you mean `positive`?",
            "wrong.toml:9:9",
            "did you mean `exponential`?",
            "wrong.toml:11:9",
            "6 mistakes in wrong.toml; nothing was run",
        ],
    );
}

#[test]
fn an_unknown_key_is_answered_with_the_nearest_one() {
    let here = folder();
    write(here.path(), "wrong.toml", format!("{SMALL}[conversion]\npersuation = \"4 %\"\n"));
    let message = refused(here.path(), &["run", "wrong.toml"]);
    assert_says(&message, &["conversion.persuation", "wrong.toml:8:1", "did you mean `persuasion`?", "1 mistake in"]);
}

#[test]
fn what_is_no_toml_is_refused_with_its_place() {
    let here = folder();
    write(here.path(), "wrong.toml", "runs = 10\nseed = = 3\n");
    assert_says(&refused(here.path(), &["run", "wrong.toml"]), &["wrong.toml:2:"]);
}

#[test]
fn a_missing_file_is_named() {
    let here = folder();
    assert_says(&refused(here.path(), &["run", "nowhere.toml"]), &["there is no scenario nowhere.toml"]);
}

#[test]
fn an_unknown_flag_is_refused_with_help() {
    let here = with_small();
    assert_says(&refused(here.path(), &["run", "small.toml", "--run", "5"]), &["--run", "--runs"]);
    assert_says(&refused(here.path(), &["run", "small.toml", "--runs", "0"]), &["--runs"]);
    assert_says(&refused(here.path(), &["run", "small.toml", "--log", "first,second"]), &["none, first, all"]);
}

#[test]
fn somebody_else_s_folder_is_refused_and_left_alone() {
    let here = with_small();
    let theirs = here.path().join("thesis");
    std::fs::create_dir(&theirs).expect("made");
    write(&theirs, "chapter.txt", "years of work");
    let message = refused(here.path(), &["run", "small.toml", "--out", "thesis"]);
    assert_says(&message, &["chapter.txt", "nothing was touched"]);
    assert_eq!(names(&theirs), ["chapter.txt"]);
    assert_eq!(std::fs::read(theirs.join("chapter.txt")).expect("read"), b"years of work");
}

#[test]
fn its_own_folder_is_written_anew() {
    let here = with_small();
    for log in ["all", "none"] {
        let said = tellwave(here.path(), &["run", "small.toml", "--out", "out", "--log", log]);
        assert!(said.status.success(), "{}", stderr(&said));
    }
    assert!(!names(&here.path().join("out")).iter().any(|name| name.starts_with("events-run-")));
    assert_eq!(tellwave::store::verify(&here.path().join("out")).expect("a provenance"), []);
}

#[test]
fn logs_are_kept_of_the_runs_that_are_named() {
    let here = with_small();
    for (log, kept) in [
        ("0,7", vec!["events-run-000000.parquet", "events-run-000007.parquet"]),
        ("none", vec![]),
        ("first", vec!["events-run-000000.parquet"]),
    ] {
        let said = tellwave(here.path(), &["run", "small.toml", "--out", log, "--log", log]);
        assert!(said.status.success(), "{}", stderr(&said));
        let mut found = names(&here.path().join(log));
        found.retain(|name| name.starts_with("events-run-"));
        assert_eq!(found, kept);
    }
}

#[test]
fn a_run_beyond_the_last_is_refused() {
    let here = with_small();
    let message = refused(here.path(), &["run", "small.toml", "--log", "3,10"]);
    assert_says(&message, &["run 10", "0 to 9"]);
}

#[test]
fn json_is_json_and_all_of_stdout() {
    let here = with_small();
    let said = tellwave(here.path(), &["run", "small.toml", "--json", "--out", "out", "--seed", "9"]);
    assert!(said.status.success(), "{}", stderr(&said));
    let json: serde_json::Value = serde_json::from_str(&stdout(&said)).expect("JSON");
    assert_eq!((json["runs"].as_u64(), json["seed"].as_u64()), (Some(10), Some(9)));
    assert!(json["measures"]["customers"]["mean"].as_f64().is_some_and(|mean| mean >= 3.0), "{json}");
    assert!(json["seconds_playing"].as_f64().is_some_and(|seconds| seconds > 0.0), "{json}");
    let report = json["report"].as_str().expect("a path");
    assert!(here.path().join(report).is_file());
}

#[test]
fn the_last_line_says_where_the_report_is() {
    let here = with_small();
    for args in [&["run", "small.toml"][..], &["run", "small.toml", "--out", "mine"]] {
        let said = tellwave(here.path(), args);
        assert!(said.status.success(), "{}", stderr(&said));
        let text = stdout(&said);
        let last = text.trim_end().lines().last().expect("a line");
        let path = last.strip_prefix("Report, with what each line means: ").unwrap_or_else(|| panic!("{last}"));
        assert!(here.path().join(path).is_file(), "{path}");
    }
    assert!(here.path().join("output/small-001/report.html").is_file());
}

#[test]
fn a_reader_that_goes_away_is_nobody_s_mistake() {
    let here = with_small();
    for args in [&["run", "small.toml", "--out", "out"][..], &["--help"]] {
        let mut child = command(here.path(), args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        drop(child.stdout.take());
        let said = child.wait_with_output().expect("an end");
        assert!(!stderr(&said).contains("panicked"), "{}", stderr(&said));
        assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    }
    assert_eq!(tellwave::store::verify(&here.path().join("out")).expect("a provenance"), []);
}

#[test]
fn names_in_chinese_and_russian_are_drawn() {
    let here = folder();
    for (number, name) in
        ["咖啡店的口碑", "Кофейня на углу", "日本の友達紹介", "Σήμα & <b>fett</b>"].into_iter().enumerate()
    {
        write(here.path(), "named.toml", format!("name = \"{name}\"\n{SMALL}"));
        let out = format!("out{number}");
        let said = tellwave(here.path(), &["run", "named.toml", "--out", &out]);
        assert!(said.status.success(), "{name}: {}", stderr(&said));
        assert!(stdout(&said).starts_with(name), "{}", stdout(&said));
        let svg = std::fs::read_to_string(here.path().join(&out).join("reach.svg")).expect("a chart");
        let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(svg.contains(&escaped), "{name} is not on the chart");
        let html = std::fs::read_to_string(here.path().join(&out).join("report.html")).expect("a report");
        assert!(!html.contains("<b>fett"), "a name is text, not markup");
    }
}

#[test]
fn a_name_that_no_font_can_draw_is_refused_with_a_word_on_fonts() {
    let here = folder();
    // A private character, and a script that the bundled fonts lack.
    for name in ["Laden \u{f0000}", "ร้านกาแฟ"] {
        write(here.path(), "named.toml", format!("name = \"{name}\"\n{SMALL}"));
        let message = refused(here.path(), &["run", "named.toml", "--out", "out"]);
        assert_says(&message, &["no bundled font", "--font"]);
    }
    write(here.path(), "font.ttf", "not a font");
    let message = refused(here.path(), &["run", "named.toml", "--out", "out", "--font", "font.ttf"]);
    assert_says(&message, &["font.ttf is no font"]);
}

#[test]
fn a_bad_line_of_an_edge_list_is_named_with_its_file() {
    let here = folder();
    write(here.path(), "listed.toml", "runs = 2\n[graph.edge_list]\nfile = \"data/ties.txt\"\n[seeds]\ncount = 1\n");
    std::fs::create_dir(here.path().join("data")).expect("made");
    write(here.path(), "data/ties.txt", "# friends\n0 1\n1 2\n2\n2 3\n");
    let message = refused(here.path(), &["run", "listed.toml", "--out", "out"]);
    assert_says(&message, &["data/ties.txt:4", "listed.toml:3:8"]);
    std::fs::remove_file(here.path().join("data/ties.txt")).expect("removed");
    let message = refused(here.path(), &["run", "listed.toml", "--out", "out"]);
    assert_says(&message, &["data/ties.txt", "cannot be read", "listed.toml:3:8"]);
}

#[test]
fn a_scenario_of_strange_bytes_is_refused_and_its_controls_are_not_repeated() {
    let here = folder();
    write(here.path(), "bytes.toml", b"runs = 3\nname = \"\xff\xfe\"\n");
    let said = tellwave(here.path(), &["run", "bytes.toml"]);
    assert!(!said.status.success() && !stderr(&said).contains("panicked"), "{}", common::stderr(&said));
    write(here.path(), "escape.toml", format!("{SMALL}\"\\u001b[31mred\" = 1\n"));
    let message = refused(here.path(), &["run", "escape.toml"]);
    assert!(!message.contains('\u{1b}'), "{message:?}");
}

#[test]
fn presets_are_listed_shown_and_named_in_the_results() {
    let here = with_small();
    let list = stdout(&tellwave(here.path(), &["presets"]));
    let line = list.lines().find(|line| line.starts_with("word-of-mouth-guide")).expect("listed");
    assert!(line.ends_with("weak source"), "{line}");
    for text in [&list, &stdout(&tellwave(here.path(), &["presets", "tarp-large-loss"]))] {
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
    let shown = stdout(&tellwave(here.path(), &["presets", "tarp-cars"]));
    assert_says(
        &shown,
        &["[telling]\nnegative = \"negative_binomial(16, 2)\"", "read in the source", "range: 5 to 8 good"],
    );
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&tellwave(here.path(), &["presets", "kumar-finance", "--json"]))).expect("JSON");
    assert_eq!(json["values"][0]["key"], "participation.unasked");
    assert_eq!(json["values"][0]["sources"][0]["mark"], "read");
    assert_says(&refused(here.path(), &["presets", "tarp-car"]), &["did you mean `tarp-cars`?"]);

    let text = "runs = 2\nhorizon = '30 days'\npreset = ['word-of-mouth-guide', 'kumar-finance']\ngraph.cliques.people = 100\n";
    write(here.path(), "cited.toml", text.as_bytes());
    let said = stdout(&tellwave(here.path(), &["run", "cited.toml", "--out", "cited"]));
    assert_says(&said, &["of the preset word-of-mouth-guide: weak source"]);
    let read = |name: &str| std::fs::read_to_string(here.path().join("cited").join(name)).expect("a result");
    assert_says(
        &read("report.html"),
        &["preset kumar-finance", "Kumar, Petersen &amp; Leone 2007", ">weak source</strong>"],
    );
    assert_says(&read("provenance.json"), &["\"word-of-mouth-guide\",\n      \"kumar-finance\""]);
    assert!(!read("scenario.toml").contains("preset"));
}

#[test]
fn the_reference_is_printed() {
    let here = with_small();
    assert_says(
        &stdout(&tellwave(here.path(), &["reference"])),
        &["# Scenario reference", "| `persuasion` | chance |"],
    );
}

/// Three cases: one that holds, one that is about money, one whose reference is wrong.
fn with_cases() -> tempfile::TempDir {
    let here = folder();
    let case = |id: &str, model: &str, reference: &str| {
        format!(
            "{{\"id\": \"{id}\", \"title\": \"t\", \"model\": {model}, \"runs\": 100, \"checks\": [{{\"quantity\": \"adopters at \
             day 7\", \"reference\": {reference}, \"tolerance\": 1e-6, \"tolerance_rule\": \"deterministic, relative \
             1e-6\"}}]}}"
        )
    };
    let doubling = "{\"audience\": \"fresh\", \"seeds\": 1, \"tells\": \"Fixed(2)\", \"conversion\": 1.0, \"delay\": \
                    \"Fixed(7 d)\"}";
    let unknown = "{\"weather\": \"fine\"}";
    let cases = [case("G8", doubling, "3"), case("W1", unknown, "0.6"), case("H1", doubling, "4")];
    write(here.path(), "cases.json", format!("[{}]", cases.join(",\n")));
    here
}

#[test]
fn a_selfcheck_says_what_holds_what_missed_and_what_was_skipped() {
    let here = with_cases();
    let said = tellwave(here.path(), &["selfcheck", "--cases", "cases.json", "--only", "G,W1"]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    assert_says(&stdout(&said), &["adopters at day 7", "holds", "All 1 checks hold", "W1: not part of this version"]);
    let said = tellwave(here.path(), &["selfcheck", "--cases", "cases.json"]);
    assert_eq!(said.status.code(), Some(1), "{}", stdout(&said));
    assert_says(&stdout(&said), &["MISSED", "1 of 2 checks missed"]);
    assert_says(&stderr(&said), &["1 of 2 checks missed"]);
}

#[test]
fn a_selfcheck_in_json_is_for_programs() {
    let here = with_cases();
    let said = tellwave(here.path(), &["selfcheck", "--cases", "cases.json", "--json", "--runs-scale", "0.5"]);
    assert_eq!(said.status.code(), Some(1));
    let found: serde_json::Value = serde_json::from_str(&stdout(&said)).expect("JSON");
    assert_eq!(found["all_hold"], false);
    assert_eq!(found["runs_scale"], 0.5);
    assert_eq!(found["checks"][0]["verdict"], "holds");
    assert_eq!(found["checks"][0]["runs"], 50);
    assert_eq!(found["checks"][1]["verdict"], "missed");
    assert_eq!(found["checks"][1]["measured"], 3.0);
    assert_eq!(found["skipped"][0]["case"], "W1");
}

#[test]
fn a_selfcheck_of_what_is_wrong_is_refused() {
    let here = with_cases();
    let at = here.path();
    write(at, "no.json", "{");
    assert_says(&refused(at, &["selfcheck", "--cases", "no.json"]), &["no.json", "line 1", "not JSON"]);
    assert_says(&refused(at, &["selfcheck", "--cases", "nowhere.json"]), &["there is no file nowhere.json"]);
    assert_says(&refused(at, &["selfcheck", "--cases", "."]), &["it is a folder, not a file"]);
    assert_says(&refused(at, &["selfcheck", "--only", "G,Q"]), &["no case and no family `Q`", "families are B, C, D"]);
    assert_says(&refused(at, &["selfcheck", "--runs-scale", "0"]), &["above 0"]);
    assert_says(&refused(at, &["selfcheck", "--runs-scale", "NaN"]), &["above 0"]);
    let said = tellwave(at, &["selfcheck", "--cases", "cases.json", "--only", "W"]);
    assert_eq!(said.status.code(), Some(2), "nothing was checked");
    assert_says(&stderr(&said), &["none of these cases can be checked"]);
    write(
        at,
        "high.json",
        "[{\"id\": \"G1\", \"model\": {\"audience\": \"fresh\", \"seeds\": 1, \"tells\": \"Fixed(2)\", \
        \"conversion\": 7}, \"checks\": [{\"quantity\": \"mean total adopters\", \"reference\": 1, \"tolerance\": 1}]}]",
    );
    let said = tellwave(at, &["selfcheck", "--cases", "high.json"]);
    assert_eq!(said.status.code(), Some(2));
    assert_says(&stderr(&said), &["case G1: `conversion` is 7, not a number from 0 to 1"]);
}

#[test]
fn a_check_says_the_programme_in_words_warns_of_its_terms_and_writes_nothing() {
    let here = folder();
    let programme = "[policy]\nbudget = \"8.00 USD\"\n[policy.two_sided]\nadvocate = \"5.00 USD\"\nfriend = \"5.00 USD\"\ncap = 5\n";
    write(here.path(), "small.toml", format!("{SMALL}{programme}"));
    let before = names(here.path());
    let said = tellwave(here.path(), &["check", "small.toml"]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    let summary = [
        "People           60",
        "First customers  3",
        "Horizon          20 days",
        "Runs             10",
        "Programme        the advocate gets 5.00 USD in cash for a friend's first purchase, at most 5 times",
        "the friend gets 5.00 USD off the price for her first purchase",
        "all rewards together cost at most 8.00 USD",
    ];
    assert_says(&stdout(&said), &summary);
    let warning = ["warning: policy.budget: found a budget of 8.00 USD", "small.toml:8:10", "1 warning in small.toml"];
    assert_says(&stderr(&said), &warning);
    assert_eq!(names(here.path()), before);
    let played = stdout(&tellwave(here.path(), &["run", "small.toml", "--log", "none", "--out", "out"]));
    assert_says(&played, &["Note: policy.budget: a budget of 8.00 USD for rewards of 10.00 USD at once; it does not"]);
}

#[test]
fn a_check_finds_every_mistake_that_a_run_finds() {
    let here = folder();
    write(here.path(), "wrong.toml", "runs = 0\n[policy.one_sided]\ncapp = 5\n");
    let message = refused(here.path(), &["check", "wrong.toml"]);
    assert_says(&message, &["wrong.toml:1:8", "did you mean `cap`?", "2 mistakes in wrong.toml; nothing was run"]);
    write(here.path(), "right.toml", SMALL);
    let said = tellwave(here.path(), &["check", "right.toml"]);
    assert_eq!((said.status.code(), stderr(&said).as_str()), (Some(0), ""));
    assert_says(&stdout(&said), &["nobody is rewarded"]);
}

#[test]
fn mistakes_of_variants_stop_a_check_and_a_run() {
    let here = folder();
    let variants =
        "[[variant]]\nname = \"A\"\npolicy.one_sided.capp = 3\n[[variant]]\nname = \"B\"\nhorizon = \"soon\"\n";
    write(here.path(), "wrong.toml", format!("{SMALL}{variants}"));
    for args in [&["check", "wrong.toml"][..], &["run", "wrong.toml"], &["run", "wrong.toml", "--out", "out"]] {
        let said =
            ["did you mean `cap`?", "in the variant \"A\"", "found the text \"soon\"", "2 mistakes in wrong.toml"];
        assert_says(&refused(here.path(), args), &said);
    }
}

#[test]
fn a_check_says_what_each_variant_is_and_warns_of_its_terms() {
    let here = folder();
    let variants = "[policy.one_sided]\nadvocate = \"1.00 USD\"\ncap = 5\n[[variant]]\nname = \"Both\"\n[variant.policy]\nbudget = \"8.00 USD\"\n\
                    [variant.policy.two_sided]\nadvocate = \"5.00 USD\"\nfriend = \"5.00 USD\"\n[[variant]]\nname = \"Longer\"\n\
                    horizon = \"30 days\"\npolicy.none = {}\n";
    write(here.path(), "mine.toml", format!("{SMALL}{variants}"));
    let said = tellwave(here.path(), &["check", "mine.toml"]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    let told = stdout(&said);
    let places: Vec<usize> =
        ["1.00 USD", "Variant          Both", "8.00 USD", "Variant          Longer", "nobody is rewarded"]
            .map(|what| told.find(what).unwrap_or_else(|| panic!("{what} is not in\n{told}")))
            .to_vec();
    assert!(places.is_sorted(), "{told}");
    assert_says(&told, &["Besides          horizon is \"30 days\" instead of \"20 days\""]);
    let warned = ["found a budget of 8.00 USD", "in the variant \"Both\"", "1 warning in mine.toml"];
    assert_says(&stderr(&said), &warned);
}

#[test]
fn what_was_counted_after_the_end_is_refused_before_anything_is_written() {
    let here = folder();
    write(here.path(), "small.toml", SMALL);
    write(here.path(), "late.csv", "day,customers\n20,5\n21,6\n");
    let message = refused(here.path(), &["run", "small.toml", "--actuals", "late.csv"]);
    assert_says(&message, &["late.csv:3: day: found 21; allowed: 0 to 20"]);
    write(here.path(), "turned.csv", "Day;Customers\n20;5,5\n1;3\n");
    let said =
        tellwave(here.path(), &["run", "small.toml", "--actuals", "turned.csv", "--log", "none", "--out", "out"]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    assert_says(&stderr(&said), &["note: turned.csv:3: day 1 stands below a later one"]);
}

#[test]
fn a_name_that_no_font_can_draw_is_named_with_its_file() {
    let here = folder();
    write(here.path(), "party.toml", format!("name = \"Party \u{1f389}\"\n{SMALL}"));
    let message = refused(here.path(), &["run", "party.toml"]);
    assert_says(&message, &["party.toml: the scenario's name holds characters", "\u{1f389}"]);
}
