//! Independent cascades in their lane, beside loops by hand and beside the engine's events.

use rayon::prelude::*;
use std::hint::black_box;
use tellwave::dice::Dice;
use tellwave::engine::spread::{Cascade, Delay, FirstPeople, Memory};
use tellwave::engine::{Audience, Run};
use tellwave::experiment::Experiment;
use tellwave::graph::SocialGraph;
use tellwave::units::{PersonId, Probability, RunId, Seed};

use crate::cascades_by_hand::ByHand;
use crate::market::experiment;
use crate::report::{Options, Report, median, on, timed};

/// Graph, people, the chance of a word, and how many begin.
type Case = (&'static str, u32, f64, u32);

/// Those of the comparison with peers; then small ones, whose cost must not depend on the number of people.
const CASES: [Case; 7] = [
    ("barabasi_albert", 10_000, 0.10, 10),
    ("barabasi_albert", 100_000, 0.05, 10),
    ("barabasi_albert", 1_000_000, 0.05, 10),
    ("watts_strogatz", 1_000_000, 0.14, 10),
    ("barabasi_albert", 100_000, 0.01, 50),
    ("barabasi_albert", 1_000_000, 0.01, 50),
    ("barabasi_albert", 10_000_000, 0.01, 50),
];

/// The mean delay [days].
const DELAY: u32 = 3;

pub fn measure(options: &Options, report: &mut Report) {
    let head = [
        "graph",
        "people",
        "chance",
        "reached",
        "seconds a run",
        "one draw an arc ÷ lane",
        "skipping ÷ lane",
        "all cores, times as fast",
    ];
    report.table("cascades", &head);
    for case in cases(options) {
        let row = measure_steps(options, case);
        report.row(&row);
    }
    let head = [
        "graph",
        "people",
        "chance",
        "seconds a run",
        "heap of words that win ÷ lane",
        "next reaction ÷ lane",
        "events ÷ lane",
    ];
    report.table("cascades with delays", &head);
    for case in cases(options) {
        let row = on(1, || measure_delays(options, case));
        report.row(&row);
    }
    let head = ["graph", "people", "chance", "strong and weak ties ÷ ordinary ties, for each arc"];
    report.table("cascades with strengths", &head);
    for people in [10_000, 1_000_000] {
        let people = if options.test { 1_000 } else { people };
        let row = on(1, || measure_strengths(options, people));
        report.row(&row);
    }
}

fn cases(options: &Options) -> Vec<Case> {
    let usual = |&&(_, people, ..): &&Case| options.sizes(&[people]).contains(&people);
    match options.test {
        true => vec![("barabasi_albert", 1_000, 0.1, 10)],
        false => CASES.iter().filter(usual).copied().collect(),
    }
}

fn plan(case: Case, strengths: &str) -> Experiment {
    let ((model, people, chance, _), first) = (case, first_of(case));
    let rest = match model {
        "barabasi_albert" => "ties_per_newcomer = 6".to_owned(),
        "watts_strogatz" => "ties_per_person = 12, rewiring = '10 %'".to_owned(),
        _ => format!("strong = 6, weak = 6 {strengths}"),
    };
    experiment(&format!(
        "horizon = '2 years'
        graph.{model} = {{ people = {people}, {rest} }}
        seeds.ids = {first:?}
        experience = {{ satisfied = '100 %', unhappy = '0 %' }}
        participation.unasked = '0 %'
        telling = {{ positive = 'all_neighbours', delay = 'exponential({DELAY} days)' }}
        conversion = {{ persuasion = {chance}, decision_delay = '0 days' }}"
    ))
}

fn graph_of(plan: &Experiment) -> &SocialGraph {
    match &plan.world.audience {
        Audience::Neighbours(graph) => graph,
        _ => unreachable!("the market has a graph"),
    }
}

/// So many runs that a cell takes about a second.
fn runs(options: &Options, (_, people, chance, _): Case) -> u32 {
    match options.test {
        true => 2,
        false if chance < 0.02 => 400,
        false => (20_000_000 / people).clamp(11, 400),
    }
}

fn first_of(case: Case) -> Vec<u32> {
    (0..u64::from(case.3)).map(|i| (i * 7_919 + 104_729) as u32 % case.1).collect()
}

fn cascade<'g>(graph: &'g SocialGraph, case: Case, delay: Option<Delay>) -> Cascade<'g> {
    let first = FirstPeople::These(first_of(case).into_iter().map(PersonId).collect());
    Cascade { graph, chance: Probability::clamped(case.2), first, delay }
}

fn measure_steps(options: &Options, case: Case) -> Vec<String> {
    let plan = plan(case, "");
    let (cascade, first, runs) = (cascade(graph_of(&plan), case, None), first_of(case), runs(options, case));
    let dice = Dice::new(Seed(1));
    let (mut memory, mut hand) = (Memory::default(), ByHand::new(cascade.graph));
    let [mut seconds, mut each, mut skipping] = [const { Vec::new() }; 3];
    let mut reached = 0;
    for run in 0..runs {
        let (ours, steps) = timed(|| cascade.play(dice, RunId(run), &mut memory));
        reached += steps.iter().sum::<u32>();
        let (drawn, _) = timed(|| black_box(hand.draw_each(&first, case.2, run)));
        let (skipped, _) = timed(|| black_box(hand.skip(&first, case.2, run)));
        if run > 0 {
            seconds.push(ours);
            each.push(drawn / ours);
            skipping.push(skipped / ours);
        }
    }
    let many = |threads: usize| {
        on(threads, || {
            let play = |memory: &mut Memory, run| cascade.play(dice, RunId(run), memory).len();
            // The memory is warm before the clock runs.
            let mut memories: Vec<Memory> = (0..threads).map(|_| Memory::default()).collect();
            memories.par_iter_mut().for_each(|memory| {
                play(memory, 0);
            });
            let share = runs.max(2 * threads as u32) / threads as u32;
            timed(|| {
                memories.par_iter_mut().enumerate().for_each(|(thread, memory)| {
                    (0..share).for_each(|run| {
                        black_box(play(memory, thread as u32 * share + run));
                    });
                });
            })
            .0 / f64::from(share * threads as u32)
        })
    };
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let gain = median((0..5).map(|_| many(1) / many(cores)).collect());
    vec![
        case.0.to_owned(),
        case.1.to_string(),
        case.2.to_string(),
        (reached / runs).to_string(),
        format!("{:.7}", median(seconds)),
        format!("{:.2}", median(each)),
        format!("{:.2}", median(skipping)),
        format!("{gain:.2}"),
    ]
}

fn measure_delays(options: &Options, case: Case) -> Vec<String> {
    let plan = plan(case, "");
    let delay = Delay { law: plan.world.telling.delay.clone(), horizon: plan.world.horizon };
    let (cascade, first) = (cascade(graph_of(&plan), case, Some(delay)), first_of(case));
    let mut memory = Memory::default();
    let mut hand = ByHand::new(cascade.graph);
    hand.shuffle();
    let mut run = Run::new(&plan.world);
    let [mut seconds, mut heap, mut next, mut events] = [const { Vec::new() }; 4];
    for number in 0..runs(options, case).min(60) {
        let (ours, _) = timed(|| black_box(cascade.play(plan.world.dice, RunId(number), &mut memory)));
        let (heaped, _) = timed(|| black_box(hand.heap(&first, case.2, f64::from(DELAY), number)));
        let (reacted, _) = timed(|| black_box(hand.next_reaction(&first, case.2, f64::from(DELAY), number)));
        let evented = (number < 5).then(|| timed(|| run.play(&plan.world, RunId(number), ())).0);
        if number > 0 {
            seconds.push(ours);
            heap.push(heaped / ours);
            next.push(reacted / ours);
            events.extend(evented.map(|evented| evented / ours));
        }
    }
    vec![
        case.0.to_owned(),
        case.1.to_string(),
        case.2.to_string(),
        format!("{:.7}", median(seconds)),
        format!("{:.1}", median(heap)),
        format!("{:.1}", median(next)),
        format!("{:.1}", median(events)),
    ]
}

/// Two layers of ties, one twice as strong as the other, beside the same graph with ordinary ties; time for each arc of
/// those who are reached, since not the same people are.
fn measure_strengths(options: &Options, people: u32) -> Vec<String> {
    let case = ("two_layer_regular", people, 0.16, 10);
    let plain = plan(case, "");
    let mixed = plan(case, ", strong_strength = 1.25, weak_strength = 0.75");
    let (plain, mixed) = (cascade(graph_of(&plain), case, None), cascade(graph_of(&mixed), case, None));
    let (mut one, mut other) = (Memory::default(), Memory::default());
    let ratio = |run| {
        let a_person = |cascade: &Cascade<'_>, memory: &mut Memory| {
            let (seconds, steps) = timed(|| cascade.play(Dice::new(Seed(1)), RunId(run), memory));
            seconds / f64::from(steps.iter().sum::<u32>())
        };
        a_person(&mixed, &mut other) / a_person(&plain, &mut one)
    };
    let ratios = (0..runs(options, case)).map(ratio).skip(1);
    vec![case.0.to_owned(), people.to_string(), case.2.to_string(), format!("{:.2}", median(ratios.collect()))]
}
