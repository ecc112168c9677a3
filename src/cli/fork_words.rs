//! What a fork changes, in words: the printed tables, rows and sentences of the report.
//!
//! Deliberately absent: any number that `experiment::Forked` does not know.

use super::summary::{self, Words, words};
use crate::draw::clean;
use crate::experiment::{Forked, Future, MoneyUnit};
use crate::report::words::Locale;
use crate::report::{ChangeRow, FutureRow};
use crate::scenario::Change;

/// What stands above all of it.
pub(super) const TITLE: &str = "What the new terms change";

/// What the numbers are, in a line.
pub(super) fn about(day: u32, runs: usize) -> String {
    let (whose, each) = match runs {
        1 => ("the same run", "what one run tells is an anecdote: fork all runs to see what to expect"),
        _ => (
            "the same runs",
            "means over the runs, each rounded by how well it is known, and the difference run by run",
        ),
    };
    format!(
        "{whose} with the same past up to the close of day {day}, then on the same luck under the old terms and under the new \
         ones; {each}"
    )
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
        [future.new.measure.label.to_owned(), old, new, difference, interval]
    });
    summary::aligned(["", "old terms", "new terms", "difference", "95 % interval of it"], lines)
}

/// The rows of the report.
pub(super) fn rows(forked: &Forked, money: &MoneyUnit, locale: &Locale) -> Vec<FutureRow> {
    let row = |future: &Future| {
        let (difference, interval) = difference(future, money, locale);
        let [old, new] = [&future.old, &future.new].map(|summary| words(summary, money, locale).mean);
        let measure = &future.new.measure;
        FutureRow {
            what: measure.label.to_owned(),
            meaning: measure.meaning.to_owned(),
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
pub(super) fn changes_table(changes: &[Change], day: u32) -> String {
    if changes.is_empty() {
        return format!("No term changes after day {day}: both futures are the same.");
    }
    let rows = change_rows(changes).into_iter().map(|row| [row.key, row.before, row.after].map(|text| clean(&text)));
    let header = ["".to_owned(), format!("up to day {day}"), format!("after day {day}")];
    summary::aligned(header.each_ref().map(String::as_str), rows)
}

/// The answer in sentences, for the head of the report.
pub(super) fn headline(forked: &Forked, day: u32, runs: usize, money: &MoneyUnit, locale: &Locale) -> Vec<String> {
    let said = |name: &str, more: &str, less: &str| {
        let future = forked.future_of(name)?;
        let [old, new] = [&future.old, &future.new].map(|summary| words(summary, money, locale).mean);
        let estimate = future.difference.estimate;
        let [low, high] = estimate.interval.unwrap_or([estimate.mean; 2]);
        if [low, high] == [0.0, 0.0] {
            return Some(format!("{new}, as under the old terms."));
        }
        if low <= 0.0 && high >= 0.0 {
            let (mean, interval) = difference(future, money, locale);
            return Some(format!(
                "{new} instead of {old}: a difference of {mean} that cannot be told from none (95 % interval: {interval})."
            ));
        }
        // Of what is less, it is said by how much, and the interval is of that.
        let (direction, size) =
            if estimate.mean > 0.0 { (more, future.difference) } else { (less, future.difference.negated()) };
        let Words { mean, interval, .. } = summary::words_of_difference(&size, money, locale);
        let known = if estimate.half_width.is_some() { format!(" (95 % interval: {interval})") } else { String::new() };
        Some(format!("{new} instead of {old}: {direction} by {mean}{known}."))
    };
    let whose = if runs == 1 { "in this run" } else { "on average" };
    let customers = said("customers", "more", "fewer").map(|said| format!("Customers {whose}: {said}"));
    let profit = said("profit", "higher", "lower").map(|said| format!("Profit: {said}"));
    [Some(format!("After day {day} other terms hold.")), customers, profit].into_iter().flatten().collect()
}

/// What has to be said of a change of the programme, before somebody takes it for an oversight.
pub(super) fn notes(changes: &[Change], day: u32) -> Vec<String> {
    let is_of_programme = |change: &Change| change.key.starts_with("policy.");
    let promises = changes.iter().any(is_of_programme).then(|| {
        format!(
            "Who signed up by day {day} and buys after it is rewarded by the new terms, and so is who told her: what they had \
             been promised does not count. Rewards earned by then keep their terms."
        )
    });
    let budget = changes.iter().any(|change| change.key == "policy.budget" && change.after.is_some()).then(|| {
        format!(
            "The budget is one for the whole run: what was spent up to day {day} counts, and where that is all of it or more, \
             the new programme ends with the first reward that it would pay."
        )
    });
    promises.into_iter().chain(budget).collect()
}
