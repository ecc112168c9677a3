//! What a second core brings: many runs side by side, and one run alone.

use tellwave::engine::Run;
use tellwave::experiment::Experiment;
use tellwave::projection::Standard;

use crate::market::full;
use crate::report::{Options, Report, median, on, timed};
use crate::words::play;

pub fn measure(options: &Options, report: &mut Report) {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    report.table("threads", &["people", "what", "one core, seconds", "all cores", "× faster"]);
    for people in options.sizes(&[100_000, 1_000_000, 10_000_000]) {
        let plan = full("barabasi_albert", people);
        let rounds = if options.test {
            1
        } else if people > 1_000_000 {
            3
        } else {
            7
        };
        if people <= 1_000_000 {
            for runs in [8, 32] {
                let many = Experiment { runs, twin: false, ..plan.clone() };
                let what = format!("{runs} runs");
                row(report, people, &what, rounds, cores, |threads| on(threads, || timed(|| many.run(|| {})).0));
            }
        }
        let pair = Experiment { runs: 1, twin: true, ..plan.clone() };
        row(report, people, "one run and its twin", rounds, cores, |threads| {
            on(threads, || timed(|| pair.run(|| {})).0)
        });
        let (mut run, mut projections) = (Run::new(&plan.world), Standard::new(&plan.world, 0.1));
        row(report, people, "one run alone", rounds, cores, |threads| {
            on(threads, || play(&mut run, &mut projections, &plan.world, 0).0)
        });
    }
}

fn row(
    report: &mut Report,
    people: u32,
    what: &str,
    rounds: usize,
    cores: usize,
    mut seconds: impl FnMut(usize) -> f64,
) {
    // The first only warms the memory up.
    seconds(1);
    let times: Vec<[f64; 2]> = (0..rounds).map(|_| [seconds(1), seconds(cores)]).collect();
    let of = |value: fn(&[f64; 2]) -> f64| median(times.iter().map(value).collect());
    let (one, all, faster) = (of(|it| it[0]), of(|it| it[1]), of(|it| it[0] / it[1]));
    report.row(&[people.to_string(), what.into(), format!("{one:.3}"), format!("{all:.3}"), format!("{faster:.2}")]);
}
