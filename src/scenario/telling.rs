//! `[telling]`: whom customers tell, how many or how often, and when.

use super::reader::Reader;
use super::reference::reference;
use super::values::{Rate, print_rate};
use crate::engine::{CountTable, Talking, Telling};
use crate::laws::{CountLaw, DelayLaw};
use crate::units::{Probability, Tick};

/// Who hears the words, before there is a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AudienceKind {
    Neighbours,
    Population,
    Fresh,
}

pub(super) fn read_audience(root: &Reader<'_>) -> AudienceKind {
    match root.table("telling").choice("audience", "neighbours", &["neighbours", "population", "fresh"]) {
        "population" => AudienceKind::Population,
        "fresh" => AudienceKind::Fresh,
        _ => AudienceKind::Neighbours,
    }
}

/// Keys of batch mode, and keys of rate mode.
const BATCH: [&str; 3] = ["positive", "negative", "delay"];
const RATE: [&str; 4] = ["positive_rate", "negative_rate", "per", "talking_period"];

/// What was read here.
pub(super) struct Read {
    pub telling: Telling,
    /// How many a satisfied customer tells on average; nothing for everybody.
    pub mean_tells: Option<f64>,
    /// The law of the delay of a word.
    pub delay: DelayLaw,
}

pub(super) fn read(root: &Reader<'_>, horizon: Tick, audience: AudienceKind) -> Read {
    let table = root.table("telling");
    let is_rate = table.choice("mode", "batch", &["batch", "rate"]) == "rate";
    let (others, mode, hint) = match is_rate {
        true => (&BATCH[..], "rate", "in rate mode write positive_rate, negative_rate and talking_period"),
        false => (&RATE[..], "batch", "write mode = \"rate\" beside it, or positive, negative and delay instead"),
    };
    table.allow(others);
    for key in others.iter().filter(|key| table.has(key)) {
        let allowed = format!("no {key} where telling.mode is \"{mode}\"");
        table.refuse(key, format!("a {key}"), allowed, Some(hint));
    }
    let advocacy = Probability::clamped(table.probability("advocacy", 1.0));
    let (retelling, _) = read_count(&table, "retelling", CountLaw::Fixed(0), audience);
    let retelling = Some(retelling).filter(|law| *law != nobody());
    if is_rate {
        let talking = Some(read_talking(&table, horizon, audience));
        let (good, bad, at_once) = (nobody(), nobody(), DelayLaw::Fixed(Tick::ZERO));
        let telling = Telling { advocacy, good, bad, delay: at_once.table(horizon), talking, retelling };
        return Read { telling, mean_tells: Some(0.0), delay: at_once };
    }
    let skewed = |mean| CountLaw::NegativeBinomial { mean, dispersion: 2.0 };
    let (good, mean_tells) = read_count(&table, "positive", skewed(12.0), audience);
    let (bad, _) = read_count(&table, "negative", skewed(20.0), audience);
    let delay = table.delay_law("delay", DelayLaw::Exponential { mean: Tick(5 * Tick::PER_DAY) });
    let telling = Telling { advocacy, good, bad, delay: table.delay_table(delay, horizon), talking: None, retelling };
    Read { telling, mean_tells, delay }
}

/// The law of those who tell nobody.
fn nobody() -> CountTable {
    CountLaw::Fixed(0).table().map_or(CountTable::All, CountTable::Drawn)
}

/// Words a day by default, so that a talking period of three weeks tells the twelve and twenty of batch mode.
const GOOD_RATE: Rate = Rate::per_week(4.0);
const BAD_RATE: Rate = Rate::per_week(7.0);

fn read_talking(table: &Reader<'_>, horizon: Tick, audience: AudienceKind) -> Talking {
    let good = table.rate("positive_rate", GOOD_RATE);
    let bad = table.rate("negative_rate", BAD_RATE);
    let per_tie = table.choice("per", "customer", &["customer", "tie"]) == "tie";
    if per_tie && audience == AudienceKind::Fresh {
        let found = format!("{} for each of ties without end", print_rate(good));
        table.refuse("per", found, "\"customer\" where telling.audience is \"fresh\"", None);
    }
    let period = table.span("talking_period", Some(DelayLaw::Exponential { mean: Tick(21 * Tick::PER_DAY) }));
    Talking {
        good: good.per_tick(),
        bad: bad.per_tick(),
        per_tie,
        period: period.map(|law| table.delay_table(law, horizon)),
    }
}

/// Beyond these a table of the law would hold many millions of numbers.
const COUNT_MEAN_MAX: f64 = 10_000.0;
const COUNT_SPREAD_MAX: f64 = 100_000.0;

/// A law of tell counts as a table, with its mean (nothing for everybody).
fn read_count(table: &Reader<'_>, key: &str, default: CountLaw, audience: AudienceKind) -> (CountTable, Option<f64>) {
    let law = table.count_law(key, default);
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
        let allowed = format!("a mean of at most {COUNT_MEAN_MAX}, mean / dispersion of at most {COUNT_SPREAD_MAX}");
        table.refuse(key, found, allowed, None);
        return (CountTable::All, None);
    }
    let mean = match law {
        CountLaw::Fixed(count) => Some(f64::from(count)),
        CountLaw::AllNeighbours => None,
        _ => Some(mean),
    };
    (law.table().map_or(CountTable::All, CountTable::Drawn), mean)
}

reference! {
    /// Whom they tell, and when.
    ///
    /// In batch mode a customer settles at the experience how many she tells, once each, and every word has a delay of its
    /// own. In rate mode she talks now and then, to somebody drawn anew each time, as long as her talking period lasts; the
    /// keys of one mode are refused in the other. `all_neighbours` cannot be combined with the audience "fresh". Both counts
    /// are what people said in surveys about their last experience, so read them as orders of magnitude.
    [telling] with ["[telling]", "[telling]\nmode = 'rate'"] {
        /// "neighbours": friends in the graph; "population": anybody; "fresh": a new person for every word.
        audience,
        /// "batch": so many words, each with a delay; "rate": so many words a day while she talks.
        mode,
        /// Chance that a satisfied customer tells at all.
        advocacy,
        /// How many somebody who is no customer tells of the first bad word that she hears, if a customer told it; these tell
        /// nobody.
        retelling,
        /// How many people a satisfied customer tells (batch mode).
        positive,
        /// How many an unhappy one tells (batch mode).
        negative,
        /// From the experience to each word (batch mode).
        delay,
        /// Good words of a satisfied customer (rate mode).
        positive_rate,
        /// Bad words of an unhappy one (rate mode).
        negative_rate,
        /// "customer": the rate is that of all her words; "tie": of the words along each tie, multiplied by its strength,
        /// which then does not multiply persuasion (rate mode).
        per,
        /// How long she talks from the experience on (rate mode).
        talking_period,
    }
}
