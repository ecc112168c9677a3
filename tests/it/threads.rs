//! However many threads there are, and whichever way the engine takes, a run is the same run.

use std::path::Path;

use tellwave::engine::{Ending, Run, World};
use tellwave::event::Event;
use tellwave::units::{Probability, RunId, Tick};

use crate::common::{experiment, scenario_in};

/// Delays are short, so that the pages of the agenda are full enough for another thread to be asked.
const MARKET: &str = "
horizon = '20 days'
graph.barabasi_albert = { people = 30_000, ties_per_newcomer = 6 }
seeds.count = 2_000
experience = { satisfied = '75 %', unhappy = '15 %' }
telling.delay = 'exponential(8 hours)'
conversion = { persuasion = '40 %', invitation = '50 %', decision_delay = 'exponential(5 hours)' }
[policy]
budget = '40000 USD'
[policy.two_sided]
";

fn on(threads: usize, world: &World) -> (Vec<Event>, Ending) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    pool.install(|| played(world))
}

fn played(world: &World) -> (Vec<Event>, Ending) {
    let mut run = Run::new(world);
    // Another run before, so that memory that was used is used again.
    run.play(world, RunId(6), ());
    let mut events = vec![];
    let ending = run.play(world, RunId(7), &mut events);
    (events, ending)
}

/// The same world, played without foresight: something that never happens keeps it from being plain.
fn by_the_readable_loop(world: &World) -> World {
    let mut world = world.clone();
    world.conversion.blocking = Probability::new(f64::powi(2.0, -63)).expect("a chance");
    assert_ne!(world.conversion.blocking, Probability::NEVER);
    world
}

fn assert_one_run(world: &World, least: usize) -> Ending {
    let (events, ending) = on(1, world);
    assert!(events.len() > least, "{} events", events.len());
    let expected = (events, ending);
    assert!(on(2, world) == expected, "two threads");
    assert!(on(5, world) == expected, "five threads");
    assert!(played(world) == expected, "no pool");
    assert!(on(1, &by_the_readable_loop(world)) == expected, "without foresight");
    ending
}

#[test]
fn one_large_run_is_the_same_on_any_number_of_threads_and_without_foresight() {
    assert_one_run(&experiment(MARKET).world, 200_000);
}

#[test]
fn a_run_that_is_stopped_is_stopped_at_the_same_event() {
    let text = format!("stop_at_customers = 15_000\n{MARKET}");
    assert_eq!(assert_one_run(&experiment(&text).world, 100_000), Ending::Stopped);
}

#[test]
fn a_run_is_the_same_where_ties_differ_in_strength() {
    let text = MARKET.replace(
        "graph.barabasi_albert = { people = 30_000, ties_per_newcomer = 6 }",
        "graph.two_layer_regular = { people = 30_000, strong = 6, weak = 6, strong_strength = 1.5, weak_strength = 0.5 }",
    );
    assert_one_run(&scenario_in(Path::new(""), &text).into_experiment().world, 200_000);
}

#[test]
fn a_forked_run_is_the_same_on_any_number_of_threads() {
    let before = experiment(MARKET).world;
    let mut after = experiment(&MARKET.replace("'40 %'", "'20 %'")).world;
    after.audience = before.audience.clone();
    let world = before.forked(Tick(2 * Tick::PER_DAY), after);
    assert_one_run(&world, 100_000);
}

#[test]
fn a_run_and_its_twin_are_the_same_side_by_side() {
    let mut plan = experiment(MARKET);
    plan.runs = 1;
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| plan.run(|| {}))
    };
    let alone = on(1);
    assert!(alone.twin.is_some());
    assert!((2..6).all(|threads| on(threads) == alone));
}
