//! How it spreads: how many each customer brings, how large and deep cascades are, and how many friends people have.

use super::closely::{Guided, Maker, Said, known};
use crate::figure::{Axis, Hue, Mark, Numbers, Stroke};
use crate::language::tell;
use crate::table::{Column, Table, Values};

/// R of fewer customers is more luck than law, so it is not drawn \[customers of all runs together\].
const FEWEST: f64 = 50.0;

impl Maker<'_> {
    /// R by generation, as far as there are customers enough.
    pub(super) fn reproduction_by_generation(&self) -> Option<Guided> {
        let table = self.gathered.virality_by_generation();
        let runs = self.gathered.runs().len() as f64;
        let is_enough = |mean: &f64| *mean * runs >= FEWEST;
        // The last generation that there is has brought nobody, in every world: it is the last.
        let before_last = table.rows().saturating_sub(1);
        let customers = known(&table, "customers_mean");
        let shown = customers.iter().take(before_last).take_while(|mean| is_enough(mean)).count();
        let table = Table { columns: table.columns.into_iter().map(|column| first_rows(column, shown)).collect() };
        if shown < 2 {
            return None;
        }
        let fewest = self.language.number(FEWEST, 0);
        let left_out = tell!(self.language, "figure-generations-left-out", fewest = fewest);
        let what = self.listed(vec![self.says_all_together(), left_out]);
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

    /// R by the day of the first purchase, as far as there are customers enough who had the time to bring others.
    pub(super) fn reproduction_by_day(&self) -> Option<Guided> {
        let mut table = self.gathered.virality_by_day();
        let runs = self.gathered.runs().len() as f64;
        let reals = |name: &str| table.column(name).map(|column| column.values.reals());
        let (r, buyers, censored) = (reals("r_mean")?, reals("buyers_mean")?, reals("censored")?);
        let of_day = |day: usize| censored[day] == 0.0 && buyers[day] * runs >= FEWEST;
        let shown: Vec<f64> = (0..r.len()).map(|day| if of_day(day) { r[day] } else { f64::NAN }).collect();
        // What is left out at the end takes no place.
        let rows = shown.iter().rposition(|r| r.is_finite()).map_or(0, |last| last + 1);
        if rows < 2 || shown.iter().all(|&r| r.is_nan() || r == 0.0) {
            return None;
        }
        table.columns.push(Column {
            name: "r_shown".into(),
            unit: String::new(),
            meaning: "r_mean of buyers who are enough and had time enough; NaN elsewhere".into(),
            values: Values::Real(shown),
        });
        let mut what = vec![tell!(self.language, "figure-says-together")];
        if (0..rows).any(|day| !of_day(day)) || (rows < r.len() && censored[rows] == 0.0) {
            let fewest = self.language.number(FEWEST, 0);
            what.push(tell!(self.language, "figure-weeks-left-out", fewest = fewest));
        }
        if let Some(first) = censored.iter().position(|&censored| censored != 0.0) {
            let day = self.language.number(first as f64, 0);
            what.push(tell!(self.language, "figure-days-left-out", day = day));
        }
        let said = Said {
            name: "reproduction-by-day",
            title: tell!(self.language, "figure-reproduction-by-day"),
            what: self.listed(what),
            reading: tell!(self.language, "figure-reproduction-by-day-reading"),
        };
        let table = Table { columns: table.columns.into_iter().map(|column| first_rows(column, rows)).collect() };
        let x = Axis::linear(tell!(self.language, "figure-day-of-purchase"), "day", Numbers::Plain);
        let label = tell!(self.language, "figure-reproduction-label");
        let line = Mark::Line { y: "r_shown".into(), label, hue: Hue::First, stroke: Stroke::Solid };
        Some(self.around_one(said, x, vec![line], table))
    }

    /// Several remarks as one.
    fn listed(&self, remarks: Vec<String>) -> String {
        let both = |one: String, other: String| tell!(self.language, "figure-says-both", one = one, other = other);
        remarks.into_iter().filter(|remark| !remark.is_empty()).reduce(both).unwrap_or_default()
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
