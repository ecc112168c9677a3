//! Joining half-ties at random into a simple graph: shared by the models that prescribe numbers of friends.
//!
//! How: the half-ties are shuffled and joined two by two; every join that may not be (with oneself, twice, or forbidden)
//! is repaired by exchanging partners with a random good tie. Few joins need it, so the graph is close to uniform among
//! those allowed (the error vanishes as people grow); a strictly uniform one would cost e^(d²/4) whole attempts.
//!
//! Reference: Bollobás (1980), "A probabilistic proof of an asymptotic formula for the number of labelled regular
//! graphs"; McKay & Wormald (1990), "Uniform generation of random regular graphs of moderate degree", for switching.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::pick;
use crate::dice::Draws;
use crate::graph::build::{Pair, Rows};
use crate::graph::deal::{Heaps, parts};

/// Random partners tried for one bad join before it is given up.
const TRIES: u32 = 2_000;

/// The joined half-ties.
pub(super) struct Paired {
    /// A simple graph.
    pub(super) rows: Rows,
    /// Joins that found no allowed exchange and were left out; zero but for tiny or nearly full graphs.
    pub(super) left_out: u64,
}

/// Everybody so many times, in the order of ids.
pub(super) fn half_ties(people: u32, each: u32) -> Vec<u32> {
    (0..people as usize * each as usize).into_par_iter().map(|place| (place / each as usize) as u32).collect()
}

/// Joins half-ties, each given by its person; the last one of an odd number stays alone. `allowed` says whether two
/// different people may be tied at all, the same in both orders.
pub(super) fn pair(
    people: u32,
    mut half_ties: Vec<u32>,
    allowed: impl Fn(u32, u32) -> bool + Sync,
    draws: &mut Draws,
) -> Paired {
    shuffle(&mut half_ties, draws);
    let mut bad: Vec<Pair> =
        half_ties.par_chunks_exact(2).filter(|join| join[0] == join[1]).map(|join| (join[0], join[1])).collect();
    let (mut rows, repeated) = joined(people, half_ties);
    rows.edit(&repeated, &[]);
    // Asked for in the order of the rows, so that what is forbidden can be looked up in other rows side by side.
    let forbidden =
        |a: u32| rows.row(a).iter().filter(move |&&b| a < b).map(move |&b| (a, b)).filter(|&(a, b)| !allowed(a, b));
    let forbidden: Vec<Pair> = (0..people).into_par_iter().flat_map_iter(forbidden).collect();
    rows.edit(&forbidden, &[]);
    bad.extend(repeated);
    bad.extend(forbidden);
    let mut patch = Patch { rows: &rows, removed: BTreeSet::new(), added: BTreeSet::new() };
    let left_out = bad.into_iter().filter(|&join| !patch.repair(join, &allowed, draws)).count() as u64;
    let [removed, added] = [patch.removed, patch.added].map(|ties| ties.into_iter().collect::<Vec<Pair>>());
    rows.edit(&removed, &added);
    Paired { rows, left_out }
}

/// Joins all half-ties at once; nothing unless the graph happens to be simple.
pub(super) fn pair_at_once(people: u32, mut half_ties: Vec<u32>, draws: &mut Draws) -> Option<Rows> {
    shuffle(&mut half_ties, draws);
    if half_ties.chunks_exact(2).any(|join| join[0] == join[1]) {
        return None;
    }
    let (rows, repeated) = joined(people, half_ties);
    repeated.is_empty().then_some(rows)
}

/// The rows of half-ties joined two by two, but for joins of a person with itself; and what is in them more than once.
pub(super) fn joined(people: u32, half_ties: Vec<u32>) -> (Rows, Vec<Pair>) {
    Rows::of_any_ties(people, half_ties.len() / 2, move |number| {
        let (one, other) = (half_ties[2 * number], half_ties[2 * number + 1]);
        (one != other).then_some((one, other))
    })
}

/// Half-ties that are dealt at a time, and about as many as lie on a heap. To change them changes results.
const CHUNK: usize = 1 << 18;
const HEAP: usize = 1 << 17;

/// Every order is equally likely: each half-tie is dealt onto a random heap, and each heap is shuffled (Rao 1961; Sandelius
/// 1962), by as many threads as there are, each within its cache.
pub(super) fn shuffle(half_ties: &mut [u32], draws: &mut Draws) {
    let luck = draws.luck();
    let heaps = half_ties.len().div_ceil(HEAP).max(1);
    let deal = |(chunk, part): (usize, &[u32])| {
        let draws = luck.stream((heaps + chunk) as u64);
        let onto = part.iter().scan(draws, |draws, &person| Some((draws.below(heaps as u32) as usize, person)));
        Heaps::deal(heaps, onto)
    };
    let dealt: Vec<Heaps<u32>> = half_ties.par_chunks(CHUNK).enumerate().map(deal).collect();
    let sizes = (0..heaps).map(|heap| dealt.iter().map(|chunk| chunk.heap(heap).len()).sum());
    parts(half_ties, sizes).into_par_iter().enumerate().for_each(|(heap, part)| {
        let mut rest = &mut *part;
        for dealt in &dealt {
            let items = dealt.heap(heap);
            rest.split_off_mut(..items.len()).expect("it is as long as all of them").copy_from_slice(items);
        }
        shuffle_one_by_one(part, &mut luck.stream(heap as u64));
    });
}

/// Fisher & Yates.
fn shuffle_one_by_one(half_ties: &mut [u32], draws: &mut Draws) {
    for last in (1..half_ties.len()).rev() {
        half_ties.swap(last, pick(draws, last as u64 + 1) as usize);
    }
}

/// The rows and what the repairs changed, ties as (lower, higher).
struct Patch<'a> {
    rows: &'a Rows,
    removed: BTreeSet<Pair>,
    added: BTreeSet<Pair>,
}

impl Patch<'_> {
    fn has(&self, a: u32, b: u32) -> bool {
        let tie = (a.min(b), a.max(b));
        self.added.contains(&tie) || (self.rows.row(a).binary_search(&b).is_ok() && !self.removed.contains(&tie))
    }

    /// Exchanges partners with a random tie: (u, v) and (x, y) become (u, x) and (v, y). Whether one was found.
    fn repair(&mut self, (u, v): (u32, u32), allowed: &impl Fn(u32, u32) -> bool, draws: &mut Draws) -> bool {
        for _ in 0..TRIES {
            let Some((x, y)) = self.random_arc(draws) else { continue };
            let free = |a, b| a != b && allowed(a, b) && !self.has(a, b);
            let (one, other) = ((u.min(x), u.max(x)), (v.min(y), v.max(y)));
            if one != other && free(u, x) && free(v, y) {
                self.removed.insert((x.min(y), x.max(y)));
                // A tie removed earlier may come back; it then counts as added.
                self.added.insert(one);
                self.added.insert(other);
                return true;
            }
        }
        false
    }

    /// A uniformly drawn arc of the rows, unless it was removed.
    fn random_arc(&self, draws: &mut Draws) -> Option<(u32, u32)> {
        let column = self.rows.column();
        if column.is_empty() {
            return None;
        }
        let place = pick(draws, column.len() as u64) as usize;
        let x = self.rows.starts().partition_point(|&start| start as usize <= place) as u32 - 1;
        let y = column[place];
        (!self.removed.contains(&(x.min(y), x.max(y)))).then_some((x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::SocialGraph;
    use crate::graph::model::testing::*;

    #[test]
    fn forbidden_ties_are_exchanged_away() {
        let half_ties = (0..200u32).flat_map(|person| [person; 5]).collect();
        let apart = |a: u32, b: u32| a / 10 != b / 10;
        let paired = pair(200, half_ties, apart, &mut super::super::draws(dice(3)));
        assert_eq!(paired.left_out, 0);
        let graph = SocialGraph::of_rows(paired.rows);
        assert_simple(&graph);
        assert!(degrees(&graph).iter().all(|&degree| degree == 5));
        for person in 0..200 {
            assert!(graph.friends(crate::units::PersonId(person)).iter().all(|&friend| apart(person, friend)));
        }
    }

    #[test]
    fn what_cannot_be_joined_is_counted() {
        // Two people with three half-ties each can be tied once.
        let paired = pair(2, vec![0, 0, 0, 1, 1, 1], |_, _| true, &mut super::super::draws(dice(1)));
        assert!(paired.rows.row(0).len() <= 1 && paired.left_out >= 2);
    }
}
