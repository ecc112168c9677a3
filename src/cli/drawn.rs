//! Charts as files: each as SVG, as PNG and as CSV, for a page and for whichever other sheets are asked for, and all together
//! as data from which they can be drawn again (`tellwave chart`). Commands that leave a folder write their charts here.

use super::{Failure, internal};
use crate::draw::{self, DrawError, Fonts, Look, Size};
use crate::figure::{Drawing, Figure};
use crate::store::{self, CHARTS, Charts, OutputFolder};
use rayon::prelude::*;

/// A chart that was drawn.
pub(super) struct Drawn {
    pub figure: Figure,
    /// On a page.
    pub svg: String,
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
    fonts: &Fonts,
    sheets: &[Size],
) -> Result<Vec<Drawn>, Failure> {
    let sizes: Vec<Size> = Size::ALL.into_iter().filter(|size| *size == Size::Page || sheets.contains(size)).collect();
    // Drawing takes longer than writing, and no chart knows another.
    let draw = |drawing: &Drawing| -> Result<Vec<(String, Vec<u8>)>, DrawError> {
        let each = sizes.iter().map(|&size| pictures(drawing, &Look { size, ..Look::page(fonts) }));
        each.collect()
    };
    let pictures: Vec<Vec<(String, Vec<u8>)>> =
        drawings.par_iter().map(draw).collect::<Result<_, _>>().map_err(internal)?;
    let mut charts = Charts::default();
    let mut drawn = vec![];
    for (drawing, pictures) in drawings.into_iter().zip(pictures) {
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
        drawn.push(Drawn { figure, svg });
    }
    folder.write_bytes(CHARTS, &charts.to_json().map_err(internal)?)?;
    Ok(drawn)
}

fn pictures(Drawing { figure, table }: &Drawing, look: &Look) -> Result<(String, Vec<u8>), DrawError> {
    Ok((draw::svg(figure, table, look)?, draw::png(figure, table, look)?))
}
