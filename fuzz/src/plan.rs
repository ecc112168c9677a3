//! A sweep: its file, its plan as a folder keeps it, and the record of a cell. The first byte says which.

use tellwave::sweep::{Plan, Record, Sweep};

/// The scenario that all sweeps of this target move: small, so that its cells are read fast.
const BASE: &str = "seed = 7\nruns = 10\nhorizon = \"3 days\"\n[graph.watts_strogatz]\npeople = 200\n[seeds]\ncount = 5\n\
                    [conversion]\npersuasion = \"2 %\"\n[policy.two_sided]\nadvocate = \"5 USD\"\nfriend = \"5 USD\"\n";

/// Sweeps with more cells are laid out, and not read cell by cell.
const CELLS_READ: usize = 16;

/// Reads a sweep, a plan, or a record.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind % 4 {
        0 | 1 => sweep(rest),
        2 => plan(rest),
        _ => {
            if let Ok(record) = Record::from_bytes(rest) {
                record.to_bytes().expect("what was read can be written");
            }
        }
    }
}

fn sweep(bytes: &[u8]) {
    if !super::folder().join("base.toml").exists() {
        super::file("base.toml", BASE.as_bytes());
    }
    let path = super::file("scenario.toml", bytes);
    let sweep = match Sweep::read(&path) {
        Ok(sweep) => sweep,
        Err(error) => return super::scenario::told(&error),
    };
    let kept = sweep.plan.to_json().expect("a plan that was made here");
    assert_eq!(Plan::from_json(&kept).as_ref(), Ok(&sweep.plan));
    if sweep.plan.cells.len() <= CELLS_READ
        && let Err(error) = sweep.check(|_| ())
    {
        super::scenario::told(&error);
    }
}

fn plan(bytes: &[u8]) {
    let Ok(plan) = Plan::from_json(bytes) else { return };
    (0..plan.cells.len().min(CELLS_READ)).for_each(|cell| {
        plan.label(cell);
    });
    plan.points();
    if let Ok(sweep) = Sweep::of_plan(plan, &super::folder()) {
        (0..sweep.plan.cells.len().min(CELLS_READ)).for_each(|cell| drop(sweep.scenario(cell)));
    }
}
