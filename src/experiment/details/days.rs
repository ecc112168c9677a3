//! Tables with a row a day: who came how, what was said and thought, what was owed and spent.

use super::super::MoneyUnit;
use super::{Gathered, Measured, band, column, column_of_days, columns_of, ratios};
use crate::projection::detail::{Acquisition, Balance, Way};
use crate::table::{Column, Table, Values};
use crate::units::Tick;

impl Gathered<'_> {
    /// By day, the mean number of customers who came by each way ([`Way`]) so far, the edges between which it lies where
    /// all ways are piled up, and all customers, which is the upper edge of the last way.
    pub fn acquisition(&self) -> Table {
        let sums = self.acquired();
        let runs = self.runs.len() as f64;
        let mean = |customers: &dyn Fn(&[i64; 6]) -> i64| {
            Values::Real(sums.iter().map(|sums| customers(sums) as f64 / runs).collect())
        };
        let mut columns = vec![column_of_days(self.days())];
        for (place, way) in Way::ALL.into_iter().enumerate() {
            let (name, who) = (way.name(), way.meaning());
            // Edges are sums of whole numbers, so that one way begins exactly where the one below ends.
            let below = |place: usize| move |sums: &[i64; 6]| sums[..place].iter().sum();
            columns.extend([
                column(
                    format!("{name}_mean"),
                    "people",
                    format!("mean over these runs: {who}"),
                    mean(&|sums| sums[place]),
                ),
                column(
                    format!("{name}_low"),
                    "people",
                    format!("mean over these runs: lower edge of the band of {who}, on top of all ways before"),
                    mean(&below(place)),
                ),
                column(
                    format!("{name}_high"),
                    "people",
                    format!("mean over these runs: upper edge of the band of {who}"),
                    mean(&below(place + 1)),
                ),
            ]);
        }
        let meaning = "mean over these runs: people who have bought at least once, first customers included";
        columns.push(column("customers_mean", "people", meaning, mean(&|sums| sums.iter().sum())));
        Table { columns }
    }

    /// For each day, customers of each way so far, of all runs together.
    fn acquired(&self) -> Vec<[i64; 6]> {
        let mut days = vec![[0; 6]; self.days()];
        let mut so_far = [0; 6];
        for (day, sums) in days.iter_mut().enumerate() {
            let of_day = |acquisition: &Acquisition| acquisition.days()[day];
            for new in self.runs.iter().map(|(_, run)| of_day(&run.acquisition)) {
                so_far.iter_mut().zip(new).for_each(|(sum, new)| *sum += new);
            }
            *sums = so_far;
        }
        days
    }

    /// By day, what was said: good words less bad ones in all words told so far, −1 to 1; and the net promoter score of the
    /// customers so far, −100 to 100 (Reichheld 2003). NaN before there are any.
    pub fn sentiment(&self) -> Table {
        let words: Vec<Vec<Balance>> = self.runs.iter().map(|(_, run)| run.sentiments.words()).collect();
        let scores: Vec<Vec<Balance>> = self.runs.iter().map(|(_, run)| run.sentiments.scores()).collect();
        let rows = |runs: &[Vec<Balance>], scale: f64| -> Vec<[f64; 3]> {
            let of_day = |day: usize| ratios(runs.iter().map(move |run| (run[day].difference, run[day].all)));
            (0..self.days()).map(|day| of_day(day).map(|ratio| ratio * scale)).collect()
        };
        let said = Measured {
            name: "sentiment",
            unit: "",
            meaning: "good words less bad words, as a share of all words told by the end of the day: -1 to 1",
        };
        let nps = Measured {
            name: "nps",
            unit: "",
            meaning: "net promoter score of those who became customers by the end of the day: those whose experience \
                      scored 9 or 10 less those with 0 to 6, in hundredths of all, -100 to 100 (Reichheld 2003)",
        };
        let mut columns = vec![column_of_days(self.days())];
        columns.extend(columns_of(said, "all of these runs together", &rows(&words, 1.0)));
        columns.extend(columns_of(nps, "all of these runs together", &rows(&scores, 100.0)));
        Table { columns }
    }

    /// By day, what rewards granted will cost that are neither redeemed nor expired: the account of the reward liability.
    /// Nothing without a programme.
    pub fn liability(&self, money: &MoneyUnit) -> Option<Table> {
        let owed: Vec<Vec<i64>> = self.runs.iter().map(|(_, run)| run.owing.owed()).collect();
        let measured = Measured {
            name: "liability",
            unit: &money.code,
            meaning: "what rewards granted will cost that are neither redeemed nor expired by the end of the day",
        };
        let units = money.minor_units();
        self.has_programme().then(|| self.amounts(&owed, measured, |_| units))
    }

    /// By day, which share of the programme's budget is used: what rewards granted or held back cost if all are redeemed,
    /// less those taken back. Nothing without a budget; NaN on days on which there is none.
    pub fn budget(&self) -> Option<Table> {
        let budgets: Vec<Option<i64>> = (0..self.days()).map(|day| self.budget_on(day)).collect();
        budgets.iter().any(Option::is_some).then(|| {
            let spent: Vec<Vec<i64>> = self.runs.iter().map(|(_, run)| run.owing.spent()).collect();
            let measured = Measured {
                name: "used",
                unit: "",
                meaning: "what rewards granted or held back by the end of the day cost if all are redeemed, less those \
                          taken back, as a share of the programme's budget: 0 to 1",
            };
            self.amounts(&spent, measured, |day| budgets[day].map_or(f64::NAN, |budget| budget as f64))
        })
    }

    /// The budget of the programme at the end of a day \[minor units\], more than nothing.
    fn budget_on(&self, day: usize) -> Option<i64> {
        let end =
            Tick((day as u64 * u64::from(Tick::PER_DAY)).min(u64::from(u32::MAX)) as u32).min(self.world().horizon);
        let fork = self.world().fork.as_ref().filter(|fork| end > fork.until).map(|fork| &fork.world);
        let budget = fork.unwrap_or(self.world()).policy.clauses().budget?.minor();
        (budget > 0).then_some(budget)
    }

    /// Mean and band of amounts by run and day, each through the scale of its day.
    fn amounts(&self, runs: &[Vec<i64>], measured: Measured, scale: impl Fn(usize) -> f64) -> Table {
        let row = |day: usize| {
            let values: Vec<i64> = runs.iter().map(|run| run[day]).collect();
            let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
            let mean = sum as f64 / values.len() as f64;
            let [low, high] = band(values);
            [mean, low, high].map(|amount| amount / scale(day))
        };
        let rows: Vec<[f64; 3]> = (0..self.days()).map(row).collect();
        let columns: [Column; 3] = columns_of(measured, "mean over these runs", &rows);
        Table { columns: [column_of_days(self.days())].into_iter().chain(columns).collect() }
    }
}
