//! How it spreads: how many each customer brings, how large and deep cascades are, and how many friends people have.

use super::closely::{Guided, Maker, Said, known};
use crate::figure::{Axis, Hue, Mark, Numbers, Stroke};
use crate::language::tell;
use crate::table::{Column, Table, Values};

/// R of fewer customers is more luck than law, so it is not drawn \[customers of all runs together\].
const FEWEST: f64 = 30.0;

impl Maker<'_> {
    /// R by generation, as far as there are customers enough.
    pub(super) fn reproduction_by_generation(&self) -> Option<Guided> {
        let table = self.gathered.virality_by_generation();
        let runs = self.gathered.runs().len() as f64;
        let is_enough = |mean: &f64| *mean * runs >= FEWEST;
        let shown = known(&table, "customers_mean").iter().take_while(|mean| is_enough(mean)).count();
        let table = Table { columns: table.columns.into_iter().map(|column| first_rows(column, shown)).collect() };
        // The generation after the last one has brought nobody, in every world.
        if known(&table, "r_mean").iter().all(|&r| r == 0.0) {
            return None;
        }
        let fewest = self.language.number(FEWEST, 0);
        let together = self.says_all_together();
        let what = match together.is_empty() {
            true => tell!(self.language, "figure-generations-left-out", fewest = fewest),
            false => {
                let left_out = tell!(self.language, "figure-generations-left-out", fewest = fewest);
                tell!(self.language, "figure-says-both", one = together, other = left_out)
            }
        };
        let said = Said {
            name: "reproduction-by-generation",
            title: tell!(self.language, "figure-reproduction-by-generation"),
            what,
            reading: tell!(self.language, "figure-reproduction-by-generation-reading"),
        };
        let x = Axis::linear(tell!(self.language, "figure-generation"), "generation", Numbers::Plain);
        let marks = self.line_and_band("r", tell!(self.language, "figure-reproduction-label"));
        Some(self.around_one(said, x, marks, table))
    }

    /// R by the day of the first purchase, up to the day from which on it is too low for want of time.
    pub(super) fn reproduction_by_day(&self) -> Option<Guided> {
        let mut table = self.gathered.virality_by_day();
        let censored = known(&table, "censored");
        let (days, r) = (table.column("day")?.values.reals(), table.column("r_mean")?.values.reals());
        let in_time: Vec<f64> =
            r.iter().zip(&censored).map(|(&r, &censored)| if censored == 0.0 { r } else { f64::NAN }).collect();
        if in_time.iter().filter(|r| r.is_finite()).count() < 2 || in_time.iter().all(|&r| r.is_nan() || r == 0.0) {
            return None;
        }
        let first_out = days.iter().zip(&censored).find(|(_, censored)| **censored != 0.0).map(|(day, _)| *day);
        table.columns.push(Column {
            name: "r_in_time".into(),
            unit: String::new(),
            meaning: "r_mean where the runs do not end too early for it; NaN elsewhere".into(),
            values: Values::Real(in_time),
        });
        // What is left out takes no place.
        let shown = first_out.map_or(days.len(), |day| day as usize);
        let day = |day: f64| self.language.number(day, 0);
        let said = Said {
            name: "reproduction-by-day",
            title: tell!(self.language, "figure-reproduction-by-day"),
            what: match first_out {
                Some(first) => tell!(self.language, "figure-days-left-out", day = day(first)),
                None => tell!(self.language, "figure-says-together"),
            },
            reading: tell!(self.language, "figure-reproduction-by-day-reading"),
        };
        let table = Table { columns: table.columns.into_iter().map(|column| first_rows(column, shown)).collect() };
        let x = Axis::linear(tell!(self.language, "figure-day-of-purchase"), "day", Numbers::Plain);
        let label = tell!(self.language, "figure-reproduction-label");
        let line = Mark::Line { y: "r_in_time".into(), label, hue: Hue::First, stroke: Stroke::Solid };
        Some(self.around_one(said, x, vec![line], table))
    }

    /// A chart of R, with a line where each customer brings one other.
    fn around_one(&self, said: Said, x: Axis, marks: Vec<Mark>, mut table: Table) -> Guided {
        table.columns.push(Column {
            name: "one".into(),
            unit: String::new(),
            meaning: "1: each customer brings one other, on average".into(),
            values: Values::Count(vec![1; table.rows()]),
        });
        let label = tell!(self.language, "figure-reproduction-one");
        let one = Mark::Line { y: "one".into(), label, hue: Hue::Second, stroke: Stroke::Dashed };
        let y = Axis::linear(tell!(self.language, "figure-reproduction-axis"), "", Numbers::Plain);
        self.chart(said, [x, y], [one].into_iter().chain(marks).collect(), table)
    }

    /// Which share of cascades is so large at least.
    pub(super) fn cascade_size(&self) -> Option<Guided> {
        let said = Said {
            name: "cascade-size",
            title: tell!(self.language, "figure-cascade-size"),
            what: tell!(self.language, "figure-says-cascades"),
            reading: tell!(self.language, "figure-cascade-size-reading"),
        };
        let x = Axis::log(tell!(self.language, "figure-cascade-size-axis"), "size", Numbers::Plain);
        let y = tell!(self.language, "figure-cascades-axis");
        self.at_least(said, x, y, self.gathered.cascade_sizes())
    }

    /// Which share of cascades is so deep at least. Depths are few and begin at nothing, so they stand at even distances.
    pub(super) fn cascade_depth(&self) -> Option<Guided> {
        let said = Said {
            name: "cascade-depth",
            title: tell!(self.language, "figure-cascade-depth"),
            what: tell!(self.language, "figure-says-cascades"),
            reading: tell!(self.language, "figure-cascade-depth-reading"),
        };
        let x = Axis::linear(tell!(self.language, "figure-cascade-depth-axis"), "depth", Numbers::Plain);
        let y = tell!(self.language, "figure-cascades-axis");
        self.at_least(said, x, y, self.gathered.cascade_depths())
    }

    /// Which share of people has so many friends at least.
    pub(super) fn degrees(&self) -> Option<Guided> {
        let said = Said {
            name: "degrees",
            title: tell!(self.language, "figure-degrees"),
            what: tell!(self.language, "figure-says-degrees"),
            reading: tell!(self.language, "figure-degrees-reading"),
        };
        let x = Axis::log(tell!(self.language, "figure-degrees-axis"), "degree", Numbers::Plain);
        let y = tell!(self.language, "figure-degrees-share");
        self.at_least(said, x, y, self.gathered.degrees()?)
    }

    /// A complementary distribution as dots; nothing where all are alike.
    fn at_least(&self, said: Said, x: Axis, y: String, table: Table) -> Option<Guided> {
        if table.rows() < 2 {
            return None;
        }
        let dots = Mark::Points { y: "share".into(), label: String::new(), hue: Hue::First };
        Some(self.chart(said, [x, Axis::log(y, "", Numbers::Percent)], vec![dots], table))
    }
}

/// The first rows of a column.
fn first_rows(column: Column, rows: usize) -> Column {
    let values = match column.values {
        Values::Count(mut values) => {
            values.truncate(rows);
            Values::Count(values)
        }
        Values::Real(mut values) => {
            values.truncate(rows);
            Values::Real(values)
        }
        other => other,
    };
    Column { values, ..column }
}
