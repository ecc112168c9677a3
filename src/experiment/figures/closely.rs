//! The charts of the runs that were heard closely, in the order in which a report shows them.
//!
//! Nothing is drawn of what did not happen: a chart in which all is nothing, or all is the same, is left out.

use super::super::{Gathered, MoneyUnit};
use super::Caption;
use crate::figure::{Axis, Drawing, Figure, Hue, Mark, Numbers, Stroke};
use crate::language::{Language, tell};
use crate::table::Table;

/// A chart with its numbers, and how it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Guided {
    /// The chart.
    pub drawing: Drawing,
    /// A sentence that says how it is read.
    pub reading: String,
}

/// All charts that there is something to draw for; `sign` stands before amounts.
pub fn closely(gathered: &Gathered, caption: &Caption, money: &MoneyUnit, sign: &str) -> Vec<Guided> {
    let maker = Maker { gathered, caption, language: caption.language, money, sign };
    let charts = [
        maker.funnel(),
        maker.acquisition(),
        maker.reproduction_by_generation(),
        maker.reproduction_by_day(),
        maker.cascade_size(),
        maker.cascade_depth(),
        maker.degrees(),
        maker.sentiment(),
        maker.nps(),
        maker.liability(),
        maker.budget(),
    ];
    charts.into_iter().flatten().collect()
}

/// What all these charts are made of.
pub(super) struct Maker<'a> {
    pub gathered: &'a Gathered<'a>,
    pub caption: &'a Caption,
    pub language: Language,
    pub money: &'a MoneyUnit,
    pub sign: &'a str,
}

/// What differs from chart to chart.
pub(super) struct Said {
    pub name: &'static str,
    pub title: String,
    /// Below the chart, after what was played; nothing if that is all.
    pub what: String,
    pub reading: String,
}

impl Maker<'_> {
    /// Whether there is more than one run, so that they differ.
    pub fn has_bands(&self) -> bool {
        self.gathered.runs().len() > 1
    }

    pub fn chart(&self, said: Said, [x, y]: [Axis; 2], marks: Vec<Mark>, table: Table) -> Guided {
        let Said { name, title, what, reading } = said;
        let figure = Figure { name: name.into(), title, caption: self.caption_of(&what), x, y, marks };
        Guided { drawing: Drawing { figure, table }, reading }
    }

    /// Scenario, runs and seed, and then what lines, bands and dots are.
    fn caption_of(&self, what: &str) -> String {
        let Caption { scenario, seed, runs, .. } = self.caption;
        let (heard, all) = (self.gathered.runs().len() as u32, *runs);
        let number = |runs: u32| self.language.number(f64::from(runs), 0);
        let runs = match heard < all {
            true => tell!(self.language, "figure-first-runs", heard = number(heard), runs = number(all)),
            false => tell!(self.language, "runs", runs = all, text = number(all)),
        };
        let (scenario, seed) = (scenario.as_str(), seed.to_string());
        if what.is_empty() {
            tell!(self.language, "figure-caption-alone", scenario = scenario, runs = runs, seed = seed)
        } else {
            tell!(self.language, "figure-caption", scenario = scenario, runs = runs, seed = seed, what = what)
        }
    }

    /// What a line is that takes all runs together, with its band.
    pub fn says_all_together(&self) -> String {
        if self.has_bands() { tell!(self.language, "figure-says-together-and-band") } else { String::new() }
    }

    pub fn days(&self) -> Axis {
        Axis::linear(tell!(self.language, "axis-days"), "day", Numbers::Plain)
    }

    /// The line of a measure, and its band where runs differ.
    pub fn line_and_band(&self, measure: &str, label: String) -> Vec<Mark> {
        let band = self.has_bands().then(|| Mark::Band {
            low: format!("{measure}_p05"),
            high: format!("{measure}_p95"),
            hue: Hue::First,
        });
        let line = Mark::Line { y: format!("{measure}_mean"), label, hue: Hue::First, stroke: Stroke::Solid };
        band.into_iter().chain([line]).collect()
    }
}

/// The columns of these names, in the order of the table.
pub(super) fn only(table: &Table, names: &[&str]) -> Table {
    let columns = table.columns.iter().filter(|column| names.contains(&column.name.as_str()));
    Table { columns: columns.cloned().collect() }
}

/// The numbers of a column that are known.
pub(super) fn known(table: &Table, column: &str) -> Vec<f64> {
    let numbers = table.column(column).map_or(vec![], |column| column.values.reals());
    numbers.into_iter().filter(|number| number.is_finite()).collect()
}
