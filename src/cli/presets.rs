//! `tellwave presets`: lists the named, cited sets of parameters, or shows one with what it rests on.

use super::terminal::wrapped;
use super::{Failure, say};
use crate::scenario::presets::{Citation, Mark, Preset, all, best_mark};
use crate::scenario::values::{nearest, visible};
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

/// Columns of a terminal that lists fit into.
const WIDTH: u16 = 100;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave presets\n  \
    tellwave presets tarp-cars\n  \
    tellwave presets --json")]
pub(super) struct Args {
    /// The preset to show; without it, all are listed
    name: Option<String>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let shown = match &args.name {
        None => list(all(), args.json),
        Some(name) => match all().iter().find(|preset| preset.name == name) {
            Some(preset) => show(preset, args.json),
            None => return Err(unknown(name)),
        },
    };
    say(shown.map_err(|error| Failure::World(format!("error: {error}")))?.trim_end());
    Ok(())
}

fn unknown(name: &str) -> Failure {
    let close = nearest(name, all().iter().map(|preset| preset.name));
    let help = close.map_or("tellwave presets lists them".to_owned(), |close| format!("did you mean `{close}`?"));
    Failure::User(format!("error: there is no preset \"{}\"\n  = help: {help}", visible(name, 60)))
}

/// A preset as programs read it.
#[derive(Serialize)]
struct PresetJson<'p> {
    name: &'p str,
    title: &'p str,
    values: Vec<ValueJson<'p>>,
    toml: &'p str,
}

#[derive(Serialize)]
struct ValueJson<'p> {
    key: String,
    warning: Option<&'p str>,
    sources: Vec<SourceJson<'p>>,
}

#[derive(Serialize)]
struct SourceJson<'p> {
    source: &'p str,
    range: Option<&'p str>,
    mark: Mark,
}

impl<'p> PresetJson<'p> {
    fn of(preset: &'p Preset) -> PresetJson<'p> {
        let source = |citation: &'p Citation| SourceJson {
            source: &citation.source,
            range: citation.range.as_deref(),
            mark: citation.mark,
        };
        let value = |key: String| {
            let citations = preset.sources_of(&key);
            let warning = best_mark(&citations).and_then(Mark::warning);
            ValueJson { key, warning, sources: citations.into_iter().map(source).collect() }
        };
        let values = preset.keys().into_iter().map(value).collect();
        PresetJson { name: preset.name, title: &preset.title, values, toml: preset.text() }
    }
}

fn list(listed: &[Preset], json: bool) -> Result<String, serde_json::Error> {
    if json {
        return serde_json::to_string_pretty(&listed.iter().map(PresetJson::of).collect::<Vec<_>>());
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for preset in listed {
        table.add_row([preset.name, &preset.title, worst_warning(preset)]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    Ok(format!(
        "{}\n\n\
         weak source: at least one value is from memory, doubtful, or of a source that was not found\n\
         assumption: at least one value has no number behind it\n\n\
         In a scenario: preset = \"{}\". All that one rests on: tellwave presets NAME",
        lines.join("\n"),
        listed[0].name
    ))
}

/// That of its weakest value.
fn worst_warning(preset: &Preset) -> &'static str {
    let marks = preset.keys().into_iter().filter_map(|key| best_mark(&preset.sources_of(&key)));
    marks.max().and_then(Mark::warning).unwrap_or_default()
}

fn show(preset: &Preset, json: bool) -> Result<String, serde_json::Error> {
    if json {
        return serde_json::to_string_pretty(&PresetJson::of(preset));
    }
    let mut text = format!("{}: {}\n\n{}", preset.name, preset.title, preset.text());
    text.push_str("\nWhat it rests on\n");
    for citation in preset.sources() {
        text.push_str(&format!("\n{}", wrapped(&citation.keys.join(", "), "  ", WIDTH)));
        text.push_str(&wrapped(&citation.source, "    ", WIDTH));
        if let Some(range) = &citation.range {
            text.push_str(&wrapped(&format!("range: {range}"), "    ", WIDTH));
        }
        text.push_str(&format!("    {}\n", citation.mark.words()));
    }
    text.push_str(&format!("\nIn a scenario: preset = \"{}\"", preset.name));
    Ok(text)
}
