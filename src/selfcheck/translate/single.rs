//! Cases about one mechanism: their models name no market, so each has a scenario of its own.
//!
//! A run is one customer, so that a mean over runs is a share of customers.

use super::words::{count_law, ladder_in_title, print_count};
use super::{Model, Refused, chance, has_keys, key_of};
use crate::scenario::values::visible;
use crate::selfcheck::case::Case;
use serde_json::{Map, Value};

/// Reads such a case; nothing if it is none.
pub fn read(case: &Case) -> Option<Result<Model, Refused>> {
    let has = |keys: &[&str]| has_keys(&case.model, keys);
    match () {
        () if has(&["unhappy", "complain", "resolve", "tells_negative", "resolved_tells"]) => {
            Some(complaints(&case.model))
        }
        () if has(&["complain", "resolve", "quick_given_resolved"]) => Some(repurchase(case)),
        () if has(&["ask1", "ask2"]) => Some(asking(&case.model)),
        () if has(&["views_per_day", "half_life_days"]) => Some(post(&case.model)),
        () if has(&["fee", "reach", "conversion", "audience", "tells", "wom_conversion"]) => {
            Some(influencer(&case.model))
        }
        () if has(&["audience", "negative_tells", "negative_retell"]) => Some(retelling(&case.model)),
        () => None,
    }
}

/// One customer among fresh people whom nothing persuades, satisfied or unhappy with these shares.
fn one_customer(satisfied: f64, unhappy: f64, positive: &str, negative: &str) -> String {
    format!(
        "[seeds]\ncount = 1\n[experience]\nsatisfied = {satisfied:?}\nunhappy = {unhappy:?}\n[telling]\naudience = \
         \"fresh\"\nadvocacy = 1.0\npositive = \"{positive}\"\nnegative = \"{negative}\"\ndelay = \"1 day\"\n\
         [conversion]\npersuasion = 0.0\ninvitation = 0.0\n"
    )
}

/// Bad words that a resolved complaint keeps from being told. Words take a day, a resolution no time.
fn complaints(model: &Map<String, Value>) -> Result<Model, Refused> {
    let word = |key: &str| model[key].as_str().ok_or_else(|| Refused::wrong(format!("`{key}` is not a text")));
    if word("resolved_tells")? != "none negative" {
        return Err(super::not_known(format!("resolved_tells \"{}\"", visible(word("resolved_tells")?, 40))));
    }
    let negative = count_law(word("tells_negative")?).map_err(super::not_known)?;
    let (unhappy, file, resolve) = (chance(model, "unhappy")?, chance(model, "complain")?, chance(model, "resolve")?);
    let body = one_customer(1.0 - unhappy, unhappy, "fixed(0)", &print_count(negative));
    let complaints =
        format!("[complaints]\nfile = {file:?}\nresolve = {resolve:?}\nafter = \"0 days\"\nrecovery = 0.0\n");
    Ok(Model::of_one(body + &complaints, 10.0))
}

/// Whether an unhappy customer buys again, by what came of her complaint. Only the first renewal lies before the horizon.
fn repurchase(case: &Case) -> Result<Model, Refused> {
    let model = &case.model;
    let ladder =
        ladder_in_title(&case.title).ok_or_else(|| Refused::wrong("no ladder such as 9/19/54/82% in the title"))?;
    let [silent, unresolved, resolved, quick] = ladder;
    let (file, resolve, share) =
        (chance(model, "complain")?, chance(model, "resolve")?, chance(model, "quick_given_resolved")?);
    // Uniform over the minutes from 1 on: the share up to a day is what is asked for.
    let after = match share {
        0.0 => "2 days".to_owned(),
        1.0 => "1 minute".to_owned(),
        share if share >= 0.05 => format!("uniform(1 minute, {} minutes)", (1.0 + 1_439.5 / share).round()),
        _ => return Err(Refused::wrong("`quick_given_resolved` is above 0 and below 0.05")),
    };
    let body = one_customer(0.0, 1.0, "fixed(0)", "fixed(0)");
    let complaints = format!(
        "[complaints]\nfile = {file:?}\nresolve = {resolve:?}\nafter = \"{after}\"\nquick_within = \"1 day\"\nrecovery = \
         0.0\nrepurchase_silent = {silent:?}\nrepurchase_unresolved = {unresolved:?}\nrepurchase_resolved = \
         {resolved:?}\nrepurchase_quick = {quick:?}\n[commerce]\nretention = 0.5\nperiod = \"30 days\"\n"
    );
    Ok(Model::of_one(body + &complaints, 45.0))
}

/// Two prompts, the second only to whom the first did not move.
fn asking(model: &Map<String, Value>) -> Result<Model, Refused> {
    let prompt = |after: &str, chance: f64| {
        format!(
            "[[asking.prompts]]\nafter = \"{after}\"\nby = \"staff\"\nchance = {chance:?}\ncost = \"0.00 USD\"\nreach = 1.0\n"
        )
    };
    let (first, second) = (chance(model, "ask1")?, chance(model, "ask2")?);
    // She tells nobody, whom she could only invite where people can be told twice.
    let body = format!(
        "[graph.complete]\npeople = 1\n[seeds]\ncount = 1\n{}[telling]\naudience = \"population\"\nadvocacy = \
         1.0\npositive = \"fixed(0)\"\n[conversion]\npersuasion = 0.0\ninvitation = 0.0\n",
        "[experience]\nsatisfied = 1.0\nunhappy = 0.0\n"
    );
    let participation = "[participation]\nunasked = 0.0\nwilling = 1.0\n";
    Ok(Model::of_one(body + participation + &prompt("0 days", first) + &prompt("14 days", second), 30.0))
}

/// Views of one post, read by people whom nothing persuades.
fn post(model: &Map<String, Value>) -> Result<Model, Refused> {
    let (views, half_life) =
        (key_of(model, "views_per_day", 0.0..=1_000.0)?, key_of(model, "half_life_days", 0.01..=1_000.0)?);
    let body = format!(
        "[graph.complete]\npeople = 1000\n[seeds]\ncount = 1\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[telling]\n\
         audience = \"population\"\nadvocacy = 1.0\npositive = \"fixed(0)\"\nnegative = \"fixed(0)\"\ndelay = \"0 days\"\n\
         [conversion]\npersuasion = 0.0\ninvitation = 0.0\n[posts]\nshare = 1.0\nviews = \"{views} per day\"\nhalf_life = \
         \"{half_life} days\"\n"
    );
    // A millionth of the views comes later than twenty half-lives.
    Ok(Model { people: Some(1_000), ..Model::of_one(body, 20.0 * half_life) })
}

/// One influencer's post, whose customers tell fresh people.
fn influencer(model: &Map<String, Value>) -> Result<Model, Refused> {
    if model["audience"] != "fresh" {
        return Err(super::not_known("an influencer's audience that is not fresh".to_owned()));
    }
    let law = model["tells"].as_str().ok_or_else(|| Refused::wrong("`tells` is not a text"))?;
    let law = count_law(law).map_err(super::not_known)?;
    let (fee, reach) = (key_of(model, "fee", 0.0..=1e9)?, key_of(model, "reach", 0.0..=1e7)?.round());
    let (conversion, by_word) = (chance(model, "conversion")?, chance(model, "wom_conversion")?);
    let body = format!(
        "[seeds]\ncount = 0\n[experience]\nsatisfied = 1.0\nunhappy = 0.0\n[telling]\naudience = \"fresh\"\nadvocacy = \
         1.0\npositive = \"{}\"\nnegative = \"fixed(0)\"\ndelay = \"0 days\"\n[conversion]\npersuasion = \
         {by_word:?}\ninvitation = {by_word:?}\ndecision_delay = \"0 days\"\n[[influencers]]\nat = \"0 days\"\nfee = \
         \"{fee:.2} USD\"\nreach = {reach}\nconversion = {conversion:?}\n",
        print_count(law)
    );
    Ok(Model { seeds: 0, ..Model::of_one(body, 0.0) })
}

/// An unhappy customer, those she tells, and those whom these tell on.
fn retelling(model: &Map<String, Value>) -> Result<Model, Refused> {
    let word = |key: &str| model[key].as_str().ok_or_else(|| Refused::wrong(format!("`{key}` is not a text")));
    if word("audience")? != "fresh" {
        return Err(super::not_known("retelling to an audience that is not fresh".to_owned()));
    }
    let again = word("negative_retell")?.strip_suffix(" one generation");
    let again = again.ok_or_else(|| super::not_known("`negative_retell` of more than one generation".to_owned()))?;
    let laws = (count_law(word("negative_tells")?), count_law(again));
    let (tells, again) = (laws.0.map_err(super::not_known)?, laws.1.map_err(super::not_known)?);
    let body = one_customer(0.0, 1.0, "fixed(0)", &print_count(tells));
    let body =
        body.replace("delay = \"1 day\"\n", &format!("delay = \"1 day\"\nretelling = \"{}\"\n", print_count(again)));
    Ok(Model::of_one(body, 30.0))
}
