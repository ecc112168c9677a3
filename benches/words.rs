//! How many words a second the engine handles, beside the same story told by hand in the same process.
//!
//! `cargo bench --bench words` prints medians and the ratio engine / by hand, run by run in turn, so that a busy machine
//! slows both. With `-- --test` it only shows that everything runs.

mod by_hand;

use std::time::Instant;
use tellwave::dice::Dice;
use tellwave::engine::{Audience, Conversion, CountTable, Experience, Run, Seeds, Telling, World};
use tellwave::graph::GraphModel;
use tellwave::graph::model::BarabasiAlbert;
use tellwave::laws::{CountLaw, DelayLaw};
use tellwave::policy::{Baseline, Policy};
use tellwave::projection::{Projection, Standard};
use tellwave::units::{Cents, PersonId, Probability, RunId, Seed, Tick};

const PERSUASION: f64 = 0.25;

fn main() {
    let test = std::env::args().any(|arg| arg == "--test");
    println!("{:>10} {:>14} {:>14} {:>8}   median of the runs", "people", "engine", "by hand", "ratio");
    let sizes: &[(u32, u32)] = if test { &[(1_000, 2)] } else { &[(10_000, 401), (100_000, 61), (1_000_000, 11)] };
    for &(people, runs) in sizes {
        compare(people, runs);
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
    let mut projections = Standard::new(world.horizon, Probability::clamped(0.4));
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
    let dice = Dice::new(Seed(1));
    let graph = GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: 6 }).grow(dice);
    let horizon = Tick(364 * Tick::PER_DAY);
    let days =
        |days: f64| DelayLaw::Exponential { mean: Tick((days * f64::from(Tick::PER_DAY)) as u32) }.table(horizon);
    let count = |mean| CountLaw::Poisson { mean }.table().map_or(CountTable::All, CountTable::Drawn);
    let baseline = Baseline { participation: 0.29, willing: 0.83, invitation: PERSUASION, order: Cents(60_00) };
    let satisfied = Probability::clamped(0.8);
    World {
        dice,
        audience: Audience::Neighbours(graph),
        seeds: Seeds::Random(100),
        experience: Experience { satisfied, not_unhappy: satisfied },
        telling: Telling { advocacy: Probability::ALWAYS, good: count(12.0), bad: count(20.0), delay: days(5.0) },
        conversion: Conversion {
            persuasion: Probability::clamped(PERSUASION),
            damping: Conversion::powers(0.5),
            blocking: Probability::NEVER,
            decision_delay: days(2.5),
        },
        policy: Policy::new(vec![], baseline),
        order: Cents(60_00),
        horizon,
        stop_at_customers: None,
    }
}
