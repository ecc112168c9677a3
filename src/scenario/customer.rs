//! `[experience]`, `[telling]`, `[conversion]`, `[participation]`: what customers think, whom they tell, and when a word
//! persuades. Defaults are those of the model (docs/scenario-reference.md).

use super::money::Money;
use super::reader::Reader;
use super::{commerce, incentives};
use crate::dice::Dice;
use crate::engine::{Audience, Conversion, CountTable, Experience, Experiences, Rule, Seeds, Telling, World};
use crate::laws::{CountLaw, DelayLaw};
use crate::policy::{Baseline, Policy};
use crate::units::{PersonId, Probability, Seed, Strength, Tick};

/// What was read here.
#[derive(Debug, Clone)]
pub(super) struct Product {
    /// All of a world; the market and the luck in it still stand for nothing.
    pub world: World,
    /// How many a satisfied customer tells on average; nothing for everybody.
    pub mean_tells: Option<f64>,
    pub audience: AudienceKind,
    pub order: Money,
}

/// Who hears the words, before there is a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AudienceKind {
    Neighbours,
    Population,
    Fresh,
}

/// Customers at which a run among fresh people stops by default: it has no market that could be used up.
const FRESH_CUSTOMERS: u32 = 1_000_000;

pub(super) fn read(root: &Reader<'_>, horizon: Tick) -> Product {
    let audience = read_audience(root);
    let limit = 1..=PersonId::COUNT_MAX;
    let stop_at_customers = match audience {
        AudienceKind::Fresh => Some(root.whole_u32("stop_at_customers", FRESH_CUSTOMERS, limit)),
        _ => root.optional_whole("stop_at_customers", 1..=u64::from(PersonId::COUNT_MAX)).map(|n| n as u32),
    };
    let experience = read_experience(root);
    let (telling, mean_tells) = read_telling(root, horizon, audience);
    let (conversion, invitation) = read_conversion(root, horizon);
    let (participation, willing) = read_participation(root);
    let (commerce, order) = commerce::read(root);
    let base = Baseline { participation, willing, invitation, order: order.amount };
    let rules = incentives::read(root, order);
    let world = World {
        dice: Dice::new(Seed(0)),
        audience: Audience::Fresh,
        seeds: Seeds::Random(0),
        segments: vec![],
        experience,
        telling,
        channels: None,
        conversion,
        funnel: None,
        posts: None,
        complaints: None,
        survey: None,
        prompts: vec![],
        invitations: None,
        community: None,
        advertising: None,
        influencers: vec![],
        policy: Policy::new(rules, base),
        commerce,
        horizon,
        stop_at_customers,
    };
    Product { world, mean_tells, audience, order }
}

fn read_experience(root: &Reader<'_>) -> Experiences {
    let table = root.table("experience");
    let satisfied = table.probability("satisfied", 0.80);
    let unhappy = table.probability("unhappy", 0.08);
    // Shares such as 0.7 and 0.3 may sum to a hair over one.
    if satisfied + unhappy > 1.0 + 1e-12 {
        let found = format!("{} % satisfied and {} % unhappy", satisfied * 100.0, unhappy * 100.0);
        let key = if table.has("unhappy") { "unhappy" } else { "satisfied" };
        table.refuse(key, found, "shares that sum to at most 100 %; the rest is neutral", None);
    }
    Experiences { own: Experience::of_shares(satisfied, unhappy), referred: None }
}

fn read_audience(root: &Reader<'_>) -> AudienceKind {
    match root.table("telling").choice("audience", "neighbours", &["neighbours", "population", "fresh"]) {
        "population" => AudienceKind::Population,
        "fresh" => AudienceKind::Fresh,
        _ => AudienceKind::Neighbours,
    }
}

fn read_telling(root: &Reader<'_>, horizon: Tick, audience: AudienceKind) -> (Telling, Option<f64>) {
    let table = root.table("telling");
    let advocacy = table.probability("advocacy", 1.0);
    let count = |key, mean| {
        let law = table.count_law(key, CountLaw::NegativeBinomial { mean, dispersion: 2.0 });
        if law == CountLaw::AllNeighbours && audience == AudienceKind::Fresh {
            table.refuse(key, "all_neighbours", "a law with a number: fresh people are without end", None);
        }
        let (mean, spread) = match law {
            CountLaw::Fixed(_) | CountLaw::AllNeighbours => (0.0, 0.0),
            CountLaw::Poisson { mean } => (mean, 1.0),
            CountLaw::NegativeBinomial { mean, dispersion } => (mean, mean / dispersion),
            CountLaw::Geometric { mean } => (mean, mean),
        };
        if mean > COUNT_MEAN_MAX || spread > COUNT_SPREAD_MAX {
            let found = format!("a mean of {mean} and a variance {:.3e} times the mean", 1.0 + spread);
            let allowed =
                format!("a mean of at most {COUNT_MEAN_MAX}, mean / dispersion of at most {COUNT_SPREAD_MAX}");
            table.refuse(key, found, allowed, None);
            return (CountTable::All, None);
        }
        let mean = match law {
            CountLaw::Fixed(count) => Some(f64::from(count)),
            CountLaw::AllNeighbours => None,
            _ => Some(mean),
        };
        (law.table().map_or(CountTable::All, CountTable::Drawn), mean)
    };
    let (good, mean_tells) = count("positive", 12.0);
    let (bad, _) = count("negative", 20.0);
    let delay = table.delay_law("delay", DelayLaw::Exponential { mean: Tick(5 * Tick::PER_DAY) });
    let telling = Telling {
        advocacy: Probability::clamped(advocacy),
        good,
        bad,
        delay: delay.table(horizon),
        talking: None,
        retelling: None,
    };
    (telling, mean_tells)
}

/// Beyond these a table of the law would hold many millions of numbers.
const COUNT_MEAN_MAX: f64 = 10_000.0;
const COUNT_SPREAD_MAX: f64 = 100_000.0;

fn read_conversion(root: &Reader<'_>, horizon: Tick) -> (Conversion, f64) {
    let table = root.table("conversion");
    let persuasion = table.probability("persuasion", 0.015);
    let invitation = table.probability("invitation", 0.05);
    let damping = table.probability("damping", 0.5);
    let blocking = table.probability("blocking", 0.0);
    let decision_delay = table.delay_law("decision_delay", DelayLaw::Exponential { mean: Tick(4 * Tick::PER_DAY) });
    let conversion = Conversion {
        rule: Rule::Persuasion,
        persuasion: Probability::clamped(persuasion),
        dose: vec![],
        trust: [Strength::ONE; 7],
        damping: Conversion::powers(damping),
        blocking: Probability::clamped(blocking),
        decision_delay: decision_delay.table(horizon),
    };
    (conversion, invitation)
}

fn read_participation(root: &Reader<'_>) -> (f64, f64) {
    let table = root.table("participation");
    let unasked = table.probability("unasked", 0.29);
    let willing = table.probability("willing", 0.83);
    if unasked > willing {
        let key = if table.has("unasked") { "unasked" } else { "willing" };
        let found = format!("{} % who refer unasked, {} % who are willing", unasked * 100.0, willing * 100.0);
        table.refuse(key, found, "no more who refer than are willing", None);
    }
    (unasked, willing)
}
