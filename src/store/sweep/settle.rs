//! How the same cells become the same files, whoever played them, in whatever order, and however often it was stopped.
//!
//! The packs of the end are decided by the cells alone. All of them are written before any other goes, so a kill leaves
//! cells twice and loses none, and the same again comes to the same end.

use std::collections::BTreeSet;

use super::SweepFolder;
use super::names::cell_of_log;
use crate::store::{StoreError, check_digest, owned};

impl SweepFolder {
    /// Gives the finished cells their final packs, and checks the event logs that they name. Where all is as it will
    /// be, nothing is touched.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.check_logs()?;
        let mut final_packs = BTreeSet::new();
        for cells in self.cells.dealt() {
            let entries = self.cells.gather(&cells)?;
            final_packs.insert(self.write_pack(&entries)?);
        }
        self.remove_packs(|name| !final_packs.contains(name))?;
        for name in owned::entries(self.path())? {
            // A log whose cell was not finished before the kill, and is no longer logged.
            if cell_of_log(&name).is_some() && !self.cells.logs.contains_key(&name) {
                owned::remove(self.results.begin()?, &name)?;
            }
        }
        Ok(())
    }

    fn check_logs(&self) -> Result<(), StoreError> {
        for (name, (_, log)) in self.cells.logs.iter().filter(|(_, (cell, _))| !self.cells.lacks_logs(*cell)) {
            let path = self.path().join(name);
            check_digest(&path, &log.sha256)
                .map_err(|_| StoreError::BadPack { path, what: "its bytes are others than were written".to_owned() })?;
        }
        Ok(())
    }
}
