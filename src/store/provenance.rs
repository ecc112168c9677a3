//! `provenance.json`: where the results of a folder come from, and the digest of every one of them.
//!
//! It is written last, so that a folder that has one is complete. The seed is a decimal string, since JSON readers
//! keep 53 bits of a number. The file seals itself: its last value is the digest of the rest, and a reader accepts no
//! other spelling of the same content, so that a flipped bit is found here as well as in the results.
//!
//! Deliberately absent: what does not decide the numbers (threads, paths, the time, the machine's name).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{StoreError, atomic, owned};
use crate::files;
use crate::units::Seed;

/// The name of the file.
pub const PROVENANCE: &str = "provenance.json";

/// The layout that this version writes and reads.
pub const SCHEMA: u32 = 2;

/// No honest provenance is longer [bytes]: a million logs are listed in about 150 MB.
const BYTES_MAX: u64 = 1 << 28;

/// Where the results of a folder come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Version of the layout, [`SCHEMA`].
    pub schema: u32,
    /// Version of Tellwave.
    pub tellwave: String,
    /// Name of the scenario.
    pub scenario: String,
    /// SHA-256 of the scenario.
    pub scenario_sha256: String,
    /// SHA-256 of the graph, where it was read from a file or digested.
    pub graph_sha256: Option<String>,
    /// The seed of every draw; a decimal string in the file.
    #[serde(with = "decimal")]
    pub seed: Seed,
    /// How many runs.
    pub runs: u32,
    /// The number of the first of them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub first_run: u32,
    /// Where the runs were forked: when, and which scenario holds after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork: Option<ForkOrigin>,
    /// The scenarios that were compared; then `scenario_sha256` is that of the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<ComparedOrigin>,
    /// The sweep that the files belong to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepOrigin>,
    /// The scheme of random numbers.
    pub random_numbers: String,
    /// What it was computed on.
    pub platform: Platform,
    /// The presets that the scenario stood on; its file in the folder has their values written out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub presets: Vec<String>,
    /// The options of the command line that decide the results.
    pub options: BTreeMap<String, String>,
    /// The results, in the order in which they were written.
    pub files: Vec<FileDigest>,
}

/// Where runs go on under another scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForkOrigin {
    /// The last tick of the scenario before \[minutes\].
    pub until: u32,
    /// SHA-256 of the scenario that holds after it.
    pub scenario_sha256: String,
}

/// One of several scenarios that were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparedOrigin {
    /// What it is called.
    pub name: String,
    /// Its file in the folder.
    pub file: String,
    /// SHA-256 of the scenario.
    pub scenario_sha256: String,
    /// Whether it was played without its programme.
    pub without_programme: bool,
    /// Whether the others were compared with it.
    pub is_baseline: bool,
}

/// The sweep that results come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepOrigin {
    /// SHA-256 of its plan.
    pub plan_sha256: String,
    /// How many cells of it are in the folder.
    pub cells: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What the results were computed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Operating system ("linux").
    pub os: String,
    /// Processor ("x86_64").
    pub arch: String,
}

impl Platform {
    /// The platform that this program was built for.
    pub fn here() -> Platform {
        Platform { os: std::env::consts::OS.to_owned(), arch: std::env::consts::ARCH.to_owned() }
    }
}

/// One result: its name and what it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// Name within the folder.
    pub name: String,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length [bytes].
    pub bytes: u64,
}

/// One way in which a folder differs from its provenance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// A listed file is not there.
    #[error("{name} is missing")]
    Missing {
        /// Which.
        name: String,
    },
    /// A listed file has another length.
    #[error("{name} has {found} bytes instead of {expected}")]
    Length {
        /// Which.
        name: String,
        /// Length on record [bytes].
        expected: u64,
        /// Length now [bytes].
        found: u64,
    },
    /// A listed file has the right length and other bytes.
    #[error("{name} has changed")]
    Changed {
        /// Which.
        name: String,
    },
    /// A file is there that is not listed.
    #[error("{name} is not listed in provenance.json")]
    Extra {
        /// Which.
        name: String,
    },
}

/// The file: the provenance and its seal.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    provenance: Provenance,
    seal_sha256: String,
}

impl Provenance {
    /// The bytes of the file.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let seal_sha256 = atomic::sha256_hex(&serde_json::to_vec(self)?);
        super::json_of(&Sealed { provenance: self.clone(), seal_sha256 })
    }
}

/// The provenance of a folder.
pub fn read_provenance(dir: &Path) -> Result<Provenance, StoreError> {
    let path = dir.join(PROVENANCE);
    let bad = |what: String| StoreError::BadProvenance { path: path.clone(), what };
    let bytes = super::read_at_most(&path, BYTES_MAX)?;
    // A newer layout may have other keys: say so before complaining about them.
    if let Some(schema) = schema_of(&bytes).filter(|schema| *schema != u64::from(SCHEMA)) {
        return Err(bad(format!("its schema is {schema}, and this version reads {SCHEMA}")));
    }
    let sealed: Sealed = serde_json::from_slice(&bytes).map_err(|error| bad(error.to_string()))?;
    let provenance = sealed.provenance;
    if provenance.to_json().map_err(|error| bad(error.to_string()))? != bytes {
        return Err(bad("it was changed after it was written (its seal does not fit)".to_owned()));
    }
    let mut names = BTreeSet::new();
    for file in &provenance.files {
        if !owned::is_listed_name(&file.name) {
            return Err(bad(format!("it lists {:?}, which is not a name of a file that Tellwave writes", file.name)));
        }
        if !names.insert(&file.name) {
            return Err(bad(format!("it lists {:?} twice", file.name)));
        }
    }
    Ok(provenance)
}

/// Digests every file of the folder and says where it differs from its provenance; nothing where it does not.
pub fn verify(dir: &Path) -> Result<Vec<Mismatch>, StoreError> {
    let provenance = read_provenance(dir)?;
    let mut mismatches = Vec::new();
    let mut listed = BTreeSet::from([owned::MARKER, PROVENANCE]);
    for FileDigest { name, sha256, bytes } in &provenance.files {
        listed.insert(name);
        let path = dir.join(name);
        let name = name.clone();
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => mismatches.push(Mismatch::Missing { name }),
            Err(error) => return Err(StoreError::disk("read", &path)(error)),
            // A link or a folder is not the file that was written.
            Ok(found) if !found.is_file() => mismatches.push(Mismatch::Changed { name }),
            Ok(found) if found.len() != *bytes => {
                mismatches.push(Mismatch::Length { name, expected: *bytes, found: found.len() });
            }
            Ok(_) => {
                let found = atomic::digest_of_file(&path).map_err(StoreError::disk("read", &path))?;
                if found.sha256 != *sha256 {
                    mismatches.push(Mismatch::Changed { name });
                }
            }
        }
    }
    let marker = dir.join(owned::MARKER);
    if files::read(&marker, BYTES_MAX).is_ok_and(|bytes| bytes != owned::MARKER_TEXT) {
        mismatches.push(Mismatch::Changed { name: owned::MARKER.to_owned() });
    }
    for name in owned::entries(dir)? {
        // What a process that was killed has left says nothing about the results.
        if !listed.contains(name.as_str()) && !atomic::is_temp_name(&name) {
            mismatches.push(Mismatch::Extra { name });
        }
    }
    Ok(mismatches)
}

fn schema_of(bytes: &[u8]) -> Option<u64> {
    let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    value.get("provenance")?.get("schema")?.as_u64()
}

/// A seed as a decimal string.
mod decimal {
    use super::Seed;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(seed: &Seed, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&seed.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Seed, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map(Seed).map_err(|_| D::Error::custom(format!("the seed {text:?} is not a whole number")))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::store::OutputFolder;

    /// A provenance with no files yet.
    pub fn sample() -> Provenance {
        Provenance {
            schema: SCHEMA,
            tellwave: "0.1.0".to_owned(),
            scenario: "coffee".to_owned(),
            scenario_sha256: atomic::sha256_hex(b"coffee"),
            graph_sha256: None,
            seed: Seed(u64::MAX),
            runs: 3,
            first_run: 0,
            fork: None,
            compared: vec![],
            sweep: None,
            random_numbers: "splitmix64-keyed-1".to_owned(),
            platform: Platform::here(),
            presets: Vec::new(),
            options: BTreeMap::from([("runs".to_owned(), "3".to_owned())]),
            files: Vec::new(),
        }
    }

    fn folder() -> (tempfile::TempDir, std::path::PathBuf) {
        let temp = tempfile::tempdir().expect("folder");
        let dir = temp.path().join("out");
        let mut folder = OutputFolder::at(&dir).expect("free");
        folder.write_bytes("runs.csv", b"run\n0\n").expect("written");
        folder.write_bytes("reach.csv", b"day\n0\n").expect("written");
        folder.finish(&sample()).expect("written");
        (temp, dir)
    }

    #[test]
    fn what_was_written_is_read_and_verified() {
        let (_temp, dir) = folder();
        let read = read_provenance(&dir).expect("readable");
        assert_eq!(read.seed, Seed(u64::MAX));
        assert_eq!(read.files.len(), 2);
        assert_eq!(read.files[0].name, "runs.csv");
        assert_eq!(verify(&dir).expect("readable"), []);
        let text = fs::read_to_string(dir.join(PROVENANCE)).expect("read");
        assert!(text.contains("\"seed\": \"18446744073709551615\""), "{text}");
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn every_damage_is_named() {
        let damage = |hurt: &dyn Fn(&Path)| {
            let (_temp, dir) = folder();
            hurt(&dir);
            let found = verify(&dir).expect("readable");
            found.iter().map(Mismatch::to_string).collect::<Vec<_>>()
        };
        let put = |dir: &Path, name: &str, bytes: &[u8]| fs::write(dir.join(name), bytes).expect("written");
        assert_eq!(damage(&|dir| put(dir, "runs.csv", b"run\n1\n")), ["runs.csv has changed"]);
        assert_eq!(damage(&|dir| put(dir, "runs.csv", b"run\n")), ["runs.csv has 4 bytes instead of 6"]);
        assert_eq!(damage(&|dir| fs::remove_file(dir.join("runs.csv")).expect("removed")), ["runs.csv is missing"]);
        assert_eq!(damage(&|dir| put(dir, "new.csv", b"")), ["new.csv is not listed in provenance.json"]);
        let swap = |dir: &Path| {
            fs::rename(dir.join("runs.csv"), dir.join("x")).expect("renamed");
            fs::rename(dir.join("reach.csv"), dir.join("runs.csv")).expect("renamed");
            fs::rename(dir.join("x"), dir.join("reach.csv")).expect("renamed");
        };
        assert_eq!(damage(&swap), ["runs.csv has changed", "reach.csv has changed"]);
    }

    #[test]
    fn every_flipped_bit_and_every_length_of_the_file_itself_is_refused() {
        let (_temp, dir) = folder();
        let path = dir.join(PROVENANCE);
        let bytes = fs::read(&path).expect("read");
        for bit in 0..bytes.len() * 8 {
            let mut hurt = bytes.clone();
            hurt[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, &hurt).expect("written");
            assert!(read_provenance(&dir).is_err(), "bit {bit}");
        }
        for length in 0..bytes.len() {
            fs::write(&path, &bytes[..length]).expect("written");
            assert!(read_provenance(&dir).is_err(), "length {length}");
        }
    }

    #[test]
    fn a_sealed_file_that_points_outside_is_refused() {
        let (_temp, dir) = folder();
        for name in ["../runs.csv", "/etc/passwd", "..", "sub/runs.csv", ".tellwave", PROVENANCE] {
            let mut provenance = sample();
            provenance.files.push(FileDigest { name: name.to_owned(), sha256: String::new(), bytes: 0 });
            fs::write(dir.join(PROVENANCE), provenance.to_json().expect("json")).expect("written");
            let message = verify(&dir).expect_err("refused").to_string();
            assert!(message.contains("not a name of a file"), "{message}");
        }
    }

    #[test]
    fn a_newer_schema_is_named() {
        let (_temp, dir) = folder();
        fs::write(dir.join(PROVENANCE), "{\"provenance\": {\"schema\": 9, \"more\": 1}}").expect("written");
        let message = read_provenance(&dir).expect_err("refused").to_string();
        assert!(message.ends_with("its schema is 9, and this version reads 2"), "{message}");
    }
}
