//! The files that graphs of a sweep are read from: what a folder or another machine needs besides the plan, and how they are found there.
//!
//! The base scenario's file lies there under the name that all results give it. A level that names a file of its own has a copy that is
//! called after what the level calls it. What is found is believed only with a digest that the plan lists.

use super::Sweep;
use super::factor::{Level, Values};
use super::plan::Plan;
use crate::scenario::recorded::{EDGE_LIST, KEPT_GRAPH, copy_of};
use crate::scenario::{Scenario, ScenarioError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Tables of `graph` that name a file, and what results call its copy.
const FILES: [(&str, &str); 2] = [("edge_list", EDGE_LIST), ("kept", KEPT_GRAPH)];

/// A file that goes with a plan: its name, and its bytes.
pub type DataFile = (String, Arc<[u8]>);

/// What levels are read as where copies of their files are there: of their TOML, the TOML that names the copies.
pub(super) type Moved = BTreeMap<String, String>;

impl Sweep {
    /// The files that go with the plan, so that the sweep can be played elsewhere. One of over 64 MiB is not among them: it has to be
    /// there already.
    pub fn data_files(&self) -> Vec<DataFile> {
        let of_base = self.base.graph_file.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone()));
        let mut files: Vec<DataFile> = of_base.collect();
        for level in levels_with_files(&self.plan) {
            let Some((_, copy)) = with_copy(&level.toml) else { continue };
            // What is wrong with a level alone may be right with others, and what is wrong in a cell is said there.
            let read = self.base.with_layers([self.toml_of(&level.toml)]).ok();
            let Some((_, bytes)) = read.and_then(|scenario| scenario.graph_file) else { continue };
            if files.iter().all(|(name, _)| *name != copy) {
                files.push((copy, bytes));
            }
        }
        files
    }

    /// How a level is read here.
    pub(super) fn toml_of<'a>(&'a self, toml: &'a str) -> &'a str {
        self.moved.get(toml).map_or(toml, String::as_str)
    }
}

/// The text of a base scenario whose graph lies in a folder under the name that results give it.
pub(super) fn base_in(text: &str, folder: &Path) -> String {
    let Ok(mut table) = text.parse::<toml::Table>() else { return text.to_owned() };
    for (kind, name) in FILES {
        if let Some(file) = file_of(&mut table, kind).filter(|_| folder.join(name).is_file()) {
            *file = name.into();
        }
    }
    table.to_string()
}

/// A resolved scenario that names the file of its graph as the text does that it was read from, and not the copy in some results.
pub(super) fn named_as_in(resolved: &str, text: &str) -> String {
    let (Ok(mut table), Ok(mut own)) = (resolved.parse::<toml::Table>(), text.parse::<toml::Table>()) else {
        return resolved.to_owned();
    };
    for (kind, _) in FILES {
        if let (Some(file), Some(named)) = (file_of(&mut table, kind), file_of(&mut own, kind)) {
            *file = named.clone();
        }
    }
    table.to_string()
}

/// The levels whose files have copies in a folder.
///
/// # Errors
/// The first level whose copy is no graph that the sweep was planned with: in words, what was found.
pub(super) fn moved_to(plan: &Plan, base: &Scenario, folder: &Path) -> Result<Moved, String> {
    let mut moved = Moved::new();
    for level in levels_with_files(plan) {
        let Some((toml, copy)) = with_copy(&level.toml).filter(|(_, copy)| folder.join(copy).is_file()) else {
            continue;
        };
        let digest = match base.with_layers([toml.as_str()]) {
            Ok(scenario) => scenario.graph_sha256,
            // Of a level that is right only beside others nothing was noted down either.
            Err(ScenarioError::Mistakes(_)) => None,
            Err(other) => return Err(other.to_string()),
        };
        if let Some(digest) = digest.filter(|digest| !plan.data_sha256.contains(digest)) {
            return Err(format!("{copy}, whose digest is {digest}"));
        }
        moved.insert(level.toml.clone(), toml);
    }
    Ok(moved)
}

/// The levels that may name a file.
pub(super) fn levels_with_files(plan: &Plan) -> impl Iterator<Item = &Level> {
    let listed = plan.factors.iter().filter_map(|factor| match &factor.values {
        Values::Levels(levels) => Some(levels),
        Values::Law { .. } => None,
    });
    listed.flatten().filter(|level| may_name_file(&level.toml))
}

/// Whether lines of TOML may name the file of a graph.
pub(super) fn may_name_file(toml: &str) -> bool {
    FILES.iter().any(|(kind, _)| toml.contains(kind))
}

/// A level that names the copy of its file, and what that is called; nothing where it names none.
fn with_copy(toml: &str) -> Option<(String, String)> {
    let mut table: toml::Table = toml.parse().ok()?;
    FILES.iter().find_map(|(kind, name)| {
        let file = file_of(&mut table, kind)?;
        let copy = copy_of(name, file.as_str()?);
        *file = copy.clone().into();
        // A key a line, as a level has them: a header would not stand below the variant that they become.
        let lines = table.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        Some((lines, copy))
    })
}

/// Where a graph names its file.
fn file_of<'t>(table: &'t mut toml::Table, kind: &str) -> Option<&'t mut toml::Value> {
    table.get_mut("graph")?.get_mut(kind)?.get_mut("file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Overrides;
    use std::fs;

    const RING: &str = "0 1\n1 2\n2 3\n3 0\n";
    const STAR: &str = "0 1\n0 2\n0 3\n0 4\n";

    /// A sweep over two edge lists, one of which the base has.
    fn sweep(folder: &Path) -> Sweep {
        fs::write(folder.join("ring.txt"), RING).expect("written");
        fs::write(folder.join("star.txt"), STAR).expect("written");
        let text = "runs = 2\nseeds.count = 1\ngraph.edge_list.file = 'ring.txt'\n";
        let base = Scenario::parse("base.toml", text, folder, Overrides::default()).expect("a scenario");
        let text = "[[factor]]\nkey = 'graph.edge_list.file'\nvalues = ['ring.txt', 'star.txt']\n";
        Sweep::parse("sweep.toml", text, folder, Some(&base)).expect("a sweep")
    }

    fn there(files: &[DataFile]) -> Vec<(&str, &[u8])> {
        files.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect()
    }

    #[test]
    fn every_graph_of_a_base_and_of_levels_goes_along_once_and_is_found_again() {
        let (home, away) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
        let here = sweep(home.path());
        let files = here.data_files();
        let [ring, star] = ["ring.txt", "star.txt"].map(|name| copy_of(EDGE_LIST, name));
        assert_eq!(there(&files), [(EDGE_LIST, RING.as_bytes()), (&ring, RING.as_bytes()), (&star, STAR.as_bytes())]);
        files.iter().for_each(|(name, bytes)| fs::write(away.path().join(name), bytes).expect("written"));
        let elsewhere = Sweep::of_plan(here.plan.clone(), away.path()).expect("all is there");
        for cell in 0..2 {
            let [here, there] = [&here, &elsewhere].map(|sweep| sweep.scenario(cell).expect("a scenario"));
            assert_eq!((here.people(), here.digest()), (there.people(), there.digest()));
        }
        assert_eq!(there(&elsewhere.data_files()), there(&files), "and goes on from there");
        // A file of the same name with other ties is none of this sweep's.
        fs::write(away.path().join(&star), RING.replace('3', "4")).expect("written");
        let refused = Sweep::of_plan(here.plan, away.path()).expect_err("refused").to_string();
        assert!(refused.contains(&star) && refused.contains("with which the sweep was planned"), "{refused}");
    }

    #[test]
    fn a_base_that_was_moved_names_its_file_as_before() {
        let home = tempfile::tempdir().expect("folder");
        let base = sweep(home.path()).base().moved("horizon", "'9 days'").expect("a scenario");
        let text = "[[factor]]\nkey = 'conversion.persuasion'\nvalues = ['1 %', '2 %']\n";
        let sweep = Sweep::parse("sweep.toml", text, home.path(), Some(&base)).expect("a sweep");
        assert!(sweep.plan.base.contains("ring.txt") && sweep.plan.base.contains("9 days"), "{}", sweep.plan.base);
        let refused = Sweep::parse("sweep.toml", &format!("base = 'x.toml'\n{text}"), home.path(), Some(&base));
        assert!(refused.expect_err("two bases").to_string().contains("base"));
    }
}
