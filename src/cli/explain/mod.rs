//! `tellwave explain`: why somebody bought, from the root on, and what she brought; as a story, a tree, a picture.
//!
//! The story is the chain of causes in the log, and what the company did for that sale. The tree is who brought whom.
//!
//! Deliberately absent: what she would have done without the programme. One run cannot say it; twins can.

mod chain;
mod door;
mod object;
pub(super) mod tree;

pub use self::door::of_scenario;

use super::background::Background;
use super::fact_words::Narrator;
use super::timeline::{counted, in_lines, lines, mistake, person_of, rewards_in_words, story_of};
use super::{Failure, internal, say};
use crate::archive::{Archive, Brought, Family, Rewards, Story};
use crate::draw::{self, Fonts};
use crate::event::{Event, Fact};
use crate::report::words::count;
use crate::scenario::values::shown;
use crate::store::{MARKER, atomic};
use crate::table::Table;
use crate::units::{EventId, PersonId};
use serde_json::Value;
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
    background: &'a dyn Background,
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

/// Which sale of a run is meant.
#[derive(Debug, Clone, Copy)]
pub enum Which<P> {
    /// That of this number, counted from 1, first and repeated ones alike.
    Sale(u32),
    /// The first one of somebody.
    FirstOf(P),
}

impl Which<&str> {
    /// The same of who is called so.
    fn in_market(self, background: &dyn Background) -> Result<Which<PersonId>, String> {
        Ok(match self {
            Which::Sale(number) => Which::Sale(number),
            Which::FirstOf(name) => Which::FirstOf(person_of(background, name)?),
        })
    }
}

impl Which<PersonId> {
    fn person(self) -> Option<PersonId> {
        match self {
            Which::Sale(_) => None,
            Which::FirstOf(person) => Some(person),
        }
    }
}

/// How much of the tree below her is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Generations.
    pub depth: u32,
    /// Customers in all.
    pub most: u32,
}

/// Why somebody bought, or that she has not, told in every way.
#[derive(Debug)]
pub struct Explanation {
    /// Who bought what, when; or who has not bought.
    pub head: String,
    /// All of it, as the command prints it.
    pub text: String,
    /// The same for programs.
    object: Value,
    /// What led to it, event by event; where she has not bought, what happened to her.
    pub chain: Table,
    /// The tree as a picture; nothing where she has not bought.
    pub picture: Option<draw::Tree>,
}

impl Explanation {
    /// All of it for programs.
    ///
    /// # Errors
    /// It could not be written as JSON.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(&self.object)
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let archive = Archive::open(&args.folder)?;
    let run = archive.run_or_first(args.run)?.0;
    // One of the two is given: the flags ask for that.
    let which = args.sale.map_or(Which::FirstOf(args.person.as_deref().unwrap_or_default()), Which::Sale);
    let which = which.in_market(&archive).map_err(mistake)?;
    let (story, stored) = story_of(&archive, run, which.person())?;
    let shown_below = Shown { depth: args.depth, most: args.most };
    let told = explain(&archive, (&story, run, stored), which, shown_below).map_err(mistake)?;
    if let Some(path) = &args.svg {
        let nothing = || mistake(format!("{}, so there is nothing to draw", told.head.trim_end_matches('.')));
        let picture = told.picture.as_ref().ok_or_else(nothing)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        if folder.join(MARKER).exists() {
            let what = format!("--svg {} lies in a results folder, which holds results alone", shown(path));
            return Err(Failure::User(format!("error: {what}; give another place")));
        }
        atomic::write_bytes(path, draw::tree_svg(picture, &Fonts::bundled()).as_bytes())?;
    }
    say(&if args.json { told.json().map_err(internal)? } else { told.text });
    Ok(())
}

/// Explains a sale of the story of a run, which was kept or not.
fn explain(
    background: &dyn Background,
    (story, run, stored): (&Story, u32, bool),
    which: Which<PersonId>,
    below: Shown,
) -> Result<Explanation, String> {
    let sale = match which {
        Which::Sale(number) => nth_sale(story, run, number)?,
        Which::FirstOf(person) => match first_sale(story, person) {
            Some(sale) => sale,
            None => return Ok(not_bought(background, (story, stored), run, person)),
        },
    };
    let (family, narrator) = (Family::of(story), Narrator::new(background, story, None));
    let explained = Explained { background, story, family: &family, narrator: &narrator, run, stored, sale };
    let rows = tree::rows(&explained, below.depth, below.most as usize);
    let (head, chain, table) = (explained.head(), chain::in_words(&explained), tree::in_text(&rows));
    Ok(Explanation {
        text: format!("{head}\n\n{chain}\n\nAs a tree\n\n{table}\n\n{}", explained.totals().join("\n")),
        object: object::of(&explained, &rows),
        chain: chain::in_rows(&explained),
        picture: Some(explained.picture(rows)),
        head,
    })
}

fn nth_sale(story: &Story, run: u32, number: u32) -> Result<Sale<'_>, String> {
    let of = story.sales().count();
    let place = (number as usize).checked_sub(1);
    let found = place.and_then(|place| story.sales().nth(place));
    let (id, event) = found.ok_or_else(|| {
        let all = counted(of as i64, "sale");
        format!("there is no sale {number}: run {run} has {all}, counted from 1")
    })?;
    Ok(Sale { number: number as usize, of, id, event })
}

fn first_sale(story: &Story, person: PersonId) -> Option<Sale<'_>> {
    let is_hers = |event: &Event| event.who == person;
    let (place, (id, event)) = story.sales().enumerate().find(|(_, (_, event))| is_hers(event))?;
    Some(Sale { number: place + 1, of: story.sales().count(), id, event })
}

/// What is known of somebody who never bought.
fn not_bought(background: &dyn Background, (story, stored): (&Story, bool), run: u32, person: PersonId) -> Explanation {
    let narrator = Narrator::new(background, story, Some(person));
    let mut lines = lines(story, &narrator, person);
    lines.retain(|line| line.event.who == person);
    let head = format!("{} has not bought in run {run}.", narrator.name_first(person));
    let text = match lines.is_empty() {
        true => format!("{head} She heard nothing."),
        false => format!("{head}\n\n{}", in_lines(&lines, &narrator)),
    };
    let rows = lines.iter().map(|line| (line.id, line.event, line.words.clone()));
    Explanation {
        text,
        object: object::of_nobody_s(background, (run, stored), person, &lines),
        chain: chain::table(rows, &narrator),
        picture: None,
        head,
    }
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
        let scenario = self.background.scenario();
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
