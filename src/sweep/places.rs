//! Where a sweep file says what leads to a mistake of a cell, and the mistakes of all cells as what its reader has to mend.
//!
//! Cells differ in few things, so that one slip is found in many of them: mistakes that differ in the value alone are shown
//! a few times and counted.

use super::Sweep;
use super::factor::{Place, Values};
use crate::scenario::mistake::{Mistake, Mistakes};
use crate::scenario::reader::Stand;
use crate::scenario::values::visible;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many values that are wrong in the same way are shown.
const ALIKE_MAX: usize = 3;

/// The sweep file.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub file: String,
    pub text: String,
    pub of_factors: Vec<OfFactor>,
    /// The design, or the first factor: where a mistake is shown that no factor names.
    pub elsewhere: Option<Range<usize>>,
}

/// The places of a factor.
#[derive(Debug, Clone, Default)]
pub(super) struct OfFactor {
    /// The keys that it moves, dotted, and where each is named; those of named levels are in `in_levels`.
    pub keys: Vec<(String, Range<usize>)>,
    /// Where each level stands; of a law, the least and the greatest number.
    pub levels: Vec<Range<usize>>,
    /// The keys in each named level.
    pub in_levels: Vec<Vec<Stand>>,
    /// The text around its numbers.
    pub write: Option<Range<usize>>,
}

/// Cells whose mistakes differ in the value alone.
#[derive(Default)]
struct Alike {
    /// The first ones with what differs in them.
    shown: Vec<(usize, Mistake)>,
    cells: usize,
}

/// What is wrong with cells, in the sweep file; nothing if nothing is.
pub(super) fn mistakes(sweep: &Sweep, found: Vec<(usize, Vec<Mistake>)>) -> Option<Mistakes> {
    let mut groups: BTreeMap<(String, String), Alike> = BTreeMap::new();
    for (cell, mistakes) in found {
        for mistake in mistakes {
            let group = groups.entry((mistake.key.clone(), mistake.allowed.clone())).or_default();
            group.cells += 1;
            let is_new = group.shown.iter().all(|(_, other)| other.found != mistake.found);
            if is_new && group.shown.len() < ALIKE_MAX {
                group.shown.push((cell, mistake));
            }
        }
    }
    let all = sweep.plan.cells.len();
    let mut list = vec![];
    for group in groups.into_values() {
        let (others, everywhere) = (group.cells - group.shown.len(), group.cells == all);
        let last = group.shown.len() - 1;
        for (at, (cell, mistake)) in group.shown.into_iter().enumerate() {
            let others = if at == last { others } else { 0 };
            list.push(shown(sweep, cell, mistake, others, everywhere));
        }
    }
    let places = &sweep.places;
    (!list.is_empty()).then(|| Mistakes::new(&places.file, &places.text, list))
}

/// A mistake of a cell where the sweep file says what leads to it.
fn shown(sweep: &Sweep, cell: usize, mistake: Mistake, others: usize, everywhere: bool) -> Mistake {
    let places = &sweep.places;
    let at = |factor: usize| (sweep.plan.cells[cell][factor], middle(&sweep.plan.factors[factor].values));
    let of_factor = |factor: usize| {
        let (at, middle) = at(factor);
        places.of_factors[factor].place_of(&mistake, at, middle, everywhere)
    };
    // What only one factor differs in is due to it, whatever it is about.
    let only = || match &places.of_factors[..] {
        [only] => only.place_of_value(at(0).0, at(0).1),
        _ => None,
    };
    let found = (0..places.of_factors.len()).find_map(of_factor);
    let span = found.or_else(only).or_else(|| places.elsewhere.clone());
    let also = match others {
        0 => String::new(),
        1 => ", and 1 other cell".to_owned(),
        many => format!(", and {many} other cells"),
    };
    let which = format!("in cell {}{also}: {}", cell + 1, visible(&sweep.plan.label(cell), 200));
    let hint = mistake.hint.map_or(which.clone(), |hint| format!("{hint} ({which})"));
    Mistake { span, hint: Some(hint), ..mistake }
}

/// The number of a law between its lesser and its greater half.
fn middle(values: &Values) -> Option<f64> {
    match values {
        Values::Law { law, .. } => Some(law.quantile(0.5)),
        Values::Levels(_) => None,
    }
}

impl OfFactor {
    /// Where a mistake is due to this factor, if it is, in a cell that takes what is in this place of it.
    fn place_of(&self, mistake: &Mistake, at: Place, middle: Option<f64>, everywhere: bool) -> Option<Range<usize>> {
        if let (Place::Level(level), false) = (at, self.in_levels.is_empty()) {
            let stands = self.in_levels.get(level as usize)?;
            // The nearest key: that of the value before that of a table around it.
            let about = stands.iter().filter(|stand| is_about(mistake, &stand.key));
            let stand = about.max_by_key(|stand| (mistake.key.starts_with(&stand.key), stand.key.len()))?;
            return Some(if mistake.is_unknown_key() { stand.name.clone() } else { stand.value.clone() });
        }
        let (_, named) = self.keys.iter().find(|(key, _)| is_about(mistake, key))?;
        if mistake.is_unknown_key() {
            return Some(named.clone());
        }
        if let Some(write) = self.write.as_ref().filter(|_| everywhere) {
            return Some(write.clone());
        }
        self.place_of_value(at, middle)
    }

    /// Where the value in a place stands.
    fn place_of_value(&self, at: Place, middle: Option<f64>) -> Option<Range<usize>> {
        let half = |number: f64| usize::from(middle.is_some_and(|middle| number > middle));
        match at {
            Place::Level(level) => self.levels.get(level as usize).cloned(),
            Place::Number(number) => self.levels.get(half(number)).cloned(),
        }
    }
}

/// Whether a mistake is about a key, something in it, or a table around it.
fn is_about(mistake: &Mistake, key: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    !mistake.key.is_empty() && (within(&mistake.key, key) || within(key, &mistake.key))
}
