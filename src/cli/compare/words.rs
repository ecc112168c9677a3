//! A comparison of scenarios in words: the answer in sentences, the tables, and JSON for programs.
//!
//! Deliberately absent: any number that `experiment::Compared` does not know.

use super::super::results::told_together;
use super::super::summary::{self, Words, measures_json, words, words_of_difference};
use super::super::terminal::{aligned_rows, paragraph};
use super::entries::Beside;
use super::what_if::{self, Swing, WhatIf};
use super::{Comparison, PrecisionOf, answer};
use crate::draw::clean;
use crate::experiment::{Contender, Contrast, Difference, Summary, compared_curves};
use crate::language::tell;
use crate::projection::{Measure, Unit};
use crate::report::words::Quantity;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// How precisely differences are known, as a share of the mean of the baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Precision {
    pub asked: f64,
    /// Of what.
    pub of: PrecisionOf,
    /// What the widest interval comes to; nothing for a single run.
    pub reached: Option<f64>,
}

/// All of it for a terminal.
pub(super) fn text(it: &Comparison) -> String {
    let answer = told_together(answer::answer(it), it.locale.language);
    let what_if = told_together(what_if::in_short(it), it.locale.language);
    let mut said = vec![paragraph(&head(it)), paragraph(&answer)];
    said.extend((!what_if.is_empty()).then(|| paragraph(&what_if)));
    // What makes the answer another one than it seems stands beside it.
    let note = |note: &String| paragraph(&tell!(it.locale.language, "printed-note", note = note.as_str()));
    said.extend(notes(it).iter().map(note));
    let (header, lines) = ranking_table(it);
    said.push(aligned_rows(&header, lines.into_iter()));
    said.extend(precision(it).map(|sentence| paragraph(&sentence)));
    if let Some((header, lines)) = fit_table(it) {
        let title = tell!(it.locale.language, "compare-section-actuals");
        said.push(format!("{title}:\n\n{}", aligned_rows(&header, lines.into_iter())));
    }
    let (header, lines) = means_table(it);
    let lines = lines.into_iter().map(|(measure, means)| [vec![label(it, measure)], means].concat());
    let table = aligned_rows(&header, lines);
    said.push(format!("{}\n\n{table}", tell!(it.locale.language, "compare-means-of-each")));
    said.extend(how_to_read(it).iter().map(|sentence| paragraph(sentence)));
    said.join("\n\n")
}

/// What was compared, in a line.
fn head(it: &Comparison) -> String {
    let (names, runs) = (it.names.join(", "), runs_each(it));
    tell!(it.locale.language, "compare-head", names = names, runs = runs, seed = it.seed().to_string())
}

/// "200 runs each".
pub(super) fn runs_each(it: &Comparison) -> String {
    let text = it.locale.count(i64::from(it.results.runs));
    tell!(it.locale.language, "compare-runs-each", runs = it.results.runs, text = text)
}

/// What people call a measure.
pub(super) fn label(it: &Comparison, measure: Measure) -> String {
    measure.label_in(it.locale.language)
}

/// A share of the runs. Only all are "100 %", and only none "0 %".
pub(super) fn share(it: &Comparison, some: u32) -> String {
    let runs = it.results.runs;
    let rounded = (f64::from(some) / f64::from(runs) * 1_000.0).round() / 1_000.0;
    match rounded {
        all if some < runs && all >= 1.0 => {
            tell!(it.locale.language, "compare-share-over", share = it.locale.percent(0.999))
        }
        none if some > 0 && none <= 0.0 => {
            tell!(it.locale.language, "compare-share-under", share = it.locale.percent(0.001))
        }
        share => it.locale.percent(share),
    }
}

/// Runs in which a difference is for the better.
pub(super) fn better(difference: &Difference) -> u32 {
    if difference.summary.measure.is_better_low() { difference.less } else { difference.more }
}

/// Who comes first, and how each differs from the baseline: the header and a line for each.
pub(super) fn ranking_table(it: &Comparison) -> (Vec<String>, Vec<Vec<String>>) {
    let (language, compared, runs) = (it.locale.language, &it.results.compared, it.results.runs);
    let mut header = vec![String::new(), label(it, compared.by)];
    if runs > 1 {
        header.push(tell!(language, "compare-spread"));
    }
    header.push(tell!(language, "compare-from-baseline"));
    // Of one run nothing else is known.
    if runs > 1 {
        header.extend([
            tell!(language, "compare-interval"),
            tell!(language, "compare-better-in"),
            tell!(language, "compare-unpaired"),
            tell!(language, "compare-alike"),
        ]);
    }
    let none = || "–".to_owned();
    let lines = compared.ranking.iter().map(|&which| {
        let total = words(compared.contenders[which].total_of(compared.by), &it.money, &it.locale);
        let mut line = vec![it.names[which].clone(), total.mean];
        if runs > 1 {
            line.push(it.locale.range(&total.low, &total.high));
        }
        let difference = compared.contenders[which].difference_of(compared.by);
        let Words { mean, interval, .. } = words_of_difference(&difference.summary, &it.money, &it.locale);
        let is_baseline = which == it.baseline;
        line.push(if is_baseline { tell!(language, "compare-baseline") } else { mean });
        if runs > 1 {
            let alike: Vec<&str> = compared.alike(which).iter().map(|&other| it.names[other].as_str()).collect();
            let unpaired = difference.unpaired_runs.map_or_else(none, |n| it.locale.count(n.ceil() as i64));
            let of_difference = [interval, share(it, better(difference)), unpaired];
            line.extend(of_difference.map(|text| if is_baseline { String::new() } else { text }));
            line.push(if alike.is_empty() { none() } else { alike.join(", ") });
        }
        line
    });
    let lines = lines.collect();
    (header, lines)
}

/// The measures that are worth a line in any of them, with the mean of each: the header and the lines.
pub(super) fn means_table(it: &Comparison) -> (Vec<String>, Vec<(Measure, Vec<String>)>) {
    let compared = &it.results.compared;
    let each = compared.contenders.iter().flat_map(|each| summary::worth_a_line(&each.totals));
    let worth_a_line: BTreeSet<&str> = each.map(|total| total.measure.name).collect();
    let named = compared.ranking.iter().map(|&which| it.names[which].clone());
    let header: Vec<String> = [String::new()].into_iter().chain(named).collect();
    let totals = &compared.contenders[0].totals;
    let lines = totals.iter().enumerate().filter(|(_, total)| worth_a_line.contains(total.measure.name));
    let lines = lines.map(|(place, total)| {
        let means = compared.ranking.iter().map(|&which| &compared.contenders[which].totals[place]);
        (total.measure, means.map(|total| words(total, &it.money, &it.locale).mean).collect())
    });
    (header, lines.collect())
}

/// Whether the precision that was asked for is reached.
pub(super) fn precision(it: &Comparison) -> Option<String> {
    let Precision { asked, reached, of } = it.results.precision?;
    let (language, baseline) = (it.locale.language, it.names[it.baseline].as_str());
    let label = label(it, it.results.compared.by);
    let asked_words = it.locale.percent(asked);
    Some(match reached {
        Some(reached) => {
            let reached_words = it.locale.percent(reached);
            if of == PrecisionOf::Mean {
                return Some(match reached <= asked {
                    true => tell!(
                        language,
                        "compare-means-precise",
                        reached = reached_words,
                        asked = asked_words,
                        label = label
                    ),
                    false => tell!(
                        language,
                        "compare-means-imprecise",
                        reached = reached_words,
                        asked = asked_words,
                        label = label
                    ),
                });
            }
            if reached <= asked {
                tell!(
                    language,
                    "compare-precise",
                    reached = reached_words,
                    asked = asked_words,
                    label = label,
                    baseline = baseline
                )
            } else {
                tell!(
                    language,
                    "compare-imprecise",
                    reached = reached_words,
                    asked = asked_words,
                    label = label,
                    baseline = baseline
                )
            }
        }
        None => tell!(language, "compare-precision-unknown"),
    })
}

/// How many runs would have been needed without pairing, from the difference that gains the least by it to the one that gains the most.
pub(super) fn gain(it: &Comparison) -> Option<String> {
    let compared = &it.results.compared;
    let of_by = compared.contenders.iter().filter_map(|each| each.difference_of(compared.by).unpaired_runs);
    let mut unpaired: Vec<f64> = of_by.collect();
    unpaired.sort_by(f64::total_cmp);
    let (least, most) = (*unpaired.first()?, *unpaired.last()?);
    let runs = f64::from(it.results.runs);
    let times = |unpaired: f64| {
        let times = unpaired / runs;
        it.locale.language.number(times, if times < 9.95 { 1 } else { 0 })
    };
    let both = |word: &dyn Fn(f64) -> String| {
        let (least, most) = (word(least), word(most));
        if least == most { least } else { it.locale.range(&least, &most) }
    };
    let (of_each, times) = (both(&|unpaired| it.locale.count(unpaired.ceil() as i64)), both(&times));
    let runs = it.locale.count(i64::from(it.results.runs));
    (most / f64::from(it.results.runs) >= 1.05)
        .then(|| tell!(it.locale.language, "compare-gain", runs = runs, unpaired = of_each, times = times))
}

/// What has to be known before the answer is believed.
pub(super) fn notes(it: &Comparison) -> Vec<String> {
    let stopped = stopped(it);
    let beside = it.beside.iter().map(|beside| beside_the_programme(it, beside));
    let budget = it.equal_budget.as_deref();
    let budget = budget.map(|budget| tell!(it.locale.language, "compare-equal-budget", budget = budget));
    let others = [denied(it), credibility(it)].into_iter().flatten();
    budget.into_iter().chain(stopped).chain(others).chain(beside).collect()
}

/// Whether programmes differ in whether friends suspect who is paid: an assumption that is easily taken for a term.
fn credibility(it: &Comparison) -> Option<String> {
    let has_programme = |entry: &usize| it.entries[*entry].scenario.has_programme();
    let entries: Vec<usize> = (0..it.entries.len()).filter(has_programme).collect();
    let loss = |entry: usize| it.entries[entry].scenario.credibility_loss();
    let differ = entries.iter().any(|&entry| loss(entry) != loss(entries[0]));
    let of = |&entry: &usize| {
        let share = it.locale.percent(loss(entry));
        tell!(it.locale.language, "compare-name-and-difference", name = it.name_of_entry(entry), difference = share)
    };
    let shares = || entries.iter().map(of).collect::<Vec<_>>().join(", ");
    differ.then(|| tell!(it.locale.language, "compare-credibility", shares = shares()))
}

/// Rewards that the budget did not cover.
fn denied(it: &Comparison) -> Option<String> {
    let compared = &it.results.compared;
    let of = |(place, contender): (usize, &Contender)| {
        let denied = contender.totals.iter().find(|total| total.measure.name == "denied_by_budget")?;
        (denied.estimate.mean > 0.0).then(|| {
            let mean = words(denied, &it.money, &it.locale).mean;
            tell!(it.locale.language, "compare-name-and-difference", name = it.names[place].as_str(), difference = mean)
        })
    };
    let said: Vec<String> = compared.contenders.iter().enumerate().filter_map(of).collect();
    (!said.is_empty()).then(|| tell!(it.locale.language, "compare-denied", denied = said.join(", ")))
}

/// Which runs are not known to their end.
fn stopped(it: &Comparison) -> Option<String> {
    let stopped = it.names.iter().zip(&it.results.compared.contenders).filter(|(_, each)| each.stopped > 0);
    let said: Vec<String> =
        stopped.map(|(name, each)| format!("{name}: {}", it.locale.count(each.stopped as i64))).collect();
    (!said.is_empty()).then(|| tell!(it.locale.language, "compare-stopped", runs = said.join(", ")))
}

/// In what a scenario differs from the first besides its programme.
fn beside_the_programme(it: &Comparison, Beside { which, changes, more }: &Beside) -> String {
    let language = it.locale.language;
    let said = |value: &Option<String>| match value {
        Some(value) => clean(value),
        None => tell!(language, "compare-nothing"),
    };
    let change = |change: &crate::scenario::Change| {
        let [before, after] = [&change.before, &change.after].map(said);
        tell!(language, "compare-key-differs", key = clean(&change.key), after = after, before = before)
    };
    let mut keys: Vec<String> = changes.iter().map(change).collect();
    if *more > 0 {
        keys.push(tell!(language, "compare-more-keys-differ", more = *more, text = it.locale.count(*more as i64)));
    }
    let [name, first] = [*which, 0].map(|entry| it.name_of_entry(entry));
    tell!(language, "compare-beside-the-programme", name = name, first = first, keys = keys.join("; "))
}

/// How near each scenario comes to what the firm counted itself: the header and a line for each; nothing where nothing was counted.
pub(super) fn fit_table(it: &Comparison) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let actuals = it.actuals.as_ref()?;
    let (language, locale) = (it.locale.language, &it.locale);
    let curves = compared_curves(&it.results.outcomes, it.baseline, &it.money);
    let line = |&which: &usize| {
        let curve = |kind: &str| {
            let column = curves.column(&format!("{}_{kind}_{}", actuals.measure, which + 1));
            column.map(|column| column.values.reals()).unwrap_or_default()
        };
        let fit = actuals.fit(&curve("mean"), &curve("p05"), &curve("p95"))?;
        let relative = fit.relative.map_or_else(|| "–".to_owned(), |share| locale.percent(share));
        let distance = locale.observed(fit.root_mean_square, Quantity::Plain);
        let within = locale.percent(fit.within as f64 / fit.days as f64);
        Some(vec![it.names[which].clone(), relative, distance, within, locale.count(fit.days as i64)])
    };
    let lines = it.results.compared.ranking.iter().filter_map(line).collect();
    let header = vec![
        String::new(),
        tell!(language, "compare-fit-relative"),
        tell!(language, "compare-fit-distance"),
        tell!(language, "compare-fit-within"),
        tell!(language, "compare-fit-days"),
    ];
    Some((header, lines))
}

/// How the numbers are to be read, a paragraph each.
pub(super) fn how_to_read(it: &Comparison) -> Vec<String> {
    let language = it.locale.language;
    if it.results.runs == 1 {
        return vec![];
    }
    let pairs = (it.names.len() > 2).then(|| tell!(language, "compare-read-pairs", level = it.locale.percent(0.05)));
    [Some(tell!(language, "compare-read-differences")), Some(tell!(language, "compare-read-unpaired")), pairs]
        .into_iter()
        .flatten()
        .collect()
}

/// The JSON for programs; money in major units, text in English.
pub(super) fn json(it: &Comparison, folder: Option<&Path>) -> Result<String, serde_json::Error> {
    let (compared, money) = (&it.results.compared, &it.money);
    let contender = |which: usize| {
        let Contender { totals, differences, stopped } = &compared.contenders[which];
        let summaries: Vec<_> = differences.iter().map(|difference| difference.summary).collect();
        let mut less_baseline = serde_json::to_value(measures_json(&summaries, money))?;
        for difference in differences {
            let Difference { summary, more, equal, less, unpaired_runs } = difference;
            let of = &mut less_baseline[summary.measure.name];
            of["runs_more"] = json!(more);
            of["runs_equal"] = json!(equal);
            of["runs_less"] = json!(less);
            of["p_better"] = json!(f64::from(better(difference)) / f64::from(it.results.runs));
            of["unpaired_runs"] = json!(unpaired_runs);
        }
        let programme = it.programmes[which].as_ref().map(|programme| {
            json!({
                "measures": measures_json(&programme.comparison, money),
                "ratios": summary::ratios_json(&programme.ratios, money),
                "payback_day": programme.payback_day,
            })
        });
        Ok::<_, serde_json::Error>(json!({
            "number": which + 1,
            "name": it.names[which],
            "scenario_sha256": it.scenario_of(which).digest(),
            "without_programme": it.has_none && which == 0,
            "stopped_runs": stopped,
            "measures": measures_json(totals, money),
            "less_baseline": less_baseline,
            "programme": programme,
        }))
    };
    let contenders = (0..it.names.len()).map(contender).collect::<Result<Vec<_>, _>>()?;
    let pair = |pair: &Contrast| {
        let mut said = serde_json::to_value(measures_json(&[pair.difference.summary], money))?;
        Ok::<_, serde_json::Error>(json!({
            "better": it.names[pair.better],
            "worse": it.names[pair.worse],
            "difference": said[compared.by.name].take(),
            "p_holm": pair.p,
            "told_apart": pair.is_told_apart(),
        }))
    };
    let pairs = compared.contrasts.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    let precision =
        it.results.precision.map(|it| json!({ "asked": it.asked, "of": it.of.name(), "reached": it.reached }));
    serde_json::to_string_pretty(&json!({
        "tellwave": env!("CARGO_PKG_VERSION"),
        "runs": it.results.runs,
        "seed": it.seed(),
        "currency": money.code,
        "by": compared.by.name,
        "baseline": it.names[it.baseline],
        "scenarios": contenders,
        "ranking": compared.ranking.iter().map(|&which| &it.names[which]).collect::<Vec<_>>(),
        "pairs": pairs,
        "precision": precision,
        "what_if": it.what_if.as_ref().map(|what_if| what_if_json(it, what_if)),
        "notes": notes(it),
        "folder": folder.map(|folder| folder.display().to_string()),
    }))
}

/// What moving assumptions does, for programs.
fn what_if_json(it: &Comparison, what_if: &WhatIf) -> serde_json::Value {
    let (by, scale) = (it.results.compared.by, money_scale(it));
    let of = |summary: &Summary| {
        let estimate = summary.estimate;
        json!({ "mean": estimate.mean / scale, "interval_95": estimate.interval.map(|ends| ends.map(|end| end / scale)) })
    };
    let swing = |swing: &Swing| {
        json!({
            "key": swing.assumption.key,
            "now": swing.assumption.number,
            "range": swing.assumption.ends,
            "source": swing.assumption.source,
            "at_low": swing.ends[0].as_ref().ok().map(of),
            "at_high": swing.ends[1].as_ref().ok().map(of),
            "flips_at": swing.flip,
        })
    };
    json!({
        "first": it.names[what_if.first],
        "other": it.names[what_if.other],
        "by": by.name,
        "runs": what_if.runs,
        "difference": of(&what_if.base),
        "assumptions": what_if.swings.iter().map(swing).collect::<Vec<_>>(),
    })
}

/// By what a number of the measure that ranks is divided to be told: minor units of money.
fn money_scale(it: &Comparison) -> f64 {
    if it.results.compared.by.unit == Unit::Money { it.money.minor_units() } else { 1.0 }
}
