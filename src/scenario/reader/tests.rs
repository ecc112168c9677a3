//! The reader on whole documents: places of mistakes, unknown keys, resolved text, hostile input.

use super::*;
use crate::scenario::money::Currency;
use crate::units::Cents;

const MODELS: [&str; 3] = ["barabasi_albert", "erdos_renyi", "complete"];

fn dollars(amount: i64) -> Money {
    Money { amount: Cents(amount * 100), currency: Currency::USD }
}

/// Reads a little of everything, as a scenario would.
fn read_all(document: &Document<'_>) {
    let root = document.root();
    root.text("name", "a \"quiet\"\nstreet \u{1b}");
    root.optional_text("note");
    root.whole("people", 1_000, 1..=1_000_000_000);
    root.whole("seed", 7, 0..=u64::MAX);
    root.whole_u32("runs", 10, 1..=100_000);
    root.number("scale", 1.0, 0.0..=1e300);
    root.list_of_whole("first", &[0, 1], 0..=100);
    root.list_of_text("tags", &["a", "b\t"]);
    let conversion = root.table("conversion");
    conversion.probability("persuasion", 0.015);
    conversion.duration("window", Tick(10_080));
    conversion.delay_law("delay", DelayLaw::Gamma { mean: Tick(7_200), shape: 2.0 });
    conversion.flag("satisfied", true);
    let telling = root.table("telling");
    telling.count_law("audience", CountLaw::NegativeBinomial { mean: 12.0, dispersion: 2.0 });
    telling.choice("mode", "batch", &["batch", "rate"]);
    root.table("graph").flag("redraw", false);
    let (name, model) = root.one_table_or("graph", &MODELS, "barabasi_albert");
    if name != "complete" {
        model.whole("arcs", 4, 1..=100);
    }
    let policy = root.table("policy");
    policy.money("price", dollars(20));
    policy.optional_money("budget");
    policy.signed_money("margin", dollars(-3));
    for rule in policy.tables("rules") {
        rule.money("reward", dollars(5));
        rule.table("when").choice("what", "purchase", &["purchase", "sign_up"]);
    }
    if let Some(extra) = root.optional_table("extra") {
        extra.optional_duration("after");
    }
}

/// The mistakes of a text as `line:column key`.
fn places(text: &str) -> Vec<String> {
    let document = match Document::parse("x.toml", text) {
        Ok(document) => document,
        Err(mistakes) => return show(&mistakes),
    };
    read_all(&document);
    document.finish().err().map(|mistakes| show(&mistakes)).unwrap_or_default()
}

fn show(mistakes: &Mistakes) -> Vec<String> {
    assert!(mistakes.to_string().contains("nothing was run"));
    let show = |mistake: &Mistake| match mistakes.position(mistake) {
        Some((line, column)) => format!("{line}:{column} {}", mistake.key),
        None => format!("- {}", mistake.key),
    };
    mistakes.list().iter().map(show).collect()
}

fn mistakes(text: &str) -> Mistakes {
    let document = Document::parse("x.toml", text).expect("TOML");
    read_all(&document);
    document.finish().expect_err("mistaken")
}

fn resolved(text: &str) -> String {
    let document = Document::parse("x.toml", text).expect("TOML");
    read_all(&document);
    document.finish().expect("no mistakes");
    document.resolved()
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let expected = r#"name = """
a "quiet"
street \u001B"""
people = 1000
seed = 7
runs = 10
scale = 1
first = [0, 1]
tags = ["a", "b\t"]

[conversion]
persuasion = "1.5 %"
window = "1 week"
delay = "gamma(mean 5 days, shape 2)"
satisfied = true

[telling]
audience = "negative_binomial(mean 12, dispersion 2)"
mode = "batch"

[graph]
redraw = false

[graph.barabasi_albert]
arcs = 4

[policy]
price = "20.00 USD"
margin = "-3.00 USD"
"#;
    assert_eq!(resolved(""), expected);
}

#[test]
fn resolved_text_resolves_to_itself() {
    for text in [
        "",
        "name = 'x'\nnote = \"\\u0000 \\\" '''\"\nseed = 9223372036854775807\nscale = 1e-9",
        "people = 0x10\nscale = -0.0\ntags = []\nfirst = [3]",
        "graph.complete = {}",
        "[graph.complete]\n[extra]",
        "graph = { redraw = true, erdos_renyi = { arcs = 7 } }\nextra.after = '3 days'",
        "[conversion]\npersuasion = 0.07\nwindow = '36 hours'\ndelay = '1 day'\n[telling]\naudience = 12",
        "[[policy.rules]]\nreward = '1 USD'\n[policy.rules.when]\nwhat = 'sign_up'\n[[policy.rules]]\n[[policy.rules]]\n",
        "[policy]\nbudget = '1000 JPY'\nrules = []",
    ] {
        let once = resolved(text);
        assert_eq!(resolved(&once), once, "{text}");
    }
    assert!(resolved("graph.complete = {}").contains("[graph.complete]\n"));
    assert!(resolved("[extra]").ends_with("\n[extra]\n"));
}

#[test]
fn settings_say_where_they_come_from() {
    let document = Document::parse("x.toml", "people = 5\n[[policy.rules]]\nreward = '1 USD'").expect("TOML");
    read_all(&document);
    let settings = document.settings();
    let find = |key: &str| {
        let setting = settings.iter().find(|setting| setting.key == key).expect("known");
        (setting.value.as_str(), setting.source)
    };
    assert_eq!(find("people"), ("5", Source::File));
    assert_eq!(find("conversion.persuasion"), ("\"1.5 %\"", Source::Default));
    assert_eq!(find("policy.rules[0].reward"), ("\"1.00 USD\"", Source::File));
    assert_eq!(find("policy.rules[0].when.what"), ("\"purchase\"", Source::Default));
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    let text = "\
people = 0
nmae = 'x'
seed = 'abc'

[conversion]
persuasion = 4
window = 7
  satisfeid = false
delay = 'gama(5 days, 2)'

[telling]
audience = -1
mode = 'bach'
persuasion = 0.5

[graph.complete]
[graph.erdos_renyi]
arcs = 1000

[[policy.rules]]
reward = '-5 USD'
[[policy.rules]]
when.whot = 1

[polcy]
";
    assert_eq!(
        places(text),
        [
            "1:10 people",
            "2:1 nmae",
            "3:8 seed",
            "6:14 conversion.persuasion",
            "7:10 conversion.window",
            "8:3 conversion.satisfeid",
            "9:9 conversion.delay",
            "12:12 telling.audience",
            "13:8 telling.mode",
            "14:1 telling.persuasion",
            "17:8 graph.erdos_renyi",
            "21:10 policy.rules[0].reward",
            "23:6 policy.rules[1].when.whot",
            "25:2 polcy",
        ]
    );
    let hints: Vec<_> = mistakes(text).list().iter().filter_map(|mistake| mistake.hint.clone()).collect();
    assert_eq!(
        hints,
        [
            "did you mean `name`?",
            "write \"4 %\"",
            "write it with its unit, such as \"7 days\"",
            "did you mean `satisfied`?",
            "did you mean `gamma`?",
            "did you mean `batch`?",
            "did you mean `conversion.persuasion`?",
            "did you mean `what`?",
            "did you mean `policy`?",
        ]
    );
}

#[test]
fn a_mistake_reads_as_a_sentence() {
    let expected = r#"error: conversion.satisfeid: found an unknown key
 --> x.toml:2:1
  |
2 | satisfeid = true
  | ^^^^^^^^^ allowed: one of persuasion, window, delay, satisfied
  |
  = help: did you mean `satisfied`?

1 mistake in x.toml; nothing was run"#;
    assert_eq!(mistakes("[conversion]\nsatisfeid = true\n").to_string(), expected);
}

#[test]
fn wrong_types_are_said_in_words() {
    for (text, found, allowed) in [
        ("people = 1.5", "a number 1.5", "a whole number from 1 to 1000000000"),
        ("people = [1]", "a list", "a whole number from 1 to 1000000000"),
        ("seed = -1", "a number -1", "a whole number from 0 to 9223372036854775807"),
        ("name = 1979-05-27", "a date 1979-05-27", "a text in quotation marks"),
        ("name = {}", "a table", "a text in quotation marks"),
        ("conversion = 'abc'", "the text \"abc\"", "a table [conversion]"),
        ("conversion.satisfied = 'yes'", "the text \"yes\"", "true or false"),
        ("tags = ['a', true]", "the flag true in the list", "a list of texts, each a text in quotation marks"),
        ("policy.rules = [1]", "a number 1 in the list", "a list of tables [[policy.rules]]"),
        ("policy.rules = {}", "a table", "a list of tables [[policy.rules]]"),
        ("policy.price = 20", "a number 20", "an amount of zero or more with its currency, such as \"20.00 USD\""),
    ] {
        let mistakes = mistakes(text);
        let mistake = &mistakes.list()[0];
        assert_eq!((mistake.found.as_str(), mistake.allowed.as_str()), (found, allowed), "{text}");
    }
}

#[test]
fn exactly_one_table_is_chosen() {
    let chosen = |text: &str| {
        let document = Document::parse("x.toml", text).expect("TOML");
        document.root().one_table_of("graph", &MODELS).map(|(name, _)| name.to_owned())
    };
    assert_eq!(chosen(""), None);
    assert_eq!(chosen("[graph]"), None);
    assert_eq!(chosen("[graph.complete]").as_deref(), Some("complete"));
    assert_eq!(chosen("[graph.complete]\n[graph.barabasi_albert]").as_deref(), Some("complete"));
    let mistakes = mistakes("[graph.erdos_reny]");
    assert_eq!(mistakes.list()[0].hint.as_deref(), Some("did you mean `erdos_renyi`?"));
}

#[test]
fn callers_report_what_only_they_can_see() {
    let document = Document::parse("x.toml", "[a]\nleast = 3\nmost = 2\n").expect("TOML");
    let table = document.root().table("a");
    let (least, most) = (table.whole("least", 0, 0..=9), table.whole("most", 9, 0..=9));
    table.refuse("most", format!("{most} below a.least"), format!("at least {least}"), Some("swap them"));
    table.refuse("absent", "nothing", "something", None);
    table.require("name", "a text");
    document.root().require("title", "a text");
    let mistakes = document.finish().expect_err("refused");
    assert_eq!(show(&mistakes), ["1:1 title", "1:2 a.absent", "1:2 a.name", "3:8 a.most"]);
}

#[test]
fn what_is_not_toml_is_shown_by_line() {
    assert_eq!(places("people = \n[x\n"), ["1:10 people", "2:3 x"]);
    assert_eq!(places("people = 1\nname = 'a\n"), ["2:10 name"]);
    assert_eq!(places("people = 1\npeople = 2\n"), ["2:1 people"]);
    assert_eq!(places("= 3"), ["1:1 "]);
    assert_eq!(places("\u{0}"), ["1:1 "]);
}

#[test]
fn hostile_documents_are_refused_not_obeyed() {
    let many = 100_000;
    for text in [
        "[".repeat(many),
        format!("people = {}", "[".repeat(many)),
        format!("people = {}1{}", "[".repeat(many), "]".repeat(many)),
        format!("people = {}", "{a=".repeat(many)),
        format!("{}a = 1", "a.".repeat(many)),
        format!("{}a = 1", "a . ".repeat(many)),
        format!("{}a = 1", "\"=\".".repeat(many)),
        format!("x = {{ {}a = 1 }}", "a.".repeat(many)),
        format!("[{}a]", "a.".repeat(many)),
        format!("[[{}a]]", "'a'.".repeat(many)),
        "a.,".repeat(many),
        "a.[".repeat(many),
        "a.{".repeat(many),
        "[a.".repeat(many),
        "a.\r".repeat(many),
        format!("x = {}1{}", format!("{{{}a=", "a.".repeat(16)).repeat(79), "}".repeat(79)),
        (0..many).fold(String::new(), |text, at| text + &format!("k{at}=1\n")),
        "= \n".repeat(many),
        "x".repeat(TEXT_LENGTH_MAX + 1),
        format!("people = {}", "9".repeat(many)),
        format!("name = {}", "9".repeat(many)),
        format!("{} = 1", "k".repeat(many)),
        "people = 9223372036854775808".to_owned(),
        "people = -9223372036854775809".to_owned(),
        "scale = 1e400".to_owned(),
        "scale = nan".to_owned(),
        "scale = -inf".to_owned(),
        "conversion.persuasion = nan".to_owned(),
        "conversion.persuasion = '١٢ %'".to_owned(),
        "conversion.persuasion = 0xffffffffffffffffffff".to_owned(),
        "conversion.window = '1e400 days'".to_owned(),
        "telling.audience = 1e400".to_owned(),
        "telling.audience = 99999999999999999999".to_owned(),
        "1 = 2".to_owned(),
        "\"\" = 2".to_owned(),
        "\"a\\u001b[2J\" = 2".to_owned(),
        "conversion.\"a.b\" = 2".to_owned(),
    ] {
        let mistakes = match Document::parse("x.toml", &text) {
            Err(mistakes) => mistakes,
            Ok(document) => {
                read_all(&document);
                document.finish().expect_err(&text[..text.len().min(80)])
            }
        };
        let shown = mistakes.to_string();
        assert!(shown.len() < 40_000 && !shown.contains('\u{1b}'), "{} bytes", shown.len());
    }
}

#[test]
fn lists_of_decimals_are_no_deep_keys() {
    let text = format!("x = [{}]", "0.1, ".repeat(1_000));
    assert!(Document::parse("x.toml", &text).is_ok());
}

#[test]
fn what_is_taken_out_of_the_root_is_known_there() {
    let mistakes = |text| {
        let document = Document::parse("a.toml", text).expect("TOML");
        document.root().whole("runs", 1, 1..=10);
        document.finish().expect_err("an unknown key").to_string()
    };
    let said = mistakes("[[variants]]\nname = 'x'\n");
    assert!(said.contains("did you mean `variant`?") && said.contains("report"), "{said}");
    // A variant has no variants.
    let document = Document::parse_variant("a.toml", "[[variant]]\nname = 'x'\nvariant = 3\n", &[], &[0]);
    let document = document.expect("TOML");
    document.root().text("name", "");
    assert!(document.finish().expect_err("no key of a variant").to_string().contains("variant: found an unknown key"));
}
