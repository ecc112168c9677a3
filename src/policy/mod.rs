//! Incentive policies: a list of rules, each saying who gets what when a referred friend buys.
//!
//! A policy has no memory of its own: what it needs to know (rewards an advocate has had) lies in the state, so that
//! replay needs nothing else. It acts on participation and on conversion, never on the outcome directly.
//! Not here yet: tiers, budgets, points, claw-back; each will be a file of its own beside this one.

mod preset;

pub use preset::Preset;

use crate::event::{Denial, Fact, RewardKind, Side};
use crate::state::State;
use crate::units::{Cents, PersonId, Probability, Tick};

/// One rule: when the friend makes the first purchase, this side gets this reward.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Who gets it.
    pub side: Side,
    /// In what form.
    pub kind: RewardKind,
    /// Face value [minor units], zero or more. A rule of zero does nothing at all.
    pub amount: Cents,
    /// The most by which the prospect of a very large reward multiplies (less one) participation (advocate's side) or
    /// the conversion of a coded word (friend's side); 0 or more. See [`lift_factor`].
    pub lift: f64,
    /// Rewards one advocate can have, over all rules; only on the advocate's side.
    pub cap: Option<u32>,
    /// The last moment at which the rule holds; for ever where there is none.
    pub ends: Option<Tick>,
}

/// What the people see of the policy at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Chance that a satisfied customer who tells puts a code into her words.
    pub participation: Probability,
    /// Chance that one coded word persuades, before damping.
    pub invitation: Probability,
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

/// The rules in force, and the terms they make.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    rules: Vec<Rule>,
    /// Terms that hold up to and including a moment, in order of time; the last one for ever.
    terms: Vec<(Option<Tick>, Terms)>,
    /// The terms without any rule.
    unpaid: Terms,
    /// The most that participation can be raised to.
    willing: Probability,
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
    /// The policy of these rules over these baseline chances. While advocates are rewarded, a coded word loses
    /// `credibility_loss` of its chance, 0 to 1: the hearer knows why it is told (Verlegh et al. 2013, Tuk et al. 2009).
    pub fn new(mut rules: Vec<Rule>, base: Baseline, credibility_loss: f64) -> Policy {
        rules.retain(|rule| rule.amount > Cents::ZERO);
        let mut ends: Vec<Tick> = rules.iter().filter_map(|rule| rule.ends).collect();
        ends.sort_unstable();
        ends.dedup();
        let moments = ends.into_iter().map(Some).chain([None]);
        let terms = moments.map(|until| (until, terms_until(&rules, base, credibility_loss, until))).collect();
        let unpaid = terms_until(&[], base, credibility_loss, None);
        Policy { rules, terms, unpaid, willing: Probability::clamped(base.willing) }
    }

    /// The same market's policy without any rule: the chances that the terms were lifted from.
    pub fn without_rules(&self) -> Policy {
        Policy { rules: vec![], terms: vec![(None, self.unpaid)], unpaid: self.unpaid, willing: self.willing }
    }

    /// The terms that would hold without any rule.
    #[inline]
    pub fn unpaid(&self) -> Terms {
        self.unpaid
    }

    /// The terms at a moment.
    #[inline]
    pub fn terms(&self, at: Tick) -> Terms {
        let holds = |until: &Option<Tick>| until.is_none_or(|until| at <= until);
        let place = self.terms.iter().position(|(until, _)| holds(until)).unwrap_or(self.terms.len() - 1);
        self.terms[place].1
    }

    /// The share of satisfied customers who would refer if only they were brought to.
    pub fn willing(&self) -> Probability {
        self.willing
    }

    /// The best terms that hold at any time: no word is ever more convincing.
    pub fn best_invitation(&self) -> Probability {
        self.terms.iter().map(|(_, terms)| terms.invitation).max().unwrap_or(Probability::NEVER)
    }

    /// The rules, in the order in which they answer.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

impl Rule {
    /// What the rule answers to the first purchase of `friend`, whom `advocate`'s coded word persuaded: to whom, what.
    pub fn answer(&self, at: Tick, advocate: PersonId, friend: PersonId, state: &State) -> (PersonId, Fact) {
        let side = self.side;
        let who = match side {
            Side::Advocate => advocate,
            Side::Friend => friend,
        };
        let capped = side == Side::Advocate && self.cap.is_some_and(|cap| state.rewards(advocate) >= cap);
        let fact = if self.ends.is_some_and(|end| at > end) {
            Fact::RewardDenied { side, reason: Denial::ProgrammeEnded }
        } else if capped {
            Fact::RewardDenied { side, reason: Denial::CapReached }
        } else {
            Fact::RewardGranted { side, kind: self.kind, amount: self.amount }
        };
        (who, fact)
    }
}

fn terms_until(rules: &[Rule], base: Baseline, credibility_loss: f64, until: Option<Tick>) -> Terms {
    let in_force = |rule: &&Rule| match (rule.ends, until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(end), Some(until)) => until <= end,
    };
    let factor = |side: Side| -> f64 {
        rules
            .iter()
            .filter(in_force)
            .filter(|rule| rule.side == side)
            .map(|rule| lift_factor(rule.lift, rule.amount, base.order))
            .product()
    };
    let is_paid = rules.iter().filter(in_force).any(|rule| rule.side == Side::Advocate);
    let credibility = if is_paid { 1.0 - credibility_loss } else { 1.0 };
    // A chance of nothing stays nothing, even where so many rules lift it that their product is infinite.
    let lifted = |chance: f64, side| if chance == 0.0 { 0.0 } else { chance * factor(side) };
    Terms {
        participation: Probability::clamped(lifted(base.participation, Side::Advocate).min(base.willing)),
        invitation: Probability::clamped((lifted(base.invitation, Side::Friend) * credibility).min(1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Source};
    use crate::units::EventId;

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(1);
    const BASE: Baseline = Baseline { participation: 0.29, willing: 0.83, invitation: 0.05, order: Cents(6_000) };

    fn rule(side: Side, cap: Option<u32>, ends: Option<Tick>) -> Rule {
        Rule { side, kind: RewardKind::Cash, amount: Cents(1_000), lift: 0.4, cap, ends }
    }

    /// What a policy says to Bob's purchase by Ann's word at `at`, when Ann has had `had` rewards.
    fn answers(rules: Vec<Rule>, at: u32, had: u32) -> Vec<(PersonId, Fact)> {
        let mut state = State::new(2);
        let reward = Fact::RewardGranted { side: Side::Advocate, kind: RewardKind::Cash, amount: Cents(1) };
        let purchase = Fact::FirstPurchaseMade { source: Source::Seed, margin: 0, order: Cents(1) };
        for what in [Fact::CustomerSeeded, purchase].into_iter().chain((0..had).map(|_| reward)) {
            state.apply(&Event { at: Tick(0), who: ANN, cause: EventId::ROOT, what });
        }
        let policy = Policy::new(rules, BASE, 0.0);
        policy.rules().iter().map(|rule| rule.answer(Tick(at), ANN, BOB, &state)).collect()
    }

    #[test]
    fn both_sides_are_rewarded() {
        let said = answers(vec![rule(Side::Advocate, None, None), rule(Side::Friend, None, None)], 0, 0);
        let paid = |side| Fact::RewardGranted { side, kind: RewardKind::Cash, amount: Cents(1_000) };
        assert_eq!(said, [(ANN, paid(Side::Advocate)), (BOB, paid(Side::Friend))]);
    }

    #[test]
    fn a_capped_advocate_gets_no_more_but_the_friend_does() {
        let rules = vec![rule(Side::Advocate, Some(3), None), rule(Side::Friend, None, None)];
        assert!(matches!(answers(rules.clone(), 0, 2)[0].1, Fact::RewardGranted { .. }));
        let said = answers(rules, 0, 3);
        assert_eq!(said[0].1, Fact::RewardDenied { side: Side::Advocate, reason: Denial::CapReached });
        assert!(matches!(said[1].1, Fact::RewardGranted { side: Side::Friend, .. }));
    }

    #[test]
    fn a_programme_pays_up_to_and_including_its_last_moment() {
        let rules = vec![rule(Side::Advocate, None, Some(Tick(100)))];
        assert!(matches!(answers(rules.clone(), 100, 0)[0].1, Fact::RewardGranted { .. }));
        assert_eq!(
            answers(rules.clone(), 101, 0)[0].1,
            Fact::RewardDenied { side: Side::Advocate, reason: Denial::ProgrammeEnded }
        );
        let policy = Policy::new(rules, BASE, 0.0);
        assert!(policy.terms(Tick(100)).participation > policy.terms(Tick(101)).participation);
        assert_eq!(policy.terms(Tick(101)), Policy::new(vec![], BASE, 0.0).terms(Tick(0)));
    }

    #[test]
    fn no_reward_raises_participation_beyond_the_willing() {
        let generous = Rule { lift: 100.0, ..rule(Side::Advocate, None, None) };
        assert_eq!(Policy::new(vec![generous], BASE, 0.0).terms(Tick(0)).participation, Probability::clamped(0.83));
    }

    #[test]
    fn a_paid_word_is_less_credible_while_it_is_paid_for() {
        let paid = |side| Policy::new(vec![rule(side, None, Some(Tick(100)))], BASE, 0.1);
        let without = Policy::new(vec![], BASE, 0.1).terms(Tick(0)).invitation;
        assert_eq!(without, Probability::clamped(0.05));
        assert_eq!(paid(Side::Advocate).terms(Tick(100)).invitation, Probability::clamped(0.05 * 0.9));
        assert_eq!(paid(Side::Advocate).terms(Tick(101)).invitation, without);
        assert!(paid(Side::Friend).terms(Tick(100)).invitation > without);
    }

    #[test]
    fn a_rule_of_nothing_is_no_rule() {
        let nothing = Rule { amount: Cents::ZERO, ..rule(Side::Friend, None, None) };
        assert_eq!(Policy::new(vec![nothing], BASE, 0.0), Policy::new(vec![], BASE, 0.0));
    }

    #[test]
    fn a_policy_without_its_rules_is_one_that_never_had_any() {
        let rules = vec![rule(Side::Advocate, Some(3), Some(Tick(100))), rule(Side::Friend, None, None)];
        assert_eq!(Policy::new(rules, BASE, 0.1).without_rules(), Policy::new(vec![], BASE, 0.1));
    }
}
