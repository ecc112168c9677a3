//! What the log of a run costs to write, to read and to fold, beside the playing of that run in the same process, all on one
//! thread. (`tellwave run` encodes on a thread of its own, beside the playing.)

use std::fs::File;
use std::path::Path;
use std::time::Instant;
use tellwave::engine::{Run, Sink};
use tellwave::event::Event;
use tellwave::experiment::Experiment;
use tellwave::projection::Projection;
use tellwave::state::State;
use tellwave::store::{EventLogReader, EventLogWriter, LogMeta};
use tellwave::units::{RunId, Seed};

use crate::market;
use crate::report::{Options, Report, median};

pub fn measure(options: &Options, report: &mut Report) {
    report.table(
        "log",
        &[
            "people",
            "market",
            "events",
            "bytes an event",
            "play, ns an event",
            "encode (× play)",
            "read",
            "read and fold",
        ],
    );
    for people in options.sizes(&[10_000, 100_000, 1_000_000]) {
        for (market, persuasion, seeds) in [("words", "1.5 %", people / 5), ("customers", "25 %", people / 50)] {
            report.row(&market_row(
                people,
                market,
                &experiment(people, persuasion, seeds),
                if options.test { 2 } else { 5 },
            ));
        }
    }
}

/// A market with a two-sided programme: few of whose words persuade, so that most events are words, or many.
fn experiment(people: u32, persuasion: &str, seeds: u32) -> Experiment {
    let text = format!(
        "horizon = \"365 days\"\n[graph.barabasi_albert]\npeople = {people}\nties_per_newcomer = 6\n[seeds]\ncount = {seeds}\n\
         [telling]\ndelay = \"exponential(5 days)\"\n[conversion]\npersuasion = \"{persuasion}\"\ninvitation = \
         \"{persuasion}\"\n[policy.two_sided]\n"
    );
    market::experiment(&text)
}

fn market_row(people: u32, market: &str, experiment: &Experiment, rounds: usize) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log.parquet");
    let (world, mut run, mut projections) = (&experiment.world, Run::new(&experiment.world), experiment.projections());
    let mut events = vec![];
    run.play(world, RunId(0), &mut events);
    let mut figures = [const { Vec::new() }; 4];
    for _ in 0..rounds {
        let nanoseconds = |start: Instant| start.elapsed().as_secs_f64() * 1e9 / events.len() as f64;
        let start = Instant::now();
        projections.rewind();
        run.play(world, RunId(0), &mut projections);
        figures[0].push(nanoseconds(start));
        let start = Instant::now();
        write(&events, &path);
        figures[1].push(nanoseconds(start));
        let start = Instant::now();
        assert_eq!(read(&path, |_| {}), events.len());
        figures[2].push(nanoseconds(start));
        let start = Instant::now();
        projections.rewind();
        let mut state = State::new(people);
        read(&path, |event| {
            state.apply(event);
            projections.hear(event, &state);
        });
        figures[3].push(nanoseconds(start));
    }
    let bytes = std::fs::metadata(&path).expect("a file").len() as f64 / events.len() as f64;
    let medians = figures.map(median);
    let with_ratio = medians.map(|figure| format!("{figure:.0} ({:.2})", figure / medians[0]));
    let [_, encode, read, fold] = with_ratio;
    let (count, play) = (events.len().to_string(), format!("{:.0}", medians[0]));
    vec![people.to_string(), market.to_owned(), count, format!("{bytes:.2}"), play, encode, read, fold]
}

fn write(events: &[Event], path: &Path) {
    let meta = LogMeta {
        tellwave: "bench".to_owned(),
        scenario_sha256: String::new(),
        currency: "USD".to_owned(),
        digits: 2,
        run: RunId(0),
        seed: Seed(1),
        fork: None,
    };
    let mut log = EventLogWriter::new(File::create(path).expect("a file"), &meta).expect("a log");
    events.iter().for_each(|event| log.push(event).expect("an event"));
    log.finish().expect("the end");
}

fn read(path: &Path, mut hear: impl FnMut(&Event)) -> usize {
    let mut log = EventLogReader::open(path, None).expect("a log");
    let (mut some, mut count) = (vec![], 0);
    loop {
        log.read(&mut some).expect("events");
        some.iter().for_each(&mut hear);
        count += some.len();
        if some.is_empty() {
            return count;
        }
    }
}
