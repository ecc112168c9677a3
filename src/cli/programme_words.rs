//! What the programme adds, in words: lines of the printed table, rows and sentences of the report.
//!
//! Deliberately absent: any number that `experiment::Programme` does not know.

use super::ratio_words::{self, Why};
use super::summary::{Words, words};
use crate::experiment::{MoneyUnit, Programme, RatioMeasure, Summary};
use crate::report::words::Locale;
use crate::report::{RatioRow, SummaryRow};

/// What stands above all of it.
pub(super) const TITLE: &str = "What the programme adds";

/// What the numbers are, in a line.
pub(super) const ABOUT: &str = "with the programme less without it, run by run, on the same luck";

const WHY: Why = Why { indistinct: "not distinguishable from no effect", negative: "fewer customers than without it" };

/// The measures worth a line, each with what people call it there.
fn lines(programme: &Programme) -> impl Iterator<Item = (&'static str, &Summary)> {
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
    let without = [("Customers without it", "customers"), ("Profit without it", "profit")];
    let without = without.into_iter().filter_map(move |(label, name)| Some((label, twin(name)?)));
    without.chain(compared.map(|summary| (summary.measure.label, summary)))
}

/// The lines of the printed table.
pub(super) fn table_lines(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<[String; 5]> {
    let measures = lines(programme).map(|(label, summary)| {
        let Words { mean, interval, median, low, high } = words(summary, money, locale);
        [label.to_owned(), mean, interval, median, format!("{low} to {high}")]
    });
    let ratios = ratio_rows(programme, money, locale).into_iter();
    measures.chain(ratios.map(|row| [row.what, row.value, row.interval, String::new(), String::new()])).collect()
}

/// The rows of the report.
pub(super) fn rows(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<SummaryRow> {
    let row = |(label, summary): (&str, &Summary)| SummaryRow {
        what: label.to_owned(),
        meaning: summary.measure.meaning.to_owned(),
        ..words(summary, money, locale).row()
    };
    lines(programme).map(row).collect()
}

/// The ratios that there is something to divide for, as they are printed.
pub(super) fn ratio_rows(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<RatioRow> {
    let is_any = |name| programme.comparison_of(name).is_some_and(|summary| summary.estimate.mean != 0.0);
    let worth = |measure: &RatioMeasure| match measure.name {
        "days_earlier" => is_any("accelerated_customers"),
        "reward_share_anyway" => is_any("reward_cost_by_friend"),
        _ => true,
    };
    let row = |ratio| ratio_words::row(ratio, &WHY, money, locale);
    programme.ratios.iter().filter(|(measure, _)| worth(measure)).map(row).collect()
}

/// When the programme has paid for itself.
pub(super) fn payback(programme: &Programme, last_day: u32) -> String {
    let is_nothing = |name| programme.comparison_of(name).is_some_and(|s| s.spread.low == 0.0 && s.spread.high == 0.0);
    if ["incremental_customers", "incremental_profit"].into_iter().all(is_nothing) {
        return "Break-even: none to be had, for the programme changes neither customers nor profit.".to_owned();
    }
    match programme.payback_day {
        Some(0) => "Break-even: from the first day on, on average.".to_owned(),
        Some(day) => format!("Break-even: day {day}; from then on it has paid for itself, on average."),
        None => format!("Break-even: not by day {last_day}."),
    }
}

/// The answer in sentences, for the head of the report.
pub(super) fn headline(programme: &Programme, money: &MoneyUnit, locale: &Locale) -> Vec<String> {
    let with_interval = |name| {
        let summary = programme.comparison_of(name)?;
        let Words { mean, interval, .. } = words(summary, money, locale);
        Some(match summary.estimate.half_width {
            Some(_) => format!("{mean} (95 % interval of the mean: {interval})"),
            None => mean,
        })
    };
    let (Some(customers), Some(profit)) = (with_interval("incremental_customers"), with_interval("incremental_profit"))
    else {
        return vec![];
    };
    let attributed = programme.comparison_of("attributed_customers");
    let attributed = attributed.map_or(String::new(), |summary| words(summary, money, locale).mean);
    vec![
        format!(
            "The programme changes the number of customers by {customers}, and the profit by {profit}, compared with the same \
             runs without it."
        ),
        format!("A count of codes credits {attributed} customers to it."),
    ]
}
