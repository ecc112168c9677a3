//! Watts-Strogatz: a ring of neighbours with shortcuts.
//!
//! **Formula.** n people stand in a ring, each tied to the k / 2 nearest on either side. Lap by lap, each tie's far end
//! is moved, with chance β, to a uniformly drawn person it is not tied to yet. Clustering falls from
//! 3 (k - 2) / (4 (k - 1)) by about (1 - β)³; distances fall much sooner.
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
use crate::dice::Dice;
use crate::graph::SocialGraph;
use crate::graph::build::Rows;
use crate::units::Probability;

/// Draws for a new end before the tie stays where it is: they run out only for a person tied to nearly everybody.
const TRIES: u32 = 100;

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
        let Self { people, ties_per_person, rewiring } = *self;
        let half = (ties_per_person / 2) as usize;
        if half == 0 {
            return SocialGraph::of_rows(Rows::of_ties(people, std::iter::empty()));
        }
        let mut draws = draws(dice);
        // Slot j of person v holds the far end of the tie that began as v to v + j + 1.
        let mut ends: Vec<u32> = (0..people)
            .flat_map(|v| (1..=half as u32).map(move |j| if v >= people - j { v - (people - j) } else { v + j }))
            .collect();
        let slots = |v: u32| v as usize * half..(v as usize + 1) * half;
        for lap in 0..half {
            for v in 0..people {
                if !rewiring.accepts(draws.draw()) {
                    continue;
                }
                for _ in 0..TRIES {
                    let w = pick(&mut draws, u64::from(people)) as u32;
                    // A tie between v and w is in a slot of one of them.
                    if w != v && !ends[slots(v)].contains(&w) && !ends[slots(w)].contains(&v) {
                        ends[v as usize * half + lap] = w;
                        break;
                    }
                }
            }
        }
        let ties = ends.chunks_exact(half).zip(0..).flat_map(|(ends, v)| ends.iter().map(move |&w| (v, w)));
        let rows = Rows::of_ties(people, ties);
        drop(ends);
        SocialGraph::of_rows(rows)
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
}
