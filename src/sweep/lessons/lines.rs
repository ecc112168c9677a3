//! The response over one factor whose values are numbers.
//!
//! Over levels, each mean is over the cells at that level, and its interval is that of luck. Under a law every cell has a number of its
//! own: they are taken together in groups of as many cells, and the interval says how well the mean of a group is known though
//! the other factors, and luck, differ within it.

use super::effects::cells_by_level;
use super::response::{Known, Response};
use crate::sensitivity::interval_of_mean;
use crate::sweep::Design;

/// The most levels of a second factor that each have a line.
const LINES_MAX: usize = 6;
/// Groups of cells under a law: no more than so many, and each of at least so many cells.
const GROUPS_MAX: usize = 20;
const GROUP_MIN: usize = 5;

/// The response over one factor.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The factor.
    pub factor: usize,
    /// The second factor, each level of which has a line of its own.
    pub by: Option<usize>,
    /// Values of the factor, ascending; under a law the means of groups.
    pub positions: Vec<f64>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Other factors that vary: means are over all of their levels.
    pub averaged: Vec<usize>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The level of the second factor.
    pub level: Option<usize>,
    /// The response at each position; nothing where no cell there has one.
    pub points: Vec<Option<Known>>,
}

/// The response over every factor of numbers that has two of them or more, in the order of the plan.
pub fn lines(response: &Response) -> Vec<Lines> {
    let factors = 0..response.plan.factors.len();
    factors
        .filter(|&factor| response.plan.factors[factor].is_number())
        .filter_map(|it| of_factor(response, it))
        .collect()
}

fn of_factor(response: &Response, factor: usize) -> Option<Lines> {
    let plan = response.plan;
    let of = &plan.factors[factor];
    if of.levels().is_none() {
        return by_groups(response, factor);
    }
    let mut levels: Vec<(f64, usize)> =
        of.listed().iter().enumerate().filter_map(|(place, level)| Some((level.number?, place))).collect();
    levels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let is_line = levels.len() > 1 && levels.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !is_line {
        return None;
    }
    let others = (0..plan.factors.len()).filter(|&other| other != factor);
    let count = |other: usize| plan.factors[other].levels().unwrap_or(0);
    let few = others.clone().filter(|&other| plan.design == Design::Grid && (2..=LINES_MAX).contains(&count(other)));
    // The one with the fewest; of equal ones the first.
    let by = few.min_by_key(|&other| count(other));
    let cells = cells_by_level(response, factor);
    let line = |level: Option<usize>| {
        let has = |cell: &usize| by.is_none_or(|by| response.level(*cell, by) == level);
        let at = |place: usize| response.over(&cells[place].iter().copied().filter(has).collect::<Vec<_>>());
        Line { level, points: levels.iter().map(|&(_, place)| at(place)).collect() }
    };
    let lines = match by {
        Some(by) => (0..count(by)).map(|level| line(Some(level))).collect(),
        None => vec![line(None)],
    };
    let averaged = match plan.design {
        Design::OneAtATime => vec![],
        _ => others.filter(|&other| Some(other) != by && count(other) != 1).collect(),
    };
    Some(Lines { factor, by, positions: levels.iter().map(|(number, _)| *number).collect(), lines, averaged })
}

/// Under a law: groups of neighbouring cells.
fn by_groups(response: &Response, factor: usize) -> Option<Lines> {
    let plan = response.plan;
    let place = |cell: usize| plan.factors[factor].number(plan.cells[cell][factor]);
    let mut cells: Vec<(f64, f64)> =
        (0..response.cells()).filter_map(|cell| Some((place(cell)?, response.mean(cell)?))).collect();
    cells.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let (mut positions, mut points) = (vec![], vec![]);
    for members in groups(&cells) {
        let values: Vec<f64> = members.iter().map(|(_, value)| *value).collect();
        let mean_of = |sum: f64| sum / members.len() as f64;
        positions.push(mean_of(members.iter().map(|(position, _)| position).sum()));
        points.push(Some(of_group(response, mean_of(values.iter().sum()), &values)));
    }
    let averaged = (0..plan.factors.len()).filter(|&other| other != factor).collect();
    let is_line = positions.len() > 1 && positions.windows(2).all(|pair| pair[0] < pair[1]);
    is_line.then(|| Lines { factor, by: None, positions, lines: vec![Line { level: None, points }], averaged })
}

/// Cells in order, in groups of as many, or one more; what is equal stays together, as a screening has few numbers, many times each.
fn groups(cells: &[(f64, f64)]) -> Vec<&[(f64, f64)]> {
    let wanted = (cells.len() / GROUP_MIN).clamp(1, GROUPS_MAX);
    let mut groups: Vec<&[(f64, f64)]> = vec![];
    let mut start = 0;
    for group in 1..=wanted {
        let mut end = (cells.len() * group / wanted).max(start);
        while end > start && end < cells.len() && cells[end].0 == cells[end - 1].0 {
            end += 1;
        }
        if end - start >= GROUP_MIN || end == cells.len() && end > start && groups.is_empty() {
            groups.push(&cells[start..end]);
            start = end;
        }
    }
    // What equal numbers left over at the end.
    if let Some(last) = groups.last_mut().filter(|_| start < cells.len()) {
        *last = &cells[start - last.len()..];
    }
    groups
}

/// The mean of a group; a share of runs stays within 0 and 1.
fn of_group(response: &Response, mean: f64, values: &[f64]) -> Known {
    let (least, most) = if response.metric.is_take_off() { (0.0, 1.0) } else { (f64::NEG_INFINITY, f64::INFINITY) };
    let interval = interval_of_mean(values).map(|[low, high]| [low.max(least), high.min(most)]);
    Known { mean, interval }
}
