//! The same scenario with larger or smaller rewards.

use super::variants::VARIANT;
use super::{Scenario, ScenarioError};

/// Keys of `[[policy.rules]]` that say how much is given.
const AMOUNTS: [&str; 3] = ["amount", "share", "points"];

impl Scenario {
    /// The scenario with every reward of its programme multiplied by a number: amounts, shares of the price, and those of all tiers.
    /// Terms stay as they are, caps and the budget among them.
    ///
    /// # Errors
    /// Such rewards are refused, as a discount above the price is.
    pub fn with_rewards_times(&self, factor: f64) -> Result<Scenario, ScenarioError> {
        let scaled = |key: &str, value: &str| AMOUNTS.contains(&key).then(|| self.scaled(value, factor));
        self.with_keys(&self.rules_with(scaled).unwrap_or_else(|| self.scaled_preset(factor)))
    }

    /// The amounts of a programme that has a name, a line each.
    fn scaled_preset(&self, factor: f64) -> String {
        let is_amount = |key: &str| {
            let rest = key.strip_prefix("policy.one_sided.").or_else(|| key.strip_prefix("policy.two_sided."));
            matches!(rest, Some("advocate" | "friend"))
        };
        let settings = self.settings.iter().filter(|setting| is_amount(&setting.key));
        settings.map(|it| format!("{} = {}\n", it.key, self.scaled(&it.value, factor))).collect()
    }

    /// The tables of the rules as a variant has them, with other values for some of their keys; nothing where there are no rules.
    pub(super) fn rules_with(&self, change: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
        let start = self.resolved.find("[[policy.rules]]\n")?;
        let mut changed = String::new();
        for line in self.resolved[start..].lines() {
            if line.starts_with('[') {
                let Some(below) = line.strip_prefix("[[policy.rules") else { break };
                changed.push_str(&format!("[[{VARIANT}.policy.rules{below}\n"));
                continue;
            }
            match line.split_once(" = ").and_then(|(key, value)| Some((key, change(key, value)?))) {
                Some((key, value)) => changed.push_str(&format!("{key} = {value}\n")),
                None => changed.push_str(&format!("{line}\n")),
            }
        }
        Some(changed)
    }

    /// `"10.00 USD"`, `"10 %"` or `500` times a number.
    fn scaled(&self, value: &str, factor: f64) -> String {
        let text = value.trim_matches('"');
        if let Ok(points) = text.parse::<f64>() {
            return format!("{}", (points * factor).round().max(1.0));
        }
        let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
        let number: f64 = number.parse().unwrap_or(0.0);
        let digits = if unit == "%" { 4 } else { self.currency.digits() };
        format!("\"{:.digits$} {unit}\"", number * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Overrides;
    use std::path::Path;

    fn changes(text: &str, factor: f64) -> Vec<(String, String, String)> {
        let scenario = Scenario::parse("x.toml", text, Path::new(""), Overrides::default());
        let scenario = scenario.unwrap_or_else(|why| panic!("{why}"));
        let scaled = scenario.with_rewards_times(factor).unwrap_or_else(|why| panic!("{why}"));
        let told = |value: Option<String>| value.unwrap_or_default();
        scenario.changes_to(&scaled).into_iter().map(|it| (it.key, told(it.before), told(it.after))).collect()
    }

    #[test]
    fn every_reward_and_nothing_else_is_multiplied() {
        let text = "[policy.two_sided]\nadvocate = '10 USD'\nfriend = '5 USD'\ncap = 3";
        let expected = [
            ("policy.two_sided.advocate", "\"10.00 USD\"", "\"15.00 USD\""),
            ("policy.two_sided.friend", "\"5.00 USD\"", "\"7.50 USD\""),
        ];
        assert_eq!(changes(text, 1.5), expected.map(|(key, before, after)| (key.into(), before.into(), after.into())));
        assert!(changes(text, 1.0).is_empty());
    }

    #[test]
    fn rules_keep_their_terms() {
        let text = "[policy]\nbudget = '900 USD'\n[[policy.rules]]\nside = 'advocate'\ncap_amount = '50 USD'\n\
                    tiers = [{ from = 1, amount = '10 USD' }, { from = 3, amount = '15 USD' }]\n\
                    [[policy.rules]]\nside = 'advocate'\ntrigger = 'each_purchase'\nshare = '10 %'\nminimum_order = '20 USD'\n";
        let changed = changes(text, 0.5);
        let after: Vec<&str> = changed.iter().map(|(_, _, after)| after.as_str()).collect();
        assert_eq!(after, ["\"5.00 USD\"", "\"7.50 USD\"", "\"5 %\""], "{changed:?}");
        let points = "[[policy.rules]]\nside = 'advocate'\nkind = 'points'\npoints = 500";
        assert_eq!(changes(points, 1.5).into_iter().map(|it| it.2).collect::<Vec<_>>(), ["750"]);
    }
}
