//! The outcome in a few lines: as a table for people, or as JSON for programs.

use super::memory;
use super::results::Played;
use super::terminal::aligned_rows;
use super::{programme_words, worth_words};
use crate::experiment::{Future, MoneyUnit, Programme, Ratio, RatioMeasure, Summary};
use crate::language::tell;
use crate::projection::{Projection, Standard, Unit};
use crate::report::SummaryRow;
use crate::report::words::{Locale, Quantity};
use crate::scenario::Change;
use serde::Serialize;
use std::collections::BTreeMap;

/// One measure in words: mean, its 95 % interval, median, and the ends of the band.
pub(super) struct Words {
    pub mean: String,
    pub interval: String,
    pub median: String,
    pub low: String,
    pub high: String,
}

impl Words {
    /// As a row of the report, which lacks what the measure is called and means.
    pub fn row(self) -> SummaryRow {
        let Words { mean, interval, median, low: band_low, high: band_high } = self;
        SummaryRow { mean, interval, median, band_low, band_high, ..SummaryRow::default() }
    }
}

/// A measure in figures that a sentence can hold.
pub(super) fn words(summary: &Summary, money: &MoneyUnit, locale: &Locale) -> Words {
    // What cannot be below zero has no interval below zero; only profit and differences can.
    let name = summary.measure.name;
    let floor = if name == "profit" || name.starts_with("incremental_") { f64::NEG_INFINITY } else { 0.0 };
    words_above(floor, summary, money, locale)
}

/// The same of the difference of a measure, which can be below zero whatever is measured.
pub(super) fn words_of_difference(summary: &Summary, money: &MoneyUnit, locale: &Locale) -> Words {
    words_above(f64::NEG_INFINITY, summary, money, locale)
}

fn words_above(floor: f64, summary: &Summary, money: &MoneyUnit, locale: &Locale) -> Words {
    let (quantity, scale) = match summary.measure.unit {
        Unit::Money => (Quantity::Money, money.minor_units()),
        _ => (Quantity::Plain, 1.0),
    };
    let mean = summary.estimate.mean / scale;
    let ends = summary.estimate.interval.map(|ends| ends.map(|end| end / scale));
    let (low, high) = ends.map_or((mean, mean), |[low, high]| (low.max(floor), high));
    let spread = summary.spread;
    let (p05, p95) = (spread.low / scale, spread.high / scale);
    let of_runs = |value: f64| locale.observed(value, quantity);
    Words {
        mean: locale.estimate(mean, low, high, quantity),
        interval: ends.map_or_else(|| "–".to_owned(), |_| locale.interval(low, high, quantity)),
        median: of_runs(spread.median / scale),
        low: of_runs(p05),
        high: of_runs(p95),
    }
}

/// The measures worth a line: those that are charted day by day; of the others, whatever came to something, and about
/// rewards everything where there were any.
pub(super) fn worth_a_line(summaries: &[Summary]) -> impl Iterator<Item = &Summary> {
    let charted = Standard::daily_measures();
    let of_rewards = |name| matches!(name, "reward_cost" | "rewards_granted" | "rewards_denied");
    let is_something = |name: &str| summaries.iter().any(|s| s.measure.name == name && s.estimate.mean != 0.0);
    let rewards = summaries.iter().any(|s| of_rewards(s.measure.name) && s.estimate.mean != 0.0);
    summaries.iter().filter(move |summary| match summary.measure.name {
        name if of_rewards(name) => rewards,
        "cascade_depth" | "cascade_size_max" => true,
        // What the ledger tells besides has a statement of its own in the report.
        "discounts" | "cost_of_goods" | "reward_expense" | "reward_breakage" | "cash" => false,
        // Of these, only ratios are told: what a customer is worth.
        "period_start" | "period_new" | "period_end" | "period_purchases" | "margin" | "margin_discounted" => false,
        name => match beside(name) {
            [] => charted.contains(&summary.measure) || is_something(name),
            others => is_something(name) && others.iter().any(|other| is_something(other)),
        },
    })
}

/// Beside which other measures one is worth a line that every run has and few ask for; none for all others.
fn beside(name: &str) -> &'static [&'static str] {
    match name {
        "satisfied" | "neutral" | "unhappy" => &["complaints_filed"],
        "promoters" | "passives" | "detractors" => &["survey_promoters", "survey_passives", "survey_detractors"],
        "sign_ups" => &["landed"],
        "participants" | "invitations_sent" | "invitations_accepted" | "invitations_pending" => {
            &["asked", "invitations_repeated"]
        }
        _ => &[],
    }
}

/// The table for people.
pub(super) fn table(summaries: &[Summary], money: &MoneyUnit, locale: &Locale) -> String {
    let lines = worth_a_line(summaries).map(|summary| {
        let Words { mean, interval, median, low, high } = words(summary, money, locale);
        [summary.measure.label_in(locale.language), mean, interval, median, locale.range(&low, &high)]
    });
    let language = locale.language;
    let header = [
        String::new(),
        tell!(language, "printed-mean"),
        tell!(language, "printed-interval-of-mean"),
        tell!(language, "printed-median"),
        tell!(language, "printed-band"),
    ];
    aligned_rows(&header, lines)
}

/// The table of what the programme adds, for people.
pub(super) fn programme_table(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> String {
    let language = locale.language;
    let header = [
        String::new(),
        tell!(language, "printed-mean-or-ratio"),
        tell!(language, "printed-interval-of-it"),
        tell!(language, "printed-median"),
        tell!(language, "printed-band"),
    ];
    aligned_rows(&header, programme_words::table_lines(programme, money, locale).into_iter())
}

/// The table of what a customer costs and is worth, for people.
pub(super) fn worth_table(worth: &[(RatioMeasure, Ratio)], money: &MoneyUnit, locale: &Locale) -> String {
    let header = [String::new(), tell!(locale.language, "printed-ratio"), tell!(locale.language, "printed-interval")];
    aligned_rows(&header, worth_words::table_lines(worth, money, locale).into_iter())
}

#[derive(Serialize)]
struct Json<'a> {
    scenario: &'a str,
    runs: u32,
    seed: u64,
    tellwave: &'a str,
    scenario_sha256: &'a str,
    currency: &'a str,
    folder: &'a str,
    report: &'a str,
    stopped_runs: usize,
    seconds_playing: f64,
    memory_reckoned_bytes: u64,
    memory_peak_bytes: Option<u64>,
    notes: &'a [String],
    measures: BTreeMap<&'a str, Measure>,
    /// What a customer costs and is worth.
    worth: BTreeMap<&'a str, RatioJson>,
    programme: Option<ProgrammeJson<'a>>,
    fork: Option<ForkJson>,
}

/// What a fork changes.
#[derive(Serialize)]
struct ForkJson {
    /// The last day of the old terms.
    day: u32,
    scenario: String,
    scenario_sha256: String,
    changes: Vec<ChangeJson>,
    /// The new terms less the old, run by run.
    difference: BTreeMap<&'static str, Measure>,
    /// The runs as they were.
    without: BTreeMap<&'static str, Measure>,
    stopped_twins: usize,
}

/// A key that is another from then on.
#[derive(Serialize)]
struct ChangeJson {
    key: String,
    before: Option<String>,
    after: Option<String>,
}

/// What the programme adds.
#[derive(Serialize)]
struct ProgrammeJson<'a> {
    /// How the runs compare with their twins.
    measures: BTreeMap<&'a str, Measure>,
    ratios: BTreeMap<&'a str, RatioJson>,
    payback_day: Option<u32>,
    /// The measures of the twin.
    twin: BTreeMap<&'a str, Measure>,
    stopped_twins: usize,
}

#[derive(Serialize)]
pub(super) struct RatioJson {
    unit: String,
    value: Option<f64>,
    interval_95: Option<[f64; 2]>,
    /// What is known of the denominator: "positive", "not distinguishable from 0" or "negative".
    denominator: &'static str,
}

#[derive(Serialize)]
pub(super) struct Measure {
    unit: String,
    mean: f64,
    standard_error: Option<f64>,
    interval_95: Option<[f64; 2]>,
    median: f64,
    p05: f64,
    p95: f64,
}

/// What the JSON says besides the measures.
pub(super) struct About<'a> {
    pub scenario: &'a str,
    pub runs: u32,
    pub seed: u64,
    pub scenario_sha256: &'a str,
    pub folder: &'a str,
    pub report: &'a str,
    pub stopped_runs: usize,
    pub seconds_playing: f64,
    pub memory_reckoned: u64,
    pub notes: &'a [String],
}

/// The JSON for programs; money in major units.
pub(super) fn json(played: &Played, about: &About<'_>) -> Result<String, serde_json::Error> {
    let Played { summaries, worth, money, .. } = played;
    let About {
        scenario,
        runs,
        seed,
        scenario_sha256,
        folder,
        report,
        stopped_runs,
        seconds_playing,
        memory_reckoned,
        notes,
    } = *about;
    let (tellwave, currency) = (env!("CARGO_PKG_VERSION"), money.code.as_str());
    let (measures, worth) = (measures_json(summaries, money), ratios_json(worth, money));
    let programme = played.programme.as_ref().map(|programme| ProgrammeJson {
        measures: measures_json(&programme.comparison, money),
        ratios: ratios_json(&programme.ratios, money),
        payback_day: programme.payback_day,
        twin: measures_json(&programme.twin, money),
        stopped_twins: programme.stopped,
    });
    let fork = played.fork.as_ref().zip(played.forked.as_ref()).map(|(fork, forked)| {
        let each = |of: fn(&Future) -> Summary| -> Vec<Summary> { forked.futures.iter().map(of).collect() };
        let change = |change: Change| ChangeJson { key: change.key, before: change.before, after: change.after };
        ForkJson {
            day: fork.day,
            scenario: fork.other.name.clone(),
            scenario_sha256: fork.other.digest(),
            changes: played.scenario.changes_to(&fork.other).into_iter().map(change).collect(),
            difference: measures_json(&each(|future| future.difference), money),
            without: measures_json(&each(|future| future.old), money),
            stopped_twins: forked.stopped,
        }
    });
    serde_json::to_string_pretty(&Json {
        scenario,
        runs,
        seed,
        tellwave,
        scenario_sha256,
        currency,
        folder,
        report,
        stopped_runs,
        seconds_playing,
        memory_reckoned_bytes: memory_reckoned,
        memory_peak_bytes: memory::peak(),
        notes,
        measures,
        worth,
        programme,
        fork,
    })
}

pub(super) fn ratios_json(ratios: &[(RatioMeasure, Ratio)], money: &MoneyUnit) -> BTreeMap<&'static str, RatioJson> {
    ratios.iter().map(|(measure, ratio)| (measure.name, ratio_json(measure, *ratio, money))).collect()
}

fn ratio_json(measure: &RatioMeasure, ratio: Ratio, money: &MoneyUnit) -> RatioJson {
    let (value, interval_95) = match ratio.times(1.0 / measure.unit.scale(money)) {
        Ratio::Known { value, interval } => (Some(value), interval),
        Ratio::Indistinct | Ratio::Negative => (None, None),
    };
    let (unit, denominator) = (measure.unit.name(money), ratio.denominator());
    RatioJson { unit, value, interval_95, denominator }
}

/// Each measure for programs, by its name; money in major units.
pub(super) fn measures_json(summaries: &[Summary], money: &MoneyUnit) -> BTreeMap<&'static str, Measure> {
    let measure = |summary: &Summary| {
        let scale = if summary.measure.unit == Unit::Money { money.minor_units() } else { 1.0 };
        Measure {
            unit: summary.measure.unit.name(money),
            mean: summary.estimate.mean / scale,
            standard_error: summary.estimate.error.map(|error| error / scale),
            interval_95: summary.estimate.interval.map(|ends| ends.map(|end| end / scale)),
            median: summary.spread.median / scale,
            p05: summary.spread.low / scale,
            p95: summary.spread.high / scale,
        }
    };
    summaries.iter().map(|summary| (summary.measure.name, measure(summary))).collect()
}
