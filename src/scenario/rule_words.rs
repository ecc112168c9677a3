//! A programme in words: its rules as a marketer would say them.

use super::money::{Currency, Money};
use super::toml_words::text_as_toml;
use super::triggers::ordinal;
use super::values::{print_duration, print_rounded_percent};
use super::{reward_kinds, triggers};
use crate::engine::World;
use crate::event::Side;
use crate::policy::{Amount, Attribution, Rule, Tiers};
use crate::units::{Cents, Payment, Tick};

/// The rules and the clauses, a line each; nothing where nobody is rewarded.
pub(super) fn of(world: &World, currency: Currency) -> Vec<String> {
    let rules = world.policy.rules();
    if rules.is_empty() {
        return vec![];
    }
    let several = |side: Side| rules.iter().filter(|rule| rule.side == side).count() > 1;
    let adds_up = (several(Side::Advocate) || several(Side::Friend))
        .then(|| "rewards of several rules for the same thing add up".to_owned());
    of_rules(world, currency).into_iter().chain(adds_up).chain(of_clauses(world, currency)).collect()
}

/// The rules alone, in the order in which they answer.
pub(super) fn of_rules(world: &World, currency: Currency) -> Vec<String> {
    world.policy.rules().iter().map(|rule| of_rule(rule, world, currency)).collect()
}

/// What holds for all rules, and what people do against them.
fn of_clauses(world: &World, currency: Currency) -> impl Iterator<Item = String> {
    let clauses = world.policy.clauses();
    let percent = |share: f64| print_rounded_percent(share, 4);
    let some = |share: f64| Some(share).filter(|share| *share > 0.0);
    let attribution = match clauses.attribution {
        Attribution::Converting => None,
        Attribution::First => Some("the first code that came through is credited".to_owned()),
        Attribution::Last => Some("the last code that came through is credited".to_owned()),
    };
    let fee = Some(clauses.platform_fee).filter(|fee| *fee > Cents::ZERO);
    let lost = some(1.0 - clauses.tracking.value());
    let suspected = some(clauses.credibility_loss);
    let check = world.fraud.and_then(|fraud| fraud.check);
    let lines = [
        clauses.budget.map(|budget| format!("all rewards together cost at most {}", money(budget, currency))),
        fee.map(|fee| format!("its software costs {} for each begun 30 days", money(fee, currency))),
        attribution,
        lost.map(|share| format!("{} of the codes get lost", percent(share))),
        suspected.map(|share| {
            format!("who is paid is suspected: a word with a code loses {} of its chance", percent(share))
        }),
        some(clauses.selection).map(|share| {
            format!("each doubling of the rewards above a tenth of the order takes {} of the margin", percent(share))
        }),
        world.refunds.map(|refunds| {
            let within = print_duration(refunds.within);
            format!("{} of the purchases are refunded within {within}", percent(refunds.share.value()))
        }),
        world.fraud.map(|_| "people cheat (fraud)".to_owned()),
        check.map(|check| format!("each referral is checked for {}", money(check.cost, currency))),
    ];
    lines.into_iter().flatten()
}

/// "the advocate gets 10.00 USD in cash for a friend's first purchase, at most 5 times".
fn of_rule(rule: &Rule, world: &World, currency: Currency) -> String {
    let who = match rule.level {
        1 => format!("the {}", rule.side.name()),
        level => format!("the {} advocate up the chain", ordinal(level.into())),
    };
    let segment = rule.segment.and_then(|place| world.segments.get(usize::from(place)));
    let segment = segment.map_or(String::new(), |segment| format!(" of the segment {}", text_as_toml(&segment.name)));
    let mut words = format!("{who}{segment} gets {} for {}", worth(rule, currency), occasion(rule));
    words.push_str(&terms(rule, currency).into_iter().map(|term| format!(", {term}")).collect::<String>());
    words
}

fn worth(rule: &Rule, currency: Currency) -> String {
    let form = |amount: &str| reward_kinds::in_words(rule.kind, rule.side, amount);
    match &rule.amount {
        Amount::Fixed(amount) | Amount::Milestone { amount, .. } => form(&payment(*amount, currency)),
        Amount::Share(points) => {
            form(&format!("{} of the price", print_rounded_percent(f64::from(*points) / 10_000.0, 4)))
        }
        Amount::Tiered(Tiers { steps, retroactive }) => {
            let what = if rule.trigger.is_prize() { "place" } else { "friend" };
            let step = |(from, amount): &(u32, Payment)| match from {
                1 => payment(*amount, currency),
                _ => format!("{} from the {} {what} on", payment(*amount, currency), ordinal(*from)),
            };
            let steps: Vec<String> = steps.iter().map(step).collect();
            let before = if *retroactive { " (for those before too)" } else { "" };
            form(&format!("{}{before}", steps.join(", ")))
        }
    }
}

fn occasion(rule: &Rule) -> String {
    let mut words = triggers::in_words(rule.trigger, rule.side);
    if let Amount::Milestone { referral, repeated, .. } = rule.amount {
        let every = if repeated { "every" } else { "only the" };
        words.push_str(&format!(", {every} {} friend", ordinal(referral)));
    }
    words
}

fn terms(rule: &Rule, currency: Currency) -> Vec<String> {
    let month = if rule.cap.monthly { " a month" } else { "" };
    let least = Some(rule.minimum_order).filter(|least| *least > Cents::ZERO);
    let starts = Some(rule.starts).filter(|starts| *starts > Tick::ZERO);
    let hold = Some(rule.hold).filter(|hold| *hold > Tick::ZERO);
    let terms = [
        hold.map(|hold| format!("held back for {}", print_duration(hold))),
        least.map(|least| format!("on orders of at least {}", money(least, currency))),
        rule.window.map(|window| format!("within {} of being told", print_duration(window))),
        rule.cap.rewards.map(|most| match most {
            1 => format!("at most once{month}"),
            most => format!("at most {most} times{month}"),
        }),
        rule.cap.amount.map(|most| format!("at most {} together{month}", money(most, currency))),
        starts.map(|starts| format!("from day {} on", starts.days())),
        rule.ends.map(|ends| format!("until day {}", ends.days())),
    ];
    terms.into_iter().flatten().collect()
}

fn payment(amount: Payment, currency: Currency) -> String {
    money(amount.money(), currency)
}

fn money(amount: Cents, currency: Currency) -> String {
    Money { amount, currency }.to_string()
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn words(text: &str) -> Vec<String> {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        scenario.unwrap_or_else(|error| panic!("{error}")).programme()
    }

    #[test]
    fn a_preset_reads_as_a_marketer_would_say_it() {
        let said = words("[policy.two_sided]\nadvocate = '10 USD'\nfriend = '5 USD'\ncap = 5\nends = '90 days'");
        let expected = [
            "the advocate gets 10.00 USD in cash for a friend's first purchase, at most 5 times, until day 90",
            "the friend gets 5.00 USD off the price for her first purchase, until day 90",
        ];
        assert_eq!(said, expected);
        assert!(words("[policy.none]").is_empty());
    }

    #[test]
    fn prizes_tickets_chains_and_segments_have_words() {
        let said = words(
            "[policy]\nlevels = 2\n[[segments]]\nname = 'fans'\nshare = '10 %'\n[[policy.rules]]\nside = 'advocate'\nlevel = 2\n\
             amount = '1 USD'\nhold = '14 days'\n[[policy.rules]]\nside = 'friend'\nsegment = 'fans'\nkind = 'ticket'\namount = '1 USD'\n\
             [[policy.rules]]\nside = 'advocate'\ntrigger = 'drawing'\nwinners = 1\nends = '30 days'\namount = '9 USD'\n\
             [[policy.rules]]\nside = 'advocate'\ntrigger = 'leaderboard'\nwinners = 3\nends = '30 days'\n\
             tiers = [{ from = 1, amount = '9 USD' }, { from = 2, amount = '5 USD' }]",
        );
        let expected = [
            "the 2nd advocate up the chain gets 1.00 USD in cash for a friend's first purchase, held back for 2 weeks",
            "the friend of the segment \"fans\" gets a ticket that is worth 1.00 USD to her for her first purchase",
            "the advocate gets 9.00 USD in cash for holding the winning ticket, until day 30",
            "the advocate gets 9.00 USD, 5.00 USD from the 2nd place on in cash for a place among the 3 with most friends, until \
             day 30",
            "rewards of several rules for the same thing add up",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_holds_for_all_rules_has_words() {
        let said = words(
            "[policy]\nbudget = '900 USD'\nplatform_fee = '49 USD'\nattribution = 'last'\nformat = 'link'\nselects_worse = '10 %'\n\
             [policy.one_sided]\nadvocate = '5 USD'\ncap = 1\n[refunds]\nshare = '15 %'\n[fraud.check]\ncost = '2 USD'",
        );
        let expected = [
            "the advocate gets 5.00 USD in cash for a friend's first purchase, at most once",
            "all rewards together cost at most 900.00 USD",
            "its software costs 49.00 USD for each begun 30 days",
            "the last code that came through is credited",
            "5 % of the codes get lost",
            "who is paid is suspected: a word with a code loses 10 % of its chance",
            "each doubling of the rewards above a tenth of the order takes 10 % of the margin",
            "15 % of the purchases are refunded within 30 days",
            "people cheat (fraud)",
            "each referral is checked for 2.00 USD",
        ];
        assert_eq!(said, expected);
        assert!(words("[policy]\nplatform_fee = '49 USD'").is_empty());
    }

    #[test]
    fn tiers_milestones_shares_and_the_budget_have_words() {
        let said = words(
            "[policy]\nbudget = '900 USD'\n[[policy.rules]]\nside = 'advocate'\ncap_amount = '50 USD'\ncap_per = 'month'\n\
             tiers = [{ from = 1, amount = '10 USD' }, { from = 3, amount = '15 USD' }]\n\
             [[policy.rules]]\nside = 'advocate'\namount = '25 USD'\nat_referral = 11\nrepeated = true\n\
             [[policy.rules]]\nside = 'advocate'\ntrigger = 'each_purchase'\nshare = '10 %'\nwindow = '90 days'\n\
             minimum_order = '20 USD'\n",
        );
        let expected = [
            "the advocate gets 10.00 USD, 15.00 USD from the 3rd friend on in cash for a friend's first purchase, at most \
             50.00 USD together a month",
            "the advocate gets 25.00 USD in cash for a friend's first purchase, every 11th friend",
            "the advocate gets 10 % of the price in cash for each of a friend's purchases, on orders of at least 20.00 USD, \
             within 90 days of being told",
            "rewards of several rules for the same thing add up",
            "all rewards together cost at most 900.00 USD",
        ];
        assert_eq!(said, expected);
    }
}
