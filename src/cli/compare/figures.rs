//! The charts of a comparison, as data: each with the table that holds its numbers, which lies beside it as CSV.

use super::what_if::{self, Swing};
use super::{Comparison, words};
use crate::draw::{self, Fonts};
use crate::experiment::{Estimate, Programme, Ratio, Summary, compared_curves, curves};
use crate::figure::{Axis, Drawing, Figure, Hue, Mark, Numbers, RangeEnd, Stroke};
use crate::language::tell;
use crate::projection::{Measure, Projection, Standard, Unit};
use crate::table::{Column, Table, Values};
use std::cmp::Ordering;

/// How many lines a chart holds; of more scenarios, those that rank first are drawn, and the baseline.
const LINES: usize = Hue::ALL.len();

/// How many assumptions a tornado shows, those that move the difference most.
const SWINGS: usize = 12;

/// Up to so many scenarios, each line has its band.
const BANDS: usize = 3;

/// Curves that stay within this share of the largest lie on each other where the axis holds zero.
const NARROW: f64 = 0.35;

/// All charts that there is something to draw for, in the order of the report.
pub(super) fn all(it: &Comparison, fonts: &Fonts) -> Vec<Drawing> {
    let table = compared_curves(&it.results.outcomes, it.baseline, &it.money);
    let money = Numbers::Money { prefix: draw::sign(it.entries[0].scenario.currency, fonts), digits: it.money.digits };
    let maker = Maker { it, curves: &table, money, lines: lines_of(it) };
    let by_day = [
        maker.gain(),
        maker.difference(),
        Some(maker.day_by_day("customers", Numbers::Plain, None)),
        Some(maker.day_by_day("profit", maker.money.clone(), None)),
        Some(maker.day_by_day("reach", Numbers::Plain, None)),
    ];
    let of_programmes = [maker.incremental(), maker.cost_per_customer(), maker.return_on_investment(), maker.payback()];
    by_day
        .into_iter()
        .chain(of_programmes)
        .chain([maker.break_even(), maker.tornado(), maker.actuals()])
        .flatten()
        .collect()
}

/// Of what a chart shows only some.
#[derive(Clone, Copy)]
enum LeftOut {
    /// All scenarios, the baseline among them.
    Scenarios,
    /// Those that are held against the baseline.
    Others,
    /// Those that have a programme.
    Programmes,
}

struct Maker<'a> {
    it: &'a Comparison,
    curves: &'a Table,
    money: Numbers,
    /// How the line of each contender is drawn, in every chart.
    lines: Vec<(Hue, Stroke)>,
}

/// How the line of each contender is drawn: that of the baseline broken and quiet, the others in the order of the ranking, so
/// that the first colour of the house is that of the best. Where colours begin anew, lines are broken.
fn lines_of(it: &Comparison) -> Vec<(Hue, Stroke)> {
    let mut lines = vec![(Hue::Quiet, Stroke::Dashed); it.names.len()];
    let others = it.results.compared.ranking.iter().filter(|which| **which != it.baseline);
    for (place, &which) in others.enumerate() {
        lines[which] = (Hue::of(place), if place < LINES { Stroke::Solid } else { Stroke::Dashed });
    }
    lines
}

impl Maker<'_> {
    fn caption(&self, what: &str) -> String {
        let language = self.it.locale.language;
        let runs = words::runs_each(self.it);
        // A chart of programmes at the same spend must say so on a slide as well.
        let budget = self.it.equal_budget.as_deref();
        let what = budget.map_or_else(
            || what.to_owned(),
            |budget| {
                let budget = tell!(language, "compare-caption-budget", budget = budget);
                tell!(language, "figure-says-both", one = what, other = budget)
            },
        );
        tell!(language, "compare-caption", runs = runs, seed = self.it.seed().to_string(), what = what)
    }

    /// The caption of a chart about several things.
    fn caption_of(&self, what: impl IntoIterator<Item = String>) -> String {
        let language = self.it.locale.language;
        let both = |one: String, other: String| tell!(language, "figure-says-both", one = one, other = other);
        self.caption(&what.into_iter().reduce(both).unwrap_or_default())
    }

    /// Whose lines are drawn: the baseline, and those that rank first before it, which so lie above it.
    fn drawn(&self) -> Vec<usize> {
        let others = self.others();
        let first = others.iter().copied().take(LINES - 1).collect::<Vec<_>>();
        [self.it.baseline].into_iter().chain(first.into_iter().rev()).collect()
    }

    /// Everyone but the baseline, the best first.
    fn others(&self) -> Vec<usize> {
        self.it.results.compared.ranking.iter().copied().filter(|which| *which != self.it.baseline).collect()
    }

    /// Which scenarios a chart leaves out; nothing if it shows all of them.
    fn left_out(&self, shown: usize, all: usize, kind: LeftOut) -> Option<String> {
        let (language, count) = (self.it.locale.language, |n: usize| self.it.locale.count(n as i64));
        let (shown_text, all_text) = (count(shown), count(all));
        (shown < all).then(|| match kind {
            LeftOut::Scenarios => tell!(language, "figure-some-scenarios", shown = shown_text, all = all_text),
            LeftOut::Others => tell!(language, "figure-some-others", shown = shown_text, all = all_text),
            LeftOut::Programmes => tell!(language, "figure-some-programmes", shown = shown_text, all = all_text),
        })
    }

    /// Whether curves are told apart better on an axis without zero: all of them stay within a narrow part of it once the first
    /// day is over, and nothing that is drawn reaches zero.
    fn is_far_from_zero(&self, means: &[Vec<f64>], all: &[Vec<f64>]) -> bool {
        let ends = |columns: &[Vec<f64>], days: usize| {
            let known = columns.iter().flat_map(|column| column.iter().skip(days)).filter(|value| value.is_finite());
            known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(*value), high.max(*value)))
        };
        let (low, high) = ends(means, 1);
        let (least, most) = ends(all, 0);
        high - low < NARROW * low.abs().max(high.abs()) && (least > 0.0 || most < 0.0)
    }

    fn numbers_of(&self, measure: Measure) -> Numbers {
        if measure.unit == Unit::Money { self.money.clone() } else { Numbers::Plain }
    }

    fn days(&self) -> Axis {
        Axis::linear(tell!(self.it.locale.language, "compare-axis-days"), "day", Numbers::Plain)
    }

    /// A daily measure of each scenario, and beside it what was counted of it.
    fn day_by_day(&self, name: &str, numbers: Numbers, counted: Option<&Column>) -> Drawing {
        let (it, drawn) = (self.it, self.drawn());
        let measure = *Standard::daily_measures().iter().find(|measure| measure.name == name).expect("a daily measure");
        let (label, language) = (words::label(it, measure), it.locale.language);
        let has_bands = drawn.len() <= BANDS && it.results.runs > 1;
        let bands = drawn.iter().filter(|_| has_bands).map(|&which| Mark::Band {
            low: format!("{name}_p05_{}", which + 1),
            high: format!("{name}_p95_{}", which + 1),
            hue: self.lines[which].0,
        });
        let mean = |which: usize| format!("{name}_mean_{}", which + 1);
        let lines = drawn.iter().map(|&which| self.line(mean(which), which));
        let marks: Vec<Mark> = bands.chain(lines).collect();
        let what = match has_bands {
            true => tell!(language, "compare-caption-means-and-bands"),
            false => tell!(language, "compare-caption-means"),
        };
        let mut figure = Figure {
            name: name.to_owned(),
            title: tell!(language, "figure-up-to-each-day", label = label.as_str()),
            caption: String::new(),
            x: self.days(),
            y: Axis::linear(label, "", numbers),
            marks,
        };
        let of_heights = |column: &&Column| column.name != figure.x.column && figure.shows(&column.name);
        let shown = self.curves.columns.iter().filter(of_heights).chain(counted);
        let all: Vec<Vec<f64>> = shown.map(|column| column.values.reals()).collect();
        let means = drawn.iter().filter_map(|&which| self.curves.column(&mean(which)));
        let means: Vec<Vec<f64>> = means.map(|column| column.values.reals()).collect();
        figure.y.from_zero = !self.is_far_from_zero(&means, &all);
        let dots = counted.map(|_| tell!(language, "figure-says-counted"));
        let left_out = self.left_out(drawn.len(), it.names.len(), LeftOut::Scenarios);
        let no_zero = (!figure.y.from_zero).then(|| tell!(language, "figure-axis-without-zero"));
        figure.caption = self.caption_of([Some(what), dots, left_out, no_zero].into_iter().flatten());
        Drawing::of(figure, self.curves)
    }

    /// The line of a contender through a column.
    fn line(&self, y: String, which: usize) -> Mark {
        let (hue, stroke) = self.lines[which];
        Mark::Line { y, label: self.it.names[which].clone(), hue, stroke }
    }

    /// The difference of each from the baseline, day by day; nothing of a single run.
    fn difference(&self) -> Option<Drawing> {
        let it = self.it;
        let by = it.results.compared.by;
        let name = ["customers", "revenue"].into_iter().find(|name| *name == by.name).unwrap_or("profit");
        let measure = *Standard::daily_measures().iter().find(|measure| measure.name == name).expect("a daily measure");
        let others = self.others();
        if it.results.runs == 1 || others.is_empty() {
            return None;
        }
        // The best lies above the others.
        let drawn: Vec<usize> = others.iter().copied().take(LINES).rev().collect();
        let column = |kind: &str, which: usize| format!("{name}_difference_{kind}_{}", which + 1);
        let bands = drawn.iter().map(|&which| Mark::Band {
            low: column("low", which),
            high: column("high", which),
            hue: self.lines[which].0,
        });
        let lines = drawn.iter().map(|&which| self.line(column("mean", which), which));
        let left_out = self.left_out(drawn.len(), others.len(), LeftOut::Others);
        let what = tell!(it.locale.language, "compare-caption-differences");
        let (label, baseline) = (words::label(it, measure), it.names[it.baseline].as_str());
        let figure = Figure {
            name: "difference".into(),
            title: tell!(it.locale.language, "compare-chart-difference", label = label.as_str(), baseline = baseline),
            caption: self.caption_of([what].into_iter().chain(left_out)),
            x: self.days(),
            y: Axis::linear(
                tell!(it.locale.language, "compare-axis-difference", label = label),
                "",
                self.numbers_of(measure),
            ),
            marks: bands.chain(lines).collect(),
        };
        Some(Drawing::of(figure, self.curves))
    }

    /// By how much each differs from the baseline in the end; nothing of a single run.
    fn gain(&self) -> Option<Drawing> {
        let it = self.it;
        let compared = &it.results.compared;
        let others = self.others();
        if it.results.runs == 1 || others.is_empty() {
            return None;
        }
        let scale = if compared.by.unit == Unit::Money { it.money.minor_units() } else { 1.0 };
        let rows = others.iter().map(|&which| {
            let estimate = compared.contenders[which].difference_of(compared.by).summary.estimate;
            let [low, high] = estimate.interval.unwrap_or([estimate.mean; 2]);
            (which, [estimate.mean, low, high].map(|value| Some(value / scale)))
        });
        let table = self.rows(rows.collect(), compared.by.unit.name(&it.money), ["difference", "low", "high"]);
        let (label, baseline) = (words::label(it, compared.by), it.names[it.baseline].as_str());
        let language = it.locale.language;
        let title = tell!(language, "compare-chart-difference", label = label.as_str(), baseline = baseline);
        let axis = tell!(language, "compare-axis-difference", label = label);
        let caption = tell!(language, "compare-caption-interval");
        let bars = vec![bars("difference", Some(("low", "high")), String::new(), Hue::First)];
        let x = Axis::linear(axis, "", self.numbers_of(compared.by));
        Some(self.in_rows("gain", [title, caption], x, (bars, table)))
    }

    /// A table of rows, one for each of these scenarios; a number that is not known is none (NaN).
    fn rows<const N: usize>(&self, rows: Vec<(usize, [Option<f64>; N])>, unit: String, names: [&str; N]) -> Table {
        let name = Column {
            name: "scenario".into(),
            unit: String::new(),
            meaning: "what the scenario is called".into(),
            values: Values::Name(rows.iter().map(|(which, _)| self.it.names[*which].clone()).collect()),
        };
        let column = |(place, column): (usize, &str)| Column {
            name: column.to_owned(),
            unit: unit.clone(),
            meaning: String::new(),
            values: Values::Real(rows.iter().map(|(_, values)| values[place].unwrap_or(f64::NAN)).collect()),
        };
        Table { columns: [name].into_iter().chain(names.into_iter().enumerate().map(column)).collect() }
    }

    /// A chart of bars, a row for each scenario of the table.
    fn in_rows(
        &self,
        name: &str,
        [title, caption]: [String; 2],
        x: Axis,
        (marks, table): (Vec<Mark>, Table),
    ) -> Drawing {
        let (name, caption) = (name.to_owned(), self.caption(&caption));
        let y = Axis::linear("", "scenario", Numbers::Plain);
        Drawing { figure: Figure { name, title, caption, x, y, marks }, table }
    }

    /// The programmes that were played with and without, each with its scenario, the best first.
    fn programmes(&self) -> Vec<(usize, &Programme)> {
        let ranking = self.it.results.compared.ranking.iter();
        ranking.filter_map(|&which| Some((which, self.it.programmes[which].as_ref()?))).collect()
    }

    /// What each programme adds beside what is credited to it.
    fn incremental(&self) -> Option<Drawing> {
        let programmes = self.programmes();
        if programmes.is_empty() {
            return None;
        }
        let language = self.it.locale.language;
        let rows = programmes.iter().map(|&(which, programme)| {
            let of = |name| programme.comparison_of(name).map(|summary| summary.estimate);
            let added = of("incremental_customers");
            let interval = added.and_then(|estimate| estimate.interval);
            let mean = |estimate: Option<Estimate>| estimate.map(|estimate| estimate.mean);
            let ends = interval.map_or([mean(added); 2], |ends| ends.map(Some));
            (which, [mean(added), ends[0], ends[1], mean(of("attributed_customers"))])
        });
        let table = self.rows(rows.collect(), "people".into(), ["incremental", "low", "high", "attributed"]);
        let marks = vec![
            bars("incremental", Some(("low", "high")), tell!(language, "compare-incremental"), Hue::First),
            bars("attributed", None, tell!(language, "compare-attributed"), Hue::Quiet),
        ];
        let title = tell!(language, "compare-chart-incremental");
        let (caption, axis) = (tell!(language, "figure-says-incremental"), tell!(language, "compare-axis-customers"));
        let x = Axis::linear(axis, "", Numbers::Plain);
        Some(self.in_rows("incremental", [title, caption], x, (marks, table)))
    }

    /// A ratio of each programme, where it is known.
    fn ratio(&self, name: &str, ratio: &str, title: String, axis: String, numbers: Numbers) -> Option<Drawing> {
        let scale = if numbers == Numbers::Percent { 1.0 } else { self.it.money.minor_units() };
        let known = |&(which, programme): &(usize, &Programme)| {
            let (_, found) = programme.ratios.iter().find(|(measure, _)| measure.name == ratio)?;
            let Ratio::Known { value, interval } = found else { return None };
            let [low, high] = interval.unwrap_or([*value; 2]);
            Some((which, [value / scale, low / scale, high / scale].map(Some)))
        };
        let rows: Vec<_> = self.programmes().iter().filter_map(known).collect();
        if rows.is_empty() {
            return None;
        }
        let unit = if numbers == Numbers::Percent { String::new() } else { self.it.money.code.clone() };
        let table = self.rows(rows, unit, ["value", "low", "high"]);
        let caption = tell!(self.it.locale.language, "compare-caption-interval");
        let marks = vec![bars("value", Some(("low", "high")), String::new(), Hue::First)];
        Some(self.in_rows(name, [title, caption], Axis::linear(axis, "", numbers), (marks, table)))
    }

    /// The firm's own curve over those of the scenarios.
    fn actuals(&self) -> Option<Drawing> {
        let it = self.it;
        let actuals = it.actuals.as_ref()?;
        let measure = *Standard::daily_measures().iter().find(|measure| measure.name == actuals.measure)?;
        let counted = actuals.column(self.curves);
        let Drawing { figure, mut table } = self.day_by_day(measure.name, self.numbers_of(measure), Some(&counted));
        let label = tell!(it.locale.language, "compare-actuals");
        let points = Mark::Points { y: counted.name.clone(), label, hue: Hue::Ink };
        table.columns.push(counted);
        let label = words::label(it, measure);
        let figure = Figure {
            name: "actuals".into(),
            title: tell!(it.locale.language, "compare-chart-actuals", label = label),
            marks: figure.marks.into_iter().chain([points]).collect(),
            ..figure
        };
        Some(Drawing { figure, table })
    }

    /// What each programme adds to the profit with smaller and larger rewards.
    fn break_even(&self) -> Option<Drawing> {
        let it = self.it;
        let first = it.sizes.first()?;
        let scale = it.money.minor_units();
        let column = |name: String, unit: String, values: Vec<f64>| Column {
            name,
            unit,
            meaning: String::new(),
            values: Values::Real(values),
        };
        let factors = first.points.iter().map(|(factor, _)| *factor).collect();
        let mut columns = vec![column("rewards".into(), String::new(), factors)];
        let (mut bands, mut lines) = (vec![], vec![]);
        // The best lies above the others.
        for curve in it.sizes.iter().rev() {
            let number = curve.which + 1;
            let names = ["low", "high", "mean"].map(|kind| format!("added_{kind}_{number}"));
            let of = |value: &dyn Fn(&Estimate) -> f64| {
                let each = curve.points.iter().map(|(_, point)| point.as_ref().map_or(f64::NAN, value) / scale);
                each.collect::<Vec<f64>>()
            };
            let end = |end: usize| move |it: &Estimate| it.interval.map_or(it.mean, |ends| ends[end]);
            let values = [of(&end(0)), of(&end(1)), of(&|it| it.mean)];
            let [low, high, mean] = names.clone();
            columns.extend(
                names.into_iter().zip(values).map(|(name, values)| column(name, it.money.code.clone(), values)),
            );
            bands.push(Mark::Band { low, high, hue: self.lines[curve.which].0 });
            lines.push(self.line(mean, curve.which));
        }
        let language = it.locale.language;
        let left_out = self.left_out(it.sizes.len(), self.programmes().len(), LeftOut::Programmes);
        let figure = Figure {
            name: "break-even".into(),
            title: tell!(language, "compare-chart-break-even"),
            caption: self.caption_of([tell!(language, "compare-caption-break-even")].into_iter().chain(left_out)),
            x: Axis::linear(tell!(language, "compare-axis-rewards"), "rewards", Numbers::Percent),
            y: Axis::linear(tell!(language, "compare-axis-added"), "", self.money.clone()),
            marks: bands.into_iter().chain(lines).collect(),
        };
        Some(Drawing { figure, table: Table { columns } })
    }

    /// What each assumption does to the difference of the two that matter; nothing where none does anything.
    fn tornado(&self) -> Option<Drawing> {
        let it = self.it;
        let what_if = it.what_if.as_ref()?;
        let by = it.results.compared.by;
        let scale = if by.unit == Unit::Money { it.money.minor_units() } else { 1.0 };
        let mean = |summary: &Summary| summary.estimate.mean / scale;
        let base = mean(&what_if.base);
        let moves = |swing: &&Swing| swing.ends.iter().flatten().any(|end| mean(end) != base);
        let swings: Vec<&Swing> = what_if.swings.iter().filter(moves).take(SWINGS).collect();
        if swings.is_empty() {
            return None;
        }
        let names = |name: &str, of: &dyn Fn(&Swing) -> String| Column {
            name: name.into(),
            unit: String::new(),
            meaning: String::new(),
            values: Values::Name(swings.iter().map(|swing| of(swing)).collect()),
        };
        let end = |place: usize| {
            move |swing: &Swing| what_if::number(it, what_if, &swing.assumption, swing.assumption.ends[place])
        };
        let reals = |name: &str, of: &dyn Fn(&Swing) -> f64| Column {
            name: name.into(),
            unit: by.unit.name(&it.money),
            meaning: String::new(),
            values: Values::Real(swings.iter().map(|swing| of(swing)).collect()),
        };
        let at = |place: usize| move |swing: &Swing| swing.ends[place].as_ref().map_or(f64::NAN, mean);
        let columns = vec![
            names("assumption", &|swing| what_if::key_in_words(it, &swing.assumption.key)),
            reals("base", &|_| base),
            reals("low", &at(0)),
            reals("high", &at(1)),
            names("low_end", &end(0)),
            names("high_end", &end(1)),
        ];
        let language = it.locale.language;
        let ends = swings.iter().flat_map(|swing| swing.ends.iter().flatten().map(mean)).chain([base]);
        let (least, most) = ends.fold((base, base), |(least, most), value| (least.min(value), most.max(value)));
        // No difference is on the axis unless it is so far away that the ranges would become small.
        let has_zero = least - (most - least) <= 0.0 && most + (most - least) >= 0.0;
        let zero = has_zero.then(|| tell!(language, "figure-says-no-difference"));
        let caption = self.caption_of([tell!(language, "what-if-caption")].into_iter().chain(zero));
        let [first, other] = [what_if.first, what_if.other].map(|which| it.names[which].as_str());
        let side = |value: &str, label: String, hue| RangeEnd {
            value: value.to_owned(),
            end: format!("{value}_end"),
            label,
            hue,
        };
        let figure = Figure {
            name: "tornado".into(),
            title: tell!(language, "what-if-chart", first = first, other = other),
            caption,
            x: Axis {
                from_zero: has_zero,
                ..Axis::linear(
                    tell!(language, "what-if-axis", label = words::label(it, by), first = first, other = other),
                    "",
                    self.numbers_of(by),
                )
            },
            y: Axis::linear("", "assumption", Numbers::Plain),
            marks: vec![Mark::Ranges {
                base: "base".into(),
                low: side("low", tell!(language, "what-if-at-low"), Hue::Second),
                high: side("high", tell!(language, "what-if-at-high"), Hue::First),
            }],
        };
        Some(Drawing { figure, table: Table { columns } })
    }

    fn cost_per_customer(&self) -> Option<Drawing> {
        let language = self.it.locale.language;
        let (title, axis) = (tell!(language, "compare-chart-cost"), tell!(language, "compare-axis-cost"));
        self.ratio("cost-per-customer", "reward_cost_per_incremental", title, axis, self.money.clone())
    }

    fn return_on_investment(&self) -> Option<Drawing> {
        let language = self.it.locale.language;
        let (title, axis) = (tell!(language, "compare-chart-roi"), tell!(language, "compare-axis-roi"));
        self.ratio("roi", "return_on_investment", title, axis, Numbers::Percent)
    }

    /// What each programme has added to the profit, day by day, with the day from which on it has paid for itself.
    fn payback(&self) -> Option<Drawing> {
        let (it, programmes) = (self.it, self.programmes());
        let mut columns: Vec<Column> = vec![self.curves.column("day")?.clone()];
        let days = columns[0].values.len();
        let left_out = self.left_out(programmes.len().min(LINES), programmes.len(), LeftOut::Programmes);
        // The best lies above the others.
        let drawn: Vec<(usize, &Programme)> = programmes.into_iter().take(LINES).rev().collect();
        let mut marks = vec![];
        for (which, programme) in &drawn {
            let outcome = it.results.outcomes[*which].with_days();
            let own = curves(&outcome, days, &it.money);
            let mean = own.column("incremental_profit_mean")?.clone();
            let name = format!("{}_{}", mean.name, which + 1);
            columns.push(Column { name: name.clone(), ..mean });
            marks.push(self.line(name, *which));
            let is_known = programme.gain() != Some(Ordering::Equal);
            if let (Some(day), 1) = (programme.payback_day.filter(|day| *day > 0 && is_known), drawn.len()) {
                let label = tell!(it.locale.language, "compare-payback-day", day = day.to_string());
                marks.push(Mark::Rule { at: f64::from(day), label });
            }
        }
        if marks.is_empty() {
            return None;
        }
        let language = it.locale.language;
        let figure = Figure {
            name: "payback".into(),
            title: tell!(language, "compare-chart-payback"),
            caption: self.caption_of([tell!(language, "compare-caption-means")].into_iter().chain(left_out)),
            x: self.days(),
            y: Axis::linear(tell!(language, "compare-axis-payback"), "", self.money.clone()),
            marks,
        };
        Some(Drawing { figure, table: Table { columns } })
    }
}

fn bars(value: &str, interval: Option<(&str, &str)>, label: String, hue: Hue) -> Mark {
    let interval = interval.map(|(low, high)| (low.to_owned(), high.to_owned()));
    let by_interval = interval.is_some();
    Mark::Bars { value: value.to_owned(), interval, by_interval, label, hue }
}
