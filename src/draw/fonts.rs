//! Fonts: which one has a character, how wide a text is, and where its ink falls.
//!
//! Two fonts are bundled, so that a picture needs nothing of the machine: DejaVu Sans for Latin, Cyrillic and Greek,
//! Droid Sans Fallback for Chinese, Japanese and Korean. A text is cut into runs by the first font that has each
//! character; runs are measured and drawn one after the other. There is no registry: plotters' own is global, and it
//! takes one font a text.
//!
//! Absent: shaping. Arabic letters do not join and right-to-left text is drawn left to right in a PNG; an SVG leaves
//! both to its viewer, who does them right.

use std::convert::Infallible;

use ab_glyph::{Font, FontRef, FontVec, GlyphId, OutlinedGlyph, PxScale, ScaleFont, point};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendTextStyle, FontFamily};

use super::text::{clean, is_invisible};
use super::theme::{FONT_STACK, Rgb};
use crate::scenario::money::Currency;

const DEJAVU_SANS: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
const DROID_SANS_FALLBACK: &[u8] = include_bytes!("../../assets/fonts/DroidSansFallback.ttf");

/// Why a font file was not taken.
#[derive(Debug, thiserror::Error)]
#[error("the file is not a TrueType or OpenType font that can be read")]
pub struct FontError;

/// The fonts of a chart, in the order in which they are asked for a character.
pub struct Fonts {
    faces: Vec<Face>,
}

enum Face {
    Bundled(Box<FontRef<'static>>),
    User(FontVec),
}

/// A stretch of text that one font draws.
struct Run<'a> {
    face: &'a Face,
    glyphs: Vec<GlyphId>,
}

impl Fonts {
    /// The bundled fonts.
    pub fn bundled() -> Fonts {
        let face =
            |bytes| Face::Bundled(Box::new(FontRef::try_from_slice(bytes).expect("the bundled fonts are whole")));
        Fonts { faces: vec![face(DEJAVU_SANS), face(DROID_SANS_FALLBACK)] }
    }

    /// The bundled fonts and one of the user's, the bytes of a TTF or OTF file: it is asked for what DejaVu Sans lacks.
    pub fn with_user_font(self, bytes: Vec<u8>) -> Result<Fonts, FontError> {
        self.with(bytes, 1)
    }

    /// The same fonts after one of the user's, which is asked for every character first.
    pub fn led_by(self, bytes: Vec<u8>) -> Result<Fonts, FontError> {
        self.with(bytes, 0)
    }

    /// The bytes of the user's font that is asked for every character first, if there is one.
    pub fn leading(&self) -> Option<&[u8]> {
        match self.faces.first() {
            Some(Face::User(font)) => Some(font.as_slice()),
            _ => None,
        }
    }

    fn with(mut self, bytes: Vec<u8>, place: usize) -> Result<Fonts, FontError> {
        let user = FontVec::try_from_vec(bytes).map_err(|_| FontError)?;
        if user.units_per_em().is_none_or(|units| units <= 0.0) || user.height_unscaled() <= 0.0 {
            return Err(FontError);
        }
        self.faces.insert(place, Face::User(user));
        Ok(self)
    }

    /// Width of a line of text [logical pixels], without what [`clean`] would take out.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        self.runs(text).iter().map(|run| run.face.advance(&run.glyphs, size as f32)).map(f64::from).sum()
    }

    /// The outlines of a line of text that starts at x = 0 on the baseline y = 0.
    fn outlines(&self, text: &str, size: f64) -> Vec<OutlinedGlyph> {
        let mut ink = Vec::new();
        let mut x = 0.0;
        for run in self.runs(text) {
            x += run.face.outline(&run.glyphs, size as f32, x, &mut ink);
        }
        ink
    }

    fn runs(&self, text: &str) -> Vec<Run<'_>> {
        let mut runs: Vec<Run<'_>> = Vec::new();
        for c in text.chars().filter(|&c| c.is_whitespace() || !is_invisible(c)) {
            let (face, glyph) = self.face_of(c);
            match runs.last_mut() {
                Some(run) if std::ptr::eq(run.face, face) => run.glyphs.push(glyph),
                _ => runs.push(Run { face, glyphs: vec![glyph] }),
            }
        }
        runs
    }

    /// The first font that has the character; the first of all, and its box for what is missing, if none has.
    fn face_of(&self, c: char) -> (&Face, GlyphId) {
        let has = |face| (face, Face::glyph(face, c));
        self.faces.iter().map(has).find(|(_, glyph)| glyph.0 != 0).unwrap_or((&self.faces[0], GlyphId(0)))
    }
}

impl Face {
    fn glyph(&self, c: char) -> GlyphId {
        match self {
            Face::Bundled(font) => font.glyph_id(c),
            Face::User(font) => font.glyph_id(c),
        }
    }

    /// Width of a run [pixels].
    fn advance(&self, glyphs: &[GlyphId], size: f32) -> f32 {
        match self {
            Face::Bundled(font) => walk(font.as_ref(), glyphs, size, |_, _, _| ()),
            Face::User(font) => walk(font, glyphs, size, |_, _, _| ()),
        }
    }

    /// Puts the outlines of a run that starts at `x` into `ink`, and says how wide the run is [pixels].
    fn outline(&self, glyphs: &[GlyphId], size: f32, x: f32, ink: &mut Vec<OutlinedGlyph>) -> f32 {
        fn at<F: Font>(font: &F, ink: &mut Vec<OutlinedGlyph>, start: f32) -> impl FnMut(GlyphId, PxScale, f32) {
            move |id, scale, x| ink.extend(font.outline_glyph(id.with_scale_and_position(scale, point(start + x, 0.0))))
        }
        match self {
            Face::Bundled(font) => walk(font.as_ref(), glyphs, size, at(font.as_ref(), ink, x)),
            Face::User(font) => walk(font, glyphs, size, at(font, ink, x)),
        }
    }
}

/// Goes along a run, naming each glyph, its scale and its place, and says how wide the run is.
fn walk<F: Font>(font: &F, glyphs: &[GlyphId], size: f32, mut each: impl FnMut(GlyphId, PxScale, f32)) -> f32 {
    // ab_glyph scales by the height of the font, designers (and SVG) by its em.
    let scale = PxScale::from(size * font.height_unscaled() / font.units_per_em().unwrap_or(1_000.0));
    let scaled = font.as_scaled(scale);
    let mut x = 0.0;
    let mut before = None;
    for &glyph in glyphs {
        if let Some(before) = before {
            x += scaled.kern(before, glyph);
        }
        each(glyph, scale, x);
        x += scaled.h_advance(glyph);
        before = Some(glyph);
    }
    x
}

/// The characters of a text that no font has, each once, in the order of their first appearance.
///
/// Ask before any work is done, and refuse a name that a chart could not show.
pub fn missing_glyphs(text: &str, fonts: &Fonts) -> Vec<char> {
    let mut missing = Vec::new();
    for c in clean(text).chars() {
        if !is_invisible(c) && !missing.contains(&c) && fonts.face_of(c).1.0 == 0 {
            missing.push(c);
        }
    }
    missing
}

/// What stands before an amount on a chart: the currency's sign, or its code and a space where a font lacks the sign.
pub fn sign(currency: Currency, fonts: &Fonts) -> String {
    let (symbol, code) = (currency.symbol(), currency.code());
    if symbol == code || !missing_glyphs(&symbol, fonts).is_empty() { format!("{code} ") } else { symbol }
}

/// A text as plotters wants to be given it: for an SVG a font stack and a size, for a bitmap the pixels.
///
/// The point at which it is drawn is on the baseline in a bitmap; plotters moves it by half an x-height in an SVG.
pub(super) struct TextInk<'a> {
    pub fonts: &'a Fonts,
    /// Size [canvas pixels an em].
    pub size: f64,
    pub colour: Rgb,
    pub anchor: HPos,
}

impl BackendTextStyle for TextInk<'_> {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: self.colour }
    }

    fn size(&self) -> f64 {
        // plotters' SVG divides by this before it writes the size.
        self.size * 1.24
    }

    fn anchor(&self) -> Pos {
        Pos { h_pos: self.anchor, v_pos: VPos::Center }
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_STACK)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        Ok(((0, 0), (self.fonts.width(text, self.size).round() as i32, 0)))
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (left, baseline): BackendCoord,
        mut draw: DrawFunc,
    ) -> Result<Result<(), E>, Infallible> {
        for glyph in self.fonts.outlines(text, self.size) {
            let corner = glyph.px_bounds().min;
            let (x0, y0) = (left + corner.x as i32, baseline + corner.y as i32);
            let mut drawn = Ok(());
            glyph.draw(|x, y, cover| {
                if drawn.is_ok() && cover > 0.0 {
                    let color = BackendColor { alpha: f64::from(cover.min(1.0)), rgb: self.colour };
                    drawn = draw(x0 + x as i32, y0 + y as i32, color);
                }
            });
            if drawn.is_err() {
                return Ok(drawn);
            }
        }
        Ok(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_russian_and_chinese_need_no_other_font() {
        let fonts = Fonts::bundled();
        for text in [
            "Café “Crème” – 9.90 €",
            "Кофейня: съешь ещё этих булок",
            "口碑传播：推荐有奖，节省开支。",
            "$1,204 − ₽ ¥ £ ₸",
        ] {
            assert_eq!(missing_glyphs(text, &fonts), Vec::<char>::new(), "{text}");
        }
    }

    #[test]
    fn what_no_font_has_is_named_once() {
        let fonts = Fonts::bundled();
        assert_eq!(missing_glyphs("a🦀b🦀𒀀", &fonts), ['🦀', '𒀀']);
        assert_eq!(missing_glyphs("\u{202e}\u{7} e\u{301}\u{fe0f}", &fonts), Vec::<char>::new());
    }

    #[test]
    fn a_mixed_text_is_as_wide_as_its_parts() {
        let fonts = Fonts::bundled();
        let parts = fonts.width("Run ", 20.0) + fonts.width("口碑", 20.0) + fonts.width(" № 7", 20.0);
        assert!((fonts.width("Run 口碑 № 7", 20.0) - parts).abs() < 0.01);
        assert!((fonts.width("口碑", 20.0) - 40.0).abs() < 2.0);
        assert_eq!(fonts.runs("Run 口碑 № 7").len(), 3);
    }

    #[test]
    fn a_user_font_is_read_or_refused() {
        assert!(Fonts::bundled().with_user_font(DROID_SANS_FALLBACK.to_vec()).is_ok());
        assert!(Fonts::bundled().with_user_font(b"not a font".to_vec()).is_err());
        assert!(Fonts::bundled().with_user_font(Vec::new()).is_err());
    }
}
