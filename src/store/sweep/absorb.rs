//! How a shard is taken in: its cells and event logs, each checked before it is believed.

use std::io;
use std::path::Path;

use super::{FileDigest, SweepFolder, check_plan};
use crate::files;
use crate::store::{StoreError, atomic};

impl SweepFolder {
    /// Takes in the finished cells of another folder of the same plan, which is left as it is.
    ///
    /// # Errors
    /// The other plan is another one, something there is damaged, or a cell has another result there than here. What
    /// was taken in before that stays.
    pub fn absorb(&mut self, other: &Path) -> Result<(), StoreError> {
        let (plan, mut cells) = SweepFolder::look(other)?;
        check_plan(&cells.dir, &self.plan.sha256, &plan)?;
        for some in cells.dealt() {
            let mut new = vec![];
            for entry in cells.gather(&some)? {
                if self.cells.is_new(&entry, &cells.dir)? {
                    new.push(entry);
                }
            }
            let logs = new.iter().flat_map(|entry| &entry.files);
            logs.into_iter().try_for_each(|log| self.copy(&cells.dir, log))?;
            self.add(&new)?;
        }
        Ok(())
    }

    fn copy(&mut self, from: &Path, log: &FileDigest) -> Result<(), StoreError> {
        let from = from.join(&log.name);
        let to = self.results.begin()?.join(&log.name);
        let mut file = files::open(&from, u64::MAX).map_err(StoreError::unread(&from, false))?;
        let aside = atomic::write_aside(&to, |out| io::copy(&mut file, out).map(drop))?;
        let found = aside.digest().sha256.clone();
        if found != log.sha256 {
            return Err(StoreError::Digest { path: from, expected: log.sha256.clone(), found });
        }
        aside.commit(&to).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{files, packs, play};
    use super::super::{Entry, cell_log_name};
    use super::*;
    use crate::units::RunId;
    use std::fs;
    use tempfile::tempdir;

    #[test]
    fn a_shard_of_another_plan_is_refused_with_both_digests() {
        let (ours, theirs) = (tempdir().expect("folder"), tempdir().expect("folder"));
        let mut folder = play(ours.path(), &[1]);
        drop(SweepFolder::open(theirs.path(), b"other").expect("free"));
        let before = (files(ours.path()), files(theirs.path()));
        let refused = folder.absorb(theirs.path()).expect_err("refused").to_string();
        for plan in [super::super::tests::PLAN_OF_TESTS, b"other"] {
            assert!(refused.contains(&atomic::sha256_hex(plan)), "{refused}");
        }
        assert_eq!((files(ours.path()), files(theirs.path())), before);
        assert!(folder.absorb(&ours.path().join("none")).is_err());
    }

    #[test]
    fn a_cell_in_both_is_taken_once_and_refused_if_they_differ() {
        let (ours, theirs) = (tempdir().expect("folder"), tempdir().expect("folder"));
        let mut folder = play(ours.path(), &[1, 2]);
        let mut other = play(theirs.path(), &[2, 3]);
        folder.absorb(theirs.path()).expect("of the same plan, at work or not");
        assert_eq!(folder.cells().finished().collect::<Vec<_>>(), [1, 2, 3]);
        other.add(&[Entry { cell: 4, record: b"theirs".to_vec(), files: vec![] }]).expect("written");
        folder.add(&[Entry { cell: 4, record: b"ours".to_vec(), files: vec![] }]).expect("written");
        let refused = folder.absorb(theirs.path()).expect_err("refused").to_string();
        assert!(refused.starts_with("cell 4 has one result in"), "{refused}");
        assert!(refused.contains(&theirs.path().display().to_string()), "{refused}");
    }

    #[test]
    fn what_is_damaged_in_a_shard_is_not_taken() {
        let (ours, theirs) = (tempdir().expect("folder"), tempdir().expect("folder"));
        let mut folder = play(ours.path(), &[]);
        drop(play(theirs.path(), &[5]));
        let before = files(ours.path());
        let log = theirs.path().join(cell_log_name(5, RunId(3)));
        fs::write(&log, "changed").expect("written");
        assert!(matches!(folder.absorb(theirs.path()), Err(StoreError::Digest { path, .. }) if path == log));
        fs::remove_file(&log).expect("removed");
        assert!(matches!(folder.absorb(theirs.path()), Err(StoreError::Disk { path, .. }) if path == log));
        fs::write(theirs.path().join(&packs(theirs.path())[0]), "half").expect("written");
        assert!(matches!(folder.absorb(theirs.path()), Err(StoreError::BadPack { .. })));
        assert_eq!(files(ours.path()), before);
    }
}
