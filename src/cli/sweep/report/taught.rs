//! Everything that a sweep teaches, and how its numbers are written.

use super::super::look::Asked;
use crate::cli::results::locale;
use crate::draw;
use crate::figure::Numbers;
use crate::language::{Language, tell};
use crate::report::words::{Locale, Quantity};
use crate::scenario::values::print_number;
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
            prefix: draw::sign(sweep.base().currency, &asked.fonts),
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

    /// A mean with three digits, or the more that its interval bears out: rounded by a wide interval alone, it would lie far from
    /// its own bar.
    pub fn mean(&self, known: Known, metric: &Metric) -> String {
        let width = known.interval.map(|[low, high]| high - low).filter(|width| *width > 0.0);
        self.to_width(known.mean, width.unwrap_or(f64::INFINITY).min(self.width(&[known.mean], metric)), metric)
    }

    /// The same number to the digit that an interval of this width bears out.
    pub fn to_width(&self, mean: f64, width: f64, metric: &Metric) -> String {
        // Nothing has no decimals.
        let width = if mean == 0.0 { 10.0 } else { width };
        self.locale.estimate(mean, 0.0, width, self.quantity(metric))
    }

    /// The width of an interval that bears out three digits of the largest of these, and whole numbers at least: so charts write
    /// numbers beside each other.
    pub fn width(&self, means: &[f64], metric: &Metric) -> f64 {
        let is_share = self.quantity(metric) == Quantity::Share;
        let scale = if is_share { 100.0 } else { 1.0 };
        let is_whole = |mean: &f64| (mean * scale - (mean * scale).round()).abs() < 1e-9;
        let largest = means.iter().fold(0.0f64, |most, mean| most.max((mean * scale).abs()));
        // A share is written to a tenth of a hundredth at the most.
        let least = if is_share { 1.0 } else { 0.0 };
        let width = if means.iter().all(is_whole) { 10.0 } else { (largest / 10.0).clamp(least, 10.0) };
        width / scale
    }

    /// Its interval in words, if it has one. One without 0 is not written as if it reached it.
    pub fn interval(&self, known: Known, metric: &Metric) -> Option<String> {
        let [low, high] = known.interval?;
        let nearest = low.abs().min(high.abs());
        if low * high <= 0.0 || high - low <= 10.0 * nearest {
            return Some(self.locale.interval(low, high, self.quantity(metric)));
        }
        let [low, high] = [low, high].map(|end| self.to_width(end, 10.0 * nearest, metric));
        Some(self.locale.range(&low, &high))
    }

    /// Some of the names, and how many more there are.
    pub fn some(&self, names: &[String], most: usize) -> String {
        let comma = tell!(self.language(), "sweep-comma");
        let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(&comma);
        match names.len().saturating_sub(most) {
            0 => shown,
            more => {
                let text = self.locale.count(more as i64);
                tell!(self.language(), "sweep-and-more", some = shown, more = more, text = text)
            }
        }
    }

    /// A cell in words, its numbers with no more digits than a reader wants.
    pub fn cell(&self, cell: usize) -> String {
        let said =
            |(factor, place): (&Factor, &Place)| format!("{}\u{a0}= {}", factor.name, self.short(factor, *place));
        self.plan.factors.iter().zip(&self.plan.cells[cell]).map(said).collect::<Vec<_>>().join(", ")
    }

    /// The values of a cell, without the names of factors.
    pub fn values(&self, cell: usize) -> String {
        let values = self.plan.factors.iter().zip(&self.plan.cells[cell]);
        values.map(|(factor, place)| self.short(factor, *place)).collect::<Vec<_>>().join(", ")
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
        let factor = &self.plan.factors[factor];
        factor.listed().get(level).map_or(String::new(), |_| self.short(factor, Place::Level(level as u32)))
    }

    /// What a factor takes in a place, in short and not broken off its unit: the number alone where it is written within more,
    /// "7" of "negative_binomial(7, 2)"; of a law whose decimals nobody asked for, three significant digits.
    pub fn short(&self, factor: &Factor, place: Place) -> String {
        let level = factor.level(place);
        let Some(number) = level.number.filter(|_| factor.is_number()) else { return level.label };
        let number = match &factor.values {
            Values::Law { writing: Writing { decimals: None, .. }, .. } => {
                format!("{number:.2e}").parse().unwrap_or(number)
            }
            _ => number,
        };
        let label = match &factor.values {
            Values::Law { writing, .. } => writing.write(number),
            Values::Levels(_) => level.label,
        };
        let is_bare = |c: char| c.is_ascii_digit() || c == '-';
        match label.starts_with(is_bare) && !label.ends_with(')') {
            true => self.unbroken(&label),
            false => self.with_unit(factor, &print_number(number)),
        }
    }

    /// A number and its unit as one word.
    fn unbroken(&self, label: &str) -> String {
        match (label.strip_suffix('%'), label.contains("% ")) {
            (Some(number), false) => self.language().hundredths(number.trim_end()),
            _ => label.replace(' ', "\u{a0}"),
        }
    }

    fn with_unit(&self, factor: &Factor, number: &str) -> String {
        match &factor.unit[..] {
            "" => number.to_owned(),
            "%" => self.language().hundredths(number),
            unit => format!("{number}\u{a0}{unit}"),
        }
    }

    /// A number of a factor, in its unit: "4.2 %".
    pub fn in_unit(&self, factor: usize, number: &str) -> String {
        self.with_unit(&self.plan.factors[factor], number)
    }

    /// The title of a factor's axis: "reward [USD]".
    pub fn axis(&self, factor: usize) -> String {
        let of = &self.plan.factors[factor];
        if of.unit.is_empty() { of.name.clone() } else { format!("{} [{}]", of.name, of.unit) }
    }
}
