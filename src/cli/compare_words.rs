//! A comparison of scenarios in words: the answer in a sentence, the tables, and JSON for programs.
//!
//! Deliberately absent: any number that `experiment::Compared` does not know.

use super::summary::{self, Words, aligned_rows, measures_json, words, words_of_difference};
use crate::experiment::{Compared, Contender, Contrast, Difference, MoneyUnit};
use crate::report::words::{Locale, count, percent};
use serde_json::json;
use std::collections::BTreeSet;

/// What was compared, in the forms that people and programs need.
pub(super) struct Played<'a> {
    /// What each is called, fit for a terminal.
    pub names: Vec<String>,
    /// What is to be said of them besides.
    pub notes: Vec<String>,
    /// The digest of the scenario of each.
    pub digests: Vec<String>,
    pub compared: &'a Compared,
    /// The place of the baseline.
    pub baseline: usize,
    /// How many runs of each.
    pub runs: u32,
    /// How precisely differences are known, where that was asked for.
    pub precision: Option<Precision>,
    pub seed: u64,
    pub money: &'a MoneyUnit,
    pub locale: &'a Locale,
}

/// How precisely differences are known, as a share of the mean of the baseline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Precision {
    pub asked: f64,
    /// What the widest interval comes to; nothing for a single run.
    pub reached: Option<f64>,
}

/// All of it for people.
pub(super) fn text(played: &Played<'_>) -> String {
    let Played { names, compared, runs, seed, .. } = played;
    let runs = if *runs == 1 { "one run".to_owned() } else { format!("{} runs each", count(i64::from(*runs))) };
    let mut said = vec![format!("{} on the same luck · {runs} · seed {seed}", names.join(", ")), answer(played)];
    // What makes the answer another one than it seems stands beside it.
    said.extend(stopped(played).iter().chain(&played.notes).map(|note| format!("Note: {note}")));
    said.push(ranking_table(played));
    said.extend(played.precision.map(|precision| precision_words(played, precision)));
    said.push(format!("Means of each:\n\n{}", means_table(played)));
    said.push(about(compared).to_owned());
    said.join("\n\n")
}

/// Which comes first, by how much, and how sure that is.
fn answer(played: &Played<'_>) -> String {
    let Played { names, compared, runs, .. } = played;
    let label = lowercased(compared.by.label);
    let first = compared.ranking[0];
    let mean = mean_of(played, first);
    if compared.contrasts.iter().all(|pair| pair.difference.equal == *runs) {
        return match runs {
            1 => format!("No difference in {label}: {mean} in each."),
            _ => format!("No difference in {label}: each run of each came to the same, {mean} on average."),
        };
    }
    if *runs == 1 {
        return format!(
            "{} comes to the most {label} in this run, {mean}. One run is an anecdote: play more.",
            names[first]
        );
    }
    let alike = compared.alike(first);
    if !alike.is_empty() {
        let others: Vec<&str> = alike.iter().map(|&other| names[other].as_str()).collect();
        return format!(
            "{} has the highest mean {label}, {mean}, but these runs cannot tell it from {}.",
            names[first],
            others.join(", ")
        );
    }
    let Contrast { lower, difference, .. } = compared.contrasts[0];
    let Words { mean: by, interval, .. } = words_of_difference(&difference.summary, played.money, played.locale);
    format!(
        "{} has the highest mean {label}: {mean}, {by} more than {} (95 % interval: {interval}), and more in {}.",
        names[first],
        names[lower],
        if difference.more == *runs {
            "every run".to_owned()
        } else {
            format!("{} of the runs", share(difference.more, *runs))
        }
    )
}

fn mean_of(played: &Played<'_>, which: usize) -> String {
    words(played.compared.contenders[which].total_of(played.compared.by), played.money, played.locale).mean
}

/// A share of the runs. Only all are "100 %", and only none "0 %".
fn share(some: u32, runs: u32) -> String {
    match percent((f64::from(some) / f64::from(runs) * 1_000.0).round() / 1_000.0) {
        all if some < runs && all.starts_with("100") => "over 99.9\u{a0}%".to_owned(),
        none if some > 0 && none.starts_with("0\u{a0}") => "under 0.1\u{a0}%".to_owned(),
        share => share,
    }
}

/// Who comes first, and how each differs from the baseline.
fn ranking_table(played: &Played<'_>) -> String {
    let Played { names, compared, baseline, runs, .. } = played;
    let header = [
        String::new(),
        compared.by.label.to_owned(),
        "from the baseline".to_owned(),
        "95 % interval of it".to_owned(),
        "runs with more".to_owned(),
        "unpaired runs".to_owned(),
        "cannot be told from".to_owned(),
    ];
    let lines = compared.ranking.iter().map(|&which| {
        let alike: Vec<&str> = compared.alike(which).iter().map(|&other| names[other].as_str()).collect();
        let alike = if alike.is_empty() { "–".to_owned() } else { alike.join(", ") };
        let mut line = vec![names[which].clone(), mean_of(played, which)];
        if which == *baseline {
            line.extend(["baseline", "", "", ""].map(str::to_owned));
        } else {
            let difference = compared.contenders[which].difference_of(compared.by);
            let Words { mean, interval, .. } = words_of_difference(&difference.summary, played.money, played.locale);
            let unpaired = difference.unpaired_runs.map_or_else(|| "–".to_owned(), |n| count(n.ceil() as i64));
            line.extend([mean, interval, share(difference.more, *runs), unpaired]);
        }
        line.push(alike);
        line
    });
    aligned_rows(&header, lines)
}

/// The measures that are worth a line in any of them, with the mean of each.
fn means_table(played: &Played<'_>) -> String {
    let Played { names, compared, money, locale, .. } = played;
    let each = compared.contenders.iter().flat_map(|each| summary::worth_a_line(&each.totals));
    let worth_a_line: BTreeSet<&str> = each.map(|total| total.measure.name).collect();
    let header: Vec<String> =
        [String::new()].into_iter().chain(compared.ranking.iter().map(|&which| names[which].clone())).collect();
    let totals = &compared.contenders[0].totals;
    let lines = totals.iter().enumerate().filter(|(_, total)| worth_a_line.contains(total.measure.name));
    let lines = lines.map(|(place, total)| {
        let means = compared.ranking.iter().map(|&which| &compared.contenders[which].totals[place]);
        let means = means.map(|total| words(total, money, locale).mean);
        [total.measure.label.to_owned()].into_iter().chain(means).collect::<Vec<_>>()
    });
    aligned_rows(&header, lines)
}

/// Whether the precision that was asked for is reached.
fn precision_words(played: &Played<'_>, precision: Precision) -> String {
    let of = format!("of the mean {} of {}", lowercased(played.compared.by.label), played.names[played.baseline]);
    let Precision { asked, reached } = precision;
    match reached {
        Some(reached) if reached <= asked => {
            format!("Each difference is known to within {} {of}; {} was asked.", percent(reached), percent(asked))
        }
        Some(reached) => format!(
            "Note: differences are known to within {} {of}, and not {}: the most runs were played (--most-runs).",
            percent(reached),
            percent(asked)
        ),
        None => "Note: one run does not say how precisely anything is known (--most-runs).".to_owned(),
    }
}

/// Which runs are not known to their end.
fn stopped(played: &Played<'_>) -> Option<String> {
    let stopped = played.names.iter().zip(&played.compared.contenders).filter(|(_, each)| each.stopped > 0);
    let said: Vec<String> = stopped.map(|(name, each)| format!("{} of {name}", count(each.stopped as i64))).collect();
    (!said.is_empty()).then(|| {
        format!(
            "Runs were stopped at stop_at_customers ({}): their totals are lower bounds, and so differences are not known.",
            said.join(", ")
        )
    })
}

/// How the numbers are to be read.
fn about(compared: &Compared) -> &'static str {
    match compared.contenders.len() {
        2 => {
            "Differences are taken run by run on the same luck. Unpaired runs: how many runs of each, each on luck of its own, would \
             know the difference as precisely."
        }
        _ => {
            "Differences are taken run by run on the same luck; each interval is for itself. Unpaired runs: how many runs of each, each \
             on luck of its own, would know the difference as precisely. Which can be told apart is asked of all pairs at once, by \
             paired t-tests corrected by Holm's method: if none differ, any are told apart with a chance of at most 5 %."
        }
    }
}

/// A label within a sentence: only its first word's capital goes, and not that of a name in capitals.
fn lowercased(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

/// The JSON for programs; money in major units.
pub(super) fn json(played: &Played<'_>) -> Result<String, serde_json::Error> {
    let Played { names, notes, precision, digests, compared, baseline, runs, seed, money, .. } = played;
    let contender = |which: usize| {
        let Contender { totals, differences, stopped } = &compared.contenders[which];
        let summaries: Vec<_> = differences.iter().map(|difference| difference.summary).collect();
        let mut less_baseline = serde_json::to_value(measures_json(&summaries, money))?;
        for Difference { summary, more, equal, less, unpaired_runs } in differences {
            let of = &mut less_baseline[summary.measure.name];
            of["runs_more"] = json!(more);
            of["runs_equal"] = json!(equal);
            of["runs_less"] = json!(less);
            of["unpaired_runs"] = json!(unpaired_runs);
        }
        Ok::<_, serde_json::Error>(json!({
            "name": names[which],
            "scenario_sha256": digests[which],
            "stopped_runs": stopped,
            "measures": measures_json(totals, money),
            "less_baseline": less_baseline,
        }))
    };
    let contenders = (0..names.len()).map(contender).collect::<Result<Vec<_>, _>>()?;
    let pair = |pair: &Contrast| {
        let mut said = serde_json::to_value(measures_json(&[pair.difference.summary], money))?;
        Ok::<_, serde_json::Error>(json!({
            "higher": names[pair.higher],
            "lower": names[pair.lower],
            "difference": said[compared.by.name].take(),
            "p_holm": pair.p,
            "told_apart": pair.is_told_apart(),
        }))
    };
    let pairs = compared.contrasts.iter().map(pair).collect::<Result<Vec<_>, _>>()?;
    serde_json::to_string_pretty(&json!({
        "tellwave": env!("CARGO_PKG_VERSION"),
        "runs": runs,
        "seed": seed,
        "currency": money.code,
        "by": compared.by.name,
        "baseline": names[*baseline],
        "scenarios": contenders,
        "ranking": compared.ranking.iter().map(|&which| &names[which]).collect::<Vec<_>>(),
        "pairs": pairs,
        "precision": precision.map(|precision| json!({ "asked": precision.asked, "reached": precision.reached })),
        "notes": stopped(played).iter().chain(notes).collect::<Vec<_>>(),
    }))
}
