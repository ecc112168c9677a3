//! The seeds of the fuzz targets, and a few thousand mutations of them, read without a fuzzer: what long runs have found to be
//! worth reading stays right. The targets themselves hold what was read against what must be true of it (`fuzz/src`).

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

/// Mutations of each seed.
const MUTATIONS: u64 = 8;

/// The seeds of a target, each as it is and mutated, in the same way every time.
fn read_all(target: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a seed")).collect();
    assert!(seeds.len() >= 10, "{} seeds in {}", seeds.len(), folder.display());
    for (number, seed) in seeds.iter().enumerate() {
        read(seed);
        let other = &seeds[(number * 7 + 3) % seeds.len()];
        for mutation in 0..MUTATIONS {
            read(&mutated(seed, other, &mut Luck(number as u64 * MUTATIONS + mutation)));
        }
    }
}

/// splitmix64 (Steele, Lea & Flood 2014).
struct Luck(u64);

impl Luck {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// Some bytes of a seed are changed, left out, said twice, or come from another one.
fn mutated(seed: &[u8], other: &[u8], luck: &mut Luck) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + luck.below(4) {
        let start = luck.below(bytes.len());
        let end = (start + 1 + luck.below(16)).min(bytes.len());
        match luck.below(4) {
            0 if start < end => bytes[start] = luck.below(256) as u8,
            1 => drop(bytes.drain(start..end)),
            2 => {
                let part = bytes[start..end].to_vec();
                bytes.splice(start..start, part);
            }
            _ => {
                let from = luck.below(other.len());
                let part = other[from..(from + 1 + luck.below(32)).min(other.len())].to_vec();
                bytes.splice(start..end, part);
            }
        }
    }
    bytes
}

#[test]
fn scenarios_are_read_or_refused_and_resolve_to_themselves() {
    read_all("scenario", fuzz::scenario::read);
}

#[test]
fn values_and_laws_read_back_to_themselves() {
    read_all("laws", fuzz::laws::read);
}

#[test]
fn edge_lists_are_graphs_or_refused_by_line() {
    read_all("edge_list", fuzz::edge_list::read);
}

#[test]
fn logs_that_nobody_vouches_for_never_end_the_program() {
    read_all("event_log", fuzz::event_log::read);
}

#[test]
fn sweeps_and_plans_are_read_or_refused() {
    read_all("plan", fuzz::plan::read);
}

#[test]
fn files_of_folders_are_read_or_refused() {
    read_all("store", fuzz::store::read);
}
