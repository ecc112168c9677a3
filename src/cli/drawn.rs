//! Charts as files: each as SVG, as PNG and as CSV, for a page and for whichever other sheets are asked for, and all together
//! as data from which they can be drawn again (`tellwave chart`). Commands that leave a folder write their charts here.

use super::{Failure, internal};
use crate::draw::{self, DrawError, Look, Size};
use crate::figure::{Drawing, Figure};
use crate::store::{self, CHARTS, Charts, OutputFolder};
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
    // Drawing takes longer than writing, and no chart knows another.
    let draw = |drawing: &Drawing| -> Result<Pictures, DrawError> {
        let each = sizes.iter().map(|&size| pictures(drawing, &Look { size, ..*look }));
        let narrow = draw::svg(&drawing.figure, &drawing.table, &Look { size: Size::Column, ..*look })?;
        Ok((each.collect::<Result<_, _>>()?, narrow))
    };
    let pictures: Vec<Pictures> = drawings.par_iter().map(draw).collect::<Result<_, _>>().map_err(internal)?;
    let mut charts = Charts::of(look.language.code());
    let mut drawn = vec![];
    for (drawing, (pictures, narrow)) in drawings.into_iter().zip(pictures) {
        charts.push(&drawing);
        let Drawing { figure, table } = drawing;
        for (&size, (svg, png)) in sizes.iter().zip(&pictures) {
            let stem = stem(&figure.name, size);
            folder.write_bytes(&format!("{stem}.svg"), svg.as_bytes())?;
            folder.write_bytes(&format!("{stem}.png"), png)?;
        }
        folder.write_with(&format!("{}.csv", figure.name), |out| store::write_csv(&table, out))?;
        // The page is the first of all sizes.
        let svg = pictures.into_iter().next().map_or(String::new(), |(svg, _)| svg);
        drawn.push(Drawn { figure, svg, narrow });
    }
    folder.write_bytes(CHARTS, &charts.to_json().map_err(internal)?)?;
    Ok(drawn)
}

/// A chart on each sheet as SVG and PNG, and for a narrow screen.
type Pictures = (Vec<(String, Vec<u8>)>, String);

fn pictures(Drawing { figure, table }: &Drawing, look: &Look) -> Result<(String, Vec<u8>), DrawError> {
    Ok((draw::svg(figure, table, look)?, draw::png(figure, table, look)?))
}
