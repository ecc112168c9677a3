//! Where a share of runs crosses one half: on which side of a line the product takes off.

use super::lines::{Line, Lines, lines};
use super::response::Response;
use super::surface::{Surface, surfaces};
use crate::sensitivity::threshold::{Crossing, Response as Position, crossings};

/// The share at which a cascade is said to take off: in as many runs as not.
pub const HALF: f64 = 0.5;

/// Where it takes off.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// The share of runs over two factors, if there are two with levels.
    pub surface: Option<Surface>,
    /// The share over the factor of numbers along which it is looked for, a line for each level of the other.
    pub lines: Lines,
    /// Where each line crosses one half.
    pub crossings: Vec<CrossingOf>,
}

/// Where one line crosses.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossingOf {
    /// The level of the other factor.
    pub level: Option<usize>,
    /// The crossings, ascending; none where the line stays on one side.
    pub crossings: Vec<Crossing>,
    /// Whether it is above one half where it begins.
    pub begins_above: bool,
}

/// Where the share crosses one half; nothing where no factor has numbers.
pub fn phase(response: &Response) -> Option<Phase> {
    let surface = surfaces(response, None, 1).pop();
    let lines = match &surface {
        // A line for each row of the map.
        Some(surface) => along(response, surface),
        // Along the factor over which it changes most; of equal ones the first.
        None => lines(response).into_iter().rev().max_by(|a, b| spread(a).total_cmp(&spread(b))),
    }?;
    let crossings = lines.lines.iter().filter_map(|line| of_line(&lines.positions, line)).collect();
    Some(Phase { surface, lines, crossings })
}

/// How far the means of the first line lie apart.
fn spread(lines: &Lines) -> f64 {
    let means = lines.lines.iter().take(1).flat_map(|line| line.points.iter().flatten()).map(|known| known.mean);
    let (low, high) = means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    (high - low).max(0.0)
}

/// The rows of a surface whose factor across has numbers.
fn along(response: &Response, surface: &Surface) -> Option<Lines> {
    let [across, up] = surface.factors;
    let of = &response.plan.factors[across];
    let mut order: Vec<(f64, usize)> =
        of.listed().iter().enumerate().filter_map(|(place, level)| Some((level.number?, place))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    if !of.is_number() || order.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
        return None;
    }
    let line = |(level, row): (usize, &Vec<Option<super::response::Known>>)| Line {
        level: Some(level),
        points: order.iter().map(|&(_, place)| row[place]).collect(),
    };
    Some(Lines {
        factor: across,
        by: Some(up),
        positions: order.iter().map(|(number, _)| *number).collect(),
        lines: surface.rows.iter().enumerate().map(line).collect(),
        averaged: surface.averaged.clone(),
    })
}

fn of_line(positions: &[f64], line: &Line) -> Option<CrossingOf> {
    let position = |(&position, known): (&f64, &Option<super::response::Known>)| {
        let known = (*known)?;
        Some(Position { position, value: known.mean, interval: known.interval })
    };
    let curve: Vec<Position> = positions.iter().zip(&line.points).filter_map(position).collect();
    let begins_above = curve.first()?.value >= HALF;
    let crossings = crossings(&curve, HALF).unwrap_or_default();
    Some(CrossingOf { level: line.level, crossings, begins_above })
}
