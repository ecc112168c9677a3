//! `tellwave sweep merge`: puts the shards of a sweep together.

use super::look::Look;
use super::{results, sweep_of, with_differences};
use crate::cli::Failure;
use crate::cli::threads::Threads;
use crate::draw::clean;
use crate::report::words::count;
use crate::store::SweepFolder;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep merge results/big-1 results/big-2 --out results/big\n  \
    tellwave sweep merge results/big-* --out results/big")]
pub(super) struct Args {
    /// The folders of the shards; all of one plan
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// The folder for all of them: a new one, or one with some of the cells
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    look: Look,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let pool = args.threads.pool()?;
    pool.install(|| {
        let first = &args.folders[0];
        let (sweep, bytes) = sweep_of(first)?;
        args.look.of(&sweep.plan)?;
        let mut folder =
            SweepFolder::open(&args.out, &bytes).map_err(|error| with_differences(error, &sweep.plan, &args.out))?;
        results::keep_graphs(&mut folder, &sweep)?;
        for other in &args.folders {
            folder.absorb(other).map_err(|error| with_differences(error, &sweep.plan, other))?;
        }
        let (finished, total) = (folder.cells().finished().len(), sweep.plan.cells.len());
        let out = clean(&args.out.display().to_string());
        let again = format!("tellwave sweep resume {out}");
        if finished == total {
            return results::write(folder, &sweep, &[], &again, &args.look);
        }
        folder.settle()?;
        results::tell(&args.look, &sweep.plan, (finished, &[]), &args.out, || {
            let [finished, total] = [finished, total].map(|number| count(number as i64));
            format!("{finished} of {total} cells are in {out}")
        })?;
        Err(Failure::Partial(format!("the shards do not have all cells; to play the rest: {again}")))
    })
}
