//! A first sketch of where people stand: how many ties apart they are, brought into the plane.
//!
//! Forces alone leave a large network folded, because nobody sees further than her neighbours. Distances to a few people who
//! are far from each other unfold it: PivotMDS of Brandes and Pich (2007).

use std::collections::VecDeque;

use super::layout::Vector;

/// How many people distances are taken to.
const PIVOTS: usize = 40;
/// Steps until the two longest axes are told from all others.
const TURNS: usize = 120;

/// Places of those who can be reached from the person with most ties, around (0, 0), at about `apart` from a friend; none of
/// all others.
pub fn sketch(people: usize, ties: &[(u32, u32)], apart: f64) -> Vec<Option<Vector>> {
    let mut friends = vec![Vec::new(); people];
    for &(a, b) in ties {
        friends[a as usize].push(b as usize);
        friends[b as usize].push(a as usize);
    }
    let Some(centre) = (0..people).max_by_key(|&person| friends[person].len()) else { return vec![] };
    let far = distances(&friends, centre);
    let reached: Vec<usize> = (0..people).filter(|&person| far[person].is_some()).collect();
    let columns = columns(&friends, &reached, far);
    let (x, y) = axes(&columns);
    let mut places = vec![None; people];
    let place = |row: usize| (project(&columns, &x, row), project(&columns, &y, row));
    reached.iter().enumerate().for_each(|(row, &person)| places[person] = Some(place(row)));
    scaled(places, ties, apart)
}

/// How many ties each is away; none if there is no way.
fn distances(friends: &[Vec<usize>], from: usize) -> Vec<Option<u32>> {
    let mut far = vec![None; friends.len()];
    let mut next = VecDeque::from([from]);
    far[from] = Some(0);
    while let Some(person) = next.pop_front() {
        for &friend in &friends[person] {
            if far[friend].is_none() {
                far[friend] = far[person].map(|ties| ties + 1);
                next.push_back(friend);
            }
        }
    }
    far
}

/// Squared distances of the reached to each pivot, less the means of both.
fn columns(friends: &[Vec<usize>], reached: &[usize], from_centre: Vec<Option<u32>>) -> Vec<Vec<f64>> {
    let mut nearest = from_centre.clone();
    let mut from_pivot = from_centre;
    let mut columns: Vec<Vec<f64>> = Vec::new();
    while columns.len() < PIVOTS.min(reached.len()) {
        columns.push(reached.iter().map(|&person| f64::from(from_pivot[person].unwrap_or(0)).powi(2)).collect());
        // The next pivot is who is farthest from all so far.
        let Some(&pivot) = reached.iter().max_by_key(|&&person| nearest[person]) else { break };
        from_pivot = distances(friends, pivot);
        for (near, far) in nearest.iter_mut().zip(&from_pivot) {
            *near = (*near).min(*far);
        }
    }
    let (rows, count) = (reached.len() as f64, columns.len() as f64);
    let row_means: Vec<f64> =
        (0..reached.len()).map(|row| columns.iter().map(|c| c[row]).sum::<f64>() / count).collect();
    let mean = row_means.iter().sum::<f64>() / rows;
    for column in &mut columns {
        let own = column.iter().sum::<f64>() / rows;
        column.iter_mut().zip(&row_means).for_each(|(value, row)| *value = -0.5 * (*value - own - row + mean));
    }
    columns
}

/// The two directions in which the rows of the columns spread most.
fn axes(columns: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let matrix: Vec<Vec<f64>> = columns.iter().map(|a| columns.iter().map(|b| product(a, b)).collect()).collect();
    let longest = |without: Option<&[f64]>| {
        let mut axis: Vec<f64> = (0..columns.len()).map(|i| 1.0 + (i * 7 % 11) as f64 / 10.0).collect();
        for _ in 0..TURNS {
            if let Some(other) = without {
                let along = product(&axis, other);
                axis.iter_mut().zip(other).for_each(|(value, other)| *value -= along * other);
            }
            axis = matrix.iter().map(|row| product(row, &axis)).collect();
            let length = product(&axis, &axis).sqrt().max(1e-12);
            axis.iter_mut().for_each(|value| *value /= length);
        }
        axis
    };
    let first = longest(None);
    let second = longest(Some(&first));
    (first, second)
}

fn project(columns: &[Vec<f64>], axis: &[f64], row: usize) -> f64 {
    columns.iter().zip(axis).map(|(column, share)| column[row] * share).sum()
}

/// The places so large that friends are `apart` on average.
fn scaled(mut places: Vec<Option<Vector>>, ties: &[(u32, u32)], apart: f64) -> Vec<Option<Vector>> {
    let lengths: Vec<f64> = ties
        .iter()
        .filter_map(|&(a, b)| places[a as usize].zip(places[b as usize]))
        .map(|(a, b)| ((a.0 - b.0) * (a.0 - b.0) + (a.1 - b.1) * (a.1 - b.1)).sqrt())
        .collect();
    let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
    let scale = if mean > 1e-9 { apart / mean } else { 0.0 };
    for place in places.iter_mut().flatten() {
        *place = (place.0 * scale, place.1 * scale);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lattice_lies_flat() {
        let side = 12u32;
        let right = (0..side * side).filter(|v| v % side + 1 < side).map(|v| (v, v + 1));
        let down = (0..side * (side - 1)).map(|v| (v, v + side));
        let ties: Vec<(u32, u32)> = right.chain(down).collect();
        let places: Vec<Vector> =
            sketch(144, &ties, 1.0).into_iter().map(|place| place.expect("all are reached")).collect();
        let far =
            |a: usize, b: usize| ((places[a].0 - places[b].0).powi(2) + (places[a].1 - places[b].1).powi(2)).sqrt();
        // Opposite corners are farther apart than neighbouring ones, and those than friends.
        let (diagonal, edge) = (far(0, 143).min(far(11, 132)), far(0, 11).max(far(0, 132)));
        let friends = ties.iter().map(|&(a, b)| far(a as usize, b as usize)).fold(0.0, f64::max);
        assert!(diagonal > edge * 1.15 && edge > friends * 4.0, "{diagonal} {edge} {friends}");
    }

    #[test]
    fn who_cannot_be_reached_has_no_place() {
        let places = sketch(5, &[(0, 1), (1, 2)], 1.0);
        assert!(places[..3].iter().all(Option::is_some) && places[3..].iter().all(Option::is_none));
        assert_eq!(sketch(0, &[], 1.0), []);
        assert_eq!(sketch(1, &[], 1.0), [Some((0.0, 0.0))]);
    }
}
