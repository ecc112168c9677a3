//! A scenario as `check` sees it, for programs.

use super::brings::{Verdict, known};
use super::needs::Needs;
use super::pilot::{Brought, Pilot};
use super::summary;
use crate::experiment::Ratio;
use crate::language::Language;
use crate::scenario::mistake::Mistakes;
use crate::scenario::presets::{best_mark, citations};
use crate::scenario::record::{Setting, Source};
use crate::scenario::{Change, Scenario};
use serde_json::{Value, json};

/// The scenario of a file, and its variants after it.
pub(super) fn of(scenarios: &[Scenario], pilot: &Result<Pilot, String>, warnings: Option<&Mistakes>) -> Value {
    let scenario = &scenarios[0];
    let needs = Needs::of(scenario, pilot.as_ref().ok());
    json!({
        "name": scenario.name,
        "people": scenario.people(),
        "first_customers": scenario.first_customers(),
        "horizon_days": scenario.horizon().days(),
        "runs": scenario.runs,
        "seed": scenario.seed.0,
        "scenario_sha256": scenario.digest(),
        "programme": scenario.programme(Language::English),
        "needs": {
            "threads": needs.threads,
            "memory_bytes": needs.memory,
            "memory_free_bytes": needs.memory_free,
            "seconds_of_playing": needs.time.map(|time| time.as_secs_f64()),
            "disk_bytes": needs.disk,
        },
        "reproduction": pilot.as_ref().ok().map(reproduction),
        "left_out": pilot.as_ref().err(),
        "settings": scenario.settings.iter().map(setting).collect::<Vec<_>>(),
        "variants": scenarios[1..].iter().map(|it| variant(scenario, it)).collect::<Vec<_>>(),
        "warnings": warnings.map_or(vec![], told),
    })
}

fn reproduction(pilot: &Pilot) -> Value {
    json!({
        "runs": pilot.runs,
        "verdict": Verdict::of(&pilot.with).map(Verdict::name),
        "with_everything": brought(&pilot.with),
        "without_programme": pilot.without.as_ref().map(brought),
    })
}

fn brought(brought: &Brought) -> Value {
    let ratio = |ratio: Ratio| known(ratio).map(|(value, interval)| json!({ "mean": value, "interval": interval }));
    let customers = brought.customers;
    json!({
        "each_first_customer": ratio(brought.first),
        "each_of_those": brought.next.and_then(ratio),
        "first_customers": brought.began,
        "customers": { "mean": customers.mean, "interval": customers.interval },
        "stopped_runs": brought.stopped,
    })
}

fn setting(setting: &Setting) -> Value {
    let (from, preset) = match setting.source {
        Source::CommandLine => ("command line", None),
        Source::File => ("file", None),
        Source::Preset(name) => ("preset", Some(name)),
        Source::Default => ("default", None),
    };
    let warning = best_mark(&citations(setting)).and_then(|mark| mark.warning());
    json!({ "key": setting.key, "value": setting.value, "from": from, "preset": preset, "warning": warning })
}

fn variant(base: &Scenario, variant: &Scenario) -> Value {
    let change = |it: Change| json!({ "key": it.key, "before": it.before, "after": it.after });
    json!({
        "name": variant.name,
        "programme": variant.programme(Language::English),
        "changes": summary::changes(base, variant).into_iter().map(change).collect::<Vec<_>>(),
    })
}

fn told(warnings: &Mistakes) -> Vec<Value> {
    let warning = |it| {
        let (line, column) = warnings.position(it).unzip();
        json!({ "line": line, "column": column, "key": it.key, "found": it.found, "why": it.allowed, "hint": it.hint })
    };
    warnings.list().iter().map(warning).collect()
}
