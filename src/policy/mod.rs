//! Incentive policies: a list of rules, each saying who gets what for what a referred friend does, and a budget for all.
//!
//! A policy has no memory of its own: what it needs to know (rewards an advocate has had, money spent) lies in the state, so
//! that replay needs nothing else. It acts on participation and on conversion, never on the outcome directly.
//!
//! | question | file |
//! |---|---|
//! | what earns a reward? | `trigger` |
//! | who gets it, and on which terms? | `rule` |
//! | what is it worth? | `amount` |
//! | how much can one advocate have? | `cap` |
//! | what holds for all rules alike? | `clauses` |
//! | which lists of rules have a name? | `preset` |
//! | what may a rule written in Rust decide? | `own` |
//!
//! A rule by itself: five dollars for the advocate, for a friend's first purchase within a month.
//!
//! ```
//! use tellwave::event::{RewardKind, Side};
//! use tellwave::policy::Rule;
//! use tellwave::units::{Payment, Tick};
//!
//! let five = Rule::plain(Side::Advocate, RewardKind::Cash, Payment(500));
//! let within_a_month = Rule { window: Some(Tick::MONTH), ..five };
//! assert!(within_a_month.pays());
//! ```
//!
//! What no rule can say, an [`OwnRule`] decides; `examples/own_policy.rs` plays one.

mod amount;
mod cap;
mod clauses;
mod own;
mod preset;
mod rule;
mod trigger;

#[doc(inline)]
pub use crate::state::Had;
pub use amount::{Amount, Tiers};
pub use cap::Cap;
pub use clauses::{Attribution, Clauses};
pub use own::{Case, Own, OwnRule};
pub use preset::Preset;
pub use rule::{Redemption, Referral, Rule, Verdict};
pub use trigger::{Occasion, Trigger};

use crate::event::Side;
use crate::units::{Cents, Probability, Tick};

/// What the people see of the policy at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Chance that a satisfied customer who tells puts a code into her words.
    pub participation: Probability,
    /// Chance that one coded word persuades, before damping.
    pub invitation: Probability,
    /// Which part of the margin of who comes by such a word is left, in ten-thousandths.
    pub margin_kept: u16,
}

/// Chances without any policy, from which the terms are lifted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Baseline {
    /// Participation without being asked.
    pub participation: f64,
    /// The most that participation can be raised to.
    pub willing: f64,
    /// Conversion of a coded word without an offer.
    pub invitation: f64,
    /// Price that rewards are compared with [minor units].
    pub order: Cents,
}

/// The rules, the budget, and the terms they make.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    rules: Vec<Rule>,
    clauses: Clauses,
    /// The longest window of any rule but prizes; nothing where one has none.
    window_max: Option<Tick>,
    /// The terms without any offer.
    unrewarded: Terms,
    /// Terms that hold up to and including a moment, in order of time; the last one for ever.
    terms: Vec<(Option<Tick>, Terms)>,
    /// The chances that the terms are lifted from.
    base: Baseline,
}

/// By how much a reward multiplies a chance: `1 + lift (1 − exp(−reward / (0.1 price)))`.
///
/// Saturating, half of it reached at 7 % of the price (after Gershon, Cryder & John 2020 and Ryu & Feick 2007).
pub fn lift_factor(lift: f64, reward: Cents, price: Cents) -> f64 {
    if price.minor() <= 0 {
        return if reward.minor() > 0 { 1.0 + lift } else { 1.0 };
    }
    1.0 + lift * (1.0 - libm::exp(-(reward.minor() as f64) / (0.1 * price.minor() as f64)))
}

impl Policy {
    /// The policy of these rules over these baseline chances, as people see it who belong to no segment. Rules that never pay
    /// are no rules, and without rules no clause holds.
    pub fn new(rules: Vec<Rule>, clauses: Clauses, base: Baseline) -> Policy {
        Policy::seen_by(None, rules, clauses, base)
    }

    /// The same, as the people of the segment in this place see it.
    pub fn seen_by(segment: Option<u8>, mut rules: Vec<Rule>, clauses: Clauses, base: Baseline) -> Policy {
        rules.retain(Rule::pays);
        let clauses = if rules.is_empty() { Clauses::NONE } else { clauses };
        let seen: Vec<&Rule> = rules.iter().filter(|rule| rule.segment.is_none() || rule.segment == segment).collect();
        let begins = rules.iter().filter(|rule| rule.starts > Tick::ZERO).map(|rule| Tick(rule.starts.0 - 1));
        let mut turns: Vec<Tick> = rules.iter().filter_map(|rule| rule.ends).chain(begins).collect();
        turns.sort_unstable();
        turns.dedup();
        let moments = turns.into_iter().map(Some).chain([None]);
        let terms = moments.map(|until| (until, terms_until(&seen, &rules, base, &clauses, until))).collect();
        let unrewarded = terms_until(&[], &[], base, &clauses, None);
        let windows = rules.iter().filter(|rule| !rule.trigger.is_prize()).map(|rule| rule.window);
        let window_max = windows.collect::<Option<Vec<Tick>>>().and_then(|windows| windows.into_iter().max());
        Policy { rules, clauses, window_max, unrewarded, terms, base }
    }

    /// The terms at a moment.
    #[inline]
    pub fn terms(&self, at: Tick) -> Terms {
        let holds = |until: &Option<Tick>| until.is_none_or(|until| at <= until);
        let place = self.terms.iter().position(|(until, _)| holds(until)).unwrap_or(self.terms.len() - 1);
        self.terms[place].1
    }

    /// The terms where nothing is offered (any more).
    pub fn unrewarded(&self) -> Terms {
        self.unrewarded
    }

    /// The same chances without any rule: no programme.
    pub fn without_rules(&self) -> Policy {
        let terms = vec![(None, self.unrewarded)];
        let (clauses, unrewarded, base) = (Clauses::NONE, self.unrewarded, self.base);
        Policy { rules: vec![], clauses, window_max: None, unrewarded, terms, base }
    }

    /// The share of satisfied customers who would refer if only they were brought to.
    pub fn willing(&self) -> Probability {
        Probability::clamped(self.base.willing)
    }

    /// The chances that its terms are lifted from.
    pub fn base(&self) -> Baseline {
        self.base
    }

    /// The best terms that hold at any time: no word is ever more convincing.
    pub fn best_invitation(&self) -> Probability {
        self.terms
            .iter()
            .map(|(_, terms)| terms.invitation)
            .chain([self.unrewarded.invitation])
            .fold(Probability::NEVER, Probability::max)
    }

    /// The rules, in the order in which they answer.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether a sign-up can earn a reward.
    #[inline]
    pub fn pays_sign_ups(&self) -> bool {
        self.rules.iter().any(|rule| rule.trigger.is_pulled_by(Occasion::SignUp))
    }

    /// What holds for all rules alike.
    #[inline]
    pub fn clauses(&self) -> &Clauses {
        &self.clauses
    }

    /// The longest window of any rule but prizes; nothing where one has none.
    pub fn window_max(&self) -> Option<Tick> {
        self.window_max
    }

    /// The longest time from an event to what it brings about: a reward's being released, redeemed or expired, or from the
    /// start to the awarding of prizes.
    pub fn delay_max(&self) -> Tick {
        let prizes = |rule: &Rule| rule.ends.filter(|_| rule.trigger.is_prize()).unwrap_or(Tick::ZERO);
        let later = |rule: &Rule| rule.hold.max(rule.redemption.after).max(rule.redemption.expires);
        let times = self.rules.iter().map(|rule| later(rule).max(prizes(rule)));
        times.max().unwrap_or(Tick::ZERO)
    }
}

/// The terms where people see `rules` of `all`: whom a word comes from she may not know, so who is paid of all counts.
fn terms_until(rules: &[&Rule], all: &[Rule], base: Baseline, clauses: &Clauses, until: Option<Tick>) -> Terms {
    // Between two turns everything stays as it is at the later one.
    let at = until.unwrap_or(Tick(u32::MAX));
    let in_force = |rule: &&&Rule| rule.holds_at(at);
    // What one side can get adds up before it lifts: ten dollars in two parts are ten dollars.
    let factor = |side: Side| -> f64 {
        let of_side = || rules.iter().filter(in_force).filter(|rule| rule.side == side);
        let prospects = || of_side().map(|rule| rule.prospect(base.order));
        let all = prospects().fold(Cents::ZERO, |sum, amount| sum + amount);
        let weighed: f64 = of_side().zip(prospects()).map(|(rule, amount)| rule.lift * amount.minor() as f64).sum();
        match of_side().next() {
            Some(first) if of_side().all(|rule| rule.lift == first.lift) => lift_factor(first.lift, all, base.order),
            Some(_) if all > Cents::ZERO => lift_factor(weighed / all.minor() as f64, all, base.order),
            _ => 1.0,
        }
    };
    let is_paid = all.iter().any(|rule| rule.side == Side::Advocate && rule.holds_at(at));
    let credibility = if is_paid { 1.0 - clauses.credibility_loss } else { 1.0 };
    let offered: i64 = rules.iter().filter(in_force).map(|rule| rule.prospect(base.order).minor()).sum();
    // A chance of nothing stays nothing, whatever lifts it.
    let lifted = |chance: f64, side| if chance == 0.0 { 0.0 } else { chance * factor(side) };
    Terms {
        participation: Probability::clamped(lifted(base.participation, Side::Advocate).min(base.willing)),
        invitation: Probability::clamped((lifted(base.invitation, Side::Friend) * credibility).min(1.0)),
        margin_kept: margin_kept(offered as f64 / base.order.minor() as f64, clauses.selection),
    }
}

/// Which part of the margin is left, in ten-thousandths, where this share of the price is offered to both sides together:
/// `(1 − selection)` to the power of the doublings of a tenth.
fn margin_kept(offered: f64, selection: f64) -> u16 {
    let doublings = libm::log2(offered / 0.1);
    if doublings > 0.0 { (libm::pow(1.0 - selection, doublings) * 10_000.0).round() as u16 } else { 10_000 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Denial, RewardKind};
    use crate::state::Account;
    use crate::units::Payment;

    const BASE: Baseline = Baseline { participation: 0.29, willing: 0.83, invitation: 0.05, order: Cents(6_000) };

    fn rule(side: Side) -> Rule {
        Rule::plain(side, RewardKind::Cash, Payment(1_000))
    }

    fn policy(rules: Vec<Rule>) -> Policy {
        Policy::new(rules, Clauses::NONE, BASE)
    }

    const BOUGHT: Occasion = Occasion::Purchase { before: 0, order: Cents(6_000), left: Cents(6_000) };

    /// What a rule says to a purchase at `at` by somebody told at 0, when her advocate has had `had` rewards of 1,000.
    fn verdict(rule: &Rule, at: u32, occasion: Occasion, had: u32) -> Option<Verdict> {
        let mut account = Account::default();
        (0..had).for_each(|_| account.add(Tick::ZERO, Payment(1_000)));
        let referral = Referral { told_at: Tick::ZERO, tracked: true, number: had + 1 };
        rule.verdict(Tick(at), occasion, referral, &account)
    }

    #[test]
    fn half_of_a_lift_is_reached_at_seven_percent_of_the_price_and_all_of_it_by_a_free_product() {
        let lift = |reward, price| lift_factor(0.4, Cents(reward), Cents(price));
        assert_eq!(lift(0, 6_000), 1.0);
        assert!((lift(416, 6_000) - 1.2).abs() < 1e-4, "{}", lift(416, 6_000));
        assert!((lift(600, 6_000) - (1.4 - 0.4 / std::f64::consts::E)).abs() < 1e-12);
        assert!((lift(6_000, 6_000) - 1.4).abs() < 1e-4);
        // Of what costs nothing, any reward is the whole price.
        assert_eq!([lift(0, 0), lift(1, 0)], [1.0, 1.4]);
    }

    const PAID: Option<Verdict> = Some(Verdict::Grant { amount: Payment(1_000), cost: Payment(1_000) });

    const fn denied(reason: Denial) -> Option<Verdict> {
        Some(Verdict::Deny(reason))
    }

    #[test]
    fn each_trigger_is_pulled_by_its_occasion_alone() {
        let bought = |before| Occasion::Purchase { before, order: Cents(6_000), left: Cents(6_000) };
        let occasions = [Occasion::SignUp, bought(0), bought(1), bought(2)];
        let pulled = |trigger| {
            occasions.map(|occasion| verdict(&Rule { trigger, ..rule(Side::Advocate) }, 0, occasion, 0).is_some())
        };
        assert_eq!(pulled(Trigger::SignUp), [true, false, false, false]);
        assert_eq!(pulled(Trigger::FirstPurchase), [false, true, false, false]);
        assert_eq!(pulled(Trigger::LaterPurchase), [false, false, true, true]);
        assert_eq!(pulled(Trigger::EachPurchase), [false, true, true, true]);
        assert_eq!(pulled(Trigger::Purchase(3)), [false, false, false, true]);
    }

    #[test]
    fn a_capped_advocate_gets_no_more_but_the_friend_does() {
        let cap = Cap { rewards: Some(3), ..Cap::default() };
        let of = |side, had| verdict(&Rule { cap, ..rule(side) }, 0, BOUGHT, had);
        assert_eq!([of(Side::Advocate, 2), of(Side::Advocate, 3)], [PAID, denied(Denial::CapReached)]);
        assert_eq!(of(Side::Friend, 3), PAID);
    }

    #[test]
    fn a_purchase_in_the_last_minute_of_the_window_is_rewarded_and_one_after_it_is_not() {
        let rule = Rule { window: Some(Tick(100)), ..rule(Side::Advocate) };
        assert_eq!([100, 101].map(|at| verdict(&rule, at, BOUGHT, 0)), [PAID, denied(Denial::WindowClosed)]);
    }

    #[test]
    fn a_purchase_below_the_minimum_is_not_rewarded() {
        let rule = |minimum| Rule { minimum_order: Cents(minimum), ..rule(Side::Friend) };
        assert_eq!(verdict(&rule(6_000), 0, BOUGHT, 0), PAID);
        assert_eq!(verdict(&rule(6_001), 0, BOUGHT, 0), denied(Denial::BelowMinimum));
    }

    #[test]
    fn a_programme_pays_from_its_first_moment_to_its_last() {
        let timed = Rule { starts: Tick(50), ends: Some(Tick(100)), ..rule(Side::Advocate) };
        let said = [49, 50, 100, 101].map(|at| verdict(&timed, at, BOUGHT, 0));
        assert_eq!(said, [None, PAID, PAID, denied(Denial::ProgrammeEnded)]);
        let policy = policy(vec![timed]);
        let participation = [49, 50, 100, 101].map(|at| policy.terms(Tick(at)).participation);
        let [before, first, last, after] = participation;
        assert!(first > before && first == last && before == after);
        assert_eq!(policy.terms(Tick(101)), policy.unrewarded());
    }

    #[test]
    fn only_a_friends_discount_at_once_for_a_purchase_is_taken_off_the_price() {
        let discount = Rule { kind: RewardKind::Discount, ..rule(Side::Friend) };
        assert!(discount.is_taken_off());
        let mut later = discount.clone();
        later.redemption.after = Tick(1);
        for other in [
            rule(Side::Friend),
            Rule { side: Side::Advocate, ..discount.clone() },
            Rule { hold: Tick(1), ..discount.clone() },
            Rule { trigger: Trigger::SignUp, ..discount.clone() },
            later,
        ] {
            assert!(!other.is_taken_off(), "{other:?}");
        }
    }

    #[test]
    fn a_friends_discount_is_at_most_the_price() {
        let discount = Rule { kind: RewardKind::Discount, ..rule(Side::Friend) };
        let cheap = Occasion::Purchase { before: 0, order: Cents(700), left: Cents(700) };
        let paid = Verdict::Grant { amount: Payment(700), cost: Payment(700) };
        assert_eq!(verdict(&discount, 0, cheap, 0), Some(paid));
        assert_eq!(verdict(&rule(Side::Friend), 0, cheap, 0), PAID, "cash is not bounded by the price");
    }

    #[test]
    fn a_gift_costs_less_than_it_is_worth() {
        let gift = Rule { kind: RewardKind::Gift, cost: 5_000, ..rule(Side::Friend) };
        let paid = Verdict::Grant { amount: Payment(1_000), cost: Payment(500) };
        assert_eq!(verdict(&gift, 0, BOUGHT, 0), Some(paid));
    }

    #[test]
    fn no_reward_raises_participation_beyond_the_willing() {
        let generous = Rule { lift: 100.0, ..rule(Side::Advocate) };
        assert_eq!(policy(vec![generous]).terms(Tick(0)).participation, Probability::clamped(0.83));
    }

    #[test]
    fn a_paid_word_is_less_credible_while_it_is_paid_for() {
        let clauses = Clauses { credibility_loss: 0.1, ..Clauses::NONE };
        let paid = |side| Policy::new(vec![Rule { ends: Some(Tick(100)), ..rule(side) }], clauses, BASE);
        let without = Policy::new(vec![], clauses, BASE).terms(Tick(0)).invitation;
        assert_eq!(without, Probability::clamped(0.05));
        assert_eq!(paid(Side::Advocate).terms(Tick(100)).invitation, Probability::clamped(0.05 * 0.9));
        assert_eq!(paid(Side::Advocate).terms(Tick(101)).invitation, without);
        assert!(paid(Side::Friend).terms(Tick(100)).invitation > without);
    }

    #[test]
    fn a_reward_in_two_parts_lifts_as_much_as_in_one() {
        let part = |amount, lift| Rule { amount: Amount::Fixed(Payment(amount)), lift, ..rule(Side::Advocate) };
        let participation = |rules| policy(rules).terms(Tick::ZERO).participation;
        assert_eq!(participation(vec![part(200, 0.4), part(800, 0.4)]), participation(vec![part(1_000, 0.4)]));
        let mixed = participation(vec![part(500, 0.2), part(500, 0.6)]);
        assert_eq!(mixed, participation(vec![part(1_000, 0.4)]));
    }

    #[test]
    fn a_rule_for_a_segment_moves_its_people_alone() {
        let fans = || vec![Rule { segment: Some(1), ..rule(Side::Advocate) }];
        let seen_by = |segment| Policy::seen_by(segment, fans(), Clauses::NONE, BASE).terms(Tick::ZERO).participation;
        assert_eq!([seen_by(None), seen_by(Some(0))], [Probability::clamped(0.29); 2]);
        assert!(seen_by(Some(1)) > seen_by(None));
    }

    #[test]
    fn each_doubling_of_the_rewards_takes_its_share_of_the_margin() {
        let kept = |amount| {
            let both = [Side::Advocate, Side::Friend]
                .map(|side| Rule { amount: Amount::Fixed(Payment(amount)), ..rule(side) });
            let clauses = Clauses { selection: 0.1, ..Clauses::NONE };
            Policy::new(both.to_vec(), clauses, BASE).terms(Tick::ZERO).margin_kept
        };
        // A tenth of 60 dollars is what nothing is lost at.
        assert_eq!([300, 600, 1_200].map(kept), [10_000, 9_000, 8_100]);
        assert_eq!(kept(100), 10_000);
    }

    #[test]
    fn a_prize_has_no_window_to_wait_for() {
        let windowed = Rule { window: Some(Tick(9)), ..rule(Side::Advocate) };
        let prize = Rule { trigger: Trigger::Leaderboard(1), ends: Some(Tick(50)), ..rule(Side::Advocate) };
        assert_eq!(policy(vec![windowed.clone(), prize]).window_max(), Some(Tick(9)));
        assert_eq!(policy(vec![windowed, rule(Side::Friend)]).window_max(), None);
    }

    #[test]
    fn a_prize_is_thought_of_as_it_is_perceived() {
        let prize = |perceived| Rule {
            trigger: Trigger::Leaderboard(3),
            ends: Some(Tick(100)),
            perceived,
            ..rule(Side::Advocate)
        };
        let participation = |perceived| policy(vec![prize(perceived)]).terms(Tick::ZERO).participation;
        assert_eq!(participation(None), Probability::clamped(0.29));
        assert_eq!(
            participation(Some(Cents(1_000))),
            policy(vec![rule(Side::Advocate)]).terms(Tick::ZERO).participation
        );
    }

    #[test]
    fn a_rule_of_nothing_is_no_rule() {
        let nothing = Rule { amount: Amount::Fixed(Payment::ZERO), ..rule(Side::Friend) };
        assert_eq!(policy(vec![nothing]), policy(vec![]));
        assert_eq!(policy(vec![rule(Side::Friend)]).without_rules(), policy(vec![]));
    }
}
