//! Everything that a run needs to know and none may change: the market, the laws, the policy, the horizon.
//!
//! A world was proved valid where it was made (`scenario`); nothing below it returns an error.

use crate::alias::AliasTable;
use crate::dice::Dice;
use crate::graph::{GraphModel, SocialGraph};
use crate::policy::Policy;
use crate::units::{Cents, PersonId, Probability, Tick};

/// A market and a product, ready to be played; immutable, shared by all threads.
#[derive(Debug, Clone)]
pub struct World {
    /// The luck of the experiment.
    pub dice: Dice,
    /// Who can be told.
    pub audience: Audience,
    /// Who the first customers are.
    pub seeds: Seeds,
    /// What customers think.
    pub experience: Experience,
    /// Whom they tell, and when.
    pub telling: Telling,
    /// When a word persuades.
    pub conversion: Conversion,
    /// What is paid for it.
    pub policy: Policy,
    /// Price of the first purchase [minor units].
    pub order: Cents,
    /// The last moment that is played.
    pub horizon: Tick,
    /// A run is over as soon as it has this many customers, if it says so.
    pub stop_at_customers: Option<u32>,
}

/// Who hears the words.
#[derive(Debug, Clone)]
pub enum Audience {
    /// Friends in a social graph that all runs share.
    Neighbours(SocialGraph),
    /// Friends in a social graph grown anew for each run.
    NeighboursEachRun(GraphModel),
    /// Anybody among so many people.
    Population(u32),
    /// A brand-new person for every word; no two words ever meet.
    Fresh,
}

/// The graph of one run.
#[derive(Debug)]
pub enum Ground<'w> {
    /// A graph that outlives the run.
    Shared(&'w SocialGraph),
    /// A graph of this run alone.
    Own(Box<SocialGraph>),
    /// So many people, all within reach of each other.
    Population(u32),
    /// People made as they are told.
    Fresh,
}

/// The first customers.
#[derive(Debug, Clone, PartialEq)]
pub enum Seeds {
    /// So many, drawn at random for each run; a larger number keeps those of a smaller one.
    Random(u32),
    /// So many with the most friends; equal ones in order of id.
    Hubs(u32),
    /// These.
    Ids(Vec<PersonId>),
}

/// Shares of opinions among customers; the rest is neutral.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Experience {
    /// Share of satisfied customers.
    pub satisfied: Probability,
    /// Share of those who are satisfied or neutral.
    pub not_unhappy: Probability,
}

/// How customers tell (batch mode: the number is settled once, each word has a delay of its own).
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// Chance that a satisfied customer tells anybody at all.
    pub advocacy: Probability,
    /// How many a satisfied customer tells.
    pub good: CountTable,
    /// How many an unhappy one tells.
    pub bad: CountTable,
    /// Time from the experience to each word \[ticks\]; past the horizon: never.
    pub delay: AliasTable,
}

/// A law of counts as a table.
#[derive(Debug, Clone, PartialEq)]
pub enum CountTable {
    /// A drawn number.
    Drawn(AliasTable),
    /// Everybody in the audience.
    All,
}

/// When a good word makes a prospect buy.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// Chance that one word without a code persuades, before damping. (A coded word's lies in the policy's terms.)
    pub persuasion: Probability,
    /// What the chance is multiplied by after 0, 1, 2, … 255 bad words.
    pub damping: Vec<Probability>,
    /// Chance that one bad word blocks a prospect for good.
    pub blocking: Probability,
    /// Time from being persuaded to the purchase \[ticks\].
    pub decision_delay: AliasTable,
}

impl Conversion {
    /// The powers of `1 - damping`, for the `damping` column.
    pub fn powers(damping: f64) -> Vec<Probability> {
        let mut power = 1.0;
        let mut next = || {
            let now = power;
            power *= 1.0 - damping;
            Probability::clamped(now)
        };
        (0..=255).map(|_| next()).collect()
    }
}

impl World {
    /// The ground on which the run with this luck is played.
    pub fn ground(&self, luck: Dice) -> Ground<'_> {
        match &self.audience {
            Audience::Neighbours(graph) => Ground::Shared(graph),
            Audience::NeighboursEachRun(model) => Ground::Own(Box::new(model.grow(luck))),
            Audience::Population(people) => Ground::Population(*people),
            Audience::Fresh => Ground::Fresh,
        }
    }

    /// The longest time between an event and what it plans.
    pub fn delay_max(&self) -> Tick {
        Tick(self.telling.delay.max().max(self.conversion.decision_delay.max()))
    }
}

impl Ground<'_> {
    /// The graph, if there is one.
    #[inline]
    pub fn graph(&self) -> Option<&SocialGraph> {
        match self {
            Ground::Shared(graph) => Some(graph),
            Ground::Own(graph) => Some(graph),
            Ground::Population(_) | Ground::Fresh => None,
        }
    }

    /// People there are at the start; among fresh people only the first customers, who come from `seeds`.
    pub fn people(&self, seeds: &Seeds) -> u32 {
        match self {
            Ground::Shared(graph) => graph.people(),
            Ground::Own(graph) => graph.people(),
            Ground::Population(people) => *people,
            Ground::Fresh => seeds.count(),
        }
    }
}

impl Seeds {
    /// How many first customers there are.
    pub fn count(&self) -> u32 {
        match self {
            Seeds::Random(count) | Seeds::Hubs(count) => *count,
            Seeds::Ids(ids) => ids.len() as u32,
        }
    }
}
