//! From the words of an oracle to a scenario and to a figure of its outcome.
//!
//! A case has a `model` (which people, whom they tell, how often a word converts) and checks, each with a `quantity` in
//! words. What is not known here is not guessed at: the case, or the check, is skipped with the reason.

use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

/// Keys of a `model` that are understood. A case that has no other must be played.
pub const MODEL_KEYS: [&str; 17] = [
    "audience",
    "n",
    "graph",
    "seeds",
    "seeds_ids",
    "tells",
    "tells_positive",
    "tells_negative",
    "advocacy",
    "conversion",
    "delay",
    "experience",
    "seed_experience",
    "negative_block_probability",
    "negative_damping",
    "large_outbreak",
    // Said for the reader; it follows from the others.
    "mean_offspring_R",
];

/// Adopters at which a run that has no market to use up counts as taken off, where the case does not say.
const TAKEN_OFF: u32 = 5_000;

/// How long all that is under way needs, where there are delays and no day is asked for [days].
const LONG: &str = "300";

/// A case as a scenario with three blanks: seed, horizon, limit of customers.
#[derive(Debug)]
pub struct Model {
    body: String,
    people: Option<f64>,
    /// The share of the people above which an outbreak is large.
    large: Option<f64>,
    delayed: bool,
    fresh: bool,
    /// Whether other seeds grow other graphs.
    pub grown: bool,
}

/// How a quantity is computed from the rows of runs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The share of runs for which it holds.
    Chance(When),
    /// The mean of a column over those runs; as a share of the people, if so.
    Mean { column: &'static str, share: bool, when: When },
    /// The ratio of the means of two columns.
    Ratio(&'static str, &'static str),
}

/// Which runs.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    Always,
    Equal(&'static str, i64),
    AtLeast(&'static str, i64),
    /// It died out before it took off.
    Extinct,
    /// It reached more than the stated share.
    Large,
}

/// A quantity that is understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    pub what: What,
    /// By which day, if it says so, as it was written [days].
    pub day: Option<String>,
    /// The number of adopters that counts as taken off, if it says so.
    pub taken_off: Option<u32>,
}

/// What has to be played for a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub horizon: String,
    pub stop_at: Option<u32>,
}

impl Model {
    /// Understands a model, or says what it does not understand. Edge lists are written into `folder`.
    pub fn read(model: &Value, folder: &Path) -> Result<Model, String> {
        let table = model.as_object().ok_or("the model is no object")?;
        if let Some(key) = table.keys().find(|key| !MODEL_KEYS.contains(&key.as_str())) {
            return Err(format!("`{key}`"));
        }
        let word = |key: &str| model.get(key).map(|value| value.as_str().ok_or(format!("`{key}` = {value}")));
        let audience = word("audience").transpose()?.unwrap_or("neighbours");
        let fresh = match audience {
            "fresh" => true,
            "neighbours" | "population" => false,
            other => return Err(format!("audience {other:?}")),
        };
        let mut body = String::new();
        let mut grown = false;
        let mut people = model.get("n").and_then(Value::as_f64);
        let conversion = match model.get("conversion") {
            Some(value) if value == "per arc" => None,
            Some(value) => Some(value.as_f64().ok_or(format!("conversion {value}"))?),
            None => return Err("no conversion".to_owned()),
        };
        match (model.get("graph"), audience) {
            (Some(graph), "neighbours") => {
                let (text, size, random) = graph_table(graph, conversion.is_none(), folder)?;
                body.push_str(&text);
                people = Some(size);
                grown = random;
            }
            (None, "population") => {
                let n = people.ok_or("a population of unknown size")?;
                let _ = writeln!(body, "[graph.complete]\npeople = {n}");
            }
            (None, "fresh") => {}
            _ => return Err("graph and audience do not go together".to_owned()),
        }
        body.push_str("[seeds]\n");
        match (model.get("seeds"), model.get("seeds_ids")) {
            (Some(count), None) => {
                let count = count.as_u64().filter(|&count| count > 0).ok_or(format!("{count} seeds"))?;
                let _ = writeln!(body, "count = {count}");
            }
            (None, Some(ids)) => {
                let _ = writeln!(body, "ids = {ids}");
            }
            _ => return Err("neither seeds nor seeds_ids".to_owned()),
        }
        body.push_str(&experience_table(model)?);
        let advocacy = model.get("advocacy").map_or(Some(1.0), Value::as_f64).ok_or("advocacy is no number")?;
        let good = match (word("tells").transpose()?, word("tells_positive").transpose()?) {
            (Some(law), None) | (None, Some(law)) => law_notation(law)?,
            _ => return Err("neither tells nor tells_positive".to_owned()),
        };
        let bad = word("tells_negative").transpose()?.map_or(Ok("fixed(0)".to_owned()), law_notation)?;
        let delay = word("delay").transpose()?.map(law_notation).transpose()?;
        let delayed = delay.is_some();
        let delay = delay.unwrap_or_else(|| "0 days".to_owned());
        let _ = writeln!(
            body,
            "[telling]\naudience = \"{audience}\"\nadvocacy = {advocacy:?}\npositive = \"{good}\"\nnegative = \"{bad}\"\n\
             delay = \"{delay}\""
        );
        let number = |key: &str, default| model.get(key).map_or(Some(default), Value::as_f64).ok_or(key.to_owned());
        let (persuasion, blocking) = (conversion.unwrap_or(1.0), number("negative_block_probability", 0.0)?);
        // Each bad word multiplies by the factor; the scenario has what it takes away.
        let damping = 1.0 - number("negative_damping", 1.0)?;
        let _ = writeln!(
            body,
            "[conversion]\npersuasion = {persuasion:?}\ninvitation = {persuasion:?}\ndamping = {damping:?}\n\
             blocking = {blocking:?}\ndecision_delay = \"0 days\""
        );
        let large = word("large_outbreak").transpose()?.map(large_share).transpose()?;
        Ok(Model { body, people, large, delayed, fresh, grown })
    }

    /// The scenario.
    pub fn scenario(&self, plan: &Plan, seed: u64, runs: u32) -> String {
        let stop = plan.stop_at.map_or_else(String::new, |limit| format!("stop_at_customers = {limit}\n"));
        format!("seed = {seed}\nruns = {runs}\nhorizon = \"{} days\"\n{stop}{}", plan.horizon, self.body)
    }

    /// What has to be played for a quantity; `all` are those of the same case.
    ///
    /// Runs are stopped as soon as no later event can change the answer; a few quantities then share their runs.
    pub fn plan(&self, quantity: &Quantity, all: &[Quantity]) -> Plan {
        let taken_off = all.iter().find_map(|other| other.taken_off).unwrap_or(TAKEN_OFF);
        let equal = |other: &Quantity| match other.what {
            What::Chance(When::Equal("customers", total)) => Some(total as u32 + 1),
            _ => None,
        };
        let stop_at = match quantity.what {
            What::Chance(When::Equal("customers", _)) => all.iter().filter_map(equal).max(),
            What::Chance(When::Extinct) | What::Mean { when: When::Extinct, .. } => Some(taken_off),
            What::Chance(When::AtLeast(..)) if self.fresh => Some(taken_off),
            What::Chance(When::Large) => self.large_limit().map(|limit| limit as u32 + 1),
            _ => None,
        };
        let end = if self.delayed { LONG } else { "0" };
        Plan { horizon: quantity.day.clone().unwrap_or_else(|| end.to_owned()), stop_at }
    }

    fn large_limit(&self) -> Option<f64> {
        Some((self.people? * self.large?).floor())
    }

    /// What the quantity needs to know and the model does not say.
    pub fn lacks(&self, quantity: &Quantity) -> Option<&'static str> {
        let large = |when: &When| *when == When::Large && self.large_limit().is_none();
        match &quantity.what {
            What::Chance(when) | What::Mean { when, .. } if large(when) => Some("what a large outbreak is"),
            What::Mean { share: true, .. } if self.people.is_none() => Some("how many people there are"),
            _ => None,
        }
    }

    /// The quantity of every run that counts for it; `column` gives a column of the table of runs.
    pub fn values(&self, what: &What, column: &dyn Fn(&str) -> Vec<f64>) -> Vec<f64> {
        let holds = |when: &When| -> Vec<bool> {
            match when {
                When::Always => column("customers").iter().map(|_| true).collect(),
                When::Equal(name, value) => column(name).iter().map(|found| *found == *value as f64).collect(),
                When::AtLeast(name, value) => column(name).iter().map(|found| *found >= *value as f64).collect(),
                When::Extinct => column("stopped").iter().map(|stopped| *stopped == 0.0).collect(),
                When::Large => {
                    let limit = self.large_limit().unwrap_or(f64::INFINITY);
                    column("customers").iter().map(|found| *found > limit).collect()
                }
            }
        };
        match what {
            What::Chance(when) => holds(when).iter().map(|&holds| f64::from(u8::from(holds))).collect(),
            What::Mean { column: name, share, when } => {
                let scale = if *share { self.people.unwrap_or(f64::NAN) } else { 1.0 };
                let values = column(name).into_iter().zip(holds(when));
                values.filter(|(_, holds)| *holds).map(|(value, _)| value / scale).collect()
            }
            What::Ratio(above, below) => {
                let sum = |name| column(name).iter().sum::<f64>();
                vec![sum(above) / sum(below)]
            }
        }
    }
}

impl Quantity {
    /// Understands a quantity, or says nothing. Of "a = b" either side will do; what is in brackets after a phrase, or
    /// after a comma, is said for the reader.
    pub fn read(text: &str) -> Option<Quantity> {
        if let Some((left, right)) = text.split_once(" = ") {
            return Quantity::read(left).or_else(|| Quantity::read(right));
        }
        let (text, taken_off) = match text.split_once(" - stop a run as \"took off\" at ") {
            Some((text, limit)) => {
                let digits: String = limit.strip_suffix(" adopters")?.chars().filter(|c| *c != ',').collect();
                (text, Some(digits.parse().ok()?))
            }
            None => (text, None),
        };
        let made = |what| Some(Quantity { what, day: None, taken_off });
        if let Some(inside) = text.strip_prefix("P(") {
            let (inside, rest) = inside.split_once(')')?;
            if !rest.is_empty() && !rest.starts_with(" from one random seed") {
                return None;
            }
            return made(What::Chance(condition(inside)?));
        }
        let text = text.split(" (").next()?.split(", ").next()?;
        let (text, when) = match text.split_once(" given ") {
            Some((text, condition_text)) => (text, condition(condition_text)?),
            None => (text, When::Always),
        };
        let (text, day) = match text.split_once(" by day ").or_else(|| text.split_once(" at day ")) {
            Some((text, day)) => (text, Some(day.to_owned())),
            None => (text, None),
        };
        let (column, share) = match text {
            "ratio of means negative/positive" => return made(What::Ratio("words_bad", "words_good")),
            "mean total adopters"
            | "mean adopters"
            | "expected adopters"
            | "adopters"
            | "mean customers"
            | "expected customers" => ("customers", false),
            "mean adopted fraction" | "final adopted fraction" => ("customers", true),
            "mean depth" => ("cascade_depth", false),
            "mean number of positive words told" | "mean positive words told" => ("words_good", false),
            "mean number of negative words told" | "mean negative words told" => ("words_bad", false),
            _ => return None,
        };
        Some(Quantity { what: What::Mean { column, share, when }, day, taken_off })
    }
}

/// "total=3", "depth>=2", "extinction", "large outbreak".
fn condition(text: &str) -> Option<When> {
    let column = |name: &str| match name {
        "total" | "size" => Some("customers"),
        "depth" => Some("cascade_depth"),
        _ => None,
    };
    if let Some((name, number)) = text.split_once(">=") {
        return Some(When::AtLeast(column(name)?, number.trim().parse().ok()?));
    }
    if let Some((name, number)) = text.split_once('=') {
        return Some(When::Equal(column(name)?, number.trim().parse().ok()?));
    }
    match text {
        "extinction" => Some(When::Extinct),
        "large outbreak" => Some(When::Large),
        _ => None,
    }
}

/// "adopted > 5% of N".
fn large_share(text: &str) -> Result<f64, String> {
    let percent = text.strip_prefix("adopted > ").and_then(|rest| rest.strip_suffix("% of N"));
    let percent: Option<f64> = percent.and_then(|percent| percent.trim().parse().ok());
    percent.map(|percent| percent / 100.0).ok_or(format!("large_outbreak {text:?}"))
}

/// "NegBin(mean 12, dispersion 0.5)" or "Exponential(mean 5 d)" in the notation of scenarios.
fn law_notation(text: &str) -> Result<String, String> {
    let unknown = || format!("the law {text:?}");
    let law = text.strip_suffix(" for every tell, same law for both signs").unwrap_or(text);
    let (name, inside) = match law.split_once('(') {
        Some((name, rest)) => (name, rest.strip_suffix(')').ok_or_else(unknown)?),
        None => (law, ""),
    };
    let name = match name.to_lowercase().replace(['_', '-'], "").as_str() {
        "fixed" => "fixed",
        "poisson" => "poisson",
        "negbin" | "negativebinomial" => "negative_binomial",
        "geometric" => "geometric",
        "allneighbours" => return Ok("all_neighbours".to_owned()),
        "exponential" => "exponential",
        "gamma" => "gamma",
        "lognormal" => "log_normal",
        "uniform" => "uniform",
        _ => return Err(unknown()),
    };
    let arguments = inside.split(',').map(|argument| {
        let argument = argument.trim().replace('=', " ");
        match argument.strip_suffix(" d") {
            Some(number) => format!("{number} days"),
            None => argument,
        }
    });
    Ok(format!("{name}({})", arguments.collect::<Vec<_>>().join(", ")))
}

/// Everybody is satisfied, unless the model says otherwise.
fn experience_table(model: &Value) -> Result<String, String> {
    if let Some(said) = model.get("seed_experience").filter(|said| *said != "drawn like everyone else") {
        return Err(format!("seed_experience {said}"));
    }
    let Some(experience) = model.get("experience") else {
        return Ok("[experience]\nsatisfied = 1.0\nunhappy = 0.0\n".to_owned());
    };
    let table = experience.as_object().ok_or("experience is no object")?;
    if let Some(key) = table.keys().find(|key| !["satisfied", "unhappy", "neutral"].contains(&key.as_str())) {
        return Err(format!("`experience.{key}`"));
    }
    let share = |key: &str| table.get(key).map_or(Some(0.0), Value::as_f64).ok_or(format!("`experience.{key}`"));
    Ok(format!("[experience]\nsatisfied = {:?}\nunhappy = {:?}\n", share("satisfied")?, share("unhappy")?))
}

/// The `[graph]` table, how many people it has, and whether it is grown at random.
fn graph_table(graph: &Value, per_arc: bool, folder: &Path) -> Result<(String, f64, bool), String> {
    let table = graph.as_object().ok_or("the graph is no object")?;
    let kind = graph["type"].as_str().unwrap_or_default();
    let known: &[&str] = match kind {
        "erdos_renyi" => &["n", "mean_degree"],
        "random_regular" => &["n", "d"],
        "circle" | "complete" => &["n"],
        "edge_list" => &["n", "name", "edges"],
        "directed_edge_list" => &["n", "name", "arcs"],
        _ => return Err(format!("graph {kind:?}")),
    };
    if let Some(key) = table.keys().find(|key| *key != "type" && !known.contains(&key.as_str())) {
        return Err(format!("`graph.{key}`"));
    }
    if per_arc != (kind == "directed_edge_list") {
        return Err(format!("graph {kind:?} with that conversion"));
    }
    let number = |key: &str| table.get(key).and_then(Value::as_f64).ok_or(format!("`graph.{key}`"));
    let lines = match kind {
        "edge_list" | "directed_edge_list" => {
            let key = if kind == "edge_list" { "edges" } else { "arcs" };
            let lines = table.get(key).and_then(Value::as_array).ok_or(format!("`graph.{key}`"))?;
            let line = |line: &Value| {
                let fields: Vec<String> = line.as_array().into_iter().flatten().map(Value::to_string).collect();
                fields.join(" ") + "\n"
            };
            std::fs::write(folder.join("ties.txt"), lines.iter().map(line).collect::<String>()).expect("written");
            let ids = lines.iter().flat_map(|line| [line[0].as_u64(), line[1].as_u64()]);
            let ids: std::collections::BTreeSet<_> = ids.collect();
            return Ok((
                format!(
                    "[graph.edge_list]\nfile = \"ties.txt\"\nheader = \"none\"\n{}",
                    if per_arc { "ties = \"directed\"\nweights = \"strength\"\n" } else { "" }
                ),
                // People without a tie are not in the list; they can never be reached, but they count as people.
                number("n").unwrap_or(ids.len() as f64),
                false,
            ));
        }
        // The references are for the mean degree as it came out, so the number of ties is settled.
        "erdos_renyi" => format!("ties = {}\n", (number("n")? * number("mean_degree")? / 2.0).round()),
        "random_regular" => format!("degree = {}\n", number("d")?),
        "circle" => "ties_per_person = 2\nrewiring = 0\n".to_owned(),
        _ => String::new(),
    };
    let name = if kind == "circle" { "watts_strogatz" } else { kind };
    let people = number("n")?;
    Ok((
        format!("[graph.{name}]\npeople = {people}\n{lines}"),
        people,
        ["erdos_renyi", "random_regular"].contains(&kind),
    ))
}
