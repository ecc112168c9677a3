//! From a design to cells: points become values of the factors, those that break a constraint are left out, and points with the same
//! values are one cell.

use super::constraint::Constraint;
use super::design::{grid, latin_hypercube, morris, one_at_a_time, sobol};
use super::factor::{Factor, Place};
use super::plan::{CELLS_MAX, Design};
use crate::units::Seed;
use std::collections::BTreeMap;

/// The cells of a design.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    pub cells: Vec<Vec<Place>>,
    /// Of each point, its cell; nothing where each is a cell of its own.
    pub points: Option<Vec<u32>>,
    pub left_out: u32,
}

/// How many points a design has; nothing where that is beyond all numbers.
pub(super) fn number(design: Design, factors: &[Factor], listed: usize) -> Option<usize> {
    let of_rows = |rows: u32, each: usize| (rows as usize).checked_mul(factors.len().checked_add(each)?);
    match design {
        Design::Grid => grid::size(&levels(factors)),
        Design::OneAtATime => {
            levels(factors).iter().try_fold(1, |sum: usize, levels| sum.checked_add(levels.saturating_sub(1)))
        }
        Design::LatinHypercube { points } => Some(points as usize),
        Design::Sobol { rows } => of_rows(rows, 2),
        Design::Morris { trajectories, .. } => of_rows(trajectories, 1),
        Design::List => Some(listed),
    }
}

/// The cells; of a list, those that are given.
///
/// # Errors
/// In words, what of the design cannot be.
pub(super) fn of(
    design: Design,
    factors: &[Factor],
    constraints: &[Constraint],
    listed: Vec<Vec<Place>>,
    seed: Seed,
) -> Result<Cells, String> {
    match number(design, factors, listed.len()) {
        Some(number) if number <= CELLS_MAX => {}
        Some(number) => return Err(format!("{number} cells, and at most {CELLS_MAX} are possible")),
        None => return Err(format!("cells beyond all numbers, and at most {CELLS_MAX} are possible")),
    }
    let by_level = |point: Vec<usize>| point.into_iter().map(|level| Place::Level(level as u32)).collect::<Vec<_>>();
    let by_share =
        |point: Vec<f64>| factors.iter().zip(point).map(|(factor, share)| factor.at(share)).collect::<Vec<_>>();
    let said = |error: &dyn std::fmt::Display| error.to_string();
    let all: Vec<Vec<Place>> = match design {
        Design::Grid => grid::grid(&levels(factors)).into_iter().flatten().map(by_level).collect(),
        Design::OneAtATime => {
            let levels = levels(factors);
            let points = one_at_a_time::one_at_a_time(&levels, &vec![0; levels.len()]).map_err(|error| said(&error))?;
            points.into_iter().map(by_level).collect()
        }
        Design::LatinHypercube { points } => {
            latin_hypercube::latin_hypercube(points, factors.len(), seed).into_iter().map(by_share).collect()
        }
        Design::Sobol { rows } => {
            let points = sobol::saltelli(rows as usize, factors.len(), seed).map_err(|error| said(&error))?;
            points.into_iter().map(by_share).collect()
        }
        Design::Morris { trajectories, levels } => {
            let trajectories =
                morris::morris(trajectories, factors.len(), levels, seed).map_err(|error| said(&error))?;
            trajectories.into_iter().flat_map(|it| it.points).map(by_share).collect()
        }
        Design::List => listed,
    };
    Ok(once(fulfilling(all, factors, constraints)))
}

fn levels(factors: &[Factor]) -> Vec<usize> {
    factors.iter().map(|factor| factor.levels().unwrap_or(0)).collect()
}

/// The points that fulfil the constraints, and how many do not.
fn fulfilling(all: Vec<Vec<Place>>, factors: &[Factor], constraints: &[Constraint]) -> (Vec<Vec<Place>>, u32) {
    if constraints.is_empty() {
        return (all, 0);
    }
    let (mut kept, mut left_out) = (vec![], 0);
    for point in all {
        let levels: Vec<_> = factors.iter().zip(&point).map(|(factor, place)| factor.level(*place)).collect();
        let holds = constraints.iter().all(|constraint| constraint.holds(&levels));
        if holds { kept.push(point) } else { left_out += 1 }
    }
    (kept, left_out)
}

/// Points with the same values are one cell.
fn once((all, left_out): (Vec<Vec<Place>>, u32)) -> Cells {
    let mut known: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
    let (mut cells, mut points) = (vec![], vec![]);
    for point in all {
        let cell = *known.entry(point.iter().map(|place| place.bits()).collect()).or_insert(cells.len() as u32);
        points.push(cell);
        if cell as usize == cells.len() {
            cells.push(point);
        }
    }
    let own = points.iter().enumerate().all(|(at, cell)| at == *cell as usize);
    Cells { cells, points: (!own).then_some(points), left_out }
}
