//! What is in a scenario, in a few lines, and what is otherwise in each of its variants.

use super::needs::Needs;
use super::pilot::Pilot;
use crate::draw;
use crate::language::Language;
use crate::report::words::count;
use crate::scenario::values::print_duration;
use crate::scenario::{Change, Scenario};

/// That there is nothing to be mended.
pub(super) fn head(scenario: &Scenario) -> String {
    format!("{}: no mistakes; nothing was written", draw::clean(&scenario.name))
}

/// Its size, what it will take, and its programme.
pub(super) fn of(scenario: &Scenario, pilot: &Result<Pilot, String>) -> String {
    let people = scenario.people().map_or("without end".to_owned(), |people| count(people.into()));
    let mut lines = vec![
        format!("\nPeople           {people}"),
        format!("First customers  {}", count(scenario.first_customers().into())),
        format!("Horizon          {}", print_duration(scenario.horizon())),
        format!("Runs             {}", count(scenario.runs.into())),
        format!("Purchases        {}", purchases(scenario)),
    ];
    lines.extend(Needs::of(scenario, pilot.as_ref().ok()).lines());
    lines.extend(programme(scenario));
    lines.join("\n")
}

/// How often customers buy, by which a programme stands or falls.
fn purchases(scenario: &Scenario) -> String {
    let setting =
        |key: &str| scenario.settings.iter().find(|setting| setting.key == key).map(|it| it.value.trim_matches('"'));
    match (setting("commerce.retention"), setting("commerce.period")) {
        (Some("0 %"), _) => "one by each customer: commerce.retention says how many come back".to_owned(),
        (Some(retention), Some(period)) => format!("{retention} of customers buy again {period} after a purchase"),
        _ => "by a rule of their own".to_owned(),
    }
}

/// The programme, a line for each rule, below one heading.
fn programme(scenario: &Scenario) -> Vec<String> {
    let rules = scenario.programme(Language::English);
    let rules = if rules.is_empty() { vec!["nobody is rewarded".to_owned()] } else { rules };
    listed("Programme", rules)
}

/// Lines below one heading.
fn listed(head: &str, lines: Vec<String>) -> Vec<String> {
    let heads = [head].into_iter().chain(std::iter::repeat(""));
    heads.zip(lines).map(|(head, line)| format!("{head:<16} {}", draw::clean(&line))).collect()
}

/// What a variant is: its programme, and what else it has otherwise than its file.
pub(super) fn variant(base: &Scenario, variant: &Scenario) -> String {
    let changes = changes(base, variant);
    let or_nothing = |value: Option<String>| value.unwrap_or_else(|| "left out".to_owned());
    let in_words = |it: Change| format!("{} is {} instead of {}", it.key, or_nothing(it.after), or_nothing(it.before));
    let mut lines = vec![format!("\nVariant          {}", draw::clean(&variant.name))];
    lines.extend(programme(variant));
    lines.extend(listed("Besides", changes.into_iter().map(in_words).collect()));
    lines.join("\n")
}

/// What a variant has otherwise than its file, its programme left out.
pub(super) fn changes(base: &Scenario, variant: &Scenario) -> Vec<Change> {
    base.changes_to(variant).into_iter().filter(|change| !change.key.starts_with("policy")).collect()
}
