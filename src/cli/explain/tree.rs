//! Who came by whom, as rows: from the root down to her, and below her whom she brought, cut where it grows long.

use super::super::fact_words::by_channel;
use super::Explained;
use crate::archive::{Customer, Family};
use crate::draw::{Mark, TreeColumn, TreeRow};
use crate::event::{Fact, Source};
use crate::report::words::count;
use crate::units::PersonId;
use comfy_table::{CellAlignment, Table, presets};
use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};

/// The most people of the chain that are shown; of a longer one its root and its end.
const CHAIN_MAX: usize = 12;

/// The columns beside the names.
pub(super) const COLUMNS: [TreeColumn; 4] = [
    TreeColumn { head: Cow::Borrowed("day"), is_right: true },
    TreeColumn { head: Cow::Borrowed("how she came"), is_right: false },
    TreeColumn { head: Cow::Borrowed("revenue"), is_right: true },
    TreeColumn { head: Cow::Borrowed("brought"), is_right: false },
];

/// A row: what it shows, and whom.
#[derive(Clone)]
pub(super) struct Row {
    pub shown: TreeRow,
    /// Nobody, where it is about those left out.
    pub who: Option<PersonId>,
    /// How many are left out here.
    pub left_out: usize,
}

/// All rows, each after the one above it.
pub(super) fn rows(explained: &Explained, depth: u32, most: usize) -> Vec<Row> {
    let chain = people(explained);
    let mut rows = vec![];
    // Those after the root whose place one row takes.
    let hidden = if chain.len() > CHAIN_MAX { 1..chain.len() - CHAIN_MAX + 2 } else { 0..0 };
    for (place, link) in chain.iter().enumerate() {
        if place > 0 && place == hidden.start && !hidden.is_empty() {
            rows.push(left_out(rows.len(), format!("… and {} between", count(hidden.len() as i64)), hidden.len()));
        }
        if !hidden.contains(&place) {
            let mark = if place + 1 == chain.len() { Mark::Chosen } else { Mark::Above };
            rows.push(row(explained, rows.len(), *link, mark));
        }
    }
    let above = rows.len();
    tell_below(explained.family, explained.buyer(), (depth, most), &mut |generation, below| {
        rows.push(match below {
            Below::Shown(friend) => row(explained, above + generation, (Some(friend.person), false), Mark::Below),
            Below::LeftOut(hidden) => more(explained, above + generation, &hidden),
        });
    });
    rows
}

/// A person of the chain, or nobody for what the company did; and whether she was won back.
type Link = (Option<PersonId>, bool);

/// Those by whom the sale came about, each once for each time that she comes in.
fn people(explained: &Explained) -> Vec<Link> {
    let mut people: Vec<Link> = vec![];
    for (_, event) in explained.story.chain(explained.sale.id) {
        // A word belongs to its teller here, and to its hearer only once she acts.
        if matches!(event.what, Fact::WordHeard { .. }) {
            continue;
        }
        let who = (event.who != PersonId::NOBODY).then_some(event.who);
        if people.last().is_none_or(|last| last.0 != who) {
            people.push((who, false));
        }
        if let (Fact::CustomerWonBack { .. }, Some(last)) = (event.what, people.last_mut()) {
            last.1 = true;
        }
    }
    people
}

/// What is told of those below somebody.
pub(in super::super) enum Below<'f> {
    /// One of them.
    Shown(&'f Customer),
    /// Those whom one person brought and who are not shown.
    LeftOut(Vec<&'f Customer>),
}

/// Tells of those below somebody, so many at most and so many generations deep, each after the one who brought her; with
/// the generation, which begins at 0.
pub(in super::super) fn tell_below<'f>(
    family: &'f Family,
    root: PersonId,
    (depth, most): (u32, usize),
    tell: &mut dyn FnMut(usize, Below<'f>),
) {
    below(family, root, 0, &chosen(family, root, depth, most), tell);
}

/// Those below her who are shown, generation by generation.
fn chosen(family: &Family, root: PersonId, depth: u32, most: usize) -> BTreeSet<PersonId> {
    let mut chosen = BTreeSet::new();
    let mut open = VecDeque::from([(root, 0)]);
    while let Some((person, generation)) = open.pop_front() {
        let Some(customer) = family.customer(person).filter(|_| generation < depth) else { continue };
        for &friend in customer.brought.iter().take(most - chosen.len()) {
            chosen.insert(friend);
            open.push_back((friend, generation + 1));
        }
    }
    chosen
}

fn below<'f>(
    family: &'f Family,
    person: PersonId,
    generation: usize,
    chosen: &BTreeSet<PersonId>,
    tell: &mut dyn FnMut(usize, Below<'f>),
) {
    let Some(customer) = family.customer(person) else { return };
    let (shown, hidden): (Vec<PersonId>, Vec<PersonId>) =
        customer.brought.iter().partition(|friend| chosen.contains(friend));
    for friend in shown.into_iter().filter_map(|friend| family.customer(friend)) {
        tell(generation, Below::Shown(friend));
        below(family, friend.person, generation + 1, chosen, tell);
    }
    if !hidden.is_empty() {
        tell(generation, Below::LeftOut(hidden.iter().filter_map(|&friend| family.customer(friend)).collect()));
    }
}

/// The row of those who are left out.
fn more(explained: &Explained, depth: usize, hidden: &[&Customer]) -> Row {
    let revenue = hidden.iter().map(|friend| friend.revenue).sum();
    let below: u32 = hidden.iter().map(|friend| friend.customers_below).sum();
    let mut more = left_out(depth, format!("… and {} more", count(hidden.len() as i64)), hidden.len());
    more.shown.cells[2] = explained.narrator.money(revenue);
    more.shown.cells[3] = if below > 0 { count(below.into()) } else { String::new() };
    more
}

fn left_out(depth: usize, name: String, left_out: usize) -> Row {
    Row { shown: TreeRow { depth, name, cells: Default::default(), mark: Mark::More }, who: None, left_out }
}

fn row(explained: &Explained, depth: usize, (who, won_back): Link, mark: Mark) -> Row {
    let narrator = explained.narrator;
    let name = who.map_or("An influencer's post".to_owned(), |who| narrator.name_first(who));
    let cells = match who.and_then(|who| explained.family.customer(who)) {
        None => Default::default(),
        Some(customer) => {
            let times = match customer.purchases {
                0 | 1 => String::new(),
                times => format!(" in {}", count(times.into())),
            };
            [
                format!("{:.1}", customer.at.days()),
                if won_back { "won back".to_owned() } else { how(customer) },
                format!("{}{times}", narrator.money(customer.revenue)),
                brought(customer),
            ]
        }
    };
    Row { shown: TreeRow { depth, name, cells, mark }, who, left_out: 0 }
}

/// How she came.
pub(super) fn how(customer: &Customer) -> String {
    match (customer.source, customer.word) {
        (Source::Word, Some((channel, coded))) => by_channel(channel, coded),
        (Source::Word, None) => "by a word".to_owned(),
        (Source::Seed, _) => "first customer".to_owned(),
        (Source::Review, _) => "by a review".to_owned(),
        (Source::Influencer, _) => "by an influencer".to_owned(),
        (Source::Advertising, _) => "by advertising".to_owned(),
    }
}

/// "3", or "3, 7 in all".
fn brought(customer: &Customer) -> String {
    let (directly, all) = (customer.brought.len(), customer.customers_below);
    match directly {
        0 => String::new(),
        directly if directly == all as usize => count(directly as i64),
        directly => format!("{}, {} in all", count(directly as i64), count(all.into())),
    }
}

/// The rows as text, with the branches drawn.
pub(super) fn in_text(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let heads = COLUMNS.map(|column| column.head.into_owned());
    table.add_row([String::new()].into_iter().chain(heads));
    for (place, Row { shown, .. }) in rows.iter().enumerate() {
        let mark = if shown.mark == Mark::Chosen { "  ◀" } else { "" };
        let name = format!("{}{}{mark}", branches(rows, place), shown.name);
        table.add_row([name].into_iter().chain(shown.cells.iter().cloned()));
    }
    for (place, _) in COLUMNS.iter().enumerate().filter(|(_, column)| column.is_right) {
        if let Some(cells) = table.column_mut(place + 1) {
            cells.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// What stands before a name: "│  └─ ".
fn branches(rows: &[Row], place: usize) -> String {
    let depth = rows[place].shown.depth;
    // Whether another one follows at a depth, below the same one above.
    let goes_on = |at: usize| {
        let after = rows[place + 1..].iter().map(|row| row.shown.depth).find(|&depth| depth <= at);
        after == Some(at)
    };
    let before = (1..depth).map(|at| if goes_on(at) { "│  " } else { "   " });
    let own = (depth > 0).then(|| if goes_on(depth) { "├─ " } else { "└─ " });
    before.chain(own).collect()
}
