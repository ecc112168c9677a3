//! Fingerprints of three small experiments: the same seed gives the same events from one version to the next.
//!
//! A change is allowed, but never unnoticed: whoever changes a fingerprint writes a line under "Changes results" in
//! CHANGELOG.md that says what changed and by how much. The scheme of random numbers, the laws' tables, the growth of
//! graphs, the order of events and the model itself are all in here; the files that logs are stored in are not.

use crate::common::{folder, log, scenario_in, write};
use crate::properties::KARATE;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The fingerprint of the first three runs, and how many events they have.
fn check(text: &str, events: usize, fingerprint: &str) {
    let here = folder();
    // Strengths from 0.5 to 1.3, so that some ties are stronger than plain ones.
    let ties = KARATE.lines().enumerate().map(|(line, tie)| format!("{tie} {}\n", 0.5 + (line % 9) as f64 / 10.0));
    write(here.path(), "karate.txt", ties.collect::<String>());
    let world = scenario_in(here.path(), text).into_experiment().world;
    let (mut told, mut count) = (String::new(), 0);
    for run in 0..3 {
        for event in log(&world, run) {
            let _ = writeln!(told, "{event:?}");
            count += 1;
        }
    }
    let found: String = Sha256::digest(&told).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((count, found.as_str()), (events, fingerprint), "results changed: say so in CHANGELOG.md");
}

#[test]
fn a_two_sided_programme_in_a_small_world() {
    check(
        r#"
        seed = 1
        horizon = "120 days"
        [graph.watts_strogatz]
        people = 500
        [seeds]
        count = 10
        [conversion]
        persuasion = "8 %"
        invitation = "20 %"
        blocking = "5 %"
        [policy.two_sided]
        cap = 3
        "#,
        1776,
        "597b55e4a207b43857fa93a5d9336ebafb1e05d76f4190cd2e391bbe760b05dd",
    );
}

#[test]
fn strong_and_weak_ties_in_the_karate_club() {
    check(
        r#"
        seed = 2
        [graph.edge_list]
        file = "karate.txt"
        header = "none"
        weights = "strength"
        [seeds]
        ids = [0, 33]
        [telling]
        positive = "poisson(4)"
        negative = "all_neighbours"
        [conversion]
        persuasion = "40 %"
        invitation = "40 %"
        "#,
        173,
        "d2faf6e61a2085ab7529e3b0abf6242fcd564dac230117d094a3d0e4bcd71482",
    );
}

#[test]
fn fresh_people_and_gamma_delays() {
    check(
        r#"
        seed = 3
        stop_at_customers = 500
        [telling]
        audience = "fresh"
        positive = "negative_binomial(12, 0.5)"
        delay = "gamma(mean 5 days, shape 2)"
        [seeds]
        count = 5
        [conversion]
        persuasion = "9 %"
        decision_delay = "log_normal(median 2 days, sigma 1)"
        "#,
        343,
        "90edef8ea527087a500f4f3e3c3072227a0a3e731da0ee05f1af9eada663bf00",
    );
}
