//! How a document is dressed: the colours of its charts, its logo and its font, all of them within the page.

use crate::draw::{Palette, dark_style};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// The family under which a page knows the font that it brings along.
const FAMILY: &str = "Tellwave report";

/// How a document is dressed; by default as Tellwave does it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dress {
    /// The colours of the quantities of charts.
    pub palette: Palette,
    /// The logo, as an address that holds the picture itself (`data:`).
    pub logo: Option<String>,
    /// The font as a style sheet has it.
    font: Option<String>,
}

impl Dress {
    /// In these colours, with a picture of this kind ("png") and the bytes of a font.
    pub fn of(palette: Palette, logo: Option<(&str, &[u8])>, font: Option<&[u8]>) -> Dress {
        let address = |kind: &str, bytes: &[u8]| format!("data:{kind};base64,{}", BASE64_STANDARD.encode(bytes));
        Dress {
            palette,
            logo: logo.map(|(kind, bytes)| address(&format!("image/{kind}"), bytes)),
            font: font.map(|bytes| address("font/sfnt", bytes)),
        }
    }

    /// What comes after the usual style sheet.
    pub(super) fn style(&self) -> String {
        let font = self.font.as_ref().map_or(String::new(), |address| {
            format!(
                "@font-face {{ font-family: \"{FAMILY}\"; src: url({address}); }}\n\
                 body, figure svg text {{ font-family: \"{FAMILY}\", system-ui, \"DejaVu Sans\", sans-serif; }}\n"
            )
        });
        font + &dark_style(&self.palette)
    }
}
