//! Where the money went, in the words of the report. The numbers are those of `ledger.csv`.

use crate::experiment::{Line, MoneyUnit, Statement};
use crate::report::MoneyRow;
use crate::report::words::Locale;

/// From this many major units on, a line is told without decimals [major units].
const ROUND: f64 = 1_000.0;

/// The rows of the income statement, and those of the rewards. All have the same digits, so that they can be added up.
pub(super) fn rows(statement: &Statement, money: &MoneyUnit, locale: &Locale) -> (Vec<MoneyRow>, Vec<MoneyRow>) {
    let scale = money.minor_units();
    let lines = statement.income.iter().chain(&statement.rewards);
    let is_round = lines.clone().any(|line| (line.mean / scale).abs() >= ROUND);
    let row = |line: &Line| {
        let words = |minor: f64| locale.amount(minor / scale, is_round);
        MoneyRow {
            what: line.label(locale.language),
            mean: words(line.mean),
            low: words(line.spread.low),
            high: words(line.spread.high),
            meaning: line.meaning(locale.language),
            is_sum: line.is_sum,
        }
    };
    (statement.income.iter().map(row).collect(), statement.rewards.iter().map(row).collect())
}
