//! The markets that the suite plays.

use std::path::Path;
use tellwave::experiment::Experiment;
use tellwave::graph::SocialGraph;
use tellwave::scenario::{Overrides, Scenario};
use tellwave::units::PersonId;

use crate::by_hand;

pub const PERSUASION: f64 = 0.25;

/// The graphs that are played on, twelve friends each.
pub const GRAPHS: [&str; 2] = ["barabasi_albert", "watts_strogatz"];

/// How many first customers there are.
pub const SEEDS: u32 = 100;

/// A plan from the text of a scenario.
pub fn experiment(text: &str) -> Experiment {
    let scenario = Scenario::parse("suite.toml", text, Path::new(""), Overrides::default());
    scenario.unwrap_or_else(|mistakes| panic!("{mistakes}\n{text}")).into_experiment()
}

fn graph(model: &str, people: u32) -> String {
    let rest = match model {
        "watts_strogatz" => "ties_per_person = 12, rewiring = '10 %'",
        _ => "ties_per_newcomer = 6",
    };
    format!("graph.{model} = {{ people = {people}, {rest} }}")
}

/// The full model: 80 % tell Poisson(12), 20 % Poisson(20), five days on average, damping, and a two-sided programme. The
/// same story as that of `by_hand`, but for rewards.
pub fn full(model: &str, people: u32) -> Experiment {
    experiment(&format!(
        "horizon = '364 days'
        {}
        seeds.count = {SEEDS}
        experience = {{ satisfied = '80 %', unhappy = '20 %' }}
        [telling]
        positive = 'poisson(12)'
        negative = 'poisson(20)'
        delay = 'exponential(5 days)'
        [conversion]
        persuasion = {PERSUASION}
        invitation = {PERSUASION}
        damping = '50 %'
        decision_delay = 'exponential(60 hours)'
        [policy.two_sided]",
        graph(model, people)
    ))
}

/// The same market with every mechanism that nobody has to use.
pub fn everything(model: &str, people: u32) -> Experiment {
    experiment(&format!(
        "horizon = '364 days'
        {}
        seeds.count = {SEEDS}
        [experience.nps]
        [experience.referred]
        [survey]
        [complaints]
        [telling]
        positive = 'poisson(12)'
        negative = 'poisson(20)'
        retelling = 'poisson(1)'
        [channels.face_to_face]
        share = '60 %'
        [channels.social_post]
        share = '40 %'
        [conversion]
        persuasion = {PERSUASION}
        invitation = {PERSUASION}
        dose = [1.0, 0.7]
        blocking = '2 %'
        [funnel]
        sign_up = '90 %'
        purchase = '90 %'
        [posts]
        [advertising]
        rate = '0.0001 per day'
        [[influencers]]
        at = '3 days'
        fee = '500.00 USD'
        reach = {}
        conversion = '4 %'
        [[segments]]
        name = 'fans'
        share = '20 %'
        talk = 1.5
        [commerce]
        order_spread = 0.5
        margin_spread = '10 %'
        retention = '60 %'
        win_back = '5 %'
        [[asking.prompts]]
        [[asking.prompts]]
        after = '2 weeks'
        [invitations]
        [community]
        [refunds]
        share = '10 %'
        [fraud]
        [policy.two_sided]",
        graph(model, people),
        people / 100
    ))
}

/// The graph as the hand-written loop reads it: petgraph's own rows.
pub fn bare(graph: &SocialGraph) -> by_hand::Graph {
    let people = graph.people();
    let arcs = (0..people).flat_map(|a| graph.friends(PersonId(a)).iter().map(move |&b| (a, b)));
    let arcs: Vec<(u32, u32)> = arcs.collect();
    by_hand::Graph::from_sorted_edges(&arcs).expect("rows are sorted")
}
