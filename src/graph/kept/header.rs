//! What stands before the columns: the magic word, and a header in JSON, in which the digest of the whole file is.
//!
//! The digest covers the header too, read with its own 64 digits as zeros: a flipped bit in the seed is as wrong as one in a
//! friend.

use super::{FORMAT, KeptMistake, MAGIC, Origin};
use crate::units::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;

/// Bytes before the header: the magic word, and the length of the header.
const BEFORE: usize = 16;
/// The columns begin at a multiple of this \[bytes\].
const ALIGNMENT: usize = 64;
/// The longest header that is read \[bytes\].
const LENGTH_MAX: u64 = 64 << 10;
/// The longest words for a model \[characters\]; what is longer is cut off.
const WORDS_MAX: usize = 2_000;
/// What the digest is digested as.
const NO_DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A digest, before it is written in digits.
pub(super) type Leaf = [u8; 32];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    format: u32,
    pub people: u64,
    pub arcs: u64,
    pub directed: bool,
    pub strengths: bool,
    pub names: bool,
    model: Option<String>,
    seed: Option<u64>,
    pub sha256: String,
}

impl Header {
    /// A header that waits for its digest.
    pub fn new([people, arcs]: [u64; 2], [directed, strengths, names]: [bool; 3], origin: &Origin) -> Header {
        let words = |model: &String| {
            let cut = model.chars().take(WORDS_MAX).collect::<String>();
            if cut.len() < model.len() { cut + "…" } else { cut }
        };
        let model = origin.model.as_ref().map(words);
        let sha256 = NO_DIGEST.to_owned();
        Header { format: FORMAT, people, arcs, directed, strengths, names, model, seed: origin.seed, sha256 }
    }

    pub fn origin(&self) -> Origin {
        Origin { model: self.model.clone(), seed: self.seed }
    }

    /// All bytes before the columns.
    ///
    /// # Errors
    /// None, but that serialising has some in its signature.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        let whole = (BEFORE + json.len()).next_multiple_of(ALIGNMENT);
        let mut bytes = Vec::with_capacity(whole);
        bytes.extend(MAGIC);
        bytes.extend(((whole - BEFORE) as u64).to_le_bytes());
        bytes.extend(json);
        bytes.resize(whole, b' ');
        Ok(bytes)
    }

    /// Reads a header; all of its bytes, the digest in them as zeros.
    pub fn read(source: &mut impl Read) -> Result<(Header, Vec<u8>), KeptMistake> {
        let mut bytes = vec![0; BEFORE];
        let length = source.read_exact(&mut bytes).is_ok().then(|| bytes[8..].try_into().ok()).flatten();
        let Some(length) = length.filter(|_| bytes.starts_with(MAGIC)).map(u64::from_le_bytes) else {
            let found = "a file that does not begin with the word tellgrph";
            return Err(KeptMistake::wrong(found, "a graph that `tellwave graph grow` has written"));
        };
        if length > LENGTH_MAX || !(BEFORE as u64 + length).is_multiple_of(ALIGNMENT as u64) {
            let allowed = format!("at most {LENGTH_MAX}, and with the {BEFORE} before it a multiple of {ALIGNMENT}");
            return Err(KeptMistake::wrong(format!("a header of {length} bytes"), allowed));
        }
        bytes.resize(BEFORE + length as usize, 0);
        source.read_exact(&mut bytes[BEFORE..])?;
        let read: serde_json::Result<Header> = serde_json::from_slice(&bytes[BEFORE..]);
        let header = read.map_err(|error| {
            KeptMistake::wrong(format!("a header that cannot be read: {error}"), "the header of docs/kept-graphs.md")
        })?;
        header.check()?;
        let digits = header.sha256.as_bytes();
        // The digest is the last that looks like it: a model's words may hold anything.
        let place = bytes.windows(digits.len()).rposition(|part| part == digits).unwrap_or(BEFORE);
        bytes[place..place + digits.len()].copy_from_slice(NO_DIGEST.as_bytes());
        Ok((header, bytes))
    }

    /// What no graph has, and what this version does not read.
    fn check(&self) -> Result<(), KeptMistake> {
        if self.format != FORMAT {
            return Err(KeptMistake::wrong(format!("format {}", self.format), format!("format {FORMAT}")));
        }
        if self.people == 0 || self.people > u64::from(PersonId::COUNT_MAX) {
            let allowed = format!("1 to {} people", PersonId::COUNT_MAX);
            return Err(KeptMistake::wrong(format!("{} people", self.people), allowed));
        }
        if self.arcs > u64::from(u32::MAX) {
            return Err(KeptMistake::wrong(format!("{} arcs", self.arcs), format!("at most {} arcs", u32::MAX)));
        }
        let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if self.sha256.len() != NO_DIGEST.len() || !self.sha256.bytes().all(is_digit) {
            return Err(KeptMistake::wrong("a digest that is none", "64 hexadecimal digits in lower case"));
        }
        Ok(())
    }

    /// The bytes of the columns whose length the header says: all but names.
    pub fn bytes_of_numbers(&self) -> u64 {
        let (people, arcs) = (self.people, self.arcs);
        let counted = |count, has: bool| if has { 4 * count } else { 0 };
        4 * (people + 1) + 4 * arcs + counted(people, self.directed) + counted(arcs, self.strengths)
    }
}

/// The digest of a file: of the digests of its header, in which its own digits are zeros, and of its blocks.
pub(super) fn digest(header: &[u8], blocks: &[Leaf]) -> Leaf {
    let mut all = Sha256::new_with_prefix(Sha256::digest(header));
    blocks.iter().for_each(|block| all.update(block));
    all.finalize().into()
}

/// A digest in digits.
pub(super) fn hex(leaf: &Leaf) -> String {
    leaf.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of a block.
pub(super) fn leaf(block: &[u8]) -> Leaf {
    Sha256::digest(block).into()
}
