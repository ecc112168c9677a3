//! The same for programs.

use super::super::background::{Background, names};
use super::super::events::Lines;
use super::super::timeline::Line;
use super::chain::steps;
use super::tree::{Row, how};
use super::{Explained, Sale};
use crate::archive::{Brought, Customer, Rewards};
use crate::draw::Mark;
use crate::event::{Column, Event};
use crate::units::{EventId, PersonId};
use serde_json::{Map, Value, json};

pub(super) fn of(explained: &Explained, rows: &[Row]) -> Value {
    let Sale { number, of, id, event } = explained.sale;
    let log = Lines { run: explained.run, money: explained.background.money() };
    let in_words = |id: EventId, event: &Event| {
        let mut object = log.object(id.0, event);
        let sentence = explained.narrator.sentence(id, event);
        object["words"] = explained.narrator.said(&sentence, false).into();
        if let Some(rule) = event.what.cells().get(Column::Rule) {
            let (grant, _) = explained.story.grant_of(id, event);
            object["rule_in_words"] = explained.narrator.rule(grant, rule as u8).into();
        }
        object
    };
    let chain = explained.story.chain(id);
    let led = chain.iter().map(|(id, event)| in_words(*id, event));
    let is_led_to = |step: EventId| chain.iter().any(|(known, _)| *known == step);
    let followed = steps(explained).into_iter().filter(|step| !is_led_to(step.id));
    let Brought { directly, customers, revenue, to_her, to_others } =
        explained.family.brought(explained.story, explained.buyer());
    let mut object = head(explained.background, explained.run, explained.stored, explained.buyer());
    object.insert(
        "sale".to_owned(),
        json!({ "number": number, "of": of, "sequence": id.0, "day": event.at.days(), "in_words": explained.head() }),
    );
    object.insert("chain".to_owned(), led.collect());
    object.insert("consequences".to_owned(), followed.map(|step| in_words(step.id, step.event)).collect());
    object.insert("tree".to_owned(), rows.iter().map(|row| node(explained, row)).collect());
    object.insert(
        "brought".to_owned(),
        json!({
            "customers_directly": directly,
            "customers": customers,
            "revenue_minor": revenue,
            "rewards_to_her": rewards(to_her),
            "rewards_to_others": rewards(to_others),
        }),
    );
    let own = explained.family.customer(explained.buyer()).map(|her| {
        let earned = rewards(explained.family.earned(explained.story, her.person));
        json!({ "purchases": her.purchases, "refunds": her.refunds, "revenue_minor": her.revenue, "rewards": earned })
    });
    object.insert("herself".to_owned(), own.into());
    object.into()
}

/// Of somebody who never bought.
pub(super) fn of_nobody_s(of: &dyn Background, (run, stored): (u32, bool), person: PersonId, lines: &[Line]) -> Value {
    let log = Lines { run, money: of.money() };
    let mut object = head(of, run, stored, person);
    object.insert("sale".to_owned(), Value::Null);
    object.insert("events".to_owned(), lines.iter().map(|line| line.object(&log)).collect());
    object.into()
}

fn head(of: &dyn Background, run: u32, stored: bool, person: PersonId) -> Map<String, Value> {
    let (scenario, money) = (of.scenario(), of.money());
    let entries = [
        ("scenario", scenario.name.clone().into()),
        ("seed", scenario.seed.0.into()),
        ("run", run.into()),
        ("stored", stored.into()),
        ("person", person.0.into()),
        ("name", names(of).and_then(|graph| graph.name(person)).into()),
        ("currency", money.code.clone().into()),
        ("currency_digits", money.digits.into()),
    ];
    entries.map(|(name, value): (&str, Value)| (name.to_owned(), value)).into_iter().collect()
}

/// A row of the tree: `depth` says below whom it is.
fn node(explained: &Explained, row: &Row) -> Value {
    let depth = row.shown.depth;
    let Some(person) = row.who else { return json!({ "depth": depth, "left_out": row.left_out }) };
    let place = match row.shown.mark {
        Mark::Above => "above",
        Mark::Chosen => "she",
        Mark::Below | Mark::More => "below",
    };
    let mut node = json!({
        "depth": depth,
        "place": place,
        "person": person.0,
        "name": names(explained.background).and_then(|graph| graph.name(person)),
    });
    if let Some(customer) = explained.family.customer(person) {
        let Customer { at, purchases, revenue, brought, customers_below, revenue_below, .. } = customer;
        node["day"] = at.days().into();
        node["how"] = how(customer).into();
        node["purchases"] = (*purchases).into();
        node["revenue_minor"] = (*revenue).into();
        node["customers_directly"] = brought.len().into();
        node["customers_below"] = (*customers_below).into();
        node["revenue_below_minor"] = (*revenue_below).into();
    }
    node
}

fn rewards(rewards: Rewards) -> Value {
    let Rewards { granted, taken_back, held, denied } = rewards;
    json!({ "granted_minor": granted, "taken_back_minor": taken_back, "held_minor": held, "denied": denied })
}
