//! The graph models as a scenario names them: what is read, what is refused, and what the results say of the graph.

use crate::common::{folder, scenario, tellwave, write};
use std::path::Path;
use std::sync::Arc;
use tellwave::engine::Audience;
use tellwave::graph::SocialGraph;
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::{PersonId, Strength};

fn grown(text: &str) -> SocialGraph {
    match scenario(text).into_experiment().world.audience {
        Audience::Neighbours(graph) => Arc::unwrap_or_clone(graph),
        other => panic!("{other:?}"),
    }
}

/// The mistakes of a scenario, as they are shown.
fn refused(text: &str) -> String {
    match Scenario::parse("test.toml", text, Path::new(""), Overrides::default()) {
        Ok(_) => panic!("accepted: {text}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_model_of_a_scenario_grows_and_is_written_down_again() {
    for (text, people, arcs) in [
        ("[graph.circle]\npeople = 100\n", 100, Some(200)),
        ("[graph.grid]\nrows = 3\ncolumns = 3\n", 9, Some(24)),
        ("[graph.grid]\nrows = 5\ncolumns = 4\nwrap = true\n", 20, Some(80)),
        ("[graph.two_layer_regular]\npeople = 400\nstrong = 5\nweak = 29\n", 400, Some(400 * 34)),
        ("[graph.two_layer_regular]\npeople = 400\n", 400, Some(400 * 34)),
        ("[graph.power_law_cluster]\npeople = 300\n", 300, Some(2 * (21 + 293 * 6))),
        ("[graph.spatial]\npeople = 300\nmean_degree = 8.5\n", 300, None),
        (
            "[[graph.stochastic_block.blocks]]\npeople = 200\n[[graph.stochastic_block.blocks]]\npeople = 50\n",
            250,
            None,
        ),
        (
            "[graph.stochastic_block]\nchance_between = '0 %'\nblocks = [{ people = 4, chance = '100 %' }, { people = 3 }]",
            7,
            Some(12 + 6),
        ),
    ] {
        let read = scenario(text);
        let again = scenario(&read.resolved);
        assert_eq!((again.resolved.as_str(), again.digest()), (read.resolved.as_str(), read.digest()), "{text}");
        let graph = grown(text);
        assert_eq!(graph.people(), people, "{text}");
        assert!(arcs.is_none_or(|arcs| arcs == graph.arcs()), "{text}: {} arcs", graph.arcs());
        assert!(graph.arcs() > 0 && !graph.has_strengths(), "{text}");
    }
}

#[test]
fn defaults_give_way_to_small_markets() {
    for people in 1..=40 {
        for model in ["two_layer_regular", "spatial", "circle"] {
            assert_eq!(grown(&format!("[graph.{model}]\npeople = {people}\n")).people(), people);
        }
        assert_eq!(grown(&format!("[[graph.stochastic_block.blocks]]\npeople = {people}\n")).people(), people);
        assert_eq!(grown(&format!("[graph.grid]\nrows = {people}\ncolumns = 1\n")).people(), people);
        if people > 1 {
            assert_eq!(grown(&format!("[graph.power_law_cluster]\npeople = {people}\n")).people(), people);
        }
    }
}

#[test]
fn strong_and_weak_ties_weigh_what_the_scenario_says() {
    let strength = |value| Strength::new(value).expect("valid");
    let graph = grown("[graph.cliques]\npeople = 60\nweak_ties = 2\nstrong_strength = 3\nweak_strength = 0.5\n");
    assert_eq!(graph.strength(PersonId(0), PersonId(5)), strength(3.0));
    let weak = graph.friends(PersonId(0)).iter().find(|&&friend| friend > 5).expect("a weak tie");
    assert_eq!(graph.strength(PersonId(0), PersonId(*weak)), strength(0.5));
    let graph = grown("[graph.two_layer_regular]\npeople = 60\nstrong = 1\nweak = 2\nweak_strength = 0.25\n");
    let is_weak = |person, friend: &&u32| graph.strength(person, PersonId(**friend)) == strength(0.25);
    let weak = |person| graph.friends(person).iter().filter(|friend| is_weak(person, friend)).count();
    assert!((0..60).map(PersonId).all(|person| weak(person) == 2));
    assert!(!grown("[graph.cliques]\nstrong_strength = 1\nweak_strength = 1.0\n").has_strengths());
}

#[test]
fn what_cannot_be_grown_is_refused_with_its_key() {
    let mut wrong = vec![];
    for (text, says) in [
        ("[graph.grid]\nrows = 65_536\ncolumns = 65_536\n", "graph.grid.columns: found a number 65536"),
        ("[graph.grid]\nrows = 0\n", "graph.grid.rows: found a number 0"),
        ("[graph.grid]\nrows = 30_000\ncolumns = 30_000\n", "graph.grid.columns: found a number 30000"),
        ("[graph.grid]\npeople = 9\n", "graph.grid.people: found an unknown key"),
        ("[graph.circle]\npeople = 0\n", "graph.circle.people: found a number 0"),
        ("[graph.two_layer_regular]\npeople = 9\nstrong = 3\nweak = 2\n", "graph.two_layer_regular.strong: found 3"),
        ("[graph.two_layer_regular]\npeople = 10\nstrong = 5\nweak = 5\n", "graph.two_layer_regular.weak: found 5"),
        ("[graph.two_layer_regular]\npeople = 1_000_000\nstrong = 2_000\nweak = 2_000\n", "about 2.0e9 ties"),
        ("[graph.cliques]\nstrong_strength = 256\n", "graph.cliques.strong_strength: found 256"),
        ("[graph.cliques]\nweak_strength = -1\n", "graph.cliques.weak_strength: found a number -1"),
        ("[graph.power_law_cluster]\npeople = 5\nties_per_newcomer = 5\n", "ties_per_newcomer: found 5"),
        ("[graph.power_law_cluster]\ntriad_formation = 2\n", "graph.power_law_cluster.triad_formation"),
        ("[graph.spatial]\npeople = 101\nmean_degree = 98\n", "graph.spatial.mean_degree: found a number 98"),
        ("[graph.spatial]\npeople = 1_000_000\nmean_degree = 3_000\n", "about 1.5e9 ties"),
        ("[graph.stochastic_block]\n", "graph.stochastic_block.blocks: found no block"),
        ("[[graph.stochastic_block.blocks]]\n", "graph.stochastic_block.blocks[0].people: found nothing"),
        ("[[graph.stochastic_block.blocks]]\npeople = 5\nmean_degree = 4.5\n", "mean_degree: found a number 4.5"),
        ("[[graph.stochastic_block.blocks]]\npeople = 5\nmean_degree = 4\nchance = 0.1\n", "one of the two"),
        (
            "[graph.stochastic_block]\nmean_degree_between = 4.0\nblocks = [{ people = 3 }, { people = 3 }]\n",
            "graph.stochastic_block.mean_degree_between: found a number 4.0",
        ),
        (
            "[graph.stochastic_block]\nblocks = [{ people = 100_000_000 }, { people = 100_000_000 }]\n",
            "graph.stochastic_block.people: found 200000000",
        ),
        ("[graph.stochastic_block]\nblocks = [{ people = 1_000_000, chance = '1 %' }]\n", "about 5.0e9 ties"),
        ("[graph]\nredraw = 'each run'\n[graph.circle]\n", "graph.redraw: found \"each run\" for circle"),
        ("[graph]\nredraw = 'each run'\n[graph.grid]\n", "graph.redraw: found \"each run\" for grid"),
    ] {
        let said = refused(text);
        wrong.extend((!said.contains(says)).then(|| format!("{text}{says}\n{said}\n")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_results_say_what_the_graph_is_like() {
    let here = folder();
    let play = |name: &str, text: &str| {
        write(here.path(), &format!("{name}.toml"), text);
        let file = format!("{name}.toml");
        let said = tellwave(here.path(), &["run", &file, "--runs", "2", "--log", "none", "--out", name]);
        assert!(said.status.success(), "{}", crate::common::stderr(&said));
        let report = std::fs::read_to_string(here.path().join(name).join("report.html")).expect("a report");
        (report, std::fs::read_to_string(here.path().join(name).join("graph.csv")).ok())
    };
    let (report, csv) = play("grid", "[graph.grid]\nrows = 3\ncolumns = 3\n[seeds]\ncount = 1\n");
    assert!(report.contains("<h2>The graph</h2>") && report.contains("Degree assortativity"), "{report}");
    let csv = csv.expect("graph.csv");
    let (names, values) = csv.split_once('\n').expect("two lines");
    assert!(names.starts_with("people,ties,degree_min,degree_p25,degree_median,"), "{names}");
    assert!(values.starts_with("9,12,2,2,3,3,4,") && values.ends_with(",1,9\n"), "{values}");
    let (report, csv) = play("own", "[graph]\nredraw = 'each run'\n[graph.spatial]\npeople = 200\n");
    assert!(report.contains("this is that of run 0") && csv.is_some());
    let (report, csv) = play("fresh", "[telling]\naudience = 'fresh'\n");
    assert!(!report.contains("The graph") && csv.is_none());
}
