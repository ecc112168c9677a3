//! Cases about a programme: what it pays one advocate, and what it brings a market beside none.
//!
//! All words carry a code and rewards lift nothing: what a programme does to advocacy and conversion, the cases say
//! themselves. Where they speak of the successes of one advocate, a run is one first customer whose every word persuades,
//! and whom she brought tells nobody.

use super::words::{count_law, delay_law, print_count, print_delay};
use super::worth::{commerce, lifetime};
use super::{
    LONGEST, MONEY_MAX, Model, Refused, all_of, chance, has_keys, key_of, money, not_known, print_money, text,
};
use crate::scenario::values::visible;
use crate::selfcheck::case::Case;
use crate::selfcheck::quantity::{Market, Quantity};
use crate::selfcheck::tally::Terms;
use crate::units::Tick;
use serde_json::{Map, Value};

/// Keys of a market with everything at once, besides those that say how it spreads.
const WHOLE: [&str; 5] = ["complaint", "policy", "margin_per_purchase", "retention", "budget"];

/// Reads such a case; nothing if it is none.
pub fn read(case: &Case) -> Option<Result<Model, Refused>> {
    let model = &case.model;
    let has = |keys: &[&str]| has_keys(model, keys);
    let compared_keys = ["audience", "seeds", "tells", "clv", "reward_per_referred_customer", "advocacy_off"];
    let compared_keys = [&compared_keys[..], &["advocacy_on", "conversion_off", "conversion_on"]].concat();
    let staged_keys = ["audience", "seeds", "tells", "advocacy", "retention", "signup_probability"];
    let staged_keys =
        [&staged_keys[..], &["first_purchase_probability_given_signup", "rewards", "only_payers_tell"]].concat();
    Some(match () {
        () if has(&["successes", "reward", "cap"]) => capped(model),
        () if has(&["successes", "reward", "unit", "cap"]) => capped(model),
        () if has(&["successes", "reward", "cap", "partial_last_reward"]) => capped(model),
        () if has(&["audience", "depth", "tells", "conversion", "reward", "cap"]) => first_generation(model),
        () if has(&["successes", "tiers", "mode"]) => tiered(model),
        () if has(&["successes", "points", "value_per_point", "redemption"]) => points(model),
        () if has(&["successes", "reward_advocate", "reward_friend"]) => budgets(case),
        () if has(&["budget", "reward_total", "success_rate_per_day", "days", "rule"]) => process(model),
        () if has(&["audience", "decision_delay", "window_days"]) => window(model),
        () if has(&compared_keys) => compared(model),
        () if has(&staged_keys) => staged(model),
        () if WHOLE.iter().all(|key| model.contains_key(*key)) => whole(case),
        () => return None,
    })
}

/// The time between purchases where a case does not say it: nothing depends on it.
const PERIOD: Tick = Tick(Tick::PER_DAY);

/// Nothing of these cases is discounted.
const UNDISCOUNTED: Terms = Terms { period: PERIOD, discount: 0.0 };

/// A cap on what one advocate is paid.
fn capped(model: &Map<String, Value>) -> Result<Model, Refused> {
    Ok(advocate(&law(model, "successes")?, 1.0, &capped_rule(model)?))
}

fn capped_rule(model: &Map<String, Value>) -> Result<String, Refused> {
    let partial = match model.get("partial_last_reward") {
        None => false,
        Some(Value::Bool(partial)) => *partial,
        Some(_) => return Err(Refused::wrong("`partial_last_reward` is neither true nor false")),
    };
    let cap = format!("cap_amount = \"{}\"\ncap_partial = {partial}\n", money(model, "cap")?);
    Ok(rule("advocate", &money(model, "reward")?, &cap))
}

fn first_generation(model: &Map<String, Value>) -> Result<Model, Refused> {
    if model["audience"] != "fresh" || model["depth"] != "direct referrals of the seed only" {
        return Err(not_known("another audience or depth".to_owned()));
    }
    Ok(advocate(&law(model, "tells")?, chance(model, "conversion")?, &capped_rule(model)?))
}

/// Rewards by the number of the referral: `[[1, 10], [5, 15]]`.
fn tiered(model: &Map<String, Value>) -> Result<Model, Refused> {
    let retroactive = match text(model, "mode")? {
        Some("marginal") => false,
        Some("retroactive") => true,
        mode => return Err(not_known(format!("the mode \"{}\"", visible(mode.unwrap_or_default(), 40)))),
    };
    let wrong = || Refused::wrong("`tiers` is not a list of 1 to 100 tiers [first referral, reward]");
    let tiers = model["tiers"].as_array().filter(|tiers| (1..=100).contains(&tiers.len())).ok_or_else(wrong)?;
    let mut rules = format!("[[policy.rules]]\nside = \"advocate\"\nlift = 0.0\nretroactive = {retroactive}\n");
    for tier in tiers {
        let [from, amount] = tier.as_array().map_or(&[][..], Vec::as_slice) else { return Err(wrong()) };
        let from = from.as_u64().filter(|from| (1..=1_000_000).contains(from)).ok_or_else(wrong)?;
        let amount = print_money("tiers", amount.as_f64().ok_or_else(wrong)?)?;
        rules.push_str(&format!("[[policy.rules.tiers]]\nfrom = {from}\namount = \"{amount}\"\n"));
    }
    Ok(advocate(&law(model, "successes")?, 1.0, &rules))
}

/// Points, of which a fixed share is ever redeemed.
fn points(model: &Map<String, Value>) -> Result<Model, Refused> {
    let points = key_of(model, "points", 1.0..=1e9)?.round();
    let (value, redemption) = (money(model, "value_per_point")?, chance(model, "redemption")?);
    let rules = format!(
        "[[policy.rules]]\nside = \"advocate\"\nkind = \"points\"\npoints = {points}\npoint_value = \"{value}\"\nlift = \
         0.0\nredeemed = {redemption:?}\nredeemed_after = \"0 days\"\nexpires = \"0 days\"\n"
    );
    let point = Some(key_of(model, "value_per_point", 0.0..=MONEY_MAX)?);
    Ok(Model { point, ..advocate(&law(model, "successes")?, 1.0, &rules) })
}

/// Rewards for both sides out of the budgets that the quantities name.
fn budgets(case: &Case) -> Result<Model, Refused> {
    let model = &case.model;
    let (hers, friends) = (money(model, "reward_advocate")?, money(model, "reward_friend")?);
    let both = rule("advocate", &hers, "") + &rule("friend", &friends, "");
    let successes = law(model, "successes")?;
    let quantities = Quantity::read_all(case.checks.iter().map(|check| check.quantity.as_str()));
    let mut made = advocate(&successes, 1.0, &both);
    for Quantity { market, .. } in quantities.into_iter().flatten() {
        let Market::Budget(limit) = market else { continue };
        let budget = match limit {
            Some(hundredths) => budget(&print_money("budget", hundredths as f64 / 100.0)?),
            None => String::new(),
        };
        made.others.push((market, advocate(&successes, 1.0, &(budget + &both)).body));
    }
    Ok(made)
}

/// Successes one after the other, as a Poisson process, until the budget is spent.
fn process(model: &Map<String, Value>) -> Result<Model, Refused> {
    let (all, reward) = (key_of(model, "budget", 0.0..=MONEY_MAX)?, key_of(model, "reward_total", 0.02..=MONEY_MAX)?);
    let (rate, days) = (key_of(model, "success_rate_per_day", 1e-3..=1_440.0)?, key_of(model, "days", 0.0..=LONGEST)?);
    let all_or_nothing = "grant only if the remaining budget covers the whole reward";
    if !text(model, "rule")?.is_some_and(|rule| rule.starts_with(all_or_nothing)) {
        return Err(not_known("another rule of the budget".to_owned()));
    }
    let half = (reward * 50.0).floor() / 100.0;
    let (hers, friends) = (print_money("reward_total", half)?, print_money("reward_total", reward - half)?);
    let policy = budget(&money(model, "budget")?) + &rule("advocate", &hers, "") + &rule("friend", &friends, "");
    let batch = "positive = \"fixed(0)\"\nnegative = \"fixed(0)\"\ndelay = \"0 days\"\n";
    let talk = format!("mode = \"rate\"\npositive_rate = \"{rate} per day\"\ntalking_period = \"for_ever\"\n");
    let made = advocate("fixed(0)", 1.0, &policy);
    let body = made.body.replace(batch, &talk);
    // The last reward comes with this success; by then it has come but for one run in many millions.
    let last = (all / reward).floor();
    let unbounded = ((last + 10.0 * last.sqrt() + 50.0) / rate).clamp(days, LONGEST);
    Ok(Model { body, long: days, unbounded, ..made })
}

/// One referral, decided upon after a while, and the time that it may take to earn a reward.
fn window(model: &Map<String, Value>) -> Result<Model, Refused> {
    if model["audience"] != "fresh" {
        return Err(not_known("an audience that is not fresh".to_owned()));
    }
    let delay = delay_law(text(model, "decision_delay")?.unwrap_or_default()).map_err(not_known)?;
    let window = format!("window = \"{} days\"\n", key_of(model, "window_days", 0.0..=LONGEST)?);
    let made = advocate("fixed(1)", 1.0, &rule("advocate", "1.00 USD", &window));
    let decided = format!("decision_delay = \"{}\"", print_delay(delay));
    let body = made.body.replace("decision_delay = \"0 days\"", &decided);
    Ok(Model { body, long: all_of(delay), unbounded: all_of(delay), ..made })
}

/// A programme that lifts advocacy and conversion, and the same market without it.
fn compared(model: &Map<String, Value>) -> Result<Model, Refused> {
    let (seeds, tells) = (fresh(model)?, law(model, "tells")?);
    let market = |side: &str| -> Result<String, Refused> {
        let of = |what: &str| chance(model, &format!("{what}_{side}"));
        Ok(coded_words(seeds, &tells, of("advocacy")?, of("conversion")?))
    };
    let rules = rule("advocate", &money(model, "reward_per_referred_customer")?, "");
    Ok(Model {
        others: vec![(Market::ProgrammeOff, market("off")?)],
        clv: Some(key_of(model, "clv", 0.0..=MONEY_MAX)?),
        seeds,
        ..Model::of_one(market("on")? + &rules, 0.0)
    })
}

/// Rewards for signing up, for the first purchase and for each later one.
fn staged(model: &Map<String, Value>) -> Result<Model, Refused> {
    if model["only_payers_tell"] != true {
        return Err(not_known("people who tell without having paid".to_owned()));
    }
    let (seeds, tells, advocacy) = (fresh(model)?, law(model, "tells")?, chance(model, "advocacy")?);
    let (sign_up, purchase) =
        (chance(model, "signup_probability")?, chance(model, "first_purchase_probability_given_signup")?);
    let rewards = model["rewards"].as_object().ok_or_else(|| Refused::wrong("`rewards` is not an object"))?;
    let triggers =
        [("signup", "sign_up"), ("first_purchase", "first_purchase"), ("each_later_purchase", "later_purchase")];
    if let Some(key) = rewards.keys().find(|key| !triggers.iter().any(|(known, _)| known == key)) {
        return Err(not_known(format!("`rewards.{}`", visible(key, 40))));
    }
    let mut rules = String::new();
    for (key, trigger) in triggers.into_iter().filter(|(key, _)| rewards.contains_key(*key)) {
        rules.push_str(&rule("advocate", &money(rewards, key)?, &format!("trigger = \"{trigger}\"\n")));
    }
    let retention = chance(model, "retention")?;
    // Whoever is told lands; from there on the funnel decides.
    let funnel = format!("[funnel]\nsign_up = {sign_up:?}\npurchase = {purchase:?}\nloss = \"0 per day\"\n");
    let market = coded_words(seeds, &tells, advocacy, sign_up * purchase);
    let body = market + &funnel + &commerce("1.00 USD", retention, PERIOD) + &rules;
    Ok(Model { seeds, tally: Some(UNDISCOUNTED), ..Model::of_one(body, lifetime(retention, PERIOD)?) })
}

/// A market with everything at once.
fn whole(case: &Case) -> Result<Model, Refused> {
    let model = &case.model;
    let spreads = model.iter().filter(|(key, _)| !WHOLE.contains(&key.as_str()));
    let spreads = spreads.map(|(key, value)| (key.clone(), value.clone())).collect();
    let market = Model::read(&Case { model: spreads, ..case.clone() })?;
    let retention = chance(model, "retention")?;
    let purchases = commerce(&money(model, "margin_per_purchase")?, retention, PERIOD);
    let budget = match &model["budget"] {
        Value::String(none) if none == "none" => String::new(),
        _ => budget(&money(model, "budget")?),
    };
    let coded = "[participation]\nunasked = 1.0\nwilling = 1.0\n".to_owned();
    let body = [market.body, coded, complaints(model)?, purchases, budget, rules(model)?].concat();
    let long = (market.long + lifetime(retention, PERIOD)?).min(LONGEST);
    Ok(Model { body, others: vec![], tally: Some(UNDISCOUNTED), long, unbounded: long, ..market })
}

/// Complaints that are resolved at once.
fn complaints(model: &Map<String, Value>) -> Result<String, Refused> {
    let table = model["complaint"].as_object().ok_or_else(|| Refused::wrong("`complaint` is not an object"))?;
    if !has_keys(table, &["file", "resolve", "resolved_becomes"]) || table["resolved_becomes"] != "neutral" {
        return Err(not_known("another kind of complaint".to_owned()));
    }
    let (file, resolve) = (chance(table, "file")?, chance(table, "resolve")?);
    Ok(format!("[complaints]\nfile = {file:?}\nresolve = {resolve:?}\nafter = \"0 days\"\nrecovery = 0.0\n"))
}

/// Rewards for both sides of a first purchase, the advocate's so many times.
fn rules(model: &Map<String, Value>) -> Result<String, Refused> {
    let table = model["policy"].as_object().ok_or_else(|| Refused::wrong("`policy` is not an object"))?;
    let friend_is_paid = "friend_part_still_paid_when_advocate_capped";
    let keys = ["trigger", "advocate", "friend", "cap_rewards_per_advocate", "window_days", friend_is_paid];
    if !has_keys(table, &keys) || table["trigger"] != "first purchase" || table[friend_is_paid] != true {
        return Err(not_known("another kind of policy".to_owned()));
    }
    let cap = key_of(table, "cap_rewards_per_advocate", 0.0..=1e9)?.round();
    let window = format!("window = \"{} days\"\n", key_of(table, "window_days", 0.0..=LONGEST)?);
    let advocate = rule("advocate", &money(table, "advocate")?, &format!("{window}cap = {cap}\n"));
    Ok(advocate + &rule("friend", &money(table, "friend")?, &window))
}

/// One advocate, and nobody after those she brought.
fn advocate(tells: &str, conversion: f64, policy: &str) -> Model {
    let body = coded_words(1, tells, 1.0, conversion);
    let only_she = "[experience.referred]\nsatisfied = 0.0\nunhappy = 0.0\n";
    Model { tally: Some(UNDISCOUNTED), ..Model::of_one(body + only_she + policy, 0.0) }
}

/// Fresh people of whom each customer is satisfied and tells with a code.
fn coded_words(seeds: u32, tells: &str, advocacy: f64, conversion: f64) -> String {
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

/// What all rewards may cost together; stands before the rules.
fn budget(amount: &str) -> String {
    format!("[policy]\nbudget = \"{amount}\"\n")
}

/// How many first customers there are among fresh people.
fn fresh(model: &Map<String, Value>) -> Result<u32, Refused> {
    if model["audience"] != "fresh" {
        return Err(not_known("an audience that is not fresh".to_owned()));
    }
    let seeds = model["seeds"].as_u64().filter(|seeds| (1..=1_000_000).contains(seeds));
    seeds.map(|seeds| seeds as u32).ok_or_else(|| Refused::wrong("`seeds` is not a number of 1 to 1,000,000"))
}

/// A law of counts, or a count, as a scenario has it.
fn law(model: &Map<String, Value>, key: &str) -> Result<String, Refused> {
    match &model[key] {
        Value::String(text) => count_law(text).map(print_count).map_err(not_known),
        _ => Ok(format!("fixed({})", key_of(model, key, 0.0..=1e6)?.round())),
    }
}
