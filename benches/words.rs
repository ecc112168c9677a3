//! How many words a second the engine handles, beside the same story told by hand in the same process, run by run in turn.

use tellwave::engine::{Audience, Run, World};
use tellwave::experiment::Experiment;
use tellwave::projection::{Projection, Standard};
use tellwave::units::RunId;

use crate::by_hand;
use crate::market::{GRAPHS, PERSUASION, SEEDS, bare, everything, full};
use crate::report::{Options, Report, median, on, timed};

const SIZES: [u32; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

/// Runs of so many people; the first only warms the memory up.
fn runs(options: &Options, people: u32) -> u32 {
    if options.test { 2 } else { (4_000_000 / people).clamp(4, 201) }
}

/// One play with projections: seconds, and words.
pub fn play(run: &mut Run, projections: &mut Standard, world: &World, number: u32) -> (f64, f64) {
    let (seconds, ()) = timed(|| {
        projections.rewind();
        run.play(world, RunId(number), &mut *projections);
    });
    let mut totals = vec![];
    projections.totals(&mut totals);
    let measures = Standard::total_measures();
    let of = |name| totals[measures.iter().position(|measure| measure.name == name).expect("a measure")];
    (seconds, (of("words_good") + of("words_bad")) as f64)
}

pub fn measure(options: &Options, report: &mut Report) {
    let head = [
        "people",
        "graph",
        "runs/s",
        "words/s",
        "by hand, words/s",
        "time a word ÷ by hand",
        "all mechanisms ÷ by hand",
    ];
    report.table("words", &head);
    for people in options.sizes(&SIZES) {
        for model in GRAPHS {
            let row = on(1, || compare(model, people, runs(options, people)));
            report.row(&row);
        }
    }
}

fn compare(model: &str, people: u32, runs: u32) -> Vec<String> {
    let Experiment { world, .. } = full(model, people);
    let Audience::Neighbours(graph) = &world.audience else { unreachable!("the market has a graph") };
    let bare = bare(graph);
    let seeds: Vec<u32> = (0..u64::from(SEEDS)).map(|i| (i * 7_919 % u64::from(people)) as u32).collect();
    let mut rich = everything(model, if people > 1_000_000 { 1_000 } else { people }).world;
    rich.audience = world.audience.clone();
    let mut hand = by_hand::Run::new(&bare);
    let (mut run, mut rich_run) = (Run::new(&world), Run::new(&rich));
    let mut projections = Standard::new(&world, 0.1);
    let mut rich_projections = Standard::new(&rich, 0.1);
    let [mut play_seconds, mut ours, mut theirs, mut ratios, mut rich_ratios] = [const { Vec::new() }; 5];
    for number in 0..runs {
        let (seconds, ()) = timed(|| hand.play(u64::from(number), &seeds, PERSUASION));
        let by_hand = seconds / hand.told as f64;
        let (seconds, words) = play(&mut run, &mut projections, &world, number);
        // Few of them are enough: they take long.
        let rich = (number < 12).then(|| play(&mut rich_run, &mut rich_projections, &rich, number));
        // The first run of each only warms the memory up.
        if number > 0 {
            play_seconds.push(seconds);
            ours.push(words / seconds);
            theirs.push(1.0 / by_hand);
            ratios.push(seconds / words / by_hand);
            rich_ratios.extend(rich.map(|(seconds, words)| seconds / words / by_hand));
        }
    }
    let [seconds, ours, theirs, ratio, rich] = [play_seconds, ours, theirs, ratios, rich_ratios].map(median);
    vec![
        people.to_string(),
        model.to_owned(),
        format!("{:.3}", 1.0 / seconds),
        format!("{:.1} M", ours / 1e6),
        format!("{:.1} M", theirs / 1e6),
        format!("{ratio:.2}"),
        format!("{rich:.1}"),
    ]
}

/// What the twin without the programme costs: whole experiments with it and without it, on one thread.
pub fn measure_twin(options: &Options, report: &mut Report) {
    report.table("twin", &["people", "graph", "seconds a run", "with its twin", "×"]);
    for people in options.sizes(&SIZES[..3]) {
        for model in GRAPHS {
            let mut plan = full(model, people);
            plan.runs = (runs(options, people) / 8).max(1);
            let mut play = |twin| {
                plan.twin = twin;
                on(1, || timed(|| plan.run(|| {})).0 / f64::from(plan.runs))
            };
            let rounds: Vec<[f64; 2]> =
                (0..if options.test { 1 } else { 5 }).map(|_| [play(false), play(true)]).collect();
            let of = |value: fn(&[f64; 2]) -> f64| median(rounds.iter().map(value).collect());
            let (without, with, ratio) = (of(|it| it[0]), of(|it| it[1]), of(|it| it[1] / it[0]));
            let cells = [
                people.to_string(),
                model.into(),
                format!("{without:.4}"),
                format!("{with:.4}"),
                format!("{ratio:.2}"),
            ];
            report.row(&cells);
        }
    }
}
