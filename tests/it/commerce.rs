//! What a customer is worth: repeat purchases, lapses, winning back and referred customers, against closed forms, and
//! what must hold whatever the numbers are.
//!
//! Nulls are the closed forms. Tolerances are four standard errors of the reference law unless a test says otherwise, so a
//! right engine fails a check for 6 in 100,000 seeds; seeds are fixed.

use crate::common::{experiment, folder, log, scenario_in, write};
use std::collections::BTreeMap;
use std::path::Path;
use tellwave::engine::{Experience, World};
use tellwave::event::{Event, Fact};
use tellwave::experiment::Experiment;
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::{PersonId, Tick};

const DAY: u32 = Tick::PER_DAY;
const HUB: PersonId = PersonId(0);

/// So many first customers who tell nobody, with these keys in `[commerce]`.
fn alone(people: u32, horizon: &str, commerce: &str) -> World {
    experiment(&format!(
        "seed = 5\nhorizon = \"{horizon}\"\n[graph.complete]\npeople = {people}\n[seeds]\nshare = \"100 %\"\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"100 %\"\nwilling = \"100 %\"\n\
         [telling]\npositive = 0\n[commerce]\nperiod = \"1 day\"\n{commerce}"
    ))
    .world
}

/// A satisfied first customer whose word persuades everybody else within three days; they think nothing of the product,
/// so that they neither tell nor participate.
fn star(friends: u32, horizon: &str, commerce: &str) -> World {
    let here = folder();
    write(here.path(), "star.txt", (1..=friends).map(|friend| format!("0 {friend}\n")).collect::<String>());
    let text = format!(
        "seed = 6\nhorizon = \"{horizon}\"\n[graph.edge_list]\nfile = \"star.txt\"\nheader = \"none\"\n[seeds]\nids = [0]\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"100 %\"\nwilling = \"100 %\"\n\
         [telling]\npositive = \"all_neighbours\"\ndelay = \"1 day\"\n\
         [conversion]\npersuasion = 1.0\ninvitation = 1.0\ndecision_delay = \"uniform(0 days, 2 days)\"\n[commerce]\n{commerce}"
    );
    let mut world = scenario_in(here.path(), &text).into_experiment().world;
    world.experience.referred = Some(Experience::of_shares(0.0, 0.0));
    world
}

/// The purchases of each person, as moment and price; and the moments of her lapses.
#[derive(Default)]
struct Story {
    purchases: Vec<(u32, i64)>,
    lapses: Vec<u32>,
}

fn stories(events: &[Event]) -> BTreeMap<PersonId, Story> {
    let mut stories: BTreeMap<PersonId, Story> = BTreeMap::new();
    for event in events {
        let story = stories.entry(event.who).or_default();
        match event.what {
            Fact::FirstPurchaseMade { order, .. } | Fact::PurchaseRepeated { order, .. } => {
                story.purchases.push((event.at.0, order.minor()));
            }
            Fact::CustomerLapsed => story.lapses.push(event.at.0),
            _ => {}
        }
    }
    stories
}

/// Checks the mean number of purchases of all but the hub, a geometric law, against `1 / churn`.
fn check_lifespan(world: &World, churn: f64) {
    let stories = stories(&log(world, 0));
    let counts: Vec<f64> =
        stories.iter().filter(|(who, _)| **who != HUB).map(|(_, story)| story.purchases.len() as f64).collect();
    let (n, mean) = (counts.len() as f64, counts.iter().sum::<f64>() / counts.len() as f64);
    let tolerance = 4.0 * (1.0 - churn).sqrt() / churn / n.sqrt();
    assert!((mean - 1.0 / churn).abs() < tolerance, "{mean} purchases, not {} ± {tolerance}", 1.0 / churn);
    let still = counts.iter().filter(|&&count| count > 6.0).count() as f64 / n;
    let expected = (1.0 - churn).powi(6);
    let tolerance = 4.0 * (expected * (1.0 - expected) / n).sqrt();
    assert!((still - expected).abs() < tolerance, "{still} active after six renewals, not {expected} ± {tolerance}");
}

#[test]
fn a_retention_of_r_makes_one_over_one_less_r_purchases() {
    // Case R1: five purchases at 80 %. At 300 periods what is cut off is below 1e-26.
    check_lifespan(&alone(20_000, "300 days", "retention = \"80 %\""), 0.2);
}

#[test]
fn participants_churn_less_by_the_loyalty_factor() {
    let loyal = "retention = \"80 %\"\n[commerce.loyalty]\nchurn_factor = 0.6";
    check_lifespan(&alone(20_000, "400 days", loyal), 0.12);
}

/// The hub participates and so never leaves; her friends do not participate.
const STAYS: &str = "[commerce.loyalty]\nchurn_factor = 0";

#[test]
fn referred_customers_churn_less_by_their_factor() {
    let by_churn =
        format!("period = \"1 day\"\nretention = \"80 %\"\n{STAYS}\n[commerce.referred]\nchurn_factor = 0.82");
    check_lifespan(&star(20_000, "400 days", &by_churn), 0.164);
    let by_retention = by_churn.replace("churn_factor = 0.82", "retention_factor = 1.1");
    check_lifespan(&star(20_000, "400 days", &by_retention), 0.12);
}

#[test]
fn more_spending_of_referred_customers_fades_in_a_straight_line() {
    let world = star(
        40,
        "500 days",
        &format!(
            "order_value = \"60.00 USD\"\nperiod = \"30 days\"\nretention = \"100 %\"\n{STAYS}\n[commerce.referred]\n\
             spend_lift = \"15 %\"\nspend_fading = \"300 days\""
        ),
    );
    for (who, story) in stories(&log(&world, 0)) {
        assert!(story.purchases.len() >= 16);
        for (number, &(at, price)) in story.purchases.iter().enumerate() {
            assert_eq!(at, story.purchases[0].0 + 30 * DAY * number as u32);
            let lift = if who == HUB { 0 } else { 900 - 90 * (number as i64).min(10) };
            assert_eq!(price, 6_000 + lift, "purchase {number} of {who}");
        }
    }
}

#[test]
fn the_fading_goes_on_while_a_customer_has_lapsed() {
    // Friends always lapse, and are won back by a second friend of theirs: age counts from the first purchase.
    let here = folder();
    write(here.path(), "ties.txt", "0 1\n1 2\n");
    let text = "horizon = \"100 days\"\n[graph.edge_list]\nfile = \"ties.txt\"\nheader = \"none\"\n[seeds]\nids = [0, 2]\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[telling]\npositive = \"all_neighbours\"\n\
         delay = \"uniform(0 days, 60 days)\"\n[conversion]\npersuasion = 1.0\ninvitation = 1.0\ndecision_delay = \"0 days\"\n\
         [commerce]\nperiod = \"1 day\"\nwin_back = \"100 %\"\n[commerce.referred]\nspend_lift = \"50 %\"\n\
         spend_fading = \"100 days\"";
    let world = scenario_in(here.path(), text).into_experiment().world;
    let mut won_back = 0;
    for run in 0..20 {
        let story = stories(&log(&world, run)).remove(&PersonId(1)).expect("the friend");
        for &(at, price) in &story.purchases {
            let left = i64::from(100 * DAY - (at - story.purchases[0].0));
            let lift = (2 * 3_000 * left / i64::from(100 * DAY) + 1) / 2;
            assert!((price - 6_000 - lift).abs() <= 1, "{price} with {left} ticks left");
        }
        won_back += story.purchases.len() - 1;
    }
    assert!(won_back >= 15, "{won_back} won back");
}

#[test]
fn friends_stay_for_certain_until_who_referred_them_lapses() {
    let world =
        star(200, "200 days", "period = \"10 days\"\nretention = \"70 %\"\n[commerce.referred]\nchurn_factor = 0");
    let (mut renewals, mut lapses) = (0u32, 0u32);
    for run in 0..60 {
        let stories = stories(&log(&world, run));
        let left = stories[&HUB].lapses.first().copied().unwrap_or(u32::MAX);
        for (_, story) in stories.iter().filter(|(who, _)| **who != HUB) {
            assert!(story.lapses.iter().all(|&at| at > left), "nobody leaves before the hub");
            renewals += story.purchases[1..].iter().filter(|(at, _)| *at > left).count() as u32;
            lapses += story.lapses.len() as u32;
        }
    }
    // From then on each renewal is a coin of 70 % of its own.
    let (n, share) = (f64::from(renewals + lapses), f64::from(lapses) / f64::from(renewals + lapses));
    assert!(n > 10_000.0, "{n} renewals after the hub's lapse");
    assert!((share - 0.3).abs() < 4.0 * (0.21 / n).sqrt(), "{share} of them fail");
}

#[test]
fn silent_unhappy_customers_begin_at_the_foot_of_the_ladder_and_then_renew_like_others() {
    let text = "seed = 8\nhorizon = \"300 days\"\n[graph.complete]\npeople = 20_000\n[seeds]\nshare = \"100 %\"\n\
         [experience]\nsatisfied = \"0 %\"\nunhappy = \"100 %\"\n[telling]\nnegative = 0\n\
         [complaints]\nfile = \"0 %\"\nrepurchase_silent = \"9 %\"\n[commerce]\nperiod = \"1 day\"\nretention = \"80 %\"\n";
    let stories = stories(&log(&experiment(text).world, 0));
    let counts: Vec<f64> = stories.values().map(|story| story.purchases.len() as f64).collect();
    let again: Vec<f64> = counts.iter().copied().filter(|&count| count > 1.0).collect();
    let share = again.len() as f64 / counts.len() as f64;
    assert!((share - 0.09).abs() < 4.0 * (0.09f64 * 0.91 / counts.len() as f64).sqrt(), "{share} buy again");
    let more = again.iter().sum::<f64>() / again.len() as f64;
    let tolerance = 4.0 * 0.8f64.sqrt() / 0.2 / (again.len() as f64).sqrt();
    assert!((more - 6.0).abs() < tolerance, "{more} purchases of those, not 6 ± {tolerance}");
}

/// Everybody has bought once and lapsed when the words come, all at once; `persuasion` makes candidates of them or not.
fn lapsed_who_hear(persuasion: f64) -> World {
    experiment(&format!(
        "seed = 9\nhorizon = \"3 days\"\n[graph.complete]\npeople = 5_000\n[seeds]\nshare = \"100 %\"\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[telling]\npositive = \"poisson(6)\"\ndelay = \"2 days\"\n\
         [conversion]\npersuasion = {persuasion:.1}\ninvitation = {persuasion:.1}\n\
         [commerce]\nperiod = \"1 day\"\nwin_back = \"10 %\"\n"
    ))
    .world
}

#[test]
fn each_good_word_wins_a_lapsed_customer_back_with_its_own_coin() {
    let events = log(&lapsed_who_hear(0.0), 0);
    let mut words: BTreeMap<PersonId, i32> = BTreeMap::new();
    for event in events.iter().filter(|event| matches!(event.what, Fact::WordHeard { .. })) {
        *words.entry(event.who).or_default() += 1;
    }
    let chances: Vec<f64> = words.values().map(|&count| 1.0 - 0.9f64.powi(count)).collect();
    let (expected, variance) = chances.iter().fold((0.0, 0.0), |(sum, var), p| (sum + p, var + p * (1.0 - p)));
    let won = events.iter().filter(|event| matches!(event.what, Fact::CustomerWonBack { .. })).count() as f64;
    assert!((won - expected).abs() < 4.0 * f64::sqrt(variance), "{won} won back, not {expected}");
    assert_eq!(
        events,
        log(&lapsed_who_hear(1.0), 0),
        "whether a word would have persuaded a prospect is nothing to her"
    );
}

/// A lively market in which everything of this page happens.
pub const RENEWING: &str = r#"
    seed = 12
    runs = 12
    horizon = "300 days"
    [graph.watts_strogatz]
    people = 400
    ties_per_person = 10
    [seeds]
    count = 40
    [experience]
    satisfied = "70 %"
    unhappy = "20 %"
    [telling]
    positive = "negative_binomial(8, 2)"
    delay = "gamma(mean 30 days, shape 2)"
    [conversion]
    persuasion = "12 %"
    invitation = "25 %"
    [complaints]
    repurchase_silent = "20 %"
    [commerce]
    order_spread = 0.5
    margin_spread = "10 %"
    period = "20 days"
    retention = "60 %"
    win_back = "40 %"
    [commerce.loyalty]
    churn_factor = 0.6
    [commerce.referred]
    spend_lift = "15 %"
    churn_factor = 0.82
    [policy.two_sided]
"#;

#[test]
fn who_buys_again_has_bought_and_has_not_lapsed_unless_won_back() {
    let Experiment { world, runs, .. } = experiment(RENEWING);
    let (mut again, mut back) = (0, 0);
    for run in 0..runs {
        // When each customer bought last, and whether she has lapsed since.
        let mut customers: BTreeMap<PersonId, (u32, bool)> = BTreeMap::new();
        let events = log(&world, run);
        for event in &events {
            let due = |last: u32| event.at.0 == last + 20 * DAY;
            match event.what {
                Fact::FirstPurchaseMade { .. } => {
                    assert_eq!(customers.insert(event.who, (event.at.0, false)), None, "{event:?}");
                }
                Fact::PurchaseRepeated { margin, .. } => {
                    let (last, lapsed) = customers[&event.who];
                    let cause = events[event.cause.known().expect("a cause") as usize];
                    let won = matches!(cause.what, Fact::CustomerWonBack { .. }) && cause.at == event.at;
                    assert!(!lapsed && (won || due(last)), "{event:?} after {last}");
                    assert!((3_000..=5_000).contains(&margin));
                    customers.insert(event.who, (event.at.0, false));
                    again += 1;
                }
                Fact::CustomerLapsed => {
                    let (last, lapsed) = customers[&event.who];
                    assert!(!lapsed && due(last), "{event:?} after {last}");
                    customers.insert(event.who, (last, true));
                }
                Fact::CustomerWonBack { .. } => {
                    let (last, lapsed) = customers[&event.who];
                    assert!(lapsed, "{event:?}");
                    customers.insert(event.who, (last, false));
                    back += 1;
                }
                _ => {}
            }
        }
        for (who, (last, lapsed)) in customers {
            assert!(lapsed || last + 20 * DAY > world.horizon.0, "{who} was forgotten after {last}");
        }
    }
    assert!(again > 1_000 && back > 50, "{again} bought again, {back} were won back");
}

#[test]
fn lifts_of_nothing_are_no_lifts_event_for_event() {
    let lifts = RENEWING.find("[commerce.loyalty]").expect("the lifts");
    let logs = |lifts_instead: &str| -> Vec<Vec<Event>> {
        let text = format!("{}{lifts_instead}\n[policy.two_sided]\n", &RENEWING[..lifts]);
        let Experiment { world, runs, .. } = experiment(&text);
        (0..runs).map(|run| log(&world, run)).collect()
    };
    let none = logs("");
    assert_eq!(none, logs("[commerce.loyalty]\n[commerce.referred]"));
    assert_eq!(
        none,
        logs("[commerce.loyalty]\nchurn_factor = 1\n[commerce.referred]\nspend_lift = 0.0\nchurn_factor = 1")
    );
    assert_eq!(none, logs("[commerce.referred]\nretention_factor = 1"));
    assert_ne!(none, logs("[commerce.referred]\nspend_lift = \"1 %\""));
}

#[test]
fn one_off_purchases_never_lapse_and_another_period_changes_nothing() {
    let before = RENEWING.find("[complaints]").expect("a part before");
    let logs = |commerce: &str| -> Vec<Event> {
        log(&experiment(&format!("{}[commerce]\n{commerce}", &RENEWING[..before])).world, 0)
    };
    let one_off = logs("");
    assert!(!one_off.iter().any(|event| matches!(event.what, Fact::CustomerLapsed | Fact::PurchaseRepeated { .. })));
    assert_eq!(one_off, logs("period = \"1 day\"\nretention = \"0 %\"\nwin_back = \"0 %\"\norder_spread = 0"));
}

#[test]
fn more_retention_never_loses_a_purchase() {
    let purchases = |retention: &str| -> BTreeMap<PersonId, usize> {
        let stories = stories(&log(&alone(2_000, "60 days", &format!("retention = \"{retention}\"")), 0));
        stories.into_iter().map(|(who, story)| (who, story.purchases.len())).collect()
    };
    let (less, more) = (purchases("70 %"), purchases("75 %"));
    assert!(less.iter().all(|(who, count)| *count <= more[who]));
    assert_eq!(purchases("100 %"), less.keys().map(|&who| (who, 61)).collect());
}

#[test]
fn prices_keep_their_mean_and_are_drawn_for_each_purchase() {
    let world = alone(20_000, "1 day", "order_spread = 0.5\nretention = \"100 %\"");
    let stories = stories(&log(&world, 0));
    let prices: Vec<f64> = stories.values().flat_map(|s| s.purchases.iter().map(|(_, price)| *price as f64)).collect();
    // Null: mean 6,000, standard deviation 6,000 √(e^0.25 - 1).
    let (n, mean) = (prices.len() as f64, prices.iter().sum::<f64>() / prices.len() as f64);
    let tolerance = 4.0 * 6_000.0 * (0.25f64.exp() - 1.0).sqrt() / n.sqrt();
    assert!((mean - 6_000.0).abs() < tolerance, "{mean} ± {tolerance}");
    // Null: the second purchase has nothing to do with the first, 4,096 prices each.
    let same = stories.values().filter(|story| story.purchases[0].1 == story.purchases[1].1).count();
    assert!(same < 40, "{same} of 20,000 paid the same again");
}

/// The mistake in a scenario.
fn refused(text: &str) -> String {
    Scenario::parse("shop.toml", text, Path::new(""), Overrides::default()).expect_err(text).to_string()
}

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    let said = refused("[commerce]\nretention = \"80 %\"\n[commerce.referred]\nretention_factor = 1.37\n");
    assert!(said.contains("37 % more of 80 % is 109.6 %"), "{said}");
    assert!(said.contains("no customer can be kept with such a chance") && said.contains("churn_factor"), "{said}");
    assert!(said.contains("1 mistake"), "{said}");
    for (text, why) in [
        ("margin = \"90 %\"\nmargin_spread = \"11 %\"", "at most 10 % here"),
        ("period = \"5 minutes\"", "at least an hour"),
        ("[commerce.referred]\nchurn_factor = 0.82", "commerce.retention above 0 %"),
        ("[commerce.loyalty]\nchurn_factor = 0.6", "commerce.retention above 0 %"),
        ("retention = \"80 %\"\n[commerce.referred]\nchurn_factor = 6", "at most 5"),
        ("retention = \"80 %\"\n[commerce.referred]\nchurn_factor = 1\nretention_factor = 1", "one of the two"),
        ("[commerce.referred]\nspend_lift = \"15 %\"\nspend_fading = \"0 days\"", "more than 0 minutes"),
        ("order_spread = 3", "from 0 to 2"),
        // 20,000 people × 60.00 × 10¹⁰ is fine once, and not every hour for a hundred years.
        ("order_value = \"1000000000.00 USD\"\nretention = \"99 %\"\nperiod = \"1 hour\"", "up to 8761 times each"),
    ] {
        let said = refused(&format!("[graph.complete]\npeople = 20_000\n[commerce]\n{text}\n"));
        assert!(said.contains(why) && said.contains("1 mistake"), "{text}: {said}");
    }
}
