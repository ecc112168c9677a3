//! Names, files that say nothing, and what is to be said of a scenario.

use super::{Overrides, Scenario, ScenarioError};
use crate::language::Language;
use std::path::Path;

#[test]
fn a_name_has_one_to_a_hundred_printable_characters() {
    let read = |name: &str| {
        Scenario::parse("x.toml", &format!("name = {name:?}"), Path::new(""), Overrides::default())
            .map(|scenario| scenario.name)
    };
    for name in ["a", " two words ", &"ж".repeat(100)] {
        assert_eq!(read(name).expect("a name"), name);
    }
    for name in ["", "  ", "two\nlines", &"ж".repeat(101)] {
        let told = read(name).expect_err("no name").to_string();
        assert!(told.starts_with("error: name: found") && told.contains("1 to 100 printable characters"), "{told}");
    }
}

#[test]
fn a_file_without_a_key_is_no_scenario() {
    let folder = tempfile::tempdir().expect("folder");
    let read = |text: &str| {
        let path = folder.path().join("x.toml");
        std::fs::write(&path, text).expect("written");
        Scenario::read(&path, Overrides::default())
    };
    for (text, ends) in [("", 1), ("\n\n", 2), ("# note\n  # another\n\u{feff}# and another", 3), (" \r\n", 1)] {
        match read(text) {
            Err(ScenarioError::NotText { line, what, .. }) => {
                assert_eq!((line, what.as_str()), (Some(ends), "the end of a file without a key"), "{text:?}");
            }
            other => panic!("{text:?}: {other:?}"),
        }
    }
    for text in ["runs = 5", "# note\nruns = 5\n", "[seeds]"] {
        assert!(read(text).is_ok(), "{text}");
    }
}

#[test]
fn a_code_that_convinces_less_than_a_word_is_pointed_out_where_it_is_used() {
    let note = |text: &str| {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).expect(text);
        scenario.notes(Language::English).into_iter().find(|note| note.contains("persuades less"))
    };
    let programme = "policy.two_sided = { advocate = '5.00 USD', friend = '0.00 USD' }\n";
    let weak = "conversion = { persuasion = '15 %', invitation = '7.5 %' }\n";
    assert!(note(&format!("{weak}{programme}")).is_some());
    assert_eq!(note(&format!("{weak}participation.unasked = '0 %'\n")), None, "nobody has a code");
    assert_eq!(note(&format!("conversion = {{ persuasion = '7.5 %', invitation = '15 %' }}\n{programme}")), None);
}

#[test]
fn the_share_of_a_channel_may_be_left_out_where_it_is_the_only_one() {
    let wrong = |text: &str| {
        let read = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        read.err().map(|why| why.to_string())
    };
    assert_eq!(wrong("channels.email = {}"), None);
    let told = wrong("channels = { email = {}, messenger = { share = '60 %' } }").expect("a share is missing");
    assert!(told.contains("channels.email.share: found nothing") && !told.contains("messenger.share"), "{told}");
}

fn read(text: &str) -> Result<Scenario, String> {
    Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).map_err(|why| why.to_string())
}

#[test]
fn each_rule_is_said_in_the_order_of_the_log() {
    let rules = read("policy.two_sided = { advocate = '5.00 USD', friend = '3.00 USD' }").expect("a scenario").rules();
    let [advocate, friend] = &rules[..] else { panic!("{rules:?}") };
    assert!(
        advocate.contains("the advocate gets 5.00 USD") && friend.contains("the friend gets 3.00 USD"),
        "{rules:?}"
    );
    assert_eq!(read("runs = 1").expect("a scenario").rules(), <[String; 0]>::default());
}

#[test]
fn the_most_friends_of_anybody_are_known_where_the_graph_says_so() {
    for (graph, most) in [
        ("graph.random_regular = { people = 100, degree = 6 }", Some(6)),
        ("graph.two_layer_regular = { people = 100, strong = 3, weak = 4 }", Some(7)),
        ("graph.circle.people = 50", Some(2)),
        ("graph.grid = { rows = 5, columns = 5 }", Some(4)),
        ("graph.complete.people = 10", Some(9)),
        ("graph.barabasi_albert.people = 80", Some(79)),
        ("telling.audience = 'fresh'", None),
    ] {
        let scenario = read(graph).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(scenario.market.friends_max(), most, "{graph}");
    }
    // Of a list, it is whoever has most: here the middle of a star, and two know nobody else.
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(folder.path().join("star.txt"), "0 1\n0 2\n0 3\n1 2\n4 5\n").expect("written");
    let star = "graph.edge_list.file = 'star.txt'";
    let scenario = Scenario::parse("x.toml", star, folder.path(), Overrides::default()).expect("a scenario");
    assert_eq!((scenario.market.friends_max(), scenario.market.mean_friends()), (Some(3), 10.0 / 6.0));
}

#[test]
fn a_small_world_of_few_has_as_many_ties_as_fit() {
    for (people, ties) in [(3, 2), (6, 4), (9, 8), (13, 12), (14, 12), (100, 12)] {
        let scenario = read(&format!("graph.watts_strogatz.people = {people}")).unwrap_or_else(|why| panic!("{why}"));
        let setting = scenario.settings.iter().find(|it| it.key == "graph.watts_strogatz.ties_per_person");
        assert_eq!(setting.map(|it| it.value.as_str()), Some(ties.to_string().as_str()), "{people} people");
    }
}

#[test]
fn shares_of_opinions_sum_to_no_more_than_all() {
    let experience =
        |satisfied, unhappy| read(&format!("experience = {{ satisfied = '{satisfied} %', unhappy = '{unhappy} %' }}"));
    for (satisfied, unhappy) in [(70, 30), (90, 10), (100, 0), (0, 100), (20, 20)] {
        assert!(experience(satisfied, unhappy).is_ok(), "{satisfied} and {unhappy}");
    }
    let told = experience(70, 31).expect_err("101 %");
    assert!(told.contains("shares that sum to at most 100 %"), "{told}");
}

#[test]
fn a_segment_participates_no_more_than_the_willing() {
    let segment = |share| {
        read(&format!(
            "participation.willing = '80 %'\nsegments = [{{ name = 'a', share = '50 %', participation = '{share} %' }}]"
        ))
    };
    assert!(segment(80).is_ok());
    let told = segment(81).expect_err("more than are willing");
    assert!(told.contains("at most 80 %, which is participation.willing"), "{told}");
}

#[test]
fn words_for_each_tie_are_refused_where_ties_are_without_end() {
    let telling = |rest: &str| read(&format!("telling = {{ mode = 'rate', {rest} }}"));
    assert!(telling("per = 'tie'").is_ok());
    assert!(telling("audience = 'fresh'").is_ok());
    let told = telling("per = 'tie', audience = 'fresh'").expect_err("ties without end");
    assert!(told.contains("\"customer\" where telling.audience is \"fresh\""), "{told}");
}

#[test]
fn what_goes_before_the_file_is_checked_as_what_stands_in_it() {
    for graph in [
        "watts_strogatz",
        "barabasi_albert",
        "erdos_renyi",
        "random_regular",
        "spatial",
        "power_law_cluster",
        "cliques",
        "two_layer_regular",
        "complete",
        "circle",
    ] {
        let overrides = Overrides { people: Some(0), ..Overrides::default() };
        let read = Scenario::parse("x.toml", &format!("[graph.{graph}]"), Path::new(""), overrides);
        let told = read.expect_err(graph).to_string();
        assert!(told.contains("people: found 0 on the command line"), "{told}");
    }
    let overrides = Overrides { runs: Some(0), seed: Some(u64::MAX), people: None };
    let told = Scenario::parse("x.toml", "[seeds]", Path::new(""), overrides).expect_err("neither").to_string();
    assert!(told.contains("runs: found 0 on") && told.contains("seed: found 18446744073709551615 on"), "{told}");
}

#[test]
fn a_scenario_is_read_again_with_other_runs_and_another_seed() {
    let scenario = read("runs = 7\ngraph.circle.people = 50\n[[variant]]\nname = 'b'\nseeds.count = 3").expect("right");
    let other = scenario.with_overrides(Overrides { seed: Some(9), ..Overrides::default() }).expect("right");
    let third = other.with_overrides(Overrides { runs: Some(3), people: Some(80), seed: None }).expect("right");
    assert_eq!((other.runs, other.seed.0, other.people()), (7, 9, Some(50)));
    assert_eq!((third.runs, third.seed.0, third.people()), (3, 9, Some(80)));
    // A value that was moved stays.
    let moved = scenario.moved("graph.circle.people", "60").expect("right");
    let again = moved.with_overrides(Overrides { seed: Some(4), ..Overrides::default() }).expect("right");
    assert_eq!((again.people(), again.seed.0), (Some(60), 4));
}

#[test]
fn a_code_comes_through_as_its_format_says() {
    for (format, chance) in [("none", 1.0), ("link", 0.95), ("code", 0.85), ("qr_code", 0.9), ("code_word", 0.6)] {
        let policy = format!("policy = {{ format = '{format}', two_sided.advocate = '5.00 USD' }}");
        let world = read(&policy).unwrap_or_else(|why| panic!("{why}")).into_experiment().world;
        assert!((world.policy.clauses().tracking.value() - chance).abs() < 1e-9, "{format}");
    }
}
