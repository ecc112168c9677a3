//! Cliques: close circles joined by weak ties.
//!
//! **Formula.** People are dealt into circles of c, in the order of their ids; everybody in a circle knows everybody
//! else in it. Besides, everybody has w weak ties to random people of other circles, nearly the same number for all.
//!
//! **When to use.** Strong against weak ties: how far talk among close friends carries, and how much of the spread runs
//! between circles.
//!
//! **When not.** People belong to one circle only; overlapping circles, and hubs, are missing.
//!
//! **Parameters.** `people`; `clique_size` (c) [people], 6 unless known better; `weak_ties` (w) [ties a person], 25;
//! `strengths`, what strong ties (within a circle) and weak ones multiply persuasion by, 1 unless known better.
//!
//! **Reference.** Goldenberg, Libai & Muller (2001), "Talk of the network", where circles have 5 to 29 people and 5 to
//! 29 weak ties. There weak ties are met anew each period; here they last.

use super::{Mistakes, TieStrengths, draws, pairing};
use crate::dice::Dice;
use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// Close circles joined by weak ties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cliques {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
    /// People in a circle \[people\]; at least 1. The last circle takes who is left.
    pub clique_size: u32,
    /// Weak ties of each person \[ties\]; no more than there are people in other circles.
    pub weak_ties: u32,
    /// Strengths of the ties within a circle, and between circles.
    pub strengths: TieStrengths,
}

impl Cliques {
    /// People in a circle unless known better \[people\].
    pub const CLIQUE_SIZE: u32 = 6;
    /// Weak ties of a person unless known better \[ties\].
    pub const WEAK_TIES: u32 = 25;

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let Self { people, clique_size, weak_ties, .. } = *self;
        mistakes.unless(clique_size >= 1, "clique_size", clique_size, || "at least 1 person".to_string());
        let others = people.saturating_sub(clique_size);
        mistakes.unless(weak_ties <= others, "weak_ties", weak_ties, || {
            format!("at most {others}, the people of other circles")
        });
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let Self { people, clique_size, weak_ties, strengths } = *self;
        let half_ties = pairing::half_ties(people, weak_ties);
        let apart = |a: u32, b: u32| a / clique_size != b / clique_size;
        // What finds no partner in a very small world is left out: numbers of weak ties are nearly the same, not exactly.
        let weak_rows = pairing::pair(people, half_ties, apart, &mut draws(dice)).rows;
        let circle = |person: u32| {
            let first = person - person % clique_size;
            first..first.saturating_add(clique_size).min(people)
        };
        let rows = Rows::of_ties(people, |range, ties| {
            ties.extend(range.clone().flat_map(|a| (a + 1..circle(a).end).map(move |b| (a, b))));
            ties.extend(weak_rows.upward(range));
        });
        drop(weak_rows);
        SocialGraph::of_strong_and_weak(rows, strengths, |a, b| !apart(a, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use crate::units::{PersonId, Strength};

    fn model(people: u32, clique_size: u32, weak_ties: u32) -> Cliques {
        Cliques { people, clique_size, weak_ties, strengths: TieStrengths::ORDINARY }
    }

    #[test]
    fn circles_are_full_and_weak_ties_leave_them() {
        let (people, clique_size, weak_ties) = (9_000, Cliques::CLIQUE_SIZE, Cliques::WEAK_TIES);
        let graph = assert_sound(&GraphModel::Cliques(model(people, clique_size, weak_ties)));
        for person in 0..people {
            let friends = graph.friends(PersonId(person));
            let inside = friends.iter().filter(|&&friend| friend / clique_size == person / clique_size).count() as u32;
            assert_eq!((inside, friends.len() as u32), (clique_size - 1, clique_size - 1 + weak_ties));
        }
    }

    #[test]
    fn weak_ties_alone_are_a_random_regular_graph() {
        // Null: triangles are Poisson with mean (w - 1)³ / 6 = 57.2 for w = 8. Tolerance four sd (7.6).
        let graph = model(5_000, 1, 8).grow(dice(1));
        let triangles = transitivity(&graph) * 5_000.0 * 28.0 / 3.0;
        assert!((triangles - 57.2).abs() < 4.0 * 7.6, "{triangles}");
    }

    #[test]
    fn close_friends_count_for_more_where_the_scenario_says_so() {
        let strength = |value| Strength::new(value).expect("valid");
        let plain = model(120, 6, 5);
        let strengths = TieStrengths { strong: strength(2.0), weak: strength(0.5) };
        let weighed = Cliques { strengths, ..plain.clone() }.grow(dice(1));
        assert!(weighed.has_strengths());
        let plain = plain.grow(dice(1));
        assert!(!plain.has_strengths() && same(&plain, &weighed), "the ties are those without strengths");
        for person in 0..120 {
            for &friend in weighed.friends(PersonId(person)) {
                let expected = if person / 6 == friend / 6 { strengths.strong } else { strengths.weak };
                assert_eq!(weighed.strength(PersonId(person), PersonId(friend)), expected);
            }
        }
    }

    #[test]
    fn small_worlds_get_what_fits() {
        for (people, clique_size, weak_ties) in [(0, 6, 0), (1, 6, 0), (7, 6, 1), (8, 3, 5), (13, 6, 0), (4, 1, 3)] {
            let model = model(people, clique_size, weak_ties);
            assert_eq!(GraphModel::Cliques(model.clone()).check(), Ok(()));
            for seed in 0..20 {
                assert_simple(&model.grow(dice(seed)));
            }
        }
        assert!(GraphModel::Cliques(model(10, 0, 11)).check().is_err());
    }
}
