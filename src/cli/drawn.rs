//! Charts as files: each as SVG, as PNG and as CSV, for a page and for whichever other sheets are asked for, and all together
//! as data from which they can be drawn again (`tellwave chart`). Commands that leave a folder write their charts here.

use super::{Failure, internal};
use crate::draw::{self, Look, Size};
use crate::figure::{Drawing, Figure};
use crate::store::{self, CHARTS, CHARTS_FONT, Charts, OutputFolder};
use rayon::prelude::*;

/// A chart that was drawn.
pub(super) struct Drawn {
    pub figure: Figure,
    /// On a page.
    pub svg: String,
    /// On a narrow screen.
    pub narrow: String,
}

impl Drawn {
    /// Both pictures for a page of HTML, of which page.css shows the one that fits the screen.
    pub fn for_any_screen(self) -> (Figure, String) {
        let Drawn { figure, svg, narrow } = self;
        let both = format!("<div class=\"picture\">\n{svg}\n</div>\n<div class=\"picture narrow\">\n{narrow}\n</div>");
        (figure, both)
    }
}

/// How a file of a chart begins: its name, and for which sheet it is laid out unless that is the page.
pub(super) fn stem(name: &str, size: Size) -> String {
    match size {
        Size::Page => name.to_owned(),
        other => format!("{name}-{}", other.name()),
    }
}

/// A size that is given on the command line, among these.
pub(super) fn parse_size(text: &str, allowed: &[Size]) -> Result<Size, String> {
    let names: Vec<&str> = allowed.iter().map(|size| size.name()).collect();
    let known = allowed.iter().copied().find(|size| size.name() == text);
    known.ok_or_else(|| format!("allowed: {}", names.join(", ")))
}

/// A sheet besides the page.
pub(super) fn parse_sheet(text: &str) -> Result<Size, String> {
    parse_size(text, &[Size::Slide, Size::Column, Size::Square])
}

/// The sheets as they are noted down: "slide,square", each once.
pub(super) fn sheets_in_words(sheets: &[Size]) -> String {
    let asked = Size::ALL.iter().filter(|size| sheets.contains(size));
    asked.map(|size| size.name()).collect::<Vec<_>>().join(",")
}

/// Draws charts and writes them, in this order, into a folder.
pub(super) fn write(
    folder: &mut OutputFolder,
    drawings: Vec<Drawing>,
    look: &Look,
    sheets: &[Size],
) -> Result<Vec<Drawn>, Failure> {
    let sizes: Vec<Size> = Size::ALL.into_iter().filter(|size| *size == Size::Page || sheets.contains(size)).collect();
    // No chart knows another.
    let drawn: Vec<(Drawn, Files)> =
        drawings.par_iter().map(|drawing| draw(drawing, look, &sizes)).collect::<Result<_, Failure>>()?;
    let font = look.fonts.leading();
    let mut charts = Charts::of(look.language.code(), look.palette.to_list(), font.is_some());
    drawings.iter().for_each(|drawing| charts.push(drawing));
    let (drawn, files): (Vec<Drawn>, Vec<_>) = drawn.into_iter().unzip();
    let mut files = files.concat();
    files.push((CHARTS.to_owned(), charts.to_json().map_err(internal)?));
    files.extend(font.map(|bytes| (CHARTS_FONT.to_owned(), bytes.to_vec())));
    folder.write_many(&files)?;
    Ok(drawn)
}

/// Files of a folder: their names, and what is in them.
type Files = Vec<(String, Vec<u8>)>;

/// One chart as a report shows it.
pub(super) fn for_report(drawing: &Drawing, look: &Look) -> Result<Drawn, Failure> {
    let Drawing { figure, table } = drawing;
    let on = |size: Size| draw::svg(figure, table, &Look { size, ..*look }).map_err(internal);
    Ok(Drawn { figure: figure.clone(), svg: on(Size::Page)?, narrow: on(Size::Column)? })
}

/// One chart, and the files that it becomes.
fn draw(drawing: &Drawing, look: &Look, sizes: &[Size]) -> Result<(Drawn, Files), Failure> {
    let Drawing { figure, table } = drawing;
    let drawn = for_report(drawing, look)?;
    let mut files: Files = vec![];
    for &size in sizes {
        let look = Look { size, ..*look };
        let svg = match size {
            Size::Page => drawn.svg.clone(),
            _ => draw::svg(figure, table, &look).map_err(internal)?,
        };
        let png = draw::png(figure, table, &look).map_err(internal)?;
        let stem = stem(&figure.name, size);
        files.push((format!("{stem}.svg"), svg.into_bytes()));
        files.push((format!("{stem}.png"), png));
    }
    let mut csv = vec![];
    store::write_csv(table, &mut csv).map_err(internal)?;
    files.push((format!("{}.csv", figure.name), csv));
    Ok((drawn, files))
}
