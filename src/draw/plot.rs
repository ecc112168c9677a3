//! Puts a laid out chart on plotters' canvases: a text of SVG, or pixels that become a PNG.
//!
//! plotters counts in whole pixels, so the SVG is drawn four times as large as it is shown, and its outermost tag is
//! written here. plotters' own filling of polygons leaves out edges and spikes at corners; the bitmap is therefore
//! covered by the rasteriser that also fills glyphs, and plotters mixes the colours.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{BackendColor, BackendStyle, DrawingBackend};

use super::DrawError;
use super::fonts::{Fonts, TextInk};
use super::look::{Look, Sheet};
use super::scene::{Anchor, Scene, Shape, compose};
use super::theme::{self, Rgb};
use crate::figure::Figure;
use crate::table::Table;

/// Canvas pixels of an SVG in a logical pixel.
const SVG_SCALE: f64 = 4.0;
/// What plotters moves a text down in an SVG (half an x-height), where we mean its baseline [ems].
const SVG_SHIFT: f64 = 0.273;

/// How our SVGs begin.
const SVG_BEGINS: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
/// How their first tag ends.
const SVG_LOOKS: &str = " role=\"img\" style=\"max-width:100%;height:auto\" stroke-linejoin=\"round\">";
/// How every PNG begins.
const PNG_BEGINS: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Who wrote a PNG: the keyword of the PNG specification, and the name.
const SOFTWARE: [&str; 2] = ["Software", "Tellwave"];

/// Whether these are the first bytes of a chart that was drawn here, as SVG or as PNG; some hundred are enough.
pub fn is_chart(first: &[u8]) -> bool {
    let holds = |part: &[u8]| first.windows(part.len()).any(|window| window == part);
    let is_svg = first.starts_with(SVG_BEGINS.as_bytes()) && holds(SVG_LOOKS.as_bytes());
    is_svg || (first.starts_with(PNG_BEGINS) && holds(SOFTWARE.join("\0").as_bytes()))
}

/// The figure as an SVG document, which may stand in a file or within a page.
pub fn svg(figure: &Figure, table: &Table, look: &Look) -> Result<String, DrawError> {
    let scene = compose(figure, table, look)?;
    let mut drawn = String::new();
    let size = canvas_size(&scene, SVG_SCALE);
    {
        let mut canvas = SVGBackend::with_string(&mut drawn, size);
        draw_svg(&scene, look.fonts, &mut canvas).map_err(|reason| refused(figure, reason))?;
    }
    // Words begin a line here: a spreadsheet that is given the file would take what follows a `=` for a formula.
    let body = drawn.split_once('>').map_or("", |(_, body)| body).replace("\n=", "\n&#61;");
    Ok(format!(
        "{SVG_BEGINS} viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\"{SVG_LOOKS}\n<title>{}</title>\n<desc>{}</desc>{body}",
        size.0,
        size.1,
        scene.width,
        scene.height,
        escape(&scene.title),
        escape(&scene.description),
    ))
}

/// The figure as a PNG.
pub fn png(figure: &Figure, table: &Table, look: &Look) -> Result<Vec<u8>, DrawError> {
    let scene = compose(figure, table, look)?;
    bitmap(&scene, look).map_err(|reason| refused(figure, reason))
}

/// What is laid out as a PNG, or why the canvas refused it.
pub(super) fn bitmap(scene: &Scene, look: &Look) -> Result<Vec<u8>, String> {
    let sheet = Sheet::of(look.size);
    let (width, height) = canvas_size(scene, sheet.pixels);
    let mut pixels = vec![255; width as usize * height as usize * 3];
    {
        let mut canvas = BitMapBackend::with_buffer(&mut pixels, (width, height));
        draw_bitmap(scene, look.fonts, sheet.pixels, &mut canvas).map_err(|reason| reason.to_string())?;
    }
    encode(&pixels, width, height, sheet.dots_an_inch).map_err(|reason| reason.to_string())
}

fn refused(figure: &Figure, reason: impl std::fmt::Display) -> DrawError {
    DrawError::Canvas { figure: figure.name.clone(), reason: reason.to_string() }
}

fn canvas_size(scene: &Scene, scale: f64) -> (u32, u32) {
    ((scene.width * scale).round() as u32, (scene.height * scale).round() as u32)
}

/// Text as it stands in XML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A pen of plotters.
struct Pen {
    colour: Rgb,
    alpha: f64,
    width: u32,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        BackendColor { alpha: self.alpha, rgb: self.colour }
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

type CanvasError<B> = plotters_backend::DrawingErrorKind<<B as DrawingBackend>::ErrorType>;

fn draw_svg<B: DrawingBackend>(scene: &Scene, fonts: &Fonts, canvas: &mut B) -> Result<(), CanvasError<B>> {
    let whole = |value: f64| (value * SVG_SCALE).round() as i32;
    let spot = |&(x, y): &(f64, f64)| (whole(x), whole(y));
    let pen = |colour, alpha, width: f64| Pen { colour, alpha, width: (width * SVG_SCALE).round() as u32 };
    let size = canvas_size(scene, SVG_SCALE);
    canvas.draw_rect((0, 0), (size.0 as i32, size.1 as i32), &pen(theme::PAPER, 1.0, 0.0), true)?;
    for shape in &scene.shapes {
        match shape {
            Shape::Fill { edge, colour, cover } => {
                canvas.fill_polygon(edge.iter().map(spot), &pen(*colour, *cover, 0.0))?;
            }
            Shape::Strokes { paths, colour, width } => {
                for path in paths {
                    let mut spots: Vec<(i32, i32)> = path.iter().map(spot).collect();
                    spots.dedup();
                    canvas.draw_path(spots, &pen(*colour, 1.0, *width))?;
                }
            }
            Shape::Dot { at, radius, colour } => {
                canvas.draw_circle(spot(at), whole(*radius) as u32, &pen(*colour, 1.0, 0.0), true)?;
            }
            Shape::Text { at, anchor, size, colour, text } => {
                let ink = TextInk { fonts, size: size * SVG_SCALE, colour: *colour, anchor: side(*anchor) };
                canvas.draw_text(text, &ink, spot(&(at.0, at.1 - size * SVG_SHIFT)))?;
            }
        }
    }
    canvas.present()
}

fn side(anchor: Anchor) -> HPos {
    match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    }
}

fn draw_bitmap<B: DrawingBackend>(
    scene: &Scene,
    fonts: &Fonts,
    scale: f64,
    canvas: &mut B,
) -> Result<(), CanvasError<B>> {
    let spot = |&(x, y): &(f64, f64)| point((x * scale) as f32, (y * scale) as f32);
    for shape in &scene.shapes {
        match shape {
            Shape::Fill { edge, colour, cover } => fill(canvas, &[edge.iter().map(spot).collect()], *colour, *cover)?,
            Shape::Strokes { paths, colour, width } => {
                let half = (width * scale / 2.0) as f32;
                let outlines: Vec<Vec<Point>> =
                    paths.iter().map(|path| outline(path.iter().map(spot).collect(), half)).collect();
                fill(canvas, &outlines, *colour, 1.0)?;
            }
            Shape::Dot { at, radius, colour } => {
                let (centre, radius) = (spot(at), (radius * scale) as f32);
                let corner = |i: u8| {
                    let (sin, cos) = (f32::from(i) * std::f32::consts::TAU / 32.0).sin_cos();
                    point(centre.x + radius * cos, centre.y + radius * sin)
                };
                fill(canvas, &[(0..32).map(corner).collect()], *colour, 1.0)?;
            }
            Shape::Text { at, anchor, size, colour, text } => {
                let ink = TextInk { fonts, size: size * scale, colour: *colour, anchor: side(*anchor) };
                let at = ((at.0 * scale).round() as i32, (at.1 * scale).round() as i32);
                canvas.draw_text(text, &ink, at)?;
            }
        }
    }
    canvas.present()
}

/// Covers closed polygons with a colour; overlapping ones are covered once.
fn fill<B: DrawingBackend>(
    canvas: &mut B,
    polygons: &[Vec<Point>],
    colour: Rgb,
    alpha: f64,
) -> Result<(), CanvasError<B>> {
    let (width, height) = canvas.get_size();
    let corners = || polygons.iter().flatten();
    let edge = |value: f32, limit: u32| (value.max(0.0) as u32).min(limit);
    let left = edge(corners().map(|p| p.x).fold(f32::INFINITY, f32::min).floor(), width);
    let top = edge(corners().map(|p| p.y).fold(f32::INFINITY, f32::min).floor(), height);
    let right = edge(corners().map(|p| p.x).fold(0.0, f32::max).ceil() + 1.0, width);
    let bottom = edge(corners().map(|p| p.y).fold(0.0, f32::max).ceil() + 1.0, height);
    if left >= right || top >= bottom {
        return Ok(());
    }
    let mut cover = Rasterizer::new((right - left) as usize, (bottom - top) as usize);
    for polygon in polygons {
        let local = |p: &Point| point(p.x - left as f32, p.y - top as f32);
        for (from, to) in polygon.iter().zip(polygon.iter().cycle().skip(1)) {
            cover.draw_line(local(from), local(to));
        }
    }
    let mut drawn = Ok(());
    cover.for_each_pixel_2d(|x, y, share| {
        if drawn.is_ok() && share > 1.0 / 512.0 {
            let color = BackendColor { alpha: alpha * f64::from(share.min(1.0)), rgb: colour };
            drawn = canvas.draw_pixel(((left + x) as i32, (top + y) as i32), color);
        }
    });
    drawn
}

/// The outline of a line `2 · half` wide: its left side there, its right side back, with mitred corners.
fn outline(mut path: Vec<Point>, half: f32) -> Vec<Point> {
    path.dedup_by(|b, a| (a.x - b.x).hypot(a.y - b.y) < 1e-3);
    if path.len() < 2 {
        return Vec::new();
    }
    let normal = |a: Point, b: Point| {
        let length = (b.x - a.x).hypot(b.y - a.y);
        (-(b.y - a.y) / length, (b.x - a.x) / length)
    };
    let offsets: Vec<(f32, f32)> = (0..path.len())
        .map(|i| {
            let before = normal(path[i.max(1) - 1], path[i.max(1)]);
            let after = normal(path[i.min(path.len() - 2)], path[i.min(path.len() - 2) + 1]);
            // The sum of two unit normals, made as long as a mitre is; sharp corners are cut off at twice the width.
            let (x, y) = (before.0 + after.0, before.1 + after.1);
            let mitre = (2.0 / (x * x + y * y).max(0.5)) * half;
            (x * mitre, y * mitre)
        })
        .collect();
    let side = |sign: f32| {
        path.iter().zip(&offsets).map(move |(p, (x, y))| point(p.x + sign * x, p.y + sign * y)).collect::<Vec<_>>()
    };
    let mut ring = side(1.0);
    ring.extend(side(-1.0).into_iter().rev());
    ring
}

fn encode(pixels: &[u8], width: u32, height: u32, dots_an_inch: Option<f64>) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let dimensions = dots_an_inch.map(|dots| {
        let dots_a_metre = (dots / 0.025_4).round() as u32;
        png::PixelDimensions { xppu: dots_a_metre, yppu: dots_a_metre, unit: png::Unit::Meter }
    });
    encoder.set_pixel_dims(dimensions);
    let [keyword, name] = SOFTWARE;
    encoder.add_text_chunk(keyword.to_owned(), name.to_owned())?;
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Axis, Hue, Mark, Numbers, Stroke};
    use crate::table::{Column, Values};

    fn column(name: &str, unit: &str, values: Values) -> Column {
        Column { name: name.into(), unit: unit.into(), meaning: String::new(), values }
    }

    /// A figure with a band and two lines over these heights.
    fn given(title: &str, heights: &[f64]) -> (Figure, Table) {
        let line = |label: &str, hue, stroke| Mark::Line { y: "mean".into(), label: label.into(), hue, stroke };
        let axis = |title: &str, column: &str, numbers| Axis::linear(title, column, numbers);
        let figure = Figure {
            name: "reach".into(),
            title: title.into(),
            caption: format!("Scenario {title}; 100 runs, seed 7. The band holds 90 % of the runs."),
            x: axis("Days since the start", "day", Numbers::Plain),
            y: axis("Money", "", Numbers::Money { prefix: "\u{202e}\u{0}<&\"".into(), digits: 2 }),
            marks: vec![
                Mark::Band { low: "low".into(), high: "mean".into(), hue: Hue::First },
                line("People reached", Hue::First, Stroke::Solid),
                line(title, Hue::Second, Stroke::Dashed),
            ],
        };
        let days = (0..heights.len() as i64).collect();
        let columns = vec![
            column("day", "days", Values::Count(days)),
            column("mean", "USD", Values::Real(heights.to_vec())),
            column("low", "USD", Values::Real(heights.iter().map(|h| h * 0.9).collect())),
        ];
        (figure, Table { columns })
    }

    /// The smallest check of well-formedness: tags match, no forbidden character, no bare ampersand.
    fn assert_well_formed(svg: &str) {
        assert!(svg.chars().all(|c| c == '\n' || !c.is_control()), "control character");
        let mut open = Vec::new();
        for piece in svg.split('<').skip(1) {
            let (tag, text) = piece.split_once('>').expect("every tag is closed");
            assert!(!text.contains('>'), "bare > in {text}");
            for entity in text.split('&').skip(1) {
                let name = entity.split(';').next().unwrap_or("");
                assert!(["lt", "gt", "amp", "quot", "apos"].contains(&name), "bare & in {text}");
            }
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name));
            } else if !tag.ends_with('/') {
                open.push(tag.split(' ').next().unwrap_or("").to_owned());
            }
        }
        assert!(open.is_empty(), "left open: {open:?}");
    }

    #[test]
    fn hostile_names_are_only_text() {
        let fonts = Fonts::bundled();
        let name = "</text><script>alert('1')</script> ]]> \"quoted\" & \u{202e}gpj.exe\u{0}\u{1b}[31m";
        let (figure, table) = given(name, &[1.0, 2.0, 3.0]);
        let svg = svg(&figure, &table, &Look::page(&fonts)).expect("draws");
        assert_well_formed(&svg);
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains("]]>"));
        assert!(svg.contains("&lt;script&gt;"));
    }

    #[test]
    fn degenerate_data_is_drawn() {
        let fonts = Fonts::bundled();
        let cases: [&[f64]; 10] = [
            &[],
            &[0.0],
            &[12.0],
            &[0.0, 0.0, 0.0],
            &[5.0; 40],
            &[0.0, 1e12, 3e12],
            &[-5.0, -10.0],
            &[f64::NAN, f64::INFINITY, 1.0, f64::NEG_INFINITY],
            &[f64::MAX, f64::MIN, 0.0],
            &[1e-300, 2e-300],
        ];
        for heights in cases {
            let (figure, table) = given("Кофе 咖啡", heights);
            assert_well_formed(&svg(&figure, &table, &Look::page(&fonts)).expect("draws"));
            assert!(png(&figure, &table, &Look::page(&fonts)).expect("draws").starts_with(b"\x89PNG"), "{heights:?}");
        }
    }

    #[test]
    fn very_long_names_are_drawn() {
        let fonts = Fonts::bundled();
        for name in ["W".repeat(10_000), "слово ".repeat(500), "口碑".repeat(1_000), String::new()] {
            let (figure, table) = given(&name, &[1.0, 2.0]);
            assert_well_formed(&svg(&figure, &table, &Look::page(&fonts)).expect("draws"));
            png(&figure, &table, &Look::page(&fonts)).expect("draws");
        }
    }

    #[test]
    fn the_same_figure_gives_the_same_bytes() {
        let (figure, table) = given("Reach", &(0..366).map(|d| f64::from(d * d)).collect::<Vec<_>>());
        let draw = || {
            let fonts = Fonts::bundled();
            (
                svg(&figure, &table, &Look::page(&fonts)).expect("draws"),
                png(&figure, &table, &Look::page(&fonts)).expect("draws"),
            )
        };
        assert!(draw() == draw());
    }

    #[test]
    fn a_missing_column_is_named() {
        let (mut figure, table) = given("Reach", &[1.0, 2.0]);
        figure.x.column = "week".into();
        let error = svg(&figure, &table, &Look::page(&Fonts::bundled())).expect_err("no such column");
        assert_eq!(error.to_string(), "figure 'reach' shows column 'week', which its table does not have");
    }

    #[test]
    fn an_svg_says_what_it_shows() {
        let (figure, table) = given("Most are reached by summer", &[0.0, 10.0, 1_234.0]);
        let svg = svg(&figure, &table, &Look::page(&Fonts::bundled())).expect("draws");
        assert!(svg.contains("role=\"img\"") && svg.contains("<title>Most are reached by summer</title>"));
        assert!(svg.contains("People reached ends at &lt;&amp;&quot;1,234."));
    }
}
