//! How many ties a second the graph models grow, and how many lines a second an edge list is read.
//!
//! `cargo bench --bench graphs`; each figure is the median of five, beside growing the same number of ties by the plainest
//! way there is: pairs drawn at random, sorted, and handed to petgraph. With `-- --test` it only shows that all runs.

use petgraph::csr::Csr;
use std::hint::black_box;
use std::time::Instant;
use tellwave::dice::{Dice, Purpose};
use tellwave::graph::GraphModel;
use tellwave::graph::arc_list::{self, ArcListForm, Header, TieKind, Weights};
use tellwave::graph::measure::{Effort, Measures};
use tellwave::graph::model::{
    BarabasiAlbert, Block, Cliques, Closeness, Configuration, DegreeClass, Density, ErdosRenyi, PowerLawCluster,
    RandomRegular, Spatial, StochasticBlock, TieStrengths, TwoLayerRegular, WattsStrogatz,
};
use tellwave::units::{PersonId, Probability, Seed};

fn main() {
    let test = std::env::args().any(|arg| arg == "--test");
    let people = if test { 1_000 } else { 1_000_000 };
    println!("{people} people, 12 friends each");
    println!("{:<28} {:>10} {:>14} {:>12}", "", "seconds", "M ties/s", "x plain");
    let plain = seconds(|| plain(people));
    line("plain pairs, sorted", plain, people, plain);
    let half = people / 2;
    let classes = vec![DegreeClass { degree: 6, people: half }, DegreeClass { degree: 18, people: half }];
    let block = Block { people: people / 10, within: Closeness::MeanDegree(10.0) };
    let between = Closeness::MeanDegree(2.0);
    let triad_formation = Probability::clamped(0.5);
    let models = [
        ("erdos_renyi, mean degree", GraphModel::ErdosRenyi(ErdosRenyi { people, density: Density::MeanDegree(12.0) })),
        (
            "erdos_renyi, ties",
            GraphModel::ErdosRenyi(ErdosRenyi { people, density: Density::Ties(u64::from(people) * 6) }),
        ),
        ("random_regular", regular(people)),
        ("barabasi_albert", GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: 6 })),
        ("watts_strogatz", watts_strogatz(people)),
        ("configuration", GraphModel::Configuration(Configuration { classes })),
        ("cliques", GraphModel::Cliques(Cliques { people, clique_size: 6, weak_ties: 7, strengths: ORDINARY })),
        (
            "two_layer_regular",
            GraphModel::TwoLayerRegular(TwoLayerRegular { people, strong: 6, weak: 6, strengths: ORDINARY }),
        ),
        ("stochastic_block", GraphModel::StochasticBlock(StochasticBlock { blocks: vec![block; 10], between })),
        (
            "power_law_cluster",
            GraphModel::PowerLawCluster(PowerLawCluster { people, ties_per_newcomer: 6, triad_formation }),
        ),
        ("spatial", GraphModel::Spatial(Spatial { people, mean_degree: 12.0 })),
    ];
    for (name, model) in models {
        line(name, seconds(|| model.grow(Dice::new(Seed(1)))), people, plain);
    }
    for (name, model) in [("watts_strogatz", watts_strogatz(people)), ("random_regular", regular(people))] {
        let graph = model.grow(Dice::new(Seed(1)));
        let measured = seconds(|| Measures::of(&graph, Dice::new(Seed(1)), Effort::USUAL));
        println!("measures of {name:<16} {measured:>10.3}");
    }
    let lines = if test { 1_000 } else { 100_000 };
    let text = edge_list(lines);
    let form =
        ArcListForm { ties: TieKind::Undirected, header: Header::None, weights: Weights::Ignore, people_max: 1 << 20 };
    let read = seconds(|| arc_list::read(text.as_bytes(), form).expect("a right list"));
    println!("edge list of {lines} lines: {read:.4} s, {:.1} M lines/s", f64::from(lines) / read / 1e6);
}

const ORDINARY: TieStrengths = TieStrengths::ORDINARY;

fn regular(people: u32) -> GraphModel {
    GraphModel::RandomRegular(RandomRegular { people, degree: 12 })
}

fn watts_strogatz(people: u32) -> GraphModel {
    GraphModel::WattsStrogatz(WattsStrogatz { people, ties_per_person: 12, rewiring: Probability::clamped(0.1) })
}

fn line(name: &str, seconds: f64, people: u32, plain: f64) {
    let rate = f64::from(people) * 6.0 / seconds / 1e6;
    println!("{name:<28} {seconds:>10.3} {rate:>14.1} {:>12.2}", seconds / plain);
}

/// Median of five.
fn seconds<T>(work: impl Fn() -> T) -> f64 {
    let once = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    let mut times: Vec<f64> = (0..5).map(once).collect();
    times.sort_by(f64::total_cmp);
    times[2]
}

/// The baseline: as many random ties, sorted.
fn plain(people: u32) -> Csr<(), (), petgraph::Directed, u32> {
    let mut draws = Dice::new(Seed(1)).stream(Purpose::Graph, 0);
    let mut arcs = Vec::with_capacity(people as usize * 12);
    for _ in 0..people * 6 {
        let (a, b) = (draws.below(people), draws.below(people));
        arcs.extend([(a, b), (b, a)]);
    }
    arcs.sort_unstable();
    arcs.dedup();
    Csr::from_sorted_edges(&arcs).expect("sorted")
}

/// The ties of a small world as text.
fn edge_list(lines: u32) -> String {
    let graph = watts_strogatz(lines / 6 + 1).grow(Dice::new(Seed(1)));
    let mut text = String::new();
    for person in 0..graph.people() {
        for &friend in graph.friends(PersonId(person)).iter().filter(|&&friend| friend > person) {
            text.push_str(&format!("{person} {friend}\n"));
        }
    }
    text.lines().take(lines as usize).map(|line| format!("{line}\n")).collect()
}
