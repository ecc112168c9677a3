//! All charts of some runs, in the order of their report.

use super::super::{Actuals, Gathered, MoneyUnit};
use super::{Caption, Guided};
use crate::figure::{Drawing, Figure};
use crate::projection::{Projection, Standard};
use crate::table::Table;

/// What the charts of some runs are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct OfRuns<'a> {
    /// What came out, day by day, over all runs.
    pub curves: &'a Table,
    /// What was told of the runs that were heard closely.
    pub gathered: &'a Gathered<'a>,
    /// The last day before the fork, where the runs and their twins part at one.
    pub fork_day: Option<u32>,
    /// Whether the twins are the same runs without the programme.
    pub has_programme: bool,
    /// What the firm counted itself.
    pub actuals: Option<&'a Actuals>,
    /// How money is counted.
    pub money: &'a MoneyUnit,
    /// What stands before an amount.
    pub sign: &'a str,
}

/// The charts of some runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Charts {
    /// Of what a fork changes; none where there is none.
    pub fork: Vec<Drawing>,
    /// Those of every report.
    pub main: Vec<Drawing>,
    /// Of what the programme adds.
    pub programme: Option<Drawing>,
    /// Those of the runs that were heard closely.
    pub closely: Vec<Guided>,
}

impl OfRuns<'_> {
    /// Every chart that there is something to draw for.
    pub fn charts(&self, caption: &Caption) -> Charts {
        let OfRuns { curves, gathered, fork_day, has_programme, actuals, money, sign } = *self;
        let of_curves = |figure: Figure| Drawing::of(figure, curves);
        let fork = fork_day
            .map_or(vec![], |day| vec![super::fork(caption, day), super::difference(caption, day, money, sign)]);
        let main = [super::reach(caption), super::revenue(caption, money, sign)].map(of_curves);
        let counted = actuals.and_then(|actuals| {
            let measure = Standard::daily_measures().into_iter().find(|measure| measure.name == actuals.measure)?;
            let column = actuals.column(curves);
            let figure = super::actuals(caption, &measure, &column.name, money, sign);
            let columns = curves.columns.iter().cloned().chain([column]).collect();
            Some(Drawing::of(figure, &Table { columns }))
        });
        Charts {
            fork: fork.into_iter().map(of_curves).collect(),
            main: main.into_iter().chain(counted).collect(),
            programme: has_programme.then(|| of_curves(super::programme(caption))),
            closely: super::closely(gathered, caption, money, sign),
        }
    }
}
