//! A programme in words: its rules as a marketer would say them.

use super::money::{Currency, Money};
use super::toml_words::text_as_toml;
use super::triggers::ordinal_in;
use super::values::{duration_said, percent_said};
use super::{reward_kinds, triggers};
use crate::engine::World;
use crate::event::Side;
use crate::language::{Language, tell};
use crate::policy::{Amount, Attribution, Rule, Tiers};
use crate::units::{Cents, Payment, Tick};

/// The rules and the clauses, a line each; nothing where nobody is rewarded.
pub(super) fn of(world: &World, currency: Currency, language: Language) -> Vec<String> {
    let rules = world.policy.rules();
    if rules.is_empty() {
        return vec![];
    }
    let several = |side: Side| rules.iter().filter(|rule| rule.side == side).count() > 1;
    let adds_up = (several(Side::Advocate) || several(Side::Friend)).then(|| tell!(language, "clause-rewards-add-up"));
    let words = Words { world, currency, language };
    of_rules(world, currency, language).into_iter().chain(adds_up).chain(words.clauses()).collect()
}

/// The rules alone, in the order in which they answer.
pub(super) fn of_rules(world: &World, currency: Currency, language: Language) -> Vec<String> {
    let words = Words { world, currency, language };
    world.policy.rules().iter().map(|rule| words.rule(rule)).collect()
}

/// The words of a programme in a language.
#[derive(Clone, Copy)]
struct Words<'w> {
    world: &'w World,
    currency: Currency,
    language: Language,
}

impl Words<'_> {
    /// What holds for all rules, and what people do against them.
    fn clauses(self) -> impl Iterator<Item = String> {
        let Words { world, language, .. } = self;
        let clauses = world.policy.clauses();
        let percent = |share: f64| percent_said(share, 4).told(language);
        let some = |share: f64| Some(share).filter(|share| *share > 0.0);
        let attribution = match clauses.attribution {
            Attribution::Converting => None,
            Attribution::First => Some(tell!(language, "clause-first-code")),
            Attribution::Last => Some(tell!(language, "clause-last-code")),
        };
        let fee = Some(clauses.platform_fee).filter(|fee| *fee > Cents::ZERO);
        let lost = some(1.0 - clauses.tracking.value());
        let suspected = some(clauses.credibility_loss);
        let check = world.fraud.and_then(|fraud| fraud.check);
        let lines = [
            clauses.budget.map(|budget| tell!(language, "clause-budget", most = self.money(budget))),
            fee.map(|fee| tell!(language, "clause-platform-fee", fee = self.money(fee))),
            attribution,
            lost.map(|share| tell!(language, "clause-lost-codes", share = percent(share))),
            suspected.map(|share| tell!(language, "clause-suspected", share = percent(share))),
            some(clauses.selection).map(|share| tell!(language, "clause-selects-worse", share = percent(share))),
            world.refunds.map(|refunds| {
                let (share, within) = (percent(refunds.share.value()), self.duration(refunds.within));
                tell!(language, "clause-refunds", share = share, within = within)
            }),
            world.fraud.map(|_| tell!(language, "clause-fraud")),
            check.map(|check| tell!(language, "clause-fraud-check", cost = self.money(check.cost))),
        ];
        lines.into_iter().flatten()
    }

    /// "the advocate gets 10.00 USD in cash for a friend's first purchase, at most 5 times".
    fn rule(self, rule: &Rule) -> String {
        let (language, segments) = (self.language, &self.world.segments);
        let who = match (rule.level, rule.side) {
            (1, Side::Advocate) => tell!(language, "who-advocate"),
            (1, Side::Friend) => tell!(language, "who-friend"),
            (level, _) => tell!(language, "who-up-the-chain", ordinal = ordinal_in(level.into(), language)),
        };
        let who = match rule.segment.and_then(|place| segments.get(usize::from(place))) {
            None => who,
            Some(segment) => {
                // Other languages have quotation marks of their own.
                let name = match language {
                    Language::English => text_as_toml(&segment.name),
                    _ => segment.name.clone(),
                };
                tell!(language, "who-of-segment", who = who, segment = name)
            }
        };
        let gets = tell!(language, "rule", who = who, reward = self.worth(rule), occasion = self.occasion(rule));
        let with = |rule: String, term: String| tell!(language, "rule-and-term", rule = rule, term = term);
        self.terms(rule).into_iter().fold(gets, with)
    }

    fn worth(self, rule: &Rule) -> String {
        let language = self.language;
        let form = |amount: &str| reward_kinds::in_words(rule.kind, rule.side, amount, language);
        match &rule.amount {
            Amount::Fixed(amount) | Amount::Milestone { amount, .. } => form(&self.payment(*amount)),
            Amount::Share(points) => {
                let share = percent_said(f64::from(*points) / 10_000.0, 4).told(language);
                form(&tell!(language, "share-of-price", share = share))
            }
            Amount::Tiered(Tiers { steps, retroactive }) => {
                let step = |(from, amount): &(u32, Payment)| {
                    let (amount, ordinal) = (self.payment(*amount), ordinal_in(*from, language));
                    match (from, rule.trigger.is_prize()) {
                        (1, _) => amount,
                        (_, true) => tell!(language, "tier-from-place", amount = amount, ordinal = ordinal),
                        (_, false) => tell!(language, "tier-from-friend", amount = amount, ordinal = ordinal),
                    }
                };
                let and = |tiers: String, tier: String| tell!(language, "tier-and-tier", tiers = tiers, tier = tier);
                let tiers = steps.iter().map(step).reduce(and).unwrap_or_default();
                form(&if *retroactive { tell!(language, "tiers-retroactive", tiers = tiers) } else { tiers })
            }
        }
    }

    fn occasion(self, rule: &Rule) -> String {
        let language = self.language;
        let occasion = triggers::in_words(rule.trigger, rule.side, language);
        let Amount::Milestone { referral, repeated, .. } = rule.amount else { return occasion };
        let ordinal = ordinal_in(referral, language);
        match repeated {
            true => tell!(language, "for-every-friend", occasion = occasion, ordinal = ordinal),
            false => tell!(language, "for-only-the-friend", occasion = occasion, ordinal = ordinal),
        }
    }

    fn terms(self, rule: &Rule) -> Vec<String> {
        let language = self.language;
        let monthly = rule.cap.monthly;
        let least = Some(rule.minimum_order).filter(|least| *least > Cents::ZERO);
        let starts = Some(rule.starts).filter(|starts| *starts > Tick::ZERO);
        let hold = Some(rule.hold).filter(|hold| *hold > Tick::ZERO);
        let terms = [
            hold.map(|hold| tell!(language, "term-hold", hold = self.duration(hold))),
            least.map(|least| tell!(language, "term-minimum-order", least = self.money(least))),
            rule.window.map(|window| tell!(language, "term-window", window = self.duration(window))),
            rule.cap.rewards.map(|most| match monthly {
                true => tell!(language, "term-cap-monthly", most = most),
                false => tell!(language, "term-cap", most = most),
            }),
            rule.cap.amount.map(|most| match monthly {
                true => tell!(language, "term-cap-amount-monthly", most = self.money(most)),
                false => tell!(language, "term-cap-amount", most = self.money(most)),
            }),
            starts.map(|starts| tell!(language, "term-from-day", day = starts.days())),
            rule.ends.map(|ends| tell!(language, "term-until-day", day = ends.days())),
        ];
        terms.into_iter().flatten().collect()
    }

    fn payment(self, amount: Payment) -> String {
        self.money(amount.money())
    }

    fn money(self, amount: Cents) -> String {
        Money { amount, currency: self.currency }.said().told(self.language)
    }

    fn duration(self, span: Tick) -> String {
        duration_said(span).told(self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn words(text: &str) -> Vec<String> {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        scenario.unwrap_or_else(|error| panic!("{error}")).programme(Language::English)
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
    fn other_languages_put_rules_together_their_own_way() {
        let text =
            "[policy.two_sided]\nadvocate = '1000.50 USD'\nfriend = '5 USD'\ncap = 21\n[refunds]\nwithin = '21 days'";
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).expect("right");
        assert_eq!(
            scenario.programme(Language::Chinese),
            [
                "推荐人因好友首次购买获得现金 1,000.50\u{a0}USD，最多 21 次",
                "好友因本人首次购买获得价格减免 5.00\u{a0}USD",
                "5% 的购买会在 3 周之内退款",
            ]
        );
        assert_eq!(
            scenario.programme(Language::Russian),
            [
                "рекомендатель получает 1000,50\u{a0}USD деньгами за первую покупку друга, не более 21 раза",
                "друг получает скидку 5,00\u{a0}USD за свою первую покупку",
                "за 5\u{a0}% покупок деньги возвращают не позже чем через 3 недели",
            ]
        );
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
