//! What was answered, as quantities, and whether a scenario can be made of it.

use super::text;
use crate::scenario::money::{Currency, Money};
use crate::scenario::values::visible;
use crate::scenario::{Overrides, Scenario, ScenarioError};
use crate::units::Cents;
use std::path::Path;

/// All that the questions are about.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answers {
    /// What the scenario is called.
    pub name: String,
    /// How many people could buy it.
    pub people: u64,
    /// How many of them are customers at the start.
    pub customers: u64,
    /// The price of one purchase.
    pub price: Money,
    /// To whom it is sold.
    pub sells_to: SellsTo,
    /// Who is rewarded when a friend buys, and how much.
    pub programme: Programme,
}

/// To whom something is sold, which stands for presets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SellsTo {
    Consumers,
    Firms,
    Telecom,
    Finance,
    Other,
}

/// Who is rewarded when a friend buys, and how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Programme {
    Nobody,
    OneSided(Money),
    TwoSided(Money),
    /// A share of the price, from 0 to 1.
    Affiliate(f64),
    /// What the first friends are worth; later ones are worth more.
    Tiers(Money),
}

impl Answers {
    /// The answers of somebody who has none.
    pub fn usual(name: String) -> Answers {
        let price = Money { amount: Cents(2_000), currency: Currency::USD };
        Answers {
            name,
            people: 10_000,
            customers: 100,
            price,
            sells_to: SellsTo::Consumers,
            programme: Programme::Nobody,
        }
    }

    /// A tenth of the price, which is what rewards are by default.
    pub fn usual_reward(&self) -> Money {
        Money { amount: Cents((self.price.amount.minor() / 10).max(1)), ..self.price }
    }

    /// Whether a scenario can be made of them.
    ///
    /// # Errors
    /// What the reader of scenarios says of its first mistake, in a few words.
    pub fn check(&self) -> Result<(), String> {
        let read = Scenario::parse("scenario.toml", &text::of(self), Path::new(""), Overrides::default());
        let mistakes = match read {
            Ok(_) => return Ok(()),
            Err(ScenarioError::Mistakes(mistakes)) => mistakes,
            Err(other) => return Err(other.to_string()),
        };
        let first = mistakes.list().first().map(|mistake| {
            let hint = mistake.hint.as_ref().map_or(String::new(), |hint| format!(" ({hint})"));
            format!("found {}; allowed: {}{hint}", mistake.found, mistake.allowed)
        });
        Err(visible(&first.unwrap_or_default(), 400))
    }
}

impl SellsTo {
    /// Each with its name and the presets that it stands for.
    pub const ALL: [(SellsTo, &'static str, &'static [&'static str]); 5] = [
        (SellsTo::Consumers, "consumers", &["b2c"]),
        (SellsTo::Firms, "firms", &["b2b"]),
        (SellsTo::Telecom, "telecom", &["b2c", "kumar-telecom"]),
        (SellsTo::Finance, "finance", &["b2c", "kumar-finance"]),
        (SellsTo::Other, "other", &[]),
    ];

    /// The presets that it stands for.
    pub fn presets(self) -> &'static [&'static str] {
        SellsTo::ALL.iter().find(|(own, ..)| *own == self).map_or(&[], |(_, _, presets)| presets)
    }
}

impl Programme {
    /// What the programmes are called.
    pub const NAMES: [&'static str; 5] = ["nobody", "one_sided", "two_sided", "affiliate", "tiers"];

    /// The programme of this name, with the usual reward.
    pub fn usual(name: &str, reward: Money) -> Programme {
        match name {
            "one_sided" => Programme::OneSided(reward),
            "two_sided" => Programme::TwoSided(reward),
            "affiliate" => Programme::Affiliate(0.1),
            "tiers" => Programme::Tiers(reward),
            _ => Programme::Nobody,
        }
    }
}
