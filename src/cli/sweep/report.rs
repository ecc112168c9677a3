//! `tellwave sweep report`: what the numbers of a sweep teach, in charts and in words.

mod answer;
mod bars;
mod best;
mod document;
mod factors;
mod figures;
mod made;
mod matters;
mod numbers;
mod plane;
mod taught;

use super::look::{Asked, Look};
use super::{results, sweep_of};
use crate::cli::Failure;
use crate::cli::drawn;
use crate::cli::output::filled;
use crate::cli::results::told_together;
use crate::cli::threads::Threads;
use crate::draw;
use crate::figure::Drawing;
use crate::store::SweepFolder;
use crate::sweep::{Record, Sweep};
use std::path::PathBuf;
use taught::Taught;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave sweep report results/take-off\n  \
    tellwave sweep report results/reward --response customers --front customers,reward_cost\n  \
    tellwave sweep report results/reward --lang zh --sizes slide")]
pub(super) struct Args {
    /// The folder of a sweep
    folder: PathBuf,
    #[command(flatten)]
    threads: Threads,
    #[command(flatten)]
    look: Look,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let pool = args.threads.pool()?;
    pool.install(|| {
        let (sweep, bytes) = sweep_of(&args.folder)?;
        // Before the folder is touched.
        args.look.of(&sweep.plan)?;
        let folder = SweepFolder::open(&args.folder, &bytes)?;
        results::write_anew(folder, &sweep, &[], "", &args.look)
    })
}

/// The charts that there is something to draw for.
pub(super) fn drawings(sweep: &Sweep, records: &[(u32, Record)], asked: &Asked) -> Vec<Drawing> {
    Taught::of(sweep, records, asked).map_or(vec![], |taught| figures::all(&taught))
}

/// Writes the charts and the report. Its answer, and what is wrong with a template that could not be filled.
pub(super) fn write(
    folder: &mut SweepFolder,
    sweep: &Sweep,
    records: &[(u32, Record)],
    look: &Look,
) -> Result<(String, Option<Failure>), Failure> {
    if !look.has_report() {
        return Ok((String::new(), None));
    }
    let asked = look.of(&sweep.plan)?;
    let Some(taught) = Taught::of(sweep, records, &asked) else { return Ok((String::new(), None)) };
    let style = draw::Look { language: asked.language, ..draw::Look::page(&asked.fonts) };
    let drawn = drawn::write(folder.results(), figures::all(&taught), &style, &asked.sheets)?;
    if let Some(ranking) = &taught.ranking {
        let table = best::table(&taught, ranking);
        folder.results().write_with("best-cells.csv", |out| crate::store::write_csv(&table, out))?;
    }
    let document = document::document(&taught, drawn);
    let (html, unfit) = filled(asked.template.as_ref(), |template| document.html(template))?;
    folder.results().write_bytes("report.html", html.as_bytes())?;
    Ok((told_together(document.answer, asked.language), unfit))
}
