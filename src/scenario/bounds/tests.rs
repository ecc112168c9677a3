//! Each bound, from both sides: the last value that is accepted, and the next.

use crate::projection::{Projection, Standard};
use crate::scenario::{Overrides, Scenario};
use std::path::Path;

fn mistakes_of(text: &str) -> Option<String> {
    let read = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
    read.err().map(|error| error.to_string())
}

/// Asserts that `text` is right with the number `last`, and with the next one a mistake that says `words`.
fn ends_at(text: &str, print: impl Fn(u64) -> String, last: u64, words: &str) {
    let with = |number| text.replace("{}", &print(number));
    assert_eq!(mistakes_of(&with(last)), None, "{}", with(last));
    let told = mistakes_of(&with(last + 1)).unwrap_or_else(|| panic!("accepted: {}", with(last + 1)));
    assert!(told.contains(words) && told.matches("found").count() == 1, "{told}");
}

fn dollars(minor: u64) -> String {
    format!("\"{}.{:02} USD\"", minor / 100, minor % 100)
}

/// A million people for ninety days: 10^12 minor units are left for each of them.
fn a_million(rest: &str) -> String {
    format!("horizon = '90 days'\ngraph.complete.people = 1_000_000\n{rest}\n")
}

#[test]
fn all_that_a_run_could_move_stays_below_ten_to_the_eighteen() {
    const ALL: u64 = 1_000_000_000_000;
    const LEFT: u64 = ALL / 1_000;
    let free = |rest: &str| format!("commerce.order_value = '0.00 USD'\n{rest}");
    // Leaves ten million dollars; no reward is more than 42,949,672.95.
    let dear = |rest: &str| format!("commerce.order_value = '9990000000.00 USD'\n{rest}");
    let cases = [
        ("commerce.order_value = {}".to_owned(), ALL),
        // One purchase now, and one after 30, 60 and 90 days.
        ("commerce = { order_value = {}, retention = '50 %' }".to_owned(), ALL / 4),
        // Referred customers spend twice as much.
        ("commerce = { order_value = {}, referred.spend_lift = '100 %' }".to_owned(), ALL / 2),
        (dear("policy.one_sided.advocate = {}"), LEFT),
        (dear("policy.two_sided = { advocate = {}, friend = {}, friend_kind = 'cash' }"), LEFT / 2),
        // With a purchase a reward, and those of three fakes, of herself and of her second sign-up.
        (dear("policy.one_sided.advocate = {}\nfraud.fake_accounts = 3"), LEFT.div_ceil(6)),
        (free("fraud = { fake_accounts = 3, check.cost = {} }"), ALL / 5),
        (free("asking.prompts = [{ by = 'email', cost = {} }, { by = 'sms', cost = {} }]"), ALL / 2),
        // Four months have begun within ninety days.
        (free("community.cost = {}"), ALL / 4),
        (free("advertising = { rate = '0.01 per day', cost = {} }"), ALL),
        // A lead that is lost may be won again, a hundred thousand times.
        (free("funnel.loss = '0 per day'\nadvertising = { rate = '0.01 per day', cost = {} }"), ALL / 100_000),
        // Posts are paid once, not for each customer.
        ("commerce.order_value = '9999999999.99 USD'\ninfluencers = [{ fee = {}, reach = 10 }]".into(), 1_000_000),
    ];
    for (rest, first_refused) in cases {
        ends_at(&a_million(&rest), dollars, first_refused - 1, "stay below 10^18 minor units for 1000000 customers");
    }
}

#[test]
fn a_price_that_differs_is_bounded_by_its_most() {
    let told =
        mistakes_of(&a_million("commerce = { order_value = '9000000000.00 USD', referred.spend_lift = '20 %' }"));
    let told = told.unwrap_or_default();
    assert!(told.contains("9000000000.00 USD (at most 10800000000.00 USD)") && !told.contains("up to"), "{told}");
    let told = mistakes_of(&a_million("commerce = { order_value = '9000000000.00 USD', retention = '20 %' }"));
    let told = told.unwrap_or_default();
    assert!(told.contains("9000000000.00 USD, up to 4 times each") && !told.contains("at most"), "{told}");
}

#[test]
fn the_people_of_a_run_and_the_words_of_its_first_customers_fit_into_16_gb() {
    // 12 bytes a word, a hundred words each; 32 bytes a person, 96 where it matters what she does later.
    let telling = "telling = { positive = 100, negative = 100 }\n";
    let plain = format!("graph.complete.people = 100_000_000\n{telling}seeds.count = {{}}\n");
    let fakes = plain.replace("100_000_000", "50_000_000")
        + "fraud = { farming = '50 %', fake_accounts = 4 }\npolicy.two_sided = { advocate = '5.00 USD', friend = '5.00 USD' }\n";
    let cases = [
        (plain.clone(), 10_666_666),
        (format!("{plain}commerce.retention = '50 %'\n"), 5_333_333),
        // Who talks half as much takes no room from anybody; who talks twice as much takes twice the room.
        (
            format!(
                "{plain}segments = [{{ name = 'a', share = '50 %', talk = 0.5 }}, {{ name = 'b', share = '50 %', talk = 1 }}]\n"
            ),
            10_666_666,
        ),
        (
            format!(
                "{plain}segments = [{{ name = 'a', share = '50 %', talk = 2 }}, {{ name = 'b', share = '50 %', talk = 1 }}]\n"
            ),
            5_333_333,
        ),
        // Two fake accounts a person on average, for two rules, 64 bytes each.
        (fakes, 1_333_333),
    ];
    for (text, last) in cases {
        ends_at(&text, |seeds| seeds.to_string(), last, "what fits into 16 GB");
    }
    // Nobody tells more people than there are.
    let few =
        "graph.complete.people = 1_000\ntelling = { positive = 10_000, negative = 10_000 }\nseeds.count = 1_000\n";
    assert_eq!(mistakes_of(few), None);
}

#[test]
fn first_customers_are_fewer_than_the_customers_it_stops_at() {
    let text = "graph.complete.people = 1_000\nstop_at_customers = 500\nseeds.count = {}\n";
    ends_at(text, |seeds| seeds.to_string(), 499, "more than the 500 first customers");
}

#[test]
fn the_daily_numbers_of_all_runs_fit_into_8_gib() {
    let text = "graph.complete.people = 1_000\nhorizon = '100 years'\nruns = {}\n";
    let most = |text: &str| {
        let told = mistakes_of(&text.replace("{}", "10_000_000")).expect("too many");
        let most = told.split("at most ").nth(1).and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
        (told.clone(), most.unwrap_or_else(|| panic!("{told}")))
    };
    let (told, alone) = most(text);
    assert!(told.contains("10000000 runs over 36500 days, "), "{told}");
    // 100 years have 36,500 days and the first moment of the next one; 8 bytes for each of the daily measures.
    let measures = Standard::daily_measures().len() as u64;
    assert_eq!(alone, (8 << 30) / (36_501 * 8 * measures));
    ends_at(text, |runs| runs.to_string(), alone, "runs with this horizon (8 GiB)");
    // A programme is played beside its twin.
    let with = format!("{text}policy.two_sided = {{ advocate = '5.00 USD', friend = '5.00 USD' }}\n");
    assert_eq!(most(&with).1, (8 << 30) / (36_501 * 8 * measures * 2));
    ends_at(&with, |runs| runs.to_string(), most(&with).1, "runs with this horizon (8 GiB)");
}
