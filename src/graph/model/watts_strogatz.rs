//! Watts-Strogatz: a ring of neighbours with shortcuts.
//!
//! **Formula.** n people stand in a ring, each tied to the k / 2 nearest on either side. Lap by lap, each tie's far end
//! is moved, with chance β, to a uniformly drawn person it is not tied to yet. Clustering falls from
//! 3 (k - 2) / (4 (k - 1)) by about (1 - β)³; distances fall much sooner.
//!
//! How: each tie has draws of its own, so everybody can say which ties of the ring have been moved by the time of a turn, and
//! the people are independent, but for one thing: two people may both move a tie to each other. That happens about
//! (β k / 2)² / 2 times in a graph, however large. Such a tie is seen when the rows are sorted; the one whose turn was later
//! is moved once more, to somebody who is free in the graph as it is then. Where k is more than an eighth of all people, turns
//! matter more, and are taken one after another.
//!
//! **When to use.** Friends of friends are friends, yet everybody is a few steps away: neighbourhoods, schools.
//!
//! **When not.** Where a few people have very many friends: numbers of friends stay close to k.
//!
//! **Parameters.** `people`; `ties_per_person` (k) [friends a person], even; `rewiring` (β) [chance].
//!
//! **Reference.** Watts & Strogatz (1998), "Collective dynamics of 'small-world' networks"; clustering after Barrat &
//! Weigt (2000).

use super::{Mistakes, draws, pick};
use crate::dice::{Dice, Luck, Purpose};
use crate::graph::SocialGraph;
use crate::graph::build::{Pair, Rows};
use crate::units::Probability;

/// Draws for a new end before the tie stays where it is: they run out only for a person tied to nearly everybody.
const TRIES: u32 = 100;

/// People for each of k neighbours from which on they are independent.
const SPARSE: u32 = 8;

/// A ring of neighbours with shortcuts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WattsStrogatz {
    /// How many people \[people\]; more than `ties_per_person`, at most 2²⁷.
    pub people: u32,
    /// Neighbours of each person before rewiring (k) \[people\]; even, 0 to `people` - 1. It stays the mean degree.
    pub ties_per_person: u32,
    /// Chance that a tie is moved to a random person (β); 0 to 1.
    pub rewiring: Probability,
}

impl WattsStrogatz {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let Self { people, ties_per_person: k, .. } = *self;
        let fine = k.is_multiple_of(2) && (k == 0 || k < people);
        mistakes.unless(fine, "ties_per_person", k, || format!("an even number, fewer than people ({people})"));
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let Self { people, ties_per_person: k, rewiring } = *self;
        let ring = Ring { people, half: k / 2 };
        if k > people / SPARSE {
            return SocialGraph::of_rows(ring.rewired_in_turn(rewiring, dice));
        }
        let turns = Turns { ring, rewiring, luck: dice.of(Purpose::Graph) };
        let (mut rows, twice) = Rows::of_ties_repeated(people, |range, ties| {
            let mut ends = Vec::with_capacity(ring.half as usize);
            for person in range {
                turns.take(person, &mut ends);
                ties.extend(ends.iter().map(|&end| (person, end)));
            }
        });
        let moved = turns.move_again(&rows, &twice);
        rows.edit(&twice, &moved);
        SocialGraph::of_rows(rows)
    }
}

/// Before anything is moved: each person is tied to the `half` next ones.
#[derive(Clone, Copy)]
struct Ring {
    people: u32,
    half: u32,
}

impl Ring {
    /// Who stands so many places after somebody, 1 to `people` - 1.
    #[inline]
    fn after(self, person: u32, places: u32) -> u32 {
        if person >= self.people - places { person - (self.people - places) } else { person + places }
    }

    /// How many places somebody stands after another one.
    #[inline]
    fn places(self, from: u32, to: u32) -> u32 {
        if to >= from { to - from } else { to + (self.people - from) }
    }

    /// Every tie in its turn, as it is defined.
    fn rewired_in_turn(self, rewiring: Probability, dice: Dice) -> Rows {
        let Ring { people, half } = self;
        let mut draws = draws(dice);
        // Slot j of person v holds the far end of the tie that began as v to v + j + 1.
        let mut ends: Vec<u32> =
            (0..people).flat_map(|v| (1..=half).map(move |places| self.after(v, places))).collect();
        let slots = |v: u32| v as usize * half as usize..(v as usize + 1) * half as usize;
        for lap in 0..half as usize {
            for v in 0..people {
                if !rewiring.accepts(draws.draw()) {
                    continue;
                }
                for _ in 0..TRIES {
                    let w = pick(&mut draws, u64::from(people)) as u32;
                    // A tie between v and w is in a slot of one of them.
                    if w != v && !ends[slots(v)].contains(&w) && !ends[slots(w)].contains(&v) {
                        ends[slots(v)][lap] = w;
                        break;
                    }
                }
            }
        }
        Rows::of_ties(people, |range, ties| {
            ties.extend(range.flat_map(|v| ends[slots(v)].iter().map(move |&w| (v, w))));
        })
    }
}

/// Turns that are taken by everybody for themselves.
struct Turns {
    ring: Ring,
    rewiring: Probability,
    luck: Luck,
}

impl Turns {
    /// The number of a tie by whose it is and in which lap it has its turn.
    #[inline]
    fn tie(&self, person: u32, lap: u32) -> u64 {
        u64::from(person) * u64::from(self.ring.half) + u64::from(lap)
    }

    #[inline]
    fn is_moved(&self, person: u32, lap: u32) -> bool {
        self.rewiring.accepts(self.luck.draw(self.tie(person, lap)))
    }

    /// The ends of the ties of a person, lap by lap, after all turns.
    fn take(&self, person: u32, ends: &mut Vec<u32>) {
        let ring = self.ring;
        ends.clear();
        ends.extend((1..=ring.half).map(|places| ring.after(person, places)));
        for lap in 0..ring.half {
            if self.is_moved(person, lap) {
                let mut draws = self.luck.stream(self.tie(person, lap));
                // All but an eighth of all people are free.
                ends[lap as usize] = loop {
                    let end = draws.below(ring.people);
                    if end != person && !ends.contains(&end) && !self.is_next_to(end, person, lap) {
                        break end;
                    }
                };
            }
        }
    }

    /// Whether the ring still ties somebody to a person behind when that person has the turn of a lap.
    #[inline]
    fn is_next_to(&self, before: u32, person: u32, lap: u32) -> bool {
        let places = self.ring.places(before, person);
        if places > self.ring.half {
            return false;
        }
        let had_turn = (places - 1, before) < (lap, person);
        !(had_turn && self.is_moved(before, places - 1))
    }

    /// New ends for ties that were moved to each other: of each two the one whose turn was later.
    fn move_again(&self, rows: &Rows, twice: &[Pair]) -> Vec<Pair> {
        let mut moved: Vec<Pair> = vec![];
        for &(one, other) in twice {
            let mut ends = vec![];
            let mut lap_of = |person, end| {
                self.take(person, &mut ends);
                ends.iter().position(|&it| it == end).expect("the tie is in a slot of either") as u32
            };
            let (lap, person) = (lap_of(one, other), one).max((lap_of(other, one), other));
            // Streams of their own, after those of the ties.
            let mut draws = self.luck.stream(self.tie(self.ring.people, 0) + self.tie(person, lap));
            // Somebody is free, for nobody was chosen by nearly everybody.
            moved.push(loop {
                let end = draws.below(self.ring.people);
                let is_free = end != person
                    && rows.row(person).binary_search(&end).is_err()
                    && !moved.iter().any(|&tie| tie == (person, end) || tie == (end, person));
                if is_free {
                    break (person, end);
                }
            });
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use crate::units::PersonId;

    fn model(people: u32, ties_per_person: u32, rewiring: f64) -> WattsStrogatz {
        WattsStrogatz { people, ties_per_person, rewiring: Probability::clamped(rewiring) }
    }

    #[test]
    fn without_rewiring_it_is_the_ring() {
        let ring = model(100, 4, 0.0).grow(dice(1));
        assert_simple(&ring);
        assert_eq!(ring.friends(PersonId(0)), [1, 2, 98, 99]);
        assert_eq!(ring.friends(PersonId(50)), [48, 49, 51, 52]);
        assert!((transitivity(&ring) - 0.5).abs() < 1e-12, "3 (k - 2) / (4 (k - 1)) for k = 4");
        assert_eq!(model(5, 4, 0.0).grow(dice(1)).arcs(), 20);
        assert_eq!(model(5, 0, 0.5).grow(dice(1)).arcs(), 0);
    }

    #[test]
    fn rewiring_moves_ties_and_loses_none() {
        for beta in [0.1, 1.0] {
            let graph = assert_sound(&GraphModel::WattsStrogatz(model(20_000, 12, beta)));
            assert_eq!(graph.arcs(), 20_000 * 12);
        }
        for (people, k) in [(3, 2), (5, 4), (6, 4), (9, 8)] {
            let graph = model(people, k, 1.0).grow(dice(1));
            assert_simple(&graph);
            assert_eq!(graph.arcs() as u32, people * k);
        }
    }

    #[test]
    fn everything_rewired_leaves_k_over_two_and_a_poisson_number() {
        // Null: own ties stay k / 2 = 6, those received are binomial with mean 6, so the variance is 6; its estimate has
        // sd 6 sqrt(2 / n) = 0.06 and 0.01 is for finite size. Tolerance four sd, fixed seed.
        let degrees = degrees(&model(20_000, 12, 1.0).grow(dice(1)));
        let (mean, variance) = moments(&degrees);
        assert_eq!(mean, 12.0);
        assert!((variance - 6.0).abs() < 4.0 * 0.06 + 0.01, "{variance}");
        assert!(degrees.into_iter().min() >= Some(6));
    }

    #[test]
    fn clustering_falls_with_the_cube() {
        // Null: 3 (k - 2) / (4 (k - 1)) (1 - β)³ up to O(1 / n) (Barrat & Weigt); 20,000 people, sd over seeds below 0.002.
        for beta in [0.05, 0.2, 0.5] {
            let found = transitivity(&model(20_000, 12, beta).grow(dice(1)));
            let law = 30.0 / 44.0 * (1.0f64 - beta).powi(3);
            assert!((found - law).abs() < 0.01, "{found} against {law}");
        }
    }

    #[test]
    fn turns_taken_side_by_side_have_the_law_of_turns_taken_in_order() {
        // Null: one law, for as dense a graph as is grown side by side, where some ties are moved to each other: about
        // (0.5 x 4)² / 2 = 2 of 256. Means over 400 seeds each of transitivity and of the variance of degrees; tolerance four
        // sd of their difference, from the same seeds.
        let (people, half, rewiring) = (64, 4, Probability::clamped(0.5));
        let both = |graph: SocialGraph| {
            assert_simple(&graph);
            assert_eq!(graph.arcs(), 64 * 8);
            [transitivity(&graph), moments(&degrees(&graph)).1]
        };
        let side_by_side: Vec<_> = (0..400).map(|seed| both(model(people, 8, 0.5).grow(dice(seed)))).collect();
        let in_order = |seed| Ring { people, half }.rewired_in_turn(rewiring, dice(seed));
        let in_order: Vec<_> = (400..800).map(|seed| both(SocialGraph::of_rows(in_order(seed)))).collect();
        for which in [0, 1] {
            let mean = |all: &[[f64; 2]]| all.iter().map(|found| found[which]).sum::<f64>() / 400.0;
            let square =
                |all: &[[f64; 2]]| all.iter().map(|found| (found[which] - mean(all)).powi(2)).sum::<f64>() / 400.0;
            let difference = mean(&side_by_side) - mean(&in_order);
            let sd = ((square(&side_by_side) + square(&in_order)) / 400.0).sqrt();
            assert!(difference.abs() < 4.0 * sd, "{difference} with sd {sd}");
        }
    }
}
