//! Playing what a command has planned, and writing the results into a folder.

use super::drawn::{self, Drawn};
use super::fork_words;
use super::memory;
use super::output::{Asked, dress, filled};
use super::pictures;
use super::programme_words;
use super::results::{Charts, Closer, Played, locale, notes, payback, report, told_together};
use super::summary::{self, About};
use super::{Failure, internal, progress, say, terminal};
use crate::draw::{self, Look, Size};
use crate::engine::Audience;
use crate::experiment::figures::{self, Caption};
use crate::experiment::{Details, Experiment, Forked, Gathered, Programme, curves, ledger_table, runs_table, worth};
use crate::figure::Drawing;
use crate::graph::measure::{Effort, Measures};
use crate::language::{Language, tell};
use crate::scenario::Scenario;
use crate::scenario::values::visible;
use crate::store::event_log::LogFiles;
use crate::store::{self, ForkOrigin, LogMeta, OutputFolder, Platform, Provenance, provenance};
use crate::units::{RunId, Tick};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

/// The scheme by which every draw follows from the seed; it changes only together with results.
pub(super) const RANDOM_NUMBERS: &str = "splitmix64 keyed by (seed, run, purpose, subject), version 1";

/// What is to be played, and what is to be done with it.
pub(super) struct Plan {
    pub scenario: Scenario,
    /// Where the runs are forked, if they are.
    pub fork: Option<Fork>,
    /// Which runs, if not all of the scenario's.
    pub runs: Option<Range<u32>>,
    /// Whether the runs are played without the programme, or without the fork, as well.
    pub twin: bool,
    /// What is asked of the results.
    pub output: Asked,
    pub folder: OutputFolder,
}

/// Where runs go on under another scenario.
#[derive(Clone)]
pub(super) struct Fork {
    pub other: Scenario,
    /// The last day before.
    pub day: u32,
}

impl Fork {
    /// The last moment before.
    pub fn until(&self) -> Tick {
        Tick(self.day.saturating_mul(Tick::PER_DAY))
    }
}

/// What is played, for headings and charts.
pub(super) fn title(scenario: &Scenario, fork: Option<&Fork>, language: Language) -> String {
    match fork {
        None => scenario.name.clone(),
        Some(Fork { other, day }) if other.name == scenario.name => {
            tell!(language, "forked-title", name = &*scenario.name, day = *day)
        }
        Some(Fork { other, day }) => {
            tell!(language, "forked-title-other", name = &*scenario.name, day = *day, other = &*other.name)
        }
    }
}

pub(super) fn play_and_write(plan: Plan) -> Result<(), Failure> {
    let Plan { scenario, fork, runs, twin, output, mut folder } = plan;
    let Asked { logs, log, fonts, sheets, film, actuals, template, json, language } = output;
    let numbers = runs.unwrap_or(0..scenario.runs);
    if film.is_some() && !pictures::has_network(&scenario) {
        let most = Language::English.number(f64::from(pictures::NETWORK_MOST), 0);
        return Err(Failure::User(format!("error: --film: the network is drawn of a graph of at most {most} people")));
    }
    let memory_reckoned = memory::check(&scenario, numbers.len() as u32, twin)?;
    let growing = progress::working("growing the market");
    let grown = match fork.clone() {
        None => scenario.clone().into_experiment(),
        Some(fork) => scenario.clone().into_forked_experiment(fork.other.clone(), fork.until()),
    };
    let experiment = Experiment { twin, first: numbers.start, runs: numbers.len() as u32, ..grown };
    let (graph, own_graphs) = measure(&experiment);
    growing.finish_and_clear();
    let progress = progress::count(u64::from(experiment.runs), "run");
    let money = scenario.money();
    let log_files = log_files(&mut folder, &scenario, fork.as_ref(), &logs)?;
    let started = Instant::now();
    let details = Details::new(&experiment, Details::RUNS);
    let outcome = experiment.run_logged(&(&details, &log_files), || progress.inc(1));
    let seconds_playing = started.elapsed().as_secs_f64();
    let gathered = details.gathered();
    progress.finish_and_clear();
    let writing = progress::working("writing tables and charts");
    log_files.finish(&mut folder)?;
    let days = scenario.horizon().day_closing() as usize + 1;
    let summaries = outcome.summaries();
    let (programme, forked) = (Programme::of(&outcome), Forked::of(&outcome));
    let worth = worth(&outcome);
    let curves = curves(&outcome, days, &money);
    let digest = scenario.digest();
    let played = Played {
        locale: locale(&scenario, language),
        actuals,
        scenario,
        fork,
        digest,
        outcome,
        money,
        summaries,
        programme,
        forked,
        worth,
        curves,
        graph,
        own_graphs,
        seconds_playing,
        memory_reckoned,
    };

    folder.write_bytes("scenario.toml", played.scenario.resolved.as_bytes())?;
    if let Some(fork) = &played.fork {
        folder.write_bytes("fork.toml", fork.other.resolved.as_bytes())?;
    }
    if let Some((name, bytes)) = &played.scenario.graph_file {
        folder.write_bytes(name, bytes)?;
    }
    folder.write_with("curves.csv", |out| store::write_csv(&played.curves, out))?;
    if let Some(measures) = &played.graph {
        folder.write_with("graph.csv", |out| store::write_csv(&measures.table(), out))?;
    }
    let ledger = ledger_table(&played.outcome, &played.money);
    folder.write_with("ledger.csv", |out| store::write_csv(&ledger, out))?;
    let runs = runs_table(&played.outcome, &played.money);
    let about = [("scenario_sha256", played.digest.as_str()), ("currency", played.money.code.as_str())];
    folder.write_with("runs.parquet", |out| store::write_parquet(&runs, &about, out))?;
    let dress = dress(&played.scenario.look)?;
    let look = Look { language, palette: dress.palette, ..Look::page(&fonts) };
    let charts = write_charts(&mut folder, &played, &gathered, (&look, &sheets))?;
    let pictures = pictures::write(&mut folder, &played, (&experiment, &gathered), &look, film)?;
    let report = report(&played, (charts, pictures), dress, RANDOM_NUMBERS);
    let (html, unfit) = filled(template.as_ref(), |template| crate::report::html(&report, template))?;
    folder.write_bytes("report.html", html.as_bytes())?;
    let dir = folder.finish(&provenance_of(&played, twin, log, &sheets))?;
    writing.finish_and_clear();
    announce(json, &played, &dir)?;
    unfit.map_or(Ok(()), Err)
}

/// What the graph is like, if there is one, and whether it is only that of run 0.
fn measure(experiment: &Experiment) -> (Option<Measures>, bool) {
    let world = &experiment.world;
    let ground = world.ground(world.dice.of_run(RunId(0)));
    let measures = ground.graph().map(|graph| Measures::of(graph, world.dice, Effort::USUAL));
    (measures, matches!(world.audience, Audience::NeighboursEachRun(_)))
}

/// The logs that are to be kept. Nothing is made where none is.
fn log_files<'a>(
    folder: &mut OutputFolder,
    scenario: &Scenario,
    fork: Option<&Fork>,
    runs: &'a [RunId],
) -> Result<LogFiles<'a>, Failure> {
    let dir = if runs.is_empty() { PathBuf::new() } else { folder.prepare()?.to_path_buf() };
    let meta = Some(LogMeta { fork: fork.map(origin_of), ..LogMeta::of(scenario) });
    // Who asks for one thread wants no others to work beside it.
    let side_by_side = rayon::current_num_threads() > 1;
    Ok(LogFiles { dir, runs, meta, side_by_side, written: Mutex::default() })
}

/// Draws all charts that there is something to draw for, in the order of the report.
fn write_charts(
    folder: &mut OutputFolder,
    played: &Played,
    gathered: &Gathered,
    (look, sheets): (&Look, &[Size]),
) -> Result<Charts, Failure> {
    let (language, runs) = (played.locale.language, played.outcome.rows.len() as u32);
    let caption = Caption { language, scenario: played.title(), runs, seed: played.scenario.seed.0 };
    let sign = draw::sign(played.scenario.currency, look.fonts);
    let forked = played.forked.as_ref().and(played.fork.as_ref());
    let charts = figures::OfRuns {
        curves: &played.curves,
        gathered,
        fork_day: forked.map(|fork| fork.day),
        has_programme: played.programme.is_some(),
        actuals: played.actuals.as_ref(),
        money: &played.money,
        sign: &sign,
    }
    .charts(&caption);
    let (forks, main, programmes) = (charts.fork.len(), charts.main.len(), usize::from(charts.programme.is_some()));
    let (closer, readings): (Vec<Drawing>, Vec<String>) =
        charts.closely.into_iter().map(|guided| (guided.drawing, guided.reading)).unzip();
    let drawings = charts.fork.into_iter().chain(charts.main).chain(charts.programme).chain(closer).collect();
    let mut drawn = drawn::write(folder, drawings, look, sheets)?.into_iter();
    let mut next = |number: usize| drawn.by_ref().take(number).collect::<Vec<Drawn>>();
    let (fork, figures, programme) = (next(forks), next(main), next(programmes).pop());
    let closer = drawn.zip(readings).map(|(drawn, reading)| Closer { drawn, reading }).collect();
    Ok(Charts { fork, figures, programme, closer, heard: gathered.runs().len() })
}

fn provenance_of(played: &Played, twin: bool, log: String, sheets: &[Size]) -> Provenance {
    let has_twin = match (&played.outcome.twin, twin) {
        (Some(_), _) => "played",
        (None, false) => "off",
        (None, true) => "no programme",
    };
    let mut options = BTreeMap::from([("log".to_owned(), log), ("twin".to_owned(), has_twin.to_owned())]);
    if !sheets.is_empty() {
        options.insert("sizes".to_owned(), drawn::sheets_in_words(sheets));
    }
    Provenance {
        schema: provenance::SCHEMA,
        tellwave: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: played.scenario.name.clone(),
        scenario_sha256: played.digest.clone(),
        graph_sha256: played.scenario.graph_sha256.clone(),
        seed: played.scenario.seed,
        runs: played.outcome.rows.len() as u32,
        first_run: played.outcome.first,
        fork: played.fork.as_ref().map(origin_of),
        compared: vec![],
        sweep: None,
        random_numbers: RANDOM_NUMBERS.to_owned(),
        platform: Platform::here(),
        presets: played.scenario.presets.iter().map(|&name| name.to_owned()).collect(),
        options,
        files: vec![],
    }
}

fn origin_of(fork: &Fork) -> ForkOrigin {
    ForkOrigin { until: fork.until().0, scenario_sha256: fork.other.digest() }
}

const WHAT_WOULD_CHANGE_IT: &str = "Which assumptions that rests on: tellwave compare SCENARIO.toml --baseline none";

fn announce(json: bool, played: &Played, dir: &Path) -> Result<(), Failure> {
    let scenario = &played.scenario;
    let report = dir.join("report.html");
    let (folder, report) = (dir.display().to_string(), report.display().to_string());
    let runs = played.outcome.rows.len() as u32;
    if json {
        let (scenario, seed) = (scenario.name.as_str(), scenario.seed.0);
        let notes = notes(played);
        let about = About {
            scenario,
            runs,
            seed,
            scenario_sha256: &played.digest,
            folder: &folder,
            report: &report,
            stopped_runs: played.outcome.stopped(),
            seconds_playing: played.seconds_playing,
            memory_reckoned: played.memory_reckoned,
            notes: &notes,
        };
        say(&summary::json(played, &about).map_err(internal)?);
        return Ok(());
    }
    let language = played.locale.language;
    let runs = match runs {
        1 if played.outcome.first > 0 => tell!(language, "run-number", number = played.outcome.first),
        _ => tell!(language, "runs", runs = runs, text = played.locale.count(i64::from(runs))),
    };
    let (title, seed) = (draw::clean(&played.title()), scenario.seed.0.to_string());
    say(&format!("{}\n", tell!(language, "printed-head", title = title, runs = runs, seed = seed)));
    if let (Some(fork), Some(forked)) = (&played.fork, &played.forked) {
        let changes = played.scenario.changes_to(&fork.other);
        say(&fork_words::changes_table(&changes, fork.day, language));
        say(&format!("\n{}\n", fork_words::heading(fork.day, played.outcome.rows.len(), language)));
        say(&fork_words::table(forked, &played.money, &played.locale));
    } else {
        say(&summary::table(&played.summaries, &played.money, &played.locale));
    }
    if let Some(programme) = &played.programme {
        say(&format!("\n{}\n", terminal::paragraph(&tell!(language, "programme-heading"))));
        say(&summary::programme_table(programme, &played.money, &played.locale));
        let said = programme_words::headline(programme, &played.money, &played.locale);
        say(&format!("\n{}", terminal::paragraph(&told_together(said, language))));
        say(&payback(played, programme));
        super::hint(&terminal::paragraph(WHAT_WOULD_CHANGE_IT));
    }
    if played.fork.is_none() && !played.worth.is_empty() {
        say(&format!("\n{}\n", terminal::paragraph(&tell!(language, "worth-heading"))));
        say(&summary::worth_table(&played.worth, &played.money, &played.locale));
    }
    for note in &notes(played) {
        let note = tell!(language, "printed-note", note = draw::clean(note));
        say(&format!("\n{}", terminal::paragraph(&note)));
    }
    say(&format!("\n{}", tell!(language, "printed-report", path = visible(&report, usize::MAX))));
    Ok(())
}
