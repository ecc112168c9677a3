//! What a customer costs and is worth: against the log, against closed forms, and where it is told; and the reward at which a
//! programme adds nothing.
//!
//! Seeds are fixed. Where a closed form is held against a 95 % interval, a right engine misses it for one seed in twenty;
//! against twice the interval, for one in 10,000.

use crate::commerce::RENEWING;
use crate::common::{experiment, folder, log, outcome, stderr, stdout, tellwave, totals, write};
use crate::properties::{EVERYTHING, each_run};
use std::collections::BTreeSet;
use tellwave::economics;
use tellwave::event::{Event, Fact};
use tellwave::experiment::{Outcome, Programme, Ratio, RatioMeasure, worth};
use tellwave::units::PersonId;

/// First customers who tell nobody, each renewing with 80 % every fifth of a year; 12.50 dollars of margin on 25.
const ALONE: &str = r#"
    seed = 11
    runs = 60
    horizon = "7300 days"
    [graph.complete]
    people = 300
    [seeds]
    share = "100 %"
    [telling]
    positive = 0
    negative = 0
    [commerce]
    order_value = "25.00 USD"
    margin = "50 %"
    period = "73 days"
    retention = "80 %"
"#;

fn known(ratios: &[(RatioMeasure, Ratio)], name: &str) -> (f64, [f64; 2]) {
    match ratios.iter().find(|(measure, _)| measure.name == name) {
        Some((_, Ratio::Known { value, interval: Some(ends) })) => (*value, *ends),
        other => panic!("{name}: {other:?}"),
    }
}

#[track_caller]
fn assert_near(ratios: &[(RatioMeasure, Ratio)], name: &str, expected: f64) {
    let (value, [low, high]) = known(ratios, name);
    let within = 2.0 * low - value <= expected && expected <= 2.0 * high - value;
    assert!(within, "{name}: {value} ({low} to {high}) and not {expected}");
}

/// Customers at the start, new, at the end, and purchases of all complete periods, counted from a log person by person.
fn recount(events: &[Event], period: u32, periods: u32) -> [i64; 4] {
    let mut active: BTreeSet<PersonId> = BTreeSet::new();
    let mut rest = events.iter().peekable();
    let (mut start, mut new, mut end, mut purchases) = (0, 0, 0, 0);
    for number in 0..=periods {
        let there = active.clone();
        let (mut came, mut left, mut bought) = (0, BTreeSet::new(), 0);
        while let Some(event) = rest.next_if(|event| event.at.0 <= number * period) {
            match event.what {
                Fact::FirstPurchaseMade { .. } | Fact::CustomerWonBack { .. } => {
                    assert!(active.insert(event.who), "{event:?}");
                    came += 1;
                }
                Fact::CustomerLapsed => {
                    assert!(active.remove(&event.who), "{event:?}");
                    left.insert(event.who);
                }
                _ => {}
            }
            bought += i64::from(matches!(event.what, Fact::FirstPurchaseMade { .. } | Fact::PurchaseRepeated { .. }));
        }
        // Nobody decides in the period in which she came, so who is there and not new is who was there and has not lapsed.
        assert!(left.is_subset(&there));
        assert_eq!(active.len() as i64 - came, there.difference(&left).count() as i64);
        if number > 0 {
            (start, new, end) = (start + there.len() as i64, new + came, end + active.len() as i64);
            purchases += bought;
        }
    }
    [start, new, end, purchases]
}

#[test]
fn periods_are_counted_as_in_the_log() {
    for text in [RENEWING, EVERYTHING] {
        let told = outcome(text);
        let names = ["period_start", "period_new", "period_end", "period_purchases"];
        let told = names.map(|name| totals(&told, name));
        let (mut run, mut kept) = (0, 0);
        each_run(text, |world, events, _| {
            let period = world.commerce.period.0;
            let counted = recount(events, period, world.horizon.0 / period);
            assert_eq!(told.each_ref().map(|values| values[run]), counted, "run {run}");
            // Whoever is there at the end of a period has bought in it once.
            assert_eq!(counted[3], counted[2], "run {run}");
            kept += counted[2] - counted[1];
            run += 1;
        });
        assert!(kept > 0);
    }
}

#[test]
fn margins_are_those_of_the_ledger_and_a_discount_only_lowers_them() {
    for text in [RENEWING, EVERYTHING] {
        let outcome = outcome(text);
        let [revenue, refunds, goods, margin, discounted] =
            ["revenue", "refunds", "cost_of_goods", "margin", "margin_discounted"].map(|name| totals(&outcome, name));
        // What is not paid back has been taken off as a discount, which is no part of a margin.
        let world = experiment(text).world;
        let kept = |event: Event| match event.what {
            Fact::PurchaseRefunded { discount, .. } => i64::from(discount.0),
            _ => 0,
        };
        for run in 0..outcome.rows.len() {
            let kept: i64 = log(&world, run as u32).into_iter().map(kept).sum();
            assert_eq!(margin[run], revenue[run] - refunds[run] - goods[run] - kept, "run {run}");
            assert!(discounted[run] < margin[run] && 0 < discounted[run], "run {run}");
        }
    }
    let free = outcome(&RENEWING.replace("[commerce]", "[commerce]\ndiscount_rate = \"0 %\""));
    assert_eq!(totals(&free, "margin"), totals(&free, "margin_discounted"));
}

#[test]
fn what_a_customer_is_worth_is_what_the_formulas_say() {
    let worth = worth(&outcome(ALONE));
    let lifespan = economics::lifespan(0.8).expect("a retention");
    assert_near(&worth, "retention", 0.8);
    assert_near(&worth, "lifespan", lifespan);
    for (name, value) in [("average_order", 2_500.0), ("orders_per_period", 1.0)] {
        assert_eq!(known(&worth, name), (value, [value; 2]));
    }
    let plain = |value| economics::clv_plain(value, lifespan).expect("in range");
    assert_near(&worth, "lifetime_value_revenue", plain(2_500.0));
    assert_near(&worth, "lifetime_value_margin", plain(1_250.0));
    // A hundred periods leave 2e-10 of the customers; five periods are a year.
    let discount = 1.1f64.powf(0.2) - 1.0;
    assert_near(&worth, "realised_value", economics::clv(1_250.0, 0.8, discount).expect("in range"));
}

#[test]
fn what_is_worth_nothing_more_than_an_order_is_not_told() {
    let once = worth(&outcome(&ALONE.replace("retention = \"80 %\"", "")));
    assert_eq!(once, vec![]);
    // Nobody ever lapses: there is a retention, and no end of a lifetime.
    let ever = worth(&outcome(&ALONE.replace("80 %", "100 %").replace("7300", "730")));
    assert_eq!(known(&ever, "retention"), (1.0, [1.0, 1.0]));
    for name in ["lifespan", "lifetime_value_revenue", "lifetime_value_margin"] {
        assert!(ever.iter().any(|(measure, ratio)| measure.name == name && *ratio == Ratio::Indistinct), "{name}");
    }
}

#[test]
fn a_customer_costs_what_was_spent_on_the_source_that_won_her() {
    let paid = |more: &str| {
        format!(
            "seed = 4\nruns = 30\nhorizon = \"90 days\"\n[graph.watts_strogatz]\npeople = 500\n[seeds]\ncount = 10\n\
             [conversion]\npersuasion = \"8 %\"\ninvitation = \"12 %\"\ndecision_delay = \"0 days\"\n{more}"
        )
    };
    assert_eq!(worth(&outcome(&paid(""))), vec![]);
    let text = paid(
        "[posts]\n[advertising]\nrate = \"0.001 per day\"\ncost = \"12.00 USD\"\n[[influencers]]\nat = \"3 days\"\nfee = \
         \"300.00 USD\"\nreach = 100\nconversion = \"10 %\"\n[[asking.prompts]]\ncost = \"0.50 USD\"\n[community]\n\
         [policy.two_sided]\n",
    );
    let outcome = outcome(&text);
    let worth = worth(&outcome);
    let names: Vec<&str> = worth.iter().map(|(measure, _)| measure.name).collect();
    assert_eq!(names, ["cost_by_word", "cost_by_influencer", "cost_by_advertising"]);
    let (value, [low, high]) = known(&worth, "cost_by_advertising");
    assert!([value, low, high].iter().all(|cost| (cost - 1_200.0).abs() < 1e-3), "{value}: {low} to {high}");
    let sum = |name: &str| totals(&outcome, name).iter().sum::<i64>() as f64;
    let spent = sum("reward_cost") + sum("asking_cost") + sum("community_cost");
    let won = sum("customers_by_word") - sum("customers_by_review");
    assert!(sum("customers_by_review") > 0.0);
    assert!((known(&worth, "cost_by_word").0 - spent / won).abs() < 1e-9);
    let fees = 30_000.0 * 30.0;
    assert!((known(&worth, "cost_by_influencer").0 - fees / sum("customers_by_influencer")).abs() < 1e-9);
}

/// Fresh people as in case R4: 12 told by 29 in a hundred, all words coded, 5 % persuaded without the programme; an order of
/// 300.60 dollars leaves 120.24. The friend's reward is 10 % of the price, so it lifts by 1 - 1/e of its lift. The advocate's
/// lifts nothing, since everybody hands out a code: it can be any amount, and people do the same.
fn two_sided(advocate: f64) -> String {
    format!(
        "seed = 12\nruns = 200\nhorizon = \"1 day\"\n[seeds]\ncount = 200\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n\
         [participation]\nunasked = 1.0\nwilling = 1.0\n[telling]\naudience = \"fresh\"\nadvocacy = 0.29\npositive = \
         \"fixed(12)\"\nnegative = \"fixed(0)\"\ndelay = \"0 days\"\n[conversion]\npersuasion = 0.05\ninvitation = \
         0.05\ndecision_delay = \"0 days\"\n[commerce]\norder_value = \"300.60 USD\"\nmargin = 0.4\n[policy.two_sided]\n\
         advocate = \"{advocate:.2} USD\"\nfriend = \"30.06 USD\"\nfriend_lift = 1.0365\n"
    )
}

/// Null: the true break-even reward is `CLV (1 - off / on)`, with the totals of two branching processes.
///
/// Tolerance: the measured 95 % interval, which one seed in twenty misses. That the sweep crosses zero where the ratio says is
/// no matter of luck: the same people buy at every point, so profit is a straight line in the reward, to the half cent.
#[test]
fn a_programme_adds_nothing_at_its_break_even_reward() {
    let rewards = [5.0, 15.0, 25.0, 35.0, 45.0];
    let played: Vec<Outcome> = rewards.iter().map(|&advocate| outcome(&two_sided(advocate))).collect();
    let attributed = |outcome: &Outcome| outcome.twin.as_ref().and_then(|twin| twin.comparison("attributed_customers"));
    assert!(played.iter().all(|outcome| attributed(outcome) == attributed(&played[0])), "people do the same");
    let programmes: Vec<Programme> = played.iter().map(|outcome| Programme::of(outcome).expect("a twin")).collect();
    let profit = |programme: &Programme| programme.comparison_of("incremental_profit").expect("told").estimate.mean;
    let points: Vec<(f64, f64)> =
        rewards.iter().zip(&programmes).map(|(advocate, it)| (100.0 * advocate + 3_006.0, profit(it))).collect();
    let crossing = points.windows(2).find(|ends| ends[0].1 >= 0.0 && ends[1].1 < 0.0).expect("a crossing");
    let [(low, gain), (high, loss)] = [crossing[0], crossing[1]];
    let crossing = low + (high - low) * gain / (gain - loss);

    // Customers whom a first customer brings in the end: m / (1 - m) of a branching process with mean m.
    let brought = |persuasion: f64| {
        let mean = 12.0 * 0.29 * persuasion;
        200.0 * mean / (1.0 - mean)
    };
    let (off, on) = (brought(0.05), brought(0.05 * (1.0 + 1.0365 * (1.0 - (-1.0f64).exp()))));
    let exact = economics::break_even_reward(12_024.0, off, on).expect("in range");
    for programme in &programmes {
        let (value, [low, high]) = known(&programme.ratios, "break_even_reward");
        assert!((value - crossing).abs() < 1.0, "{value}, and the sweep crosses zero at {crossing}");
        assert!(low <= crossing && crossing <= high, "{crossing} is not within {low} to {high}");
        assert!(low <= exact && exact <= high, "{exact} is not within {low} to {high}");
        // And it is worth something to know: a fiftieth either way.
        assert!(high - low < 0.04 * value, "{low} to {high}");
    }
}

#[test]
fn worth_is_told_wherever_results_are_if_there_is_anything_to_say() {
    let here = folder();
    write(here.path(), "alone.toml", ALONE.replace("7300", "730"));
    write(here.path(), "once.toml", ALONE.replace("retention = \"80 %\"", ""));
    let run = |name: &str, flags: &[&str]| {
        let said = tellwave(here.path(), &[&["run", &format!("{name}.toml"), "--out", name], flags].concat());
        assert!(said.status.success(), "{}", stderr(&said));
        stdout(&said)
    };
    let title = "What a customer costs and is worth";
    let (told, silent) = (run("alone", &[]), run("once", &[]));
    for part in [title, "Retention per period", "Lifetime value, plain, revenue"] {
        assert!(told.contains(part) && !silent.contains(part), "{part:?} in:\n{told}\n{silent}");
    }
    let report = |name: &str| std::fs::read_to_string(here.path().join(name).join("report.html")).expect("a report");
    assert!(report("alone").contains(title) && !report("once").contains(title));
    let json: serde_json::Value = serde_json::from_str(&run("alone", &["--json"])).expect("JSON");
    let retention = json["worth"]["retention"]["value"].as_f64().expect("a number");
    assert!((retention - 0.8).abs() < 0.02, "{retention}");
    assert_eq!(json["worth"]["lifespan"]["unit"], "periods");
    assert_eq!(json["worth"]["average_order"]["value"], 25.0);
}

#[test]
fn worth_does_not_depend_on_the_number_of_threads() {
    let experiment = experiment(EVERYTHING);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        format!("{:?}", worth(&pool.install(|| experiment.run(|| {}))))
    };
    assert_eq!(on(1), on(3));
}
