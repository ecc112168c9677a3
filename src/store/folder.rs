//! The folder that results go to: never somebody else's, never two processes' at once, never half a result.
//!
//! Nothing is made before the first file is written, so a run that is stopped early leaves nothing. Whose a folder is,
//! `owned` says; which names results have stands here.
//!
//! Deliberately absent: a result under a name that is not on the list below.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::owned::{self, Open, Purpose};
use super::provenance::{FileDigest, PROVENANCE, Provenance};
use super::{Aside, Digest, StoreError, atomic, event_log};
use crate::scenario::recorded::is_copy;

/// Tables and charts: one name for the numbers and for the picture of them.
const STEMS: &[&str] = &[
    "runs",
    "results",
    "failures",
    "summary",
    "reach",
    "revenue",
    "rewards",
    "programme",
    "fork",
    "difference",
    "virality",
    "cohorts",
    "curves",
    "graph",
    "ledger",
    "customers",
    "profit",
    "gain",
    "incremental",
    "cost-per-customer",
    "roi",
    "payback",
    "tornado",
    "acquisition",
    "sentiment",
    "nps",
    "reproduction-by-generation",
    "reproduction-by-day",
    "cascade-size",
    "cascade-depth",
    "liability",
    "budget",
    "funnel",
    "degrees",
    "break-even",
    "actuals",
    "best",
    "best-cells",
    "effects",
    "heat-map",
    "heat-map-2",
    "heat-map-3",
    "morris",
    "pareto",
    "phase",
    "response-1",
    "response-2",
    "response-3",
    "response-4",
    "response-5",
    "response-6",
    "sobol",
    "tree",
    "network",
    "network-film",
];
const STEM_ENDINGS: &[&str] = &["csv", "parquet", "svg", "png"];
/// Sheets for which a chart can be drawn besides the page; its name ends so.
const SHEETS: &[&str] = &["-slide", "-column", "-square"];

/// What is neither a table nor a chart, nor the copy of a graph.
const OTHERS: &[&str] =
    &["charts.json", "charts-font.ttf", "scenario.toml", "fork.toml", "report.html", "report.md", "summary.json"];

/// Longest stem of a numbered folder [bytes]; file systems allow names of 255.
const STEM_BYTES: usize = 80;

/// The folder that results go to.
#[derive(Debug)]
pub struct OutputFolder {
    place: Place,
    open: Option<Open>,
    /// Whether an earlier run's files are gone.
    is_clear: bool,
    files: Vec<FileDigest>,
}

#[derive(Debug)]
enum Place {
    Fresh { base: PathBuf, stem: String },
    At(PathBuf),
}

impl OutputFolder {
    /// A new folder `base/stem-001`, or the first number that is free; what a name may not hold is left out of `stem`.
    pub fn fresh(base: &Path, stem: &str) -> Result<OutputFolder, StoreError> {
        let base = owned::plain(base)?;
        match fs::metadata(&base) {
            Ok(found) if !found.is_dir() => return Err(StoreError::NotAFolder { path: base, what: "a file" }),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::disk("look into", &base)(error)),
        }
        check_writable(&base)?;
        Ok(OutputFolder {
            place: Place::Fresh { base, stem: safe_stem(stem) },
            open: None,
            is_clear: true,
            files: Vec::new(),
        })
    }

    /// The folder `dir`, which must be missing, empty, or Tellwave's own; it is looked at and left as it is.
    pub fn at(dir: &Path) -> Result<OutputFolder, StoreError> {
        let dir = owned::plain(dir)?;
        owned::check_ours(&dir, Purpose::Results)?;
        check_writable(&dir)?;
        Ok(OutputFolder { place: Place::At(dir), open: None, is_clear: false, files: Vec::new() })
    }

    /// A folder that is there and locked.
    pub(super) fn of(open: Open) -> OutputFolder {
        OutputFolder { place: Place::At(open.dir.clone()), open: Some(open), is_clear: false, files: Vec::new() }
    }

    /// Makes and locks the folder; an earlier run's files stay. For what is written aside before there are results.
    pub fn prepare(&mut self) -> Result<&Path, StoreError> {
        let open = match self.open.take() {
            Some(open) => open,
            None => match &self.place {
                Place::Fresh { base, stem } => make_numbered(base, stem)?,
                Place::At(dir) => owned::take_over(dir, Purpose::Results)?,
            },
        };
        Ok(&self.open.insert(open).dir)
    }

    /// Makes and locks the folder and clears it of an earlier run's files, provenance first. The first write does it.
    pub fn begin(&mut self) -> Result<&Path, StoreError> {
        if !self.is_clear {
            owned::clear(self.prepare()?)?;
            self.is_clear = true;
        }
        self.prepare()
    }

    /// Where the results are, once there are any.
    pub fn path(&self) -> Option<&Path> {
        self.open.as_ref().map(|open| open.dir.as_path())
    }

    /// What has been written, in order.
    pub fn files(&self) -> &[FileDigest] {
        &self.files
    }

    /// Writes a file of the folder.
    pub fn write_bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.write_with(name, |out| out.write_all(bytes))
    }

    /// Writes a file of the folder piece by piece; it is there when all of it is.
    pub fn write_with<F>(&mut self, name: &str, fill: F) -> Result<(), StoreError>
    where
        F: FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    {
        let path = self.place_of(name)?;
        let digest = atomic::write_with(&path, fill)?;
        self.list(name, digest);
        Ok(())
    }

    /// Writes several files of the folder, which takes hardly longer than one.
    pub fn write_many(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
        let mut placed: Vec<(PathBuf, &[u8])> = vec![];
        for (name, bytes) in files {
            placed.push((self.place_of(name)?, bytes));
        }
        let digests = atomic::write_many(&placed)?;
        files.iter().zip(digests).for_each(|((name, _), digest)| self.list(name, digest));
        Ok(())
    }

    /// Takes in a file that was written aside in [`OutputFolder::prepare`]'s folder.
    pub fn take_in(&mut self, name: &str, file: Aside) -> Result<(), StoreError> {
        let path = self.place_of(name)?;
        let digest = file.commit(&path)?;
        self.list(name, digest);
        Ok(())
    }

    /// Where a file of that name goes, now that there is something to put there.
    fn place_of(&mut self, name: &str) -> Result<PathBuf, StoreError> {
        if !is_result_name(name) {
            return Err(StoreError::BadName { name: name.to_owned() });
        }
        Ok(self.begin()?.join(name))
    }

    fn list(&mut self, name: &str, digest: Digest) {
        self.files.retain(|file| file.name != name);
        self.files.push(FileDigest { name: name.to_owned(), sha256: digest.sha256, bytes: digest.bytes });
    }

    /// Lists files that were there before the results.
    pub(super) fn list_first(&mut self, mut files: Vec<FileDigest>) {
        files.append(&mut self.files);
        self.files = files;
    }

    /// Writes the provenance, with the list of files as they were written, and lets go of the folder.
    pub fn finish(mut self, provenance: &Provenance) -> Result<PathBuf, StoreError> {
        let dir = self.begin()?.to_path_buf();
        let path = dir.join(PROVENANCE);
        let whole = Provenance { files: self.files, ..provenance.clone() };
        let bytes = whole.to_json().map_err(io::Error::other).map_err(StoreError::disk("write", &path))?;
        atomic::write_bytes(&path, &bytes)?;
        Ok(dir)
    }
}

/// Whether Tellwave writes results under that name. Every such name is a single, ordinary path component.
pub fn is_result_name(name: &str) -> bool {
    let is_stem = |stem: &str| {
        let of_sheet = |sheet: &&str| stem.strip_suffix(*sheet);
        STEMS.contains(&stem) || SHEETS.iter().find_map(of_sheet).is_some_and(|stem| STEMS.contains(&stem))
    };
    OTHERS.contains(&name)
        || is_copy(name)
        || event_log::is_event_log_name(name)
        || is_scenario_name(name)
        || name.split_once('.').is_some_and(|(stem, ending)| is_stem(stem) && STEM_ENDINGS.contains(&ending))
}

/// The file of one of several scenarios, which are numbered from 1.
pub fn scenario_name(number: usize) -> String {
    format!("scenario-{number}.toml")
}

fn is_scenario_name(name: &str) -> bool {
    let number = name.strip_prefix("scenario-").and_then(|rest| rest.strip_suffix(".toml"));
    number.is_some_and(|it| {
        it.len() <= 3 && !it.starts_with('0') && it.bytes().all(|byte| byte.is_ascii_digit()) && !it.is_empty()
    })
}

fn make_numbered(base: &Path, stem: &str) -> Result<Open, StoreError> {
    fs::create_dir_all(base).map_err(StoreError::disk("make", base))?;
    let mut number = 1u32;
    loop {
        let dir = base.join(format!("{stem}-{number:03}"));
        // Exclusive: of two processes, one gets the number and the other the next.
        match fs::create_dir(&dir) {
            Ok(()) => {
                atomic::sync_folder(base).map_err(StoreError::disk("write", base))?;
                return owned::lock(&dir);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < u32::MAX => number += 1,
            Err(error) => return Err(StoreError::disk("make", &dir)(error)),
        }
    }
}

/// Finds out before the simulation whether a file could be made there, or in what is there of the folders above.
fn check_writable(dir: &Path) -> Result<(), StoreError> {
    let nearest = dir.ancestors().find(|above| above.exists()).unwrap_or(Path::new("."));
    let nearest = if nearest.as_os_str().is_empty() { Path::new(".") } else { nearest };
    // Where the system can, a file that never has a name; elsewhere one that is removed at once.
    tempfile::tempfile_in(nearest).map(drop).map_err(StoreError::disk("write into", nearest))
}

fn safe_stem(stem: &str) -> String {
    let mut safe = String::new();
    for letter in stem.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_')) {
        if safe.len() + letter.len_utf8() > STEM_BYTES {
            break;
        }
        safe.push(letter);
    }
    if safe.is_empty() { "run".to_owned() } else { safe }
}

#[cfg(test)]
mod tests {
    use super::super::provenance::tests::sample;
    use super::owned::{MARKER, MARKER_TEXT, entries};
    use super::*;

    fn temp() -> tempfile::TempDir {
        tempfile::tempdir().expect("folder")
    }

    #[test]
    fn nothing_is_made_before_the_first_file() {
        let temp = temp();
        let mut folder = OutputFolder::at(&temp.path().join("a").join("b")).expect("free");
        let _numbered = OutputFolder::fresh(&temp.path().join("output"), "coffee").expect("free");
        assert!(entries(temp.path()).expect("read").is_empty());
        folder.write_bytes("runs.csv", b"run\n").expect("written");
        assert_eq!(entries(folder.path().expect("made")).expect("read"), [".tellwave", "runs.csv"]);
    }

    #[test]
    fn many_files_are_listed_in_their_order_and_one_bad_name_keeps_all_away() {
        let temp = temp();
        let mut folder = OutputFolder::at(&temp.path().join("out")).expect("free");
        let names =
            ["reach.svg", "reach.png", "reach.csv", "nps.svg", "nps.png", "nps.csv", "tree.svg", "roi.csv", "gain.csv"];
        let files: Vec<(String, Vec<u8>)> =
            names.iter().map(|name| (name.to_string(), name.as_bytes().to_vec())).collect();
        folder.write_many(&files).expect("written");
        folder.write_many(&[]).expect("nothing to do");
        assert_eq!(folder.files().iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), names);
        let dir = folder.path().expect("made").to_path_buf();
        for name in names {
            assert_eq!(fs::read(dir.join(name)).expect("read"), name.as_bytes());
        }
        let bad = [("budget.csv".to_owned(), vec![]), ("../budget.csv".to_owned(), vec![])];
        assert!(matches!(folder.write_many(&bad), Err(StoreError::BadName { .. })));
        assert!(!dir.join("budget.csv").exists());
    }

    #[test]
    fn numbered_folders_are_never_shared() {
        let temp = temp();
        let make = || OutputFolder::fresh(temp.path(), "coffee").expect("free").begin().map(Path::to_path_buf);
        let mut made: Vec<PathBuf> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
            threads.into_iter().map(|thread| thread.join().expect("no panic").expect("made")).collect()
        });
        made.sort();
        made.dedup();
        assert_eq!(made.len(), 8);
        assert_eq!(made[7], temp.path().join("coffee-008"));
    }

    #[test]
    fn no_stem_leaves_the_base() {
        for (stem, safe) in
            [("../../etc", "etc"), ("..", "run"), ("", "run"), ("a b/c\\d\0.", "abcd"), ("кофе", "кофе")]
        {
            assert_eq!(safe_stem(stem), safe);
        }
        assert_eq!(safe_stem(&"я".repeat(500)).len(), STEM_BYTES);
    }

    #[test]
    fn no_name_leaves_the_folder() {
        let temp = temp();
        let mut folder = OutputFolder::at(&temp.path().join("out")).expect("free");
        for name in [
            "../runs.csv",
            "/elsewhere/runs.csv",
            "a/runs.csv",
            "a\\runs.csv",
            "",
            ".",
            "..",
            ".tellwave",
            PROVENANCE,
            "runs.exe",
        ] {
            assert!(matches!(folder.write_bytes(name, b""), Err(StoreError::BadName { .. })), "{name}");
        }
        assert!(entries(temp.path()).expect("read").is_empty());
    }

    #[test]
    fn a_foreign_folder_is_refused_and_untouched() {
        let temp = temp();
        fs::write(temp.path().join("thesis.doc"), "years of work").expect("written");
        fs::write(temp.path().join("runs.csv"), "mine").expect("written");
        let message = OutputFolder::at(temp.path()).expect_err("refused").to_string();
        assert!(message.contains("holds \"runs.csv\", which Tellwave did not write"), "{message}");
        fs::write(temp.path().join(MARKER), MARKER_TEXT).expect("written");
        let refused = OutputFolder::at(temp.path()).expect_err("refused");
        assert!(matches!(refused, StoreError::Foreign { entry, .. } if entry == "thesis.doc"));
        assert_eq!(fs::read(temp.path().join("runs.csv")).expect("read"), b"mine");
        assert_eq!(entries(temp.path()).expect("read").len(), 3);
    }

    #[test]
    fn a_folder_that_turned_foreign_during_the_run_is_left_alone() {
        let temp = temp();
        let dir = temp.path().join("out");
        let mut folder = OutputFolder::at(&dir).expect("free");
        fs::create_dir(&dir).expect("made");
        fs::write(dir.join("letter.txt"), "dear").expect("written");
        assert!(matches!(folder.write_bytes("runs.csv", b""), Err(StoreError::Foreign { .. })));
        assert_eq!(entries(&dir).expect("read"), ["letter.txt"]);
    }

    #[test]
    fn a_folder_under_our_name_is_foreign() {
        let temp = temp();
        fs::write(temp.path().join(MARKER), MARKER_TEXT).expect("written");
        fs::create_dir(temp.path().join("runs.csv")).expect("made");
        assert!(matches!(OutputFolder::at(temp.path()), Err(StoreError::Foreign { .. })));
    }

    #[test]
    fn what_is_not_a_folder_is_refused() {
        let temp = temp();
        let file = temp.path().join("file");
        fs::write(&file, "").expect("written");
        assert!(matches!(OutputFolder::at(&file), Err(StoreError::NotAFolder { what: "a file", .. })));
        assert!(matches!(OutputFolder::fresh(&file, "a"), Err(StoreError::NotAFolder { .. })));
        assert!(OutputFolder::at(&file.join("below")).is_err());
        assert!(OutputFolder::at(Path::new("")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_refused_however_it_is_written() {
        let temp = temp();
        let link = temp.path().join("link");
        std::os::unix::fs::symlink(temp.path(), &link).expect("linked");
        assert!(matches!(OutputFolder::at(&link), Err(StoreError::NotAFolder { what: "a symbolic link", .. })));
        assert!(matches!(OutputFolder::at(&link.join("")), Err(StoreError::NotAFolder { .. })));
    }

    #[test]
    fn a_later_run_leaves_nothing_of_an_earlier_one() {
        let temp = temp();
        let dir = temp.path().join("out");
        let mut first = OutputFolder::at(&dir).expect("free");
        first.write_bytes("events-run-000007.parquet", b"log").expect("written");
        first.write_bytes("runs.csv", b"run\n").expect("written");
        first.finish(&sample()).expect("written");
        fs::write(dir.join(".tellwave-1-0.tmp"), "half").expect("written");

        let mut second = OutputFolder::at(&dir).expect("ours");
        assert_eq!(entries(&dir).expect("read").len(), 5, "looking changes nothing");
        second.write_bytes("reach.csv", b"day\n").expect("written");
        assert_eq!(entries(&dir).expect("read"), [".tellwave", "reach.csv"]);
        assert_eq!(second.files().len(), 1);
    }

    #[test]
    fn a_second_writer_is_kept_out_until_the_first_is_done() {
        let temp = temp();
        let dir = temp.path().join("out");
        let mut first = OutputFolder::at(&dir).expect("free");
        let mut second = OutputFolder::at(&dir).expect("free");
        first.write_bytes("runs.csv", b"run\n").expect("written");
        assert!(matches!(second.write_bytes("runs.csv", b""), Err(StoreError::InUse { .. })));
        first.finish(&sample()).expect("written");
        second.write_bytes("runs.csv", b"again\n").expect("written");
    }

    #[test]
    fn the_same_results_give_the_same_bytes() {
        let temp = temp();
        let write = |name: &str| {
            let mut folder = OutputFolder::at(&temp.path().join(name)).expect("free");
            folder.write_bytes("runs.csv", b"run\n").expect("written");
            let dir = folder.finish(&sample()).expect("written");
            entries(&dir).expect("read").iter().map(|name| fs::read(dir.join(name)).expect("read")).collect::<Vec<_>>()
        };
        assert_eq!(write("a"), write("b"));
    }
}
