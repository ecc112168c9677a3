//! The chain of causes as a story: what led to the sale, from the root on, and what the company did for it.

use super::super::fact_words::{Narrator, Sentence};
use super::super::timeline::{counted, dated};
use super::Explained;
use crate::event::{Event, Fact, Source};
use crate::table::{Column, Table, Values};
use crate::units::EventId;

/// What is told of one sale, in the order of the log: what led to it, and its consequences.
pub(super) struct Step<'a> {
    pub id: EventId,
    pub event: &'a Event,
}

/// What led to the sale, and what was granted, refused, checked, given back for it.
pub(super) fn steps<'a>(explained: &Explained<'a>) -> Vec<Step<'a>> {
    let mut steps: Vec<Step> =
        explained.story.chain(explained.sale.id).into_iter().map(|(id, event)| Step { id, event }).collect();
    consequences(explained, explained.sale.id, &mut steps);
    // What her signing up earned belongs to her first purchase too.
    if matches!(explained.sale.event.what, Fact::FirstPurchaseMade { .. }) {
        consequences(explained, explained.sale.event.cause, &mut steps);
    }
    steps.sort_by_key(|step| step.id);
    steps
}

fn consequences<'a>(explained: &Explained<'a>, cause: EventId, steps: &mut Vec<Step<'a>>) {
    for (id, event) in explained.story.effects(cause) {
        if is_consequence(event.what) {
            steps.push(Step { id, event });
            consequences(explained, id, steps);
        }
    }
}

fn is_consequence(what: Fact) -> bool {
    matches!(
        what,
        Fact::ReferralCredited { .. }
            | Fact::ReferralFaked { .. }
            | Fact::ReferralChecked { .. }
            | Fact::RewardGranted { .. }
            | Fact::RewardHeld { .. }
            | Fact::RewardReleased { .. }
            | Fact::RewardForfeited { .. }
            | Fact::RewardClawedBack { .. }
            | Fact::RewardDenied { .. }
            | Fact::RewardRedeemed { .. }
            | Fact::RewardExpired { .. }
            | Fact::BudgetExhausted
            | Fact::PurchaseRefunded { .. }
    )
}

/// Several events in one line.
struct Told<'a> {
    event: &'a Event,
    sentence: Sentence,
    /// Stands after the sentence.
    more: String,
}

/// The story, a line a step; what somebody does at the same moment is one sentence.
pub(super) fn in_words(explained: &Explained) -> String {
    let mut steps = steps(explained);
    let rules = explained.narrator.rules_named(steps.iter().map(|step| (step.id, step.event)));
    steps.retain(|step| !explained.narrator.is_plain(step.event));
    let mut told: Vec<Told> = vec![];
    let mut place = 0;
    while place < steps.len() {
        let Step { id, event } = steps[place];
        let alike = repeated(&steps[place..], explained.sale.id);
        if alike > 1 {
            told.push(repeatedly(explained, &steps[place..place + alike]));
            place += alike;
            continue;
        }
        place += 1;
        let (sentence, more) = sentence(explained, id, event);
        let before = told.last_mut().filter(|before| {
            event.cause != EventId::ROOT
                && is_joined(before.event.what)
                && is_joined(event.what)
                && (before.event.who, before.event.at) == (event.who, event.at)
        });
        match before {
            Some(before) => join(before, event, &sentence.predicate),
            None => told.push(Told { event, sentence, more }),
        }
    }
    let mut lines: Vec<String> = vec![];
    let mut last = None;
    for Told { event, sentence, more } in told {
        let said = explained.narrator.said(&sentence, sentence.subject.is_some() && sentence.subject == last);
        last = sentence.subject;
        lines.push(dated(event, &format!("{said}{more}")));
    }
    lines.extend(rules);
    lines.join("\n")
}

/// How many purchases again follow each other, up to the one that is explained.
fn repeated(steps: &[Step], sale: EventId) -> usize {
    let is_one = |step: &&Step| matches!(step.event.what, Fact::PurchaseRepeated { .. }) && step.id != sale;
    steps.iter().take_while(is_one).count()
}

fn repeatedly<'a>(explained: &Explained, steps: &[Step<'a>]) -> Told<'a> {
    let amount = |step: &Step| match step.event.what {
        Fact::PurchaseRepeated { order, .. } => order.minor(),
        _ => 0,
    };
    let money = explained.narrator.money(steps.iter().map(amount).sum());
    let (times, until) = (counted(steps.len() as i64, "time"), steps[steps.len() - 1].event.at.days());
    let predicate = format!("bought again {times} up to day {until:.1}, for {money} together");
    let event = steps[0].event;
    Told { event, sentence: Sentence { subject: Some(event.who), predicate }, more: String::new() }
}

/// What is short enough to share a sentence.
fn is_joined(what: Fact) -> bool {
    matches!(what, Fact::CustomerSeeded | Fact::FirstPurchaseMade { .. } | Fact::ExperienceRated { .. })
}

/// "was among the first customers, bought for 60.00 USD and was satisfied (9 of 10)".
fn join<'a>(before: &mut Told<'a>, event: &'a Event, predicate: &str) {
    let words = before.sentence.predicate.replace(" and ", ", ");
    before.sentence.predicate = format!("{words} and {predicate}");
    before.event = event;
}

/// A word is told by its teller here, and who was persuaded by whom is clear.
fn sentence(explained: &Explained, id: EventId, event: &Event) -> (Sentence, String) {
    let narrator = explained.narrator;
    match event.what {
        Fact::WordHeard { first, .. } => {
            let hearer = narrator.name(event.who);
            let more = if first { format!(" It was the first word that {hearer} heard.") } else { String::new() };
            (narrator.told(event).unwrap_or_else(|| narrator.sentence(id, event)), more)
        }
        Fact::SignedUp { source: Source::Word | Source::Review, .. } => {
            let predicate = "was persuaded and signed up".to_owned();
            (Sentence { subject: Some(event.who), predicate }, String::new())
        }
        _ => (narrator.sentence(id, event), String::new()),
    }
}

/// What led to the sale, an event a row.
pub(super) fn in_rows(explained: &Explained) -> Table {
    let Explained { story, narrator, sale, .. } = *explained;
    let words = |id, event| narrator.said(&narrator.sentence(id, event), false);
    table(story.chain(sale.id).into_iter().map(|(id, event)| (id, event, words(id, event))), narrator)
}

/// Events with their words, a row each.
pub(super) fn table<'e>(events: impl Iterator<Item = (EventId, &'e Event, String)>, narrator: &Narrator) -> Table {
    let events: Vec<_> = events.collect();
    let column = |name: &str, unit: &str, meaning: &str, values: Values| Column {
        name: name.to_owned(),
        unit: unit.to_owned(),
        meaning: meaning.to_owned(),
        values,
    };
    let names = |of: &dyn Fn(&(EventId, &Event, String)) -> String| Values::Name(events.iter().map(of).collect());
    let sequences = events.iter().map(|(id, ..)| i64::from(id.0)).collect();
    let days = events.iter().map(|(_, event, _)| event.at.days()).collect();
    Table {
        columns: vec![
            column("sequence", "", "the place of the event in the log of its run, from 0", Values::Count(sequences)),
            column("day", "days", "when it happened, since the start", Values::Real(days)),
            column(
                "person",
                "",
                "to whom it happened: a name or a number",
                names(&|(_, event, _)| narrator.name(event.who)),
            ),
            column(
                "fact",
                "",
                "what happened, as the log names it",
                names(&|(_, event, _)| event.what.name().to_owned()),
            ),
            column("words", "", "the same in a sentence", names(&|(.., words)| words.clone())),
        ],
    }
}
