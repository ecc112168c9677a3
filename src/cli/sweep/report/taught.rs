//! Everything that a sweep teaches, and how its numbers are written.

use super::super::look::Asked;
use crate::cli::results::{locale, sign};
use crate::figure::Numbers;
use crate::language::{Language, tell};
use crate::report::words::{Locale, Quantity};
use crate::sensitivity::effects::VarianceShares;
use crate::sensitivity::regression::RegressionError;
use crate::sweep::lessons::{
    self, Fit, Front, Known, LevelEffect, Lines, Phase, Ranking, Response, Shares, Surface, Swing, Unknown,
};
use crate::sweep::{Design, Factor, Metric, Place, Plan, Record, SHARE, Sweep, Values, Writing};

/// How many maps of two factors there are at most, and how many charts of one.
const SURFACES: usize = 3;
const LINES: usize = 6;

/// What a sweep teaches.
pub(super) struct Taught<'a> {
    pub plan: &'a Plan,
    /// SHA-256 of the plan.
    pub digest: String,
    pub locale: Locale,
    /// Metric by metric: what came out in each cell.
    pub metrics: Vec<Response<'a>>,
    /// The one that the report is about.
    pub response: Response<'a>,
    pub ranking: Option<Ranking>,
    pub effects: Vec<LevelEffect>,
    pub variance: Option<VarianceShares>,
    pub fit: Option<Result<Fit, RegressionError>>,
    pub swings: Option<(usize, Vec<Swing>)>,
    pub shares: Option<Result<Shares, Unknown>>,
    pub surfaces: Vec<Surface>,
    pub lines: Vec<Lines>,
    /// The share of runs that take off, and where it crosses one half.
    pub phase: Option<(Response<'a>, Phase)>,
    /// Two metrics, and the best cells in both.
    pub front: Option<([Response<'a>; 2], Front)>,
    /// What stands before an amount in a chart.
    prefix: String,
}

impl<'a> Taught<'a> {
    /// Of a plan with a metric at least.
    pub fn of(sweep: &'a Sweep, records: &'a [(u32, Record)], asked: &Asked) -> Option<Taught<'a>> {
        let plan = &sweep.plan;
        let response = Response::of(plan, records, asked.response)?;
        let metrics = (0..plan.metrics.len()).filter_map(|place| response.other(place)).collect();
        let variance = lessons::shares_of_variance(&response);
        let varies = response.varies();
        let most = if varies { SURFACES } else { 0 };
        let surfaces = lessons::surfaces(&response, variance.as_ref(), most);
        let take_off = asked.take_off.and_then(|place| response.other(place));
        let front = asked.front.and_then(|[a, b]| Some([response.other(a)?, response.other(b)?]));
        let swings = lessons::swings(&response).filter(|_| varies);
        // A screening moves factors by halves of their range: for a fit of straight lines there are better designs.
        let shares = lessons::shares(&response);
        let is_fitted = swings.is_none() && !matches!(shares, Some(Ok(Shares::Morris(_))));
        let ranking = lessons::ranking(&response);
        let mut lines = lessons::lines(&response);
        lines.truncate(if varies { LINES } else { 0 });
        Some(Taught {
            plan,
            digest: Plan::digest(&plan.to_json().unwrap_or_default()),
            locale: locale(sweep.base(), asked.language),
            ranking: ranking.filter(|ranking| varies || ranking.cells.len() == 1),
            effects: if varies { lessons::main_effects(&response) } else { vec![] },
            fit: if is_fitted { lessons::fit(&response) } else { None },
            swings,
            shares,
            surfaces,
            lines,
            phase: take_off.and_then(|response| Some((response.clone(), lessons::phase(&response)?))),
            front: front.and_then(|both| Some((both.clone(), lessons::front(&both[0], &both[1])?))),
            prefix: sign(sweep.base(), &asked.fonts),
            variance,
            metrics,
            response,
        })
    }

    pub fn language(&self) -> Language {
        self.locale.language
    }

    pub fn label(&self, metric: &Metric) -> String {
        metric.label_in(self.language())
    }

    /// What a metric's numbers count.
    pub fn quantity(&self, metric: &Metric) -> Quantity {
        match &metric.unit[..] {
            SHARE => Quantity::Share,
            unit if unit == self.plan.money.code => Quantity::Money,
            _ => Quantity::Plain,
        }
    }

    /// How an axis writes them.
    pub fn numbers(&self, metric: &Metric) -> Numbers {
        match self.quantity(metric) {
            Quantity::Share => Numbers::Percent,
            Quantity::Money => Numbers::Money { prefix: self.prefix.clone(), digits: self.plan.money.digits },
            Quantity::Plain => Numbers::Plain,
        }
    }

    /// A mean with the digits that its interval bears out.
    pub fn mean(&self, known: Known, metric: &Metric) -> String {
        let quantity = self.quantity(metric);
        match known.interval.filter(|[low, high]| low < high) {
            Some([low, high]) => self.locale.estimate(known.mean, low, high, quantity),
            None => self.locale.observed(known.mean, quantity),
        }
    }

    /// Its interval in words, if it has one.
    pub fn interval(&self, known: Known, metric: &Metric) -> Option<String> {
        let [low, high] = known.interval?;
        Some(self.locale.interval(low, high, self.quantity(metric)))
    }

    /// Some of the names, and how many more there are.
    pub fn some(&self, names: &[String], most: usize) -> String {
        let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        match names.len().saturating_sub(most) {
            0 => shown,
            more => {
                let text = self.locale.count(more as i64);
                tell!(self.language(), "sweep-and-more", some = shown, more = more, text = text)
            }
        }
    }

    /// A cell in words, numbers of laws with no more digits than a reader wants.
    pub fn cell(&self, cell: usize) -> String {
        let said = |(factor, place): (&Factor, &Place)| format!("{}\u{a0}= {}", factor.name, whole(factor, *place));
        self.plan.factors.iter().zip(&self.plan.cells[cell]).map(said).collect::<Vec<_>>().join(", ")
    }

    /// Whether cells are points that were drawn: then the factors are what the sweep is about, and not the cells.
    pub fn is_drawn(&self) -> bool {
        matches!(self.plan.design, Design::LatinHypercube { .. } | Design::Sobol { .. } | Design::Morris { .. })
    }

    /// The factors of these places by name.
    pub fn factors(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|&place| self.plan.factors[place].name.clone()).collect()
    }

    /// A level as it is shown.
    pub fn level(&self, factor: usize, level: usize) -> String {
        self.plan.factors[factor].listed().get(level).map_or(String::new(), |level| level.label.clone())
    }

    /// A number of a factor, in its unit: "4.2 %".
    pub fn in_unit(&self, factor: usize, number: &str) -> String {
        match &self.plan.factors[factor].unit[..] {
            "" => number.to_owned(),
            unit => format!("{number}\u{a0}{unit}"),
        }
    }

    /// The title of a factor's axis: "reward [USD]".
    pub fn axis(&self, factor: usize) -> String {
        let of = &self.plan.factors[factor];
        if of.unit.is_empty() { of.name.clone() } else { format!("{} [{}]", of.name, of.unit) }
    }
}

/// A value that is not broken off its unit at the end of a line.
fn whole(factor: &Factor, place: Place) -> String {
    let label = short(factor, place);
    if factor.is_number() { label.replace(' ', "\u{a0}") } else { label }
}

/// What a factor takes in a place: of a law whose decimals nobody asked for, three significant digits.
pub(super) fn short(factor: &Factor, place: Place) -> String {
    match (&factor.values, place) {
        (Values::Law { writing: writing @ Writing { decimals: None, .. }, .. }, Place::Number(number)) => {
            writing.write(format!("{number:.2e}").parse().unwrap_or(number))
        }
        _ => factor.level(place).label,
    }
}
