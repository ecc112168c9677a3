//! How fast graphs come from files: lines of an edge list a second, and bytes of a kept graph.
//!
//! The baseline of the lists is the plainest way there is: lines split and parsed by the standard library, pairs sorted, handed to
//! petgraph. That of a kept graph is growing it.

use petgraph::csr::Csr;
use std::hint::black_box;
use tellwave::dice::{Dice, Purpose};
use tellwave::graph::arc_list::{self, ArcListForm, Header, Ids, TieKind, Weights};
use tellwave::graph::kept::{self, Origin};
use tellwave::graph::model::BarabasiAlbert;
use tellwave::graph::{GraphModel, SocialGraph};
use tellwave::units::{PersonId, Seed};

use crate::report::{Options, Report, median, on, timed};

pub fn measure(options: &Options, report: &mut Report) {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let lines =
        ["lines", "order", "plain, seconds", "one core", "all cores", "M lines/s, one core", "× plain, one core"];
    report.table("edge list", &lines);
    for people in options.sizes(&[1_000_000]) {
        let ties = ties(&popular(people));
        for (order, ties) in [("as they came", ties.clone()), ("shuffled", shuffled(ties))] {
            list(order, &ties, cores, report);
        }
    }
    report.table(
        "kept graph",
        &["people", "MB", "growing, all cores", "writing", "reading, one core", "all cores", "GB/s"],
    );
    for people in options.sizes(&[1_000_000, 10_000_000]) {
        kept_graph(people, cores, report);
    }
}

fn list(order: &str, ties: &[(u32, u32)], cores: usize, report: &mut Report) {
    let text: String = ties.iter().map(|(one, other)| format!("{one} {other}\n")).collect();
    let (ties, header, weights) = (TieKind::Undirected, Header::None, Weights::Ignore);
    let form = ArcListForm { ties, header, weights, ids: Ids::Auto, people_max: PersonId::COUNT_MAX };
    let lines = text.lines().count();
    let read = |threads| on(threads, || seconds(|| arc_list::read(text.as_bytes(), form).expect("a right list")));
    let (plain, one, all) = (seconds(|| plain(&text)), read(1), read(cores));
    report.row(&[
        lines.to_string(),
        order.to_owned(),
        format!("{plain:.3}"),
        format!("{one:.3}"),
        format!("{all:.3}"),
        format!("{:.1}", lines as f64 / one / 1e6),
        format!("{:.2}", one / plain),
    ]);
}

/// The baseline: what the standard library and petgraph make of it.
fn plain(text: &str) -> Csr<(), (), petgraph::Directed, u32> {
    let mut arcs = vec![];
    for line in text.lines() {
        let mut numbers = line.split_whitespace().map(|number| number.parse().expect("a number"));
        let (one, other): (u32, u32) = (numbers.next().expect("one"), numbers.next().expect("another"));
        arcs.extend([(one, other), (other, one)]);
    }
    arcs.sort_unstable();
    arcs.dedup();
    Csr::from_sorted_edges(&arcs).expect("sorted")
}

/// A kept graph in memory, as a file that the system holds in memory is.
fn kept_graph(people: u32, cores: usize, report: &mut Report) {
    let (growing, graph) = on(cores, || timed(|| popular(people)));
    let mut bytes = vec![];
    let write = |bytes: &mut Vec<u8>| kept::write(&graph, &Origin::default(), bytes).expect("memory");
    let writing = on(cores, || timed(|| write(&mut bytes)).0);
    let read = |threads| on(threads, || seconds(|| kept::read(&mut &bytes[..], bytes.len() as u64).expect("kept")));
    let (one, all) = (read(1), read(cores));
    report.row(&[
        people.to_string(),
        format!("{:.0}", bytes.len() as f64 / 1e6),
        format!("{growing:.3}"),
        format!("{writing:.3}"),
        format!("{one:.3}"),
        format!("{all:.3}"),
        format!("{:.2}", bytes.len() as f64 / all / 1e9),
    ]);
}

fn popular(people: u32) -> SocialGraph {
    GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: 6 }).grow(Dice::new(Seed(1)))
}

/// The ties of a graph, each as the newcomer listed it.
fn ties(graph: &SocialGraph) -> Vec<(u32, u32)> {
    let older = |&(person, friend): &(u32, u32)| friend < person;
    let row = |person| graph.friends(PersonId(person)).iter().map(move |&friend| (person, friend));
    (0..graph.people()).flat_map(row).filter(older).collect()
}

fn shuffled(mut ties: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    let mut draws = Dice::new(Seed(1)).stream(Purpose::Graph, 0);
    for last in (1..ties.len()).rev() {
        ties.swap(last, draws.below(last as u32 + 1) as usize);
    }
    ties
}

/// Median of five.
fn seconds<T>(work: impl Fn() -> T) -> f64 {
    median((0..5).map(|_| timed(|| black_box(work())).0).collect())
}
