//! What the programme adds, in words: lines of the printed table, rows and sentences of the report.
//!
//! Deliberately absent: any number that `experiment::Programme` does not know.

use super::ratio_words::{self, Why};
use super::summary::{Words, words};
use crate::experiment::{MoneyUnit, Programme, RatioMeasure, Summary};
use crate::language::{Language, tell};
use crate::report::words::Locale;
use crate::report::{RatioRow, SummaryRow};
use std::cmp::Ordering;

/// The measures worth a line, each with what people call it there.
fn lines(programme: &Programme, language: Language) -> impl Iterator<Item = (String, &Summary)> {
    let twin = |name: &'static str| programme.twin.iter().find(move |summary| summary.measure.name == name);
    let incremental = programme.comparison_of("incremental_customers").map(|summary| summary.estimate);
    let by_friend = programme.comparison_of("reward_cost_by_friend").map(|summary| summary.estimate.mean);
    let compared = programme.comparison.iter().filter(move |summary| match summary.measure.name {
        // Told among the ratios: as days for each, and as what a share is of.
        "acceleration" | "reward_cost_by_friend" => false,
        // Where only words bring customers, it is the same as the line before it.
        "incremental_customers_by_word" => Some(summary.estimate) != incremental,
        "accelerated_customers" | "delayed_customers" => summary.estimate.mean != 0.0,
        // Prizes are for nobody in particular.
        "reward_cost_anyway" => by_friend != Some(0.0),
        _ => true,
    });
    let without = [
        (tell!(language, "customers-without-programme"), "customers"),
        (tell!(language, "profit-without-programme"), "profit"),
    ];
    let without = without.into_iter().filter_map(move |(label, name)| Some((label, twin(name)?)));
    without.chain(compared.map(move |summary| (summary.measure.label_in(language), summary)))
}

/// The lines of the printed table.
pub(super) fn table_lines(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<[String; 5]> {
    let measures = lines(programme, locale.language).map(|(label, summary)| {
        let Words { mean, interval, median, low, high } = words(summary, money, locale);
        [label, mean, interval, median, locale.range(&low, &high)]
    });
    let ratios = ratio_rows(programme, money, locale).into_iter();
    measures.chain(ratios.map(|row| [row.what, row.value, row.interval, String::new(), String::new()])).collect()
}

/// The rows of the report.
pub(super) fn rows(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<SummaryRow> {
    let row = |(what, summary): (String, &Summary)| SummaryRow {
        what,
        meaning: summary.measure.meaning_in(locale.language),
        ..words(summary, money, locale).row()
    };
    lines(programme, locale.language).map(row).collect()
}

/// The ratios that there is something to divide for, as they are printed.
pub(super) fn ratio_rows(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<RatioRow> {
    let is_any = |name| programme.comparison_of(name).is_some_and(|summary| summary.estimate.mean != 0.0);
    let worth = |measure: &RatioMeasure| match measure.name {
        "days_earlier" => is_any("accelerated_customers"),
        "reward_share_anyway" => is_any("reward_cost_by_friend"),
        _ => true,
    };
    let why = Why {
        indistinct: tell!(locale.language, "ratio-indistinct-from-no-effect"),
        negative: tell!(locale.language, "ratio-fewer-customers"),
    };
    let row = |ratio| ratio_words::row(ratio, &why, money, locale);
    programme.ratios.iter().filter(|(measure, _)| worth(measure)).map(row).collect()
}

/// When the programme has paid for itself.
pub(super) fn payback(programme: &Programme, last_day: u32, language: Language) -> String {
    if changes_nothing(programme) {
        return tell!(language, "break-even-none");
    }
    match programme.payback_day {
        // The mean of runs that differ so much that it may as well be below zero.
        Some(day) if programme.gain() == Some(Ordering::Equal) => tell!(language, "break-even-unsure", day = day),
        Some(0) => tell!(language, "break-even-first-day"),
        Some(day) => tell!(language, "break-even-day", day = day),
        None => tell!(language, "break-even-not", day = last_day),
    }
}

fn changes_nothing(programme: &Programme) -> bool {
    let is_nothing = |name| programme.comparison_of(name).is_some_and(|s| s.spread.low == 0.0 && s.spread.high == 0.0);
    ["incremental_customers", "incremental_profit"].into_iter().all(is_nothing)
}

/// Whether it earns more than it costs, as far as the runs know; nothing where it changes nothing, or of a single run.
fn verdict(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Option<String> {
    let gain = programme.gain().filter(|_| !changes_nothing(programme))?;
    // The mean is known much better than what one run, and so one year of somebody's, comes to.
    let Words { low, high, .. } = words(programme.comparison_of("incremental_profit")?, money, locale);
    Some(match gain {
        Ordering::Greater => tell!(locale.language, "programme-earns", low = low, high = high),
        Ordering::Less => tell!(locale.language, "programme-costs", low = low, high = high),
        Ordering::Equal => tell!(locale.language, "programme-unsure", low = low, high = high),
    })
}

/// The answer in sentences, for the head of the report and below the printed table.
pub(super) fn headline(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<String> {
    let with_interval = |name| {
        let summary = programme.comparison_of(name)?;
        let Words { mean, interval, .. } = words(summary, money, locale);
        Some(match summary.estimate.half_width {
            Some(_) => tell!(locale.language, "mean-with-interval", mean = mean, interval = interval),
            None => mean,
        })
    };
    let (Some(customers), Some(profit)) = (with_interval("incremental_customers"), with_interval("incremental_profit"))
    else {
        return vec![];
    };
    let attributed = programme.comparison_of("attributed_customers");
    let attributed = attributed.map_or(String::new(), |summary| words(summary, money, locale).mean);
    let changes = tell!(locale.language, "headline-programme", customers = customers, profit = profit);
    let attributed = tell!(locale.language, "headline-attributed", customers = attributed);
    [Some(changes), verdict(programme, money, locale), Some(attributed)].into_iter().flatten().collect()
}
