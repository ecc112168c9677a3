//! Cases about a programme: what it pays one advocate, and what it brings a market beside none.
//!
//! All words carry a code and rewards lift nothing: what a programme does to advocacy and conversion, the cases say
//! themselves. Where they speak of the successes of one advocate, a run is one first customer whose every word persuades,
//! and whom she brought tells nobody.

use super::words::{count_law, print_count};
use super::{MONEY_MAX, Model, Refused, chance, has_keys, key_of, money, not_known};
use crate::selfcheck::case::Case;
use crate::selfcheck::ledger::Terms;
use crate::selfcheck::quantity::Market;
use crate::units::Tick;
use serde_json::{Map, Value};

/// Reads such a case; nothing if it is none.
pub fn read(case: &Case) -> Option<Result<Model, Refused>> {
    let model = &case.model;
    let has = |keys: &[&str]| has_keys(model, keys);
    let on_and_off = ["advocacy_off", "advocacy_on", "conversion_off", "conversion_on"];
    match () {
        () if has(
            &[&["audience", "seeds", "tells", "clv", "reward_per_referred_customer"], &on_and_off[..]].concat()
        ) =>
        {
            Some(compared(model))
        }
        () if has(&["successes", "reward", "cap"]) || has(&["successes", "reward", "unit", "cap"]) => {
            Some(capped(model, law(model, "successes"), 1.0))
        }
        () if has(&["audience", "depth", "tells", "conversion", "reward", "cap"]) => Some(first_generation(model)),
        () => None,
    }
}

/// Nothing of these cases is discounted.
const UNDISCOUNTED: Terms = Terms { period: Tick(Tick::PER_DAY), discount: 0.0 };

/// A programme that lifts advocacy and conversion, and the same market without it.
fn compared(model: &Map<String, Value>) -> Result<Model, Refused> {
    let tells = law(model, "tells")?;
    fresh(model)?;
    let seeds = key_of(model, "seeds", 1.0..=1e6)?.round();
    let market = |side: &str| {
        let (advocacy, conversion) =
            (chance(model, &format!("advocacy_{side}"))?, chance(model, &format!("conversion_{side}"))?);
        Ok(coded_words(seeds, &tells, advocacy, conversion))
    };
    let (on, off): (String, String) = (market("on")?, market("off")?);
    let rules = rule("advocate", &money(model, "reward_per_referred_customer")?, "");
    Ok(Model {
        others: vec![(Market::ProgrammeOff, off)],
        clv: Some(key_of(model, "clv", 0.0..=MONEY_MAX)?),
        seeds: seeds as u32,
        ..Model::of_one(on + &rules, 0.0)
    })
}

/// What one advocate is paid up to a cap, whose words persuade with this chance.
fn capped(model: &Map<String, Value>, tells: Result<String, Refused>, conversion: f64) -> Result<Model, Refused> {
    let (reward, cap) = (key_of(model, "reward", 0.01..=MONEY_MAX)?, key_of(model, "cap", 0.0..=MONEY_MAX)?);
    let rewards = cap / reward;
    if (rewards - rewards.round()).abs() > 1e-9 {
        return Err(not_known("a cap that is not a whole number of rewards".to_owned()));
    }
    let rules = rule("advocate", &money(model, "reward")?, &format!("cap = {}\n", rewards.round()));
    Ok(advocate(&tells?, conversion, &rules))
}

fn first_generation(model: &Map<String, Value>) -> Result<Model, Refused> {
    fresh(model)?;
    if model["depth"] != "direct referrals of the seed only" {
        return Err(not_known("another depth".to_owned()));
    }
    capped(model, law(model, "tells"), chance(model, "conversion")?)
}

/// One advocate, and nobody after those she brought.
fn advocate(tells: &str, conversion: f64, rules: &str) -> Model {
    let body = coded_words(1.0, tells, 1.0, conversion);
    let only_she = "[experience.referred]\nsatisfied = 0.0\nunhappy = 0.0\n";
    Model { ledger: Some(UNDISCOUNTED), ..Model::of_one(body + only_she + rules, 0.0) }
}

/// Fresh people of whom each customer is satisfied and tells with a code.
fn coded_words(seeds: f64, tells: &str, advocacy: f64, conversion: f64) -> String {
    format!(
        "[seeds]\ncount = {seeds}\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[participation]\nunasked = \
         1.0\nwilling = 1.0\n[telling]\naudience = \"fresh\"\nadvocacy = {advocacy:?}\npositive = \"{tells}\"\nnegative \
         = \"fixed(0)\"\ndelay = \"0 days\"\n[conversion]\npersuasion = {conversion:?}\ninvitation = \
         {conversion:?}\ndecision_delay = \"0 days\"\n"
    )
}

fn rule(side: &str, amount: &str, more: &str) -> String {
    format!("[[policy.rules]]\nside = \"{side}\"\namount = \"{amount}\"\nlift = 0.0\n{more}")
}

fn fresh(model: &Map<String, Value>) -> Result<(), Refused> {
    if model["audience"] == "fresh" { Ok(()) } else { Err(not_known("an audience that is not fresh".to_owned())) }
}

/// A law of counts as a scenario has it.
fn law(model: &Map<String, Value>, key: &str) -> Result<String, Refused> {
    let text = model[key].as_str().ok_or_else(|| Refused::wrong(format!("`{key}` is not a text")))?;
    count_law(text).map(print_count).map_err(not_known)
}
