//! Two layers, each regular: so many strong ties and so many weak ones for everybody, otherwise by chance.
//!
//! **Formula.** A strong layer in which each of n people has exactly s friends, and a weak one in which each has exactly
//! w, both nearly uniform among the simple graphs and independent but for one thing: no pair is in both, so that everybody
//! has s + w friends. A weak tie that would fall on a strong one exchanges partners with another, as in `random_regular`.
//!
//! **When to use.** Strong against weak ties and nothing else: no circles, no hubs. In large markets the two layers meet
//! only by chance, and differential equations are exact.
//!
//! **When not.** Where friends of close friends are friends: that is `cliques`.
//!
//! **Parameters.** `people`; `strong` (s), `weak` (w) [friends a person], their sum below `people`, each with an even
//! product with `people`; `strengths`, what the ties of each layer multiply persuasion by, 1 unless known better.
//!
//! **Reference.** Goldenberg, Libai & Muller (2001), "Talk of the network", whose two kinds of ties these are without the
//! circles; each layer is Bollobás (1980), see `random_regular`.

use super::random_regular::regular;
use super::{Mistakes, TieStrengths, pairing};
use crate::dice::{Dice, Purpose};
use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// So many strong ties and so many weak ones for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoLayerRegular {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
    /// Strong ties of each person \[ties\]; `people` × `strong` even.
    pub strong: u32,
    /// Weak ties of each person \[ties\]; `people` × `weak` even, and `strong` + `weak` below `people`.
    pub weak: u32,
    /// Strengths of the ties of each layer.
    pub strengths: TieStrengths,
}

impl TwoLayerRegular {
    /// Strong ties of a person unless known better \[ties\]: the middle of the range of Goldenberg, Libai & Muller.
    pub const STRONG: u32 = 17;
    /// Weak ties of a person unless known better \[ties\], the same.
    pub const WEAK: u32 = 17;

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let Self { people, strong, weak, .. } = *self;
        let others = people.saturating_sub(1);
        mistakes.unless(strong <= others, "strong", strong, || format!("at most {others}, everybody else"));
        let left = others.saturating_sub(strong);
        mistakes.unless(weak <= left, "weak", weak, || {
            format!("at most {left}, those to whom there is no strong tie ({people} people, strong is {strong})")
        });
        for (key, degree) in [("strong", strong), ("weak", weak)] {
            let even = u64::from(people) * u64::from(degree) % 2 == 0;
            mistakes.unless(even, key, degree, || {
                format!("an even number, because people ({people}) is odd and every tie has two ends")
            });
        }
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let Self { people, strong, weak, strengths } = *self;
        let strangers = people.saturating_sub(1).saturating_sub(strong).saturating_sub(weak);
        // Two layers say what the third is, and exchanges are easy as long as the densest is the one that is left over.
        // In a market of any size that is the strangers.
        if strangers >= strong.max(weak) {
            let (strong_rows, weak_rows) = two_layers(people, strong, weak, dice);
            return joined(strong_rows, &weak_rows, strengths);
        }
        if weak >= strong {
            let (strong_rows, apart) = two_layers(people, strong, strangers, dice);
            let weak_rows = the_rest(&strong_rows, &apart);
            return joined(strong_rows, &weak_rows, strengths);
        }
        let (weak_rows, apart) = two_layers(people, weak, strangers, dice);
        let strong_rows = the_rest(&weak_rows, &apart);
        joined(strong_rows, &weak_rows, strengths)
    }
}

/// Two regular layers that share no pair.
fn two_layers(people: u32, first: u32, second: u32, dice: Dice) -> (Rows, Rows) {
    let mut draws = dice.stream(Purpose::Graph, 1);
    let first_rows = regular(people, first, dice);
    let apart = |a: u32, b: u32| first_rows.row(a).binary_search(&b).is_err();
    loop {
        let paired = pairing::pair(people, pairing::half_ties(people, second), apart, &mut draws);
        // Only tiny graphs ever end in a corner; the next attempt has other luck.
        if paired.left_out == 0 {
            return (first_rows, paired.rows);
        }
    }
}

/// All pairs that are in neither layer.
fn the_rest(one: &Rows, other: &Rows) -> Rows {
    let people = one.people();
    Rows::of_ties(people, |range, ties| {
        for a in range {
            let taken = |b: &u32| one.row(a).binary_search(b).is_ok() || other.row(a).binary_search(b).is_ok();
            ties.extend((a + 1..people).filter(|b| !taken(b)).map(|b| (a, b)));
        }
    })
}

fn joined(strong: Rows, weak: &Rows, strengths: TieStrengths) -> SocialGraph {
    let rows = Rows::of_ties(strong.people(), |range, ties| {
        ties.extend(strong.upward(range.clone()).chain(weak.upward(range)));
    });
    SocialGraph::of_strong_and_weak(rows, strengths, |a, b| strong.row(a).binary_search(&b).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use crate::units::{PersonId, Strength};

    fn strengths() -> TieStrengths {
        let strength = |value| Strength::new(value).expect("valid");
        TieStrengths { strong: strength(4.0), weak: strength(0.5) }
    }

    fn model(people: u32, strong: u32, weak: u32) -> TwoLayerRegular {
        TwoLayerRegular { people, strong, weak, strengths: strengths() }
    }

    /// Each person's strong ties and weak ones, by their strengths.
    fn by_strength(graph: &SocialGraph) -> Vec<(u32, u32)> {
        let is_strong = |person, place: &usize| graph.strength_at(person, *place) == strengths().strong;
        let count = |person| {
            let strong = (0..graph.degree(person) as usize).filter(|place| is_strong(person, place)).count() as u32;
            (strong, graph.degree(person) - strong)
        };
        (0..graph.people()).map(PersonId).map(count).collect()
    }

    #[test]
    fn everybody_has_exactly_as_many_of_each_kind() {
        for (people, strong, weak) in [(20_000, 17, 17), (3_000, 5, 29), (1_001, 0, 12), (501, 200, 40), (400, 30, 300)]
        {
            let graph = assert_sound(&GraphModel::TwoLayerRegular(model(people, strong, weak)));
            assert!(by_strength(&graph).iter().all(|&found| found == (strong, weak)), "{people} {strong} {weak}");
            for person in (0..people).map(PersonId) {
                for &friend in graph.friends(person) {
                    assert_eq!(graph.strength(person, PersonId(friend)), graph.strength(PersonId(friend), person));
                }
            }
        }
    }

    #[test]
    fn every_small_market_that_can_be_grown_is() {
        for people in 0..=9u32 {
            for strong in 0..people.max(1) {
                for weak in 0..people.max(1) - strong {
                    let model = model(people, strong, weak);
                    let possible = people * strong % 2 == 0 && people * weak % 2 == 0;
                    assert_eq!(GraphModel::TwoLayerRegular(model.clone()).check().is_ok(), possible);
                    if possible {
                        for seed in 0..10 {
                            let graph = model.grow(dice(seed));
                            assert_simple(&graph);
                            assert!(by_strength(&graph).iter().all(|&found| found == (strong, weak)));
                        }
                    }
                }
            }
        }
        let beyond = GraphModel::TwoLayerRegular(model(7, 7, 3)).check().expect_err("too many");
        assert_eq!(beyond.iter().map(|mistake| mistake.key).collect::<Vec<_>>(), ["strong", "weak", "strong", "weak"]);
    }

    #[test]
    fn ordinary_ties_need_no_strengths() {
        let plain = TwoLayerRegular { strengths: TieStrengths::ORDINARY, ..model(100, 3, 4) }.grow(dice(1));
        assert!(!plain.has_strengths());
        assert!(same(&plain, &model(100, 3, 4).grow(dice(1))));
    }

    #[test]
    fn both_layers_together_have_the_triangles_of_one_regular_graph() {
        // Null: as of a random 16-regular graph, triangles are Poisson with mean 15³ / 6 = 562.5. Tolerance four sd.
        let graph = model(20_000, 8, 8).grow(dice(1));
        let triangles = transitivity(&graph) * 20_000.0 * 120.0 / 3.0;
        assert!((triangles - 562.5).abs() < 4.0 * 23.7, "{triangles}");
    }
}
