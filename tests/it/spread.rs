//! The cascade in its lane against the engine's events: the same people, step by step and day by day, run by run.

use crate::common::{folder, scenario_in, stderr, stdout, tellwave, write};
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
        "seed = 20261128\nruns = 60\nhorizon = \"400 days\"\n{graph}\n[seeds]\n{seeds}\n\
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
        for part in 0..9 {
            let other = (person + 1 + 33 * part + draws.below(33)) % 300;
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

const MARKET: &str = "seed = 4\n[graph.barabasi_albert]\npeople = 2_000\nties_per_newcomer = 6\n";

fn told(folder: &Path, args: &[&str]) -> serde_json::Value {
    let said = tellwave(folder, &[args, &["--json"]].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    let mut told: serde_json::Value = serde_json::from_str(&stdout(&said)).expect("JSON");
    let told_of = told.as_object_mut().expect("an object");
    // What differs from time to time.
    told_of.remove("seconds_playing");
    told_of.remove("memory_peak_bytes");
    told
}

#[test]
fn the_command_says_the_same_on_any_number_of_threads_and_on_the_kept_graph() {
    let here = folder();
    write(here.path(), "market.toml", MARKET);
    let spread = ["spread", "market.toml", "--chance", "6 %", "--random-seeds", "5", "--runs", "100"];
    let one = told(here.path(), &[&spread[..], &["--threads", "1"]].concat());
    assert_eq!(one, told(here.path(), &[&spread[..], &["--threads", "3"]].concat()));
    let keep = tellwave(here.path(), &["graph", "grow", "market.toml", "--out", "market.tw"]);
    assert!(keep.status.success(), "{}", stderr(&keep));
    assert_eq!(
        one,
        told(here.path(), &["spread", "market.tw", "--chance", "0.06", "--random-seeds", "5", "--runs", "100"])
    );
    assert_eq!((&one["people"], &one["seed"], &one["runs"]), (&2_000.into(), &4.into(), &100.into()));
    let by_step = one["reached_by_step"].as_array().expect("a curve");
    assert_eq!((by_step.first(), by_step.last()), (Some(&5.0.into()), Some(&one["reach"]["mean"])));
}

#[test]
fn the_table_has_what_each_run_reached() {
    let here = folder();
    write(here.path(), "market.toml", MARKET);
    let args = ["spread", "market.toml", "--chance", "1", "--hub-seeds", "1", "--runs", "2", "--out", "spread.csv"];
    let said = tellwave(here.path(), &[&args[..], &["--delay", "2 days"]].concat());
    assert!(said.status.success(), "{}", stderr(&said));
    assert!(stdout(&said).contains("2,000 people · chance 100 % · 2 runs · seed 4"), "{}", stdout(&said));
    let table = std::fs::read_to_string(here.path().join("spread.csv")).expect("a table");
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("1,")).collect();
    assert!(table.contains("run,day,new,reached"), "{table}");
    assert_eq!((rows[0], rows[1]), ("1,0,1,1", "1,1,0,1"));
    assert!(rows.last().is_some_and(|row| row.ends_with(",2000")), "{rows:?}");
}

#[test]
fn what_cannot_be_played_is_refused_with_what_is_allowed() {
    let here = folder();
    write(here.path(), "market.toml", MARKET);
    for (args, found) in [
        (&["--chance", "1.5"][..], "allowed is a number from 0 to 1"),
        (
            &["--chance", "5 %", "--seeds", "1,2000,x,1"],
            "nobody is called 2000, nobody is called x, 1 is named twice; allowed are numbers from 0 to 1999",
        ),
        (&["--chance", "5 %", "--random-seeds", "2001"], "there are 2,000 people"),
        (&["--chance", "5 %", "--delay", "soon"], "allowed is a duration such as"),
        (&["--chance", "5 %", "--horizon", "3 days"], "--delay"),
        (&["--chance", "5 %", "--random-seeds", "0"], "0 is not in 1.."),
        (&["--chance", "5 %", "--hub-seeds", "0"], "0 is not in 1.."),
        (&["--chance", "5 %", "--seeds", ""], "a name is empty"),
        (&["--chance", "5 %", "--out", "none/spread.csv"], "there is no folder none"),
        (
            &["--chance", "5 %", "--out", "market.toml"],
            "market.toml is there and is no table of cascades; it was not touched",
        ),
    ] {
        let said = tellwave(here.path(), &[&["spread", "market.toml"], args].concat());
        assert_eq!(said.status.code(), Some(2), "{args:?}");
        assert!(stderr(&said).contains(found), "{}", stderr(&said));
    }
    let many = (2_000..2_100).map(|person| person.to_string()).collect::<Vec<_>>().join(",");
    let said = tellwave(here.path(), &["spread", "market.toml", "--chance", "1", "--seeds", &many]);
    assert!(stderr(&said).contains("nobody is called 2004, and 95 more; allowed"), "{}", stderr(&said));
    assert_eq!(std::fs::read_to_string(here.path().join("market.toml")).expect("untouched"), MARKET);
    write(here.path(), "empty.tw", "");
    assert_eq!(tellwave(here.path(), &["spread", "empty.tw", "--chance", "1"]).status.code(), Some(2));
    let said = tellwave(here.path(), &["spread", "none.tw", "--chance", "1"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(stderr(&said).contains("none.tw"), "{}", stderr(&said));
}

#[test]
fn a_list_is_played_from_the_seed_of_its_scenario_and_people_are_named_as_in_it() {
    let here = folder();
    write(here.path(), "ties.csv", "from,to\n\"Smith, A\",Bob\nBob,Cyd\n");
    let market = "seed = 9\n[graph.edge_list]\nfile = \"ties.csv\"\n";
    write(here.path(), "market.toml", market);
    let args = ["spread", "market.toml", "--chance", "1", "--seeds", "Smith, A", "--runs", "3"];
    let told = told(here.path(), &args);
    assert_eq!((&told["seed"], &told["reach"]["mean"]), (&9.into(), &3.0.into()));
    assert_eq!(told["reached_by_step"], serde_json::json!([1.0, 2.0, 3.0]));
    // A table of ours may be written over.
    for _ in 0..2 {
        let said = tellwave(here.path(), &[&args[..], &["--out", "spread.csv"]].concat());
        assert!(said.status.success(), "{}", stderr(&said));
    }
}
