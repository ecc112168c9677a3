//! What a sweep's folder keeps, on folders of small cells.

use super::*;
use crate::store::provenance::tests::sample;
use crate::store::{Mismatch, atomic::is_temp_name, verify};
use crate::units::RunId;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use tempfile::tempdir;

pub(super) const PLAN_OF_TESTS: &[u8] = b"{\"sweep\": 1}";

/// Three blocks of cells, so that there are three packs in the end.
pub(super) const CELLS: [u32; 12] = [0, 1, 2, 3, 17, 4_095, 4_096, 4_097, 5_000, 8_192, 9_000, 9_001];

/// A cell whose record tells of nothing but its number; every fifth has an event log.
pub(super) fn entry(cell: u32) -> Entry {
    Entry { cell, record: format!("cell {cell};").repeat(cell as usize % 7).into_bytes(), files: vec![] }
}

fn log(cell: u32) -> Option<Vec<u8>> {
    cell.is_multiple_of(5).then(|| format!("log of cell {cell}").into_bytes())
}

/// Plays cells, in that order, in a folder that goes on.
pub(super) fn play(dir: &Path, cells: &[u32]) -> SweepFolder {
    let recorder = SweepFolder::open(dir, PLAN_OF_TESTS).expect("ours").record().expect("started");
    for &cell in cells {
        let aside = |bytes: Vec<u8>| atomic::write_aside(&dir.join("log"), |out| out.write_all(&bytes));
        let logs = log(cell).map(|bytes| (RunId(3), aside(bytes).expect("written")));
        assert!(recorder.put(cell, entry(cell).record, logs.into_iter().collect()));
    }
    recorder.close().expect("written")
}

/// Everything in a folder.
pub(super) fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let names = owned::entries(dir).expect("read").into_iter();
    names.map(|name| (name.clone(), fs::read(dir.join(name)).expect("read"))).collect()
}

pub(super) fn packs(dir: &Path) -> Vec<String> {
    files(dir).into_keys().filter(|name| name.ends_with(".pack")).collect()
}

pub(super) fn put_back(dir: &Path, files: &BTreeMap<String, Vec<u8>>) {
    files.iter().for_each(|(name, bytes)| fs::write(dir.join(name), bytes).expect("written"));
}

pub(super) fn numbers(cells: &Cells) -> Vec<u32> {
    cells.finished().collect()
}

#[test]
fn what_was_put_is_read_back_in_the_order_of_cells() {
    let temp = tempdir().expect("folder");
    let dir = temp.path().join("sweep");
    let mut shuffled = CELLS;
    shuffled.reverse();
    drop(play(&dir, &shuffled));
    let (plan, mut cells) = SweepFolder::look(&dir).expect("readable");
    assert_eq!(plan, PLAN_OF_TESTS);
    assert_eq!(numbers(&cells), CELLS);
    for (read, cell) in cells.entries().zip(CELLS) {
        let read = read.expect("readable");
        assert_eq!((read.cell, read.record), (cell, entry(cell).record));
        assert_eq!(read.files.len(), usize::from(log(cell).is_some()));
        for file in read.files {
            assert_eq!(fs::read(dir.join(&file.name)).ok(), log(cell));
        }
    }
    assert_eq!(cells.entries().count(), CELLS.len());
}

#[test]
fn a_cell_is_on_the_disk_while_others_are_played() {
    let temp = tempdir().expect("folder");
    let recorder = SweepFolder::open(temp.path(), PLAN_OF_TESTS).expect("free").record().expect("started");
    for cell in 0..3 {
        assert!(recorder.put(cell, entry(cell).record, vec![]));
        while !SweepFolder::look(temp.path()).expect("readable").1.has(cell) {
            assert!(!recorder.is_failed());
            std::thread::yield_now();
        }
    }
    assert!(!recorder.is_failed());
    recorder.close().expect("written");
}

#[test]
fn a_kill_at_any_instant_of_settling_loses_nothing_and_ends_the_same() {
    let temp = tempdir().expect("folder");
    let dir = temp.path().join("sweep");
    let mut folder = play(&dir, &[]);
    CELLS.iter().rev().for_each(|&cell| folder.add(&[entry(cell)]).expect("written"));
    let before = files(&dir);
    folder.settle().expect("written");
    drop(folder);
    let after = files(&dir);
    assert_eq!((packs(&dir).len(), before.len()), (3, CELLS.len() + 2));
    let new: Vec<_> = after.iter().filter(|(name, _)| !before.contains_key(*name)).collect();
    let old: Vec<_> = before.iter().filter(|(name, _)| !after.contains_key(*name)).collect();
    for step in 0..=new.len() + old.len() {
        let killed = temp.path().join(step.to_string());
        fs::create_dir(&killed).expect("made");
        put_back(&killed, if step <= new.len() { &before } else { &after });
        let (written, left) = (new.iter().take(step), old.iter().skip(step.saturating_sub(new.len())));
        put_back(&killed, &written.chain(left).map(|(name, bytes)| ((*name).clone(), (*bytes).clone())).collect());
        fs::write(killed.join(".tellwave-1-0.tmp"), "half").expect("written");
        let mut folder = play(&killed, &[]);
        assert_eq!(numbers(folder.cells()), CELLS, "step {step}");
        folder.settle().expect("written");
        assert_eq!(files(&killed), after, "step {step}");
    }
}

#[test]
fn a_kill_while_packs_are_merged_leaves_them_twice_and_nothing_amiss() {
    let temp = tempdir().expect("folder");
    let dir = temp.path();
    let mut folder = play(dir, &[]);
    (0..15).for_each(|cell| folder.add(&[entry(cell)]).expect("written"));
    let before = files(dir);
    assert_eq!(packs(dir).len(), 15);
    folder.add(&[entry(15)]).expect("written");
    assert_eq!(packs(dir).len(), 1);
    drop(folder);
    put_back(dir, &before);
    // Together they hold no cell that the merged one lacks, so it is made again and must stay.
    let mut folder = play(dir, &[]);
    let all: Vec<_> = folder.cells.packs.keys().cloned().collect();
    folder.merge(&all).expect("written");
    assert_eq!(packs(dir).len(), 1);
    assert_eq!(numbers(&SweepFolder::look(dir).expect("readable").1), (0..16).collect::<Vec<_>>());
}

#[test]
fn hundreds_of_cells_one_by_one_leave_few_files() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[]);
    for cell in 0..600 {
        folder.add(&[Entry { record: vec![cell as u8; 300], ..entry(cell) }]).expect("written");
        // Fewer than sixteen packs of each of the two lengths that so few bytes come to.
        assert!(folder.cells.packs.len() <= 30, "cell {cell}");
    }
    assert_eq!(packs(temp.path()).len(), folder.cells.packs.len());
    assert_eq!(folder.cells().entries().filter_map(Result::ok).count(), 600);
}

#[test]
fn somebody_who_looks_finds_cells_whose_packs_were_merged_meanwhile() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[]);
    CELLS.iter().for_each(|&cell| folder.add(&[entry(cell)]).expect("written"));
    let (_, mut cells) = SweepFolder::look(temp.path()).expect("readable");
    folder.settle().expect("written");
    let seen: Vec<Entry> = cells.entries().collect::<Result<_, _>>().expect("readable");
    assert_eq!(seen, CELLS.map(entry));
    fs::remove_file(temp.path().join(&packs(temp.path())[0])).expect("removed");
    assert!(cells.entries().any(|entry| matches!(entry, Err(StoreError::Disk { .. }))), "a cell that is lost is told");
}

fn finished(dir: &Path, cells: &[u32]) {
    let mut folder = play(dir, cells);
    folder.settle().expect("written");
    folder.results().write_bytes("results.csv", b"cell\n").expect("written");
    folder.results().write_bytes("report.html", b"<p>\n").expect("written");
    folder.finish(&sample()).expect("written");
}

#[test]
fn every_file_of_a_finished_folder_is_vouched_for() {
    let temp = tempdir().expect("folder");
    finished(temp.path(), &CELLS);
    assert_eq!(verify(temp.path()).expect("readable"), []);
    let whole = files(temp.path());
    assert_eq!(whole.len(), 1 + 1 + 3 + 4 + 2 + 1, "marker, plan, packs, logs, results, provenance");
    for (name, bytes) in &whole {
        let path = temp.path().join(name);
        for bit in (0..bytes.len() * 8).step_by(13) {
            let mut hurt = bytes.clone();
            hurt[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, hurt).expect("written");
            // The provenance says of itself that it was changed, whatever else it says then.
            if let Ok(found) = verify(temp.path()) {
                assert_eq!(found, [Mismatch::Changed { name: name.clone() }], "{name}, bit {bit}");
            }
        }
        fs::write(&path, bytes).expect("written");
    }
    let sweep = crate::store::read_provenance(temp.path()).expect("readable").sweep.expect("a sweep");
    assert_eq!((sweep.cells, sweep.plan_sha256), (12, atomic::sha256_hex(PLAN_OF_TESTS)));
}

#[test]
fn a_finished_folder_is_touched_only_when_it_goes_on() {
    let temp = tempdir().expect("folder");
    finished(temp.path(), &CELLS[1..]);
    let before = files(temp.path());
    let mut again = play(temp.path(), &CELLS[1..]);
    again.settle().expect("nothing to do");
    assert!(again.is_complete());
    drop(again);
    assert_eq!(files(temp.path()), before);
    let on = play(temp.path(), &CELLS[..1]);
    assert!(!on.is_complete());
    drop(on);
    let names: Vec<String> = files(temp.path()).into_keys().collect();
    assert!(!names.iter().any(|name| ["results.csv", "report.html", PROVENANCE].contains(&name.as_str())), "{names:?}");
    finished(temp.path(), &[]);
    assert_eq!(verify(temp.path()).expect("readable"), []);
}

#[test]
fn a_log_that_is_not_the_one_that_was_written_is_found() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[5, 6]);
    let path = temp.path().join(cell_log_name(5, RunId(3)));
    fs::write(&path, "changed").expect("written");
    let refused = folder.settle().expect_err("refused");
    let message = refused.to_string();
    assert!(message.contains(&path.display().to_string()) && message.contains("Delete it and resume"), "{message}");
    drop(folder);
    // As it says.
    let StoreError::BadPack { path: pack, .. } = refused else { panic!("{message}") };
    fs::remove_file(pack).expect("removed");
    play(temp.path(), &[5, 6]).settle().expect("mended");
    assert_eq!(fs::read(path).ok(), log(5));
}

#[test]
fn a_log_of_no_finished_cell_goes() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[5]);
    fs::write(temp.path().join(cell_log_name(6, RunId(0))), "left by a kill").expect("written");
    folder.settle().expect("written");
    assert!(files(temp.path()).keys().all(|name| !is_temp_name(name) && names::cell_of_log(name) != Some(6)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_shards_nor_kills_change_the_settled_bytes(
        order in Just(CELLS.to_vec()).prop_shuffle(),
        cuts in prop::collection::vec(0..=CELLS.len(), 0..4),
        shards in 1..4usize,
    ) {
        let temp = tempdir().expect("folder");
        let dirs: Vec<PathBuf> = (0..shards).map(|shard| temp.path().join(shard.to_string())).collect();
        dirs.iter().for_each(|dir| drop(play(dir, &[])));
        let mut cuts = [cuts, vec![0, order.len()]].concat();
        cuts.sort_unstable();
        for (place, ends) in cuts.windows(2).enumerate() {
            drop(play(&dirs[place % shards], &order[ends[0]..ends[1]]));
        }
        let mut whole = play(&dirs[0], &[]);
        dirs.iter().skip(1).for_each(|dir| whole.absorb(dir).expect("of the same plan"));
        whole.settle().expect("written");

        let at_once = temp.path().join("at once");
        play(&at_once, &CELLS).settle().expect("written");
        prop_assert_eq!(files(&dirs[0]), files(&at_once));
    }
}
