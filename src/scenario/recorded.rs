//! `[graph.edge_list]` and `[graph.kept]`: graphs that come from a file.
//!
//! The results hold on to the file by its digest. A short one is copied beside the resolved scenario, so that the folder can be
//! moved; a long one stays where it is, and the resolved scenario says where that was.

use super::market::{Ground, Market};
use super::reader::Reader;
use super::reference::reference;
use super::sha256_hex;
use super::values::quoted;
use crate::files::{self, Unread};
use crate::graph::SocialGraph;
use crate::graph::arc_list::{self, ArcListForm, ArcListMistake, Header, Ids, TieKind, Weights};
use crate::graph::kept::{self, KeptGraph, KeptMistake};
use crate::language::{Said, said};
use crate::machine;
use crate::units::PersonId;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The longest edge list that is read [bytes].
const EDGE_LIST_BYTES: u64 = 4 << 30;

/// Memory that reading a list takes \[times its length\], and what is always there \[bytes\]: 3 were measured of numbers, 6 of names.
const LIST_MEMORY: u64 = 7;
const SMALL: u64 = 16 << 20;

/// The longest kept graph \[bytes\]: as many people and ties as there can be, with their strengths and some names.
const KEPT_BYTES: u64 = 48 << 30;

/// The longest file of which the results keep a copy [bytes].
const COPIED_BYTES: u64 = 64 << 20;

/// What the copy of an edge list is called in results.
pub const EDGE_LIST: &str = "edge-list.txt";

/// What the copy of a kept graph is called in results.
pub const KEPT_GRAPH: &str = "graph.tw";

/// What the copy of a graph is called that one level of a sweep reads from this file: as that of a base scenario, but with a
/// digest of how the level calls it.
pub fn copy_of(name: &str, file: &str) -> String {
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    format!("{stem}-{}.{ending}", &sha256_hex(file.as_bytes())[..DIGITS_SHOWN])
}

/// Whether results call the copy of a graph so.
pub fn is_copy(name: &str) -> bool {
    let of = |copy: &str| {
        let (stem, ending) = copy.split_once('.').unwrap_or((copy, ""));
        let between = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'));
        between.is_some_and(|between| {
            let digits = between.strip_prefix('-').unwrap_or_default();
            let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
            between.is_empty() || digits.len() == DIGITS_SHOWN && digits.bytes().all(is_hex)
        })
    };
    [EDGE_LIST, KEPT_GRAPH].into_iter().any(of)
}

/// The digits of a digest that a sentence shows, and that the name of a copy has.
const DIGITS_SHOWN: usize = 16;

pub(super) fn read_edge_list(table: &Reader<'_>, market: &mut Market, folder: &Path) {
    table.require("file", "the path of an edge list, from the folder of the scenario");
    let file = table.text("file", "");
    let ties = match table.choice("ties", "undirected", &["undirected", "directed"]) {
        "directed" => TieKind::Directed,
        _ => TieKind::Undirected,
    };
    let header = match table.choice("header", "auto", &["auto", "none", "names", "counts"]) {
        "none" => Header::None,
        "names" => Header::Names,
        "counts" => Header::Counts,
        _ => Header::Auto,
    };
    let weights = match table.choice("weights", "ignore", &["ignore", "strength", "relative strength"]) {
        "strength" => Weights::Strength,
        "relative strength" => Weights::RelativeStrength,
        _ => Weights::Ignore,
    };
    let ids = match table.choice("ids", "auto", &["auto", "names"]) {
        "names" => Ids::Names,
        _ => Ids::Auto,
    };
    let pinned = table.optional_text("sha256");
    let path = match find(folder, &file, pinned.as_deref()) {
        Ok(path) => path,
        Err(why) => return refuse_unread(table, &file, &why.to_string(), pinned.as_deref(), "an edge list"),
    };
    let form = ArcListForm { ties, header, weights, ids, people_max: PersonId::COUNT_MAX };
    let named = (path.clone(), Some(form));
    if let Some(known) = table.made().graph(&named) {
        return take(known, table, market, pinned, (&path, EDGE_LIST));
    }
    let bytes = match read_if_it_fits(&path) {
        Ok(bytes) => bytes,
        Err(why) => return refuse_unread(table, &file, &why.to_string(), pinned.as_deref(), "an edge list"),
    };
    let (sha256, list) = rayon::join(|| sha256_hex(&bytes), || arc_list::read(&bytes, form));
    let bytes = (bytes.len() as u64 <= COPIED_BYTES).then(|| Arc::from(bytes));
    match list {
        Ok(list) => {
            let sentences = list.said.sentences().into_iter();
            let notes = sentences.map(|said| said!("note-of-file", file = file.as_str(), said = said)).collect();
            let read = Recorded { graph: Arc::new(list.graph), notes, sha256, bytes };
            table.made().keep_graph(named, read.clone());
            take(read, table, market, pinned, (&path, EDGE_LIST));
        }
        Err(mistakes) => {
            // Of another file than the one that is meant nothing is told.
            let mistakes = if pinned.as_ref().is_none_or(|pinned| *pinned == sha256) { mistakes } else { vec![] };
            pin(table, pinned, &sha256);
            for ArcListMistake { line, found, allowed } in mistakes {
                let place = if line == 0 { path.display().to_string() } else { format!("{}:{line}", path.display()) };
                table.refuse("file", format!("{place}: {found}"), allowed, None);
            }
            market.sha256 = Some(sha256);
            market.graph_file = hold(table, &path, EDGE_LIST, bytes);
        }
    }
}

/// The bytes of a list, if they fit into memory beside the graph that they become.
fn read_if_it_fits(path: &Path) -> Result<Vec<u8>, Unread> {
    let length = files::open(path, EDGE_LIST_BYTES)?.metadata()?.len();
    let needed = length.saturating_mul(LIST_MEMORY);
    match machine::free_memory().filter(|free| *free < needed && needed > SMALL) {
        Some(free) => Err(Unread::NoRoom { needed, free }),
        None => files::read(path, EDGE_LIST_BYTES),
    }
}

/// A graph that was read from a file.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    graph: Arc<SocialGraph>,
    /// What is to be said of it.
    notes: Vec<Said>,
    /// Its digest.
    sha256: String,
    /// The bytes of a file that is short enough for a copy.
    bytes: Option<Arc<[u8]>>,
}

/// Takes a graph into the market, and its copy under that name.
fn take(
    read: Recorded,
    table: &Reader<'_>,
    market: &mut Market,
    pinned: Option<String>,
    (path, copy): (&Path, &'static str),
) {
    pin(table, pinned, &read.sha256);
    market.notes = read.notes;
    market.ground = Ground::Recorded(read.graph);
    market.sha256 = Some(read.sha256);
    market.graph_file = hold(table, path, copy, read.bytes);
}

pub(super) fn read_kept(table: &Reader<'_>, market: &mut Market, folder: &Path) {
    table
        .require("file", "the path of a graph that `tellwave graph grow` has written, from the folder of the scenario");
    let file = table.text("file", "");
    let pinned = table.optional_text("sha256");
    let path = match find(folder, &file, pinned.as_deref()) {
        Ok(path) => path,
        Err(why) => return refuse_unread(table, &file, &why.to_string(), pinned.as_deref(), "a kept graph"),
    };
    let named = (path.clone(), None);
    if let Some(known) = table.made().graph(&named) {
        return take(known, table, market, pinned, (&path, KEPT_GRAPH));
    }
    let (kept, bytes) = match read_kept_file(&path) {
        Ok(read) => read,
        Err(KeptMistake::Disk(why)) => {
            return refuse_unread(table, &file, &why.to_string(), pinned.as_deref(), "a kept graph");
        }
        Err(KeptMistake::Wrong { found, allowed }) => {
            return table.refuse("file", format!("{}: {found}", path.display()), allowed, None);
        }
    };
    let notes = vec![said!("note-of-file", file = file, said = sentence(&kept))];
    let bytes = bytes.map(Arc::from);
    let read = Recorded { graph: Arc::new(kept.graph), notes, sha256: kept.sha256, bytes };
    table.made().keep_graph(named, read.clone());
    take(read, table, market, pinned, (&path, KEPT_GRAPH));
}

/// Reads a kept graph from a file; its bytes too, if it is a short one.
///
/// # Errors
/// It cannot be read, or is not what it should be.
pub fn read_kept_file(path: &Path) -> Result<(KeptGraph, Option<Vec<u8>>), KeptMistake> {
    let disk = |unread: Unread| KeptMistake::Disk(unread.into());
    let mut file = files::open(path, KEPT_BYTES).map_err(disk)?;
    let length = file.metadata()?.len();
    if let Some(free) = machine::free_memory().filter(|free| *free < length && length > SMALL) {
        return Err(disk(Unread::NoRoom { needed: length, free }));
    }
    if length > COPIED_BYTES {
        return Ok((kept::read(&mut file, length)?, None));
    }
    // What is copied later is what is read here.
    let bytes = files::read(path, COPIED_BYTES).map_err(disk)?;
    Ok((kept::read(&mut bytes.as_slice(), bytes.len() as u64)?, Some(bytes)))
}

/// What a kept graph is, in one sentence.
fn sentence(kept: &KeptGraph) -> Said {
    let (people, arcs) = (kept.graph.people(), kept.graph.arcs() as u64);
    let is_directed = kept.graph.is_directed();
    let known = |is_known: bool| if is_known { "yes" } else { "no" };
    let seed = kept.origin.seed.map(|seed| seed.to_string());
    said!(
        "note-kept-graph",
        people = people,
        kind = if is_directed { "arcs" } else { "ties" },
        ties = if is_directed { arcs } else { arcs / 2 },
        grown = known(kept.origin.model.is_some()),
        model = kept.origin.model.clone().unwrap_or_default(),
        sown = known(seed.is_some()),
        seed = seed.unwrap_or_default(),
        digest = &kept.sha256[..DIGITS_SHOWN]
    )
}

/// Where a file is: in the folder of the scenario or below it; or, where it has gone from a place that is written out in full, in
/// that folder itself, into which whoever moved the results may have put it. Elsewhere it is read only where it is pinned, as
/// it is in results: who knows the digest of a file learns nothing by reading it.
fn find(folder: &Path, file: &str, pinned: Option<&str>) -> Result<PathBuf, Unread> {
    let moved = Path::new(file).file_name().and_then(|name| name.to_str()).filter(|_| Path::new(file).is_absolute());
    match (files::within(folder, file), moved) {
        (Err(Unread::Missing), Some(name)) => files::within(folder, name),
        (Err(Unread::Outside), _) if pinned.is_some() => Ok(folder.join(file)),
        (found, _) => found,
    }
}

/// Refuses a file that cannot be read. A pinned one belongs to results that say which it was.
fn refuse_unread(table: &Reader<'_>, file: &str, why: &str, pinned: Option<&str>, what: &str) {
    if !table.has("file") {
        return;
    }
    let allowed = match pinned {
        Some(pinned) => format!("{what} whose digest is {pinned}, there or beside the scenario"),
        None => format!("{what} in the folder of the scenario or below it, or anywhere with its sha256"),
    };
    table.refuse("file", format!("{}, which cannot be read: {why}", quoted(file)), allowed, None);
}

/// Holds a file against the digest that the scenario gives; the resolved scenario pins the data that it was played with.
fn pin(table: &Reader<'_>, pinned: Option<String>, digest: &str) {
    match pinned {
        Some(pinned) if pinned != digest => {
            table.refuse("sha256", quoted(&pinned), format!("{digest}, which the file has"), None);
        }
        Some(_) => {}
        None => drop(table.text("sha256", digest)),
    }
}

/// What the results keep of a file. The resolved scenario reads the copy of a short one; that of a long one names its place in
/// full, for it lies elsewhere than the file was named from.
fn hold(
    table: &Reader<'_>,
    path: &Path,
    copy: &'static str,
    bytes: Option<Arc<[u8]>>,
) -> Option<(&'static str, Arc<[u8]>)> {
    let Some(bytes) = bytes else {
        if !Path::new(&table.text("file", "")).is_absolute() {
            let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
            table.resolve_as("file", &whole.to_string_lossy());
        }
        return None;
    };
    table.resolve_as("file", copy);
    Some((copy, bytes))
}

reference! {
    /// Ties from a file.
    ///
    /// It may have comments (`#`), commas, tabs, semicolons or spaces, a header, numbers or names. What was dropped or merged is
    /// said in the report. A list of up to 64 MiB is copied to `edge-list.txt` of the output folder, so that the `scenario.toml`
    /// there can be played from it; that of a longer one says where the list was, and looks beside itself too.
    [graph.edge_list] with ["graph.edge_list.file = \"ties.txt\""] {
        /// Path from the folder of the scenario; outside of it only together with `sha256`.
        file in "at most 4 GiB",
        /// A line `a b`: they tell each other, or a tells b.
        ties,
        /// What the first line is.
        header,
        /// What the third column is; "relative" divides by the mean.
        weights,
        /// What people are called: "auto" refuses anything but numbers where the first tie is of two.
        ids,
        /// Refuses any other file; the resolved scenario pins it.
        sha256 = "that of the file",
    }
    /// A graph that was grown before.
    ///
    /// `tellwave graph grow` writes it ([kept-graphs.md](kept-graphs.md)); runs on it are those on the graph as it was grown. A file of
    /// up to 64 MiB is copied to `graph.tw` of the output folder; of a longer one, the `scenario.toml` there says where it was, and
    /// looks beside itself too.
    [graph.kept] with ["graph.kept.file = \"ties.tw\""] {
        /// Path from the folder of the scenario; outside of it only together with `sha256`.
        file in "at most 48 GiB",
        /// Refuses any other graph; the resolved scenario pins it. `tellwave graph show` prints it.
        sha256 = "that of the file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names_and_nothing_else_is() {
        for name in [EDGE_LIST, KEPT_GRAPH] {
            assert!(is_copy(name) && is_copy(&copy_of(name, "../ties of friends.csv")));
            assert_ne!(copy_of(name, "a"), copy_of(name, "b"));
        }
        let others = [
            "edge-list-.txt",
            "edge-list-0123456789abcdeg.txt",
            "edge-list-0123.txt",
            "graph-.tw",
            "edge-list",
            "graph.txt",
            "graph.tw.tw",
        ];
        others.iter().for_each(|name| assert!(!is_copy(name), "{name}"));
    }
}
