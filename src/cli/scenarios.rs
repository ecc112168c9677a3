//! `tellwave scenarios`: lists the scenarios that come with Tellwave, or prints one, to be changed and played.
//!
//! Their texts are part of the program, so that they are at hand where nothing else was installed. Data files are not: a scenario
//! that reads one says so.

use super::{Failure, internal, say};
use crate::scenario::values::{nearest, visible};
use comfy_table::{ContentArrangement, Table, presets};
use serde::{Deserialize, Serialize};

/// Columns of a terminal that the list fits into.
const WIDTH: u16 = 100;

/// Names the files of scenarios/.
macro_rules! texts {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../scenarios/", $name, ".toml")))),*] };
}

/// Every shipped scenario: its name and its text.
const SHIPPED: &[(&str, &str)] = texts![
    "affiliate",
    "ask-and-remind",
    "bass",
    "briogeo",
    "complaints",
    "contest",
    "dropbox",
    "dropbox-viral",
    "fraud",
    "influencers-against-programme",
    "les-miserables",
    "one-sided",
    "quickstart",
    "returns",
    "rothys",
    "signup-plus-purchase",
    "tells-two-friends",
    "tiers",
    "two-sided",
    "two-sided-100k",
    "word-against-paid",
];

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave scenarios\n  tellwave scenarios two-sided\n  \
    tellwave scenarios two-sided > my.toml\n  tellwave scenarios --json")]
pub(super) struct Args {
    /// The scenario to print; without it, all are listed
    name: Option<String>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// A scenario as people and programs see it in the list.
#[derive(Debug, Serialize)]
struct Shipped {
    name: &'static str,
    question: String,
    /// The data file that it reads, which stands in the folder `scenarios` of the source.
    reads: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    toml: Option<&'static str>,
}

/// What of a scenario is shown in the list.
#[derive(Debug, Deserialize)]
struct Head {
    question: String,
    #[serde(default)]
    graph: toml::Table,
}

impl Shipped {
    fn of(name: &'static str, text: &'static str) -> Result<Shipped, Failure> {
        let Head { question, graph } = toml::from_str(text).map_err(internal)?;
        let reads = graph.values().find_map(|model| model.get("file")?.as_str().map(str::to_owned));
        Ok(Shipped { name, question, reads, toml: None })
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let shown = match &args.name {
        None => {
            let all = SHIPPED.iter().map(|(name, text)| Shipped::of(name, text)).collect::<Result<Vec<_>, _>>()?;
            if args.json { serde_json::to_string_pretty(&all).map_err(internal)? } else { list(&all) }
        }
        Some(name) => {
            let Some((name, text)) = SHIPPED.iter().find(|(known, _)| known == name) else {
                return Err(unknown(name));
            };
            let shipped = Shipped { toml: Some(plain(text)), ..Shipped::of(name, text)? };
            let json = || serde_json::to_string_pretty(&shipped).map_err(internal);
            if args.json { json()? } else { plain(text).to_owned() }
        }
    };
    say(shown.trim_end());
    Ok(())
}

/// The text of a scenario that comes with Tellwave, if one has this name.
pub(super) fn text_of(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| plain(text))
}

/// A text without the line that names the schema by its place in the source.
fn plain(text: &'static str) -> &'static str {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#:schema") => rest,
        _ => text,
    }
}

fn unknown(name: &str) -> Failure {
    let close = nearest(name, SHIPPED.iter().map(|(name, _)| *name));
    let help = close.map_or("tellwave scenarios lists them".to_owned(), |close| format!("did you mean `{close}`?"));
    Failure::User(format!("error: no scenario \"{}\" comes with Tellwave\n  = help: {help}", visible(name, 60)))
}

fn list(all: &[Shipped]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for Shipped { name, question, reads, .. } in all {
        let reads = reads.as_ref().map_or(String::new(), |file| format!(" (reads scenarios/{file} of the source)"));
        table.add_row([(*name).to_owned(), format!("{question}{reads}")]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!(
        "{}\n\nTo change one and play it:\n  tellwave scenarios two-sided > my.toml\n  tellwave run my.toml",
        lines.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_of_the_folder_is_in_the_program() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
        let entries = std::fs::read_dir(folder).expect("scenarios/").map(|entry| entry.expect("an entry").path());
        let files = entries.filter(|path| path.extension().is_some_and(|end| end == "toml"));
        let mut names: Vec<String> =
            files.map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect();
        names.sort();
        let listed: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, names);
    }
}
