//! What a fork changes, in words: the printed tables, rows and sentences of the report.
//!
//! Deliberately absent: any number that `experiment::Forked` does not know.

use super::summary::{self, Words, words};
use super::terminal;
use crate::draw::clean;
use crate::experiment::{Forked, Future, MoneyUnit};
use crate::language::{FluentArgs, Language, tell};
use crate::report::words::Locale;
use crate::report::{ChangeRow, FutureRow};
use crate::scenario::Change;

/// What stands above the printed table, and what its numbers are.
pub(super) fn heading(day: u32, runs: usize, language: Language) -> String {
    match runs {
        1 => tell!(language, "fork-heading-of-one-run", day = day),
        _ => tell!(language, "fork-heading", day = day),
    }
}

/// What the numbers are, in a sentence.
pub(super) fn about(day: u32, runs: usize, language: Language) -> String {
    match runs {
        1 => tell!(language, "fork-about-one-run", day = day),
        _ => tell!(language, "fork-about", day = day),
    }
}

/// The measures worth a line in either future.
fn lines(forked: &Forked) -> impl Iterator<Item = &Future> {
    let names = |of: fn(&Future) -> crate::experiment::Summary| -> Vec<&'static str> {
        let summaries: Vec<_> = forked.futures.iter().map(of).collect();
        summary::worth_a_line(&summaries).map(|summary| summary.measure.name).collect()
    };
    let (old, new) = (names(|future| future.old), names(|future| future.new));
    forked.futures.iter().filter(move |future| {
        let name = future.new.measure.name;
        old.contains(&name) || new.contains(&name)
    })
}

/// A difference in words: its mean and the interval of it, both of which can be below zero.
fn difference(future: &Future, money: &MoneyUnit, locale: &Locale) -> (String, String) {
    let Words { mean, interval, .. } = summary::words_of_difference(&future.difference, money, locale);
    (mean, interval)
}

/// The table for people.
pub(super) fn table(forked: &Forked, money: &MoneyUnit, locale: &Locale) -> String {
    let lines = lines(forked).map(|future| {
        let (difference, interval) = difference(future, money, locale);
        let [old, new] = [&future.old, &future.new].map(|summary| words(summary, money, locale).mean);
        [future.new.measure.label_in(locale.language), old, new, difference, interval]
    });
    let language = locale.language;
    let header = [
        String::new(),
        tell!(language, "printed-old-terms"),
        tell!(language, "printed-new-terms"),
        tell!(language, "printed-difference"),
        tell!(language, "printed-interval-of-it"),
    ];
    terminal::aligned_rows(&header, lines)
}

/// The rows of the report.
pub(super) fn rows(forked: &Forked, money: &MoneyUnit, locale: &Locale) -> Vec<FutureRow> {
    let row = |future: &Future| {
        let (difference, interval) = difference(future, money, locale);
        let [old, new] = [&future.old, &future.new].map(|summary| words(summary, money, locale).mean);
        let measure = &future.new.measure;
        FutureRow {
            what: measure.label_in(locale.language),
            meaning: measure.meaning_in(locale.language),
            old,
            new,
            difference,
            interval,
        }
    };
    lines(forked).map(row).collect()
}

/// The terms that change, for the report.
pub(super) fn change_rows(changes: &[Change]) -> Vec<ChangeRow> {
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    let row = |change: &Change| ChangeRow {
        key: change.key.clone(),
        before: said(&change.before),
        after: said(&change.after),
    };
    changes.iter().map(row).collect()
}

/// The terms that change, for people.
pub(super) fn changes_table(changes: &[Change], day: u32, language: Language) -> String {
    if changes.is_empty() {
        return tell!(language, "fork-no-changes", day = day);
    }
    let rows = change_rows(changes).into_iter().map(|row| [row.key, row.before, row.after].map(|text| clean(&text)));
    let header = [
        String::new(),
        tell!(language, "printed-up-to-day", day = day),
        tell!(language, "printed-after-day", day = day),
    ];
    terminal::aligned_rows(&header, rows)
}

/// The answer in sentences, for the head of the report.
pub(super) fn headline(forked: &Forked, day: u32, runs: usize, money: &MoneyUnit, locale: &Locale) -> Vec<String> {
    let language = locale.language;
    let said = |name: &str, [more, less]: [&str; 2]| {
        let future = forked.future_of(name)?;
        let [old, new] = [&future.old, &future.new].map(|summary| words(summary, money, locale).mean);
        let estimate = future.difference.estimate;
        let [low, high] = estimate.interval.unwrap_or([estimate.mean; 2]);
        if [low, high] == [0.0, 0.0] {
            return Some(tell!(language, "fork-same", new = new));
        }
        if low <= 0.0 && high >= 0.0 {
            let (mean, interval) = difference(future, money, locale);
            return Some(tell!(language, "fork-indistinct", new = new, old = old, mean = mean, interval = interval));
        }
        // Of what is less, it is said by how much, and the interval is of that.
        let (sentence, size) =
            if estimate.mean > 0.0 { (more, future.difference) } else { (less, future.difference.negated()) };
        let Words { mean, interval, .. } = summary::words_of_difference(&size, money, locale);
        let known = if estimate.half_width.is_some() { "yes" } else { "no" };
        let mut values = FluentArgs::new();
        for (name, value) in [("new", new), ("old", old), ("mean", mean), ("interval", interval)] {
            values.set(name, value);
        }
        values.set("known", known);
        Some(language.sentence(sentence, &values))
    };
    let customers = said("customers", ["fork-more-customers", "fork-fewer-customers"]).map(|said| match runs {
        1 => tell!(language, "headline-fork-customers-of-one-run", said = said),
        _ => tell!(language, "headline-fork-customers", said = said),
    });
    let profit = said("profit", ["fork-higher-profit", "fork-lower-profit"])
        .map(|said| tell!(language, "headline-fork-profit", said = said));
    [Some(tell!(language, "headline-fork", day = day)), customers, profit].into_iter().flatten().collect()
}

/// What has to be said of a change of the programme, before somebody takes it for an oversight.
pub(super) fn notes(changes: &[Change], day: u32, language: Language) -> Vec<String> {
    let is_of_programme = |change: &Change| change.key.starts_with("policy.");
    let promises = changes.iter().any(is_of_programme).then(|| tell!(language, "note-fork-promises", day = day));
    let budget = changes
        .iter()
        .any(|change| change.key == "policy.budget" && change.after.is_some())
        .then(|| tell!(language, "note-fork-budget", day = day));
    promises.into_iter().chain(budget).collect()
}
