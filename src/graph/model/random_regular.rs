//! Random regular: the same number of friends for everybody, otherwise by chance.
//!
//! **Formula.** Nearly uniform over all simple graphs in which each of n people has exactly d friends; exactly so for up
//! to 1,000 people with up to 4 friends.
//!
//! **When to use.** To take inequality out: a cascade here is a branching process with d - 1 chances a step, and theory
//! has exact thresholds for it.
//!
//! **When not.** Where hubs or circles matter; there are none.
//!
//! **Parameters.** `people`; `degree` [friends a person], below `people`, and their product even.
//!
//! **Reference.** Bollobás (1980), pairing model; repairs by exchange, see `pairing`.

use super::{Mistakes, draws, pairing};
use crate::dice::Dice;
use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// The same number of friends for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RandomRegular {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
    /// Friends of each person \[people\]; 0 to `people` - 1, and `people` × `degree` even.
    pub degree: u32,
}

impl RandomRegular {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let Self { people, degree } = *self;
        let fine = degree == 0 || degree < people;
        mistakes.unless(fine, "degree", degree, || format!("fewer friends than people ({people})"));
        let even = u64::from(people) * u64::from(degree) % 2 == 0;
        mistakes.unless(even, "degree", degree, || {
            format!("an even number, because people ({people}) is odd and every tie has two ends")
        });
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let Self { people, degree } = *self;
        let spare = people.saturating_sub(1) - degree;
        // Beyond half of everybody exchanges become rare: choose who is not tied instead.
        let rows = if degree <= spare {
            regular(people, degree, dice)
        } else {
            let strangers = regular(people, spare, dice);
            Rows::of_ties(people, |range, ties| {
                for a in range {
                    let mut out = strangers.row(a).iter().peekable();
                    while out.next_if(|&&b| b <= a).is_some() {}
                    ties.extend((a + 1..people).filter(|b| out.next_if_eq(&b).is_none()).map(|b| (a, b)));
                }
            })
        };
        SocialGraph::of_rows(rows)
    }
}

/// Graphs as small and thin as this are drawn whole until one is simple, which is exactly uniform.
const WHOLE_PEOPLE_MAX: u32 = 1_000;
const WHOLE_DEGREE_MAX: u32 = 4;
const WHOLE_ATTEMPTS: u32 = 1_000;

/// Rows in which everybody has `degree` friends; quick as long as that is at most half of everybody.
pub(super) fn regular(people: u32, degree: u32, dice: Dice) -> Rows {
    let mut draws = draws(dice);
    let half_ties = || pairing::half_ties(people, degree);
    if people <= WHOLE_PEOPLE_MAX && degree <= WHOLE_DEGREE_MAX {
        for _ in 0..WHOLE_ATTEMPTS {
            if let Some(rows) = pairing::pair_at_once(people, half_ties(), &mut draws) {
                return rows;
            }
        }
    }
    loop {
        let paired = pairing::pair(people, half_ties(), |_, _| true, &mut draws);
        // Only tiny graphs ever end in a corner; the next attempt has other luck.
        if paired.left_out == 0 {
            return paired.rows;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use rustworkx_core::generators::random_regular_graph;

    #[test]
    fn everybody_has_exactly_as_many_friends() {
        for people in 0..=12 {
            for degree in 0..people.max(1) {
                if people * degree % 2 == 0 {
                    for seed in 0..20 {
                        let graph = RandomRegular { people, degree }.grow(dice(seed));
                        assert_simple(&graph);
                        assert!(
                            degrees(&graph).iter().all(|&found| found == degree),
                            "{people} people, degree {degree}"
                        );
                    }
                }
            }
        }
        for (people, degree) in [(20_000, 20), (501, 250), (500, 480), (1_000, 3)] {
            let graph = assert_sound(&GraphModel::RandomRegular(RandomRegular { people, degree }));
            assert!(degrees(&graph).iter().all(|&found| found == degree), "{people} people, degree {degree}");
        }
    }

    #[test]
    fn small_regular_graphs_are_as_likely_as_each_other() {
        // Null: of the 70 simple 2-regular graphs on 6 people, 60 are hexagons and 10 are two triangles.
        // Tolerance four sd, 4 sqrt(6/49 / 4,000) = 0.022. Fixed seeds.
        let triangles =
            (0..4_000).filter(|&seed| transitivity(&RandomRegular { people: 6, degree: 2 }.grow(dice(seed))) == 1.0);
        let share = triangles.count() as f64 / 4_000.0;
        assert!((share - 1.0 / 7.0).abs() < 0.022, "{share}");
    }

    #[test]
    fn triangles_agree_with_rustworkx_and_theory() {
        // Null: triangles are Poisson with mean (d - 1)³ / 6 = 1,143 for d = 20. Tolerance four sd (34), for ours
        // against theory and four sd of a difference (48) against theirs. Fixed seeds.
        let triangles = |transitivity: f64| transitivity * 5_000.0 * 190.0 / 3.0;
        let ours = triangles(transitivity(&RandomRegular { people: 5_000, degree: 20 }.grow(dice(1))));
        let theirs: Theirs = random_regular_graph(5_000, 20, Some(1), || (), || ()).expect("valid");
        assert!((ours - 1_143.0).abs() < 4.0 * 34.0, "{ours}");
        let theirs = triangles(their_transitivity(&theirs));
        assert!((ours - theirs).abs() < 4.0 * 48.0, "{ours} against {theirs}");
    }
}
