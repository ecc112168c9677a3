//! `tellwave chart`: a chart of a finished folder, drawn again for another sheet. The folder stays as it is.

use super::drawn::{parse_size, stem};
use super::output::read_fonts;
use super::{Failure, internal, refuse_other_files, say};
use crate::draw::{self, Look, Palette, Size};
use crate::figure::{Drawing, Figure};
use crate::language::Language;
use crate::scenario::ReportLook;
use crate::scenario::values::nearest;
use crate::store::provenance::PROVENANCE;
use crate::store::{CHARTS, KeptCharts, MARKER, atomic, read_charts, read_provenance};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tellwave chart output/two-sided-001 --list\n  \
                        tellwave chart output/two-sided-001 reach --size slide --format png\n  \
                        tellwave chart output/two-sided-001 funnel --size column --no-title --to figure-2.png")]
pub(super) struct Args {
    /// A folder that `tellwave run`, `fork` or `compare` has written
    folder: PathBuf,
    /// Which chart, such as reach
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// For which sheet: page, slide, column or square
    #[arg(long, value_name = "SHEET", default_value = "page", value_parser = |text: &str| parse_size(text, &Size::ALL))]
    size: Size,
    /// Leave the headline out
    #[arg(long)]
    no_title: bool,
    /// The file to write [default: the chart's name and its sheet, in the present folder]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// svg or png [default: what the file's name says, or svg]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// A font (TTF or OTF) for characters that the bundled fonts lack
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
    /// Say which charts there are, and draw none
    #[arg(long, conflicts_with_all = ["name", "to", "format", "size", "no_title", "font"])]
    list: bool,
    /// Print JSON: the file that was written, or with --list the charts that there are
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Svg,
    Png,
}

impl Format {
    /// The ending of a file's name.
    fn ending(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Png => "png",
        }
    }

    /// What a file's name says.
    fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_ascii_lowercase();
        [Format::Svg, Format::Png].into_iter().find(|format| ending == format.ending())
    }
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let charts = charts_of(&args.folder)?;
    let Some(name) = args.name.as_deref().filter(|_| !args.list) else {
        say(&if args.json { listed_as_json(&charts).map_err(internal)? } else { listed(&charts) });
        return Ok(());
    };
    let (path, format) = place_of(args, name)?;
    let Some(Drawing { figure, table }) = charts.drawing(name)? else {
        return Err(no_such(&args.folder, &charts, name));
    };
    refuse(&path)?;
    let house = ReportLook { font: charts.font()?, ..ReportLook::default() };
    let fonts = read_fonts(args.font.as_deref(), &house, &format!("{}{}", figure.title, figure.caption))?;
    let palette = Palette::of(&charts.palette).map_err(|error| {
        let shown = draw::clean(&args.folder.join(CHARTS).display().to_string());
        Failure::User(format!("error: {shown}: palette: {error}"))
    })?;
    let language = Language::of_code(&charts.language).unwrap_or_default();
    let look = Look { size: args.size, title: !args.no_title, palette, language, ..Look::page(&fonts) };
    let bytes = match format {
        Format::Svg => draw::svg(&figure, &table, &look).map_err(internal)?.into_bytes(),
        Format::Png => draw::png(&figure, &table, &look).map_err(internal)?,
    };
    atomic::write_bytes(&path, &bytes)?;
    let path = path.display().to_string();
    say(&if args.json { json!({ "file": path }).to_string() } else { draw::clean(&path) });
    Ok(())
}

/// The charts of a folder, which has some.
fn charts_of(dir: &Path) -> Result<KeptCharts, Failure> {
    let shown = draw::clean(&dir.display().to_string());
    if !dir.join(PROVENANCE).is_file() {
        return Err(Failure::User(format!("error: {shown} holds no finished results: it has no {PROVENANCE}")));
    }
    read_charts(dir)?.map_or_else(
        || {
            let version = draw::clean(&read_provenance(dir)?.tellwave);
            let what =
                format!("error: {shown} does not hold its charts as data: it was written by an earlier Tellwave");
            let help = "play it again, into a new folder: the results are the same";
            Err(Failure::User(format!("{what} ({version})\n  = help: {help}")))
        },
        Ok,
    )
}

/// Each chart with what it says.
fn listed(charts: &KeptCharts) -> String {
    let width = charts.figures().map(|figure| figure.name.len()).max().unwrap_or(0);
    let line = |figure: &Figure| format!("{:width$}  {}", figure.name, draw::clean(&figure.title));
    charts.figures().map(line).collect::<Vec<_>>().join("\n")
}

fn listed_as_json(charts: &KeptCharts) -> Result<String, serde_json::Error> {
    let charts: Vec<_> = charts.figures().map(|it| json!({ "name": it.name, "title": it.title })).collect();
    serde_json::to_string_pretty(&charts)
}

fn no_such(dir: &Path, charts: &KeptCharts, name: &str) -> Failure {
    let names: Vec<&str> = charts.figures().map(|figure| figure.name.as_str()).collect();
    let meant = nearest(name, names.iter().copied()).map_or(String::new(), |meant| format!("did you mean {meant}? "));
    let (dir, name) = (draw::clean(&dir.display().to_string()), draw::clean(name));
    let all = names.join(", ");
    Failure::User(format!("error: {dir} has no chart '{name}'\n  = help: {meant}there are {all}"))
}

/// Where the chart goes, and as what.
fn place_of(args: &Args, name: &str) -> Result<(PathBuf, Format), Failure> {
    let Some(path) = &args.to else {
        let format = args.format.unwrap_or(Format::Svg);
        // A name that no chart has is told soon; none may lead elsewhere by then.
        let name: String = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
        return Ok((format!("{}.{}", stem(&name, args.size), format.ending()).into(), format));
    };
    let shown = || draw::clean(&path.display().to_string());
    match (args.format, Format::of(path)) {
        (Some(asked), Some(named)) if asked != named => {
            let (asked, named) = (asked.ending(), named.ending());
            Err(Failure::User(format!("error: --format {asked}, but --to {} is named {named}", shown())))
        }
        (Some(format), _) | (None, Some(format)) => Ok((path.clone(), format)),
        (None, None) => {
            let help = "name it .svg or .png, or give --format";
            Err(Failure::User(format!("error: --to {} does not say what it is to be\n  = help: {help}", shown())))
        }
    }
}

/// Refuses a place within results, and one where something lies that is no chart of Tellwave's.
fn refuse(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new(""));
    if folder.join(MARKER).exists() {
        let shown = draw::clean(&path.display().to_string());
        let what = format!("{shown} would lie in a results folder, which holds results alone");
        return Err(Failure::User(format!("error: {what}\n  = help: give another place with --to FILE")));
    }
    refuse_other_files(path, ("chart", "--to"), draw::is_chart)
}
