//! `tellwave man`: the manual pages, made of what `--help` says.

use super::{Cli, Failure, internal, refuse_other_files, say};
use crate::draw;
use crate::report::words::count;
use crate::store::atomic;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::path::PathBuf;

/// How a page begins.
const BEGINNING: &[u8] = b".ie \\n(.g";

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave man > tellwave.1\n  tellwave man --out ~/.local/share/man/man1")]
pub(super) struct Args {
    /// Write the pages of all commands into this folder, which is there: tellwave.1, tellwave-run.1 and so on
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.out else {
        let page = page_of(&command)?;
        say(String::from_utf8(page).map_err(internal)?.trim_end());
        return Ok(());
    };
    let mut pages = vec![];
    collect(&command, &mut pages)?;
    // Before the first one is written.
    for (name, _) in &pages {
        refuse_other_files(&folder.join(name), ("manual page", "--out"), |first| first.starts_with(BEGINNING))?;
    }
    for (name, page) in &pages {
        atomic::write_bytes(&folder.join(name), page)?;
    }
    say(&format!("{} pages are in {}", count(pages.len() as i64), draw::clean(&folder.display().to_string())));
    Ok(())
}

fn page_of(command: &Command) -> Result<Vec<u8>, Failure> {
    let mut page = vec![];
    Man::new(command.clone()).render(&mut page).map_err(internal)?;
    Ok(page)
}

/// The page of a command and those of the commands below it, with the names of their files.
fn collect(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failure> {
    pages.push((Man::new(command.clone()).get_filename(), page_of(command)?));
    // `help` says what the others say.
    command.get_subcommands().filter(|below| below.get_name() != "help").try_for_each(|below| collect(below, pages))
}
