//! `tellwave spread`: the independent cascade on the graph of a scenario or on a kept one, played in its lane.

use super::graph::graph_of;
use super::terminal::aligned;
use super::threads::Threads;
use super::{Failure, internal, memory, progress, say};
use crate::dice::Dice;
use crate::draw;
use crate::engine::spread::{Cascade, Delay, FirstPeople};
use crate::experiment::{Cascades, Estimate, Spread};
use crate::graph::SocialGraph;
use crate::language::Language;
use crate::laws::DelayLaw;
use crate::report::words::{Locale, Quantity, count};
use crate::scenario::law_notation::{parse_delay_law, print_delay_law};
use crate::scenario::values::{Refusal, parse_duration, parse_percent};
use crate::store::{self, atomic};
use crate::units::{PersonId, Probability, Seed, Tick};
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// How tables of cascades begin: what may be written over.
const HEADERS: [&[u8]; 2] = [b"run,step,new,reached", b"run,day,new,reached"];

/// The longest table that is written \[rows\]: two gigabytes of memory.
const ROWS_MAX: usize = 50_000_000;

/// The longest time that is played unless another is asked for.
const HORIZON: Tick = Tick(365 * Tick::PER_DAY);

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whoever is reached tells all friends once, and each word wins its hearer with the same chance \
                        (times the strength of the tie). There are no opinions, no programme and no money: `tellwave \
                        run` plays those.\n\nExamples:\n  tellwave spread scenarios/quickstart.toml --chance '5 %' --runs 1000\n  \
                        tellwave spread g.tw --chance 0.05 --seeds 0,17 --delay 'exponential(3 days)' --out spread.csv"
)]
pub(super) struct Args {
    /// A kept graph, or a scenario of which only [graph] and the seed are used
    graph: PathBuf,
    /// The chance that a word wins its hearer, such as 0.05 or "5 %"
    #[arg(long, value_name = "P", value_parser = parse_chance)]
    chance: Probability,
    /// Who begins: numbers of people or, in a graph with names, their names; separated by commas, or one --seeds for each
    #[arg(long, value_name = "PEOPLE", conflicts_with_all = ["random_seeds", "hub_seeds"])]
    seeds: Vec<String>,
    /// How many begin, drawn at random for each run [default: 1]
    #[arg(long, value_name = "N", conflicts_with = "hub_seeds", value_parser = clap::value_parser!(u32).range(1..))]
    random_seeds: Option<u32>,
    /// How many begin, those with the most friends
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    hub_seeds: Option<u32>,
    /// How long each word takes, such as "exponential(3 days)"; without it, the cascade is counted in steps
    #[arg(long, value_name = "LAW", value_parser = |text: &str| parse_delay_law(text).map_err(in_a_line))]
    delay: Option<DelayLaw>,
    /// The last moment that is played, with --delay [default: 365 days]
    #[arg(long, value_name = "TIME", requires = "delay", value_parser = |text: &str| parse_duration(text).map_err(in_a_line))]
    horizon: Option<Tick>,
    /// How many runs
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    runs: u32,
    /// The seed of every draw, and of the graph of a scenario [default: the scenario's; that which grew the kept graph, or 1]
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(0..=i64::MAX as u64))]
    seed: Option<u64>,
    #[command(flatten)]
    threads: Threads,
    /// A table (CSV) to write: for each run, how many it reached in each step or on each day
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

fn parse_chance(text: &str) -> Result<Probability, String> {
    Probability::new(parse_share(text).map_err(in_a_line)?)
        .ok_or_else(|| "allowed is a number from 0 to 1, or a share such as \"5 %\"".to_owned())
}

/// A share as a number or in hundredths: "0.05", "5 %". Not a number where it is neither.
pub(super) fn parse_share(text: &str) -> Result<f64, Refusal> {
    if text.contains('%') { parse_percent(text) } else { Ok(text.parse().unwrap_or(f64::NAN)) }
}

fn in_a_line(Refusal { allowed, hint, .. }: Refusal) -> String {
    let hint = hint.map_or_else(String::new, |hint| format!(" ({hint})"));
    format!("allowed is {allowed}{hint}")
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    args.threads.pool()?.install(|| spread(args))
}

fn spread(args: &Args) -> Result<(), Failure> {
    if let Some(path) = &args.out {
        super::refuse_other_files(path, ("table of cascades", "--out"), |first| {
            HEADERS.iter().any(|header| first.starts_with(header))
        })?;
    }
    let (graph, seed) = graph_of(&args.graph, args.seed)?;
    let first = first_people(args, &graph)?;
    let horizon = args.horizon.unwrap_or(HORIZON);
    let delay = args.delay.as_ref().map(|law| Delay { law: law.table(horizon), horizon });
    let cascade = Cascade { graph: &graph, chance: args.chance, first, delay };
    let progress = progress::count(args.runs.into(), "run");
    let started = Instant::now();
    let cascades = Cascades::play(&cascade, Dice::new(seed), args.runs, || progress.inc(1));
    let seconds = started.elapsed().as_secs_f64();
    progress.finish_and_clear();
    let step = if args.delay.is_some() { "day" } else { "step" };
    match args.json {
        true => tell_programs(args, &graph, seed, &cascades, seconds)?,
        false => tell_people(args, &graph, seed, &cascades, step),
    }
    // Last, so that nothing is lost where it cannot be written.
    let Some(path) = &args.out else { return Ok(()) };
    if cascades.rows() > ROWS_MAX {
        let rows = count(cascades.rows() as i64);
        return Err(Failure::User(format!("error: the table would have {rows} rows; play fewer --runs for it")));
    }
    let table = cascades.table(step);
    atomic::write_with(path, |out| store::write_csv(&table, out))?;
    if !args.json {
        say(&format!("\nTable: {}", draw::clean(&path.display().to_string())));
    }
    Ok(())
}

/// Who begins.
fn first_people(args: &Args, graph: &SocialGraph) -> Result<FirstPeople, Failure> {
    let people = graph.people();
    let within = |flag: &str, number: u32| match number <= people {
        true => Ok(number),
        false => Err(Failure::User(format!("error: {flag} {number}: there are {} people", count(people.into())))),
    };
    if let Some(hubs) = args.hub_seeds {
        return Ok(FirstPeople::These(graph.hubs(within("--hub-seeds", hubs)?)));
    }
    if args.seeds.is_empty() {
        return Ok(FirstPeople::Random(within("--random-seeds", args.random_seeds.unwrap_or(1))?));
    }
    let mut unknown = vec![];
    let mut first: Vec<PersonId> = vec![];
    // A name may have commas in it.
    let whole = |value: &str| graph.person_named(value).is_some();
    let named = args
        .seeds
        .iter()
        .flat_map(|value| if whole(value) { vec![value.as_str()] } else { value.split(',').collect() });
    for name in named.map(str::trim) {
        match graph.person_named(name) {
            Some(person) if first.contains(&person) => unknown.push(format!("{} is named twice", draw::clean(name))),
            Some(person) => first.push(person),
            None if name.is_empty() => unknown.push("a name is empty".to_owned()),
            None => unknown.push(format!("nobody is called {}", draw::clean(name))),
        }
    }
    if unknown.is_empty() {
        return Ok(FirstPeople::These(first));
    }
    let allowed = match graph.name(PersonId(0)) {
        Some(example) => format!("names such as {}", draw::clean(example)),
        None => format!("numbers from 0 to {}", people.saturating_sub(1)),
    };
    let more = match unknown.len().saturating_sub(COMPLAINTS) {
        0 => String::new(),
        more => format!(", and {} more", count(more as i64)),
    };
    unknown.truncate(COMPLAINTS);
    Err(Failure::User(format!("error: --seeds: {}{more}; allowed are {allowed}", unknown.join(", "))))
}

/// Seeds that cannot be, of which each is told.
const COMPLAINTS: usize = 5;

fn tell_programs(
    args: &Args,
    graph: &SocialGraph,
    seed: Seed,
    cascades: &Cascades,
    seconds: f64,
) -> Result<(), Failure> {
    let Estimate { mean, error, interval, .. } = cascades.estimate();
    let Spread { median, low, high } = cascades.spread();
    let by = if args.delay.is_some() { "reached_by_day" } else { "reached_by_step" };
    let mut told = json!({
        "people": graph.people(),
        "arcs": graph.arcs(),
        "chance": args.chance.value(),
        "delay": args.delay.map(print_delay_law),
        "horizon_days": args.delay.map(|_| args.horizon.unwrap_or(HORIZON).days()),
        "seeds": if args.seeds.is_empty() { None } else { Some(&args.seeds) },
        "random_seeds": if args.seeds.is_empty() && args.hub_seeds.is_none() { Some(args.random_seeds.unwrap_or(1)) } else { None },
        "hub_seeds": args.hub_seeds,
        "runs": args.runs,
        "seed": seed.0,
        "reach": {
            "mean": mean,
            "standard_error": error,
            "interval_95": interval,
            "median": median,
            "p05": low,
            "p95": high,
        },
        "seconds_playing": seconds,
        "memory_peak_bytes": memory::peak(),
    });
    told[by] = json!(cascades.curve());
    say(&serde_json::to_string_pretty(&told).map_err(internal)?);
    Ok(())
}

/// Steps that are told one by one; of more, every second, fifth, tenth, … is.
const STEPS_TOLD: usize = 20;

fn tell_people(args: &Args, graph: &SocialGraph, seed: Seed, cascades: &Cascades, step: &str) {
    let Estimate { mean, interval, .. } = cascades.estimate();
    let Spread { median, low, high } = cascades.spread();
    let (from, to) = interval.map_or((mean, mean), |[low, high]| (low.max(0.0), high));
    let locale = Locale::without_money(Language::English);
    let plain = |value| locale.observed(value, Quantity::Plain);
    let runs = if args.runs == 1 { "one run".to_owned() } else { format!("{} runs", count(args.runs.into())) };
    let (people, chance) = (count(graph.people().into()), Language::English.number(100.0 * args.chance.value(), 6));
    let chance = if chance.contains('.') { chance.trim_end_matches('0').trim_end_matches('.') } else { &chance };
    let strength = if graph.has_strengths() { " × strength of the tie" } else { "" };
    say(&format!("{people} people · chance {chance} %{strength} · {runs} · seed {}\n", seed.0));
    let line = [
        "People reached".to_owned(),
        locale.estimate(mean, from, to, Quantity::Plain),
        interval.map_or_else(|| "–".to_owned(), |_| locale.interval(from, to, Quantity::Plain)),
        plain(median),
        format!("{} to {}", plain(low), plain(high)),
    ];
    say(&aligned(["", "mean", "95 % interval of the mean", "median", "5–95 % of runs"], [line].into_iter()));
    let curve = cascades.curve();
    let last = curve.len() - 1;
    let strides = (0..).flat_map(|power| [1, 2, 5].map(|one| one * 10usize.pow(power)));
    let stride = strides.into_iter().find(|stride| last / stride <= STEPS_TOLD).unwrap_or(1);
    let places = (0..last).step_by(stride).chain([last]);
    let lines = places.map(|place| [place.to_string(), Language::English.number(curve[place], 1)]);
    say(&format!("\n{}", aligned([&format!("by {step}"), "reached, mean"], lines)));
}
