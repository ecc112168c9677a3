//! What is spent on winning and keeping customers besides rewards, by kind. Integer minor units throughout.
//!
//! The sum of the kinds is `other_cost`, which [`super::Revenue`] takes from the profit.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact};
use crate::state::State;

/// What money is spent on besides rewards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Advertising,
    Influencers,
    Asking,
    Community,
}

const KINDS: usize = 4;

/// Costs by kind.
#[derive(Debug, Clone, Default)]
pub struct Costs {
    of: [i64; KINDS],
}

/// The cost that an event brings \[minor units\], and what it is for; rewards are not among them.
#[inline(always)]
fn kind_and_cost(what: Fact) -> Option<(Kind, i64)> {
    Some(match what {
        Fact::AdvertisementSeen { cost } => (Kind::Advertising, cost.minor()),
        Fact::InfluencerPosted { fee, .. } => (Kind::Influencers, fee.minor()),
        Fact::ReferralAsked { cost, .. } => (Kind::Asking, cost.minor()),
        Fact::CommunityPaid { cost } => (Kind::Community, cost.minor()),
        _ => return None,
    })
}

/// The cost that an event brings \[minor units\], whatever it is for; rewards are not among them.
#[inline(always)]
pub(super) fn cost_of(what: Fact) -> Option<i64> {
    kind_and_cost(what).map(|(_, cost)| cost)
}

impl Sink for Costs {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        if let Some((kind, cost)) = kind_and_cost(event.what) {
            self.of[kind as usize] += cost;
        }
    }
}

impl Projection for Costs {
    fn total_measures() -> Vec<Measure> {
        let money = |name, label, meaning| Measure { name, label, unit: Unit::Money, meaning };
        vec![
            money(
                "other_cost",
                "Other costs",
                "what was spent on winning and keeping customers besides rewards: the four kinds that follow",
            ),
            money("advertising_cost", "Advertising cost", "price of the advertisements that won customers"),
            money("influencer_cost", "Influencer cost", "fees of all influencers' posts"),
            money("asking_cost", "Asking cost", "price of asking customers to refer, whether they agreed or not"),
            money("community_cost", "Community cost", "price of all months of membership in the community"),
        ]
    }

    fn rewind(&mut self) {
        self.of = [0; KINDS];
    }

    fn totals(&self, out: &mut Vec<i64>) {
        out.push(self.of.iter().sum());
        out.extend(self.of);
    }
}
