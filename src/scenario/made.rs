//! What is made once for a scenario that is read again and again with other values: tables of delays, and graphs from files.
//!
//! A cell of a sweep costs what its values change. Each of these is a pure function of what it is looked up by (of a file, of its path:
//! whoever reads a scenario anew reads its files once), so it makes no difference to any number whether it was there already.

use super::recorded::Recorded;
use crate::alias::AliasTable;
use crate::graph::arc_list::ArcListForm;
use crate::laws::DelayLaw;
use crate::units::Tick;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Tables that are kept: a scenario has a few laws of delays.
const DELAYS: usize = 16;

/// Graphs that are kept: as many as a factor of networks is likely to have.
const GRAPHS: usize = 8;

/// What was made so far, shared by all that was read from one scenario.
#[derive(Debug, Clone, Default)]
pub(super) struct Made(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    delays: Vec<((DelayLaw, Tick), AliasTable)>,
    graphs: Vec<(Named, Recorded)>,
}

/// A file, and how an edge list is to be read.
pub(super) type Named = (PathBuf, Option<ArcListForm>);

impl Made {
    /// [`DelayLaw::table`].
    pub fn delays(&self, law: DelayLaw, horizon: Tick) -> AliasTable {
        if let Some(known) = look_up(&mut self.kept().delays, &(law, horizon)) {
            return known;
        }
        // Without the lock: it takes long. Two that make the same make the same.
        let table = law.table(horizon);
        keep(&mut self.kept().delays, DELAYS, (law, horizon), table.clone());
        table
    }

    /// A graph that was read from a file before.
    pub fn graph(&self, file: &Named) -> Option<Recorded> {
        look_up(&mut self.kept().graphs, file)
    }

    /// Remembers a graph that was read.
    pub fn keep_graph(&self, file: Named, graph: Recorded) {
        keep(&mut self.kept().graphs, GRAPHS, file, graph);
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The latest used comes last.
fn look_up<K: PartialEq, V: Clone>(kept: &mut Vec<(K, V)>, key: &K) -> Option<V> {
    let place = kept.iter().position(|(known, _)| known == key)?;
    let found = kept.remove(place);
    let value = found.1.clone();
    kept.push(found);
    Some(value)
}

fn keep<K: PartialEq, V>(kept: &mut Vec<(K, V)>, most: usize, key: K, value: V) {
    kept.retain(|(known, _)| *known != key);
    kept.push((key, value));
    if kept.len() > most {
        kept.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_was_made_before_is_the_one_that_would_be_made() {
        let made = Made::default();
        let horizon = Tick(30 * Tick::PER_DAY);
        for _ in 0..2 {
            for days in 1..=DELAYS as u32 + 3 {
                let law = DelayLaw::Exponential { mean: Tick(days * Tick::PER_DAY) };
                assert_eq!(made.delays(law, horizon), law.table(horizon));
                assert_eq!(made.delays(law, horizon), law.table(horizon));
            }
        }
        assert_eq!(made.kept().delays.len(), DELAYS);
    }
}
