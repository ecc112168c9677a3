//! How many ties a second the graph models grow.
//!
//! Each figure is the median of five, or of three beyond a million people, beside growing the same number of ties by the
//! plainest way there is: pairs drawn at random, sorted, and handed to petgraph; and beside rustworkx-core, which grows
//! Barabási-Albert fastest of those that were compared.

use petgraph::csr::Csr;
use rustworkx_core::generators::barabasi_albert_graph;
use rustworkx_core::petgraph::graph::UnGraph;
use std::hint::black_box;
use tellwave::dice::{Dice, Purpose};
use tellwave::graph::GraphModel;
use tellwave::graph::model::{
    BarabasiAlbert, Block, Cliques, Closeness, Configuration, DegreeClass, Density, ErdosRenyi, PowerLawCluster,
    RandomRegular, Spatial, StochasticBlock, TieStrengths, TwoLayerRegular, WattsStrogatz,
};
use tellwave::units::{Probability, Seed};

use crate::report::{Options, Report, median, on, timed};

pub fn measure(options: &Options, report: &mut Report) {
    report.table("graphs", &["people", "model", "one core, seconds", "all cores", "M ties/s", "× plain, one core"]);
    for people in options.sizes(&[1_000_000]) {
        grow(people, report);
    }
}

fn grow(people: u32, report: &mut Report) {
    let times = if people > 1_000_000 { 3 } else { 5 };
    let plain = on(1, || seconds(times, || plain(people)));
    let ties = f64::from(people) * 6.0;
    let mut line = |name: &str, one: f64, all: f64| {
        let cells = [
            format!("{one:.3}"),
            format!("{all:.3}"),
            format!("{:.1}", ties / one / 1e6),
            format!("{:.2}", one / plain),
        ];
        report.row(&[&people.to_string(), name, &cells[0], &cells[1], &cells[2], &cells[3]]);
    };
    line("plain pairs, sorted", plain, plain);
    let theirs = on(1, || seconds(times, || rustworkx(people)));
    line("barabasi_albert of rustworkx-core", theirs, theirs);
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
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    for (name, model) in models {
        let grow = |threads| on(threads, || seconds(times, || model.grow(Dice::new(Seed(1)))));
        line(name, grow(1), grow(cores));
    }
}

const ORDINARY: TieStrengths = TieStrengths::ORDINARY;

fn regular(people: u32) -> GraphModel {
    GraphModel::RandomRegular(RandomRegular { people, degree: 12 })
}

fn watts_strogatz(people: u32) -> GraphModel {
    GraphModel::WattsStrogatz(WattsStrogatz { people, ties_per_person: 12, rewiring: Probability::clamped(0.1) })
}

/// Median of so many times.
fn seconds<T>(times: u32, work: impl Fn() -> T) -> f64 {
    median((0..times).map(|_| timed(|| black_box(work())).0).collect())
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

/// The fastest of the others, its graph and not yet rows of friends.
fn rustworkx(people: u32) -> UnGraph<(), ()> {
    barabasi_albert_graph(people as usize, 6, Some(1), None, || (), || ()).expect("valid")
}
