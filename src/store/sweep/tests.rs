//! What a sweep's folder promises, on folders of small cells.

use super::*;
use crate::store::owned::MARKER;
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

fn put_back(dir: &Path, files: &BTreeMap<String, Vec<u8>>) {
    files.iter().for_each(|(name, bytes)| fs::write(dir.join(name), bytes).expect("written"));
}

fn numbers(cells: &Cells) -> Vec<u32> {
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
fn a_thousand_cells_one_by_one_leave_few_files() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[]);
    for cell in 0..1_000 {
        folder.add(&[Entry { record: vec![cell as u8; 300], ..entry(cell) }]).expect("written");
        // Fewer than sixteen packs of each of the two lengths that so few bytes come to.
        assert!(folder.cells.packs.len() <= 30, "cell {cell}");
    }
    assert_eq!(packs(temp.path()).len(), folder.cells.packs.len());
    assert_eq!(folder.cells().entries().filter_map(Result::ok).count(), 1_000);
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

#[test]
fn another_plan_is_refused_with_both_digests_and_nothing_is_touched() {
    let temp = tempdir().expect("folder");
    drop(play(temp.path(), &[1]));
    fs::write(temp.path().join(".tellwave-1-0.tmp"), "half").expect("written");
    let before = files(temp.path());
    let refused = SweepFolder::open(temp.path(), b"other").expect_err("refused").to_string();
    for plan in [PLAN_OF_TESTS, b"other"] {
        assert!(refused.contains(&atomic::sha256_hex(plan)), "{refused}");
    }
    assert_eq!(files(temp.path()), before);
    // Packs know their plan themselves.
    fs::remove_file(temp.path().join(PLAN)).expect("removed");
    assert!(matches!(SweepFolder::open(temp.path(), b"other"), Err(StoreError::OtherPlan { .. })));
    fs::write(temp.path().join(PLAN), "other").expect("written");
    assert!(matches!(SweepFolder::look(temp.path()), Err(StoreError::OtherPlan { .. })));
}

#[test]
fn a_second_process_is_kept_out_until_the_first_is_done() {
    let temp = tempdir().expect("folder");
    let first = play(temp.path(), &[1]);
    assert!(matches!(SweepFolder::open(temp.path(), PLAN_OF_TESTS), Err(StoreError::InUse { .. })));
    let recorder = first.record().expect("started");
    assert!(matches!(SweepFolder::open(temp.path(), PLAN_OF_TESTS), Err(StoreError::InUse { .. })));
    drop(recorder.close().expect("written"));
    assert_eq!(numbers(play(temp.path(), &[]).cells()), [1]);
}

#[test]
fn a_sweep_and_the_results_of_a_run_keep_out_of_each_other_s_folder() {
    let temp = tempdir().expect("folder");
    let (sweep, run) = (temp.path().join("sweep"), temp.path().join("run"));
    let mut results = OutputFolder::at(&run).expect("free");
    results.write_bytes("runs.parquet", b"runs").expect("written");
    let mut late = OutputFolder::at(&sweep).expect("free");
    drop(play(&sweep, &[5]));
    let before = files(&sweep);
    assert!(matches!(OutputFolder::at(&sweep), Err(StoreError::OtherPurpose { what: "a sweep", .. })));
    assert!(matches!(late.write_bytes("runs.parquet", b""), Err(StoreError::OtherPurpose { .. })));
    for name in [PLAN.to_owned(), packs(&sweep)[0].clone()] {
        fs::remove_file(sweep.join(&name)).expect("removed");
        assert!(matches!(OutputFolder::at(&sweep), Err(StoreError::OtherPurpose { .. })), "{name}");
    }
    put_back(&sweep, &before);
    assert_eq!(files(&sweep), before);

    let before = files(&run);
    assert!(matches!(SweepFolder::open(&run, PLAN_OF_TESTS), Err(StoreError::OtherPurpose { .. })));
    results.finish(&sample()).expect("written");
    let refused = SweepFolder::open(&run, PLAN_OF_TESTS).expect_err("refused").to_string();
    assert!(refused.contains("holds the results of another command; nothing was touched"), "{refused}");
    assert_eq!(files(&run).len(), before.len() + 1);
}

#[test]
fn a_folder_with_anything_foreign_is_refused() {
    let temp = tempdir().expect("folder");
    drop(play(temp.path(), &[1]));
    fs::write(temp.path().join("thesis.doc"), "years of work").expect("written");
    assert!(matches!(SweepFolder::open(temp.path(), PLAN_OF_TESTS), Err(StoreError::Foreign { .. })));
    fs::remove_file(temp.path().join("thesis.doc")).expect("removed");
    fs::remove_file(temp.path().join(MARKER)).expect("removed");
    assert!(matches!(SweepFolder::open(temp.path(), PLAN_OF_TESTS), Err(StoreError::Foreign { .. })));
}

#[test]
fn a_cell_with_two_results_is_refused_and_both_places_are_named() {
    let temp = tempdir().expect("folder");
    let mut folder = play(temp.path(), &[1, 2]);
    let other = Entry { record: b"other".to_vec(), ..entry(2) };
    let bytes = pack::encode(folder.cells().plan_sha256(), &[entry(1), other.clone()]).expect("short");
    let recorder = folder.record().expect("started");
    assert!(recorder.put(1, entry(1).record, vec![]));
    let _ = recorder.put(2, other.record, vec![]);
    assert!(matches!(recorder.close(), Err(StoreError::TwoResults { cell: 2, .. })));
    assert_eq!(packs(temp.path()).len(), 1, "the first result stays, alone");
    fs::write(temp.path().join(names::pack_name(&atomic::sha256_hex(&bytes))), &bytes).expect("written");
    let refused = SweepFolder::open(temp.path(), PLAN_OF_TESTS).expect_err("refused").to_string();
    assert!(refused.starts_with("cell 2 has one result in "), "{refused}");
    for name in packs(temp.path()) {
        assert!(refused.contains(&name), "{refused}");
    }
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
        for bit in (0..bytes.len() * 8).step_by(7) {
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
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

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
