//! `[report]`: how reports and charts look. It decides no number, so it is no part of what a scenario resolves to, nor of its digest.

use super::reader::Reader;
use super::reference::reference;
use super::values::quoted;
use crate::files::{self, Unread};
use std::path::Path;

/// The largest logo that is taken \[bytes\].
const LOGO_BYTES: u64 = 512 << 10;

/// The largest font \[bytes\]: it is part of every report.
const FONT_BYTES: u64 = 4 << 20;

/// How reports and charts look.
#[derive(Debug, Clone, Default)]
pub struct ReportLook {
    /// Colours of the quantities, as "#RRGGBB"; Tellwave's own for those that are missing.
    pub palette: Vec<String>,
    /// The logo.
    pub logo: Option<Logo>,
    /// The font, a TTF or OTF file.
    pub font: Option<Vec<u8>>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// What follows `image/` in its media type: "png", "jpeg" or "svg+xml".
    pub kind: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The most colours that a palette has.
const COLOURS_MAX: usize = 6;

/// Reads the table; files are looked for in `folder`.
pub(super) fn read(root: &Reader<'_>, folder: &Path) -> ReportLook {
    let table = root.table("report");
    let palette = table.list_of_text("palette", &[]);
    for (place, colour) in palette.iter().enumerate().filter(|(_, colour)| !is_colour(colour)) {
        table.refuse_element("palette", place, quoted(colour), "a colour as #RRGGBB, such as \"#0B3C6F\"");
    }
    if palette.len() > COLOURS_MAX {
        table.refuse("palette", format!("{} colours", palette.len()), "up to six", None);
    }
    let logo = table.optional_text("logo").and_then(|file| {
        let bytes = read_file(&table, "logo", folder, &file, LOGO_BYTES)?;
        let Some(kind) = kind_of(&bytes) else {
            table.refuse("logo", format!("{}, which is none of them", quoted(&file)), "a PNG, JPEG or SVG file", None);
            return None;
        };
        Some(Logo { kind, bytes })
    });
    let font = table.optional_text("font").and_then(|file| {
        let bytes = read_file(&table, "font", folder, &file, FONT_BYTES)?;
        let is_font = [&b"\0\x01\0\0"[..], b"true", b"OTTO"].iter().any(|start| bytes.starts_with(start));
        if !is_font {
            table.refuse("font", format!("{}, which is none", quoted(&file)), "a TTF or OTF file", None);
        }
        is_font.then_some(bytes)
    });
    ReportLook { palette, logo, font }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a picture is, by its first bytes.
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.trim_ascii_start();
    match () {
        () if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some("png"),
        () if bytes.starts_with(b"\xff\xd8\xff") => Some("jpeg"),
        () if text.starts_with(b"<svg") || text.starts_with(b"<?xml") => Some("svg+xml"),
        () => None,
    }
}

/// A file that is not longer than it may be; refused with the key that names it.
fn read_file(table: &Reader<'_>, key: &str, folder: &Path, file: &str, most: u64) -> Option<Vec<u8>> {
    let allowed = || format!("a file of at most {most} bytes in the folder of the scenario or below it");
    let refuse = |why: Unread| table.refuse(key, format!("{}: {why}", quoted(file)), allowed(), None);
    files::within(folder, file).and_then(|path| files::read(&path, most)).map_err(refuse).ok()
}

reference! {
    /// How reports and charts look.
    ///
    /// It decides no number, and is no part of the scenario's digest. Files are looked for in the folder of the scenario; what they hold
    /// becomes part of the report.
    [report] {
        /// Colours of the quantities of charts, the first one first, as "#RRGGBB". Labels are darkened until they can be read.
        palette in "up to six colours",
        /// A picture for the head of the report: a PNG, JPEG or SVG file.
        logo in "a file of at most 512 KiB",
        /// A font for the report and its charts: a TTF or OTF file.
        font in "a file of at most 4 MiB",
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn read(folder: &Path, text: &str) -> Result<Scenario, String> {
        Scenario::parse("x.toml", text, folder, Overrides::default()).map_err(|why| why.to_string())
    }

    #[test]
    fn how_a_report_looks_is_no_part_of_what_is_played() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("logo.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>").expect("a file");
        let text = "[report]\npalette = ['#112233']\nlogo = 'logo.svg'\n";
        let [plain, looked] = ["", text].map(|text| read(folder.path(), text).unwrap_or_else(|why| panic!("{why}")));
        assert_eq!(plain.digest(), looked.digest());
        assert_eq!(looked.look.palette, ["#112233"]);
        assert_eq!(looked.look.logo.map(|logo| logo.kind), Some("svg+xml"));
    }

    #[test]
    fn what_cannot_be_shown_is_refused_where_it_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("notes.txt"), "a secret").expect("a file");
        let text = "[report]\npalette = ['#112233', 'red']\nlogo = 'notes.txt'\nfont = 'missing.ttf'\ncolour = 1\n";
        let why = read(folder.path(), text).expect_err("four mistakes");
        for said in [
            "x.toml:2:23",
            "report.palette[1]: found the text \"red\"",
            "#RRGGBB",
            "a PNG, JPEG or SVG",
            "report.font",
            "report.colour",
            "4 mistakes",
        ] {
            assert!(why.contains(said), "{said} in {why}");
        }
    }
}
