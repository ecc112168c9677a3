//! `[seeds]`: the first customers.

use super::market::Ground;
use super::reader::Reader;
use super::reference::reference;
use super::values::{nearest, quoted, visible};
use crate::engine::{Seeds, Segment};
use crate::files;
use crate::units::PersonId;
use std::collections::BTreeSet;
use std::path::Path;

/// First customers by default, as a share of the people.
const SEED_SHARE: f64 = 0.01;

/// Ways to say who or how many, one of which is to be given.
const WAYS: [&str; 5] = ["count", "share", "ids", "names", "file"];

/// Ways to choose, where it is said how many.
const CHOICES: [&str; 3] = ["random", "hubs", "advocates"];

/// The longest list of first customers that is read \[bytes\], so that the resolved scenario can hold it.
const FILE_BYTES: u64 = 256 << 10;

/// Mistakes of such a list that are shown.
const MISTAKES_MAX: usize = 20;

pub(super) fn read(root: &Reader<'_>, ground: &Ground, segments: &[Segment], folder: &Path) -> Seeds {
    let table = root.table("seeds");
    let people = ground.people();
    table.allow(&WAYS);
    table.allow(&["choose", "segment"]);
    table.alternatives(&WAYS);
    let given: Vec<&str> = WAYS.into_iter().filter(|key| table.has(key)).collect();
    if let [first, others @ ..] = &given[..] {
        for other in others {
            table.refuse(other, format!("{other} beside {first}"), "one of count, share, ids, names and file", None);
        }
    }
    if let Some(way) = ["ids", "names", "file"].into_iter().find(|key| table.has(key)) {
        if table.has("choose") {
            table.choice("choose", "random", &CHOICES);
            table.refuse("choose", "choose beside ids or names", "choose beside count or share", None);
        }
        if table.has("segment") {
            table.refuse("segment", format!("a segment beside {way}"), "a segment beside count or share", None);
        }
        return Seeds::Ids(read_named(&table, ground, folder));
    }
    let fresh = matches!(ground, Ground::Fresh);
    let count = if table.has("share") && !fresh {
        let share = table.probability("share", SEED_SHARE);
        let count = (share * f64::from(people)).round() as u32;
        if count == 0 && table.has("share") {
            table.refuse(
                "share",
                format!("{} % of {people} people, which is nobody", share * 100.0),
                "one person at least",
                None,
            );
        }
        count
    } else {
        let default = if fresh { 1 } else { ((f64::from(people) * SEED_SHARE).round() as u32).max(1) };
        let most = if fresh { 1_000_000 } else { people };
        if fresh && table.has("share") {
            table.refuse("share", "a share of people without end", "a count", None);
        }
        table.whole_u32("count", default.min(most), 0..=most)
    };
    let choose = table.choice("choose", "random", &CHOICES);
    if choose != "random" && fresh {
        table.refuse("choose", format!("{choose} among fresh people"), "\"random\"", None);
    }
    let segment = read_segment(&table, segments);
    if segment.is_some() && (choose == "hubs" || fresh) {
        let found = if fresh { "a segment of fresh people" } else { "a segment of the hubs" };
        table.refuse("segment", found, "a segment where choose is \"random\" or \"advocates\"", None);
    }
    match (choose, segment) {
        ("hubs", _) => Seeds::Hubs(count),
        ("random", None) => Seeds::Random(count),
        (choose, segment) => Seeds::Among { count, advocates: choose == "advocates", segment },
    }
}

/// The place of the segment that is named, if one is.
fn read_segment(table: &Reader<'_>, segments: &[Segment]) -> Option<usize> {
    let name = table.optional_text("segment")?;
    let place = segments.iter().position(|segment| segment.name == name);
    if place.is_none() {
        let hint = nearest(&name, segments.iter().map(|segment| segment.name.as_str()));
        let hint = hint.map(|name| format!("did you mean \"{}\"?", visible(name, 60)));
        table.refuse("segment", quoted(&name), "the name of one of [[segments]]", hint.as_deref());
    }
    place
}

/// Somebody who could not be taken.
struct Refused {
    found: String,
    allowed: &'static str,
    hint: Option<String>,
}

/// People by number (as in the edge list, where one was read) or by name, each once.
struct Chosen<'g> {
    ground: &'g Ground,
    known: BTreeSet<PersonId>,
    seeds: Vec<PersonId>,
}

impl Chosen<'_> {
    fn take(&mut self, name: &str) -> Result<(), Refused> {
        let person = match self.ground {
            Ground::Recorded(graph) => graph.person_named(name),
            Ground::Unread => return Ok(()),
            _ => name.parse().ok().filter(|&id: &u32| id < self.ground.people()).map(PersonId),
        };
        match person {
            Some(person) if self.known.insert(person) => {
                self.seeds.push(person);
                Ok(())
            }
            Some(_) => {
                Err(Refused { found: format!("{} twice", quoted(name)), allowed: "each person once", hint: None })
            }
            None => {
                let names = (0..self.ground.people().min(100_000)).filter_map(|person| match self.ground {
                    Ground::Recorded(graph) => graph.name(PersonId(person)),
                    _ => None,
                });
                let hint = nearest(name, names).map(|name| format!("did you mean \"{}\"?", visible(name, 60)));
                Err(Refused { found: quoted(name), allowed: "people of the graph", hint })
            }
        }
    }
}

fn read_named(table: &Reader<'_>, ground: &Ground, folder: &Path) -> Vec<PersonId> {
    if matches!(ground, Ground::Fresh) {
        table.refuse("", "seeds by id or name among fresh people", "a count", None);
    }
    let mut chosen = Chosen { ground, known: BTreeSet::new(), seeds: vec![] };
    let mut take = |key: &str, name: &str| {
        if let Err(Refused { found, allowed, hint }) = chosen.take(name) {
            table.refuse(key, found, allowed, hint.as_deref());
        }
    };
    if table.has("ids") {
        table.list_of_whole("ids", &[], 0..=u64::MAX >> 1).iter().for_each(|id| take("ids", &id.to_string()));
    }
    if table.has("names") {
        table.list_of_text("names", &[]).iter().for_each(|name| take("names", name));
    }
    if table.has("file") {
        read_file(table, &mut chosen, folder);
    }
    chosen.seeds
}

/// First customers from a file, one id or name a line. The resolved scenario names them, so that it needs no file.
fn read_file(table: &Reader<'_>, chosen: &mut Chosen<'_>, folder: &Path) {
    let file = table.text("file", "");
    let path = folder.join(&file);
    let text = match files::within(folder, &file).and_then(|path| files::read_text(&path, FILE_BYTES)) {
        Ok(text) => text,
        Err(why) => {
            let allowed = "a text with the id or name of one person a line";
            return table.refuse("file", format!("{}, which cannot be read: {why}", quoted(&file)), allowed, None);
        }
    };
    let mut names = vec![];
    let mut mistakes = 0;
    for (line, name) in text.lines().enumerate().map(|(line, name)| (line + 1, name.trim())) {
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        names.push(name);
        if let Err(Refused { found, allowed, hint }) = chosen.take(name) {
            table.refuse("file", format!("{}:{line}: {found}", path.display()), allowed, hint.as_deref());
            mistakes += 1;
            if mistakes == MISTAKES_MAX {
                return;
            }
        }
    }
    if names.is_empty() {
        table.refuse("file", format!("{}, in which there is nobody", quoted(&file)), "one person at least", None);
    }
    table.resolve_as_list("file", "names", &names);
}

reference! {
    /// The first customers.
    ///
    /// One of `count`, `share`, `ids`, `names` and `file`. `ids` and `names` work with the audience "population" over an edge list
    /// too.
    [seeds] with [
        "[seeds]",
        "seeds.share = \"1 %\"",
        "seeds.ids = [3]",
        "seeds.names = [\"3\"]",
        "seeds.file = \"seeds.txt\"",
        "segments = [{ name = 'fans', share = '10 %' }]\nseeds = { count = 10, segment = 'fans' }",
    ] {
        /// How many.
        count = "1 % of the people, at least 1; 1 if the audience is \"fresh\"" in "0 to people (fresh: 1,000,000)",
        /// How many, as a share of the people; not among fresh people.
        share = "none" in "at least one person",
        /// Drawn for each run ("random"); those with the most friends ("hubs"); or drawn among those who, as customers, would
        /// be satisfied and refer unasked ("advocates"), which is the best that a company could do that knew its advocates.
        /// Only with `count` or `share`; "hubs" is refused where the audience is "population", and nothing but "random" is
        /// possible where it is "fresh".
        choose,
        /// Only people of this segment; all of them where there are fewer. Not with "hubs", nor among fresh people.
        segment = "none" in "the name of one of `[[segments]]`",
        /// These people, by number (as in the edge list, if there is one).
        ids = "none" in "each once",
        /// These people, by their name in the edge list.
        names = "none" in "each once",
        /// The same from a file beside the scenario: one id or name a line, `#` for remarks. The resolved scenario has them as
        /// `names`.
        file = "none" in "at most 256 KiB",
    }
}
