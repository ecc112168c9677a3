//! `tellwave sweep report`: what the numbers of a sweep teach, in charts and in words.

use super::{results, sweep_of};
use crate::cli::{Failure, threads};
use crate::store::SweepFolder;
use crate::sweep::{Record, Sweep};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of a sweep
    folder: PathBuf,
    /// Threads to draw on [default: one for each core]
    #[arg(long, value_name = "T", value_parser = clap::value_parser!(u32).range(1..=1024))]
    threads: Option<u32>,
    #[command(flatten)]
    look: Look,
}

/// What the report is about.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Look {
    /// Write the tables alone
    #[arg(long)]
    no_report: bool,
}

impl Look {
    /// Whether anything but the usual was asked for.
    pub fn is_asked(&self) -> bool {
        self.no_report
    }

    pub fn has_report(&self) -> bool {
        !self.no_report
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let pool = threads(args.threads)?;
    pool.install(|| {
        let (sweep, bytes) = sweep_of(&args.folder)?;
        let folder = SweepFolder::open(&args.folder, &bytes)?;
        results::write(folder, &sweep, &[], "", &args.look)
    })
}

/// Writes the charts and the report.
pub(super) fn write(_: &mut SweepFolder, _: &Sweep, _: &[(u32, Record)], _: &Look) -> Result<(), Failure> {
    Ok(())
}
