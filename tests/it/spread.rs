//! The cascade in its lane against the engine's events: the same people, step by step and day by day, run by run.

use crate::common::{folder, scenario_in, write};
use std::path::Path;
use tellwave::dice::{Dice, Purpose};
use tellwave::engine::spread::{Cascade, Delay, FirstPeople, Memory};
use tellwave::engine::{Audience, CountTable, Run, Seeds};
use tellwave::experiment::{Experiment, Row};
use tellwave::graph::SocialGraph;
use tellwave::units::{PersonId, Probability, RunId, Seed, Tick};

/// A world in which nothing but the coins of pairs matters.
fn world(folder: &Path, graph: &str, delay: &str, persuasion: f64, seeds: &str) -> Experiment {
    let text = format!(
        "seed = 20261128\nruns = 60\nhorizon = \"90 days\"\n{graph}\n[seeds]\n{seeds}\n\
         [experience]\nsatisfied = \"100 %\"\nunhappy = \"0 %\"\n[participation]\nunasked = \"0 %\"\n\
         [telling]\npositive = \"all_neighbours\"\ndelay = \"{delay}\"\n\
         [conversion]\npersuasion = {persuasion:?}\ndecision_delay = \"0 days\"\n"
    );
    scenario_in(folder, &text).into_experiment()
}

fn graph_of(experiment: &Experiment) -> &SocialGraph {
    match &experiment.world.audience {
        Audience::Neighbours(graph) => graph,
        other => panic!("no graph that all runs share: {other:?}"),
    }
}

/// Customers by the end of each day, as the events say.
fn by_events(experiment: &Experiment) -> Vec<Vec<i64>> {
    let customers = |row: &Row| row.daily_of("customers").expect("a measure").to_vec();
    experiment.run(|| {}).rows.iter().map(customers).collect()
}

/// The same, as the lane says; both ways of tossing the coins agree.
fn by_lane(experiment: &Experiment, persuasion: f64, delayed: bool) -> Vec<Vec<i64>> {
    let world = &experiment.world;
    assert!(matches!(world.telling.good, CountTable::All), "everybody tells all friends");
    let first = match &world.seeds {
        Seeds::Random(count) => FirstPeople::Random(*count),
        Seeds::Ids(ids) => FirstPeople::These(ids.clone()),
        other => panic!("{other:?}"),
    };
    let delay = delayed.then(|| Delay { law: world.telling.delay.clone(), horizon: world.horizon });
    let cascade = Cascade { graph: graph_of(experiment), chance: Probability::clamped(persuasion), first, delay };
    let days = world.horizon.day_closing() as usize + 1;
    let (mut memory, mut other) = (Memory::default(), Memory::default());
    let play = |run: u32| {
        let steps = cascade.play(world.dice, RunId(run), &mut memory);
        assert_eq!(steps, cascade.play_plainly(world.dice, RunId(run), &mut other), "run {run}");
        let mut reached = 0;
        let mut daily: Vec<i64> = steps
            .iter()
            .map(|&new| {
                reached += i64::from(new);
                reached
            })
            .collect();
        daily.resize(days.max(daily.len()), reached);
        daily
    };
    (0..experiment.runs).map(play).collect()
}

fn graphs(folder: &Path) -> Vec<(&'static str, f64)> {
    // Strengths of many kinds, one way, on a list of its own.
    let mut draws = Dice::new(Seed(3)).stream(Purpose::Graph, 1);
    let mut list = String::from("from,to,weight\n");
    for person in 0..300 {
        for _ in 0..9 {
            let other = (person + 1 + draws.below(299)) % 300;
            list += &format!("{person},{other},{:.3}\n", 2.0 * draws.unit());
        }
    }
    write(folder, "arcs.csv", list);
    vec![
        ("[graph.barabasi_albert]\npeople = 3_000\nties_per_newcomer = 6", 0.06),
        ("[graph.watts_strogatz]\npeople = 2_000\nties_per_person = 12", 0.14),
        ("[graph.cliques]\npeople = 1_000\nstrong_strength = 1.5\nweak_strength = 0.25", 0.3),
        ("[graph.circle]\npeople = 50", 1.0),
        ("[graph.barabasi_albert]\npeople = 400\nties_per_newcomer = 3", 0.0),
        ("[graph.edge_list]\nfile = \"arcs.csv\"\nties = \"directed\"\nweights = \"strength\"", 0.2),
    ]
}

#[test]
fn a_cascade_in_steps_is_that_of_the_events_with_a_step_a_day() {
    let here = folder();
    for (graph, chance) in graphs(here.path()) {
        for seeds in ["count = 5", "ids = [7, 3, 40]"] {
            let experiment = world(here.path(), graph, "1 day", chance, seeds);
            assert_eq!(by_lane(&experiment, chance, false), by_events(&experiment), "{graph}, {seeds}");
        }
    }
}

#[test]
fn a_cascade_with_delays_is_that_of_the_events_day_by_day() {
    let here = folder();
    for (graph, chance) in graphs(here.path()) {
        for delay in ["exponential(3 days)", "uniform(0 days, 60 days)", "0 days"] {
            let experiment = world(here.path(), graph, delay, chance, "count = 5");
            assert_eq!(by_lane(&experiment, chance, true), by_events(&experiment), "{graph}, {delay}");
        }
    }
}

#[test]
fn a_cascade_reaches_nobody_after_the_horizon() {
    let here = folder();
    let experiment = world(here.path(), "[graph.circle]\npeople = 1_000", "1 day", 1.0, "ids = [500]");
    let first = FirstPeople::These(vec![PersonId(500)]);
    let law = experiment.world.telling.delay.clone();
    let delay = Some(Delay { law, horizon: Tick(10 * Tick::PER_DAY) });
    let cascade = Cascade { graph: graph_of(&experiment), chance: Probability::ALWAYS, first, delay };
    let steps = cascade.play(experiment.world.dice, RunId(0), &mut Memory::default());
    assert_eq!(steps, [[1].as_slice(), &[2; 10]].concat());
}

/// Null: bond percolation, so the reach of one run is that of a search along the ties whose coins win.
#[test]
fn the_evented_loop_with_no_time_between_reaches_the_same_people_at_once() {
    let here = folder();
    let graph = "[graph.barabasi_albert]\npeople = 3_000\nties_per_newcomer = 6";
    let experiment = world(here.path(), graph, "0 days", 0.06, "count = 5");
    let lane = by_lane(&experiment, 0.06, false);
    let mut run = Run::new(&experiment.world);
    for (number, steps) in (0..).zip(&lane) {
        run.play(&experiment.world, RunId(number), ());
        assert_eq!(steps.last(), Some(&i64::from(run.state().customers())));
    }
}
