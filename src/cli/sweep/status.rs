//! `tellwave sweep status`: how far a sweep is.

use super::{look, plan_of};
use crate::cli::{Failure, internal, say};
use crate::draw::clean;
use crate::report::words::count;
use crate::store::provenance::PROVENANCE;
use crate::sweep::Plan;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep status results/take-off\n  \
    tellwave sweep status results/take-off --json")]
pub(super) struct Args {
    /// The folder of a sweep
    folder: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (bytes, cells) = look(&args.folder)?;
    let plan = plan_of(&args.folder, &bytes)?;
    let (finished, total) = (cells.finished().len(), plan.cells.len());
    let has_results = args.folder.join(PROVENANCE).exists();
    if args.json {
        let object = json!({ "sweep": plan.name, "plan_sha256": Plan::digest(&bytes), "cells": total, "finished": finished,
            "results": has_results });
        say(&serde_json::to_string_pretty(&object).map_err(internal)?);
        return Ok(());
    }
    let results = match (has_results, finished == total) {
        (true, true) => "the results are written",
        (true, false) => "results of these are written; resume it to play the rest",
        (false, true) => "the results are not written yet: resume it",
        (false, false) => "unless it is running, or is one of several shards, resume it to play the rest",
    };
    say(&format!(
        "{}: {} of {} cells are finished; {results}\nplan {}",
        clean(&plan.name),
        count(finished as i64),
        count(total as i64),
        Plan::digest(&bytes)
    ));
    Ok(())
}
