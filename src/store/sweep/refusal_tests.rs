//! Whom a sweep's folder keeps out, and what it does not take.

use super::tests::{PLAN_OF_TESTS, entry, files, numbers, packs, play, put_back};
use super::*;
use crate::store::owned::MARKER;
use crate::store::provenance::tests::sample;
use std::fs;
use tempfile::tempdir;

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
