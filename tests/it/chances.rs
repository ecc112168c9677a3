//! Chances and rates where factors are many or large: what a word is worth is what was asked for.
//!
//! Statistical claims: null, the engine has the stated mean; tolerance four standard errors; seeds fixed; a check of a right
//! engine fails for 6 seeds in 100,000.

use crate::common::{experiment, folder, log, mean_and_error, scenario_in, write};
use tellwave::event::{Fact, Source};

/// How many events of each of `runs` runs are such facts.
fn counts(world: &tellwave::engine::World, runs: u32, is_meant: impl Fn(&Fact) -> bool) -> Vec<f64> {
    (0..runs).map(|run| log(world, run).iter().filter(|event| is_meant(&event.what)).count() as f64).collect()
}

fn assert_mean(values: &[f64], expected: f64) {
    let (mean, error) = mean_and_error(values);
    assert!((mean - expected).abs() <= 4.0 * error + 1e-9, "{mean} ± {error}, not {expected}");
}

fn by_word(fact: &Fact) -> bool {
    matches!(fact, Fact::FirstPurchaseMade { source: Source::Word, .. })
}

#[test]
fn a_threshold_counts_friends_however_strong_their_ties_are() {
    let here = folder();
    write(here.path(), "ties.txt", "0 1 0.1\n0 2 0.1\n");
    let text = "[graph.edge_list]\nfile = 'ties.txt'\nheader = 'none'\nweights = 'strength'\n[seeds]\nids = [0]\n\
                [experience]\nsatisfied = '100 %'\nunhappy = '0 %'\n[telling]\npositive = 'all_neighbours'\n\
                [conversion]\nrule = 'threshold'\n";
    let world = scenario_in(here.path(), text).into_experiment().world;
    assert_eq!(counts(&world, 50, by_word), vec![2.0; 50]);
}

#[test]
fn a_customer_with_many_ties_talks_as_often_as_their_rates_say() {
    // 150 ties at one word an hour for thirty days: 108,000 words, the more exactly the more there are.
    let text = "horizon = '30 days'\n[graph.watts_strogatz]\npeople = 151\nties_per_person = 150\n[seeds]\nids = [0]\n\
                [experience]\nsatisfied = '100 %'\nunhappy = '0 %'\n[telling]\nmode = 'rate'\nper = 'tie'\n\
                positive_rate = '1 per hour'\ntalking_period = 'for_ever'\n[conversion]\npersuasion = '0 %'\n\
                invitation = '0 %'\n";
    let world = experiment(text).world;
    assert_mean(&counts(&world, 12, |fact| matches!(fact, Fact::WordHeard { .. })), 108_000.0);
}

#[test]
fn each_bad_word_of_a_teller_has_a_coin_of_its_own_to_block() {
    let text = "horizon = '300 days'\n[graph.complete]\npeople = 2\n[seeds]\nids = [0]\n[experience]\nsatisfied = '0 %'\n\
                unhappy = '100 %'\n[telling]\nmode = 'rate'\nnegative_rate = '1 per day'\ntalking_period = 'for_ever'\n\
                [conversion]\nblocking = '5 %'\n";
    let blocked = counts(&experiment(text).world, 400, |fact| matches!(fact, Fact::ProspectBlocked));
    assert_eq!(blocked.iter().sum::<f64>(), 400.0, "three hundred words leave nobody");
}

#[test]
fn factors_whose_product_is_beyond_any_strength_multiply_the_chance_all_the_same() {
    // .001 × 30 × 30 = .9 for each of a hundred friends.
    let text = "[graph.watts_strogatz]\npeople = 101\nties_per_person = 100\n[seeds]\nids = [0]\n[experience]\n\
                satisfied = '100 %'\nunhappy = '0 %'\n[telling]\npositive = 'all_neighbours'\nadvocacy = '100 %'\n\
                delay = '1 day'\n[conversion]\npersuasion = '0.1 %'\ninvitation = '0.1 %'\ndose = [30.0]\n\
                decision_delay = '300 days'\n[[segments]]\nname = 'all'\nshare = '100 %'\npersuadability = 30\n";
    let world = experiment(&format!("horizon = '301 days'\n{text}")).world;
    assert_mean(&counts(&world, 200, by_word), 90.0);
}
