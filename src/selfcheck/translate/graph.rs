//! Who knows whom: from the `graph` of a case to the table of a scenario.

use super::{Refused, key_of, not_known};
use crate::scenario::values::visible;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A graph as a scenario says it.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphTable {
    /// The `[graph]` table.
    pub text: String,
    /// The edge list that it names, if it does.
    pub edges: Option<String>,
    /// How many people there are.
    pub people: u32,
    /// Friends of a person, on average.
    pub degree: f64,
    /// Whether other seeds grow other graphs.
    pub grown: bool,
    /// Whether each tie has a chance of its own.
    pub per_arc: bool,
}

/// What an edge list is called while it is read.
pub const EDGES: &str = "ties.txt";

/// The most people of a case, and the most ties.
pub const PEOPLE_MAX: u32 = 10_000_000;
const TIES_MAX: f64 = 1e8;

/// Reads a graph; `weak` is the strength of weak ties beside strong ones, for markets that have both.
pub fn read(graph: &Value, weak: Option<f64>) -> Result<GraphTable, Refused> {
    let table = graph.as_object().ok_or_else(|| Refused::wrong("`graph` is not an object"))?;
    let kind = table.get("type").and_then(Value::as_str).unwrap_or_default();
    let known: &[&str] = match kind {
        "erdos_renyi" => &["n", "mean_degree"],
        "random_regular" => &["n", "d"],
        "two_layer_random_regular" => &["n", "strong", "weak"],
        "circle" => &["n"],
        "edge_list" => &["n", "name", "edges"],
        "directed_edge_list" => &["n", "name", "arcs"],
        _ => return Err(not_known(format!("the graph \"{}\"", visible(kind, 40)))),
    };
    if let Some(key) = table.keys().find(|key| *key != "type" && !known.contains(&key.as_str())) {
        return Err(not_known(format!("`graph.{}`", visible(key, 40))));
    }
    if kind == "edge_list" || kind == "directed_edge_list" {
        return edge_list(table, kind == "directed_edge_list");
    }
    let people = people(table.get("n"), "graph.n")?;
    let number = |key: &str| key_of(table, key, 0.0..=f64::from(PEOPLE_MAX));
    let whole = |key: &str| match number(key)? {
        number if number.fract() == 0.0 => Ok(number),
        number => Err(Refused::wrong(format!("`graph.{key}` is {number}, not a whole number"))),
    };
    let n = f64::from(people);
    let (name, lines, degree) = match kind {
        // The references are for the mean degree as it came out, so the number of ties is settled.
        "erdos_renyi" => {
            let degree = number("mean_degree")?;
            ("erdos_renyi", format!("ties = {}\n", (n * degree / 2.0).round()), degree)
        }
        "random_regular" => ("random_regular", format!("degree = {}\n", whole("d")?), number("d")?),
        "two_layer_random_regular" => {
            let (strong, weak_ties) = (whole("strong")?, whole("weak")?);
            let strength = weak.map_or_else(String::new, |weak| format!("weak_strength = {weak:?}\n"));
            ("two_layer_regular", format!("strong = {strong}\nweak = {weak_ties}\n{strength}"), strong + weak_ties)
        }
        _ => ("circle", String::new(), 2.0),
    };
    if n * degree / 2.0 > TIES_MAX {
        return Err(Refused::wrong(format!(
            "a graph of {:.1e} ties, more than the {TIES_MAX:.0e} allowed",
            n * degree / 2.0
        )));
    }
    let text = format!("[graph.{name}]\npeople = {people}\n{lines}");
    Ok(GraphTable { text, edges: None, people, degree, grown: kind != "circle", per_arc: false })
}

/// How many people a number says there are.
pub fn people(found: Option<&Value>, key: &str) -> Result<u32, Refused> {
    let people = found.and_then(Value::as_u64).filter(|people| (1..=u64::from(PEOPLE_MAX)).contains(people));
    people
        .map(|people| people as u32)
        .ok_or_else(|| Refused::wrong(format!("`{key}` is not a number of 1 to {PEOPLE_MAX} people")))
}

/// Ties from a list: pairs of people, or arcs with a chance each.
fn edge_list(table: &Map<String, Value>, directed: bool) -> Result<GraphTable, Refused> {
    let key = if directed { "arcs" } else { "edges" };
    let rows = table.get(key).and_then(Value::as_array).filter(|rows| (1..=ROWS_MAX).contains(&rows.len()));
    let rows = rows.ok_or_else(|| Refused::wrong(format!("`graph.{key}` is not a list of 1 to {ROWS_MAX} ties")))?;
    let (mut ids, mut edges) = (BTreeSet::new(), String::new());
    for (place, row) in rows.iter().enumerate() {
        let fields = row.as_array().map_or(&[][..], Vec::as_slice);
        let id = |place: usize| fields.get(place).and_then(Value::as_u64).filter(|id| *id <= u64::from(PEOPLE_MAX));
        let chance = match (directed, fields.len()) {
            (false, 2) => Some(None),
            (true, 3) => fields[2].as_f64().filter(|chance| (0.0..=1.0).contains(chance)).map(Some),
            _ => None,
        };
        let (Some(from), Some(to), Some(chance)) = (id(0), id(1), chance) else {
            let form = if directed { "[from, to, chance]" } else { "[person, person]" };
            return Err(Refused::wrong(format!("`graph.{key}[{place}]` is not a tie {form}")));
        };
        ids.extend([from, to]);
        edges.push_str(&chance.map_or_else(|| format!("{from} {to}\n"), |chance| format!("{from} {to} {chance:?}\n")));
    }
    let form = if directed { "ties = \"directed\"\nweights = \"strength\"\n" } else { "" };
    let text = format!("[graph.edge_list]\nfile = \"{EDGES}\"\nheader = \"none\"\n{form}");
    // People without a tie are not in the list; they can never be reached, but they count as people.
    let people = if table.contains_key("n") { people(table.get("n"), "graph.n")? } else { ids.len() as u32 };
    let degree = 2.0 * rows.len() as f64 / ids.len() as f64;
    Ok(GraphTable { text, edges: Some(edges), people, degree, grown: false, per_arc: directed })
}

/// The longest edge list of a case \[ties\].
const ROWS_MAX: usize = 100_000;
