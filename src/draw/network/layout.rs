//! Where people of a network stand: those with a tie near each other, all others apart.
//!
//! Everybody is repelled by everybody and drawn to whom she has a tie with, and to the middle; with the forces and the speeds
//! of ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014). Who is far away is taken together with her neighbours
//! (`quadtree`), as Barnes and Hut did with stars. The start is a sketch by distances (`pivots`) and the number of steps is
//! fixed, so the same network has the same picture everywhere: nothing but sums, products, quotients and square roots is
//! taken, which all machines round alike.

use std::collections::BTreeMap;

use super::pivots;
use super::quadtree::{Body, Tree};

/// A place or a force.
pub type Vector = (f64, f64);

/// Steps after the first sketch.
const STEPS: usize = 250;
/// How far friends are from each other in the first sketch, in units of its own.
const APART: f64 = 12.0;
/// How strongly people repel each other: sets how far apart they stand, in units of its own.
const REPULSION: f64 = 10.0;
/// How strongly all are drawn to the middle, in parts of a tie; keeps parts without ties to each other in sight.
const GRAVITY: f64 = 0.03;
/// How much shaking is taken for how much advance.
const TOLERANCE: f64 = 1.0;

/// A place for each of `people`, around (0, 0), in units of no meaning. Ties are pairs of two different numbers below `people`.
pub fn lay_out(people: usize, ties: &[(u32, u32)]) -> Vec<Vector> {
    let mut places = start(people, ties);
    let mut weights = vec![1.0; people];
    for &(a, b) in ties {
        weights[a as usize] += 1.0;
        weights[b as usize] += 1.0;
    }
    let mut before = vec![(0.0, 0.0); people];
    let mut speed = 1.0;
    for _ in 0..STEPS {
        let forces = forces(&places, &weights, ties);
        speed = advance(&mut places, &weights, &forces, &before, speed);
        before = forces;
    }
    places
}

/// Places by distances, each moved by as good as chance, so that nobody stands upon another; who cannot be reached from the
/// others stands somewhere around them.
fn start(people: usize, ties: &[(u32, u32)]) -> Vec<Vector> {
    let places = pivots::sketch(people, ties, APART);
    let reach = places.iter().flatten().map(|&place| length(place)).fold(APART, f64::max);
    let at = |(number, place): (u64, Option<Vector>)| {
        let (x, y) = scattered(number);
        match place {
            Some(place) => (place.0 + x * APART / 4.0, place.1 + y * APART / 4.0),
            None => (x * reach * 1.2, y * reach * 1.2),
        }
    };
    (0..).zip(places).map(at).collect()
}

/// A place in the square from −1 to 1, as good as at random (splitmix64).
fn scattered(number: u64) -> Vector {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    let side = |bits: u64| (bits & 0xffff_ffff) as f64 / 2_147_483_648.0 - 1.0;
    (side(z), side(z >> 32))
}

fn forces(places: &[Vector], weights: &[f64], ties: &[(u32, u32)]) -> Vec<Vector> {
    let bodies = places.iter().zip(weights).map(|(&at, &weight)| Body { at, weight }).collect();
    let tree = Tree::of(bodies);
    let pull_and_push = |(&at, &weight): (&Vector, &f64)| {
        let (x, y) = tree.repulsion(at);
        let pull = GRAVITY * weight;
        (REPULSION * weight * x - pull * at.0, REPULSION * weight * y - pull * at.1)
    };
    let mut forces: Vec<Vector> = places.iter().zip(weights).map(pull_and_push).collect();
    for &(a, b) in ties {
        let (a, b) = (a as usize, b as usize);
        let (x, y) = (places[b].0 - places[a].0, places[b].1 - places[a].1);
        forces[a] = (forces[a].0 + x, forces[a].1 + y);
        forces[b] = (forces[b].0 - x, forces[b].1 - y);
    }
    forces
}

/// Moves everybody, the less the more she shakes; says how fast all went.
fn advance(places: &mut [Vector], weights: &[f64], forces: &[Vector], before: &[Vector], speed: f64) -> f64 {
    let swing = |i: usize| length((forces[i].0 - before[i].0, forces[i].1 - before[i].1));
    let traction = |i: usize| length((forces[i].0 + before[i].0, forces[i].1 + before[i].1)) / 2.0;
    let total = |of: &dyn Fn(usize) -> f64| (0..places.len()).map(|i| weights[i] * of(i)).sum::<f64>();
    let wanted = TOLERANCE * TOLERANCE * total(&traction) / total(&swing).max(1e-9);
    let speed = wanted.min(speed * 1.5);
    for (i, place) in places.iter_mut().enumerate() {
        let own = speed / (1.0 + speed * (weights[i] * swing(i)).sqrt());
        place.0 += forces[i].0 * own;
        place.1 += forces[i].1 * own;
    }
    speed
}

fn length((x, y): Vector) -> f64 {
    (x * x + y * y).sqrt()
}

/// Moves apart who stands nearer to each other than `apart`, as far as that goes.
pub fn separate(places: &mut [Vector], apart: f64) {
    for _ in 0..40 {
        // People are sorted into squares as wide as they are to be apart: only neighbouring ones can be too near.
        let mut squares: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
        let square = |(x, y): Vector| ((x / apart).floor() as i64, (y / apart).floor() as i64);
        for (i, &place) in places.iter().enumerate() {
            squares.entry(square(place)).or_default().push(i);
        }
        let mut moved = false;
        for i in 0..places.len() {
            let (x, y) = square(places[i]);
            for near in (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (x + dx, y + dy))) {
                for &j in squares.get(&near).into_iter().flatten().filter(|&&j| j > i) {
                    moved |= push_apart(places, i, j, apart);
                }
            }
        }
        if !moved {
            break;
        }
    }
}

fn push_apart(places: &mut [Vector], i: usize, j: usize, apart: f64) -> bool {
    let (x, y) = (places[j].0 - places[i].0, places[j].1 - places[i].1);
    let gap = length((x, y));
    if gap >= apart * 0.999 {
        return false;
    }
    // Two in one place part in a direction of their own, or many of them would form a line.
    let (x, y) = if gap > 1e-9 { (x, y) } else { scattered((i * 4_099 + j) as u64) };
    let far = length((x, y)).max(1e-12);
    let (x, y) = (x / far, y / far);
    let step = (apart - gap) / 2.0;
    places[i] = (places[i].0 - x * step, places[i].1 - y * step);
    places[j] = (places[j].0 + x * step, places[j].1 + y * step);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(places: &[Vector], a: usize, b: usize) -> f64 {
        length((places[a].0 - places[b].0, places[a].1 - places[b].1))
    }

    #[test]
    fn friends_stand_nearer_than_strangers() {
        // Two cliques of eight with one tie between them.
        let clique = |from: u32| (from..from + 8).flat_map(move |a| (a + 1..from + 8).map(move |b| (a, b)));
        let ties: Vec<(u32, u32)> = clique(0).chain(clique(8)).chain([(0, 8)]).collect();
        let places = lay_out(16, &ties);
        let (mut friends, mut strangers) = (0.0f64, f64::INFINITY);
        for a in 0..16 {
            for b in a + 1..16 {
                if (a < 8) == (b < 8) {
                    friends = friends.max(far(&places, a, b));
                } else if a > 0 || b != 8 {
                    strangers = strangers.min(far(&places, a, b));
                }
            }
        }
        assert!(friends < strangers, "{friends} {strangers}");
    }

    #[test]
    fn a_ring_becomes_round() {
        let ties: Vec<(u32, u32)> = (0..40).map(|a| (a, (a + 1) % 40)).collect();
        let places = lay_out(40, &ties);
        let distances: Vec<f64> = places.iter().map(|&at| length(at)).collect();
        let (least, most) = distances.iter().fold((f64::INFINITY, 0.0f64), |(l, m), &d| (l.min(d), m.max(d)));
        assert!(least > most * 0.5, "{least} {most}");
    }

    #[test]
    fn any_network_has_places() {
        assert_eq!(lay_out(0, &[]), Vec::<Vector>::new());
        for (people, ties) in [(1, vec![]), (2, vec![(0, 1)]), (3, vec![]), (300, (1..300).map(|b| (0, b)).collect())] {
            let places = lay_out(people, &ties);
            assert!(places.iter().all(|&(x, y)| x.is_finite() && y.is_finite() && length((x, y)) < 1e6));
            assert_eq!(places, lay_out(people, &ties), "the same each time");
        }
    }

    #[test]
    fn people_upon_each_other_are_moved_apart() {
        let mut places = vec![(50.0, 50.0); 20];
        separate(&mut places, 4.0);
        for a in 0..20 {
            assert!((0..a).all(|b| far(&places, a, b) > 3.0), "{places:?}");
        }
    }
}
