//! Presets as such, and what a scenario makes of them.

use super::*;
use crate::language::Language;
use crate::scenario::reader::Document;
use crate::scenario::{Overrides, Scenario};
use crate::units::Tick;
use std::collections::BTreeSet;
use std::path::Path;

fn scenario(text: &str) -> Scenario {
    Scenario::parse("x.toml", text, Path::new(""), Overrides::default())
        .unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn setting<'s>(scenario: &'s Scenario, key: &str) -> (&'s str, Source) {
    let setting = scenario.settings.iter().find(|setting| setting.key == key).expect("a setting");
    (&setting.value, setting.source)
}

/// A scenario of a preset and nothing else but people enough for the posts of its influencers.
fn of_preset(preset: &Preset, before: &str) -> Scenario {
    let people = if preset.keys().iter().any(|key| key == "influencers") { "telling.audience = 'fresh'\n" } else { "" };
    scenario(&format!("{before}preset = \"{}\"\n{people}", preset.name))
}

#[test]
fn every_preset_is_valid_in_an_otherwise_empty_scenario_and_all_of_it_is_used() {
    for preset in all() {
        let scenario = of_preset(preset, "");
        assert_eq!(scenario.presets, [preset.name]);
        let given: BTreeSet<String> = scenario
            .settings
            .iter()
            .filter(|s| s.source == Source::Preset(preset.name))
            .map(|s| without_places(&s.key))
            .collect();
        for key in preset.keys() {
            let there = given.iter().any(|given| *given == key || given.starts_with(&format!("{key}.")));
            let empty_table = scenario.resolved.contains(&format!("[{key}]"));
            assert!(there || empty_table, "{} gives {key}, which nobody reads", preset.name);
        }
        assert!(!scenario.notes(Language::English).iter().any(|note| note.contains("is not used")), "{}", preset.name);
    }
}

#[test]
fn every_text_of_the_folder_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/presets");
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let texts = entries.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut there: Vec<String> =
        texts.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
    there.sort();
    let mut listed: Vec<&str> = all().iter().map(|preset| preset.name).chain(["defaults"]).collect();
    listed.sort_unstable();
    assert_eq!(there, listed, "what is in the folder and what texts![] names");
}

#[test]
fn presets_have_names_of_their_own_and_titles_that_fit_into_the_list() {
    let mut names = BTreeSet::new();
    for preset in all() {
        assert!(names.insert(preset.name), "{} twice", preset.name);
        assert!(preset.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(!preset.title.is_empty() && preset.title.chars().count() <= 65 && !preset.title.ends_with('.'));
    }
}

#[test]
fn a_resolved_scenario_stands_without_its_presets() {
    for preset in all() {
        let first = of_preset(preset, "name = 'x'\n");
        assert!(!first.resolved.contains("preset"), "{}", first.resolved);
        let again = scenario(&first.resolved);
        assert_eq!(again.resolved, first.resolved);
        assert_eq!(again.digest(), first.digest());
        assert!(again.presets.is_empty() && again.settings.iter().all(|setting| setting.source == Source::File));
    }
}

#[test]
fn the_same_values_have_the_same_digest_whoever_gives_them() {
    let by_preset = scenario("name = 'x'\ntelling.preset = 'tarp-cars'");
    let by_hand = scenario(
        "name = 'x'\ntelling.positive = 'negative_binomial(8, 2)'\ntelling.negative = 'negative_binomial(16, 2)'",
    );
    assert_eq!(by_preset.digest(), by_hand.digest());
    assert_ne!(by_preset.digest(), scenario("name = 'x'").digest());
}

#[test]
fn the_file_goes_before_a_preset_and_a_preset_before_the_default() {
    let scenario = scenario("preset = 'tarp-cars'\ntelling.positive = 3");
    assert_eq!(setting(&scenario, "telling.positive"), ("\"fixed(3)\"", Source::File));
    let (value, source) = setting(&scenario, "telling.negative");
    assert_eq!((value, source), ("\"negative_binomial(mean 16, dispersion 2)\"", Source::Preset("tarp-cars")));
    assert_eq!(setting(&scenario, "telling.advocacy").1, Source::Default);
}

#[test]
fn later_presets_go_before_earlier_ones_and_a_table_s_before_all() {
    let one = scenario("preset = ['tarp-cars', 'amex-2011', 'kumar-finance']");
    assert_eq!(setting(&one, "telling.positive").1, Source::Preset("amex-2011"));
    assert_eq!(setting(&one, "participation.unasked").1, Source::Preset("kumar-finance"));
    assert_eq!(one.presets, ["tarp-cars", "amex-2011", "kumar-finance"]);
    let two = scenario("preset = 'amex-2011'\n[telling]\npreset = ['amex-2017', 'tarp-cars']");
    assert_eq!(setting(&two, "telling.positive").1, Source::Preset("tarp-cars"));
    assert_eq!(two.presets, ["amex-2011", "amex-2017", "tarp-cars"]);
}

fn mistakes(text: &str) -> Vec<(String, String, String, String)> {
    let error = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).expect_err("mistaken");
    let crate::scenario::ScenarioError::Mistakes(mistakes) = error else { panic!("{error}") };
    let said = |m: &Mistake| (m.key.clone(), m.found.clone(), m.allowed.clone(), m.hint.clone().unwrap_or_default());
    mistakes.list().iter().map(said).collect()
}

#[test]
fn a_preset_that_there_is_not_is_answered_with_the_nearest_one() {
    let said = mistakes("preset = 'tarp-car'\n[telling]\npreset = 'kumar-telecom'\n[conversion]\npreset = 3");
    let [root, telling, conversion] = &said[..] else { panic!("{said:?}") };
    assert_eq!((root.0.as_str(), root.3.as_str()), ("preset", "did you mean `tarp-cars`?"));
    assert_eq!(root.2, "a preset that `tellwave presets` lists");
    assert_eq!(telling.0, "telling.preset");
    assert!(telling.1.contains("a preset of participation.unasked, participation.willing"), "{}", telling.1);
    assert!(telling.2.contains("tarp-cars") && !telling.2.contains("kumar"), "{}", telling.2);
    assert_eq!(telling.3, "write preset = \"kumar-telecom\" above the first [table]");
    assert_eq!((conversion.0.as_str(), conversion.1.as_str()), ("conversion.preset", "a number 3"));
    let strayed = mistakes("[graph.cliques]\npreset = 'tarp-cars'");
    assert_eq!(strayed[0].1, "an unknown key");
    assert_eq!(mistakes("[telling]\nprset = 'tarp-cars'")[0].3, "did you mean `preset`?");
}

static OWN: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let read = |name, text| Preset::read(name, text).unwrap_or_else(|why| panic!("{why}"));
    vec![
        read(
            "counted",
            "name = 'counted'\ntitle = 't'\nvalues.seeds.count = 5\n[[sources]]\nkey = 'seeds'\nsource = 's'\nmark = 'memory'",
        ),
        read(
            "listed",
            "name = 'listed'\ntitle = 't'\n[[values.asking.prompts]]\nafter = '1 day'\n[[values.asking.prompts]]\nafter = '9 miles'\n\
             [values.complaints]\n[[sources]]\nkey = ['asking.prompts', 'complaints']\nsource = 's'\nmark = 'read'",
        ),
    ]
});

fn read<'t>(text: &'t str) -> Document<'t> {
    let document = Document::parse_with("x.toml", text, &OWN).expect("TOML");
    let seeds = document.root().table("seeds");
    seeds.alternatives(&["count", "share"]);
    seeds.optional_whole("count", 0..=9);
    seeds.optional_probability("share");
    document.root().optional_table("complaints").map(|complaints| complaints.probability("file", 0.4));
    for prompt in document.root().table("asking").tables("prompts") {
        prompt.duration("after", Tick(0));
    }
    document
}

#[test]
fn what_goes_without_the_other_goes_without_it_across_presets_too() {
    let document = read("preset = 'counted'\nseeds.share = '1 %'");
    assert_eq!(document.resolved(), "[seeds]\nshare = \"1 %\"\n");
    assert_eq!(document.unused(), [("counted", "seeds.count".to_owned())]);
    let document = read("seeds.preset = 'counted'");
    assert_eq!(document.resolved(), "[seeds]\ncount = 5\n");
    assert_eq!(document.unused(), []);
    assert!(document.finish().is_ok());
}

#[test]
fn a_preset_switches_tables_on_and_its_lists_give_way_as_a_whole() {
    let document = read("preset = 'listed'\nasking.prompts = [{ after = '3 days' }]");
    assert!(document.finish().is_ok());
    assert_eq!(document.resolved(), "[complaints]\nfile = \"40 %\"\n\n[[asking.prompts]]\nafter = \"3 days\"\n");
}

#[test]
fn it_is_said_that_lists_of_two_presets_are_not_joined() {
    let notes = scenario("preset = ['ask-after-purchase', 'remind-by-sms']").notes(Language::English);
    let said = "asking.prompts of the preset ask-after-purchase is replaced by that of the preset remind-by-sms: lists are not joined";
    assert_eq!(notes[0], said);
    let apart = scenario("preset = ['ask-after-purchase', 'influencer-micro']\ntelling.audience = 'population'\ngraph.cliques.people = 30_000").notes(Language::English);
    assert!(!apart.iter().any(|note| note.contains("replaced")), "{apart:?}");
}

#[test]
fn dollars_of_a_preset_in_a_scenario_of_euros_are_refused_with_the_way_out() {
    let euros = "commerce.order_value = '140.00 EUR'\n";
    let said = mistakes(&format!("preset = 'remind-by-sms'\n{euros}"));
    let [cost] = &said[..] else { panic!("{said:?}") };
    assert_eq!((cost.0.as_str(), cost.1.as_str()), ("asking.prompts[0].cost", "an amount in USD"));
    assert_eq!(cost.2, "EUR, the currency of commerce.order_value");
    assert!(cost.3.contains("write [[asking.prompts]] of your own"), "{}", cost.3);
    let said = mistakes(&format!("preset = 'rothys'\n{euros}"));
    assert!(said.len() == 2 && said[0].3.contains("a value of your own goes before it"), "{said:?}");
    let own = "policy.two_sided = { advocate = '20.00 EUR', friend = '20.00 EUR' }";
    assert_eq!(scenario(&format!("preset = 'rothys'\n{euros}{own}")).presets, ["rothys"]);
}

#[test]
fn a_mistake_of_a_preset_is_shown_where_the_file_chooses_it() {
    let document = read("# first line\npreset = ['counted', 'listed']");
    let mistakes = document.finish().expect_err("mistaken");
    let [mistake] = mistakes.list() else { panic!("{mistakes}") };
    assert_eq!(mistakes.position(mistake), Some((2, 22)));
    assert_eq!(mistake.key, "asking.prompts[1].after");
    assert!(mistakes.to_string().contains("preset `listed`"), "{mistakes}");
}

#[test]
fn weak_sources_are_said() {
    let setting = |key: &str, source| Setting { key: key.into(), value: "1".into(), source };
    let mark = |key, source| best_mark(&citations(&setting(key, source))).and_then(Mark::warning);
    assert_eq!(mark("telling.positive", Source::Preset("word-of-mouth-guide")), Some("weak source"));
    assert_eq!(mark("telling.positive", Source::Preset("tarp-cars")), None);
    assert_eq!(mark("participation.willing", Source::Default), Some("weak source"));
    assert_eq!(mark("telling.delay", Source::Default), Some("assumption"));
    assert_eq!(mark("policy.rules[1].lift", Source::Default), Some("assumption"));
    assert_eq!(mark("participation.willing", Source::File), None);
    assert_eq!(OWN[0].warnings(), [("seeds.count".to_owned(), "weak source")]);
    let notes = scenario("preset = 'word-of-mouth-guide'\ntelling.negative = 20").notes(Language::English);
    let expected = "telling.positive = \"negative_binomial(mean 12, dispersion 2)\" of the preset word-of-mouth-guide: weak source";
    assert_eq!(notes, [expected]);
}

#[test]
fn a_text_that_is_no_preset_is_refused() {
    let source = "[[sources]]\nkey = 'a'\nsource = 's'\nmark = 'read'\n";
    for (text, why) in [
        ("name = 'x'\ntitle = 't'\nsources = []\nvalues.a = 1".to_owned(), "a has no source"),
        (format!("name = 'y'\ntitle = 't'\nvalues.a = 1\n{source}"), "it is called y inside"),
        (format!("name = 'x'\ntitle = 't'\nvalues.a = 1\n{source}{}", source.replace("'a'", "'b'")), "a source for b"),
        (format!("name = 'x'\ntitle = 't'\n{source}"), "missing field `values`"),
        (
            format!("name = 'x'\ntitle = 't'\nvalues.a = 1\n{}", source.replace("read", "sure")),
            "unknown variant `sure`",
        ),
    ] {
        let refusal = Preset::read("x", text.clone().leak()).expect_err(&text);
        assert!(refusal.contains(why), "{refusal}");
    }
}
