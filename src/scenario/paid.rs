//! `[advertising]` and `[[influencers]]`: what the company itself does to be known, and what it pays for that.

use super::incentives::read_amount;
use super::money::Money;
use super::reader::Reader;
use super::reference::reference;
use super::telling::AudienceKind;
use super::values::Rate;
use crate::engine::{Advertising, Influencer, World};
use crate::units::{Cents, Probability, Tick};

/// The most posts of influencers: a byte of an event numbers them.
const POSTS_MAX: usize = 255;

/// The most people that one post reaches where people are without end.
const REACH_MAX: u32 = 10_000_000;

pub(super) fn read(root: &Reader<'_>, order: Money, audience: AudienceKind) -> (Option<Advertising>, Vec<Influencer>) {
    let advertising = root.optional_table("advertising").map(|table| {
        if audience == AudienceKind::Fresh {
            let allowed = "none where telling.audience is \"fresh\": nobody can advertise to people without end";
            table.refuse("", "advertising", allowed, None);
        }
        table.require("rate", "how often a prospect is made to buy, such as \"0.01 per day\"");
        let rate = table.rate("rate", Rate::per_day(0.0)).per_tick();
        Advertising { rate, cost: read_amount(&table, "cost", order, Cents::ZERO) }
    });
    let tables = root.tables("influencers");
    if tables.len() > POSTS_MAX {
        root.refuse("influencers", format!("{} posts", tables.len()), format!("at most {POSTS_MAX}"), None);
    }
    let influencers = tables.iter().map(|table| {
        table.require("fee", "what the post costs, such as \"500.00 USD\"");
        table.require("reach", "how many people see the post");
        Influencer {
            at: table.duration("at", Tick::ZERO),
            fee: read_amount(table, "fee", order, Cents::ZERO),
            reach: table.whole_u32("reach", 0, 0..=REACH_MAX),
            conversion: Probability::clamped(table.probability("conversion", 0.001)),
        }
    });
    (advertising, influencers.collect())
}

/// No post reaches more people than there are.
pub(super) fn check(root: &Reader<'_>, world: &World, people: Option<u32>) {
    let Some(people) = people else { return };
    let exposures = world.advertising.map_or(0.0, |advertising| advertising.rate) * f64::from(world.horizon.0);
    if exposures > EXPOSURES_MAX {
        let found = format!("about {exposures:.0} advertisements for each person within the horizon");
        root.table("advertising").refuse("rate", found, format!("at most {EXPOSURES_MAX:.0}"), None);
    }
    for (influencer, table) in world.influencers.iter().zip(root.tables("influencers")) {
        if influencer.reach > people {
            let allowed = format!("at most the {people} people there are");
            table.refuse("reach", influencer.reach.to_string(), allowed, None);
        }
    }
}

/// Advertisements that one person may be shown: beyond it a run would do little else.
const EXPOSURES_MAX: f64 = 100_000.0;

/// What is paid for each customer, and what once \[minor units\].
pub(super) fn cost(world: &World) -> (i128, i128) {
    let minor = |cents: Cents| i128::from(cents.minor());
    let fees = world.influencers.iter().map(|influencer| minor(influencer.fee)).sum();
    // A lead that was lost may be won again, and is then paid for again.
    let times = if world.funnel.is_some() { EXPOSURES_MAX as i128 } else { 1 };
    (world.advertising.map_or(0, |advertising| minor(advertising.cost) * times), fees)
}

reference! {
    /// What makes prospects buy without any word.
    ///
    /// Off unless the table is there; refused where the audience is "fresh". Each prospect is made to buy at a constant rate, the
    /// external influence of Bass 1969; bad words that she has heard damp it. The purchase follows after the decision delay.
    [advertising] with ["[advertising]\nrate = \"0.01 per day\""] {
        /// How often a prospect is made to buy.
        rate,
        /// What each sign-up it wins costs.
        cost = "`\"0.00 USD\"`, in the currency of the order value",
    }
    /// Paid posts.
    ///
    /// Each is seen by so many different people at one moment and persuades each prospect among them with a small chance,
    /// damped by bad words; among fresh people it is seen by new ones. At most 255.
    [[influencers]] with ["[[influencers]]\nfee = \"500.00 USD\"\nreach = 5_000"] {
        /// When.
        at,
        /// What it costs.
        fee,
        /// How many people see it.
        reach in "0 to people (fresh: 10,000,000)",
        /// Chance that it makes one of them buy.
        conversion,
    }
}
