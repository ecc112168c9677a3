//! `[fraud]`, `[fraud.check]`: how people cheat the programme, and what the company does against it.

use super::incentives::read_amount;
use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use super::values::print_rounded_percent;
use crate::engine::{Fraud, FraudCheck, World};
use crate::units::{Cents, Probability};

/// The most accounts that one participant opens.
const FAKE_ACCOUNTS_MAX: u64 = 100;

/// The fraud, if there is any. The source articles give no numbers: all of these are assumptions.
pub(super) fn read(root: &Reader<'_>, order: Money) -> Option<Fraud> {
    let table = root.optional_table("fraud")?;
    let self_referral = table.probability("self_referral", 0.02);
    let ring = table.probability("ring", 0.02);
    let coupon_use = table.probability("coupon_use", 0.05);
    let cheats = self_referral + ring + coupon_use;
    if cheats > 1.0 + 1e-9 {
        let found = format!("{} who cheat in one way or another", print_rounded_percent(cheats, 4));
        let allowed = "at most 100 % for self_referral, ring and coupon_use together: nobody uses two codes at once";
        table.refuse("self_referral", found, allowed, None);
    }
    Some(Fraud {
        first_customers: table.flag("first_customers", false),
        self_referral: Probability::clamped(self_referral),
        ring: Probability::clamped(ring),
        coupon_use: Probability::clamped(coupon_use),
        coupon_leak: Probability::clamped(table.probability("coupon_leak", 0.01)),
        farming: Probability::clamped(table.probability("farming", 0.01)),
        fake_accounts: table.whole("fake_accounts", 5, 1..=FAKE_ACCOUNTS_MAX) as u32,
        check: read_check(&table, order),
    })
}

fn read_check(table: &Reader<'_>, order: Money) -> Option<FraudCheck> {
    let table = table.optional_table("check")?;
    Some(FraudCheck {
        detection: Probability::clamped(table.probability("detection", 0.8)),
        false_positives: Probability::clamped(table.probability("false_positives", 0.02)),
        cost: read_amount(&table, "cost", order, Cents::ZERO),
    })
}

/// The most that one customer's fraud and its checks can cost, where `each` is what all rules together pay once \[minor
/// units\].
pub(super) fn cost(world: &World, each: i128) -> i128 {
    let Some(fraud) = world.fraud else { return 0 };
    let check = fraud.check.map_or(0, |check| i128::from(check.cost.minor()));
    // Herself, and the sign-up of a self-referral.
    (i128::from(fraud.fake_accounts) + 2) * (each + check)
}

reference! {
    /// People cheat the programme.
    ///
    /// Without this table nobody does; without rules there is nothing to be had by it. No source gives numbers, so all defaults
    /// are assumptions. Whoever buys for the first time, came by no code, and is nobody's referral yet may refer herself, use the code of a friend who is in on it, or use one from a coupon site: one draw of hers
    /// decides among the three. Rewards, those of later purchases too, are paid as for an honest referral. Fraud changes nobody's
    /// purchase and nobody's words. People cheat while a rule is in force that pays for it and the budget lasts.
    [fraud] {
        /// Whether first customers do so too; if not, they bought before there was a code to use.
        first_customers,
        /// Chance that she refers herself: she signs up a second time, with a code of her own, and gets what both sides get.
        self_referral,
        /// Chance that she asks for the code of a friend who participates and has not lapsed; both share the rewards. Nothing
        /// comes of it where she has no such friend. With the audience "population" she asks 32 people, with "fresh" there
        /// is nobody to ask.
        ring,
        /// Chance that she looks for a code on a coupon site, once any has leaked; the latest one is there, and who leaked it
        /// is the advocate.
        coupon_use,
        /// Chance that the code of somebody who begins to participate ends up on a coupon site.
        coupon_leak,
        /// Chance that somebody who begins to participate opens fake accounts, if sign-ups are paid for; she gets what both
        /// sides get for a sign-up. Nobody buys by a fake account.
        farming,
        /// How many she opens.
        fake_accounts,
    }
    /// Referrals are checked.
    ///
    /// Each referral and each fake account is checked once, when a reward would first be granted for it, or when it would count
    /// for a leaderboard; that is before the budget is asked. What is taken for a fake earns nothing, then or later, on either side, and the referral is not credited. Without
    /// this table nothing is checked. All defaults are assumptions.
    [fraud.check] {
        /// Chance that a fake is caught.
        detection,
        /// Chance that an honest referral is taken for a fake.
        false_positives,
        /// What each check costs, whatever comes of it.
        cost = "`\"0.00 USD\"`, in the currency of the order value",
    }
}
