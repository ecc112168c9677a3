//! `[experience]`, `[telling]`, `[conversion]`, `[participation]`, `[commerce]`: what customers think, whom they tell,
//! when a word persuades, and what a purchase is worth. Defaults are those of the model (docs/scenario-reference.md).

use super::incentives;
use super::money::{Currency, Money};
use super::reader::Reader;
use super::reference::reference;
use crate::engine::{Conversion, CountTable, Experience, Telling};
use crate::laws::{CountLaw, DelayLaw};
use crate::policy::{Baseline, Policy};
use crate::units::{Cents, PersonId, Probability, Tick};

/// What was read here: all of a world but the market.
#[derive(Debug, Clone)]
pub(super) struct Product {
    pub experience: Experience,
    pub telling: Telling,
    /// How many a satisfied customer tells on average; nothing for everybody.
    pub mean_tells: Option<f64>,
    pub audience: AudienceKind,
    pub conversion: Conversion,
    pub policy: Policy,
    pub order: Money,
    pub margin: f64,
    pub horizon: Tick,
    pub stop_at_customers: Option<u32>,
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
    let commerce = root.table("commerce");
    let order = commerce.money("order_value", Money { amount: Cents(60_00), currency: Currency::USD });
    let margin = commerce.probability("margin", 0.4);
    let base = Baseline { participation, willing, invitation, order: order.amount };
    let rules = incentives::read(root, order);
    Product {
        experience,
        telling,
        mean_tells,
        audience,
        conversion,
        policy: Policy::new(rules, base),
        order,
        margin,
        horizon,
        stop_at_customers,
    }
}

fn read_experience(root: &Reader<'_>) -> Experience {
    let table = root.table("experience");
    let satisfied = table.probability("satisfied", 0.80);
    let unhappy = table.probability("unhappy", 0.08);
    // Shares such as 0.7 and 0.3 may sum to a hair over one.
    if satisfied + unhappy > 1.0 + 1e-12 {
        let found = format!("{} % satisfied and {} % unhappy", satisfied * 100.0, unhappy * 100.0);
        let key = if table.has("unhappy") { "unhappy" } else { "satisfied" };
        table.refuse(key, found, "shares that sum to at most 100 %; the rest is neutral", None);
    }
    let satisfied = Probability::clamped(satisfied);
    Experience { satisfied, not_unhappy: Probability::clamped(1.0 - unhappy).max(satisfied) }
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
    let telling = Telling { advocacy: Probability::clamped(advocacy), good, bad, delay: delay.table(horizon) };
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
        persuasion: Probability::clamped(persuasion),
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

reference! {
    /// What customers think.
    ///
    /// The two sum to at most 100 %; the rest is neutral and tells nobody.
    [experience] {
        /// Share of customers who tell good words.
        satisfied,
        /// Share who tell bad words.
        unhappy,
    }
    /// Whom they tell, and when.
    ///
    /// `all_neighbours` cannot be combined with the audience "fresh". Both counts are what people said in surveys about their
    /// last experience, so read them as orders of magnitude.
    [telling] {
        /// "neighbours": friends in the graph; "population": anybody; "fresh": a new person for every word.
        audience,
        /// Chance that a satisfied customer tells at all.
        advocacy,
        /// How many people a satisfied customer tells.
        positive,
        /// How many an unhappy one tells.
        negative,
        /// From the experience to each word.
        delay,
    }
    /// When a word persuades.
    [conversion] {
        /// Chance that one good word without a code makes a prospect buy.
        persuasion,
        /// The same for a word with a code.
        invitation,
        /// Share of the chance that each bad word heard takes away.
        damping,
        /// Chance that one bad word makes a prospect immune.
        blocking,
        /// From being persuaded to the purchase.
        decision_delay,
    }
    /// Who hands out a code.
    ///
    /// The two are in force without a programme too: people refer of their own accord.
    [participation] {
        /// Share of satisfied tellers whose words carry a code, without a reward.
        unasked,
        /// The most that a reward can raise it to; not below `unasked`.
        willing,
    }
    /// What a purchase is worth.
    [commerce] {
        /// Price of the first purchase; its currency is the scenario's.
        order_value,
        /// Share of the price that is not cost.
        margin,
    }
}
