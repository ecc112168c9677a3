//! What is known of the runs that are told of, besides what happened in them: of a finished folder, or of a scenario that is
//! played for it.

use crate::archive::Archive;
use crate::engine::{Audience, World};
use crate::experiment::MoneyUnit;
use crate::graph::SocialGraph;
use crate::scenario::Scenario;

/// Whose runs are told of.
pub(super) trait Background {
    /// The scenario that was played; of a fork, the one from before it.
    fn scenario(&self) -> &Scenario;
    /// The scenario of after the fork.
    fn fork(&self) -> Option<&Scenario>;
    /// The world that was played, which may have to be grown first.
    fn world(&self) -> &World;
    /// How its money is written.
    fn money(&self) -> &MoneyUnit;
}

impl Background for Archive {
    fn scenario(&self) -> &Scenario {
        self.scenario()
    }

    fn fork(&self) -> Option<&Scenario> {
        self.fork()
    }

    fn world(&self) -> &World {
        &self.experiment().world
    }

    fn money(&self) -> &MoneyUnit {
        self.money()
    }
}

/// A scenario of which no run is kept.
pub(super) struct Unkept<'a> {
    scenario: &'a Scenario,
    world: World,
    money: MoneyUnit,
}

impl<'a> Unkept<'a> {
    /// Grows its world.
    pub fn of(scenario: &'a Scenario) -> Unkept<'a> {
        Unkept { scenario, world: scenario.clone().into_experiment().world, money: scenario.money() }
    }
}

impl Background for Unkept<'_> {
    fn scenario(&self) -> &Scenario {
        self.scenario
    }

    fn fork(&self) -> Option<&Scenario> {
        None
    }

    fn world(&self) -> &World {
        &self.world
    }

    fn money(&self) -> &MoneyUnit {
        &self.money
    }
}

/// The graph whose people have names, if there is one.
pub(super) fn names(of: &dyn Background) -> Option<&SocialGraph> {
    if !of.scenario().may_have_names() {
        // No market need be grown for that.
        return None;
    }
    match &of.world().audience {
        Audience::Neighbours(graph) => Some(graph),
        _ => None,
    }
}
