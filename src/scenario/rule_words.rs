//! A programme in words: its rules as a marketer would say them.

use super::money::{Currency, Money};
use super::triggers::ordinal;
use super::values::{print_duration, print_rounded_percent};
use super::{reward_kinds, triggers};
use crate::policy::{Amount, Policy, Rule, Tiers};
use crate::units::{Cents, Payment, Tick};

/// The rules and the budget, a line each; nothing where nobody is rewarded.
pub(super) fn of(policy: &Policy, currency: Currency) -> Vec<String> {
    let budget = policy.clauses().budget.filter(|_| !policy.rules().is_empty());
    let budget = budget.map(|budget| format!("all rewards together cost at most {}", money(budget, currency)));
    policy.rules().iter().map(|rule| of_rule(rule, currency)).chain(budget).collect()
}

/// "the advocate gets 10.00 USD in cash for a friend's first purchase, at most 5 times".
fn of_rule(rule: &Rule, currency: Currency) -> String {
    let side = rule.side.name();
    let mut words = format!("the {side} gets {} for {}", worth(rule, currency), occasion(rule));
    words.push_str(&terms(rule, currency).into_iter().map(|term| format!(", {term}")).collect::<String>());
    words
}

fn worth(rule: &Rule, currency: Currency) -> String {
    let form = reward_kinds::in_words(rule.kind, rule.side);
    match &rule.amount {
        Amount::Fixed(amount) | Amount::Milestone { amount, .. } => format!("{}{form}", payment(*amount, currency)),
        Amount::Share(points) => {
            format!("{}{form} of the price", print_rounded_percent(f64::from(*points) / 10_000.0, 4))
        }
        Amount::Tiered(Tiers { steps, retroactive }) => {
            let step = |(from, amount): &(u32, Payment)| match from {
                1 => payment(*amount, currency),
                _ => format!("{} from the {} friend on", payment(*amount, currency), ordinal(*from)),
            };
            let steps: Vec<String> = steps.iter().map(step).collect();
            let before = if *retroactive { " (for those before too)" } else { "" };
            format!("{}{before}{form}", steps.join(", "))
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
        rule.cap.rewards.map(|most| format!("at most {most} times{month}")),
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
            "the advocate gets 10 % in cash of the price for each of a friend's purchases, on orders of at least 20.00 USD, \
             within 90 days of being told",
            "all rewards together cost at most 900.00 USD",
        ];
        assert_eq!(said, expected);
    }
}
