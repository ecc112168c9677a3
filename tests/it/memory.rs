//! Once a run has warmed its memory up, the loop allocates nothing; and what a study needs is reckoned before.

use tellwave::engine::Run;
use tellwave::units::RunId;

use crate::common::{folder, scenario, stderr, stdout, tellwave, write};

#[test]
fn a_warm_run_allocates_nothing_for_a_word() {
    let experiment = crate::common::experiment(
        "horizon = '365 days'\n[graph.barabasi_albert]\npeople = 5_000\n[conversion]\npersuasion = '20 %'\n\
         invitation = '20 %'\n[policy.two_sided]\n",
    );
    let projections = &mut experiment.projections();
    let mut run = Run::new(&experiment.world);
    let mut play = |number| run.play(&experiment.world, RunId(number), &mut *projections);
    // Pages of the agenda change hands from run to run, so it takes a few until all are as large as any needs to be.
    for number in 0..30 {
        play(number);
    }
    let played = allocation_counter::measure(|| {
        play(7);
    });
    let mut events = vec![];
    Run::new(&experiment.world).play(&experiment.world, RunId(7), &mut events);
    assert!(events.len() > 10_000, "a run of some size: {} events", events.len());
    // The list of first customers, and a page that still had to grow.
    assert!(played.count_total < 50, "{} allocations for {} events", played.count_total, events.len());
}

/// Two hundred runs side by side of a hundred million people each fit into no machine that this will be tested on.
#[test]
fn a_study_that_would_not_fit_is_refused_with_both_numbers_before_anything_is_allocated() {
    let here = folder();
    let text = "runs = 200\ngraph.barabasi_albert = { people = 100_000_000, ties_per_newcomer = 6 }\n";
    write(here.path(), "large.toml", text);
    let said = tellwave(here.path(), &["run", "large.toml", "--threads", "200", "--out", "out"]);
    assert_eq!(said.status.code(), Some(2), "{}", stderr(&said));
    let message = stderr(&said);
    assert!(message.contains("GB of memory on 200 threads, and ") && message.contains(" are free here"), "{message}");
    assert!(!here.path().join("out").exists());
}

#[test]
fn what_is_reckoned_grows_with_people_threads_and_the_twin() {
    let bytes = |people: u32, threads, twin| {
        let graph = format!("graph.watts_strogatz = {{ people = {people} }}\n[policy.two_sided]\n");
        scenario(&graph).memory(8, threads, twin).bytes()
    };
    assert!(bytes(2_000_000, 1, false) > bytes(1_000_000, 1, false) + 50_000_000, "a million people");
    // On few threads, growing the graph needs more than playing on it.
    assert!(bytes(1_000_000, 5, false) > bytes(1_000_000, 4, false) + 30_000_000, "another run at the same time");
    assert!(bytes(1_000_000, 4, true) > bytes(1_000_000, 4, false), "what is remembered to compare them");
    let check = folder();
    write(check.path(), "small.toml", "graph.circle = { people = 50 }\n");
    let said = stdout(&tellwave(check.path(), &["check", "small.toml"]));
    assert!(said.lines().any(|line| line.starts_with("Memory           about ") && line.contains(" MB on ")), "{said}");
}
