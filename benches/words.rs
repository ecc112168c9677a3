//! How many words a second the engine handles, beside the same story told by hand in the same process.
//!
//! `cargo bench --bench words` prints medians and the ratio engine / by hand, run by run in turn, so that a busy machine
//! slows both. `-- 100000` compares at that size alone; `-- --test` only shows that everything runs.

mod by_hand;

use std::path::Path;
use std::time::Instant;
use tellwave::engine::{Audience, Run, World};
use tellwave::projection::{Projection, Standard};
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::{PersonId, RunId};

const PERSUASION: f64 = 0.25;

fn main() {
    let test = std::env::args().any(|arg| arg == "--test");
    println!("{:>10} {:>14} {:>14} {:>8}   median of the runs", "people", "engine", "by hand", "ratio");
    let named: Vec<u32> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = match &named[..] {
        [] if test => vec![1_000],
        [] => vec![10_000, 100_000, 1_000_000],
        named => named.to_vec(),
    };
    for people in sizes {
        compare(people, if test { 2 } else { (4_000_000 / people).clamp(9, 401) });
    }
}

fn compare(people: u32, runs: u32) {
    let world = world(people);
    let Audience::Neighbours(graph) = &world.audience else { unreachable!("the world was made with a graph") };
    let arcs = (0..people).flat_map(|a| graph.friends(PersonId(a)).iter().map(move |&b| (a, b)));
    let arcs: Vec<(u32, u32)> = arcs.collect();
    let bare = by_hand::Graph::from_sorted_edges(&arcs).expect("rows are sorted");
    drop(arcs);
    let seeds: Vec<u32> = (0..100).map(|i| (i * 7_919 % u64::from(people)) as u32).collect();
    let mut hand = by_hand::Run::new(&bare);
    let mut run = Run::new(&world);
    let mut projections = Standard::new(&world, 0.1);
    let (mut ours, mut theirs, mut ratios) = (vec![], vec![], vec![]);
    for number in 0..runs {
        let start = Instant::now();
        hand.play(u64::from(number), &seeds, PERSUASION);
        let by_hand = start.elapsed().as_secs_f64() / hand.told as f64;
        let start = Instant::now();
        projections.rewind();
        run.play(&world, RunId(number), &mut projections);
        let engine = start.elapsed().as_secs_f64();
        let mut totals = vec![];
        projections.totals(&mut totals);
        let engine = engine / (totals[1] + totals[2]) as f64;
        // The first run of each only warms the memory up.
        if number > 0 {
            ours.push(1e-6 / engine);
            theirs.push(1e-6 / by_hand);
            ratios.push(engine / by_hand);
        }
    }
    let [ours, theirs, ratio] = [ours, theirs, ratios].map(median);
    println!("{people:>10} {ours:>10.1} M/s {theirs:>10.1} M/s {ratio:>8.2}");
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The by-hand story as a scenario of the engine: 80 % tell Poisson(12), 20 % Poisson(20), five days on average, damping.
fn world(people: u32) -> World {
    let text = format!(
        r#"
        horizon = "364 days"
        [graph.barabasi_albert]
        people = {people}
        ties_per_newcomer = 6
        [seeds]
        count = 100
        [experience]
        satisfied = "80 %"
        unhappy = "20 %"
        [telling]
        positive = "poisson(12)"
        negative = "poisson(20)"
        delay = "exponential(5 days)"
        [conversion]
        persuasion = {PERSUASION}
        invitation = {PERSUASION}
        damping = "50 %"
        decision_delay = "exponential(60 hours)"
        "#
    );
    let scenario = Scenario::parse("words.toml", &text, Path::new(""), Overrides::default());
    scenario.unwrap_or_else(|mistakes| panic!("{mistakes}")).into_experiment().world
}
