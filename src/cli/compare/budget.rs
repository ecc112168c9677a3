//! Programmes at the same spend: each gets the same budget, and ends when its rewards have cost so much.

use super::contest::Contest;
use super::entries::Entry;
use super::refusal::Refusal;
use super::watch::Watch;
use crate::draw::clean;
use crate::experiment::Estimate;
use crate::scenario::ScenarioError;
use crate::scenario::money::Money;
use crate::scenario::record::Source;

/// What asks for the budget that the cheapest programme needs.
const LEAST: &str = "least";

/// Runs from which that is learnt.
const RUNS: u32 = 200;

/// The scenarios with the same budget for all programmes, and that budget.
pub(super) fn equal(entries: Vec<Entry>, asked: &str, watch: &dyn Watch) -> Result<(Vec<Entry>, String), Refusal> {
    let refuse = |why: String| Refusal::Option("equal_budget", why);
    if !entries.iter().any(|entry| entry.scenario.has_programme()) {
        return Err(refuse(": none of the scenarios has a programme".to_owned()));
    }
    let budget = if asked == LEAST { least(&entries, watch)? } else { asked.to_owned() };
    let with_budget = |entry: Entry| {
        if !entry.scenario.has_programme() {
            return Ok(entry);
        }
        // Quoted as TOML quotes what comes from a command line.
        let value = format!("{:?}", clean(&budget));
        let mut scenario = entry.scenario.moved("policy.budget", &value).map_err(|error| match error {
            ScenarioError::Mistakes(mistakes) => {
                let said: Vec<String> =
                    mistakes.list().iter().map(|it| format!("found {}; allowed: {}", it.found, it.allowed)).collect();
                refuse(format!(" {}: {}", clean(asked), said.join("; ")))
            }
            other => Refusal::Scenario(other),
        })?;
        let given = scenario.settings.iter_mut().filter(|setting| setting.key == "policy.budget");
        given.for_each(|setting| setting.source = Source::CommandLine);
        Ok(Entry { scenario, ..entry })
    };
    let entries = entries.into_iter().map(with_budget).collect::<Result<Vec<_>, Refusal>>()?;
    Ok((entries, budget))
}

/// What the rewards of the cheapest programme cost on average.
fn least(entries: &[Entry], watch: &dyn Watch) -> Result<String, Refusal> {
    let scenarios = entries.iter().map(|entry| &entry.scenario).filter(|scenario| scenario.has_programme());
    let currency = entries[0].scenario.currency;
    let costs = scenarios.map(|scenario| {
        let runs = scenario.runs.min(RUNS);
        let outcome = Contest::play_alone(scenario, runs, watch)?;
        // A budget is charged with what a reward costs if it is redeemed, whether it is or not.
        let total = |name| Estimate::of(&outcome.totals(name).unwrap_or_default()).mean;
        Ok::<f64, Refusal>(total("reward_cost") + total("reward_breakage"))
    });
    let least = costs.collect::<Result<Vec<_>, _>>()?.into_iter().fold(f64::INFINITY, f64::min);
    // A budget of nothing is none at all.
    let amount = crate::units::Cents((least.round() as i64).max(1));
    Ok(Money { amount, currency }.to_string())
}
