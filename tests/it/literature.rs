//! What the literature says about word of mouth, as far as it says which way things go.
//!
//! Numbers that are known exactly are in `oracle.rs`. Here the claim is a direction, with a margin that is stated and wide:
//! each margin is at least six standard errors away from what is measured, so no seed in a hundred million fails a test of a
//! right engine. What was measured stands beside each claim (22 November 2026).

use crate::common::{mean_and_error, outcome, totals};
use tellwave::experiment::Outcome;

const GLAD: &str = "[experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n";

fn mean(outcome: &Outcome, name: &str) -> f64 {
    let values: Vec<f64> = totals(outcome, name).into_iter().map(|value| value as f64).collect();
    let (mean, error) = mean_and_error(&values);
    println!("{name}: {mean:.3} ± {error:.3}");
    mean
}

/// How many customers the first has more than the second, run by run, and the standard error.
fn paired(one: &Outcome, other: &Outcome, name: &str) -> (f64, f64) {
    let (one, other) = (totals(one, name), totals(other, name));
    let differences: Vec<f64> = one.iter().zip(&other).map(|(one, other)| (one - other) as f64).collect();
    let (mean, error) = mean_and_error(&differences);
    println!("{name}, run by run: {mean:+.3} ± {error:.3}");
    (mean, error)
}

/// Goldenberg, Libai, Moldovan & Muller 2007: a few dissatisfied customers harm out of proportion. Case N2 has the numbers:
/// at R = 0.8 × 12 × 0.15 = 1.44, one customer in five being unhappy and half of the bad words blocking, 24.8 % of the people
/// are reached at last instead of 55.4 %. Margin: to less than a half. Measured at seed 5: 24.7 % against 55.6 %.
#[test]
fn one_unhappy_customer_in_five_costs_more_than_half_of_the_reach() {
    let customers = |negative: u32, blocking: f64| {
        outcome(&format!(
            "seed = 5\nruns = 50\nhorizon = \"300 days\"\n[graph.complete]\npeople = 20_000\n[seeds]\ncount = 200\n\
             [experience]\nsatisfied = \"80 %\"\nunhappy = \"20 %\"\n[telling]\naudience = \"population\"\npositive = 12\n\
             negative = {negative}\ndelay = \"exponential(1 day)\"\n[conversion]\npersuasion = 0.15\ninvitation = 0.15\n\
             damping = 0.0\nblocking = {blocking:?}\ndecision_delay = \"0 days\"\n"
        ))
    };
    let (silent, harmed, closed) = (customers(0, 0.5), customers(20, 0.5), customers(20, 1.0));
    let [without, half, all] = [&silent, &harmed, &closed].map(|outcome| mean(outcome, "customers"));
    assert!(half < 0.5 * without, "{half} with bad words, {without} without");
    assert!(all < 0.8 * half, "{all} if each bad word blocks, {half} if half of them do");
    assert_eq!(totals(&silent, "blocked"), [0; 50]);
    assert!(mean(&harmed, "blocked") > half, "more are lost for good than won");
}

/// Customers of 20 first ones among 5,000 people of whom nobody has fewer than 12 friends.
fn first_customers(choose: &str, positive: &str, persuasion: f64) -> Outcome {
    outcome(&format!(
        "seed = 5\nruns = 400\nhorizon = \"2 years\"\n[graph.barabasi_albert]\npeople = 5_000\nties_per_newcomer = 12\n\
         [seeds]\ncount = 20\nchoose = \"{choose}\"\n{GLAD}[telling]\npositive = {positive}\n\
         [conversion]\npersuasion = {persuasion:?}\ninvitation = {persuasion:?}\n"
    ))
}

/// Hinz et al. 2011: hubs are the better first customers because they talk more, not because they persuade better. Margins:
/// where everybody tells all her friends, hubs win more than five times as many others; where everybody tells twelve, within
/// a tenth of the same number of customers (slightly fewer, for hubs are told more often, and a word to a first customer is
/// wasted). Measured at seed 5: 33.9 against 3.2 others; 25.9 against 26.2 customers.
#[test]
fn hubs_are_better_first_customers_only_because_they_talk_more() {
    let others = |choose| mean(&first_customers(choose, "\"all_neighbours\"", 0.005), "customers_by_word");
    let (hubs, anybody) = (others("hubs"), others("random"));
    assert!(hubs > 5.0 * anybody, "{hubs} won by hubs, {anybody} by anybody");
    let customers = |choose| mean(&first_customers(choose, "12", 0.02), "customers");
    let (hubs, anybody) = (customers("hubs"), customers("random"));
    assert!((hubs / anybody - 1.0).abs() < 0.1, "{hubs} with hubs first, {anybody} with anybody");
    assert!(hubs < 1.05 * anybody, "no advantage is left");
}

/// If who is paid is believed less (`credibility_loss`, an assumption), a one-sided programme can cost customers: of a
/// hundred satisfied customers 29 refer unasked and 36 for the reward, each
/// with 5 % a word instead of 1.5 %. A hundred words then win .71 × 1.5 + .29 × 5 = 2.5 without and .64 × 1.5 + .36 × 5 ×
/// (1 − loss) with it, which is less from a loss of 14 % on. Margins: no loss wins more, half of it loses more than a fifth
/// of the customers won by word, each by more than six standard errors of the difference run by run. Measured at seed 5:
/// 31.0 without a programme, 35.1 with one and no loss, 21.0 with half of the chance lost.
#[test]
fn a_reward_that_costs_credibility_can_bring_fewer_customers_than_none() {
    let under = |policy: &str| {
        outcome(&format!(
            "seed = 5\nruns = 200\n[graph.complete]\npeople = 10_000\n[seeds]\ncount = 100\n[experience]\nsatisfied = \"80 %\"\n\
             unhappy = \"0 %\"\n[telling]\naudience = \"population\"\n{policy}"
        ))
    };
    let losing = |loss: &str| under(&format!("[policy.one_sided]\ncredibility_loss = \"{loss} %\"\n"));
    let (none, believed, doubted) = (under(""), losing("0"), losing("50"));
    let unpaid = mean(&none, "customers_by_word");
    let (gain, error) = paired(&believed, &none, "customers_by_word");
    assert!(gain > 6.0 * error, "{gain} ± {error}");
    let (gain, error) = paired(&doubted, &none, "customers_by_word");
    assert!(gain < -0.2 * unpaid && gain < -6.0 * error, "{gain} ± {error} of {unpaid}");
    // More hand out a code, all the same.
    let (more, error) = paired(&doubted, &none, "participants");
    assert!(more > 6.0 * error, "{more} ± {error}");
}

/// Goldenberg, Libai & Muller 2001, in spirit: talk within circles of friends goes round in circles; weak ties between them
/// carry it on. Everybody has 12 ties of the same strength, and one in a thousand buys each day without any word. Margin:
/// if half of the ties are weak, more than 1.6 times the customers on day 20 and more than 2.5 times on day 40. Measured at
/// seed 5: 1,147 against 589 of 5,200, and 4,935 against 1,602.
#[test]
fn weak_ties_between_circles_of_friends_speed_the_spreading() {
    let customers = |circle: u32, weak: u32, days: u32| {
        let outcome = outcome(&format!(
            "seed = 5\nruns = 40\nhorizon = \"{days} days\"\n[graph.cliques]\npeople = 5_200\nclique_size = {circle}\n\
             weak_ties = {weak}\n[seeds]\ncount = 0\n{GLAD}[telling]\nmode = \"rate\"\nper = \"tie\"\n\
             positive_rate = \"0.02 per day\"\ntalking_period = \"for_ever\"\n[conversion]\npersuasion = 1.0\n\
             invitation = 1.0\ndecision_delay = \"0 days\"\n[advertising]\nrate = \"0.001 per day\"\n"
        ));
        mean(&outcome, "customers")
    };
    for (days, times) in [(20, 1.6), (40, 2.5)] {
        let (closed, open) = (customers(13, 0, days), customers(7, 6, days));
        assert!(open > times * closed, "day {days}: {open} with weak ties, {closed} without");
    }
}

/// Soft targets for the shipped defaults, from what is known of ordinary markets: most seeds bring nobody and few chains
/// reach depth two (Goel, Watts & Goldstein 2012), word brings a tenth to a quarter of the purchases, about three customers
/// in ten refer (Kumar, Petersen & Leone 2007), and a reward of twice the size does less than twice as much (Ryu & Feick
/// 2007). Margins: the targets. Each lies more than six standard errors away from what is measured. Measured at seed 1: the
/// table in docs/validation.md, for which this prints the figures.
#[test]
fn the_defaults_make_an_ordinary_market() {
    let ratio = |outcome: &Outcome, above: &str, below: &str| mean(outcome, above) / mean(outcome, below);
    let alone = outcome("runs = 4000\n[seeds]\ncount = 1\n");
    let share = |name: &str, holds: &dyn Fn(i64) -> bool| {
        totals(&alone, name).iter().filter(|&&value| holds(value)).count() as f64 / 4000.0
    };
    let (nobody, deep) = (share("customers_by_word", &|won| won == 0), share("cascade_depth", &|depth| depth >= 2));
    // Every customer but the first has one teller, so the customers that one teller wins are the share won by word.
    let r = ratio(&alone, "customers_by_word", "customers");
    let market = |policy: &str| outcome(&format!("runs = 1000\n{policy}"));
    let none = market("");
    let by_word = ratio(&none, "customers_by_word", "customers");
    let paid = market("[policy.two_sided]\n");
    let refer = ratio(&paid, "participants", "customers");
    let cost = ratio(&paid, "reward_cost", "customers_by_word") / 100.0;
    let doubled = market("[policy.two_sided]\nadvocate = \"12.00 USD\"\nfriend = \"12.00 USD\"\n");
    let (once, _) = paired(&paid, &none, "invitations_accepted");
    let (twice, _) = paired(&doubled, &none, "invitations_accepted");
    println!(
        "R {r:.3}; brings nobody {nobody:.3}; depth of two or more {deep:.3}; by word {by_word:.3}; refer {refer:.3}; \
         {cost:.2} USD a customer; {once:.1} referred more, {twice:.1} at twice the reward"
    );
    assert!((0.1..=0.5).contains(&r), "{r}");
    assert!(nobody > 0.70, "{nobody}");
    assert!(deep < 0.10, "{deep}");
    assert!((0.10..=0.25).contains(&by_word), "{by_word}");
    assert!((0.25..=0.35).contains(&refer), "{refer}");
    // The 60 dollars that advertising takes for a customer in scenarios/word-against-paid.toml.
    assert!(cost < 60.0, "{cost}");
    assert!(once > 0.0 && twice > once && twice < 2.0 * once, "{once} and {twice}");
}
