//! Growing the graph of a scenario for itself, to be kept.

use super::Scenario;
use super::market::{Ground, Market};
use crate::dice::Dice;
use crate::graph::SocialGraph;
use crate::graph::kept::Origin;
use std::sync::Arc;

/// A graph that was grown to be kept.
#[derive(Debug)]
pub struct Grown {
    /// The graph that every run of the scenario would be played on.
    pub graph: Arc<SocialGraph>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Why a scenario has no graph for all its runs; the user's to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoGraph {
    /// Everybody can tell everybody, or strangers.
    #[error("this scenario has no graph: everybody can be told")]
    Absent,
    /// Each run has its own.
    #[error("each run grows a graph of its own (graph.redraw = \"each run\"): there is no one graph for all")]
    EachRun,
}

impl Scenario {
    /// Grows the graph that all runs share. Takes as long as [`Scenario::into_experiment`] does.
    ///
    /// # Errors
    /// There is no such graph.
    pub fn into_graph(self) -> Result<Grown, NoGraph> {
        let origin = self.origin();
        let Market { ground, each_run, .. } = self.market;
        let graph = match ground {
            Ground::Model(_) if each_run => return Err(NoGraph::EachRun),
            Ground::Model(model) => Arc::new(model.grow(Dice::new(self.seed))),
            Ground::Recorded(graph) => graph,
            Ground::Population(_) | Ground::Fresh | Ground::Unread => return Err(NoGraph::Absent),
        };
        Ok(Grown { graph, origin })
    }

    /// Whether its graph is one that was kept.
    pub fn names_kept_graph(&self) -> bool {
        self.settings.iter().any(|setting| setting.key == "graph.kept.file")
    }

    /// What grows its graph, in words, and the seed where luck plays a part.
    fn origin(&self) -> Origin {
        let within = self.settings.iter().filter_map(|setting| {
            let (model, key) = setting.key.strip_prefix("graph.")?.split_once('.')?;
            // Where a list lay says nothing of what was in it.
            (key != "file").then(|| (model, format!("{key} = {}", setting.value)))
        });
        let (models, keys): (Vec<&str>, Vec<String>) = within.unzip();
        let seed = match &self.market.ground {
            Ground::Model(model) if !model.is_fixed() => Some(self.seed.0),
            _ => None,
        };
        Origin { model: models.first().map(|model| format!("{model}: {}", keys.join(", "))), seed }
    }
}
