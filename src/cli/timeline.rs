//! `tellwave timeline`: everything that happened to one person in a run, in order of time and in words.

use super::background::{Background, names};
use super::events::Lines;
use super::fact_words::Narrator;
use super::{Failure, hint, internal, say};
use crate::archive::{Archive, Family, Rewards, Story};
use crate::event::{Event, Fact};
use crate::report::words::count;
use crate::units::{EventId, PersonId, RunId};
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave timeline output/quickstart-001 --person 29\n  \
    tellwave timeline output/les-miserables-001 --person Valjean --run 7 --json")]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// Who: her number, or in a market from an edge list her name
    #[arg(long, value_name = "PERSON")]
    person: String,
    /// Which run [default: the first one of the folder]
    #[arg(long, value_name = "R")]
    run: Option<u32>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let run = archive.run_or_first(args.run)?.0;
    let person = person_of(&archive, &args.person).map_err(mistake)?;
    let (story, stored) = story_of(&archive, run, Some(person))?;
    let narrator = Narrator::new(&archive, &story, Some(person));
    let lines = lines(&story, &narrator, person);
    if args.json {
        let log = Lines { run, money: archive.money() };
        let events: Vec<Value> = lines.iter().map(|line| line.object(&log)).collect();
        let object = json!({
            "run": run,
            "stored": stored,
            "person": person.0,
            "name": names(&archive).and_then(|graph| graph.name(person)),
            "currency": archive.money().code,
            "currency_digits": archive.money().digits,
            "events": events,
        });
        say(&serde_json::to_string_pretty(&object).map_err(internal)?);
        return Ok(());
    }
    let title = format!("{} in run {}", narrator.name_first(person), run);
    let told = if lines.is_empty() { "  She heard nothing.".to_owned() } else { in_lines(&lines, &narrator) };
    say(&format!("{title}\n\n{told}\n\n{}", in_all(&story, &narrator, person)));
    Ok(())
}

/// What is wrong with what was asked, in a sentence.
pub(super) fn mistake(what: String) -> Failure {
    Failure::User(format!("error: {what}"))
}

/// Who is meant by a name or a number.
pub(super) fn person_of(background: &dyn Background, text: &str) -> Result<PersonId, String> {
    let nobody = |hint: String| format!("there is no person '{text}' in this market{hint}");
    if let Some(person) = names(background).and_then(|graph| graph.person_named(text)) {
        return Ok(person);
    }
    let number = text.parse().map_err(|_| nobody(String::new()))?;
    let people = background.scenario().people().filter(|people| number >= *people);
    match people {
        Some(people) => Err(nobody(format!(": people are numbered from 0 to {}", people - 1))),
        None => Ok(PersonId(number)),
    }
}

/// The story of a run and whether it was kept; people are told if it was not.
pub(super) fn story_of(archive: &Archive, run: u32, about: Option<PersonId>) -> Result<(Story, bool), Failure> {
    let (story, told) = archive.story(RunId(run), about)?;
    has_person(run, told.state.people(), about).map_err(mistake)?;
    if !told.stored {
        hint(&format!("Run {run} was not kept: told again from the seed."));
    }
    Ok((story, told.stored))
}

/// Refuses somebody who is not among so many people of a run.
pub(super) fn has_person(run: u32, people: u32, about: Option<PersonId>) -> Result<(), String> {
    let unknown = about.filter(|person| person.0 >= people);
    unknown.map_or(Ok(()), |person| Err(format!("run {run} has {people} people, and no person {person}")))
}

/// One line of somebody's history.
pub(super) struct Line<'a> {
    pub id: EventId,
    pub event: &'a Event,
    pub words: String,
}

impl Line<'_> {
    /// The event as in the log, and its words.
    pub(super) fn object(&self, log: &Lines) -> Value {
        let mut object = log.object(self.id.0, self.event);
        object["words"] = self.words.clone().into();
        object
    }
}

/// How many of those who are told in one line are named.
const NAMED: usize = 5;

/// Lines with their days, and the rules that they name. Words that follow each other are one line.
pub(super) fn in_lines(lines: &[Line], narrator: &Narrator) -> String {
    let rules = narrator.rules_named(lines.iter().map(|line| (line.id, line.event)));
    let shown: Vec<&Line> = lines.iter().filter(|line| !narrator.is_plain(line.event)).collect();
    let said = shown.chunk_by(|a, b| is_one_telling(narrator, a, b)).map(|alike| match alike {
        [line] => dated(line.event, &line.words),
        several => dated(several[0].event, &several_told(several, narrator)),
    });
    said.chain(rules).collect::<Vec<String>>().join("\n")
}

/// Whether two words of hers differ in nothing but who heard them.
fn is_one_telling(narrator: &Narrator, a: &Line, b: &Line) -> bool {
    let how = |line: &Line| match line.event.what {
        Fact::WordHeard { valence, coded, channel, .. } if !narrator.is_about(line.event.who) => {
            Some((valence, coded, channel))
        }
        _ => None,
    };
    how(a).is_some() && how(a) == how(b) && a.event.cause == b.event.cause
}

/// "She told 12 people up to day 4.4 face to face, with a code: Ann, Bob and 10 others."
fn several_told(lines: &[&Line], narrator: &Narrator) -> String {
    let hearers = lines.iter().map(|line| narrator.name(line.event.who));
    let mut names: Vec<String> = hearers.take(NAMED).collect();
    if let Some(others) = lines.len().checked_sub(NAMED).filter(|others| *others > 0) {
        names.push(counted(others as i64, "other"));
    }
    let last = names.pop().unwrap_or_default();
    let first = lines[0];
    let until = lines[lines.len() - 1].event.at.days();
    // The sentence about the first of them, with all in her place.
    let all = format!("{} people up to day {until:.1}", lines.len());
    // Her name stands behind the verb.
    let told = format!("told {}", narrator.name(first.event.who));
    let words = first.words.replacen(&told, &format!("told {all}"), 1);
    format!("{}: {} and {last}.", words.trim_end_matches('.'), names.join(", "))
}

/// "  day 15.3   Bob bought for 60.00 USD."
pub(super) fn dated(event: &Event, words: &str) -> String {
    format!("  day {:<7.1}{words}", event.at.days())
}

/// All that is about somebody: what happened to her, what she did to others, and who was paid for her.
pub(super) fn lines<'a>(story: &'a Story, narrator: &Narrator, person: PersonId) -> Vec<Line<'a>> {
    let about = story.events().iter().filter(|(_, event)| is_about(story, event, person));
    let line = |(id, event): &'a (EventId, Event)| {
        let told = narrator.told(event).filter(|_| event.who != person);
        let sentence = told.unwrap_or_else(|| narrator.sentence(*id, event));
        Line { id: *id, event, words: narrator.said(&sentence, false) }
    };
    about.map(line).collect()
}

fn is_about(story: &Story, event: &Event, person: PersonId) -> bool {
    let because = || story.get(event.cause);
    event.who == person
        || match event.what {
            Fact::WordHeard { teller, .. }
            | Fact::SignedUp { teller, .. }
            | Fact::CustomerWonBack { teller }
            | Fact::ReferralClaimed { teller }
            | Fact::ReferralFaked { teller, .. } => teller == person,
            Fact::ReferralCredited { friend } => friend == person,
            // Whom she persuaded, bought; others are paid for what she does.
            Fact::FirstPurchaseMade { .. } => because()
                .is_some_and(|sign_up| matches!(sign_up.what, Fact::SignedUp { teller, .. } if teller == person)),
            Fact::RewardGranted { .. } | Fact::RewardHeld { .. } | Fact::RewardDenied { .. } => {
                because().is_some_and(|earning| earning.who == person)
            }
            _ => false,
        }
}

/// What it came to.
fn in_all(story: &Story, narrator: &Narrator, person: PersonId) -> String {
    let (mut heard, mut told, mut rewards) = (0, 0, Rewards::default());
    for (_, event) in story.events() {
        match event.what {
            Fact::WordHeard { .. } if event.who == person => heard += 1,
            Fact::WordHeard { teller, .. } if teller == person => told += 1,
            what if event.who == person => rewards.count(what),
            _ => {}
        }
    }
    let family = Family::of(story);
    let (times, paid) = family.customer(person).map_or((0, 0), |her| (her.purchases, her.revenue));
    let brought = family.customer(person).map_or((0, 0), |her| (her.brought.len(), her.customers_below));
    let revenue = match times {
        0 => String::new(),
        _ => format!(" ({} of revenue, less refunds)", narrator.money(paid)),
    };
    let mut parts = vec![
        format!("{} heard", counted(heard, "word")),
        format!("{} told", counted(told, "word")),
        format!("{}{revenue}", counted(times.into(), "purchase")),
        format!("{} brought directly, {} in all", counted(brought.0 as i64, "customer"), count(brought.1.into())),
    ];
    if rewards != Rewards::default() {
        parts.push(format!("rewards to her: {}", rewards_in_words(&rewards, narrator)));
    }
    format!("In all: {}.", parts.join("; "))
}

/// "30.00 USD, of which 5.00 USD was taken back; 2 rewards were refused".
pub(super) fn rewards_in_words(rewards: &Rewards, narrator: &Narrator) -> String {
    let Rewards { granted, taken_back, held, denied } = *rewards;
    let mut words = narrator.money(granted);
    if taken_back > 0 {
        words.push_str(&format!(", of which {} was taken back", narrator.money(taken_back)));
    }
    if held > 0 {
        words.push_str(&format!(", and {} was still held back", narrator.money(held)));
    }
    if denied > 0 {
        words.push_str(&format!(", and {} refused", counted(denied.into(), "reward")));
    }
    words
}

/// "1 word", "12 words".
pub(super) fn counted(number: i64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", count(number))
}
