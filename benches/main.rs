//! The suite: what everything costs, each figure beside a plainer way of doing the same work in the same process.
//!
//! `cargo bench` measures all of it, `cargo bench -- words graphs` some sections, `cargo bench -- words 100_000` at one size;
//! `-- --write` puts the tables into docs/performance.md, `-- --test` only shows that everything runs. Absolute times drift
//! with the machine and the hour; the ratios are of runs that took turns.

mod by_hand;
mod cascades;
mod cascades_by_hand;
mod files;
mod functions;
mod graphs;
mod log;
mod market;
mod mechanisms;
mod report;
mod sweeps;
mod threads;
mod words;

use report::{Options, Report};

/// A section's name, and what measures it.
type Section = (&'static str, fn(&Options, &mut Report));

const SECTIONS: [Section; 10] = [
    ("words", words::measure),
    ("twin", words::measure_twin),
    ("threads", threads::measure),
    ("mechanisms", mechanisms::measure),
    ("cascades", cascades::measure),
    ("graphs", graphs::measure),
    ("sweeps", sweeps::measure),
    ("files", files::measure),
    ("log", log::measure),
    ("functions", functions::measure),
];

fn main() {
    let options = Options::read(std::env::args().skip(1));
    let mut report = Report::default();
    for (_, measure) in SECTIONS.iter().filter(|(name, _)| options.wants(name)) {
        measure(&options, &mut report);
    }
    report.finish(&options);
}
