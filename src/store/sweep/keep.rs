//! How finished cells get on the disk, and stay in few files.
//!
//! Cells that finish together become a pack, and packs of about the same length become one when there are many of them,
//! as in a log-structured merge tree (O'Neil, Cheng, Gawlick & O'Neil 1996): each cell is written a few times, and a
//! sweep of any size has some dozens of small files. The merged pack is there before the others go.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cells::{Cells, FULL};
use super::names::{pack_name, sha256_of_pack};
use super::pack::{self, Entry};
use super::{FileDigest, SweepFolder};
use crate::store::{StoreError, atomic, owned};

/// So many packs of about the same length become one.
const MANY: usize = 16;

/// The lengths at which packs are no longer about the same [bytes]. One that is full stays as it is.
const LENGTHS: [u64; 3] = [FULL / 256, FULL / 16, FULL];

impl SweepFolder {
    /// Puts new cells, in order, on the disk.
    pub(super) fn add(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        if !entries.is_empty() {
            self.write_pack(entries)?;
            while let Some(many) = self.cells.many() {
                self.merge(&many)?;
            }
        }
        Ok(())
    }

    /// Writes a pack of these cells, in order, unless it is there.
    pub(super) fn write_pack(&mut self, entries: &[Entry]) -> Result<Arc<str>, StoreError> {
        let too_long = |what| StoreError::disk("write a pack into", &self.cells.dir)(std::io::Error::other(what));
        let bytes = pack::encode(&self.cells.plan_sha256, entries).map_err(too_long)?;
        let name: Arc<str> = pack_name(&atomic::sha256_hex(&bytes)).into();
        if !self.cells.packs.contains_key(&name) {
            atomic::write_bytes(&self.results.begin()?.join(&*name), &bytes)?;
        }
        self.cells.learn(&name, bytes.len() as u64, entries)?;
        Ok(name)
    }

    /// Removes packs whose cells are in others.
    pub(super) fn remove_packs(&mut self, is_old: impl Fn(&Arc<str>) -> bool) -> Result<(), StoreError> {
        let old: Vec<Arc<str>> = self.cells.packs.keys().filter(|name| is_old(name)).cloned().collect();
        for name in &old {
            owned::remove(self.results.begin()?, name)?;
            self.cells.packs.remove(name);
        }
        Ok(())
    }

    pub(super) fn merge(&mut self, packs: &[Arc<str>]) -> Result<(), StoreError> {
        let mut entries = BTreeMap::new();
        for name in packs {
            let (_, some) = pack::read(&self.cells.dir, name, &self.cells.plan_sha256)?;
            // Where two packs have a cell, they say the same of it: that was seen when they were read first.
            entries.extend(some.into_iter().map(|entry| (entry.cell, entry)));
        }
        let entries: Vec<Entry> = entries.into_values().collect();
        let merged = self.write_pack(&entries)?;
        // One of them may have had all the cells.
        self.remove_packs(|name| packs.contains(name) && *name != merged)
    }
}

impl Cells {
    /// Packs of about the same length, if there are many of them: so many of the shortest as make a full one.
    fn many(&self) -> Option<Vec<Arc<str>>> {
        let class = |bytes: u64| LENGTHS.iter().position(|length| bytes < *length);
        (0..LENGTHS.len()).find_map(|place| {
            let alike = self.packs.iter().filter(|(_, bytes)| class(**bytes) == Some(place));
            let mut alike: Vec<(u64, &Arc<str>)> = alike.map(|(name, bytes)| (*bytes, name)).collect();
            alike.sort_unstable();
            let mut sum = 0;
            let fit = alike.iter().take_while(|(bytes, _)| {
                let fits = sum < FULL;
                sum += bytes;
                fits
            });
            (alike.len() >= MANY).then(|| fit.map(|(_, name)| (*name).clone()).collect())
        })
    }

    /// The packs as the provenance lists them, in the order of their names.
    pub(super) fn pack_digests(&self) -> Vec<FileDigest> {
        let digest = |(name, bytes): (&Arc<str>, &u64)| {
            let sha256 = sha256_of_pack(name).unwrap_or_default().to_owned();
            FileDigest { name: name.to_string(), sha256, bytes: *bytes }
        };
        self.packs.iter().map(digest).collect()
    }
}
