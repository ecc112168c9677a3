//! The answer of a comparison in a few sentences: which comes first, by how much, how sure that is, and where the others stand.
//!
//! The rules are those of `experiment::Compared`: what cannot be told apart is never said to be ahead.

use super::super::summary::{Words, words, words_of_difference};
use super::Comparison;
use super::words::{label, share};
use crate::experiment::{Contrast, Difference};
use crate::language::{FluentArgs, Language, tell};

/// Which comes first, by how much, and how sure that is; a few sentences. What it is held against is the baseline, and then the next.
pub(super) fn answer(it: &Comparison) -> Vec<String> {
    let (language, compared, runs) = (it.locale.language, &it.results.compared, it.results.runs);
    let label = label(it, compared.by);
    let place = compared.ranking[0];
    let (first, mean) = (it.names[place].as_str(), mean_of(it, place));
    if compared.contrasts.iter().all(|pair| pair.difference.equal == runs) {
        return vec![match runs {
            1 => tell!(language, "compare-answer-same-in-one-run", label = label, mean = mean),
            _ => tell!(language, "compare-answer-same", label = label, mean = mean),
        }];
    }
    if runs == 1 {
        return vec![tell!(language, "compare-answer-one-run", label = label, first = first, mean = mean)];
    }
    let alike = compared.alike(place);
    let other = if place == it.baseline { compared.ranking[1] } else { it.baseline };
    let mut said = if alike.contains(&other) {
        let others = names_of(it, &alike);
        vec![tell!(language, "compare-answer-unsure", label = label, first = first, mean = mean, others = others)]
    } else {
        let Distance { by, interval, is_more, ahead } = distance(it, place, other);
        let other = it.names[other].as_str();
        let sentence = match (place == it.baseline, is_more) {
            (true, true) => "compare-nothing-beats-more",
            (true, false) => "compare-nothing-beats-less",
            (false, true) => "compare-answer-more",
            (false, false) => "compare-answer-less",
        };
        let values = [
            ("label", label.as_str()),
            ("first", first),
            ("mean", mean.as_str()),
            ("by", by.as_str()),
            ("other", other),
            ("interval", interval.as_str()),
        ];
        vec![sentence_with(language, sentence, &values), ahead]
    };
    said.extend(next(it, place, other, &alike));
    said.extend(against_the_baseline(it, place));
    said
}

fn sentence_with(language: Language, id: &str, values: &[(&'static str, &str)]) -> String {
    let mut args = FluentArgs::new();
    values.iter().for_each(|&(name, value)| args.set(name, value));
    language.sentence(id, &args)
}

fn names_of(it: &Comparison, which: &[usize]) -> String {
    which.iter().map(|&which| it.names[which].as_str()).collect::<Vec<_>>().join(", ")
}

/// How far one is ahead of another that ranks below it.
struct Distance {
    /// By how much, with its share of the other's mean.
    by: String,
    interval: String,
    /// Whether it has more; else it is ahead because it has less.
    is_more: bool,
    /// In how many of the runs.
    ahead: String,
}

fn distance(it: &Comparison, first: usize, other: usize) -> Distance {
    let compared = &it.results.compared;
    let is_of_both = |pair: &&Contrast| (pair.better, pair.worse) == (first, other);
    let difference = compared.contrasts.iter().find(is_of_both).expect("a pair in the order of the ranking").difference;
    let is_more = difference.summary.estimate.mean > 0.0;
    let size = if is_more { difference.summary } else { difference.summary.negated() };
    let Words { mean, interval, .. } = words_of_difference(&size, &it.money, &it.locale);
    let by = match relative(it, &difference, other) {
        Some(share) => tell!(it.locale.language, "compare-with-share", value = mean, share = share),
        None => mean,
    };
    let some = if is_more { difference.more } else { difference.less };
    Distance { by, interval, is_more, ahead: ahead(it, other, some, difference.equal) }
}

/// In how many of the runs one is ahead of another, and in how many both are the same.
fn ahead(it: &Comparison, other: usize, some: u32, equal: u32) -> String {
    let (language, other) = (it.locale.language, it.names[other].as_str());
    match (some == it.results.runs, equal) {
        (true, _) => tell!(language, "compare-ahead-in-every-run", other = other),
        (false, 0) => tell!(language, "compare-ahead", other = other, share = share(it, some)),
        (false, equal) => {
            let (share, equal) = (share(it, some), share(it, equal));
            tell!(language, "compare-ahead-or-equal", other = other, share = share, equal = equal)
        }
    }
}

/// How far the next of the ranking is behind, where it has not been told of yet.
fn next(it: &Comparison, first: usize, told: usize, alike: &[usize]) -> Option<String> {
    let (language, compared) = (it.locale.language, &it.results.compared);
    let next = *compared.ranking.get(1).filter(|&&next| next != told && !alike.contains(&told))?;
    if alike.contains(&next) {
        return Some(tell!(language, "compare-next-unsure", others = names_of(it, alike)));
    }
    let Distance { by, interval, .. } = distance(it, first, next);
    Some(tell!(language, "compare-next", next = it.names[next].as_str(), by = by, interval = interval))
}

/// Who is ahead of the baseline besides the first, who is behind it, and who cannot be told from it.
fn against_the_baseline(it: &Comparison, first: usize) -> Vec<String> {
    let (language, compared) = (it.locale.language, &it.results.compared);
    let alike = compared.alike(it.baseline);
    let place = |which: usize| compared.ranking.iter().position(|&other| other == which);
    let others = || compared.ranking.iter().copied().filter(|&which| which != it.baseline && which != first);
    let with_difference = |which: usize| {
        let difference = compared.contenders[which].difference_of(compared.by);
        let Words { mean, .. } = words_of_difference(&difference.summary, &it.money, &it.locale);
        tell!(language, "compare-name-and-difference", name = it.names[which].as_str(), difference = mean)
    };
    let list = |which: Vec<usize>| which.into_iter().map(with_difference).collect::<Vec<_>>().join(", ");
    let known = |which: &usize| !alike.contains(which);
    let ahead: Vec<usize> = others().filter(known).filter(|&which| place(which) < place(it.baseline)).collect();
    let behind: Vec<usize> = others().filter(known).filter(|&which| place(which) > place(it.baseline)).collect();
    let unknown: Vec<usize> = others().filter(|which| alike.contains(which)).collect();
    let baseline = it.names[it.baseline].as_str();
    let mut said = vec![];
    if !ahead.is_empty() {
        said.push(tell!(language, "compare-ahead-of-baseline", baseline = baseline, others = list(ahead)));
    }
    // Where the baseline comes first, all others are behind it, and the nearest of them was told of.
    if !behind.is_empty() && (first != it.baseline || behind.len() > 1) {
        said.push(tell!(language, "compare-behind-baseline", baseline = baseline, others = list(behind)));
    }
    if !unknown.is_empty() && first != it.baseline {
        said.push(tell!(language, "compare-like-baseline", baseline = baseline, others = names_of(it, &unknown)));
    }
    said
}

/// The size of a difference as a share of the mean of what it is a difference from; nothing where that may be 0.
fn relative(it: &Comparison, difference: &Difference, from: usize) -> Option<String> {
    let estimate = it.results.compared.contenders[from].total_of(difference.summary.measure).estimate;
    let [low, high] = estimate.interval?;
    (low > 0.0 || high < 0.0).then(|| it.locale.percent((difference.summary.estimate.mean / estimate.mean).abs()))
}

fn mean_of(it: &Comparison, which: usize) -> String {
    words(it.results.compared.contenders[which].total_of(it.results.compared.by), &it.money, &it.locale).mean
}
