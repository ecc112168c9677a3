//! Reads a recorded graph from the bytes of an edge list.
//!
//! Why by hand: real lists have habits (comments, counts up front, sparse ids, both directions listed), and each is
//! either read right or refused with its line; a wrong guess would be a wrong market. What was dropped or merged is said.
//!
//! Lists of nothing but numbers, which large ones mostly are, go a way of their own (`plain`), and so does none that holds a
//! mistake. Memory is a small multiple of the file.
//!
//! Deliberately not here: opening files, quoted fields that span lines, more columns than a tie and its weight, and
//! people without a tie, whom a list cannot name.

mod fields;
mod header;
mod plain;

use std::collections::HashMap;

use super::SocialGraph;
use super::build::Rows;
use crate::language::{Said, said};
use crate::units::Strength;
use fields::{Fields, Separator, plain_number, quote};

pub(in crate::graph) use fields::check_name;

/// Mistakes reported before reading stops.
const MISTAKES_MAX: usize = 20;

/// Lines that are read after the first mistake, to find others \[lines\]: who has one to mend need not wait for the end.
const LINES_AFTER: u64 = 100_000;

/// How a list is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArcListForm {
    /// What a line means.
    pub ties: TieKind,
    /// What the first line is.
    pub header: Header,
    /// What a third column means.
    pub weights: Weights,
    /// What people are called.
    pub ids: Ids,
    /// The most people the graph may have \[people\].
    pub people_max: u32,
}

/// What a line `a b` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieKind {
    /// a and b tell each other; listing both directions is listing the tie twice.
    Undirected,
    /// a tells b.
    Directed,
}

/// What the first line that is not a comment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// Whatever it clearly is; refused when it could be counts as well as a tie.
    Auto,
    /// A tie.
    None,
    /// Names of the columns.
    Names,
    /// The number of people and the number of ties.
    Counts,
}

/// What people are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ids {
    /// By numbers, if the first tie is of two; else by whatever stands there.
    Auto,
    /// By whatever stands there.
    Names,
}

/// What a third column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Nothing; it may be there.
    Ignore,
    /// What the tie multiplies persuasion by; 0 to below 256.
    Strength,
    /// The same after division by the mean over all ties.
    RelativeStrength,
}

/// What the first line was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstLine {
    /// A tie.
    Tie,
    /// Names of the columns.
    Names,
    /// Promised people and ties.
    Counts,
}

/// A graph that was read, and what is to be said about it.
#[derive(Debug, Clone)]
pub struct ArcList {
    /// The people and their arcs.
    pub graph: SocialGraph,
    /// What was found, dropped and merged.
    pub said: ArcListNotes,
}

/// What was found, dropped and merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArcListNotes {
    /// Lines of the file, of any kind \[lines\].
    pub lines: u64,
    /// Comment lines \[lines\].
    pub comments: u64,
    /// What the first line was taken for.
    pub first_line: FirstLine,
    /// People named \[people\].
    pub people: u32,
    /// Ties of the graph; arcs, if directed \[ties\].
    pub ties: u64,
    /// What a line meant.
    pub kind: TieKind,
    /// Lines that tie a person to itself \[lines\].
    pub self_loops_skipped: u64,
    /// Lines that repeat an earlier one \[lines\].
    pub duplicates_merged: u64,
    /// Ties listed in both directions, counted once \[ties\].
    pub reversed_merged: u64,
    /// People and ties that a counts header promises.
    pub promised: Option<(u64, u64)>,
    /// Whether a third column was there and not used.
    pub weights_ignored: bool,
    /// Whether people have names, because their ids are not the numbers from 0.
    pub named: bool,
}

/// Something in the list that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArcListMistake {
    /// The line, from 1; 0 when it is the whole file.
    pub line: u64,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub allowed: String,
}

/// Reads a list; every mistake in it, up to 20, when there is one.
pub fn read(bytes: &[u8], form: ArcListForm) -> Result<ArcList, Vec<ArcListMistake>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match plain::read(bytes, form) {
        Some(list) => Ok(list),
        None => read_any(bytes, form),
    }
}

/// Reads a list whatever is in it.
fn read_any(bytes: &[u8], form: ArcListForm) -> Result<ArcList, Vec<ArcListMistake>> {
    let mut reader = Reader::new(form);
    for line in bytes.strip_suffix(b"\n").unwrap_or(bytes).split(|&byte| byte == b'\n') {
        reader.lines += 1;
        if let Err(mistake) = reader.read_line(line) {
            reader.mistakes.push(mistake);
        }
        let first = reader.mistakes.first().map_or(reader.lines, |mistake| mistake.line);
        if reader.mistakes.len() >= MISTAKES_MAX || reader.lines - first >= LINES_AFTER {
            reader.mistakes.truncate(MISTAKES_MAX);
            return Err(reader.mistakes);
        }
    }
    reader.finish()
}

/// A tie as it was listed, people numbered by first appearance.
#[derive(Debug, Clone, Copy)]
struct Listed {
    teller: u32,
    hearer: u32,
    line: u64,
    /// One where there is no weight.
    weight: f64,
}

struct Reader<'a> {
    form: ArcListForm,
    lines: u64,
    comments: u64,
    separator: Option<Separator>,
    /// The first line that is no comment, with its number.
    first: Option<(u64, Fields<'a>)>,
    first_line: FirstLine,
    /// Columns of a tie, once one was read.
    columns: Option<usize>,
    numbers: HashMap<std::borrow::Cow<'a, str>, u32>,
    names: Vec<std::borrow::Cow<'a, str>>,
    listed: Vec<Listed>,
    mistakes: Vec<ArcListMistake>,
}

impl<'a> Reader<'a> {
    fn new(form: ArcListForm) -> Self {
        Reader {
            form,
            lines: 0,
            comments: 0,
            separator: None,
            first: None,
            first_line: FirstLine::Tie,
            columns: None,
            numbers: HashMap::new(),
            names: Vec::new(),
            listed: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    fn mistake(&self, found: impl Into<String>, allowed: impl Into<String>) -> ArcListMistake {
        ArcListMistake { line: self.lines, found: found.into(), allowed: allowed.into() }
    }

    fn read_line(&mut self, line: &'a [u8]) -> Result<(), ArcListMistake> {
        let text = fields::text(line).map_err(|(found, allowed)| self.mistake(found, allowed))?;
        match text.trim_start().bytes().next() {
            None => return Ok(()),
            Some(b'#' | b'%') => {
                self.comments += 1;
                return Ok(());
            }
            Some(_) => {}
        }
        let separator = *self.separator.get_or_insert_with(|| Separator::of(text));
        let fields = fields::split(text, separator).map_err(|(found, allowed)| self.mistake(found, allowed))?;
        let Some((first_number, first)) = &self.first else {
            return self.read_first(fields);
        };
        if self.columns.is_none() {
            // The second line settles what the first was, but for counts, which need them all.
            let (number, first) = (*first_number, first.clone());
            let here = std::mem::replace(&mut self.lines, number);
            self.first_line = header::of_two(self.form.header, &first, &fields);
            let read = if self.first_line == FirstLine::Tie { self.read_tie(&first) } else { Ok(()) };
            self.lines = here;
            self.columns.get_or_insert(fields.len());
            if let Err(mistake) = read {
                self.mistakes.push(mistake);
            }
        }
        self.read_tie(&fields)
    }

    fn read_first(&mut self, fields: Fields<'a>) -> Result<(), ArcListMistake> {
        if fields.len() < 2 {
            self.separator = None;
            return Err(
                self.mistake(quote(fields.get(0)), "two people, separated by a tab, a semicolon, a comma or a space")
            );
        }
        let promises = header::counts(&fields).is_some();
        let found = format!("{} and {} under header = counts", quote(fields.get(0)), quote(fields.get(1)));
        self.first = Some((self.lines, fields));
        if self.form.header == Header::Counts && !promises {
            return Err(self.mistake(found, "two whole numbers, people and ties"));
        }
        Ok(())
    }

    fn read_tie(&mut self, fields: &Fields<'a>) -> Result<(), ArcListMistake> {
        let columns = *self.columns.get_or_insert(fields.len());
        if fields.len() != columns {
            let separator = self.separator.map_or("", Separator::name);
            let found = format!(
                "{} column{}: {}",
                fields.len(),
                if fields.len() == 1 { "" } else { "s" },
                quote(fields.get(0))
            );
            return Err(
                self.mistake(found, format!("{columns} columns separated by {separator}, as in the lines before"))
            );
        }
        let weighed = self.form.weights != Weights::Ignore;
        if !(2..=3).contains(&columns) || (weighed && columns != 3) {
            let allowed = if weighed { "3 columns: two people and a weight" } else { "2 columns, or 3 with a weight" };
            return Err(self.mistake(format!("{columns} columns"), allowed));
        }
        let weight = if weighed { self.weight(fields.get(2))? } else { 1.0 };
        for name in [fields.get(0), fields.get(1)] {
            fields::check_name(name).map_err(|(found, allowed)| self.mistake(found, allowed))?;
        }
        let (teller, hearer) = (self.number(fields, 0), self.number(fields, 1));
        self.listed.push(Listed { teller, hearer, line: self.lines, weight });
        Ok(())
    }

    fn weight(&self, text: &str) -> Result<f64, ArcListMistake> {
        let strength = self.form.weights == Weights::Strength;
        match text.parse::<f64>() {
            Ok(weight) if weight.is_finite() && weight >= 0.0 && !(strength && Strength::new(weight).is_none()) => {
                Ok(weight)
            }
            _ => {
                let allowed = if strength { "a weight of 0 to below 256" } else { "a weight of 0 or more" };
                Err(self.mistake(quote(text), allowed))
            }
        }
    }

    /// The person's number by first appearance.
    fn number(&mut self, fields: &Fields<'a>, column: usize) -> u32 {
        if let Some(&number) = self.numbers.get(fields.get(column)) {
            return number;
        }
        let number = self.names.len() as u32;
        let name = fields.owned(column);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    fn finish(mut self) -> Result<ArcList, Vec<ArcListMistake>> {
        let mut first_mistake = None;
        if let Some((number, first)) = self.first.clone() {
            if self.columns.is_none() {
                // Only one line: it is a tie unless the form says otherwise.
                self.first_line = header::alone(self.form.header);
                self.lines = self.lines.max(number);
                if self.first_line == FirstLine::Tie {
                    let last = std::mem::replace(&mut self.lines, number);
                    first_mistake = self.read_tie(&first).err();
                    self.lines = last;
                }
            } else if self.form.header == Header::Auto && self.first_line == FirstLine::Tie && self.mistakes.is_empty()
            {
                match header::of_all(&first, &self.names, &self.listed) {
                    Ok(FirstLine::Counts) => {
                        self.first_line = FirstLine::Counts;
                        self.listed.remove(0);
                    }
                    Ok(_) => {}
                    Err(found) => {
                        first_mistake = Some(ArcListMistake {
                            line: number,
                            found,
                            allowed: "header = counts if these are numbers of people and ties, header = none if this is a tie"
                                .to_string(),
                        });
                    }
                }
            }
        }
        self.mistakes.extend(first_mistake);
        if self.form.ids == Ids::Auto {
            self.refuse_words_among_numbers();
        }
        if self.mistakes.is_empty() && self.listed.iter().all(|tie| tie.teller == tie.hearer) {
            let found = if self.listed.is_empty() { "no tie" } else { "only people tied to themselves" };
            self.mistakes.push(ArcListMistake { line: 0, found: found.into(), allowed: "at least one tie".into() });
        }
        if !self.mistakes.is_empty() {
            self.mistakes.sort_by_key(|mistake| mistake.line);
            return Err(self.mistakes);
        }
        self.graph()
    }

    /// Where the first tie is of two numbers, a word among them, or a number that is none of a person, is a slip.
    fn refuse_words_among_numbers(&mut self) {
        let name = |person: u32| &self.names[person as usize];
        let is_id = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit()) && name.parse::<u64>().is_ok();
        let is_number = |name: &str| {
            let digits = name.strip_prefix(['-', '+']).unwrap_or(name);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !self.listed.first().is_some_and(|tie| [tie.teller, tie.hearer].map(name).iter().all(|it| is_number(it))) {
            return;
        }
        let wrong: Vec<bool> = self.names.iter().map(|name| !is_id(name)).collect();
        let slips = self.listed.iter().flat_map(|tie| [(tie.line, tie.teller), (tie.line, tie.hearer)]);
        let slips = slips.filter(|(_, person)| wrong[*person as usize]);
        let mistake = |(line, person)| ArcListMistake {
            line,
            found: format!("{} among numbers", quote(name(person))),
            allowed: "a whole number from 0 to below 2^64, as in the first tie; or ids = names".into(),
        };
        let room = MISTAKES_MAX.saturating_sub(self.mistakes.len());
        let mistakes: Vec<_> = slips.map(mistake).take(room).collect();
        self.mistakes.extend(mistakes);
    }

    fn graph(mut self) -> Result<ArcList, Vec<ArcListMistake>> {
        let names = self.settle_ids()?;
        let listed_before = self.listed.len();
        self.listed.retain(|tie| tie.teller != tie.hearer);
        let self_loops_skipped = (listed_before - self.listed.len()) as u64;
        let (duplicates_merged, reversed_merged) = self.merge()?;
        let most = u32::MAX as usize / if self.form.ties == TieKind::Undirected { 2 } else { 1 };
        if self.listed.len() > most {
            let found = format!("{} different ties", self.listed.len());
            return Err(vec![ArcListMistake { line: 0, found, allowed: format!("at most {most}") }]);
        }
        let people = names.len() as u32;
        let named = names.iter().enumerate().any(|(id, name)| plain_number(name) != Some(id as u64));
        let mut graph = self.weigh(people)?;
        if named {
            graph = graph.with_names(names.into_iter().map(|name| name.into_owned()).collect());
        }
        let said = ArcListNotes {
            lines: self.lines,
            comments: self.comments,
            first_line: self.first_line,
            people,
            ties: self.listed.len() as u64,
            kind: self.form.ties,
            self_loops_skipped,
            duplicates_merged,
            reversed_merged,
            promised: self
                .first
                .as_ref()
                .filter(|_| self.first_line == FirstLine::Counts)
                .and_then(|(_, first)| header::counts(first)),
            weights_ignored: self.form.weights == Weights::Ignore && self.columns == Some(3),
            named,
        };
        Ok(ArcList { graph, said })
    }

    /// Gives people their dense ids, by number if all are numbers, else by first appearance; their names in that order.
    fn settle_ids(&mut self) -> Result<Vec<std::borrow::Cow<'a, str>>, Vec<ArcListMistake>> {
        // A counts header may have named people nobody is tied to.
        let mut used = vec![false; self.names.len()];
        for tie in &self.listed {
            used[tie.teller as usize] = true;
            used[tie.hearer as usize] = true;
        }
        let mut order: Vec<u32> = (0..self.names.len() as u32).filter(|&person| used[person as usize]).collect();
        let people_max = self.form.people_max as usize;
        if let Some(&beyond) = order.get(people_max) {
            let line = self.listed.iter().find(|tie| tie.teller.max(tie.hearer) >= beyond).map_or(0, |tie| tie.line);
            let found = format!("{} people, {} of them before this line", order.len(), people_max);
            return Err(vec![ArcListMistake { line, found, allowed: format!("at most {people_max} people") }]);
        }
        let value = |person: &u32| plain_number(&self.names[*person as usize]);
        if order.iter().all(|person| value(person).is_some()) {
            order.sort_unstable_by_key(value);
        }
        let mut ids = vec![0; self.names.len()];
        for (id, &person) in order.iter().enumerate() {
            ids[person as usize] = id as u32;
        }
        for tie in &mut self.listed {
            (tie.teller, tie.hearer) = (ids[tie.teller as usize], ids[tie.hearer as usize]);
        }
        Ok(order.iter().map(|&person| std::mem::take(&mut self.names[person as usize])).collect())
    }

    /// Keeps one of each tie, lower person first if undirected; the repetitions and the ties listed in both directions.
    fn merge(&mut self) -> Result<(u64, u64), Vec<ArcListMistake>> {
        let undirected = self.form.ties == TieKind::Undirected;
        let key = |tie: &Listed| {
            let (a, b) = (tie.teller, tie.hearer);
            if undirected { (a.min(b), a.max(b), a > b) } else { (a, b, false) }
        };
        self.listed.sort_unstable_by_key(|tie| (key(tie), tie.line));
        let (mut duplicates, mut reversed) = (0, 0);
        let mut mistakes = Vec::new();
        for pair in self.listed.windows(2) {
            let ((a, b, turned), (c, d, turned_too)) = (key(&pair[0]), key(&pair[1]));
            if (a, b) != (c, d) {
                continue;
            }
            if turned == turned_too {
                duplicates += 1
            } else {
                reversed += 1
            }
            if pair[0].weight != pair[1].weight && mistakes.len() < MISTAKES_MAX {
                let (one, other) = if pair[0].line < pair[1].line { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                mistakes.push(ArcListMistake {
                    line: other.line,
                    found: format!("weight {}, but {} for the same tie in line {}", other.weight, one.weight, one.line),
                    allowed: "one weight a tie".to_string(),
                });
            }
        }
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| mistake.line);
            return Err(mistakes);
        }
        self.listed.dedup_by_key(|tie| {
            let (a, b, _) = key(tie);
            (a, b)
        });
        Ok((duplicates, reversed))
    }

    fn weigh(&self, people: u32) -> Result<SocialGraph, Vec<ArcListMistake>> {
        let undirected = self.form.ties == TieKind::Undirected;
        // They are sorted by the one to whom they belong, see `merge`.
        let owner = |tie: &Listed| if undirected { tie.teller.min(tie.hearer) } else { tie.teller };
        let draw = |range: std::ops::Range<u32>, ties: &mut Vec<_>| {
            let first = self.listed.partition_point(|tie| owner(tie) < range.start);
            let theirs = self.listed[first..].iter().take_while(|tie| owner(tie) < range.end);
            ties.extend(theirs.map(|tie| (owner(tie), tie.teller ^ tie.hearer ^ owner(tie))));
        };
        let rows = if undirected { Rows::of_ties(people, draw) } else { Rows::of_arcs(people, draw) };
        let unit = match self.form.weights {
            Weights::Ignore => return Ok(self.directed(SocialGraph::of_rows(rows))),
            Weights::Strength => 1.0,
            Weights::RelativeStrength => {
                self.listed.iter().map(|tie| tie.weight).sum::<f64>() / self.listed.len() as f64
            }
        };
        let mut column = vec![Strength::ONE; rows.column().len()];
        let mut mistakes = Vec::new();
        for tie in &self.listed {
            let relative = if unit.is_finite() { Strength::new(tie.weight / unit) } else { None };
            let Some(strength) = relative else {
                mistakes.push(ArcListMistake {
                    line: tie.line,
                    found: format!("weight {}, with a mean of {unit}", tie.weight),
                    allowed: "a mean above 0, and weights below 256 times the mean".to_string(),
                });
                continue;
            };
            let mut set = |teller: u32, hearer: u32| {
                if let Ok(place) = rows.row(teller).binary_search(&hearer) {
                    column[rows.starts()[teller as usize] as usize + place] = strength;
                }
            };
            set(tie.teller, tie.hearer);
            if undirected {
                set(tie.hearer, tie.teller);
            }
        }
        if !mistakes.is_empty() {
            mistakes.sort_by_key(|mistake| mistake.line);
            mistakes.truncate(MISTAKES_MAX);
            return Err(mistakes);
        }
        Ok(self.directed(SocialGraph::of_rows_with_strengths(rows, column)))
    }

    /// The graph of the rows, which goes one way if the list does.
    fn directed(&self, graph: SocialGraph) -> SocialGraph {
        match self.form.ties {
            TieKind::Directed => graph.one_way(),
            TieKind::Undirected => graph,
        }
    }
}

impl ArcListNotes {
    /// What happened, in sentences for people; the first says what was read.
    pub fn sentences(&self) -> Vec<Said> {
        let kind = match self.kind {
            TieKind::Undirected => "ties",
            TieKind::Directed => "arcs",
        };
        let (people, lines) = (self.people, self.lines);
        let mut sentences = vec![said!("list-read", people = people, ties = self.ties, kind = kind, lines = lines)];
        match (self.first_line, self.promised) {
            (FirstLine::Names, _) => sentences.push(said!("list-names-columns")),
            (_, Some((people, ties))) if (people, ties) != (u64::from(self.people), self.ties) => {
                sentences.push(said!("list-promises", people = people, ties = ties, kind = kind));
            }
            _ => {}
        }
        let counted = |count: u64, said: Said| (count > 0).then_some(said);
        let counted = [
            counted(self.comments, said!("list-comments", lines = self.comments)),
            counted(self.self_loops_skipped, said!("list-loops", lines = self.self_loops_skipped)),
            counted(self.duplicates_merged, said!("list-repeated", lines = self.duplicates_merged)),
            counted(self.reversed_merged, said!("list-reversed", ties = self.reversed_merged)),
        ];
        sentences.extend(counted.into_iter().flatten());
        if self.weights_ignored {
            sentences.push(said!("list-weights-ignored"));
        }
        if self.named {
            sentences.push(said!("list-named"));
        }
        sentences
    }
}

#[cfg(test)]
mod tests;
