//! The ledgers of all runs as accounts are read: an income statement, what became of the rewards, and a trial balance.
//!
//! A line is added up run by run in whole minor units first; its mean and its spread come afterwards. So each run's lines
//! add up exactly, and so do the means; quantiles do not.

use super::{Estimate, MoneyUnit, Outcome, Spread};
use crate::language::Language;
use crate::projection::Account;
use crate::table::{Column, Table, Values};

/// One line of a statement over the runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    called: Called,
    /// Its mean \[minor units\].
    pub mean: f64,
    /// Its spread over the runs \[minor units\].
    pub spread: Spread,
    /// Whether it is the sum of the lines above.
    pub is_sum: bool,
}

/// What a line is called: under what the catalogues of languages have it, its label, and what it is in a sentence.
type Called = (&'static str, &'static str, &'static str);

const PROFIT: Called = ("line-profit", "Profit", "all lines above together");
const GRANTED: Called = (
    "line-rewards_granted",
    "Rewards granted or held back",
    "what they cost if all are redeemed, discounts among them, less those taken back",
);
const REDEEMED: Called = ("line-redeemed", "Redeemed", "what was paid for them");
const EXPIRED: Called = ("line-expired", "Expired", "what will never be paid");
const OWED: Called = ("line-owed", "Owed at the end", "what is neither redeemed nor expired when the run ends");
const HELD: Called = ("line-held_back", "of it held back", Account::RewardsHeld.meaning());

/// Where the money went; lines that were zero in every run are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// From revenue to profit; what lowers the profit is below zero.
    pub income: Vec<Line>,
    /// From the rewards granted to those still owed; empty where none was granted.
    pub rewards: Vec<Line>,
}

impl Statement {
    /// The statement over these runs.
    pub fn of(outcome: &Outcome) -> Statement {
        let mut profit = vec![0; outcome.rows.len()];
        let mut income = vec![];
        for &account in Account::ALL.iter().filter(|account| account.account_type().is_of_profit()) {
            let sign = if account.account_type().grows_by_debit() { -1 } else { 1 };
            let values: Vec<i64> = closing(outcome, account).iter().map(|balance| sign * balance).collect();
            profit.iter_mut().zip(&values).for_each(|(profit, value)| *profit += value);
            income.push(((account.words(), account.label(), account.meaning()), values));
        }
        Statement { income: block(income, (PROFIT, profit)), rewards: rewards(outcome) }
    }
}

/// What became of the rewards granted.
fn rewards(outcome: &Outcome) -> Vec<Line> {
    let [spent, discounts, expired, held, owed] =
        [Account::RewardExpense, Account::Discounts, Account::Breakage, Account::RewardsHeld, Account::RewardLiability]
            .map(|account| closing(outcome, account));
    let granted: Vec<i64> = spent.iter().zip(&discounts).map(|(spent, discounts)| spent + discounts).collect();
    let owed: Vec<i64> = owed.iter().zip(&held).map(|(owed, held)| owed + held).collect();
    let redeemed = (0..granted.len()).map(|run| owed[run] + expired[run] - granted[run]).collect();
    let expired = expired.iter().map(|expired| -expired).collect();
    let mut lines = block(vec![(GRANTED, granted), (REDEEMED, redeemed), (EXPIRED, expired)], (OWED, owed));
    if held.iter().any(|&held| held != 0) {
        lines.push(Line::of((HELD, held), false));
    }
    lines
}

/// A line before it is summed up over the runs: what it is called, values run by run.
type ByRun = (Called, Vec<i64>);

/// The lines that came to something and their sum; nothing where none did.
fn block(lines: Vec<ByRun>, sum: ByRun) -> Vec<Line> {
    let came_to_something = |line: &ByRun| line.1.iter().any(|&value| value != 0);
    let mut lines: Vec<Line> = lines.into_iter().filter(came_to_something).map(|line| Line::of(line, false)).collect();
    if !lines.is_empty() {
        lines.push(Line::of(sum, true));
    }
    lines
}

/// The closing balance of an account in every run \[minor units\].
fn closing(outcome: &Outcome, account: Account) -> Vec<i64> {
    outcome.totals(account.name()).expect("each account is a measure")
}

impl Line {
    /// What people call it.
    pub fn label(&self, language: Language) -> String {
        let (words, label, _) = self.called;
        language.named(words, None, label)
    }

    /// What it is, in a sentence.
    pub fn meaning(&self, language: Language) -> String {
        let (words, _, meaning) = self.called;
        language.named(words, Some("meaning"), meaning)
    }

    /// Under what the catalogues have the words of lines that are no accounts.
    #[cfg(test)]
    pub(crate) fn words() -> [&'static str; 6] {
        [PROFIT, GRANTED, REDEEMED, EXPIRED, OWED, HELD].map(|called| called.0)
    }

    fn of((called, mut values): ByRun, is_sum: bool) -> Line {
        let mean = Estimate::of(&values).mean;
        Line { called, mean, spread: Spread::of(&mut values), is_sum }
    }
}

/// One row an account, with its closing balance over the runs; the last row is all debits less all credits: zero.
pub fn ledger_table(outcome: &Outcome, money: &MoneyUnit) -> Table {
    let scale = money.minor_units();
    let mut trial = vec![0; outcome.rows.len()];
    let (mut names, mut types, mut sides, mut numbers) = (vec![], vec![], vec![], vec![]);
    let mut row = |name: &str, type_name: &str, side: &str, mut values: Vec<i64>| {
        names.push(name.to_owned());
        types.push(type_name.to_owned());
        sides.push(side.to_owned());
        let mean = Estimate::of(&values).mean;
        let Spread { low, high, .. } = Spread::of(&mut values);
        numbers.push([mean, low, high].map(|number| number / scale));
    };
    for &account in Account::ALL {
        let (account_type, values) = (account.account_type(), closing(outcome, account));
        let (side, sign) = if account_type.grows_by_debit() { ("debit", 1) } else { ("credit", -1) };
        trial.iter_mut().zip(&values).for_each(|(trial, value)| *trial += sign * value);
        row(account.name(), account_type.name(), side, values);
    }
    row("trial_balance", "check", "debit", trial);
    let rows = names.len();
    let name = |name: &str, meaning: &str, values| Column {
        name: name.into(),
        unit: String::new(),
        meaning: meaning.into(),
        values: Values::Name(values),
    };
    let number = |name: &str, meaning: &str, place: usize| Column {
        name: name.into(),
        unit: money.code.clone(),
        meaning: meaning.into(),
        values: Values::Real(numbers.iter().map(|row| row[place]).collect()),
    };
    let columns = vec![
        name("account", "name of the account; the last row is the trial balance, all debits less all credits", names),
        name("type", "what the account is", types),
        name("side", "the side on which its balance is counted", sides),
        name("currency", "code of the currency of all amounts", vec![money.code.clone(); rows]),
        number("mean", "closing balance: mean over the runs", 0),
        number("p05", "closing balance: 5 % quantile over the runs", 1),
        number("p95", "closing balance: 95 % quantile over the runs", 2),
    ];
    Table { columns }
}
