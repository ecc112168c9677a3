//! The command line: which commands there are, and what their exit codes mean.
//!
//! 0: done. 1: the world's fault (a disk, a system), or a check of `selfcheck` that missed. 2: the user's to mend (a flag, a
//! scenario, a folder, a file of cases). 3: some of what was asked for is missing. 4: a file of a folder is not what was written. 130: stopped by Ctrl-C. Data goes to stdout, everything said to people about the work goes to stderr.

mod actuals;
mod background;
mod chart;
mod check;
pub mod compare;
mod completions;
mod drawn;
mod events;
pub mod explain;
mod fact_words;
mod fork;
mod fork_words;
mod graph;
mod graph_words;
mod init;
mod interrupt;
mod lost_file;
mod man;
mod memory;
mod money_words;
mod output;
mod pictures;
mod play;
mod presets;
mod programme_words;
mod progress;
mod ratio_words;
mod reference;
mod replay;
mod results;
mod run;
mod scenarios;
mod schema;
mod selfcheck;
mod spread;
mod summary;
pub mod sweep;
mod terminal;
mod threads;
mod time_words;
mod timeline;
mod verify;
mod worth_words;

use crate::draw;
use crate::files;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Play how a product spreads by word of mouth, and see what a referral programme adds.
///
/// Without a command, plays scenarios/quickstart.toml, or where there is none, the scenario quickstart that comes with Tellwave.
#[derive(Debug, Parser)]
#[command(name = "tellwave", version, about, max_term_width = 100)]
#[command(
    after_help = "Examples:\n  tellwave\n  tellwave init 'Coffee bar'\n  tellwave scenarios two-sided > my.toml\n  tellwave check my.toml\n  \
                        tellwave run my.toml\n  tellwave compare my.toml --baseline none\n  tellwave presets\n\nExit codes: 0 done, \
                        1 the disk or the system failed, 2 something to mend in the call or the scenario, \
                        3 some of it is missing, 4 a folder is \
                        not what it says, 130 stopped."
)]
struct Cli {
    /// Say nothing on stderr but warnings and errors: no progress, no hints
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a scenario and write charts, tables and a report.
    Run(run::Args),
    /// Draw a chart of finished results again: on a slide, in a column, without its headline.
    Chart(chart::Args),
    /// Read a scenario and play a little of it: what is in it, how many each customer brings, how long it will take.
    Check(check::Args),
    /// Play scenarios on the same luck and say which brings more, by how much, and how sure that is.
    Compare(compare::Args),
    /// List what happened in a run of a results folder.
    Events(events::Args),
    /// Go back to a day of finished runs and play on under other terms, on the same luck.
    Fork(fork::Args),
    /// Tell why somebody bought, and what she brought: as a story, as a tree, as a picture.
    Explain(explain::Args),
    /// Grow a graph and keep it in a file, or say what is in one.
    Graph(graph::Args),
    /// Ask five questions and write a scenario to begin with.
    Init(init::Args),
    /// List the presets, or show one: its values and what they rest on.
    Presets(presets::Args),
    /// Fold the events of a run up to a day, and compare the end with what was written.
    Replay(replay::Args),
    /// Print the reference of all keys that a scenario can have (Markdown).
    #[command(after_help = "Examples:\n  tellwave reference\n  tellwave reference > reference.md")]
    Reference,
    /// List the scenarios that come with Tellwave, or print one.
    Scenarios(scenarios::Args),
    /// Print the JSON Schema of scenarios, with which editors complete and check them.
    #[command(
        after_help = "docs/editors.md says how editors take it.\n\nExamples:\n  tellwave schema > scenario.schema.json"
    )]
    Schema,
    /// Tell the whole history of one person in a run.
    Timeline(timeline::Args),
    /// Check a results folder: digests, order, causes, money, and every run told again.
    Verify(verify::Args),
    /// Play many scenarios that differ in some keys, and tell what they teach.
    Sweep(sweep::Args),
    /// Play the independent cascade alone, many times, on the graph of a scenario or a kept one.
    Spread(spread::Args),
    /// Print what a shell needs to complete commands and flags.
    Completions(completions::Args),
    /// Print the manual page, or write those of all commands into a folder.
    Man(man::Args),
    /// Check this simulator against answers that are known exactly.
    Selfcheck(selfcheck::Args),
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// The user can mend it; exit code 2.
    User(String),
    /// The world failed; exit code 1.
    World(String),
    /// Tellwave did not do what it should; exit code 1.
    Missed(String),
    /// Some of what was asked for is missing; exit code 3.
    Partial(String),
    /// A folder is not what it says; exit code 4.
    Found(String),
    /// The user stopped it; exit code 130.
    Stopped(String),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    ExitCode::from(execute(std::env::args_os()))
}

/// Runs a command line, the first word of which is what the program is called; its exit code.
pub fn execute(words: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            tell_usage(&error);
            if error.kind() == ErrorKind::InvalidSubcommand {
                let _ = writeln!(std::io::stderr(), "\n{}", instead_of_a_command(&error));
            }
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    if cli.quiet {
        progress::be_quiet();
    }
    let interrupt = interrupt::install();
    let command = cli.command.unwrap_or_else(|| Command::Run(run::Args::quickstart()));
    let outcome = match &command {
        Command::Run(args) => run::run(args),
        Command::Chart(args) => chart::run(args),
        Command::Check(args) => check::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Events(args) => events::run(args),
        Command::Fork(args) => fork::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Graph(args) => graph::run(args),
        Command::Init(args) => init::run(args),
        Command::Presets(args) => presets::run(args),
        Command::Replay(args) => replay::run(args),
        Command::Reference => reference::run(),
        Command::Scenarios(args) => scenarios::run(args),
        Command::Schema => schema::run(),
        Command::Timeline(args) => timeline::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Spread(args) => spread::run(args),
        Command::Sweep(args) => sweep::run(args, &interrupt),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        Command::Selfcheck(args) => selfcheck::run(args),
    };
    let (message, code) = match outcome {
        Ok(()) => return 0,
        Err(Failure::User(message)) => (message, 2),
        Err(Failure::World(message) | Failure::Missed(message)) => (message, 1),
        Err(Failure::Partial(message)) => (message, 3),
        Err(Failure::Found(message)) => (message, 4),
        Err(Failure::Stopped(message)) => (message, interrupt::STOPPED as u8),
    };
    let _ = writeln!(std::io::stderr(), "{}", message.trim_end());
    code
}

/// Says what is wrong with the command line, or prints the help that was asked for. A closed pipe is nobody's mistake.
fn tell_usage(error: &clap::Error) {
    // What Rust says of a number that is none is for those who know Rust.
    const NO_NUMBER: &str = "invalid digit found in string";
    let said = error.render();
    if error.kind() != ErrorKind::ValueValidation || !said.to_string().contains(NO_NUMBER) {
        let _ = error.print();
        return;
    }
    let said = if colour() { said.ansi().to_string() } else { said.to_string() };
    let _ = write!(std::io::stderr(), "{}", said.replace(NO_NUMBER, "write a whole number in digits, such as 100"));
}

/// What to write where something stands that is no command: most often it is a scenario.
fn instead_of_a_command(error: &clap::Error) -> String {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(word)) if word.ends_with(".toml") => {
            let file = draw::clean(word);
            if error.to_string().contains("Usage: tellwave sweep") {
                return format!(
                    "To look at this sweep: tellwave sweep plan {file}\nTo play it: tellwave sweep run {file}"
                );
            }
            format!("To look at this scenario: tellwave check {file}\nTo play it: tellwave run {file}")
        }
        _ => "To play a scenario: tellwave run SCENARIO.toml\nTo begin one: tellwave init".to_owned(),
    }
}

/// Refuses a place where no file can be written, or where one lies that is not of ours; `what` it should be, which its first bytes
/// say; `flag` names the place. Asked before anything takes long.
fn refuse_other_files(path: &Path, (what, flag): (&str, &str), is_ours: impl Fn(&[u8]) -> bool) -> Result<(), Failure> {
    let shown = draw::clean(&path.display().to_string());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let folder = draw::clean(&folder.display().to_string());
        return Err(Failure::User(format!("error: {flag} {shown}: there is no folder {folder}")));
    }
    let Ok(there) = std::fs::symlink_metadata(path) else { return Ok(()) };
    let mut first = [0; 512];
    let read = |mut file: std::fs::File| file.read(&mut first);
    let length =
        if there.is_file() { files::open(path, u64::MAX).map_err(Into::into).and_then(read).unwrap_or(0) } else { 0 };
    if there.is_file() && is_ours(&first[..length]) {
        return Ok(());
    }
    Err(Failure::User(format!("error: {shown} is there and is no {what}; it was not touched. Give another {flag}")))
}

/// Prints to stdout; a reader that has gone away is nobody's mistake, and a full disk ends the command.
fn say(text: &str) {
    let mut out = std::io::stdout();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let _ = writeln!(std::io::stderr(), "error: could not write to the standard output: {error}");
            std::process::exit(1);
        }
        _ => {}
    }
}

/// Tells people about the work, on stderr, unless they want quiet.
fn hint(text: &str) {
    if !progress::is_quiet() {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

/// A figure, a report or a number that could not be made of right data: ours.
fn internal(error: impl std::fmt::Display) -> Failure {
    Failure::World(format!("error: {error}; this is a mistake in Tellwave, please report it"))
}

/// Whether messages may be coloured.
fn colour() -> bool {
    colour_on(&std::io::stderr())
}

/// Whether what is written there may be coloured: a person looks at it, and has not asked for plain text.
fn colour_on(out: &impl IsTerminal) -> bool {
    out.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}

#[cfg(test)]
mod tests;
