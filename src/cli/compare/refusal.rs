//! Why scenarios are not compared, for whoever asked: the command says it with its flags, Python with its arguments.

use super::super::Failure;
use crate::scenario::ScenarioError;

/// Why nothing came of a comparison.
#[derive(Debug)]
pub enum Refusal {
    /// The scenarios are of several markets: what differs, a line each.
    Markets(Vec<String>),
    /// One of them cannot be played so.
    Scenario(ScenarioError),
    /// What was asked for cannot be: the name of the option ("equal_budget"), and how the sentence goes on after it.
    Option(&'static str, String),
    /// What should not fail has failed: the whole message.
    Failed(String),
    /// Whoever looked on has stopped it.
    Stopped,
}

/// What is said after all that differs between markets.
pub const ONE_MARKET: &str =
    "Scenarios are compared in one market: on the same graph, for the same time, in the same money.";

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::Markets(differences) => {
                let lines = differences.iter().map(|line| format!("error: {line}\n")).collect::<String>();
                Failure::User(format!("{lines}{ONE_MARKET}"))
            }
            Refusal::Scenario(error) => error.into(),
            Refusal::Option(name, why) => Failure::User(format!("error: --{}{why}", name.replace('_', "-"))),
            Refusal::Failed(why) => Failure::World(why),
            Refusal::Stopped => Failure::Stopped("stopped".to_owned()),
        }
    }
}

/// Of what a comparison has only right data for: fonts that were read already, charts of its own numbers.
impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        match failure {
            Failure::User(why)
            | Failure::World(why)
            | Failure::Missed(why)
            | Failure::Partial(why)
            | Failure::Found(why)
            | Failure::Stopped(why) => Refusal::Failed(why),
        }
    }
}
