//! `tellwave check`: what it says of a scenario that is right, and how it helps with one that is not.

use crate::common::{folder, stderr, stdout, tellwave, write};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A market without end in which each customer tells two, so that R is twice the chance.
fn branching(persuasion: &str) -> String {
    format!(
        "horizon = \"1 year\"\nstop_at_customers = 2_000\n[telling]\naudience = \"fresh\"\npositive = \"fixed(2)\"\n[seeds]\ncount = 200\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"0 %\"\n[conversion]\npersuasion = \"{persuasion}\"\n"
    )
}

fn check(folder: &Path, text: &str, args: &[&str]) -> String {
    write(folder, "mine.toml", text);
    let said = tellwave(folder, &[&["check", "mine.toml"], args].concat());
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    stdout(&said)
}

/// Whether something is told, wherever its lines are broken.
fn assert_says_in_words(told: &str, parts: &[&str]) {
    assert_says(&told.split_whitespace().collect::<Vec<_>>().join(" "), parts);
}

fn assert_says(told: &str, parts: &[&str]) {
    for part in parts {
        assert!(told.contains(part), "{part:?} is not in:\n{told}");
    }
}

#[test]
fn how_many_each_customer_brings_is_said_in_words() {
    let here = folder();
    for (persuasion, r, verdict) in [
        ("10 %", 0.2, "fewer than one for one: word alone will not carry this"),
        ("50 %", 1.0, "about one for one"),
        ("60 %", 1.2, "more than one for one: it spreads of itself"),
    ] {
        let told = check(here.path(), &branching(persuasion), &[]);
        assert_says_in_words(&told, &[verdict, "Each first customer brings", "200 of them come to"]);
        let told: Value = serde_json::from_str(&check(here.path(), &branching(persuasion), &["--json"])).expect("JSON");
        let mean = told["reproduction"]["with_everything"]["each_first_customer"]["mean"].as_f64().expect("a number");
        // Null: R is twice the chance. Of 40 runs with 200 customers each, sd at most .008; five of them.
        assert!((mean - r).abs() < 0.04, "{mean} for {r}");
    }
}

#[test]
fn a_programme_is_told_beside_the_same_without_it() {
    let here = folder();
    let programme = "[policy.two_sided]\nadvocate = \"5 USD\"\nfriend = \"5 USD\"\ncap = 5\n";
    let market =
        "runs = 10\nhorizon = \"60 days\"\n[graph.cliques]\npeople = 1_000\n[conversion]\ninvitation = \"10 %\"\n";
    let told = check(here.path(), &format!("{market}{programme}"), &[]);
    assert_says_in_words(&told, &["Without the programme each brings", "customers at the end"]);
    let told: Value =
        serde_json::from_str(&check(here.path(), &format!("{market}{programme}"), &["--json"])).expect("JSON");
    let mean = |which: &str| told["reproduction"][which]["customers"]["mean"].as_f64().expect("a number");
    assert!(mean("with_everything") > mean("without_programme"), "{told}");
    let told = check(here.path(), market, &[]);
    assert!(!told.contains("Without the programme"), "{told}");
}

#[test]
fn the_same_is_said_of_the_same_scenario_again_but_for_time_and_memory() {
    let here = folder();
    let text = branching("10 %");
    let told = || -> Vec<String> {
        let told = check(here.path(), &text, &[]);
        let depends = |line: &&str| !line.starts_with("Time") && !line.starts_with("Memory");
        told.lines().filter(depends).map(str::to_owned).collect()
    };
    assert_eq!(told(), told());
}

#[test]
fn each_setting_is_told_with_who_gave_it() {
    let here = folder();
    let text = "preset = \"b2c\"\nruns = 10\n[graph.cliques]\npeople = 500\n";
    let told = check(here.path(), text, &["--no-pilot"]);
    let line = |key: &str| {
        let line =
            told.lines().find(|line| line.trim_start().starts_with(key)).unwrap_or_else(|| panic!("{key}: {told}"));
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("runs"), "runs 10 file");
    assert_eq!(line("sign_up"), "sign_up \"14 %\" preset b2c (weak source)");
    assert_eq!(line("clique_size"), "clique_size 6 default (assumption)");
    assert!(told.contains("\n  [graph.cliques]\n"), "{told}");
    let short = check(here.path(), text, &["--no-pilot", "--short"]);
    assert!(!short.contains("clique_size") && short.contains("by default"), "{short}");
    assert_says(&short, &["people", "sign_up"]);
}

#[test]
fn what_it_will_take_is_told_where_it_was_tried() {
    let here = folder();
    let text = "runs = 10\nhorizon = \"20 days\"\n[graph.complete]\npeople = 60\n";
    assert_says(&check(here.path(), text, &[]), &["\nMemory ", "\nTime ", "\nDisk             about 3 MB"]);
    let told = check(here.path(), text, &["--no-pilot"]);
    assert!(told.contains("\nMemory ") && !told.contains("\nTime ") && !told.contains("brings"), "{told}");
    let large = "[graph.erdos_renyi]\npeople = 1_000_001\nmean_degree = 1\n";
    assert_says(&check(here.path(), large, &[]), &["was not tried: there are more than 1,000,000 people"]);
}

#[test]
fn programs_are_told_everything_in_one_object() {
    let here = folder();
    let text = "preset = \"b2c\"\nruns = 10\n[graph.complete]\npeople = 60\n[policy]\nbudget = \"1 USD\"\n[policy.one_sided]\n\
                [[variant]]\nname = \"Longer\"\nhorizon = \"2 years\"\n";
    let told: Value = serde_json::from_str(&check(here.path(), text, &["--json"])).expect("JSON");
    assert_eq!(told["people"], 60);
    assert_eq!(told["variants"][0]["changes"][0]["key"], "horizon");
    assert_eq!(told["warnings"][0]["line"], 6, "{told}");
    assert!(told["needs"]["seconds_of_playing"].is_number() && told["needs"]["disk_bytes"].is_number());
    let settings = told["settings"].as_array().expect("a list");
    let from = |key: &str| settings.iter().find(|it| it["key"] == key).map(|it| (&it["from"], &it["preset"]));
    assert_eq!(from("runs"), Some((&Value::from("file"), &Value::Null)));
    assert_eq!(from("funnel.sign_up"), Some((&Value::from("preset"), &Value::from("b2c"))));
    assert_eq!(from("seed"), Some((&Value::from("default"), &Value::Null)));
    let told: Value = serde_json::from_str(&check(here.path(), text, &["--json", "--no-pilot"])).expect("JSON");
    assert_eq!((&told["reproduction"], &told["left_out"]), (&Value::Null, &Value::from("--no-pilot")));
}

/// What a beginner writes, the place where it is shown, and what to write instead.
const SLIPS: [(&str, &str, &str); 24] = [
    ("[conversion]\npersuation = \"4 %\"", "2:1", "did you mean `persuasion`?"),
    ("[conversoin]\npersuasion = \"4 %\"", "1:2", "did you mean `conversion`?"),
    ("name = \"Coffee\n", "1:", "close the quotation marks: name = \"Coffee\""),
    ("[conversion]\npersuasion = 4 %", "2:14", "write persuasion = \"4 %\""),
    ("[commerce]\nprice = \"9.90 EUR\"", "2:1", "did you mean `commerce.order_value`?"),
    ("[commerce]\norder_value = 9.90", "2:15", "write \"9.90 USD\", with the currency you mean"),
    ("[commerce]\norder_value = \"9,90 EUR\"", "2:15", "write \"9.90 EUR\""),
    ("[commerce]\norder_value = 9,90", "2:16", "write order_value = 9.90"),
    ("[commerce]\norder_value = \"€9.90\"", "2:15", "write \"9.90 EUR\""),
    ("[conversion]\npersuasion = \"1,5 %\"", "2:14", "write \"1.5 %\""),
    ("preset = \"b2x\"", "1:10", "did you mean `b2c`?"),
    ("[commerce]\norder_value = \"10 USD\"\n[policy.two_sided]\nfriend = \"50 USD\"", "4:10", "at most 10.00 USD"),
    ("[graph.cliques]\npeople = \"10k\"", "2:10", "write 10_000, without quotes"),
    ("[graph.cliques]\npeople = 10k", "2:10", "write people = 10_000"),
    ("[graph.cliques]\npeople = 10,000", "2:12", "write people = 10_000"),
    ("[graph.cliques]\npeople = 10.000", "2:10", "write 10_000"),
    ("[commerce]\npersuasion = \"4 %\"", "2:1", "did you mean `conversion.persuasion`?"),
    ("[seeds]\ncount = 5\nruns = 5", "3:1", "`runs` belongs above the first [table]: move the line up"),
    ("runs = 5\nruns = 6", "2:1", "this name is already in the file"),
    ("[seeds\ncount = 5", "1:", "write [seeds]"),
    ("name: Coffee", "1:5", "write name = \"Coffee\""),
    ("horizon = \"6 months\"", "1:11", "write \"180 days\""),
    ("policy = \"two_sided\"", "1:10", "write [policy.two_sided]"),
    ("[policy]\nnone = true", "2:8", "write [policy.none] on a line of its own"),
];

#[test]
fn a_beginner_s_mistakes_are_shown_where_they_are_with_what_to_write_instead() {
    let here = folder();
    for (text, place, help) in SLIPS {
        write(here.path(), "mine.toml", text);
        let said = tellwave(here.path(), &["check", "mine.toml"]);
        let told = stderr(&said);
        assert_eq!(said.status.code(), Some(2), "{told}");
        assert_says(&told, &[&format!("mine.toml:{place}"), help, "nothing was run"]);
    }
}

#[test]
fn where_the_price_has_a_wrong_name_rewards_in_its_currency_are_no_mistakes() {
    let here = folder();
    for price in ["[commerce]\norder_valu", "[commerce]\nprice", "[comerce]\norder_value"] {
        let text = format!("{price} = \"60 EUR\"\n[policy.two_sided]\nadvocate = \"5 EUR\"\nfriend = \"5 EUR\"\n");
        write(here.path(), "a.toml", &text);
        assert_says(&stderr(&tellwave(here.path(), &["check", "a.toml"])), &["1 mistake in a.toml"]);
    }
}

#[test]
fn a_file_that_is_no_scenario_is_named_with_the_one_that_is_meant() {
    let here = folder();
    write(here.path(), "coffee.toml", "runs = 2\nhorizon = \"5 days\"\n[graph.complete]\npeople = 60\n");
    // As an editor of before UTF-8 saves it, and as PowerShell does.
    fs::write(here.path().join("latin1.toml"), b"# a shop\nname = \"Caf\xe9\"\n").expect("written");
    fs::write(here.path().join("utf16.toml"), b"\xff\xfer\0u\0n\0s\0").expect("written");
    let played = tellwave(here.path(), &["run", "coffee.toml", "--log", "none", "--out", "out"]);
    assert_eq!(played.status.code(), Some(0), "{}", stderr(&played));
    for (args, parts) in [
        (&["check", "cofee.toml"][..], &["there is no scenario cofee.toml", "did you mean coffee.toml?"][..]),
        (&["check", "coffee"], &["did you mean coffee.toml?"]),
        (&["check", "x.toml"], &["tellwave init writes a scenario to begin with"]),
        (&["check", "out"], &["out is a folder", "the scenario that was played there is out/scenario.toml"]),
        (&["check", "out/runs.parquet"], &["is not UTF-8", "out/scenario.toml"]),
        (
            &["check", "latin1.toml"],
            &["latin1.toml:2:12", "name: found what is not UTF-8: the byte 0xe9 (é in Latin-1)", "choose UTF-8"],
        ),
        (&["check", "utf16.toml"], &["utf16.toml:1 is UTF-16, to be saved again as UTF-8, not a scenario"]),
        (&["check", "out/report.html"], &["out/report.html:1:1", "this one in .html", "1 mistake in"]),
        (&["coffee.toml"], &["tellwave check coffee.toml", "tellwave run coffee.toml"]),
        (&["chekc"], &["'check'", "tellwave init"]),
        (&["run", "coffee.toml", "--runs", "many"], &["'many' for '--runs <N>': write a whole number in digits"]),
    ] {
        let said = tellwave(here.path(), args);
        assert_eq!(said.status.code(), Some(2), "{args:?}: {}", stderr(&said));
        assert_says(&stderr(&said).replace('\\', "/"), parts);
    }
}
