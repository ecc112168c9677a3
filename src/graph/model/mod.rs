//! The list of models that grow a graph, and what they share.
//!
//! To add one: a file here in the usual order (formula, when to use, when not, parameters, reference, code, tests), its
//! `mod` line, its variant and its two arms.
//!
//! Every model is a pure function of its parameters and the dice, on any machine and any number of threads: draws are
//! keyed, and the few real numbers go through `libm`.

mod barabasi_albert;
mod circle;
mod cliques;
mod configuration;
mod erdos_renyi;
mod grid;
mod pairing;
mod power_law_cluster;
mod random_regular;
mod spatial;
mod stochastic_block;
mod two_layer_regular;
mod watts_strogatz;

pub use barabasi_albert::BarabasiAlbert;
pub use circle::Circle;
pub use cliques::Cliques;
pub use configuration::{Configuration, DegreeClass, Erased};
pub use erdos_renyi::{Density, ErdosRenyi};
pub use grid::Grid;
pub use power_law_cluster::PowerLawCluster;
pub use random_regular::RandomRegular;
pub use spatial::Spatial;
pub use stochastic_block::{Block, Closeness, StochasticBlock};
pub use two_layer_regular::TwoLayerRegular;
pub use watts_strogatz::WattsStrogatz;

use super::SocialGraph;
use crate::dice::{Dice, Draws, Purpose};
use crate::units::{PersonId, Strength};

/// A recipe for a graph: one variant a model, holding its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum GraphModel {
    /// Ties by pure chance.
    ErdosRenyi(ErdosRenyi),
    /// The same number of friends for everybody, otherwise by chance.
    RandomRegular(RandomRegular),
    /// Newcomers prefer the popular: a few people have very many friends.
    BarabasiAlbert(BarabasiAlbert),
    /// A ring of neighbours with shortcuts.
    WattsStrogatz(WattsStrogatz),
    /// Given numbers of friends, otherwise by chance.
    Configuration(Configuration),
    /// Close circles joined by weak ties.
    Cliques(Cliques),
    /// So many strong ties and so many weak ones for everybody.
    TwoLayerRegular(TwoLayerRegular),
    /// Groups whose members know each other rather than others.
    StochasticBlock(StochasticBlock),
    /// Newcomers prefer the popular, and then the friends of whom they chose.
    PowerLawCluster(PowerLawCluster),
    /// People know who lives nearby.
    Spatial(Spatial),
    /// Everybody between two neighbours.
    Circle(Circle),
    /// Rows and columns, four neighbours each.
    Grid(Grid),
}

/// What strong and weak ties multiply persuasion by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TieStrengths {
    /// Strength of a strong tie.
    pub strong: Strength,
    /// Strength of a weak tie.
    pub weak: Strength,
}

impl TieStrengths {
    /// All ties alike, so that there is nothing to store.
    pub const ORDINARY: TieStrengths = TieStrengths { strong: Strength::ONE, weak: Strength::ONE };
}

/// The most ties a model may be asked for: with luck of any kind they stay below half of the arcs that rows can hold.
/// Growing 10⁹ of them takes 12 to 20 GB, and 30 GB in `power_law_cluster`, which remembers who was chosen.
const TIES_MAX: f64 = 1e9;

/// A parameter, or a pair of them, that no graph can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelMistake {
    /// The parameter's name, as the field is called; empty where it is all of them together.
    pub key: &'static str,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: String,
}

impl GraphModel {
    /// Every mistake in the parameters, those between two of them included.
    pub fn check(&self) -> Result<(), Vec<ModelMistake>> {
        let mut mistakes = Mistakes::default();
        mistakes.unless(self.people() <= PersonId::COUNT_MAX, "people", self.people(), || {
            format!("at most {} people", PersonId::COUNT_MAX)
        });
        match self {
            GraphModel::ErdosRenyi(model) => model.check(&mut mistakes),
            GraphModel::RandomRegular(model) => model.check(&mut mistakes),
            GraphModel::BarabasiAlbert(model) => model.check(&mut mistakes),
            GraphModel::WattsStrogatz(model) => model.check(&mut mistakes),
            GraphModel::Configuration(model) => model.check(&mut mistakes),
            GraphModel::Cliques(model) => model.check(&mut mistakes),
            GraphModel::TwoLayerRegular(model) => model.check(&mut mistakes),
            GraphModel::StochasticBlock(model) => model.check(&mut mistakes),
            GraphModel::PowerLawCluster(model) => model.check(&mut mistakes),
            GraphModel::Spatial(model) => model.check(&mut mistakes),
            GraphModel::Circle(_) | GraphModel::Grid(_) => {}
        }
        if mistakes.0.is_empty() {
            let ties = self.expected_ties();
            let found = format!("about {ties:.1e} ties");
            mistakes.unless(ties <= TIES_MAX, "", found, || format!("at most {TIES_MAX:.0e} ties"));
        }
        if mistakes.0.is_empty() { Ok(()) } else { Err(mistakes.0) }
    }

    /// The graph of these parameters and this luck.
    ///
    /// # Panics
    /// If the parameters have not passed [`GraphModel::check`].
    pub fn grow(&self, dice: Dice) -> SocialGraph {
        match self {
            GraphModel::ErdosRenyi(model) => model.grow(dice),
            GraphModel::RandomRegular(model) => model.grow(dice),
            GraphModel::BarabasiAlbert(model) => model.grow(dice),
            GraphModel::WattsStrogatz(model) => model.grow(dice),
            GraphModel::Configuration(model) => model.grow_counting(dice).0,
            GraphModel::Cliques(model) => model.grow(dice),
            GraphModel::TwoLayerRegular(model) => model.grow(dice),
            GraphModel::StochasticBlock(model) => model.grow(dice),
            GraphModel::PowerLawCluster(model) => model.grow(dice),
            GraphModel::Spatial(model) => model.grow(dice),
            GraphModel::Circle(model) => model.grow(),
            GraphModel::Grid(model) => model.grow(),
        }
    }

    /// How many people the graph will have \[people\].
    pub fn people(&self) -> u32 {
        match self {
            GraphModel::ErdosRenyi(model) => model.people,
            GraphModel::RandomRegular(model) => model.people,
            GraphModel::BarabasiAlbert(model) => model.people,
            GraphModel::WattsStrogatz(model) => model.people,
            GraphModel::Configuration(model) => model.people(),
            GraphModel::Cliques(model) => model.people,
            GraphModel::TwoLayerRegular(model) => model.people,
            GraphModel::StochasticBlock(model) => model.people(),
            GraphModel::PowerLawCluster(model) => model.people,
            GraphModel::Spatial(model) => model.people,
            GraphModel::Circle(model) => model.people,
            GraphModel::Grid(model) => model.people(),
        }
    }

    /// How many ties the graph will have, as nearly as can be said before it is grown \[ties\].
    pub fn expected_ties(&self) -> f64 {
        let people = f64::from(self.people());
        let half_of = |degree: u32| people * f64::from(degree) / 2.0;
        match self {
            GraphModel::ErdosRenyi(model) => match model.density {
                Density::Ties(ties) => ties as f64,
                Density::MeanDegree(mean) => people * mean / 2.0,
            },
            GraphModel::RandomRegular(model) => half_of(model.degree),
            GraphModel::BarabasiAlbert(model) => people * f64::from(model.ties_per_newcomer),
            GraphModel::WattsStrogatz(model) => half_of(model.ties_per_person),
            GraphModel::Cliques(model) => half_of(model.weak_ties) + half_of(model.clique_size.min(model.people)),
            GraphModel::TwoLayerRegular(model) => half_of(model.strong) + half_of(model.weak),
            GraphModel::StochasticBlock(model) => model.expected_ties(),
            GraphModel::PowerLawCluster(model) => people * f64::from(model.ties_per_newcomer),
            GraphModel::Spatial(model) => people * model.mean_degree / 2.0,
            GraphModel::Circle(_) => people,
            GraphModel::Grid(_) => 2.0 * people,
            GraphModel::Configuration(model) => {
                model.classes.iter().map(|class| f64::from(class.people) * f64::from(class.degree) / 2.0).sum()
            }
        }
    }

    /// Whether its ties differ in strength.
    pub fn has_strengths(&self) -> bool {
        match self {
            GraphModel::Cliques(Cliques { strengths, .. })
            | GraphModel::TwoLayerRegular(TwoLayerRegular { strengths, .. }) => *strengths != TieStrengths::ORDINARY,
            _ => false,
        }
    }

    /// Memory that growing needs beside the graph itself \[bytes\].
    pub fn growing_bytes(&self) -> f64 {
        let (people, ties) = (f64::from(self.people()), self.expected_ties());
        // Each tie once, as it is dealt to the rows.
        let dealt = 4.0 * ties;
        match self {
            GraphModel::ErdosRenyi(ErdosRenyi { density: Density::Ties(_), .. }) => 8.0 * ties + dealt,
            // Half-ties twice, before there are rows: as much again as the rows will take. Half as much more was measured,
            // which is what the allocator keeps of it.
            GraphModel::RandomRegular(_) | GraphModel::Configuration(_) => 12.0 * ties,
            // The rows of weak ties, and those of both layers; and again what is kept of their half-ties.
            GraphModel::Cliques(model) => 6.0 * people * f64::from(model.weak_ties) + 4.0 * people + dealt,
            GraphModel::TwoLayerRegular(_) => 10.0 * ties + 8.0 * people + dealt,
            // Lists of friends that have grown one by one.
            GraphModel::PowerLawCluster(_) => 12.0 * ties + 40.0 * people + dealt,
            // Where people live, and where their cells begin.
            GraphModel::Spatial(_) => 12.0 * people + dealt,
            GraphModel::ErdosRenyi(_)
            | GraphModel::BarabasiAlbert(_)
            | GraphModel::WattsStrogatz(_)
            | GraphModel::StochasticBlock(_)
            | GraphModel::Circle(_)
            | GraphModel::Grid(_) => dealt,
        }
    }

    /// Whether luck plays no part, so that every growing is the same.
    pub fn is_fixed(&self) -> bool {
        matches!(self, GraphModel::Circle(_) | GraphModel::Grid(_))
    }
}

/// Mistakes gathered while checking.
#[derive(Debug, Default)]
struct Mistakes(Vec<ModelMistake>);

impl Mistakes {
    fn unless(&mut self, fine: bool, key: &'static str, found: impl ToString, allowed: impl FnOnce() -> String) {
        if !fine {
            self.0.push(ModelMistake { key, found: found.to_string(), allowed: allowed() });
        }
    }
}

/// The draws of a model that takes them one after another.
fn draws(dice: Dice) -> Draws {
    dice.stream(Purpose::Graph, 0)
}

/// A whole number in `0..n`, `n > 0`; unlike `Draws::below` for any number of ties (bias below n · 2⁻⁶⁴).
#[inline]
pub(super) fn pick(draws: &mut Draws, n: u64) -> u64 {
    ((u128::from(draws.draw()) * u128::from(n)) >> 64) as u64
}

/// All pairs of `people` people.
fn pairs(people: u32) -> u64 {
    let people = u64::from(people);
    people * people.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::model::testing::{assert_simple, dice, same};

    fn keys(model: GraphModel) -> Vec<&'static str> {
        model.check().err().into_iter().flatten().map(|mistake| mistake.key).collect()
    }

    #[test]
    fn impossible_parameters_are_named() {
        let regular = |people, degree| GraphModel::RandomRegular(RandomRegular { people, degree });
        assert_eq!(keys(regular(5, 3)), ["degree"]);
        assert_eq!(keys(regular(5, 5)), ["degree", "degree"]);
        assert_eq!(keys(regular(6, 5)), Vec::<&str>::new());
        let random = |density| GraphModel::ErdosRenyi(ErdosRenyi { people: 4, density });
        assert_eq!(keys(random(Density::MeanDegree(3.5))), ["mean_degree"]);
        assert_eq!(keys(random(Density::MeanDegree(f64::NAN))), ["mean_degree"]);
        assert_eq!(keys(random(Density::Ties(7))), ["ties"]);
        assert_eq!(keys(random(Density::Ties(6))), Vec::<&str>::new());
        let popular =
            |people, ties_per_newcomer| GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer });
        assert_eq!(keys(popular(5, 0)), ["ties_per_newcomer"]);
        assert_eq!(keys(popular(5, 5)), ["ties_per_newcomer"]);
        assert_eq!(keys(popular(u32::MAX, 5)), ["people"]);
        assert_eq!(keys(popular(PersonId::COUNT_MAX, 8)), [""], "more arcs than rows can hold");
    }

    #[test]
    fn picks_stay_below_and_reach_everything() {
        let mut draws = draws(dice(1));
        let mut seen = [0u32; 7];
        for _ in 0..7_000 {
            seen[pick(&mut draws, 7) as usize] += 1;
        }
        // Null: uniform; chi-squared with 6 degrees of freedom exceeds 22.46 once in 1,000 seeds. Fixed seed.
        let chi: f64 = seen.iter().map(|&n| (f64::from(n) - 1_000.0).powi(2) / 1_000.0).sum();
        assert!(chi < 22.46, "{chi}");
    }

    /// One of each model, among some thousands of people, or among as few as can be.
    fn one_of_each(people: u32) -> Vec<GraphModel> {
        let strength = |value| Strength::new(value).expect("valid");
        let strengths = TieStrengths { strong: strength(2.0), weak: strength(0.5) };
        let few = people.saturating_sub(1).min(6);
        let even = few / 2 * 2;
        let density = Density::MeanDegree(f64::from(few));
        let ties = Density::Ties(u64::from(people) * u64::from(few) / 2);
        let [rewiring, triad_formation] = [0.5, 0.3].map(crate::units::Probability::clamped);
        let half = DegreeClass { degree: few.min((people / 2 * 2).saturating_sub(1)), people: people / 2 };
        let block = Block { people: people / 2, within: Closeness::MeanDegree(0.0) };
        let mut models = vec![
            GraphModel::ErdosRenyi(ErdosRenyi { people, density }),
            GraphModel::ErdosRenyi(ErdosRenyi { people, density: ties }),
            GraphModel::RandomRegular(RandomRegular { people, degree: even }),
            GraphModel::WattsStrogatz(WattsStrogatz { people, ties_per_person: even, rewiring }),
            GraphModel::Configuration(Configuration { classes: vec![half, half] }),
            GraphModel::Cliques(Cliques {
                people,
                clique_size: 6,
                weak_ties: people.saturating_sub(6).min(5),
                strengths,
            }),
            GraphModel::TwoLayerRegular(TwoLayerRegular { people, strong: 0, weak: even, strengths }),
            GraphModel::StochasticBlock(StochasticBlock {
                blocks: vec![block, block],
                between: Closeness::MeanDegree(f64::from(few.min(1)) / 2.0),
            }),
            GraphModel::Spatial(Spatial { people, mean_degree: f64::from(few) * Spatial::SHARE_MAX }),
            GraphModel::Circle(Circle { people }),
            GraphModel::Grid(Grid { rows: 3, columns: people / 3, wrap: true }),
        ];
        if few > 0 {
            models.push(GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: few }));
            models.push(GraphModel::PowerLawCluster(PowerLawCluster {
                people,
                ties_per_newcomer: few,
                triad_formation,
            }));
        }
        models
    }

    fn grown_on(threads: usize, model: &GraphModel) -> SocialGraph {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| model.grow(dice(1)))
    }

    #[test]
    fn the_rows_of_every_model_are_the_same_bytes_on_any_number_of_threads() {
        // 50,000 people are 49 ranges, and their half-ties more than one heap.
        for model in one_of_each(50_000) {
            assert_eq!(model.check(), Ok(()));
            let alone = grown_on(1, &model);
            assert_simple(&alone);
            for threads in [2, 5] {
                let found = grown_on(threads, &model);
                let bytes = |graph: &SocialGraph| {
                    let strengths = graph.strengths.as_ref().map(|strengths| strengths.column.clone());
                    (graph.rows.starts().to_vec(), graph.rows.column().to_vec(), strengths)
                };
                assert!(bytes(&alone) == bytes(&found), "{threads} threads: {model:?}");
            }
        }
    }

    #[test]
    fn few_people_are_worlds_on_many_threads_too() {
        for people in 0..=20 {
            for model in one_of_each(people) {
                assert_eq!(model.check(), Ok(()), "{model:?}");
                let graph = grown_on(3, &model);
                assert_simple(&graph);
                assert!(same(&graph, &grown_on(1, &model)), "{model:?}");
            }
        }
    }

    /// Measures, does not judge: `cargo test --release growing_a_million -- --ignored --nocapture`, one model a process
    /// (`MODEL=ba`, `ws`, `er`, `gnm`, `regular`, `configuration`, `cliques`, `two_layers`, `blocks`, `cluster`,
    /// `spatial`, `grid`) so that the peak of memory is its own.
    #[test]
    #[ignore = "measures time and memory"]
    fn growing_a_million_people() {
        let people = 1_000_000;
        let rewiring = crate::units::Probability::clamped(0.1);
        let model = match std::env::var("MODEL").unwrap_or_default().as_str() {
            "ws" => GraphModel::WattsStrogatz(WattsStrogatz { people, ties_per_person: 12, rewiring }),
            "er" => GraphModel::ErdosRenyi(ErdosRenyi { people, density: Density::MeanDegree(12.0) }),
            "gnm" => GraphModel::ErdosRenyi(ErdosRenyi { people, density: Density::Ties(6_000_000) }),
            "regular" => GraphModel::RandomRegular(RandomRegular { people, degree: 12 }),
            "regular20" => GraphModel::RandomRegular(RandomRegular { people: people / 10, degree: 20 }),
            "configuration" => GraphModel::Configuration(Configuration {
                classes: vec![
                    DegreeClass { degree: 6, people: people / 2 },
                    DegreeClass { degree: 18, people: people / 2 },
                ],
            }),
            "cliques" => {
                GraphModel::Cliques(Cliques { people, clique_size: 6, weak_ties: 7, strengths: TieStrengths::ORDINARY })
            }
            "two_layers" => GraphModel::TwoLayerRegular(TwoLayerRegular {
                people,
                strong: 6,
                weak: 6,
                strengths: TieStrengths::ORDINARY,
            }),
            "blocks" => {
                let block = Block { people: people / 10, within: Closeness::MeanDegree(10.0) };
                let between = Closeness::MeanDegree(2.0);
                GraphModel::StochasticBlock(StochasticBlock { blocks: vec![block; 10], between })
            }
            "cluster" => {
                let triad_formation = crate::units::Probability::clamped(0.5);
                GraphModel::PowerLawCluster(PowerLawCluster { people, ties_per_newcomer: 6, triad_formation })
            }
            "spatial" => GraphModel::Spatial(Spatial { people, mean_degree: 12.0 }),
            "grid" => GraphModel::Grid(Grid { rows: 1_000, columns: people / 1_000, wrap: true }),
            _ => GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: 6 }),
        };
        let start = std::time::Instant::now();
        let graph = model.grow(dice(1));
        let seconds = start.elapsed().as_secs_f64();
        let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown");
        let ties = graph.arcs() / 2;
        println!("{ties} ties in {seconds:.3} s, {:.0} M/s, {peak}", ties as f64 / seconds / 1e6);
    }
}

/// What the tests of the models share.
#[cfg(test)]
pub(in crate::graph) mod testing {
    use super::*;
    use crate::units::Seed;

    pub(in crate::graph) fn dice(seed: u64) -> Dice {
        Dice::new(Seed(seed))
    }

    pub(in crate::graph) fn degrees(graph: &SocialGraph) -> Vec<u32> {
        (0..graph.people()).map(|person| graph.degree(PersonId(person))).collect()
    }

    /// Mean and variance.
    pub(in crate::graph) fn moments(degrees: &[u32]) -> (f64, f64) {
        let n = degrees.len() as f64;
        let mean = degrees.iter().map(|&d| f64::from(d)).sum::<f64>() / n;
        (mean, degrees.iter().map(|&d| (f64::from(d) - mean).powi(2)).sum::<f64>() / n)
    }

    /// The largest distance between two distribution functions (two-sample Kolmogorov-Smirnov).
    pub(in crate::graph) fn ks(one: &[u32], other: &[u32]) -> f64 {
        let max = one.iter().chain(other).max().copied().unwrap_or(0);
        let cumulated = |degrees: &[u32]| {
            let mut counts = vec![0.0; max as usize + 1];
            degrees.iter().for_each(|&d| counts[d as usize] += 1.0 / degrees.len() as f64);
            counts
                .iter()
                .scan(0.0, |sum, &x| {
                    *sum += x;
                    Some(*sum)
                })
                .collect::<Vec<f64>>()
        };
        cumulated(one).iter().zip(cumulated(other)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    /// Rows strictly increasing, no self-loop, and every tie both ways.
    pub(in crate::graph) fn assert_simple(graph: &SocialGraph) {
        for person in 0..graph.people() {
            let friends = graph.friends(PersonId(person));
            assert!(friends.windows(2).all(|pair| pair[0] < pair[1]), "row {person} is sorted and without duplicates");
            for &friend in friends {
                assert_ne!(friend, person);
                assert!(
                    graph.friends(PersonId(friend)).binary_search(&person).is_ok(),
                    "{person}-{friend} goes both ways"
                );
            }
        }
    }

    pub(in crate::graph) fn same(one: &SocialGraph, other: &SocialGraph) -> bool {
        one.people() == other.people()
            && (0..one.people()).all(|person| one.friends(PersonId(person)) == other.friends(PersonId(person)))
    }

    /// Grown twice alike from one seed, differently from another, and simple.
    pub(in crate::graph) fn assert_sound(model: &GraphModel) -> SocialGraph {
        assert_eq!(model.check(), Ok(()));
        let graph = model.grow(dice(1));
        assert_simple(&graph);
        assert_eq!(graph.people(), model.people());
        assert!(same(&graph, &model.grow(dice(1))), "the same seed grows the same graph");
        assert!(!same(&graph, &model.grow(dice(2))), "another seed grows another graph");
        graph
    }

    /// Closed triples: each triangle counts three times.
    pub(in crate::graph) fn transitivity(graph: &SocialGraph) -> f64 {
        let (mut closed, mut triples) = (0.0, 0.0);
        for person in 0..graph.people() {
            let friends = graph.friends(PersonId(person));
            triples += friends.len() as f64 * (friends.len() as f64 - 1.0) / 2.0;
            for (place, &one) in friends.iter().enumerate() {
                let theirs = graph.friends(PersonId(one));
                closed +=
                    friends[place + 1..].iter().filter(|other| theirs.binary_search(other).is_ok()).count() as f64;
            }
        }
        if triples == 0.0 { 0.0 } else { closed / triples }
    }

    /// Mean share of tied pairs among a person's friends; people with fewer than two friends count as zero.
    pub(in crate::graph) fn local_clustering(graph: &SocialGraph) -> f64 {
        let of = |person| {
            let friends = graph.friends(PersonId(person));
            let tied = |one: &u32| graph.friends(PersonId(*one)).iter().filter(|x| friends.contains(x)).count();
            let pairs = friends.len() * friends.len().saturating_sub(1);
            friends.iter().map(tied).sum::<usize>() as f64 / pairs.max(1) as f64
        };
        (0..graph.people()).map(of).sum::<f64>() / f64::from(graph.people())
    }

    /// A graph grown by rustworkx-core, as its degrees and its transitivity.
    pub(in crate::graph) type Theirs = rustworkx_core::petgraph::graph::UnGraph<(), ()>;

    pub(in crate::graph) fn their_degrees(graph: &Theirs) -> Vec<u32> {
        graph.node_indices().map(|person| graph.neighbors(person).count() as u32).collect()
    }

    pub(in crate::graph) fn their_transitivity(graph: &Theirs) -> f64 {
        rustworkx_core::transitivity::graph_transitivity(graph)
    }
}
