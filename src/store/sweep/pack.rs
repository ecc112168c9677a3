//! A pack: finished cells of a sweep in one file.
//!
//! Postcard, in the order of cells. The name carries the digest of the bytes, which is checked before anything looks
//! inside; the plan's digest is inside, so that no pack is taken for one of another sweep. The same cells are the same
//! bytes, whoever played them.
//!
//! Deliberately absent: what is in a record. To the store it is bytes.

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::names::{cell_of_log, sha256_of_pack};
use crate::store::{FileDigest, StoreError, atomic, read_at_most};

/// The layout that this version writes and reads.
const SCHEMA: u32 = 1;

/// No honest pack is longer [bytes]; one is full long before.
const BYTES_MAX: u64 = 1 << 28;

/// One finished cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub cell: u32,
    /// What came of it.
    pub record: Vec<u8>,
    /// The event logs of its runs that were kept.
    pub files: Vec<FileDigest>,
}

/// Enough of a digest to tell two results of a cell from one.
pub(super) type ShortDigest = [u8; 16];

impl Entry {
    /// What it takes of a pack, about [bytes].
    pub(super) fn weight(&self) -> u64 {
        let files = self.files.iter().map(|file| file.name.len() + file.sha256.len() + 16);
        (self.record.len() + files.sum::<usize>() + 16) as u64
    }

    pub(super) fn digest(&self) -> ShortDigest {
        let mut hash = Sha256::new();
        hash.update((self.record.len() as u64).to_le_bytes());
        hash.update(&self.record);
        for FileDigest { name, sha256, bytes } in &self.files {
            // No name holds a zero byte, so no two lists give the same bytes.
            hash.update(format!("{name}\0{sha256}\0{bytes}\0"));
        }
        let mut short = ShortDigest::default();
        short.copy_from_slice(&hash.finalize()[..16]);
        short
    }
}

/// The file. What is read is borrowed from its bytes.
#[derive(Serialize, Deserialize)]
struct Pack<'a> {
    schema: u32,
    plan_sha256: &'a str,
    #[serde(borrow)]
    entries: Vec<Packed<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    cell: u32,
    #[serde(serialize_with = "at_once")]
    record: &'a [u8],
    files: Cow<'a, [FileDigest]>,
}

/// Bytes in one piece, which are the same as one by one.
fn at_once<S: Serializer>(bytes: &&[u8], out: S) -> Result<S::Ok, S::Error> {
    out.serialize_bytes(bytes)
}

/// The bytes of a pack of these cells, which must be in order; or why there can be none.
pub(super) fn encode<'a>(plan_sha256: &'a str, entries: &'a [Entry]) -> Result<Vec<u8>, String> {
    let packed = |it: &'a Entry| Packed { cell: it.cell, record: &it.record, files: Cow::Borrowed(&it.files) };
    let pack = Pack { schema: SCHEMA, plan_sha256, entries: entries.iter().map(packed).collect() };
    let bytes = postcard::to_stdvec(&pack).map_err(|error| error.to_string())?;
    match bytes.len() as u64 > BYTES_MAX {
        true => Err(format!("it would be longer than {BYTES_MAX} bytes")),
        false => Ok(bytes),
    }
}

/// The cells of a pack of that plan, in order.
pub(super) fn read(dir: &Path, name: &str, plan_sha256: &str) -> Result<(u64, Vec<Entry>), StoreError> {
    let path = dir.join(name);
    let bad = |what: String| StoreError::BadPack { path: path.clone(), what };
    let bytes = read_at_most(&path, BYTES_MAX)?;
    let found = atomic::sha256_hex(&bytes);
    if sha256_of_pack(name) != Some(found.as_str()) {
        return Err(bad(format!("its SHA-256 is {found}, and not that of its name")));
    }
    // A newer layout may hold other things: say so before complaining about them.
    match postcard::take_from_bytes::<u32>(&bytes) {
        Ok((SCHEMA, _)) => {}
        Ok((schema, _)) => return Err(bad(format!("its schema is {schema}, and this version reads {SCHEMA}"))),
        Err(error) => return Err(bad(error.to_string())),
    }
    let (pack, rest): (Pack<'_>, _) = postcard::take_from_bytes(&bytes).map_err(|error| bad(error.to_string()))?;
    if pack.plan_sha256 != plan_sha256 {
        let (expected, found) = (plan_sha256.to_owned(), pack.plan_sha256.to_owned());
        return Err(StoreError::OtherPlan { path, expected, found });
    }
    let is_in_order = pack.entries.is_sorted_by(|a, b| a.cell < b.cell);
    let has_own_logs = |it: &Packed<'_>| it.files.iter().all(|file| cell_of_log(&file.name) == Some(it.cell));
    if !rest.is_empty() || !is_in_order || !pack.entries.iter().all(has_own_logs) {
        return Err(bad("its cells are not as they are written".to_owned()));
    }
    let owned = |it: Packed<'_>| Entry { cell: it.cell, record: it.record.to_vec(), files: it.files.into_owned() };
    Ok((bytes.len() as u64, pack.entries.into_iter().map(owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::names::pack_name;
    use super::super::tests::entry;
    use super::*;
    use std::fs;

    const PLAN_SHA256: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn write(dir: &Path, bytes: &[u8]) -> String {
        let name = pack_name(&atomic::sha256_hex(bytes));
        fs::write(dir.join(&name), bytes).expect("written");
        name
    }

    fn refused(dir: &Path, bytes: &[u8]) -> String {
        read(dir, &write(dir, bytes), PLAN_SHA256).expect_err("refused").to_string()
    }

    #[test]
    fn every_flipped_bit_and_every_length_is_refused_and_named() {
        let temp = tempfile::tempdir().expect("folder");
        let bytes = encode(PLAN_SHA256, &[entry(3), entry(4)]).expect("short");
        let name = write(temp.path(), &bytes);
        let path = temp.path().join(&name);
        assert_eq!(read(temp.path(), &name, PLAN_SHA256).expect("whole").1, [entry(3), entry(4)]);
        let refused = |hurt: &[u8]| {
            fs::write(&path, hurt).expect("written");
            let message = read(temp.path(), &name, PLAN_SHA256).expect_err("refused").to_string();
            assert!(message.contains(&name) && message.contains("Delete it and resume"), "{message}");
        };
        for bit in 0..bytes.len() * 8 {
            let mut hurt = bytes.clone();
            hurt[bit / 8] ^= 1 << (bit % 8);
            refused(&hurt);
        }
        (0..bytes.len()).for_each(|length| refused(&bytes[..length]));
        refused(&[bytes.as_slice(), &[0]].concat());
    }

    #[test]
    fn a_name_that_fits_makes_no_pack_of_other_bytes() {
        let temp = tempfile::tempdir().expect("folder");
        let dir = temp.path();
        let good = encode(PLAN_SHA256, &[entry(3), entry(4)]).expect("short");
        let strange = Entry {
            files: vec![FileDigest { name: "../plan.json".to_owned(), sha256: String::new(), bytes: 0 }],
            ..entry(3)
        };
        let bad = [
            good[..good.len() - 1].to_vec(),
            [good.as_slice(), &[0]].concat(),
            encode(PLAN_SHA256, &[entry(4), entry(3)]).expect("short"),
            encode(PLAN_SHA256, &[entry(3), entry(3)]).expect("short"),
            encode(PLAN_SHA256, &[strange]).expect("short"),
            vec![],
        ];
        for bytes in bad {
            assert!(refused(dir, &bytes).contains("is damaged or was changed"));
        }
        let newer = [&[2], &good[1..]].concat();
        assert!(refused(dir, &newer).contains("its schema is 2, and this version reads 1"));
        let other = encode(&PLAN_SHA256.replace('b', "c"), &[entry(3)]).expect("short");
        assert!(refused(dir, &other).contains("plan found there:   ca7816cf"));
    }

    #[test]
    fn a_length_that_lies_takes_no_memory() {
        let temp = tempfile::tempdir().expect("folder");
        let start = encode(PLAN_SHA256, &[]).expect("short");
        // 2^62 entries, of which there is none.
        let length = [&start[..start.len() - 1], &[0x80; 8], &[0x40]].concat();
        let allocated = allocation_counter::measure(|| drop(refused(temp.path(), &length)));
        assert!(allocated.bytes_max < 1 << 22, "{} bytes", allocated.bytes_max);
    }

    #[test]
    fn a_digest_tells_records_and_logs_apart() {
        let log = |name: &str, sha256: &str| FileDigest { name: name.into(), sha256: sha256.into(), bytes: 1 };
        let with = |record: &[u8], files| Entry { cell: 1, record: record.to_vec(), files };
        let entries = [
            with(b"", vec![]),
            with(b"ab", vec![]),
            with(b"", vec![log("a", "b")]),
            with(b"", vec![log("ab", "")]),
            with(b"", vec![log("a", "b"), log("a", "b")]),
            with(b"a\0b\0\x31\0", vec![]),
        ];
        let digests: std::collections::BTreeSet<_> = entries.iter().map(Entry::digest).collect();
        assert_eq!(digests.len(), entries.len());
    }
}
