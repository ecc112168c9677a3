//! Stochastic blocks: groups whose members know each other rather than others.
//!
//! **Formula.** People belong to blocks, in the order of their ids. A pair within block b is tied with chance p_b, a pair
//! of two blocks with chance q, all independently. By mean degrees: p_b = friends within / (n_b - 1), and q such that
//! people have, on average over all of them, so many friends in other blocks: q = friends between × n / Σ n_b (n - n_b).
//!
//! **When to use.** Segments, cities, languages, customers and strangers: how much of a word stays where it began.
//!
//! **When not.** Within a block it is Erdős-Rényi: no circles, no hubs. For close circles take `cliques`.
//!
//! **Parameters.** `blocks`, each with its `people` and how dense it is `within`; `between`, how dense it is between any
//! two blocks. Density is a mean degree [friends a person] or a tie's chance.
//!
//! **Reference.** Holland, Laskey & Leinhardt (1983), "Stochastic blockmodels: first steps"; the skipping is Batagelj &
//! Brandes (2005), see `erdos_renyi`.

use super::erdos_renyi::Skipping;
use super::{Mistakes, pairs};
use crate::dice::{Dice, Purpose};
use crate::graph::SocialGraph;
use crate::graph::build::Rows;
use crate::units::Probability;

/// Groups whose members know each other rather than others.
#[derive(Debug, Clone, PartialEq)]
pub struct StochasticBlock {
    /// The groups; ids are dealt out one after another.
    pub blocks: Vec<Block>,
    /// How dense it is between any two blocks; the mean degree is that over all people.
    pub between: Closeness,
}

/// One group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Block {
    /// How many people are in it \[people\].
    pub people: u32,
    /// How dense it is among them.
    pub within: Closeness,
}

/// How many of the pairs are tied.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Closeness {
    /// Expected friends of a person there \[people\]; 0 to all others there.
    MeanDegree(f64),
    /// Chance that a pair is tied.
    Chance(Probability),
}

impl StochasticBlock {
    /// All people of all blocks \[people\]; no more than `u32::MAX` are counted.
    pub fn people(&self) -> u32 {
        self.blocks.iter().fold(0, |sum, block| sum.saturating_add(block.people))
    }

    /// The most friends in other blocks that can be asked for on average \[people\]: everybody there.
    pub fn mean_degree_between_max(&self) -> f64 {
        2.0 * self.pairs_between() as f64 / f64::from(self.people().max(1))
    }

    /// Expected ties within the blocks and between them \[ties\].
    pub fn expected_ties(&self) -> f64 {
        let within = |block: &Block| pairs(block.people) as f64 * block.chance();
        self.blocks.iter().map(within).sum::<f64>() + self.pairs_between() as f64 * self.chance_between()
    }

    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        for Block { people, within } in &self.blocks {
            if let Closeness::MeanDegree(mean) = *within {
                let most = people.saturating_sub(1);
                let fine = (0.0..=f64::from(most)).contains(&mean);
                mistakes.unless(fine, "mean_degree", mean, || format!("0 to {most} friends, the others of the block"));
            }
        }
        if let Closeness::MeanDegree(mean) = self.between {
            let most = self.mean_degree_between_max();
            mistakes.unless((0.0..=most).contains(&mean), "mean_degree_between", mean, || {
                format!("0 to {most} friends, the people of other blocks on average")
            });
        }
    }

    /// Pairs of people of different blocks.
    fn pairs_between(&self) -> u64 {
        let within = self.blocks.iter().map(|block| pairs(block.people)).fold(0, u64::saturating_add);
        pairs(self.people()).saturating_sub(within)
    }

    fn chance_between(&self) -> f64 {
        match self.between {
            Closeness::Chance(chance) => chance.value(),
            Closeness::MeanDegree(mean) if mean > 0.0 => {
                mean * f64::from(self.people()) / (2.0 * self.pairs_between() as f64)
            }
            Closeness::MeanDegree(_) => 0.0,
        }
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let luck = dice.of(Purpose::Graph);
        let between = Skipping::of(self.chance_between());
        // Where each block begins, and how likely its people know each other.
        let mut people = 0;
        let mut blocks: Vec<(u32, Skipping)> = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            blocks.push((people, Skipping::of(block.chance())));
            people += block.people;
        }
        SocialGraph::of_rows(Rows::of_ties(people, |range, ties| {
            for person in range {
                // The last block that begins with this person or before: those before it that begin there are empty.
                let (first, within) = blocks[blocks.partition_point(|&(first, _)| first <= person) - 1];
                // One more block leaves those before it as they are: everybody has a stream, and looks only back.
                let mut draws = luck.stream(u64::from(person));
                within.each(u64::from(person - first), &mut draws, |friend| ties.push((person, first + friend as u32)));
                between.each(u64::from(first), &mut draws, |friend| ties.push((person, friend as u32)));
            }
        }))
    }
}

impl Block {
    fn chance(&self) -> f64 {
        match self.within {
            Closeness::Chance(chance) => chance.value(),
            Closeness::MeanDegree(mean) => mean / f64::from(self.people.max(2) - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use crate::units::PersonId;

    fn block(people: u32, mean: f64) -> Block {
        Block { people, within: Closeness::MeanDegree(mean) }
    }

    fn chance(p: f64) -> Closeness {
        Closeness::Chance(Probability::clamped(p))
    }

    /// Mean number of friends of people `0..from..to` in their own block and elsewhere.
    fn friends(graph: &SocialGraph, block: std::ops::Range<u32>) -> (f64, f64) {
        let (mut within, mut between) = (0, 0);
        for person in block.clone() {
            for friend in graph.friends(PersonId(person)) {
                if block.contains(friend) { within += 1 } else { between += 1 }
            }
        }
        (f64::from(within) / block.len() as f64, f64::from(between) / block.len() as f64)
    }

    #[test]
    fn friends_within_and_between_are_as_many_as_asked_for() {
        // Null: sums of independent coins. Means within have sd sqrt(2 x mean / people), 0.04 at most, and between
        // sqrt(mean / people), 0.02 at most. Tolerance four sd, fixed seed.
        let blocks = vec![block(12_000, 10.0), block(6_000, 4.0), block(2_000, 0.0)];
        let model = StochasticBlock { blocks, between: Closeness::MeanDegree(2.0) };
        let graph = assert_sound(&GraphModel::StochasticBlock(model.clone()));
        // q = 2 n / (12,000 x 8,000 + 6,000 x 14,000 + 2,000 x 18,000).
        let q = 2.0 * 20_000.0 / 216e6;
        for (people, own, others) in [(0..12_000, 10.0, 8_000.0), (12_000..18_000, 4.0, 14_000.0)] {
            let (within, between) = friends(&graph, people);
            assert!((within - own).abs() < 0.16 && (between - q * others).abs() < 0.08, "{within} {between}");
        }
        assert_eq!(friends(&graph, 18_000..20_000).0, 0.0);
        let ties = 12_000.0 * 5.0 + 6_000.0 * 2.0 + 20_000.0;
        assert!((model.expected_ties() - ties).abs() < 1e-6);
        assert!((graph.arcs() as f64 / 2.0 - ties).abs() < 4.0 * ties.sqrt());
    }

    #[test]
    fn one_block_is_as_random_as_can_be() {
        // Null: Binomial(n - 1, p), mean 12 and variance 12; sd 0.035 and 0.12. Tolerance four sd, fixed seed.
        let model = StochasticBlock { blocks: vec![block(20_000, 12.0)], between: chance(0.5) };
        let (mean, variance) = moments(&degrees(&model.grow(dice(1))));
        assert!((mean - 12.0).abs() < 4.0 * 0.035 && (variance - 12.0).abs() < 4.0 * 0.12, "{mean} {variance}");
    }

    #[test]
    fn certain_ties_are_all_there_and_impossible_ones_are_not() {
        let sizes = [3, 0, 1, 4, 2];
        let blocks = |within| sizes.map(|people| Block { people, within }).to_vec();
        let grown = |within, between| StochasticBlock { blocks: blocks(within), between }.grow(dice(1));
        let (all, none) = (chance(1.0), chance(0.0));
        for (within, between, arcs) in [(all, all, 90), (all, none, 6 + 12 + 2), (none, all, 70), (none, none, 0)] {
            let graph = grown(within, between);
            assert_simple(&graph);
            assert_eq!((graph.people(), graph.arcs()), (10, arcs));
        }
        // Every pair between is met as often as any other: each of the 35 in half of 4,000 graphs, sd 31.6.
        let mut met = std::collections::BTreeMap::new();
        for seed in 0..4_000 {
            let graph = StochasticBlock { blocks: blocks(none), between: chance(0.5) }.grow(dice(seed));
            for person in 0..10 {
                graph
                    .friends(PersonId(person))
                    .iter()
                    .for_each(|&friend| *met.entry((person, friend)).or_insert(0) += 1);
            }
        }
        assert_eq!(met.len(), 70);
        assert!(met.values().all(|&times: &i32| (times - 2_000).abs() < 5 * 32), "{met:?}");
    }

    #[test]
    fn small_and_impossible_blocks_are_told_apart() {
        let keys = |blocks: Vec<Block>, between| {
            let mistakes = GraphModel::StochasticBlock(StochasticBlock { blocks, between }).check().err();
            mistakes.into_iter().flatten().map(|mistake| mistake.key).collect::<Vec<_>>()
        };
        let none = Closeness::MeanDegree(0.0);
        assert_eq!(keys(vec![block(1, 0.0), block(2, 1.0)], Closeness::MeanDegree(4.0 / 3.0)), Vec::<&str>::new());
        assert_eq!(keys(vec![block(1, 0.5)], none), ["mean_degree"]);
        assert_eq!(keys(vec![block(5, 2.0)], Closeness::MeanDegree(0.1)), ["mean_degree_between"]);
        assert_eq!(keys(vec![block(5, f64::NAN)], none), ["mean_degree"]);
        assert_eq!(keys(vec![block(u32::MAX, 0.0), block(5, 0.0)], none), ["people"]);
        for blocks in [vec![], vec![block(1, 0.0)], vec![block(0, 0.0), block(2, 1.0)]] {
            assert_simple(&StochasticBlock { blocks, between: none }.grow(dice(1)));
        }
    }
}
