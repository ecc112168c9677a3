//! Each warning, where it is due and where it is not.

use crate::laws::DelayLaw;
use crate::scenario::{Overrides, Scenario};
use crate::units::Tick;
use std::path::Path;

/// The warnings about a scenario: the line, the key, and what is said.
fn warnings(text: &str) -> Vec<(usize, String, String)> {
    let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
    let warnings = scenario.unwrap_or_else(|error| panic!("{text}\n{error}")).warnings;
    let line = |warning: &super::Mistake| warnings.position(warning).map_or(0, |(line, _)| line);
    let said = |warning: &super::Mistake| {
        (line(warning), warning.key.clone(), format!("{}; {}", warning.found, warning.allowed))
    };
    warnings.list().iter().map(said).collect()
}

/// Asserts that there is one warning, on this line, about this key, that says these words.
fn warns(text: &str, line: usize, key: &str, words: &str) {
    let said = warnings(text);
    let [(at, of, what)] = &said[..] else { panic!("{text}\n{said:?}") };
    assert_eq!((*at, of.as_str()), (line, key), "{what}");
    assert!(what.contains(words), "{what}");
}

fn is_silent(text: &str) {
    assert_eq!(warnings(text), [], "{text}");
}

/// An order of 60 dollars leaves 24; with an end nothing is owed for ever.
fn two_sided(keys: &str) -> String {
    format!("[policy.two_sided]\nends = '90 days'\n{keys}\n")
}

fn rule(keys: &str) -> String {
    format!("[[policy.rules]]\nside = 'advocate'\nends = '90 days'\n{keys}\n")
}

#[test]
fn rewards_above_the_margin_are_warned_of() {
    let expected = "rewards that cost up to 25.00 USD for a friend who buys for 60.00 USD; such an order leaves 24.00";
    warns(&two_sided("advocate = '10 USD'\nfriend = '15 USD'"), 4, "policy.two_sided.friend", expected);
    is_silent(&two_sided("advocate = '10 USD'\nfriend = '14 USD'"));
}

#[test]
fn what_is_never_redeemed_is_no_cost() {
    is_silent(&rule("kind = 'points'\npoints = 3_000"));
    warns(&rule("kind = 'points'\npoints = 3_500"), 5, "policy.rules[0].points", "24.50 USD");
    is_silent(&rule("kind = 'gift'\namount = '40 USD'"));
}

#[test]
fn the_margin_is_that_of_the_least_order_that_earns_the_reward() {
    let reward = "amount = '10 USD'\nminimum_order = ";
    warns(&rule(&format!("{reward}'20 USD'")), 4, "policy.rules[0].amount", "such an order leaves 8.00 USD");
    is_silent(&rule(&format!("{reward}'25 USD'")));
}

#[test]
fn a_milestone_is_looked_at_by_its_share_in_each_friend() {
    is_silent(&rule("amount = '100 USD'\nat_referral = 5"));
    warns(&rule("amount = '100 USD'\nat_referral = 4"), 4, "policy.rules[0].amount", "25.00 USD");
}

#[test]
fn a_debt_without_cap_budget_or_end_is_warned_of() {
    let open = "[policy.one_sided]\nadvocate = '5 USD'\n";
    warns(open, 2, "policy.one_sided.advocate", "no limit");
    is_silent(&format!("{open}cap = 5\n"));
    is_silent(&format!("{open}ends = '90 days'\n"));
    is_silent(&format!("policy.budget = '500 USD'\n{open}"));
    is_silent("[policy.none]\n");
    is_silent("[[policy.rules]]\nside = 'advocate'\namount = '5 USD'\nat_referral = 5\n");
}

#[test]
fn a_friend_alone_cannot_be_owed_without_limit() {
    is_silent("[[policy.rules]]\nside = 'friend'\namount = '5 USD'\n");
}

#[test]
fn a_cap_that_nobody_can_reach_is_warned_of() {
    let told = "telling.positive = 3\n";
    let expected = "nobody tells more than 3 people";
    warns(&format!("{told}{}", two_sided("cap = 4")), 4, "policy.two_sided.cap", expected);
    is_silent(&format!("{told}{}", two_sided("cap = 3")));
    let known = "[graph.circle]\n";
    warns(&format!("{known}{}", two_sided("cap = 5")), 4, "policy.two_sided.cap", "knows more than 2");
    is_silent(&format!("[graph.random_regular]\ndegree = 5\n{}", two_sided("cap = 5")));
}

#[test]
fn a_cap_counts_every_reward_for_a_friend() {
    let rules = format!(
        "telling.positive = 3\n{}{}",
        rule("amount = '1 USD'\ntrigger = 'sign_up'\ncap = 6"),
        rule("amount = '1 USD'")
    );
    is_silent(&rules);
    warns(&rules.replace("cap = 6", "cap = 7"), 7, "policy.rules[0].cap", "a cap of 7 rewards");
    is_silent(&format!("telling.positive = 3\n{}", rule("amount = '1 USD'\ntrigger = 'each_purchase'\ncap = 9")));
}

#[test]
fn a_tier_that_pays_less_for_more_is_warned_of() {
    let tiers = |second| {
        rule(&format!("tiers = [{{ from = 1, amount = '10 USD' }},\n{{ from = 5, amount = '{second} USD' }}]"))
    };
    warns(&tiers(9), 5, "policy.rules[0].tiers[1].amount", "9.00 USD from friend 5 on, after 10.00 USD");
    is_silent(&tiers(10));
}

#[test]
fn rewards_above_the_price_are_said_to_invite_self_referral() {
    let both = "advocate = '40 USD'\nfriend = '21 USD'\n[commerce]\nmargin = '100 %'";
    let said = warnings(&two_sided(both));
    assert!(said.iter().any(|(.., what)| what.contains("refers herself earns more than she spends")), "{said:?}");
    let said = warnings(&two_sided(&both.replace("21", "20")));
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_budget_below_the_rewards_of_one_friend_is_warned_of() {
    let budget =
        |budget| format!("[policy]\nbudget = '{budget} USD'\n{}", two_sided("advocate = '5 USD'\nfriend = '5 USD'"));
    warns(&budget("9.99"), 2, "policy.budget", "never pays");
    is_silent(&budget("10"));
}

#[test]
fn a_window_shorter_than_the_mean_decision_is_warned_of() {
    let expected = "4.0 days to decide on average";
    warns(&two_sided("window = '3 days'"), 3, "policy.two_sided.window", expected);
    is_silent(&two_sided("window = '4 days'"));
    is_silent(&rule("amount = '1 USD'\ntrigger = 'sign_up'\nwindow = '3 days'"));
}

#[test]
fn a_reward_that_is_redeemed_before_the_last_refund_is_warned_of() {
    let refunds = "[refunds]\nwithin = '14 days'\n";
    let expected = "purchases are refunded within 2 weeks";
    warns(&format!("{refunds}{}", rule("amount = '5 USD'\nhold = '13 days'")), 7, "policy.rules[0].hold", expected);
    warns(&format!("{refunds}{}", rule("amount = '5 USD'")), 6, "policy.rules[0].amount", "not held back");
    is_silent(&format!("{refunds}{}", rule("amount = '5 USD'\nhold = '14 days'")));
    is_silent(&format!("{refunds}{}", rule("kind = 'points'\npoints = 500")));
    is_silent(&format!("{refunds}[policy.two_sided]\nends = '9 days'\nadvocate = '0 USD'\nfriend = '5 USD'"));
}

#[test]
fn a_prize_that_nobody_can_win_is_warned_of() {
    let drawing = |ends: &str| {
        format!(
            "[[policy.rules]]\nside = 'advocate'\ntrigger = 'drawing'\nwinners = 1\namount = '5 USD'\nends = '{ends}'\n"
        )
    };
    let tickets = rule("kind = 'ticket'\namount = '1 USD'");
    warns(&drawing("30 days"), 3, "policy.rules[0].trigger", "no rule gives tickets");
    is_silent(&format!("{tickets}{}", drawing("30 days")));
    warns(&format!("{tickets}{}", drawing("2 years")), 11, "policy.rules[1].ends", "after the horizon");
    let places = "tiers = [{ from = 1, amount = '9 USD' }, { from = 2, amount = '5 USD' }]";
    is_silent(&rule(&format!("trigger = 'leaderboard'\nwinners = 2\nperceived = '1 USD'\n{places}")));
    let unknown = rule(&format!("trigger = 'leaderboard'\nwinners = 2\n{places}"));
    warns(&unknown, 4, "policy.rules[0].trigger", "nobody is moved by these prizes");
    warns(&tickets, 4, "policy.rules[0].kind", "no rule draws tickets");
}

#[test]
fn a_reward_that_is_held_back_for_ever_is_warned_of() {
    warns(&rule("amount = '5 USD'\nhold = '2 years'"), 5, "policy.rules[0].hold", "longer than the horizon");
    is_silent(&rule("amount = '5 USD'\nhold = '1 year'"));
}

#[test]
fn a_term_without_a_reward_is_warned_of() {
    warns("policy.platform_fee = '99 USD'", 1, "policy.platform_fee", "nobody is rewarded");
}

#[test]
fn rules_for_different_segments_are_not_added_up() {
    let segments = "[[segments]]\nname = 'members'\nshare = '15 %'\n[[segments]]\nname = 'others'\nshare = '85 %'\n";
    let of = |segment: &str, amount: u32| rule(&format!("segment = '{segment}'\namount = '{amount} USD'"));
    is_silent(&format!("{segments}{}{}", of("members", 16), of("others", 20)));
    let all = rule("amount = '9 USD'");
    let text = format!("{segments}{}{}{all}", of("members", 16), of("others", 8));
    warns(&text, 11, "policy.rules[0].amount", "rewards that cost up to 25.00 USD");
}

#[test]
fn a_budget_below_the_prizes_is_warned_of() {
    let prizes = rule("trigger = 'leaderboard'\nwinners = 3\nperceived = '1 USD'\namount = '50 USD'");
    warns(&format!("policy.budget = '149 USD'\n{prizes}"), 1, "policy.budget", "prizes of 150.00 USD");
    is_silent(&format!("policy.budget = '150 USD'\n{prizes}"));
}

#[test]
fn a_budget_is_held_against_the_rewards_of_one_occasion() {
    let rules = rule("trigger = 'purchase'\nnumber = 2\namount = '8 USD'") + &rule("amount = '5 USD'");
    warns(&format!("policy.budget = '4 USD'\n{rules}"), 1, "policy.budget", "rewards of 5.00 USD at once");
    is_silent(&format!("policy.budget = '5 USD'\n{rules}"));
}

#[test]
fn a_warning_about_a_preset_is_shown_where_it_is_chosen() {
    warns("# first line\npreset = 'milestone'", 2, "policy.rules[0].amount", "no limit");
}

#[test]
fn the_mean_of_a_law_of_delays_is_that_of_its_definition() {
    let days = |days: u32| Tick(days * Tick::PER_DAY);
    let uniform = DelayLaw::Uniform { least: days(2), most: days(6) };
    let log_normal = DelayLaw::LogNormal { median: days(10), sigma: 0.8 };
    assert_eq!([DelayLaw::Fixed(days(3)), uniform].map(super::mean), [days(3), days(4)]);
    // The mean of a log-normal law is its median times exp(sigma² / 2).
    assert!((super::mean(log_normal).days() - 10.0 * 0.32f64.exp()).abs() < 0.01);
}
