//! Erdős-Rényi: ties by pure chance.
//!
//! **Formula.** By mean degree: each of the n (n - 1) / 2 pairs is tied with chance p = mean / (n - 1), independently,
//! so the number of friends is binomial, nearly Poisson. By ties: a uniformly chosen set of exactly that many pairs.
//!
//! How: everybody has a stream of draws and goes through the people of lower ids; or all ties are drawn as places in the list
//! of pairs, which is sorted.
//!
//! **When to use.** As the null: what happens when nothing but the number of friends matters.
//!
//! **When not.** Real circles are clustered and unequal; this graph is neither.
//!
//! **Parameters.** `people`; `density`, as a mean degree [friends a person] or a number of ties [ties].
//!
//! **Reference.** Gilbert (1959), "Random graphs"; Erdős & Rényi (1959), "On random graphs I"; the skipping is
//! Batagelj & Brandes (2005), "Efficient generation of large random networks", algorithm 1.

use rayon::prelude::*;

use super::{Mistakes, draws, pairs, pick};
use crate::dice::{Dice, Draws, Purpose};
use crate::graph::SocialGraph;
use crate::graph::build::Rows;

/// Ties by pure chance.
#[derive(Debug, Clone, PartialEq)]
pub struct ErdosRenyi {
    /// How many people \[people\]; 0 to 2²⁷.
    pub people: u32,
    /// How many ties.
    pub density: Density,
}

/// How dense the graph is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Density {
    /// Expected friends of a person \[people\]; 0 to `people` - 1.
    MeanDegree(f64),
    /// Exact number of ties \[ties\]; 0 to all pairs.
    Ties(u64),
}

impl ErdosRenyi {
    pub(super) fn check(&self, mistakes: &mut Mistakes) {
        match self.density {
            Density::MeanDegree(mean) => {
                let most = self.people.saturating_sub(1);
                let fine = (0.0..=f64::from(most)).contains(&mean);
                mistakes.unless(fine, "mean_degree", mean, || format!("0 to {most} friends, one fewer than people"));
            }
            Density::Ties(ties) => {
                let most = pairs(self.people);
                mistakes.unless(ties <= most, "ties", ties, || {
                    format!("at most {most} ties, the pairs of {} people", self.people)
                });
            }
        }
    }

    pub(super) fn grow(&self, dice: Dice) -> SocialGraph {
        let people = self.people;
        let rows = match self.density {
            Density::MeanDegree(mean) => {
                let chance = Skipping::of(mean / f64::from(people.max(2) - 1));
                let luck = dice.of(Purpose::Graph);
                Rows::of_ties(people, |range, ties| {
                    for v in range {
                        let mut draws = luck.stream(u64::from(v));
                        chance.each(u64::from(v), &mut draws, |w| ties.push((v, w as u32)));
                    }
                })
            }
            Density::Ties(ties) => {
                let places = distinct(pairs(people), ties, dice);
                Rows::of_ties(people, |range, ties| {
                    let [begin, end] =
                        [range.start, range.end].map(|v| places.partition_point(|&place| place < pairs(v)));
                    let mut v = range.start;
                    ties.extend(places[begin..end].iter().map(|&place| {
                        while place >= pairs(v + 1) {
                            v += 1;
                        }
                        (v, (place - pairs(v)) as u32)
                    }));
                })
            }
        };
        SocialGraph::of_rows(rows)
    }
}

/// Independent chances, all the same, of which only those that come true are drawn: the gaps are geometric.
#[derive(Clone, Copy)]
pub(super) struct Skipping {
    /// 1 / ln(1 - p); nothing where p is zero.
    scale: Option<f64>,
}

impl Skipping {
    /// Of the chance p.
    pub(super) fn of(p: f64) -> Skipping {
        Skipping { scale: (p > 0.0).then(|| 1.0 / libm::log1p(-p.min(1.0))) }
    }

    /// Those of `0..n` that come true, in increasing order.
    #[inline]
    pub(super) fn each(self, n: u64, draws: &mut Draws, mut hit: impl FnMut(u64)) {
        let Some(scale) = self.scale else { return };
        let mut next = 0;
        while next < n {
            // 1 - unit is in (0, 1], so the logarithm is finite and the gap is zero or more.
            let gap = libm::floor(libm::log(1.0 - draws.unit()) * scale);
            if gap >= (n - next) as f64 {
                break;
            }
            hit(next + gap as u64);
            next += gap as u64 + 1;
        }
    }
}

/// A uniformly chosen set of exactly `count` of `0..n`, in increasing order.
fn distinct(n: u64, count: u64, dice: Dice) -> Vec<u64> {
    if count > n / 2 {
        // Choose who is left out instead: new values would become rare.
        let mut out = distinct(n, n - count, dice).into_iter().peekable();
        return (0..n).filter(|&place| out.next_if_eq(&place).is_none()).collect();
    }
    let mut draws = draws(dice);
    let mut places: Vec<u64> = Vec::with_capacity(count as usize);
    // The first `count` different values of a uniform sequence: what is missing is drawn anew until nothing is.
    while (places.len() as u64) < count {
        let missing = count as usize - places.len();
        places.extend((0..missing).map(|_| pick(&mut draws, n)));
        places.par_sort_unstable();
        places.dedup();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::GraphModel;
    use crate::graph::model::testing::*;
    use rustworkx_core::generators::{gnm_random_graph, gnp_random_graph};

    const PEOPLE: u32 = 20_000;

    fn grown(density: Density) -> SocialGraph {
        assert_sound(&GraphModel::ErdosRenyi(ErdosRenyi { people: PEOPLE, density }))
    }

    #[test]
    fn degrees_are_binomial() {
        // Null: Binomial(n - 1, p), mean 12, variance 12 (1 - p). The mean has sd sqrt(2 * 12 / n) = 0.035, the
        // variance about 12 sqrt(2 / n) = 0.12. Tolerance four sd, fixed seed: wrong for one seed in 10,000.
        let (mean, variance) = moments(&degrees(&grown(Density::MeanDegree(12.0))));
        assert!((mean - 12.0).abs() < 4.0 * 0.035, "{mean}");
        assert!((variance - 12.0).abs() < 4.0 * 0.12, "{variance}");
    }

    #[test]
    fn the_number_of_ties_is_exact() {
        for (people, ties) in [(PEOPLE, 120_000), (4, 0), (4, 2), (4, 5), (4, 6), (1, 0), (0, 0)] {
            let graph = ErdosRenyi { people, density: Density::Ties(ties) }.grow(dice(1));
            assert_simple(&graph);
            assert_eq!((graph.people(), graph.arcs() as u64), (people, 2 * ties));
        }
    }

    #[test]
    fn every_set_of_ties_is_as_likely() {
        // Null: the 15 sets of 2 of the 6 pairs of 4 people are equally likely; chi-squared with 14 degrees of freedom
        // exceeds 36.12 once in 1,000. Fixed seeds.
        let mut counts = std::collections::BTreeMap::new();
        for seed in 0..6_000 {
            *counts.entry(distinct(6, 2, dice(seed))).or_insert(0.0) += 1.0;
        }
        assert_eq!(counts.len(), 15);
        let chi: f64 = counts.values().map(|n: &f64| (n - 400.0).powi(2) / 400.0).sum();
        assert!(chi < 36.12, "{chi}");
    }

    #[test]
    fn nobody_or_everybody_is_tied_at_the_ends() {
        let arcs = |people, mean| ErdosRenyi { people, density: Density::MeanDegree(mean) }.grow(dice(1)).arcs();
        assert_eq!((arcs(50, 0.0), arcs(50, 49.0), arcs(1, 0.0), arcs(0, 0.0), arcs(2, 1.0)), (0, 50 * 49, 0, 0, 2));
    }

    #[test]
    fn degrees_and_triangles_agree_with_rustworkx() {
        // Null: one law. Two-sample KS at 1 in 1,000: 1.95 sqrt(2 / n) = 0.0195; transitivity is 12 / 20,000 = 0.0006
        // with sd 0.00004 (288 triangles, sd 17, of 1.44 M triples, each counting three times), difference 0.00005,
        // tolerance four sd. Fixed seeds.
        let p = 12.0 / f64::from(PEOPLE - 1);
        let gnp: Theirs = gnp_random_graph(PEOPLE as usize, p, Some(1), || (), || ()).expect("valid");
        let gnm: Theirs = gnm_random_graph(PEOPLE as usize, 120_000, Some(1), || (), || ()).expect("valid");
        for (ours, theirs) in [(grown(Density::MeanDegree(12.0)), gnp), (grown(Density::Ties(120_000)), gnm)] {
            assert!(ks(&degrees(&ours), &their_degrees(&theirs)) < 0.0195);
            assert!((transitivity(&ours) - their_transitivity(&theirs)).abs() < 4.0 * 0.00005);
        }
    }
}
