//! What would change our mind: the two contenders that matter, with each assumption moved over its range, on the same luck.
//!
//! One assumption is moved at a time, in both scenarios alike; so the answer is about each alone, and not about several that are
//! wrong together.

use super::super::summary::{Words, words_of_difference};
use super::contest::{played, world_of};
use super::refusal::Refusal;
use super::watch::Watch;
use super::{Comparison, words};
use crate::experiment::{Compared, Experiment, Outcome, Summary};
use crate::language::{FluentArgs, Language, tell};
use crate::report::document::{Block, Cell, Row, Table};
use crate::scenario::presets;
use crate::scenario::record::Setting;
use crate::scenario::{Assumption, Scenario, ScenarioError};

/// The most runs of each at each end; more would tell the ends apart more finely than the ranges are known.
const RUNS: u32 = 1_000;

/// How many sentences the answer in short has; the section has all of them.
const TOLD: usize = 3;

/// How often the stretch on which the ranking flips is halved.
const HALVINGS: u32 = 7;

/// The two that were held against each other, and what came of it.
pub struct WhatIf {
    /// The place of the one that comes first.
    pub first: usize,
    /// The place of the other: the baseline, or the next in the ranking.
    pub other: usize,
    /// How many runs of each.
    pub runs: u32,
    /// The first less the other as things are, over these runs.
    pub base: Summary,
    /// Each assumption, the one that moves the difference most first.
    pub swings: Vec<Swing>,
}

/// The difference at an end of a range; what is allowed instead where a scenario refuses that number.
pub type End = Result<Summary, String>;

/// What an assumption does.
pub struct Swing {
    /// Which it is, and its range.
    pub assumption: Assumption,
    /// The difference at the lower and at the upper end; what is allowed instead where a scenario refuses that number.
    pub ends: [End; 2],
    /// The number at which the first falls behind the other, if it does so anywhere from here to an end.
    pub flip: Option<f64>,
}

impl Swing {
    /// How far the difference moves.
    fn size(&self, base: f64) -> f64 {
        let means = self.ends.iter().flatten().map(|summary| summary.estimate.mean).chain([base]);
        let (low, high) =
            means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), mean| (low.min(mean), high.max(mean)));
        high - low
    }
}

/// Moves each assumption of the two; nothing where none has a range, or all runs are the same in both.
pub(super) fn of(it: &Comparison, watch: &dyn Watch) -> Result<Option<WhatIf>, Refusal> {
    let ranking = &it.results.compared.ranking;
    let first = ranking[0];
    let other = if first == it.baseline { ranking[1] } else { it.baseline };
    let runs = it.results.runs.min(RUNS);
    let assumptions = assumptions(it, [first, other]);
    if runs < 2 || assumptions.is_empty() {
        return Ok(None);
    }
    let grown = it.scenario_of(first).clone().into_experiment();
    let duel = Duel { it, pair: [first, other], runs, grown, watch };
    let base = duel.as_it_is();
    watch.begin(assumptions.len() as u64, "assumption");
    let mut swings: Vec<Swing> = assumptions
        .into_iter()
        .map(|assumption| {
            let swing = duel.swing(assumption, base.estimate.mean)?;
            watch.one();
            Ok(swing)
        })
        .collect::<Result<_, Refusal>>()?;
    watch.end();
    swings.sort_by(|one, other| other.size(base.estimate.mean).total_cmp(&one.size(base.estimate.mean)));
    Ok(Some(WhatIf { first, other, runs, base, swings }))
}

/// The assumptions of either scenario, each once, those of the first before those that only the other has. Where the two have different
/// numbers, that is what is compared, and there is no number that both could be moved from.
fn assumptions(it: &Comparison, pair: [usize; 2]) -> Vec<Assumption> {
    let [first, other] = pair.map(|which| it.scenario_of(which).assumptions());
    let in_other = |key: &str| other.iter().find(|it| it.key == key);
    let is_same = |own: &&Assumption| in_other(&own.key).is_none_or(|theirs| theirs.number == own.number);
    let shared = first.iter().filter(is_same).cloned();
    let alone = other.iter().filter(|theirs| first.iter().all(|own| own.key != theirs.key)).cloned();
    shared.chain(alone).collect()
}

/// Two contenders in the market that was grown for them.
struct Duel<'a> {
    it: &'a Comparison,
    pair: [usize; 2],
    runs: u32,
    grown: Experiment,
    watch: &'a dyn Watch,
}

impl Duel<'_> {
    /// The difference as things are, over the first runs that were played already.
    fn as_it_is(&self) -> Summary {
        let outcomes = self.pair.map(|which| {
            let rows = &self.it.results.outcomes[which].rows[..self.runs as usize];
            Outcome { first: 0, rows: rows.to_vec(), twin: None }
        });
        self.difference(&outcomes)
    }

    fn difference(&self, outcomes: &[Outcome]) -> Summary {
        let compared = Compared::of(outcomes, 1, self.it.results.compared.by.name);
        compared.contenders[0].difference_of(compared.by).summary
    }

    fn swing(&self, assumption: Assumption, base: f64) -> Result<Swing, Refusal> {
        let at = |number: f64| self.at(&assumption.key, number);
        let [low, high] = assumption.ends.map(at);
        let ends = [low?, high?];
        let flips = |end: &End| end.as_ref().is_ok_and(|it| it.estimate.mean * base < 0.0);
        let mut flip = None;
        if let Some((_, end)) = ends.iter().zip(assumption.ends).find(|(end, _)| flips(end)) {
            let (mut same, mut other) = (assumption.number, end);
            for _ in 0..HALVINGS {
                let middle = (same + other) / 2.0;
                if flips(&at(middle)?) { other = middle } else { same = middle }
            }
            flip = Some((same + other) / 2.0);
        }
        Ok(Swing { assumption, ends, flip })
    }

    /// The difference with another number for a key; what is allowed instead where either scenario refuses it.
    fn at(&self, key: &str, number: f64) -> Result<End, Refusal> {
        let mut outcomes = vec![];
        for which in self.pair {
            match self.it.scenario_of(which).with_number(key, number) {
                Ok(scenario) => outcomes.push(self.play(scenario, which)?),
                Err(why) => return Ok(Err(allowed_instead(&why))),
            }
        }
        Ok(Ok(self.difference(&outcomes)))
    }

    fn play(&self, scenario: Scenario, which: usize) -> Result<Outcome, Refusal> {
        let experiment = scenario.into_experiment_in(&self.grown);
        let left_out = self.it.has_none && which == 0;
        let world = world_of(experiment.world.clone(), left_out);
        played(&Experiment { world, twin: false, runs: self.runs, ..experiment }, || (), self.watch)
    }
}

/// What a scenario allows where it refused a number.
fn allowed_instead(why: &ScenarioError) -> String {
    match why {
        ScenarioError::Mistakes(mistakes) => {
            mistakes.list().first().map_or(String::new(), |first| first.allowed.clone())
        }
        other => other.to_string(),
    }
}

/// A number of an assumption as its scenario writes it: with its unit, where it has one.
pub(super) fn number(it: &Comparison, what_if: &WhatIf, assumption: &Assumption, number: f64) -> String {
    let value = [what_if.first, what_if.other].map(|which| it.scenario_of(which).value_with(&assumption.key, number));
    if value.iter().flatten().any(|value| value.contains('%')) {
        return it.locale.percent(number / 100.0);
    }
    let is_whole = |number: f64| (number - number.round()).abs() < 1e-9;
    let decimals = (0..4).find(|&decimals| is_whole(number * 10f64.powi(decimals))).unwrap_or(4);
    it.locale.language.number(number, if decimals == 4 { 2 } else { decimals as usize })
}

/// What people call the assumptions that have ranges: the key, and under what it stands in the catalogues.
const NAMED: [(&str, &str); 14] = [
    ("conversion.persuasion", "key-persuasion"),
    ("conversion.invitation", "key-invitation"),
    ("telling.positive", "key-positive"),
    ("telling.negative", "key-negative"),
    ("participation.unasked", "key-unasked"),
    ("participation.willing", "key-willing"),
    ("posts.trust", "key-posts-trust"),
    ("funnel.purchase", "key-funnel-purchase"),
    ("commerce.discount_rate", "key-discount-rate"),
    ("commerce.referred.churn_factor", "key-referred-churn"),
    ("commerce.loyalty.churn_factor", "key-loyalty-churn"),
    ("channels.face_to_face.trust", "key-face-to-face-trust"),
    ("policy.lift", "key-lift"),
    ("policy.credibility_loss", "key-credibility-loss"),
];

/// What people call an assumption; its key where it has no other name.
pub(super) fn key_in_words(it: &Comparison, key: &str) -> String {
    let named = NAMED.iter().find(|(known, _)| *known == key);
    named.map_or_else(|| key.to_owned(), |(_, id)| it.locale.language.sentence(id, &FluentArgs::new()))
}

/// Whether the runs tell the two apart as things are.
pub(super) fn is_decided(what_if: &WhatIf) -> bool {
    what_if.base.estimate.interval.is_some_and(|[low, high]| low > 0.0 || high < 0.0)
}

/// The answer in sentences: where the ranking flips, or that it does not.
pub(super) fn answer(it: &Comparison, what_if: &WhatIf) -> Vec<String> {
    let language = it.locale.language;
    let [first, other] = [what_if.first, what_if.other].map(|which| it.names[which].as_str());
    if what_if.base.estimate.mean == 0.0 {
        return vec![];
    }
    if !is_decided(what_if) {
        return vec![tell!(language, "what-if-undecided", first = first, other = other)];
    }
    let flips = what_if.swings.iter().filter_map(|swing| Some((&swing.assumption, swing.flip?)));
    let said: Vec<String> = flips
        .map(|(assumption, flip)| {
            let say = |value| number(it, what_if, assumption, value);
            let (key, at, now) = (key_in_words(it, &assumption.key), say(about(flip)), say(assumption.number));
            if flip < assumption.number {
                tell!(language, "what-if-flip-below", first = first, other = other, key = key, at = at, now = now)
            } else {
                tell!(language, "what-if-flip-above", first = first, other = other, key = key, at = at, now = now)
            }
        })
        .collect();
    let said = if said.is_empty() { vec![tell!(language, "what-if-never", other = other)] } else { said };
    said.into_iter().chain(shrinks(it, what_if)).collect()
}

/// The assumption that leaves least of the difference at an end of its range, without putting the other ahead, where it takes more than half.
fn shrinks(it: &Comparison, what_if: &WhatIf) -> Option<String> {
    let base = what_if.base.estimate.mean;
    let left = |summary: &Summary| summary.estimate.mean / base;
    let unflipped = what_if.swings.iter().filter(|swing| swing.flip.is_none());
    let ends =
        unflipped.flat_map(|swing| swing.ends.iter().zip(swing.assumption.ends).map(move |(end, at)| (swing, end, at)));
    let (swing, summary, at) = ends
        .filter_map(|(swing, end, at)| Some((swing, end.as_ref().ok()?, at)))
        .filter(|(_, summary, _)| (0.0..0.5).contains(&left(summary)))
        .min_by(|(_, one, _), (_, other, _)| left(one).total_cmp(&left(other)))?;
    let Words { mean, interval, .. } = words_of_difference(summary, &it.money, &it.locale);
    let say = |value| number(it, what_if, &swing.assumption, value);
    let (key, at, now) = (key_in_words(it, &swing.assumption.key), say(at), say(swing.assumption.number));
    Some(tell!(it.locale.language, "what-if-shrinks", key = key, at = at, now = now, left = mean, interval = interval))
}

/// The answer in short, for the head of the report and the terminal; nothing where the two cannot be told apart, which is said already.
pub(super) fn in_short(it: &Comparison) -> Vec<String> {
    let Some(what_if) = it.what_if.as_ref().filter(|what_if| is_decided(what_if)) else { return vec![] };
    let said = answer(it, what_if);
    let more = (said.len() > TOLD).then(|| tell!(it.locale.language, "what-if-more"));
    said.into_iter().take(TOLD).chain(more).chain(next(it, what_if)).collect()
}

/// Who ranks between the two, and so may come first before the other does.
pub(super) fn next(it: &Comparison, what_if: &WhatIf) -> Option<String> {
    let next = it.results.compared.ranking[1];
    let [first, name] = [what_if.first, next].map(|which| it.names[which].as_str());
    let is_between = next != what_if.other && is_decided(what_if);
    is_between.then(|| tell!(it.locale.language, "what-if-next", first = first, next = name))
}

/// A number as precisely as halving and luck let it be known: to two digits.
fn about(number: f64) -> f64 {
    if number == 0.0 {
        return number;
    }
    let unit = 10f64.powi(1 - number.abs().log10().floor() as i32);
    (number * unit).round() / unit
}

/// What stands under the heading, after the chart.
pub(super) fn blocks(it: &Comparison, what_if: &WhatIf) -> Vec<Block> {
    let language = it.locale.language;
    let [first, other] = [what_if.first, what_if.other].map(|which| it.names[which].as_str());
    let label = words::label(it, it.results.compared.by);
    let cell = |summary: &Summary| {
        let Words { mean, interval, .. } = words_of_difference(summary, &it.money, &it.locale);
        Cell { text: mean, note: Some(interval) }
    };
    let base = cell(&what_if.base).text;
    let runs = it.locale.count(i64::from(what_if.runs));
    let held = tell!(language, "what-if-about", first = first, other = other, label = label, runs = runs, base = base);
    let header = vec![
        tell!(language, "what-if-assumption"),
        tell!(language, "what-if-now"),
        tell!(language, "what-if-range"),
        tell!(language, "what-if-low"),
        tell!(language, "what-if-high"),
        tell!(language, "what-if-flip", first = first),
    ];
    let row = |swing: &Swing| {
        let Swing { assumption, ends, flip } = swing;
        let say = |value| number(it, what_if, assumption, value);
        let [low, high] = assumption.ends.map(say);
        // What is allowed is said in English alone.
        let why = |allowed: &str| match language {
            Language::English => format!("{}: {allowed}", tell!(language, "what-if-refused")),
            _ => tell!(language, "what-if-refused"),
        };
        let refused = |allowed: &String| Cell { text: "–".to_owned(), note: Some(why(allowed)) };
        let at_end = |end: &End| end.as_ref().map_or_else(refused, cell);
        let mut notes = vec![assumption.source.to_owned()];
        notes.extend(assumption.mark.warning_in(language));
        let cells = vec![
            say(assumption.number).into(),
            it.locale.range(&low, &high).into(),
            at_end(&ends[0]),
            at_end(&ends[1]),
            flip.map_or_else(|| "–".to_owned(), |flip| say(about(flip))).into(),
        ];
        let words = key_in_words(it, &assumption.key);
        // A key that the scenario has, not the name of several that are moved together.
        let is_key = it.scenario_of(what_if.first).settings.iter().any(|setting| setting.key == assumption.key);
        if is_key && words != assumption.key {
            notes.insert(0, assumption.key.clone());
        }
        Row { head: words, notes, cells }
    };
    let rows = what_if.swings.iter().map(row).collect();
    let table = Table { caption: None, header, rows, is_of_numbers: true };
    let said = answer(it, what_if).into_iter().chain(next(it, what_if)).chain([held]).chain(not_varied(it, what_if));
    said.map(Block::Text).chain([Block::Table(table)]).collect()
}

/// How many assumptions have no range, and so were not moved.
fn not_varied(it: &Comparison, what_if: &WhatIf) -> Option<String> {
    let scenario = it.scenario_of(what_if.first);
    let is_assumed = |setting: &&Setting| {
        let mark = presets::best_mark(&presets::citations(setting));
        mark.is_some_and(|mark| mark.warning().is_some())
    };
    let is_moved = |key: &str| {
        let moved = |swing: &Swing| {
            let own = &swing.assumption.key;
            key == own
                || own.strip_prefix("policy.").is_some_and(|end| key.starts_with("policy.") && key.ends_with(end))
        };
        what_if.swings.iter().any(moved)
    };
    let left = scenario.settings.iter().filter(is_assumed).filter(|setting| !is_moved(&setting.key)).count();
    let (count, first) = (it.locale.count(left as i64), it.name_of_entry(it.entry_of(what_if.first)));
    (left > 0).then(|| tell!(it.locale.language, "what-if-not-varied", count = count, first = first))
}
