//! `tellwave explain`: why somebody bought, from the root on, and what she brought; as a story, a tree, a picture.
//!
//! The story is the chain of causes in the log, and what the company did for that sale. The tree is who brought whom.
//!
//! Deliberately absent: what she would have done without the programme. One run cannot say it; twins can.

mod chain;
mod object;
pub(super) mod tree;

use super::fact_words::Narrator;
use super::timeline::{counted, in_lines, lines, person_of, rewards_in_words, story_of};
use super::{Failure, internal, say};
use crate::archive::{Archive, Brought, Family, Rewards, Story};
use crate::draw::{self, Fonts};
use crate::event::{Event, Fact};
use crate::report::words::count;
use crate::scenario::values::shown;
use crate::store::{MARKER, atomic};
use crate::units::{EventId, PersonId};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["sale", "person"])))]
#[command(after_help = "Examples:\n  tellwave explain output/quickstart-001 --sale 127\n  \
                        tellwave explain output/quickstart-001 --person 29 --svg why.svg")]
pub(super) struct Args {
    /// A folder that `tellwave run` has written
    folder: PathBuf,
    /// The N-th purchase of the run, from 1, first and repeated ones alike
    #[arg(long, value_name = "N")]
    sale: Option<u32>,
    /// Whose first purchase: her number, or in a market from an edge list her name
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// Which run [default: the first one of the folder]
    #[arg(long, value_name = "R")]
    run: Option<u32>,
    /// How many generations below her the tree shows
    #[arg(long, value_name = "GENERATIONS", default_value_t = 4, value_parser = clap::value_parser!(u32).range(..=1_000))]
    depth: u32,
    /// How many customers below her the tree shows
    #[arg(long, value_name = "CUSTOMERS", default_value_t = 20, value_parser = clap::value_parser!(u32).range(..=10_000))]
    most: u32,
    /// Write the tree as a picture too
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// A sale and what it is explained with.
struct Explained<'a> {
    archive: &'a Archive,
    story: &'a Story,
    family: &'a Family,
    narrator: &'a Narrator<'a>,
    run: u32,
    stored: bool,
    sale: Sale<'a>,
}

/// The N-th purchase.
#[derive(Clone, Copy)]
struct Sale<'a> {
    number: usize,
    of: usize,
    id: EventId,
    event: &'a Event,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let run = archive.run_or_first(args.run)?.0;
    let person = args.person.as_deref().map(|text| person_of(&archive, text)).transpose()?;
    let (story, stored) = story_of(&archive, run, person)?;
    let found = match (args.sale, person) {
        (Some(number), _) => Some(nth_sale(&story, run, number)?),
        (None, person) => person.and_then(|person| first_sale(&story, person)),
    };
    let Some(sale) = found else {
        // Only of a person can there be none.
        return person.map_or(Ok(()), |person| not_bought(args, &archive, run, (&story, stored), person));
    };
    let (family, narrator) = (Family::of(&story), Narrator::new(&archive, &story, None));
    let explained =
        Explained { archive: &archive, story: &story, family: &family, narrator: &narrator, run, stored, sale };
    let rows = tree::rows(&explained, args.depth, args.most as usize);
    if let Some(path) = &args.svg {
        let folder = path.parent().unwrap_or(Path::new(""));
        if folder.join(MARKER).exists() {
            let what = format!("--svg {} lies in a results folder, which holds results alone", shown(path));
            return Err(Failure::User(format!("error: {what}; give another place")));
        }
        let picture = explained.picture(rows.clone());
        atomic::write_bytes(path, draw::tree_svg(&picture, &Fonts::bundled()).as_bytes())?;
    }
    if args.json {
        say(&serde_json::to_string_pretty(&object::of(&explained, &rows)).map_err(internal)?);
    } else {
        let (head, chain, table) = (explained.head(), chain::in_words(&explained), tree::in_text(&rows));
        say(&format!("{head}\n\n{chain}\n\nAs a tree\n\n{table}\n\n{}", explained.totals().join("\n")));
    }
    Ok(())
}

fn nth_sale(story: &Story, run: u32, number: u32) -> Result<Sale<'_>, Failure> {
    let of = story.sales().count();
    let place = (number as usize).checked_sub(1);
    let found = place.and_then(|place| story.sales().nth(place));
    let (id, event) = found.ok_or_else(|| {
        let all = counted(of as i64, "sale");
        Failure::User(format!("error: there is no sale {number}: run {run} has {all}, counted from 1"))
    })?;
    Ok(Sale { number: number as usize, of, id, event })
}

fn first_sale(story: &Story, person: PersonId) -> Option<Sale<'_>> {
    let is_hers = |event: &Event| event.who == person;
    let (place, (id, event)) = story.sales().enumerate().find(|(_, (_, event))| is_hers(event))?;
    Some(Sale { number: place + 1, of: story.sales().count(), id, event })
}

/// What is known of somebody who never bought.
fn not_bought(
    args: &Args,
    archive: &Archive,
    run: u32,
    (story, stored): (&Story, bool),
    person: PersonId,
) -> Result<(), Failure> {
    let narrator = Narrator::new(archive, story, Some(person));
    let name = narrator.name_first(person);
    if args.svg.is_some() {
        return Err(Failure::User(format!("error: {name} has not bought in run {run}, so there is nothing to draw")));
    }
    let mut lines = lines(story, &narrator, person);
    lines.retain(|line| line.event.who == person);
    if args.json {
        let object = object::of_nobody_s(archive, run, stored, person, &lines);
        say(&serde_json::to_string_pretty(&object).map_err(internal)?);
        return Ok(());
    }
    let head = format!("{name} has not bought in run {run}.");
    if lines.is_empty() {
        say(&format!("{head} She heard nothing."));
    } else {
        say(&format!("{head}\n\n{}", in_lines(&lines, &narrator)));
    }
    Ok(())
}

impl Explained<'_> {
    fn buyer(&self) -> PersonId {
        self.sale.event.who
    }

    /// "Sale 123 of 127 in run 0: person 8252 bought for 60.00 USD on day 30.9."
    fn head(&self) -> String {
        let Sale { number, of, event, .. } = self.sale;
        let (name, day) = (self.narrator.name(self.buyer()), event.at.days());
        let (number, of) = (count(number as i64), count(of as i64));
        let bought = match event.what {
            Fact::PurchaseRepeated { order, .. } => format!("bought again for {}", self.narrator.money(order.minor())),
            Fact::FirstPurchaseMade { order, .. } => format!("bought for {}", self.narrator.money(order.minor())),
            _ => String::new(),
        };
        format!("Sale {number} of {of} in run {}: {name} {bought} on day {day:.1}.", self.run)
    }

    /// What she brought and what she is herself, a line each.
    fn totals(&self) -> Vec<String> {
        let (buyer, name) = (self.buyer(), self.narrator.name(self.buyer()));
        let Brought { directly, customers, revenue, to_her, to_others } = self.family.brought(self.story, buyer);
        let mut lines = vec![];
        if customers == 0 {
            lines.push(format!("What {name} brought: nobody."));
        } else {
            let direct = counted(directly.into(), "customer");
            let (all, revenue) = (count(customers.into()), self.narrator.money(revenue));
            lines.push(format!(
                "What {name} brought: {direct} directly, {all} in all; {revenue} of revenue, less refunds."
            ));
            if (to_her, to_others) != Default::default() {
                let [to_her, to_others] = [to_her, to_others].map(|rewards| rewards_in_words(&rewards, self.narrator));
                lines.push(format!("Rewards for them: to her {to_her}; to others {to_others}."));
            }
        }
        if let Some(her) = self.family.customer(buyer) {
            let (times, revenue) = (counted(her.purchases.into(), "purchase"), self.narrator.money(her.revenue));
            let refunds =
                if her.refunds > 0 { format!(", {} refunded", count(her.refunds.into())) } else { String::new() };
            let earned = self.family.earned(self.story, buyer);
            let rewards = match earned == Rewards::default() {
                true => String::new(),
                false => format!("; rewards for these, whoever got them: {}", rewards_in_words(&earned, self.narrator)),
            };
            lines.push(format!("She herself: {times}{refunds}, {revenue} of revenue{rewards}."));
        }
        lines
    }

    fn picture(&self, rows: Vec<tree::Row>) -> draw::Tree {
        let scenario = self.archive.scenario();
        let (number, of) = (count(self.sale.number as i64), count(self.sale.of as i64));
        let (name, seed, day) = (self.narrator.name(self.buyer()), scenario.seed.0, self.sale.event.at.days());
        let mut captions =
            vec!["Above her: by whom she came. Below her: whom she brought, and by whom each came.".to_owned()];
        captions.extend(self.totals());
        draw::Tree {
            title: format!("Why {name} bought, and whom she brought"),
            subtitle: format!(
                "{}: run {} of seed {seed}, sale {number} of {of}, day {day:.1}",
                draw::clean(&scenario.name),
                self.run
            ),
            columns: tree::COLUMNS,
            rows: rows.into_iter().map(|row| row.shown).collect(),
            captions,
        }
    }
}
