//! A folder under a process that is killed, and under the eyes of another.

use super::tests::{PLAN_OF_TESTS, entry, files, numbers, play};
use super::*;
use tempfile::tempdir;

const CELLS: u32 = 200;

/// Puts whatever is missing on the disk, cell by cell, and settles now and then.
fn go_on(dir: &Path) -> SweepFolder {
    let mut folder = SweepFolder::open(dir, PLAN_OF_TESTS).expect("ours");
    let missing: Vec<u32> = (0..CELLS).filter(|cell| !folder.cells().has(*cell)).collect();
    for cell in missing {
        folder.add(&[entry(cell)]).expect("written");
        if cell % 25 == 0 {
            folder.settle().expect("written");
        }
    }
    folder.settle().expect("written");
    folder
}

/// Plays the process that is killed in the next test; on its own it has nothing to do.
#[test]
fn process_to_be_killed() {
    if let Some(dir) = std::env::var_os("TELLWAVE_TEST_KILLED") {
        go_on(Path::new(&dir));
    }
}

#[test]
fn a_process_that_is_killed_again_and_again_ends_as_one_that_was_not() {
    let temp = tempdir().expect("folder");
    let (killed, whole) = (temp.path().join("killed"), temp.path().join("whole"));
    drop(play(&killed, &[]));
    for kept in [1, 17, 30, 64, 100, 151] {
        let mut child = std::process::Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "store::sweep::kill_tests::process_to_be_killed"])
            .env("TELLWAVE_TEST_KILLED", &killed)
            .stdout(std::process::Stdio::null())
            .spawn()
            .expect("started");
        let mut seen = 0;
        while seen < kept {
            if let Some(status) = child.try_wait().expect("known") {
                assert!(status.success(), "it came to an end by itself, and not to a good one");
            }
            let (_, cells) = SweepFolder::look(&killed).expect("readable at any time");
            assert!(cells.finished().len() >= seen, "a finished cell is finished for good");
            seen = cells.finished().len();
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        assert!(numbers(&SweepFolder::look(&killed).expect("readable").1).len() >= seen);
    }
    drop(go_on(&killed));
    drop(go_on(&whole));
    assert_eq!(files(&killed), files(&whole));
}
