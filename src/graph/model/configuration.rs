//! Configuration: given numbers of friends, otherwise by chance.
//!
//! **Formula.** Every person has as many half-ties as their class says; half-ties are joined uniformly at random, and
//! joins with oneself or with somebody already tied are erased. With ν = E[d (d - 1)] / E[d], about ν / 2 + ν² / 4 ties
//! are lost in all, whatever the number of people, so their share vanishes as people grow.
//!
//! **When to use.** A survey says how many friends people have, and nothing more is to be assumed.
//!
//! **When not.** Where friends of friends are friends, or the popular know the popular: neither happens here beyond chance.
//!
//! **Parameters.** `classes`, each a `degree` [friends a person] and how many `people` have it.
//!
//! **Reference.** Molloy & Reed (1995); the erased model is in Britton, Deijfen & Martin-Löf (2006), "Generating simple
//! random graphs with prescribed degree distribution".

use super::{Mistakes, draws, pairing};
use crate::dice::Dice;
use crate::graph::SocialGraph;

/// Given numbers of friends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configuration {
    /// Who has how many friends; ids are dealt out class after class.
    pub classes: Vec<DegreeClass>,
}

/// People with the same number of friends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DegreeClass {
    /// Friends of each person of the class \[people\]; fewer than all people together.
    pub degree: u32,
    /// How many people are in the class \[people\].
    pub people: u32,
}

/// What a configuration graph has lost to stay simple.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Joins of a person with itself \[ties\].
    pub self_loops: u64,
    /// Joins of two people already tied \[ties\].
    pub duplicates: u64,
    /// Half-ties without a partner: one when the degrees sum to an odd number, else none.
    pub unpaired: u64,
}

impl DegreeClass {
    /// Classes of `people` people by shares, which need not sum to one; rounding goes by largest remainder, so that
    /// everybody is in a class. Empty unless every share is zero or more, finite, and one is above zero.
    pub fn from_shares(people: u32, shares: &[(u32, f64)]) -> Vec<DegreeClass> {
        let sum: f64 = shares.iter().map(|&(_, share)| share).sum();
        if !(sum > 0.0 && sum.is_finite() && shares.iter().all(|&(_, share)| share >= 0.0)) {
            return Vec::new();
        }
        let exact = |share: f64| share / sum * f64::from(people);
        let mut classes: Vec<DegreeClass> =
            shares.iter().map(|&(degree, share)| DegreeClass { degree, people: exact(share) as u32 }).collect();
        let mut by_remainder: Vec<usize> = (0..classes.len()).collect();
        let remainder = |class: usize| exact(shares[class].1) - libm::floor(exact(shares[class].1));
        by_remainder.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
        let placed: u64 = classes.iter().map(|class| u64::from(class.people)).sum();
        for &class in by_remainder.iter().take(u64::from(people).saturating_sub(placed) as usize) {
            classes[class].people += 1;
        }
        classes
    }
}

impl Configuration {
    /// All people of all classes \[people\]; no more than `u32::MAX` are counted.
    pub fn people(&self) -> u32 {
        self.classes.iter().fold(0, |sum, class| sum.saturating_add(class.people))
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        let people = self.people();
        for class in self.classes.iter().filter(|class| class.people > 0 && class.degree > 0) {
            mistakes.unless(class.degree < people, "degree", class.degree, || {
                format!("fewer friends than people ({people})")
            });
        }
    }

    /// The graph, and what it lost to stay simple. The parameters have passed `check`.
    pub fn grow_counting(&self, dice: Dice) -> (SocialGraph, Erased) {
        let people = self.people();
        let mut half_ties = Vec::new();
        let mut person = 0;
        for class in &self.classes {
            for _ in 0..class.people {
                half_ties.extend(std::iter::repeat_n(person, class.degree as usize));
                person += 1;
            }
        }
        pairing::shuffle(&mut half_ties, &mut draws(dice));
        let (count, unpaired) = (half_ties.len() / 2, half_ties.len() as u64 % 2);
        let (mut rows, repeated) = pairing::joined(people, half_ties);
        let self_loops = (count - rows.column().len() / 2) as u64;
        rows.edit(&repeated, &[]);
        let duplicates = repeated.len() as u64;
        (SocialGraph::of_rows(rows), Erased { self_loops, duplicates, unpaired })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;

    fn of(classes: &[(u32, u32)]) -> Configuration {
        Configuration { classes: classes.iter().map(|&(degree, people)| DegreeClass { degree, people }).collect() }
    }

    #[test]
    fn degrees_are_as_given_but_for_what_was_erased() {
        let model = of(&[(2, 10_000), (20, 9_000), (0, 500), (200, 500)]);
        let (graph, erased) = model.grow_counting(dice(1));
        let arcs = 20_000 + 180_000 + 100_000;
        assert_eq!(graph.arcs() as u64, arcs - 2 * (erased.self_loops + erased.duplicates));
        let degrees = degrees(&graph);
        assert!(degrees[..10_000].iter().all(|&degree| degree <= 2));
        assert!(degrees[19_000..19_500].iter().all(|&degree| degree == 0));
        // Null: self-loops are Poisson with mean E[d (d - 1)] / (2 E[d]) = 39.1 (E[d] = 15, E[d (d - 1)] = 1,167).
        // Tolerance four sd, fixed seed.
        assert!((erased.self_loops as f64 - 39.1).abs() < 4.0 * 6.3, "{erased:?}");
        assert_sound(&GraphModel::Configuration(model));
    }

    #[test]
    fn an_odd_half_tie_stays_alone() {
        let (graph, erased) = of(&[(1, 3)]).grow_counting(dice(1));
        assert_eq!((graph.arcs(), erased.unpaired), (2, 1));
        assert_eq!(of(&[]).grow_counting(dice(1)).0.people(), 0);
    }

    #[test]
    fn shares_place_everybody() {
        let classes = DegreeClass::from_shares(10, &[(1, 1.0), (2, 1.0), (3, 1.0)]);
        assert_eq!(classes.iter().map(|class| class.people).collect::<Vec<_>>(), [4, 3, 3]);
        assert!(DegreeClass::from_shares(10, &[(1, f64::NAN)]).is_empty());
        assert!(DegreeClass::from_shares(10, &[(1, -1.0), (2, 3.0)]).is_empty());
    }

    #[test]
    fn mixing_is_by_half_ties() {
        // Null: a friend of somebody has degree 20 with chance 20 · 9,000 / 300,000 = 0.6 by half-ties, seen from the
        // people of degree 2 (20,000 half-ties, sd 0.0035). Tolerance four sd, fixed seed.
        let (graph, _) = of(&[(2, 10_000), (20, 9_000), (0, 500), (200, 500)]).grow_counting(dice(1));
        let friends = (0..10_000).flat_map(|person| graph.friends(crate::units::PersonId(person)));
        let (all, middling) = friends.fold((0.0, 0.0), |(all, middling), &friend| {
            (all + 1.0, middling + f64::from(u8::from((10_000..19_000).contains(&friend))))
        });
        assert!((middling / all - 0.6f64).abs() < 4.0 * 0.0035, "{}", middling / all);
    }
}
