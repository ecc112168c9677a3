//! Once a run has warmed its memory up, the loop allocates nothing.

use tellwave::engine::Run;
use tellwave::units::RunId;

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
