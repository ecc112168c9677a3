//! `tellwave graph`: grows a graph to be kept, and says what a kept one is.

use super::threads::Threads;
use super::{Failure, internal, memory, progress, say};
use crate::draw;
use crate::files;
use crate::graph::SocialGraph;
use crate::graph::kept::{self, KeptGraph, KeptMistake, MAGIC, Origin};
use crate::language::Language;
use crate::report::words::count;
use crate::scenario::recorded::read_kept_file;
use crate::scenario::{Grown, NoGraph, Overrides, Scenario};
use crate::store::atomic;
use crate::units::{PersonId, Seed};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Grow the graph of a scenario and keep it, so that scenarios can name it under [graph.kept].
    Grow(Grow),
    /// Check a kept graph, and say what it is.
    Show(Show),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave graph grow scenarios/two-sided-100k.toml --out friends.tw\n  \
    tellwave graph grow market.toml --people 1000000 --seed 7 --out million.tw")]
struct Grow {
    /// The scenario file (TOML); one with nothing but [graph] will do
    scenario: PathBuf,
    /// How many people, instead of the model's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(PersonId::COUNT_MAX)))]
    people: Option<u32>,
    /// The seed, instead of the scenario's
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    #[command(flatten)]
    threads: Threads,
    /// The file to write: a new one, or a kept graph, which is replaced
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Print JSON instead of lines
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave graph show friends.tw\n  \
    tellwave graph show friends.tw --json")]
struct Show {
    /// A graph that `tellwave graph grow` has written
    file: PathBuf,
    /// Print JSON instead of lines
    #[arg(long)]
    json: bool,
}

impl From<NoGraph> for Failure {
    fn from(error: NoGraph) -> Failure {
        Failure::User(format!("error: {error}"))
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        Command::Grow(args) => args.threads.pool()?.install(|| grow(args)),
        Command::Show(args) => show(args),
    }
}

fn grow(args: &Grow) -> Result<(), Failure> {
    let overrides = Overrides { seed: args.seed, people: args.people, ..Overrides::default() };
    let started = Instant::now();
    let scenario = Scenario::read(&args.scenario, overrides)?;
    if scenario.names_kept_graph() {
        return Err(Failure::User("error: the graph of this scenario is kept already: copy its file".to_owned()));
    }
    refuse_foreign(&args.out)?;
    memory::check_growing(&scenario)?;
    let working = progress::working("growing the graph");
    let Grown { graph, origin } = scenario.into_graph()?;
    working.finish_and_clear();
    let growing = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut sha256 = String::new();
    let working = progress::working("writing it");
    let written = atomic::write_with(&args.out, |out| {
        sha256 = kept::write(&graph, &origin, out)?;
        Ok(())
    })?;
    working.finish_and_clear();
    let took = Took { growing, writing: started.elapsed().as_secs_f64() };
    tell(args.json, &About::of(&graph, origin, sha256, written.bytes), Some(took))
}

/// Refuses to replace a file that is no kept graph.
fn refuse_foreign(path: &Path) -> Result<(), Failure> {
    let is_kept = |first: &[u8]| first.starts_with(MAGIC.as_slice());
    super::refuse_other_files(path, ("kept graph", "--out"), is_kept)
}

fn show(args: &Show) -> Result<(), Failure> {
    let KeptGraph { graph, origin, sha256 } = kept_graph(&args.file)?;
    let bytes = std::fs::metadata(&args.file).map_or(0, |about| about.len());
    tell(args.json, &About::of(&graph, origin, sha256, bytes), None)
}

/// The graph that a file keeps.
fn kept_graph(path: &Path) -> Result<KeptGraph, Failure> {
    let kept = read_kept_file(path).map(|(kept, _)| kept);
    let path = draw::clean(&path.display().to_string());
    kept.map_err(|mistake| match mistake {
        KeptMistake::Disk(why) => Failure::User(format!("error: {path} cannot be read: {why}")),
        KeptMistake::Wrong { found, allowed } => {
            Failure::User(format!("error: {path}: {}; allowed: {allowed}", draw::clean(&found)))
        }
    })
}

/// The graph that a file keeps, or that of a scenario, grown from its seed or another one; and the seed.
pub(super) fn graph_of(path: &Path, seed: Option<u64>) -> Result<(Arc<SocialGraph>, Seed), Failure> {
    let mut first = [0; MAGIC.len()];
    let begins =
        files::open(path, u64::MAX).is_ok_and(|mut file| file.read_exact(&mut first).is_ok()) && first == *MAGIC;
    if begins || path.extension().is_some_and(|extension| extension == "tw") {
        let KeptGraph { graph, origin, .. } = kept_graph(path)?;
        return Ok((graph.into(), Seed(seed.or(origin.seed).unwrap_or(1))));
    }
    let scenario = Scenario::read(path, Overrides { seed, ..Overrides::default() })?;
    memory::check_growing(&scenario)?;
    let seed = scenario.seed;
    Ok((scenario.into_graph()?.graph, seed))
}

/// How long it took \[seconds\].
struct Took {
    growing: f64,
    writing: f64,
}

/// What is said of a kept graph.
struct About {
    people: u32,
    arcs: usize,
    directed: bool,
    strengths: bool,
    names: bool,
    degree_min: u32,
    degree_max: u32,
    origin: Origin,
    sha256: String,
    bytes: u64,
}

impl About {
    fn of(graph: &SocialGraph, origin: Origin, sha256: String, bytes: u64) -> About {
        let degrees = (0..graph.people()).into_par_iter().map(|person| graph.degree(PersonId(person)));
        About {
            people: graph.people(),
            arcs: graph.arcs(),
            directed: graph.is_directed(),
            strengths: graph.has_strengths(),
            names: graph.name(PersonId(0)).is_some(),
            degree_min: degrees.clone().min().unwrap_or(0),
            degree_max: degrees.max().unwrap_or(0),
            origin,
            sha256,
            bytes,
        }
    }

    fn ties(&self) -> usize {
        if self.directed { self.arcs } else { self.arcs / 2 }
    }

    fn seed(&self) -> String {
        match (self.origin.seed, &self.origin.model) {
            (Some(seed), _) => seed.to_string(),
            (None, Some(_)) => "none: no luck was needed".to_owned(),
            (None, None) => "not said".to_owned(),
        }
    }

    fn degree_mean(&self) -> f64 {
        self.arcs as f64 / f64::from(self.people.max(1))
    }

    fn json(&self, took: Option<Took>) -> Value {
        let mut object = json!({
            "people": self.people,
            "ties": self.ties(),
            "arcs": self.arcs,
            "directed": self.directed,
            "strengths": self.strengths,
            "names": self.names,
            "degree_mean": self.degree_mean(),
            "degree_min": self.degree_min,
            "degree_max": self.degree_max,
            "model": self.origin.model,
            "seed": self.origin.seed,
            "sha256": self.sha256,
            "bytes": self.bytes,
        });
        if let Some(took) = took {
            object["seconds_growing"] = json!(took.growing);
            object["seconds_writing"] = json!(took.writing);
        }
        object
    }

    fn lines(&self, took: Option<Took>) -> String {
        let has = [(self.strengths, "strengths"), (self.names, "names")];
        let has: Vec<&str> = has.into_iter().filter_map(|(has, what)| has.then_some(what)).collect();
        let mut lines = vec![
            ("People", count(self.people.into())),
            (if self.directed { "Ties, one way" } else { "Ties" }, count(self.ties() as i64)),
            ("Friends, mean", Language::English.number(self.degree_mean(), 1)),
            ("Friends, fewest", count(self.degree_min.into())),
            ("Friends, most", count(self.degree_max.into())),
            ("With", if has.is_empty() { "neither strengths nor names".to_owned() } else { has.join(" and ") }),
            ("Model", self.origin.model.as_ref().map_or("not said".to_owned(), |model| draw::clean(model))),
            ("Seed", self.seed()),
            ("Digest", self.sha256.clone()),
            ("Bytes", count(self.bytes as i64)),
        ];
        if let Some(Took { growing, writing }) = took {
            lines.push(("Growing", format!("{growing:.2} s")));
            lines.push(("Writing", format!("{writing:.2} s")));
        }
        lines.iter().map(|(what, value)| format!("{what:<16} {value}")).collect::<Vec<_>>().join("\n")
    }
}

fn tell(json: bool, about: &About, took: Option<Took>) -> Result<(), Failure> {
    match json {
        true => say(&serde_json::to_string_pretty(&about.json(took)).map_err(internal)?),
        false => say(&about.lines(took)),
    }
    Ok(())
}
