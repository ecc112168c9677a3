//! Everything that a run needs to know and none may change: the market, the laws, the policy, the horizon.
//!
//! A world was proved valid where it was made (`scenario`); nothing below it returns an error.

use super::advertising::{Advertising, Influencer};
use super::asking::Prompt;
use super::channels::Channels;
use super::community::Community;
use super::complaining::Complaints;
use super::defrauding::Fraud;
use super::experience::Experiences;
use super::forking::Fork;
use super::funnel::Funnel;
use super::inviting::Invitations;
use super::posts::Posts;
use super::refunding::Refunds;
use super::renewing::Commerce;
use super::segments::Segment;
use super::surveying::Survey;
use super::talking::Talking;
use crate::alias::AliasTable;
use crate::dice::Dice;
use crate::graph::{GraphModel, SocialGraph};
use crate::policy::{Attribution, Clauses, Policy, Rule as RewardRule};
use crate::units::{Cents, PersonId, Probability, Strength, Tick};
use std::sync::Arc;

/// A market and a product, ready to be played; immutable, shared by all threads.
#[derive(Debug, Clone)]
pub struct World {
    /// The luck of the experiment.
    pub dice: Dice,
    /// Who can be told.
    pub audience: Audience,
    /// Who the first customers are.
    pub seeds: Seeds,
    /// Kinds of people who differ from the rest; none where all are alike.
    pub segments: Vec<Segment>,
    /// What customers think.
    pub experience: Experiences,
    /// Whom they tell, and when.
    pub telling: Telling,
    /// How words travel; nothing where all go from friend to friend in person.
    pub channels: Option<Channels>,
    /// When a word persuades.
    pub conversion: Conversion,
    /// What lies between being persuaded and buying, where it is told apart.
    pub funnel: Option<Funnel>,
    /// Reviews that stay and are read by strangers.
    pub posts: Option<Posts>,
    /// What unhappy customers tell the company.
    pub complaints: Option<Complaints>,
    /// What customers are asked about their experience.
    pub survey: Option<Survey>,
    /// How customers are asked to refer, in order of time.
    pub prompts: Vec<Prompt>,
    /// How invitations are repeated.
    pub invitations: Option<Invitations>,
    /// What customers have in common.
    pub community: Option<Community>,
    /// Word from the company itself.
    pub advertising: Option<Advertising>,
    /// Paid posts.
    pub influencers: Vec<Influencer>,
    /// What is paid for telling.
    pub policy: Policy,
    /// How people cheat the programme.
    pub fraud: Option<Fraud>,
    /// What a purchase is worth, and whether others follow.
    pub commerce: Commerce,
    /// How purchases are given back; not at all where it is nothing.
    pub refunds: Option<Refunds>,
    /// The last moment that is played.
    pub horizon: Tick,
    /// A run is over as soon as it has this many customers, if it says so.
    pub stop_at_customers: Option<u32>,
    /// Other terms from a moment on, where the run is forked.
    pub fork: Option<Box<Fork>>,
}

/// What a world is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterpart {
    /// Itself without the programme.
    WithoutProgramme,
    /// Itself as it would have gone on without the fork.
    WithoutFork,
}

/// Who hears the words.
#[derive(Debug, Clone)]
pub enum Audience {
    /// Friends in a social graph that all runs share, and worlds that differ in something else.
    Neighbours(Arc<SocialGraph>),
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
    /// So many of a kind, drawn at random for each run, a larger number keeping those of a smaller one; all of the kind
    /// where there are not so many.
    Among {
        /// How many.
        count: u32,
        /// Whether only those who, as customers, would be satisfied and refer unasked: the best that a company could do
        /// that knew its advocates.
        advocates: bool,
        /// The place of the only segment to be drawn from.
        segment: Option<usize>,
    },
}

/// How customers tell.
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
    /// In rate mode, how often and how long a customer talks; numbers and delays above are then not used.
    pub talking: Option<Talking>,
    /// How many somebody who is no customer tells on, if the first bad word that she hears is a customer's.
    pub retelling: Option<CountTable>,
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
    /// By which rule.
    pub rule: Rule,
    /// Chance that one word without a code persuades, before all that it is multiplied by. (A coded word's lies in the
    /// policy's terms.)
    pub persuasion: Probability,
    /// What the chance is multiplied by for the first, second, … good word that the hearer has heard; the last one holds
    /// for all that follow. Empty: 1 for all.
    pub dose: Vec<Strength>,
    /// What the chance is multiplied by after 0, 1, 2, … 255 bad words.
    pub damping: Vec<Probability>,
    /// What the chance is multiplied by for a word of each channel, in the order of [`crate::event::Channel::ALL`].
    pub trust: [Strength; 7],
    /// Chance that one bad word blocks a prospect for good.
    pub blocking: Probability,
    /// Time from being persuaded to the purchase \[ticks\].
    pub decision_delay: AliasTable,
}

/// How words add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Each word persuades with a chance of its own (independent cascade).
    Persuasion,
    /// A person is persuaded as soon as the share of those around her who told her something good reaches a threshold of
    /// her own, uniform between 0 and 1 (linear threshold; Granovetter 1978, Kempe, Kleinberg & Tardos 2003).
    Threshold,
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
    /// The twin of this world: the same people, laws, costs and luck, and no rule of the programme. Asking, reminding and the
    /// community are no rules, so they stay. Nothing where there is no rule.
    pub fn without_programme(&self) -> Option<World> {
        let own_terms = self.segments.iter().filter_map(|segment| segment.terms.as_ref());
        if own_terms.chain([&self.policy]).all(|policy| policy.rules().is_empty()) {
            return None;
        }
        let mut twin = self.clone();
        twin.policy = self.policy.without_rules();
        // Without rewards there is nothing to be had by it.
        twin.fraud = None;
        for segment in &mut twin.segments {
            segment.terms = segment.terms.as_ref().map(Policy::without_rules);
        }
        Some(twin)
    }

    /// This world with other rules in place of all of its own; its people's baseline chances stay.
    pub(crate) fn with_programme(mut self, rules: &[RewardRule], clauses: Clauses) -> World {
        let is_for_some = rules.iter().any(|rule| rule.segment.is_some());
        for (place, segment) in (0..).zip(&mut self.segments) {
            // Who sees what all see needs no terms of her own.
            if is_for_some || segment.terms.is_some() {
                let base = segment.terms.as_ref().unwrap_or(&self.policy).base();
                segment.terms = Some(Policy::seen_by(Some(place), rules.to_vec(), clauses, base));
            }
        }
        self.policy = Policy::new(rules.to_vec(), clauses, self.policy.base());
        self
    }

    /// What the world is compared with, run by run on the same luck: itself without its fork, or else without its programme.
    pub fn counterpart(&self) -> Option<(Counterpart, World)> {
        match self.fork {
            Some(_) => Some((Counterpart::WithoutFork, self.unforked())),
            None => Some((Counterpart::WithoutProgramme, self.without_programme()?)),
        }
    }

    /// The ground on which the run with this luck is played.
    pub fn ground(&self, luck: Dice) -> Ground<'_> {
        match &self.audience {
            Audience::Neighbours(graph) => Ground::Shared(graph),
            Audience::NeighboursEachRun(model) => Ground::Own(Box::new(model.grow(luck))),
            Audience::Population(people) => Ground::Population(*people),
            Audience::Fresh => Ground::Fresh,
        }
    }

    /// Whether the state has to know of customers what it need not know in the simplest market.
    pub(crate) fn has_relations(&self) -> bool {
        self.telling.talking.is_some()
            || self.telling.retelling.is_some()
            || self.posts.is_some()
            || self.complaints.is_some()
            || !self.prompts.is_empty()
            || self.invitations.is_some()
            || self.commerce.repeats()
    }

    /// The longest time between an event and what it plans.
    ///
    /// What is rare is planned by inversion, up to the horizon.
    pub fn delay_max(&self) -> Tick {
        let fork = self.fork.as_ref().map(|fork| fork.world.own_delay_max().max(fork.until + Tick(1)));
        self.own_delay_max().max(fork.unwrap_or(Tick::ZERO))
    }

    fn own_delay_max(&self) -> Tick {
        let rare = self.has_relations()
            || self.survey.is_some()
            || self.community.is_some()
            || self.advertising.is_some()
            || !self.influencers.is_empty()
            || self.funnel.is_some()
            || self.refunds.is_some()
            || self.policy.clauses().platform_fee > Cents::ZERO;
        if rare {
            return self.horizon;
        }
        let channels = self.channels.iter().flat_map(Channels::delays_max).max().unwrap_or(0);
        let words = self.telling.delay.max().max(self.conversion.decision_delay.max()).max(channels);
        Tick(words).max(self.policy.delay_max())
    }

    /// The most by which dose, trust and segment can multiply the chance of a word, one by one: their product may be more
    /// than a strength can hold, where the product of the chance with each is not.
    pub(super) fn best_factors(&self) -> [Strength; 3] {
        let dose = self.conversion.dose.iter().copied().max().unwrap_or(Strength::ONE);
        let trust = self.conversion.trust.iter().copied().max().unwrap_or(Strength::ONE);
        let persuadable = self.segments.iter().map(|segment| segment.persuadability).max().unwrap_or(Strength::ONE);
        // The highest last, so that no chance is cut off at one before a factor below one.
        let mut factors = [dose, trust, persuadable.max(Strength::ONE)];
        factors.sort_unstable();
        factors
    }

    /// The highest chance that a coded word can have, whoever hears it, before all that it is multiplied by.
    pub(super) fn best_invitation(&self) -> Probability {
        let own_terms = self.segments.iter().filter_map(|segment| segment.terms.as_ref());
        own_terms.map(Policy::best_invitation).fold(self.policy.best_invitation(), Probability::max)
    }

    /// Whether none of the mechanisms that nobody has to use is used: customers tell people of a given audience in batch
    /// mode, once and in person, words that persuade or damp and do no more; and all buy once, for the same price.
    pub(super) fn is_plain(&self) -> bool {
        self.fork.as_ref().is_none_or(|fork| fork.world.is_plain()) && self.is_plain_itself()
    }

    fn is_plain_itself(&self) -> bool {
        let people = !matches!(self.audience, Audience::Fresh) && self.segments.is_empty();
        let words = self.telling.talking.is_none()
            && self.channels.is_none()
            && self.prompts.is_empty()
            && self.invitations.is_none()
            && self.complaints.is_none()
            && self.posts.is_none()
            && !self.has_aftermath();
        let persuasion = self.conversion.rule == Rule::Persuasion
            && self.conversion.dose.is_empty()
            && self.conversion.trust.iter().all(|&trust| trust == Strength::ONE)
            && self.funnel.is_none();
        let customers = self.experience.referred.is_none()
            && self.survey.is_none()
            && self.community.is_none()
            && self.commerce.is_uniform()
            && !self.commerce.repeats()
            && self.refunds.is_none();
        let clauses = self.policy.clauses();
        let programme = clauses.attribution == Attribution::Converting
            && clauses.platform_fee == Cents::ZERO
            && clauses.selection == 0.0
            && self.fraud.is_none();
        people
            && words
            && persuasion
            && customers
            && programme
            && self.advertising.is_none()
            && self.influencers.is_empty()
    }

    /// Whether a word can do more to its hearer than persuade her.
    pub(super) fn has_aftermath(&self) -> bool {
        self.conversion.blocking != Probability::NEVER
            || self.telling.retelling.is_some()
            || self.commerce.win_back != Probability::NEVER
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
            Seeds::Random(count) | Seeds::Hubs(count) | Seeds::Among { count, .. } => *count,
            Seeds::Ids(ids) => ids.len() as u32,
        }
    }
}
