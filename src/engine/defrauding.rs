//! Defrauding: rewards for referrals that were none, and what the company does against them.
//!
//! Four schemes. Who buys without having come by a code may refer herself, use the code of a friend who is in on it, or one
//! from a coupon site: one draw of hers says which, so no two schemes share a purchase. Who begins to participate may leak
//! her code to such a site, and may open accounts for friends who do not exist. None of it changes who buys, when, or what
//! anybody tells: fraud takes rewards and brings nobody.
//!
//! A referral that was faked is a claim like any other, so its rewards, those of later purchases too, are answered where all
//! are (`rewarding`). People cheat only while there is something to be had.
//!
//! Not here: people who join the market to cheat, or learn that others were caught; shops that take codes back.

use super::attributing::Attributed;
use super::rewarding::Answer;
use super::telling::Circle;
use super::{Play, Sink};
use crate::dice::{Draws, Purpose, descendant};
use crate::event::{Fact, Scheme, Side, Source};
use crate::policy::{Occasion, Rule, Trigger, Verdict};
use crate::state::{Claim, Stage};
use crate::units::{Cents, EventId, PersonId, Probability, Tick};

/// How people cheat, and what is done about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fraud {
    /// Whether first customers cheat when they buy; else they bought before there was a code to use.
    pub first_customers: bool,
    /// Chance that somebody who buys without having come by a code refers herself.
    pub self_referral: Probability,
    /// Chance that she would use the code of a friend who is in on it.
    pub ring: Probability,
    /// Chance that she would use a code from a coupon site.
    pub coupon_use: Probability,
    /// Chance that the code of somebody who begins to participate ends up on such a site.
    pub coupon_leak: Probability,
    /// Chance that she opens fake accounts.
    pub farming: Probability,
    /// How many, if she does.
    pub fake_accounts: u32,
    /// What the company does against it, if anything.
    pub check: Option<FraudCheck>,
}

/// How the company checks a referral before it pays for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FraudCheck {
    /// Chance that a faked referral is caught.
    pub detection: Probability,
    /// Chance that an honest one is taken for a fake.
    pub false_positives: Probability,
    /// What it costs \[minor units\].
    pub cost: Cents,
}

/// Whose draws they are besides the person: tellings that nobody ever reaches, so that among fresh people, too, they are
/// nobody else's.
const AS_BUYER: u32 = u32::MAX;
const AS_PARTICIPANT: u32 = u32::MAX - 1;
const UNDER_CHECK: u32 = u32::MAX - 2;

/// Where everybody knows everybody: how many a buyer asks for a code.
const ASKED: u32 = 32;

impl<S: Sink, const PLAIN: bool> Play<'_, S, PLAIN> {
    /// Somebody who has just bought for the first time may have used a code that did not bring her. Where she signed up a second
    /// time for it, says in which event, for that may be rewarded too.
    #[inline]
    pub(super) fn maybe_cheat(&mut self, at: Tick, who: PersonId, purchase: EventId) -> Option<EventId> {
        let &fraud = Self::optional(&self.world.fraud)?;
        self.cheat(at, who, fraud, purchase)
    }

    #[inline(never)]
    fn cheat(&mut self, at: Tick, who: PersonId, fraud: Fraud, purchase: EventId) -> Option<EventId> {
        let state = &self.run.state;
        let is_left_out = state.source(who) == Source::Seed && !fraud.first_customers;
        if is_left_out || state.came_by_code(who) || state.claim(who).is_some() {
            return None;
        }
        let draws = self.draws_of_fraud(who, AS_BUYER);
        let (scheme, teller) = self.scheme(at, who, fraud, draws)?;
        let faked = self.record(at, who, Fact::ReferralFaked { teller, scheme }, purchase);
        // Who refers herself has signed up a second time; the others only typed in a code.
        (scheme == Scheme::SelfReferral).then_some(faked)
    }

    /// How a buyer cheats, and whose code she uses; nothing if she does not.
    fn scheme(&self, at: Tick, who: PersonId, fraud: Fraud, mut draws: Draws) -> Option<(Scheme, PersonId)> {
        let Fraud { self_referral, ring, coupon_use, .. } = fraud;
        let draw = draws.draw();
        // Who cheats looks for what she gets herself; what another one gets she does not know.
        let is_hers = |rule: &Rule| rule.segment.is_none_or(|place| self.is_of_segment(who, place.into()));
        let is_for_her = |rule: &Rule| rule.side == Side::Advocate || is_hers(rule);
        let beyond_sign_ups = |rule: &Rule| rule.trigger != Trigger::SignUp && is_for_her(rule);
        if self_referral.accepts(draw) {
            self.is_offered(at, is_hers).then_some((Scheme::SelfReferral, who))
        } else if self_referral.plus(ring).accepts(draw) {
            let accomplice = if self.is_offered(at, beyond_sign_ups) { self.accomplice(who, draws) } else { None };
            accomplice.map(|friend| (Scheme::Ring, friend))
        } else if self_referral.plus(ring).plus(coupon_use).accepts(draw) {
            // A code that takes nothing off her own price is no coupon.
            let takes_off =
                |rule: &Rule| beyond_sign_ups(rule) && rule.side == Side::Friend && !rule.trigger.is_prize();
            let is_coupon = self.is_offered(at, takes_off);
            self.run.state.leaked_by().filter(|_| is_coupon).map(|advocate| (Scheme::CouponLeak, advocate))
        } else {
            None
        }
    }

    /// Whether such a rule is in force, and there is money left.
    fn is_offered(&self, at: Tick, wanted: impl Fn(&Rule) -> bool) -> bool {
        let mut rules = self.world.policy.rules().iter();
        !self.run.state.is_budget_exhausted() && rules.any(|rule| rule.holds_at(at) && wanted(rule))
    }

    /// Any of a buyer's friends who has a code to lend. Among fresh people there is none: each knows only who told her, and
    /// who has a code told her with it.
    fn accomplice(&self, who: PersonId, mut draws: Draws) -> Option<PersonId> {
        let state = &self.run.state;
        let lends = |&friend: &PersonId| state.participates(friend) && state.stage(friend) == Stage::Customer;
        match Circle::of(self.ground, who) {
            Circle::Friends(friends, _) => {
                let lenders: Vec<PersonId> = friends.iter().copied().map(PersonId).filter(lends).collect();
                (!lenders.is_empty()).then(|| lenders[draws.below(lenders.len() as u32) as usize])
            }
            circle @ Circle::Others(1..) => {
                let anybody = || PersonId(circle.at(who, draws.below(circle.size()), 0).0);
                std::iter::repeat_with(anybody).take(ASKED as usize).find(lends)
            }
            Circle::Others(0) | Circle::Fresh => None,
        }
    }

    /// Somebody who begins to participate may make more of her code than was meant; `cause` is how she began.
    #[inline]
    pub(super) fn maybe_exploit(&mut self, at: Tick, who: PersonId, cause: EventId) {
        if let Some(&fraud) = Self::optional(&self.world.fraud) {
            self.exploit(at, who, fraud, cause);
        }
    }

    #[inline(never)]
    fn exploit(&mut self, at: Tick, who: PersonId, fraud: Fraud, cause: EventId) {
        let mut draws = self.draws_of_fraud(who, AS_PARTICIPANT);
        let (leaks, farms) = (draws.draw(), draws.draw());
        if fraud.coupon_leak.accepts(leaks) && self.is_offered(at, |rule| rule.trigger != Trigger::SignUp) {
            self.record(at, who, Fact::CodeLeaked, cause);
        }
        if fraud.farming.accepts(farms) && self.is_offered(at, |rule| rule.trigger == Trigger::SignUp) {
            (0..fraud.fake_accounts).for_each(|account| self.open_fake_account(at, who, account, cause));
        }
    }

    /// Signs up a friend who does not exist.
    fn open_fake_account(&mut self, at: Tick, who: PersonId, account: u32, cause: EventId) {
        let scheme = Scheme::Farming;
        let faked = self.record(at, who, Fact::ReferralFaked { teller: who, scheme }, cause);
        let claim = Claim { advocate: who, at, scheme: Some(scheme) };
        let attributed = Attributed { claim, tracked: true, account: Some(account) };
        self.answer(at, attributed, who, Occasion::SignUp, faked);
    }

    /// Whether the company holds somebody to be who referred a friend, where it looks up a chain of referrals. Who referred
    /// herself is where it ends, and so is who was caught.
    pub(super) fn is_believed(&self, friend: PersonId, attributed: &Attributed) -> bool {
        attributed.tracked && attributed.claim.advocate != friend && self.run.state.checked(friend) != Some(true)
    }

    /// Whether the company takes a referral for a fake. It checks each one once, when it would first pay for it or count it for a
    /// prize; what the rules have answered lies ready.
    #[inline]
    pub(super) fn is_caught(&mut self, at: Tick, friend: PersonId, attributed: Attributed, cause: EventId) -> bool {
        match Self::optional(&self.world.fraud).and_then(|fraud| fraud.check) {
            Some(check) => self.check(at, friend, attributed, check, cause),
            // What was found out is known, also where the terms have changed and nobody is checked any more.
            None => !PLAIN && attributed.account.is_none() && self.run.state.checked(friend) == Some(true),
        }
    }

    #[inline(never)]
    fn check(
        &mut self,
        at: Tick,
        friend: PersonId,
        Attributed { claim, account, tracked }: Attributed,
        FraudCheck { detection, false_positives, cost }: FraudCheck,
        cause: EventId,
    ) -> bool {
        // An account that is nobody's earns once; of a person it is known what came of her check.
        let known = if account.is_none() { self.run.state.checked(friend) } else { None };
        let is_grant = |answer: &Answer| matches!(answer.verdict, Verdict::Grant { .. });
        // What is counted for a leaderboard is looked at too, where nothing is paid at once.
        let is_counted = tracked && self.is_offered(at, |rule| matches!(rule.trigger, Trigger::Leaderboard(_)));
        let pays = !self.run.state.is_budget_exhausted() && self.run.answers.iter().any(is_grant);
        if known.is_some() || !(pays || is_counted) {
            return known.unwrap_or(false);
        }
        let checked = descendant(self.subject(friend), UNDER_CHECK);
        let (who, subject) = match account {
            Some(account) => (PersonId::NOBODY, descendant(checked, account)),
            None => (friend, checked),
        };
        let chance = if claim.scheme.is_some() { detection } else { false_positives };
        let caught = chance.accepts(self.luck.of(Purpose::Fraud).draw(subject));
        self.record(at, who, Fact::ReferralChecked { caught, cost }, cause);
        caught
    }

    fn draws_of_fraud(&self, who: PersonId, part: u32) -> Draws {
        self.luck.of(Purpose::Fraud).stream(descendant(self.subject(who), part))
    }
}
