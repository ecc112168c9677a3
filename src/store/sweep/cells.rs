//! The finished cells of a sweep as they lie on the disk: which there are, and their records in the order of cells.
//!
//! Only a digest of each record is kept in memory, and packs are read one at a time. A process at work may merge packs
//! meanwhile: it writes the merged one before it removes the others, so whoever misses one looks again.
//!
//! Deliberately absent: writing.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::names::sha256_of_pack;
use super::pack::{self, Entry, ShortDigest};
use crate::store::{FileDigest, StoreError, owned};

/// A pack is full beyond this [bytes]: few files for a large sweep, and little memory for one of them.
pub(super) const FULL: u64 = 1 << 23;

/// Packs are cut where the number of a cell is a multiple of this, so that cells which come later change few of them.
const BLOCK: u32 = 1 << 12;

/// The finished cells of a sweep.
#[derive(Debug)]
pub struct Cells {
    pub(super) dir: PathBuf,
    pub(super) plan_sha256: String,
    known: BTreeMap<u32, Known>,
    /// Their lengths [bytes].
    pub(super) packs: BTreeMap<Arc<str>, u64>,
    /// Of each name, whose it is and what it must be.
    pub(super) logs: BTreeMap<String, (u32, FileDigest)>,
    /// Cells that have a record, and whose logs are not all there.
    lacking: BTreeSet<u32>,
}

#[derive(Debug)]
struct Known {
    digest: ShortDigest,
    weight: u64,
    pack: Arc<str>,
}

impl Cells {
    /// Reads every pack of a folder.
    pub(super) fn load(dir: &Path, plan_sha256: &str) -> Result<Cells, StoreError> {
        loop {
            let (known, packs, logs, lacking) = Default::default();
            let (dir, plan_sha256) = (dir.to_path_buf(), plan_sha256.to_owned());
            let mut cells = Cells { dir, plan_sha256, known, packs, logs, lacking };
            if cells.learn_all()? {
                return Ok(cells);
            }
        }
    }

    /// Reads packs until there is no other; false if one that was read is there no more.
    fn learn_all(&mut self) -> Result<bool, StoreError> {
        let mut before = None;
        loop {
            let names = self.listed()?;
            if self.packs.keys().any(|name| names.binary_search(name).is_err()) {
                return Ok(false);
            }
            // If packs are merged meanwhile, one listing may miss both the one and the others.
            if self.packs.len() == names.len() && before.as_ref() == Some(&names) {
                return Ok(true);
            }
            for name in &names {
                if !self.packs.contains_key(name) {
                    match pack::read(&self.dir, name, &self.plan_sha256) {
                        Ok((bytes, entries)) => self.learn(name, bytes, &entries)?,
                        Err(error) if is_gone(&error) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            before = Some(names);
        }
    }

    /// SHA-256 of the plan.
    pub fn plan_sha256(&self) -> &str {
        &self.plan_sha256
    }

    /// The numbers of those that are finished, in order.
    pub fn finished(&self) -> impl ExactSizeIterator<Item = u32> {
        let all: Vec<u32> = self.known.keys().copied().filter(|cell| !self.lacking.contains(cell)).collect();
        all.into_iter()
    }

    /// Whether a cell is finished.
    pub fn has(&self, cell: u32) -> bool {
        self.known.contains_key(&cell) && !self.lacking.contains(&cell)
    }

    /// Finds out which event logs somebody has removed: their cells are not finished any more.
    pub(super) fn miss_logs(&mut self) {
        let is_gone = |name: &String| self.dir.join(name).symlink_metadata().is_err();
        let gone = self.logs.iter().filter(|(name, _)| is_gone(name));
        self.lacking = gone.map(|(_, (cell, _))| *cell).collect();
    }

    /// Whether a cell has a record and lacks a log.
    pub(super) fn lacks_logs(&self, cell: u32) -> bool {
        self.lacking.contains(&cell)
    }

    /// All logs of a cell are there.
    pub(super) fn has_logs_again(&mut self, cell: u32) {
        self.lacking.remove(&cell);
    }

    /// Those that are finished now, in order; some of them are in memory at a time.
    pub fn entries(&mut self) -> impl Iterator<Item = Result<Entry, StoreError>> {
        self.dealt().into_iter().flat_map(move |cells| match self.gather(&cells) {
            Ok(entries) => entries.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        })
    }

    /// The finished cells as they are dealt to packs in the end, which their numbers and lengths alone decide.
    pub(super) fn dealt(&self) -> Vec<Vec<u32>> {
        let mut packs: Vec<Vec<u32>> = vec![];
        let mut weight = 0;
        for (&cell, known) in &self.known {
            weight += known.weight;
            let fits = |pack: &Vec<u32>| pack.first().is_some_and(|first| first / BLOCK == cell / BLOCK);
            match packs.last_mut().filter(|pack| weight <= FULL && fits(pack)) {
                Some(pack) => pack.push(cell),
                None => {
                    packs.push(vec![cell]);
                    weight = known.weight;
                }
            }
        }
        packs
    }

    /// Finished cells, in order.
    pub(super) fn gather(&mut self, cells: &[u32]) -> Result<Vec<Entry>, StoreError> {
        loop {
            match self.read(cells) {
                Err(gone) if is_gone(&gone) => {
                    *self = Cells::load(&self.dir, &self.plan_sha256)?;
                    // No merge loses a cell: the pack was removed by somebody else.
                    if !cells.iter().all(|cell| self.known.contains_key(cell)) {
                        return Err(gone);
                    }
                }
                read => return read,
            }
        }
    }

    fn read(&self, cells: &[u32]) -> Result<Vec<Entry>, StoreError> {
        let mut wanted: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for cell in cells {
            if let Some(known) = self.known.get(cell) {
                wanted.entry(&known.pack).or_default().push(*cell);
            }
        }
        let mut found = vec![];
        for (name, cells) in wanted {
            let (_, entries) = pack::read(&self.dir, name, &self.plan_sha256)?;
            found.extend(entries.into_iter().filter(|entry| cells.binary_search(&entry.cell).is_ok()));
        }
        found.sort_unstable_by_key(|entry| entry.cell);
        Ok(found)
    }

    /// Whether a cell was not finished before. The same result twice is fine; another one, found at `place`, is not.
    pub(super) fn is_new(&self, entry: &Entry, place: &Path) -> Result<bool, StoreError> {
        match self.known.get(&entry.cell) {
            None => Ok(true),
            Some(known) if known.digest == entry.digest() => Ok(false),
            Some(known) => {
                let first = self.dir.join(&*known.pack);
                Err(StoreError::TwoResults { cell: entry.cell, first, second: place.to_path_buf() })
            }
        }
    }

    /// Takes note of a pack on the disk, from which its cells are read from now on.
    pub(super) fn learn(&mut self, name: &Arc<str>, bytes: u64, entries: &[Entry]) -> Result<(), StoreError> {
        let path = self.dir.join(&**name);
        for entry in entries {
            self.is_new(entry, &path)?;
            let known = Known { digest: entry.digest(), weight: entry.weight(), pack: name.clone() };
            self.known.insert(entry.cell, known);
            self.logs.extend(entry.files.iter().map(|file| (file.name.clone(), (entry.cell, file.clone()))));
        }
        self.packs.insert(name.clone(), bytes);
        Ok(())
    }

    /// The names of the packs on the disk, in order.
    fn listed(&self) -> Result<Vec<Arc<str>>, StoreError> {
        let names = owned::entries(&self.dir)?.into_iter();
        Ok(names.filter(|name| sha256_of_pack(name).is_some()).map(Arc::from).collect())
    }
}

/// Whether a file is there no more. A link that leads nowhere is there, and will be when it is looked for again.
fn is_gone(error: &StoreError) -> bool {
    matches!(error, StoreError::Disk { source, path, .. }
        if source.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err())
}

#[cfg(test)]
mod tests {
    use super::super::SweepFolder;
    use super::super::tests::{PLAN_OF_TESTS, entry};
    use super::*;

    #[test]
    fn cells_are_dealt_to_packs_by_number_and_length() {
        let temp = tempfile::tempdir().expect("folder");
        let mut folder = SweepFolder::open(temp.path(), PLAN_OF_TESTS).expect("free");
        let long = |cell| Entry { record: vec![0; 3 << 20], ..entry(cell) };
        folder.add(&[long(0), long(1), long(2), entry(3), entry(4_095), entry(4_096)]).expect("written");
        folder.add(&[Entry { record: vec![0; 10 << 20], ..entry(9_000) }]).expect("written");
        let dealt = folder.cells().dealt();
        assert_eq!(dealt, [vec![0, 1], vec![2, 3, 4_095], vec![4_096], vec![9_000]]);
        folder.settle().expect("written");
        assert_eq!(folder.cells().packs.len(), dealt.len());
        assert_eq!(folder.cells().dealt(), dealt);
    }

    /// Writes 100 MB, so it is run by hand: `cargo test --release --lib -- --ignored --nocapture fifty_thousand`.
    #[test]
    #[ignore = "writes 100 MB"]
    fn fifty_thousand_cells_are_opened_in_little_memory() {
        let temp = tempfile::tempdir().expect("folder");
        let mut folder = SweepFolder::open(temp.path(), PLAN_OF_TESTS).expect("free");
        let record = |cell: u32| (0..2_000).map(|place| (cell.wrapping_mul(place) >> 7) as u8).collect();
        // As workers do it: cells that finish together are near each other, and not in order.
        for batch in 0..500 {
            let cells = (0..100).map(|place| batch / 2 * 200 + 2 * place + batch % 2);
            let entries: Vec<Entry> = cells.map(|cell| Entry { record: record(cell), ..entry(cell) }).collect();
            folder.add(&entries).expect("written");
        }
        drop(folder);
        let measure = |what: &str, work: &mut dyn FnMut()| {
            let begin = std::time::Instant::now();
            let peak = allocation_counter::measure(work).bytes_max;
            println!("{what}: {:.2} s, {:.1} MB at most", begin.elapsed().as_secs_f64(), peak as f64 / 1e6);
            assert!(peak < 100 << 20, "{what} takes {peak} bytes");
        };
        let mut folder = None;
        measure("open", &mut || folder = SweepFolder::open(temp.path(), PLAN_OF_TESTS).ok());
        let mut folder = folder.expect("ours");
        println!("{} packs", folder.cells().packs.len());
        measure("settle", &mut || folder.settle().expect("written"));
        println!("{} packs", folder.cells().packs.len());
        measure("settle again", &mut || folder.settle().expect("nothing to do"));
        measure("read", &mut || assert_eq!(folder.cells().entries().filter_map(Result::ok).count(), 50_000));
    }
}
