//! The sweep file: a TOML text that says which scenario is moved by what, how often it is played and what is kept.
//!
//! It is read in the same way as a scenario, with every mistake at once. What a cell's values do to the base scenario is found out
//! when cells are read (`Sweep::check`), and shown here, at the factor that has the value.

use super::constraint::Constraint;
use super::factor::{Factor, Place};
use super::factor_table::{self, Read};
use super::listed;
use super::metric::{Kind, USUAL};
use super::places::Places;
use super::plan::{CELLS_MAX, Design, Keep, Plan, SCHEMA};
use super::points::{self, Cells};
use super::{Sweep, base};
use crate::engine::RESULTS;
use crate::projection::{Projection, Standard};
use crate::scenario::advice;
use crate::scenario::mistake::{Mistake, Mistakes};
use crate::scenario::reader::{Document, Reader};
use crate::scenario::values::{nearest, quoted};
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::units::{Seed, Tick};
use std::path::Path;

/// What a sweep may take before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Cells.
    pub cells: usize,
    /// Time, by the pilot.
    pub time: Option<Tick>,
    /// Disk \[bytes\].
    pub disk: u64,
}

const CELLS: u64 = 100_000;
const DISK_MIB: u64 = 10 * 1024;
const FACTORS_MAX: usize = 40;
const DESIGNS: [&str; 6] = ["grid", "one_at_a_time", "latin_hypercube", "sobol", "morris", "list"];

impl Sweep {
    /// Reads a sweep file and the base scenario that it names.
    ///
    /// # Errors
    /// Every mistake in the file; in the base scenario; a file that cannot be read.
    pub fn read(path: &Path) -> Result<Sweep, ScenarioError> {
        let text = crate::scenario::read_text(path)?;
        Sweep::parse(&path.display().to_string(), &text, path.parent().unwrap_or(Path::new("")), None)
    }

    /// Reads a sweep from text; files that it names are looked for in `folder`, and `file` is what mistakes call it. A scenario that
    /// is given is the base, and the text then names none.
    ///
    /// # Errors
    /// As [`Sweep::read`].
    pub fn parse(file: &str, text: &str, folder: &Path, given: Option<&Scenario>) -> Result<Sweep, ScenarioError> {
        let mistakes = |mistakes| ScenarioError::Mistakes(Box::new(mistakes));
        let document = Document::parse(file, text).map_err(mistakes)?;
        if let Some(mistake) = scenario_instead(&document.root(), given.is_some()) {
            return Err(mistakes(Mistakes::new(file, text, vec![mistake])));
        }
        let stem = Path::new(file).file_stem().map_or("sweep".to_owned(), |stem| stem.to_string_lossy().into_owned());
        let sweep = read(&document.root(), folder, &stem, given);
        document.finish().map_err(mistakes)?;
        // Without a mistake there is a sweep.
        let mut sweep = sweep?.ok_or_else(|| ScenarioError::Missing { path: file.into() })?;
        (sweep.places.file, sweep.places.text) = (file.to_owned(), text.to_owned());
        Ok(sweep)
    }
}

/// What is said of a scenario that stands where a sweep is wanted, instead of every key that a sweep does not have.
fn scenario_instead(root: &Reader<'_>, has_base: bool) -> Option<Mistake> {
    if has_base || ["base", "factor", "design"].iter().any(|key| root.has(key)) {
        return None;
    }
    let table = advice::OF_SCENARIOS.into_iter().find(|table| root.has(table))?;
    Some(Mistake {
        span: Some(0..0),
        key: table.to_owned(),
        found: "a scenario, and no sweep".to_owned(),
        allowed: "a sweep: a file that names a scenario as its `base`, and what is moved in it as `[[factor]]`"
            .to_owned(),
        hint: Some("tellwave run FILE plays this scenario".to_owned()),
    })
}

/// Reads all of it; nothing where something is so wrong that there is no plan.
fn read(
    root: &Reader<'_>,
    folder: &Path,
    stem: &str,
    given: Option<&Scenario>,
) -> Result<Option<Sweep>, ScenarioError> {
    let name = root.text("name", stem);
    if name.trim().is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        root.refuse("name", quoted(&name), "1 to 100 printable characters", None);
    }
    let question = root.optional_text("question");
    let base_file = match given {
        Some(scenario) => {
            if root.has("base") {
                let allowed = "no `base` beside the scenario that was given as one";
                root.refuse("base", quoted(&root.text("base", "")), allowed, None);
            }
            scenario.parts().0.to_owned()
        }
        None => {
            root.require("base", "the scenario that is moved, a path from this file's folder");
            root.text("base", "")
        }
    };
    let runs = root.optional_whole("runs", 1..=10_000_000).map(|runs| runs as u32);
    let seed = root.optional_whole("seed", 0..=i64::MAX as u64);
    let (design, listed) = read_design(root);
    let draws = matches!(design, Design::LatinHypercube { .. } | Design::Sobol { .. } | Design::Morris { .. });
    let read: Vec<Option<Read>> = root.tables("factor").iter().map(|table| factor_table::read(table, draws)).collect();
    check_factors(root, &read, &design);
    let whole = read.iter().all(Option::is_some);
    let mut factors: Vec<Read> = read.into_iter().flatten().collect();
    let listed = match listed {
        Some(table) if whole => listed::read(&table, folder, &mut factors),
        Some(table) => {
            // Its columns are those of factors that are not known.
            listed::allow(&table);
            vec![]
        }
        None => vec![],
    };
    let metrics = root.list_of_text("metrics", &[]);
    let constraint_texts = root.list_of_text("constraints", &[]);
    let keep = read_keep(root);
    let budget = read_budget(root);
    let overrides = Overrides { runs, seed, people: None };
    let base = match given {
        Some(scenario) => Some(base::given(scenario, overrides)?),
        None if root.has("base") => base::read(root, folder, &base_file, overrides)?,
        None => None,
    };
    let moves_policy = factors.iter().any(|read| read.keys.iter().any(|key| key.starts_with("policy")));
    let programme = base.as_ref().is_none_or(|(base, _)| base.has_programme() || moves_policy);
    let kinds = read_metrics(root, &metrics, programme);
    let (of_factors, factors): (Vec<_>, Vec<_>) = factors.into_iter().map(|read| (read.places, read.factor)).unzip();
    let constraints = if whole { read_constraints(root, &constraint_texts, &factors, design) } else { vec![] };
    let Some((base, base_text)) = base else { return Ok(None) };
    if let Some(log) = keep.logs.iter().find(|log| **log >= base.runs) {
        root.table("keep").refuse("logs", format!("run {log}"), format!("0 to {}", base.runs - 1), None);
    }
    // What is laid out of something wrong would be wrong in other words.
    if !root.is_right_so_far() {
        return Ok(None);
    }
    let Some(cells) = lay_out(root, design, &factors, &constraints, (listed, base.seed, budget)) else {
        return Ok(None);
    };
    let money = base.money();
    let plan = Plan {
        schema: SCHEMA,
        results: RESULTS,
        name,
        question,
        base_name: Path::new(&base_file).file_name().unwrap_or_default().to_string_lossy().into_owned(),
        base: base_text,
        data_sha256: base::data_of(&base, &factors),
        seed: base.seed.0.to_string(),
        runs: base.runs,
        metrics: kinds.iter().map(|kind| kind.metric(&money)).collect(),
        money,
        keep,
        design,
        factors,
        constraints: constraint_texts,
        left_out: cells.left_out,
        points: cells.points,
        cells: cells.cells,
    };
    let elsewhere = root.place("design").or_else(|| root.tables("factor").first().and_then(Reader::header));
    let places = Places { of_factors, elsewhere, ..Places::default() };
    Ok(Some(Sweep { plan, base, kinds, budget, places, moved: Default::default() }))
}

fn read_constraints(root: &Reader<'_>, texts: &[String], factors: &[Factor], design: Design) -> Vec<Constraint> {
    let mut constraints = vec![];
    for (place, text) in texts.iter().enumerate() {
        match Constraint::parse(text, factors) {
            Ok(constraint) => constraints.push(constraint),
            Err(why) => {
                let found = format!("{}: {why}", quoted(text));
                root.refuse_element("constraints", place, found, CONSTRAINT_ALLOWED);
            }
        }
    }
    if !constraints.is_empty() && matches!(design, Design::Sobol { .. } | Design::Morris { .. }) {
        let found = "constraints on a design that rests on all of its points";
        root.refuse("constraints", found, "grid, one_at_a_time, latin_hypercube or list", None);
    }
    constraints
}

const CONSTRAINT_ALLOWED: &str = "comparisons of factors by == != < <= > >= and in, with `and`, `or`, `not` and brackets, such as \
                                  \"a <= 2 * b\" or \"network == 'random'\"";

/// The cells of the design, if it has some and not too many.
fn lay_out(
    root: &Reader<'_>,
    design: Design,
    factors: &[Factor],
    constraints: &[Constraint],
    (listed, seed, budget): (Vec<Vec<Place>>, Seed, Budget),
) -> Option<Cells> {
    let number = points::number(design, factors, listed.len());
    if number.is_none_or(|number| number > budget.cells) {
        let said = number.map_or("cells beyond all numbers".to_owned(), |number| format!("{number} cells"));
        root.refuse("design", said, format!("at most {} (budget.cells)", budget.cells), None);
        return None;
    }
    let cells = points::of(design, factors, constraints, listed, seed)
        .map_err(|why| root.refuse("design", why, "a design that can be laid out", None))
        .ok()?;
    if cells.cells.is_empty() {
        root.refuse("design", "no cell", "one cell at least that fulfils the constraints", None);
    }
    Some(cells)
}

fn read_design<'d>(root: &Reader<'d>) -> (Design, Option<Reader<'d>>) {
    let (kind, table) = root.one_table_or("design", &DESIGNS, "grid");
    let design = match kind {
        "one_at_a_time" => Design::OneAtATime,
        "latin_hypercube" => Design::LatinHypercube { points: table.whole("points", 100, 2..=CELLS_MAX as u64) as u32 },
        "sobol" => {
            let rows = table.whole("rows", 256, 2..=super::design::sobol::ROWS_MAX as u64) as u32;
            if !rows.is_power_of_two() {
                let near = rows.next_power_of_two();
                table.refuse(
                    "rows",
                    format!("a number {rows}"),
                    "a power of two, as Sobol's sequence asks for",
                    Some(&format!("{near} or {}", near / 2)),
                );
            }
            Design::Sobol { rows }
        }
        "morris" => {
            let levels = table.whole("levels", 4, 2..=1_000) as u32;
            if !levels.is_multiple_of(2) {
                table.refuse(
                    "levels",
                    format!("a number {levels}"),
                    "an even number: a step is half of the levels wide",
                    None,
                );
            }
            Design::Morris { trajectories: table.whole("trajectories", 20, 2..=CELLS_MAX as u64) as u32, levels }
        }
        "list" => return (Design::List, Some(table)),
        _ => Design::Grid,
    };
    (design, None)
}

fn check_factors(root: &Reader<'_>, factors: &[Option<Read>], design: &Design) {
    if !root.has("factor") {
        root.refuse("factor", "nothing", "at least one [[factor]]", None);
    }
    if factors.len() > FACTORS_MAX {
        root.refuse("factor", format!("{} factors", factors.len()), format!("at most {FACTORS_MAX}"), None);
    }
    for (place, read) in factors.iter().enumerate() {
        let Some(read) = read else { continue };
        let name = &read.factor.name;
        if factors[..place].iter().flatten().any(|other| other.factor.name == *name) {
            root.refuse_element(
                "factor",
                place,
                format!("a second factor called {name}"),
                "name = … that no other has",
            );
        }
        if let Some((own, whose)) = moved_twice(read, factors[..place].iter().flatten()) {
            root.refuse_element(
                "factor",
                place,
                format!("{own}, which the factor {whose} moves too"),
                "each key in one factor: of two, the second alone would count",
            );
        }
        match (design, read.factor.levels()) {
            (Design::List, None) => root.refuse_element(
                "factor",
                place,
                "a law, with cells that are listed".to_owned(),
                "values, or the key alone: the list has the values",
            ),
            (Design::List, Some(_)) | (_, None) => {}
            (_, Some(0)) => root.refuse_element(
                "factor",
                place,
                "a factor without values".to_owned(),
                "values, from and to, or [[factor.level]]",
            ),
            (_, Some(_)) => {}
        }
    }
}

/// A key that a factor and one of others move, and who that is.
fn moved_twice<'r>(read: &'r Read, others: impl Iterator<Item = &'r Read>) -> Option<(&'r str, &'r str)> {
    let own = read.moved();
    others.into_iter().find_map(|other| {
        let theirs = other.moved();
        let is_theirs = |own: &&str| theirs.iter().any(|theirs| is_within(own, theirs) || is_within(theirs, own));
        Some((own.iter().copied().find(is_theirs)?, other.factor.name.as_str()))
    })
}

/// Whether a dotted key is another one, or stands in the table of that name.
fn is_within(key: &str, table: &str) -> bool {
    key.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn read_metrics(root: &Reader<'_>, names: &[String], programme: bool) -> Vec<Kind> {
    let usual = || {
        let kinds = USUAL.iter().filter_map(|name| Kind::parse(name).ok());
        kinds.filter(|kind| programme || !kind.needs_twin() && !kind.is_reward()).collect()
    };
    if names.is_empty() {
        return usual();
    }
    let mut kinds = vec![];
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) {
            root.refuse_element("metrics", place, format!("{} a second time", quoted(name)), "each metric once");
        }
        match Kind::parse(name) {
            Ok(kind) => kinds.push(kind),
            Err(hint) => {
                let allowed = format!(
                    "a total, a comparison or a ratio, as `tellwave run SCENARIO --json` lists them, such as profit; takes_off(10 %); days_to(10 %){}",
                    hint.map_or(String::new(), |hint| format!("; {hint}"))
                );
                root.refuse_element("metrics", place, quoted(name), &allowed);
            }
        }
    }
    kinds
}

fn read_keep(root: &Reader<'_>) -> Keep {
    let table = root.table("keep");
    let runs = table.flag("runs", false);
    let curves = table.list_of_text("curves", &[]);
    let daily = Standard::daily_measures();
    for (place, name) in curves.iter().enumerate() {
        if !daily.iter().any(|measure| measure.name == name) {
            let near = nearest(name, daily.iter().map(|measure| measure.name));
            let hint = near.map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
            table.refuse_element(
                "curves",
                place,
                quoted(name),
                &format!("a daily measure, such as \"customers\"{hint}"),
            );
        }
    }
    let logs = table.list_of_whole("logs", &[], 0..=9_999_999).into_iter().map(|run| run as u32);
    let mut logs: Vec<u32> = logs.collect();
    logs.sort_unstable();
    logs.dedup();
    Keep { runs, curves, logs }
}

fn read_budget(root: &Reader<'_>) -> Budget {
    let table = root.table("budget");
    let cells = table.whole("cells", CELLS, 1..=CELLS_MAX as u64) as usize;
    let time = table.optional_duration("time");
    let disk = table.whole("disk_mib", DISK_MIB, 1..=1 << 40) << 20;
    Budget { cells, time, disk }
}
