//! What the programme adds: each run against the same run without it.

use crate::common::{experiment, folder, log, outcome, stderr, stdout, tellwave, totals, write};
use crate::properties::{all, is_of_rewards};
use std::path::Path;
use tellwave::event::{Event, Fact};
use tellwave::experiment::{Experiment, Outcome, Programme, Ratio, curves, runs_table};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::store::{read_parquet, read_provenance};

/// People who are new each time, whose friends gain, and whose own chance of handing out a code no reward changes.
const FRIENDS_GAIN: &str = r#"
    seed = 5
    runs = 30
    horizon = "60 days"
    [seeds]
    count = 20
    [telling]
    audience = "fresh"
    positive = "poisson(10)"
    negative = "poisson(5)"
    [conversion]
    persuasion = "6 %"
    invitation = "6 %"
    [policy.two_sided]
    advocate = "0 USD"
    friend = "10 USD"
"#;

/// A market in which the programme's customers are a few among many words.
const MARKET: &str = r#"
    seed = 6
    runs = 40
    horizon = "90 days"
    [graph.watts_strogatz]
    people = 600
    ties_per_person = 12
    [seeds]
    count = 15
    [conversion]
    persuasion = "6 %"
    invitation = "8 %"
"#;

fn market(policy: &str) -> String {
    format!("{MARKET}{policy}")
}

/// One measure of the comparison, run by run.
fn compared(outcome: &Outcome, name: &str) -> Vec<i64> {
    let twin = outcome.twin.as_ref().expect("a twin");
    twin.comparison(name).unwrap_or_else(|| panic!("no measure {name}"))
}

/// Every event but rewards, without its place in the log, which they shift.
fn but_for_rewards(events: &[Event]) -> Vec<impl PartialEq + use<>> {
    let others = events.iter().filter(|event| !is_of_rewards(event.what));
    others.map(|event| (event.at, event.who, event.what)).collect()
}

#[test]
fn the_twin_of_a_programme_without_effect_is_the_same_event_for_event_but_for_rewards() {
    let text = market("[policy.two_sided]\nadvocate_lift = 0\nfriend_lift = 0");
    let world = experiment(&text).world;
    let twin = world.without_programme().expect("a programme");
    for run in 0..10 {
        assert!(but_for_rewards(&log(&world, run)) == but_for_rewards(&log(&twin, run)), "run {run}");
    }
    let outcome = outcome(&text);
    let none = vec![0; outcome.rows.len()];
    for name in ["incremental_customers", "expansion", "lost_customers", "accelerated_customers", "delayed_customers"] {
        assert_eq!(compared(&outcome, name), none, "{name}");
    }
    let cost = totals(&outcome, "reward_cost");
    assert!(cost.iter().sum::<i64>() > 0);
    assert_eq!(compared(&outcome, "reward_cost_anyway"), cost, "all of them would have come anyway");
    assert_eq!(compared(&outcome, "incremental_profit"), cost.iter().map(|cost| -cost).collect::<Vec<_>>());
}

#[test]
fn a_world_without_a_programme_has_no_twin() {
    for policy in ["", "[policy.none]", "[policy.two_sided]\nadvocate = \"0 USD\"\nfriend = \"0 USD\""] {
        let experiment = experiment(&market(policy));
        assert!(experiment.world.without_programme().is_none(), "{policy}");
        let outcome = experiment.run(|| {});
        assert!(outcome.twin.is_none() && Programme::of(&outcome).is_none());
    }
}

#[test]
fn the_twin_is_the_world_that_the_scenario_without_its_policy_describes() {
    let segments = "[[segments]]\nname = \"fans\"\nshare = \"30 %\"\nparticipation = \"60 %\"\n";
    for extra in ["", segments] {
        let world = |policy: &str| experiment(&market(&format!("{extra}{policy}"))).world;
        let twin = world("[policy.one_sided]\n").without_programme().expect("a programme");
        let none = world("[policy.none]\n");
        assert_eq!((&twin.policy, &twin.segments), (&none.policy, &none.segments));
        (0..5).for_each(|run| assert!(log(&twin, run) == log(&none, run), "run {run}"));
    }
}

#[test]
fn a_world_and_its_twin_begin_with_the_same_people_also_if_they_are_advocates() {
    let text = MARKET.replace("count = 15", "count = 15\nchoose = \"advocates\"");
    let world = experiment(&format!("{text}[policy.two_sided]")).world;
    let twin = world.without_programme().expect("a programme");
    let first = |world, run| -> Vec<_> {
        let seeded = log(world, run).into_iter().filter(|event| event.what == Fact::CustomerSeeded);
        seeded.map(|event| event.who).collect()
    };
    (0..10).for_each(|run| assert_eq!(first(&world, run), first(&twin, run)));
}

#[test]
fn expansion_less_lost_is_incremental_and_rewards_for_who_comes_anyway_are_some_of_all() {
    let (mut lost, mut earlier) = (0, 0);
    for text in all() {
        let outcome = outcome(text);
        if outcome.twin.is_none() {
            continue;
        }
        let [expansion, gone, more, anyway] =
            ["expansion", "lost_customers", "incremental_customers", "reward_cost_anyway"]
                .map(|name| compared(&outcome, name));
        let cost = totals(&outcome, "reward_cost");
        for run in 0..outcome.rows.len() {
            assert_eq!(expansion[run] - gone[run], more[run], "run {run} of {text}");
            assert!((0..=cost[run]).contains(&anyway[run]), "{} of {}", anyway[run], cost[run]);
        }
        lost += gone.iter().sum::<i64>();
        earlier += compared(&outcome, "accelerated_customers").iter().sum::<i64>();
    }
    assert!(lost > 0 && earlier > 0, "the scenarios are too tame to test anything: {lost} {earlier}");
}

#[test]
fn what_only_convinces_friends_loses_and_delays_nobody_among_fresh_people() {
    let outcome = outcome(FRIENDS_GAIN);
    for name in ["lost_customers", "delayed_customers"] {
        assert_eq!(compared(&outcome, name), vec![0; outcome.rows.len()], "{name}");
    }
    assert!(compared(&outcome, "expansion").iter().sum::<i64>() > 0);
    // The first customers, and whoever else comes anyway, are known again although their ids differ.
    assert_eq!(compared(&outcome, "expansion"), compared(&outcome, "incremental_customers"));
}

#[test]
fn playing_the_twin_changes_nothing_in_what_is_known_of_the_runs() {
    let with = experiment(&market("[policy.two_sided]"));
    let without = Experiment { twin: false, ..with.clone() };
    let (with, without) = (with.run(|| {}), without.run(|| {}));
    assert!(with.twin.is_some() && without.twin.is_none());
    assert_eq!(with.rows, without.rows);
    assert_eq!(with.summaries(), without.summaries());
    let scenario = Scenario::parse("x.toml", &market(""), Path::new(""), Overrides::default()).expect("a scenario");
    let (money, days) = (scenario.money(), 91);
    let tables = |outcome: &Outcome| [runs_table(outcome, &money), curves(outcome, days, &money)];
    for (more, fewer) in tables(&with).iter().zip(tables(&without)) {
        assert_eq!(more.columns[..fewer.columns.len()], fewer.columns);
        assert!(more.columns.len() > fewer.columns.len());
    }
}

#[test]
fn the_outcome_does_not_depend_on_the_number_of_threads() {
    let experiment = experiment(&market("[policy.two_sided]"));
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| experiment.run(|| {}))
    };
    let one = on(1);
    let programme = |outcome: &Outcome| format!("{:?}", Programme::of(outcome));
    for threads in [2, 3, 8] {
        let many = on(threads);
        assert!(many == one, "{threads} threads");
        assert_eq!(programme(&many), programme(&one), "{threads} threads");
    }
}

#[test]
fn a_ratio_is_given_only_where_there_is_something_to_divide_by() {
    let ratio = |text: &str, name: &str| {
        let programme = Programme::of(&outcome(text)).expect("a programme");
        programme.ratios.iter().find(|(measure, _)| measure.name == name).expect("a ratio").1
    };
    let no_effect = market("[policy.two_sided]\nadvocate_lift = 0\nfriend_lift = 0");
    assert_eq!(ratio(&no_effect, "reward_cost_per_incremental"), Ratio::Indistinct);
    assert_eq!(ratio(&no_effect, "days_earlier"), Ratio::Indistinct);
    let Ratio::Known { value, .. } = ratio(&no_effect, "reward_share_anyway") else { panic!("rewards were paid") };
    assert_eq!(value, 1.0);
    let strong = market("[policy.two_sided]\nadvocate_lift = 2\nfriend_lift = 2");
    let Ratio::Known { value, interval: Some([low, high]) } = ratio(&strong, "reward_cost_per_incremental") else {
        panic!("customers are added")
    };
    assert!(0.0 < low && low < value && value < high);
    // A reward that puts friends off loses customers.
    let harmful = market("[policy.one_sided]\nadvocate_lift = 0\ncredibility_loss = \"100 %\"");
    assert_eq!(ratio(&harmful, "reward_cost_per_incremental"), Ratio::Negative);
}

#[test]
fn the_verdict_and_the_break_even_say_no_more_than_the_interval_of_the_profit() {
    let here = folder();
    let market = |policy: &str, runs: u32| {
        format!(
            "seed = 3\nruns = {runs}\nhorizon = \"60 days\"\n[graph.watts_strogatz]\npeople = 600\n[seeds]\ncount = 60\n\
             [conversion]\npersuasion = \"3 %\"\n[policy.two_sided]\n{policy}\n"
        )
    };
    let (paid, unpaid) = (
        "advocate = \"9 USD\"\nfriend = \"9 USD\"\nadvocate_lift = 0\nfriend_lift = 0",
        "advocate = \"0.10 USD\"\nfriend = \"0.10 USD\"",
    );
    let mut verdicts = vec![];
    for (policy, runs) in [(paid, 60), (unpaid, 2), (unpaid, 60), (unpaid, 400), (paid, 1)] {
        write(here.path(), "market.toml", market(policy, runs));
        let read = Scenario::read(&here.path().join("market.toml"), Overrides::default()).expect("is right");
        let programme = Programme::of(&read.into_experiment().run(|| {})).expect("a twin");
        let interval = programme.comparison_of("incremental_profit").expect("is measured").estimate.interval;
        let verdict = match interval {
            None => "",
            Some([low, _]) if low > 0.0 => "The programme earns more than it costs, on average",
            Some([_, high]) if high < 0.0 => "The programme costs more than it earns, on average",
            Some(_) => "Whether the programme earns more than it costs cannot be told",
        };
        let said = stdout(&tellwave(here.path(), &["run", "market.toml", "--out", "out", "--log", "none"]));
        assert!(said.contains(verdict) && (!verdict.is_empty() || !said.contains("than it costs")), "{said}");
        let is_unsure = verdict.starts_with("Whether") && programme.payback_day.is_some();
        assert_eq!(said.contains("on average, but whether it pays at all cannot be told"), is_unsure, "{said}");
        verdicts.push(verdict.split(' ').nth(2).unwrap_or_default());
    }
    assert_eq!(verdicts[0], "costs");
    assert_eq!(verdicts[4], "");
    assert!(verdicts.contains(&"programme"), "none of them is unsure: {verdicts:?}");
}

#[test]
fn the_programme_is_told_wherever_results_are() {
    let here = folder();
    write(here.path(), "market.toml", market("[policy.two_sided]"));
    let run = |out: &str, flags: &[&str]| {
        let said = tellwave(here.path(), &[&["run", "market.toml", "--out", out], flags].concat());
        assert!(said.status.success(), "{}", stderr(&said));
        stdout(&said)
    };
    let read = |out: &str, name: &str| std::fs::read_to_string(here.path().join(out).join(name)).expect("a result");
    let told = run("with", &[]);
    for part in ["What the programme adds", "Incremental customers", "Return on investment", "Break-even"] {
        assert!(told.contains(part), "{part:?} is not in:\n{told}");
    }
    assert!(!run("without", &["--no-twin"]).contains("Incremental"));
    assert!(read("with", "report.html").contains("<h2>What the programme adds</h2>"));
    assert!(!read("without", "report.html").contains("<h2>What the programme adds</h2>"));
    assert!(read("with", "programme.svg").contains("Without it"));
    assert!(!here.path().join("without/programme.svg").exists());
    for (out, twin) in [("with", "played"), ("without", "off")] {
        assert_eq!(read_provenance(&here.path().join(out)).expect("a provenance").options["twin"], twin);
    }
    // What is there in both folders is the same, but for what names the twin.
    for name in ["scenario.toml", "graph.csv", "reach.svg", "revenue.svg"] {
        assert!(read("with", name) == read("without", name), "{name}");
    }
    let runs = read_parquet(&here.path().join("with/runs.parquet"), None).expect("a table");
    for name in ["twin_customers", "twin_profit", "incremental_profit", "reward_cost_anyway"] {
        assert!(runs.column(name).is_some(), "{name}");
    }
    let json: serde_json::Value = serde_json::from_str(&run("json", &["--json"])).expect("JSON");
    let programme = &json["programme"];
    let added = programme["measures"]["incremental_customers"]["mean"].as_f64().expect("a mean");
    let customers = |of: &serde_json::Value| of["customers"]["mean"].as_f64().expect("a mean");
    assert!((added - (customers(&json["measures"]) - customers(&programme["twin"]))).abs() < 1e-9);
    assert!(programme["ratios"]["return_on_investment"]["interval_95"].is_array());
    let json: serde_json::Value = serde_json::from_str(&run("json", &["--json", "--no-twin"])).expect("JSON");
    assert!(json["programme"].is_null());
}
