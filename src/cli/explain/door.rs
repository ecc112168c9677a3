//! How a program has a sale explained of a scenario that it has in memory: the run is played for it.

use super::super::background::{Background, Unkept};
use super::super::timeline::has_person;
use super::{Explanation, Shown, Which, explain};
use crate::archive::Story;
use crate::scenario::Scenario;
use crate::units::RunId;

/// Why a sale of a run came about, and what it brought. Who is meant is said by her number or, in a market from an edge list, her
/// name.
///
/// # Errors
/// There is no such sale or person, in a sentence.
pub fn of_scenario(scenario: &Scenario, run: u32, which: Which<&str>, below: Shown) -> Result<Explanation, String> {
    let background = Unkept::of(scenario);
    let which = which.in_market(&background)?;
    let (story, people) = Story::about(background.world(), RunId(run), which.person());
    has_person(run, people, which.person())?;
    explain(&background, (&story, run, false), which, below)
}
