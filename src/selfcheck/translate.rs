//! From the words of a case to a scenario.
//!
//! A case has a `model`: which people, whom they tell, how often a word converts. It becomes the text of a scenario with
//! three blanks (seed, runs, horizon), and goes through the same door as a user's own. What is not known here is not guessed
//! at: the case, or the check, is skipped with the reason.

mod formula;
pub mod graph;
mod programme;
mod single;
#[cfg(test)]
mod tests;
pub mod words;
mod worth;

pub use formula::Formula;

use super::case::Case;
use super::quantity::{Market, Per, Quantity, What, When};
use super::tally::Terms;
use crate::laws::{CountLaw, DelayLaw};
use crate::scenario::values::visible;
use serde_json::{Map, Value};
use std::fmt::Write;
use std::ops::RangeInclusive;

/// Keys of a `model` that are understood. A case that has no other must be played.
pub const MODEL_KEYS: [&str; 21] = [
    "audience",
    "n",
    "graph",
    "seeds",
    "seeds_ids",
    "external_rate",
    "tells",
    "tells_positive",
    "tells_negative",
    "advocacy",
    "conversion",
    "decision",
    "delay",
    "experience",
    "seed_experience",
    "negative_block_probability",
    "negative_damping",
    "large_outbreak",
    "horizon_days",
    "decision_delay",
    // Said for the reader; it follows from the others.
    "mean_offspring_R",
];

/// Why a case, or a check, is not played.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// It is about something that is not known.
    NotKnown(String),
    /// What it says cannot be.
    Wrong(String),
    /// The disk or the system failed.
    Disk(String),
}

impl Refused {
    pub(super) fn wrong(what: impl Into<String>) -> Refused {
        Refused::Wrong(what.into())
    }
}

fn not_known(what: String) -> Refused {
    Refused::NotKnown(what)
}

/// A case that is understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Translated {
    /// Its figures come out of runs; some may follow by arithmetic.
    Played(Model),
    /// Its figures follow by arithmetic.
    Computed(Formula),
}

/// A case as a scenario with blanks.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    body: String,
    /// The other markets that it describes.
    others: Vec<(Market, String)>,
    /// What follows by arithmetic beside what is played.
    pub formula: Option<Formula>,
    /// The tally that is kept of each run, where a run is one customer or one programme.
    pub tally: Option<Terms>,
    /// What a point is worth, where rewards are points.
    pub point: Option<f64>,
    /// What a customer is worth, where a programme is compared with none.
    pub clv: Option<f64>,
    /// The edge list that the scenario names, if it does.
    pub edges: Option<String>,
    /// How many people there are; nothing where they are without end.
    pub people: Option<u32>,
    /// Whether other seeds grow other graphs.
    pub grown: bool,
    seeds: u32,
    /// The share of the people above which an outbreak is large.
    large: f64,
    /// When all that is under way has come \[days\].
    long: f64,
    /// The same for a quantity about all time, where the case is over sooner \[days\].
    unbounded: f64,
    /// Whether the number of words of each customer is fixed.
    fixed: bool,
}

/// What has to be played for a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How long \[days\].
    pub horizon: f64,
    /// At how many customers a run is over.
    pub stop_at: Option<u32>,
    /// In which market.
    pub market: Market,
    /// Whether the daily numbers are needed.
    pub daily: bool,
}

/// Adopters at which a run that has no market to use up counts as taken off, where the case does not say.
const TAKEN_OFF: u32 = 5_000;

/// The share of the people above which an outbreak is large, where the case does not say.
const LARGE: f64 = 0.05;

/// How long all that is under way needs \[days\]: at least so long where there are delays, and so many times the mean delay;
/// never longer than a scenario may be.
const LONG: f64 = 300.0;
const LONG_DELAYS: f64 = 100.0;
const LONGEST: f64 = 36_500.0;

/// Words that one run may take at the most: a minute of playing or so.
const WORDS_MAX: f64 = 1e9;

/// Customers at which a run among fresh people stops, where nothing is said.
const FRESH_MAX: f64 = 1e6;

/// Understands a case, or says what it does not understand.
pub fn read(case: &Case) -> Result<Translated, Refused> {
    let single = formula::read(case).map(|formula| formula.map(Translated::Computed));
    let played = || single::read(case).or_else(|| worth::read(case)).or_else(|| programme::read(case));
    single.unwrap_or_else(|| played().unwrap_or_else(|| Model::read(case)).map(Translated::Played))
}

impl Model {
    /// One customer, or one event, and nothing that other seeds would grow otherwise.
    fn of_one(body: String, long: f64) -> Model {
        Model {
            body,
            others: vec![],
            formula: None,
            tally: None,
            point: None,
            clv: None,
            edges: None,
            people: None,
            grown: false,
            seeds: 1,
            large: LARGE,
            long,
            unbounded: long,
            fixed: true,
        }
    }

    fn read(case: &Case) -> Result<Model, Refused> {
        let model = &case.model;
        if let Some(key) = model.keys().find(|key| !MODEL_KEYS.contains(&key.as_str())) {
            return Err(not_known(format!("`{}`", visible(key, 40))));
        }
        let audience = text(model, "audience")?.unwrap_or("neighbours");
        if !["fresh", "neighbours", "population"].contains(&audience) {
            return Err(not_known(format!("the audience \"{}\"", visible(audience, 40))));
        }
        let telling = Telling::read(case)?;
        let threshold = match text(model, "decision")? {
            None => false,
            Some("threshold: adopts when (adopted neighbours)/(degree) >= U(0,1)") => true,
            Some(other) => return Err(not_known(format!("the decision \"{}\"", visible(other, 40)))),
        };
        let per_arc = model.get("conversion").is_some_and(|value| value == "per arc");
        let conversion = match model.get("conversion") {
            _ if per_arc || threshold => 1.0,
            Some(_) => chance(model, "conversion")?,
            None => return Err(not_known("a model without conversion".to_owned())),
        };
        let mut made = Model::of_one(String::new(), 0.0);
        let mut degree = f64::INFINITY;
        match (model.get("graph"), audience) {
            (Some(graph), "neighbours") => {
                let table = graph::read(graph, telling.weak_strength())?;
                if table.per_arc != per_arc {
                    return Err(not_known("that graph with that conversion".to_owned()));
                }
                made.body.push_str(&table.text);
                (made.edges, made.grown, made.people) = (table.edges, table.grown, Some(table.people));
                degree = table.degree;
            }
            (None, "population") => {
                let people = graph::people(model.get("n"), "n")?;
                let _ = writeln!(made.body, "[graph.complete]\npeople = {people}");
                made.people = Some(people);
                degree = f64::from(people) - 1.0;
            }
            (None, "fresh") => {}
            _ => return Err(not_known("that graph with that audience".to_owned())),
        }
        let external = external_rate(case)?;
        let (seeds, count) = seeds_table(model, external.is_some())?;
        made.body.push_str(&seeds);
        made.seeds = count;
        if let Some(rate) = external {
            let _ = writeln!(made.body, "[advertising]\nrate = \"{rate} per day\"");
        }
        made.body.push_str(&experience_table(model)?);
        let (damping, blocking) = (
            optional_chance(model, "negative_damping", 1.0)?,
            optional_chance(model, "negative_block_probability", 0.0)?,
        );
        let advocacy = optional_chance(model, "advocacy", 1.0)?;
        let decision = text(model, "decision_delay")?.map(words::delay_law).transpose().map_err(not_known)?;
        let conversion = Conversion { persuasion: conversion, damping, blocking, threshold, decision };
        let rest = |telling: &Telling| telling.table(audience, advocacy) + &conversion.table();
        let quiet = telling.without_bad_words().map(|quiet| made.body.clone() + &rest(&quiet));
        made.others.extend(quiet.map(|body| (Market::NoBadWords, body)));
        made.body.push_str(&rest(&telling));
        made.large = text(model, "large_outbreak")?.map_or(Ok(LARGE), large_share)?;
        made.long = match model.contains_key("horizon_days") {
            true => key_of(model, "horizon_days", 0.0..=LONGEST)?,
            false => telling.long(external).max(decision.map_or(0.0, all_of)),
        };
        made.unbounded = made.long;
        made.fixed = telling.is_fixed();
        // What one run can take at the most, were everybody to tell.
        let customers = made.people.map_or(FRESH_MAX, f64::from);
        let words = customers * telling.words_each(degree, made.long);
        if words.is_nan() || words > WORDS_MAX {
            return Err(Refused::wrong(format!(
                "up to {words:.1e} words a run, more than the {WORDS_MAX:.0e} allowed"
            )));
        }
        Ok(made)
    }

    /// The scenario.
    pub fn scenario(&self, plan: &Plan, seed: u64, runs: u32) -> String {
        let stop = plan.stop_at.map_or_else(String::new, |limit| format!("stop_at_customers = {limit}\n"));
        let body = self.body_of(plan.market).unwrap_or(&self.body);
        format!("seed = {seed}\nruns = {runs}\nhorizon = \"{} days\"\n{stop}{body}", plan.horizon)
    }

    fn body_of(&self, market: Market) -> Option<&String> {
        let other = || self.others.iter().find(|(other, _)| *other == market).map(|(_, body)| body);
        if market == Market::Usual { Some(&self.body) } else { other() }
    }

    /// What has to be played for a quantity; `all` are those of the same case.
    ///
    /// Runs are stopped as soon as no later event can change the answer; a few quantities then share their runs.
    pub fn plan(&self, quantity: &Quantity, all: &[Quantity]) -> Plan {
        let taken_off = all.iter().find_map(|other| other.taken_off).unwrap_or(TAKEN_OFF);
        let equal = |other: &Quantity| match other.what {
            What::Chance(When::Equal("customers", total)) => Some(total as u32 + 1),
            _ => None,
        };
        let stop_at = match quantity.what {
            What::Chance(When::Equal("customers", _)) => all.iter().filter_map(equal).max(),
            What::Chance(When::Extinct) | What::Mean { when: When::Extinct, .. } => Some(taken_off),
            What::Chance(When::AtLeast(..)) if self.people.is_none() => Some(taken_off),
            What::Chance(When::Large) => self.large_limit().map(|limit| limit as u32 + 1),
            // Where everybody talks for ever, nothing ends the run but that everybody has bought.
            What::DayOfShare(_) => self.people,
            _ => None,
        };
        let last_day = |other: &Quantity| other.horizon().filter(|_| other.is_daily());
        let horizon = match quantity.is_daily() {
            true => all
                .iter()
                .filter_map(last_day)
                .fold(None, |last: Option<f64>, day| Some(last.map_or(day, |last| last.max(day)))),
            false => quantity.horizon(),
        };
        Plan {
            horizon: horizon.unwrap_or(if quantity.is_unbounded() { self.unbounded } else { self.long }),
            stop_at: stop_at.map(|limit| limit.max(self.seeds + 1)),
            market: quantity.market,
            daily: quantity.is_daily() || matches!(quantity.what, What::DayOfShare(_)),
        }
    }

    /// Customers above which an outbreak is large.
    pub fn large_limit(&self) -> Option<f64> {
        Some((f64::from(self.people?) * self.large).floor())
    }

    /// What the quantity needs to know and the model does not say.
    pub fn lacks(&self, quantity: &Quantity) -> Option<&'static str> {
        let large = |when: &When| *when == When::Large && self.people.is_none();
        match &quantity.what {
            _ if self.body_of(quantity.market).is_none() => Some("another market"),
            What::Mean { per: Per::Point, .. } if self.point.is_none() => Some("what a point is worth"),
            What::Programme(_) if self.clv.is_none() => Some("what a customer is worth"),
            What::Programme(_) if self.body_of(Market::ProgrammeOff).is_none() => Some("a market without a programme"),
            What::Chance(when) | What::Mean { when, .. } if large(when) => Some("what a large outbreak is"),
            What::Mean { per: Per::Person, .. } | What::ByDay { per: Per::Person, .. } if self.people.is_none() => {
                Some("how many people there are")
            }
            What::DayOfShare(_) | What::PeakDay | What::ShareAtPeak if self.people.is_none() => {
                Some("how many people there are")
            }
            What::EvenRatio if !self.fixed => Some("counts of words that are fixed"),
            _ => None,
        }
    }
}

/// Whom customers tell, and when.
#[derive(Debug, Clone)]
enum Telling {
    /// A number of words each, settled once.
    Batch { good: CountLaw, bad: CountLaw, delay: Option<DelayLaw> },
    /// Words at a rate.
    Rate(words::Rate),
}

impl Telling {
    fn read(case: &Case) -> Result<Telling, Refused> {
        let model = &case.model;
        let law = |text| words::count_law(text).map_err(not_known);
        let good = match (text(model, "tells")?, text(model, "tells_positive")?) {
            (Some(tells), None) if words::is_rate(tells) => {
                if model.contains_key("tells_negative") || model.contains_key("delay") {
                    return Err(not_known("a rate with delays or bad words".to_owned()));
                }
                return words::rate(tells, &case.title).map(Telling::Rate).map_err(not_known);
            }
            (Some(tells), None) | (None, Some(tells)) => law(tells)?,
            _ => return Err(not_known("a model with neither tells nor tells_positive".to_owned())),
        };
        let bad = text(model, "tells_negative")?.map_or(Ok(CountLaw::Fixed(0)), law)?;
        let delay = text(model, "delay")?.map(words::delay_law).transpose().map_err(not_known)?;
        Ok(Telling::Batch { good, bad, delay })
    }

    fn table(&self, audience: &str, advocacy: f64) -> String {
        let head = format!("[telling]\naudience = \"{audience}\"\nadvocacy = {advocacy:?}\n");
        head + &match self {
            Telling::Batch { good, bad, delay } => format!(
                "positive = \"{}\"\nnegative = \"{}\"\ndelay = \"{}\"\n",
                words::print_count(*good),
                words::print_count(*bad),
                delay.map_or_else(|| "0 days".to_owned(), words::print_delay)
            ),
            Telling::Rate(rate) => format!(
                "mode = \"rate\"\npositive_rate = \"{} per day\"\n{}talking_period = \"{}\"\n",
                rate.per_day,
                if rate.per_tie { "per = \"tie\"\n" } else { "" },
                rate.period.map_or_else(|| "for_ever".to_owned(), words::print_delay)
            ),
        }
    }

    fn without_bad_words(&self) -> Option<Telling> {
        match self {
            Telling::Batch { good, delay, .. } => {
                Some(Telling::Batch { good: *good, bad: CountLaw::Fixed(0), delay: *delay })
            }
            Telling::Rate(_) => None,
        }
    }

    /// What weak ties are to strong ones, where there are both.
    fn weak_strength(&self) -> Option<f64> {
        match self {
            Telling::Rate(rate) => rate.weak.filter(|_| rate.per_day > 0.0).map(|weak| weak / rate.per_day),
            Telling::Batch { .. } => None,
        }
    }

    fn is_fixed(&self) -> bool {
        matches!(self, Telling::Batch { good: CountLaw::Fixed(_), bad: CountLaw::Fixed(_), .. })
    }

    /// When all that is under way has come \[days\].
    fn long(&self, external: Option<f64>) -> f64 {
        match self {
            Telling::Batch { delay: None, .. } if external.is_none() => 0.0,
            Telling::Batch { delay, .. } => delay.map_or(LONG, all_of),
            Telling::Rate(rate) => rate.period.map_or(LONG, all_of),
        }
    }

    /// Words of one customer, on average, among so many whom she could tell.
    fn words_each(&self, degree: f64, days: f64) -> f64 {
        match self {
            Telling::Batch { good, bad, .. } => {
                let mean = |law| words::mean_count(law).unwrap_or(degree).min(degree);
                mean(*good).max(mean(*bad))
            }
            Telling::Rate(rate) => {
                let ties = if rate.per_tie { degree } else { 1.0 };
                rate.per_day * ties * rate.period.map_or(days, words::mean_days)
            }
        }
    }
}

/// When all that takes such delays, one after the other, has come \[days\].
fn all_of(delay: DelayLaw) -> f64 {
    (LONG_DELAYS * words::mean_days(delay)).clamp(LONG, LONGEST)
}

/// When a word persuades.
struct Conversion {
    persuasion: f64,
    /// What a bad word multiplies by; the scenario has what it takes away.
    damping: f64,
    blocking: f64,
    threshold: bool,
    /// From being persuaded to the purchase.
    decision: Option<DelayLaw>,
}

impl Conversion {
    fn table(&self) -> String {
        let Conversion { persuasion, damping, blocking, threshold, decision } = self;
        let decision = decision.map_or_else(|| "0 days".to_owned(), words::print_delay);
        // Under the threshold rule words add up, and no single one has a chance.
        let each = match threshold {
            true => "rule = \"threshold\"\n".to_owned(),
            false => format!("persuasion = {persuasion:?}\ninvitation = {persuasion:?}\n"),
        };
        format!(
            "[conversion]\n{each}damping = {:?}\nblocking = {blocking:?}\ndecision_delay = \"{decision}\"\n",
            1.0 - damping
        )
    }
}

/// Who buys without any word: a hazard each day, or one whose chance a day stands in the title.
fn external_rate(case: &Case) -> Result<Option<f64>, Refused> {
    match case.model.get("external_rate") {
        None => Ok(None),
        Some(Value::String(text)) if text == "-ln(1-alpha) per day" => {
            let alpha = words::in_title(&case.title, "alpha").map_err(not_known)?;
            words::of_chance(alpha)
                .map(Some)
                .ok_or_else(|| Refused::wrong(format!("alpha is {alpha}, not a chance below 1")))
        }
        Some(_) => key_of(&case.model, "external_rate", 0.0..=1_440.0).map(Some),
    }
}

fn seeds_table(model: &Map<String, Value>, advertised: bool) -> Result<(String, u32), Refused> {
    match (model.get("seeds"), model.get("seeds_ids")) {
        (Some(count), None) => {
            let least = u64::from(!advertised);
            let count = count.as_u64().filter(|count| (least..=u64::from(graph::PEOPLE_MAX)).contains(count));
            let count = count.ok_or_else(|| Refused::wrong(format!("`seeds` is not a number from {least} on")))?;
            Ok((format!("[seeds]\ncount = {count}\n"), count as u32))
        }
        (None, Some(ids)) => {
            let ids: Option<Vec<u64>> = ids.as_array().and_then(|ids| ids.iter().map(Value::as_u64).collect());
            let ids = ids.filter(|ids| (1..=1_000).contains(&ids.len()));
            let ids = ids.ok_or_else(|| Refused::wrong("`seeds_ids` is not a list of 1 to 1,000 people"))?;
            Ok((format!("[seeds]\nids = {ids:?}\n"), ids.len() as u32))
        }
        _ => Err(not_known("a model with neither seeds nor seeds_ids".to_owned())),
    }
}

/// Everybody is satisfied, unless the model says otherwise.
fn experience_table(model: &Map<String, Value>) -> Result<String, Refused> {
    if let Some(said) = text(model, "seed_experience")?.filter(|said| *said != "drawn like everyone else") {
        return Err(not_known(format!("seed_experience \"{}\"", visible(said, 40))));
    }
    let table = match model.get("experience") {
        None => return Ok("[experience]\nsatisfied = 1.0\nunhappy = 0.0\n".to_owned()),
        Some(Value::Object(table)) => table,
        Some(_) => return Err(Refused::wrong("`experience` is not an object")),
    };
    let apart = ["satisfied_seed", "satisfied_referred"];
    if table.len() == 2 && apart.iter().all(|key| table.contains_key(*key)) {
        let [first, referred] = [chance(table, apart[0])?, chance(table, apart[1])?];
        return Ok(format!(
            "[experience]\nsatisfied = {first:?}\nunhappy = 0.0\n[experience.referred]\nsatisfied = {referred:?}\nunhappy = 0.0\n"
        ));
    }
    if let Some(key) = table.keys().find(|key| !["satisfied", "unhappy", "neutral"].contains(&key.as_str())) {
        return Err(not_known(format!("`experience.{}`", visible(key, 40))));
    }
    let (satisfied, unhappy) = (optional_chance(table, "satisfied", 0.0)?, optional_chance(table, "unhappy", 0.0)?);
    Ok(format!("[experience]\nsatisfied = {satisfied:?}\nunhappy = {unhappy:?}\n"))
}

/// "adopted > 5% of N".
fn large_share(text: &str) -> Result<f64, Refused> {
    let percent = text.strip_prefix("adopted > ").and_then(|rest| rest.strip_suffix("% of N"));
    let percent = percent.and_then(|percent| percent.trim().parse().ok()).filter(|p: &f64| (0.0..=100.0).contains(p));
    percent.map(|percent| percent / 100.0).ok_or_else(|| not_known(format!("large_outbreak \"{}\"", visible(text, 40))))
}

fn text<'m>(model: &'m Map<String, Value>, key: &str) -> Result<Option<&'m str>, Refused> {
    match model.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(not_known(format!("`{key}` that is not a text"))),
    }
}

/// A number in a range.
fn key_of(table: &Map<String, Value>, key: &str, range: RangeInclusive<f64>) -> Result<f64, Refused> {
    let wrong = |found: String| {
        Refused::wrong(format!("`{key}` is {found}, not a number from {} to {}", range.start(), range.end()))
    };
    let value = table.get(key).ok_or_else(|| wrong("missing".to_owned()))?;
    let number = value.as_f64().ok_or_else(|| wrong("something else".to_owned()))?;
    // A negative zero is zero.
    if range.contains(&number) { Ok(number + 0.0) } else { Err(wrong(number.to_string())) }
}

/// An amount of money as a scenario has it: whole hundredths.
fn money(table: &Map<String, Value>, key: &str) -> Result<String, Refused> {
    print_money(key, key_of(table, key, 0.0..=MONEY_MAX)?)
}

fn print_money(key: &str, amount: f64) -> Result<String, Refused> {
    if !(0.0..=MONEY_MAX).contains(&amount) {
        return Err(Refused::wrong(format!("`{key}` is {amount}, not a number from 0 to {MONEY_MAX}")));
    }
    let hundredths = (amount * 100.0).round();
    match (amount * 100.0 - hundredths).abs() < 1e-6 {
        true => Ok(format!("{:.2} USD", hundredths / 100.0)),
        false => Err(Refused::wrong(format!("`{key}` is {amount}, not a number of whole hundredths"))),
    }
}

/// The largest amount of money.
const MONEY_MAX: f64 = 1e9;

/// Whether a model has these keys, maybe with a note for the reader, and no others.
fn has_keys(model: &Map<String, Value>, keys: &[&str]) -> bool {
    let said = model.keys().filter(|key| *key != "note");
    keys.iter().all(|key| model.contains_key(*key)) && said.count() == keys.len()
}

fn chance(table: &Map<String, Value>, key: &str) -> Result<f64, Refused> {
    key_of(table, key, 0.0..=1.0)
}

fn optional_chance(table: &Map<String, Value>, key: &str, default: f64) -> Result<f64, Refused> {
    if table.contains_key(key) { chance(table, key) } else { Ok(default) }
}
