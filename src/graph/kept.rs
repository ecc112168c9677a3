//! A grown graph as bytes: written once, and read again near the speed of the disk.
//!
//! What stands where is said in docs/kept-graphs.md. The columns of the rows lie in the file as they lie in memory, so reading is
//! filling them; nothing is built, and nothing is sorted. Files come from strangers: sizes are held against the length of the
//! file before anything is allocated, every byte is digested, and rows are believed only after they were looked at.
//!
//! Deliberately not here: opening files, and compression, which would cost more time than growing most graphs does.

mod check;
mod columns;
mod header;
mod read;
mod write;

pub use read::read;
pub use write::write;

use super::SocialGraph;

/// The first eight bytes of every such file.
pub const MAGIC: &[u8; 8] = b"tellgrph";

/// The version of what stands where.
pub const FORMAT: u32 = 1;

/// What is digested, written and read at a time \[bytes\].
pub const BLOCK: usize = 1 << 20;

/// A graph that was kept, and what its file says of it.
#[derive(Debug, Clone)]
pub struct KeptGraph {
    /// The people and their arcs.
    pub graph: SocialGraph,
    /// Where it comes from.
    pub origin: Origin,
    /// The digest of the whole file, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// Where a kept graph comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// What it was grown by, in words; nothing where nobody said.
    pub model: Option<String>,
    /// The seed it was grown from; nothing where luck played no part.
    pub seed: Option<u64>,
}

/// Why a file is not taken for a kept graph.
#[derive(Debug, thiserror::Error)]
pub enum KeptMistake {
    /// The disk said no.
    #[error(transparent)]
    Disk(std::io::Error),
    /// It is damaged, or never was one.
    #[error("{found}; allowed: {allowed}")]
    Wrong {
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
}

impl From<std::io::Error> for KeptMistake {
    fn from(error: std::io::Error) -> KeptMistake {
        match error.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                KeptMistake::wrong("a file that ends early", "as many bytes as its header says")
            }
            _ => KeptMistake::Disk(error),
        }
    }
}

impl KeptMistake {
    fn wrong(found: impl Into<String>, allowed: impl Into<String>) -> KeptMistake {
        KeptMistake::Wrong { found: found.into(), allowed: allowed.into() }
    }
}

#[cfg(test)]
mod tests;
