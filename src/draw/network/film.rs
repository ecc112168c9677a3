//! A laid out network written as SVG, still or as a film.

use super::super::plot::escape;
use super::super::scene::{Anchor, Shape};
use super::super::theme::{self, Rgb};
use super::{Picture, ScaleOfDays};

/// How long a customer takes to appear [seconds].
const APPEARING: f64 = 0.4;

/// The picture as an SVG document; with `seconds`, its days pass in that time.
///
/// What is shown without the style sheet is the last day. The sheet makes customers transparent before their turn, so a
/// viewer that plays no films shows all of them.
pub fn write(picture: &Picture, seconds: Option<f64>) -> String {
    let scene = &picture.scene;
    let mut body = String::new();
    let mut open: Option<Group> = None;
    for (place, shape) in scene.shapes.iter().enumerate() {
        let group = Group::of(shape, picture.days.get(&place).copied().filter(|_| seconds.is_some()));
        if open != group {
            body.push_str(if open.is_some() { "</g>\n" } else { "" });
            if let Some(group) = &group {
                body.push_str(&group.start(picture, seconds));
            }
            open = group;
        }
        body.push_str(&written(shape));
    }
    body.push_str(if open.is_some() { "</g>\n" } else { "" });
    let (style, hand) = seconds.map(|seconds| (style(picture.scale, seconds), hand(picture.scale))).unwrap_or_default();
    let (width, height, paper) = (scene.width, scene.height, rgb(theme::PAPER));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" style=\"max-width:100%;height:auto\" font-family=\"{}\">\n<title>{}</title>\n<desc>{}</desc>\n{style}\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>\n{body}{hand}</svg>\n",
        theme::FONT_STACK,
        escape(&scene.title),
        escape(&scene.description),
    )
}

/// Circles of one colour that appear together.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Group {
    colour: Rgb,
    /// The day on which they do; none if they are there from the start.
    day: Option<u32>,
}

impl Group {
    fn of(shape: &Shape, day: Option<u32>) -> Option<Group> {
        let Shape::Dot { colour, .. } = shape else { return None };
        Some(Group { colour: *colour, day })
    }

    fn start(&self, picture: &Picture, seconds: Option<f64>) -> String {
        let fill = rgb(self.colour);
        let (Some(day), Some(seconds)) = (self.day, seconds) else { return format!("<g fill=\"{fill}\">") };
        let days = picture.days.values();
        let (first, last) = (days.clone().min().copied().unwrap_or(0), days.max().copied().unwrap_or(0));
        let delay = f64::from(day - first) / f64::from((last - first).max(1)) * seconds;
        format!("<g class=\"tellwave-buys\" style=\"animation-delay:{delay:.2}s\" fill=\"{fill}\">")
    }
}

fn style(ScaleOfDays { left, right, .. }: ScaleOfDays, seconds: f64) -> String {
    let way = right - left;
    format!(
        "<style>@keyframes tellwave-buys{{from{{opacity:0}}}}@keyframes tellwave-day{{from{{transform:translateX(-{way:.1}px)}}}}\
         .tellwave-buys{{animation:tellwave-buys {APPEARING}s backwards}}.tellwave-day{{animation:tellwave-day {seconds:.2}s linear}}\
         @media(prefers-reduced-motion:reduce){{.tellwave-buys,.tellwave-day{{animation:none}}}}</style>\n"
    )
}

/// A hand over the scale of colours, which shows what day it is.
fn hand(ScaleOfDays { right, top, .. }: ScaleOfDays) -> String {
    let (y, ink) = (top - 1.0, rgb(theme::INK));
    format!("<path class=\"tellwave-day\" d=\"M{right:.1} {y:.1}l-4.5 -7h9z\" fill=\"{ink}\"/>\n")
}

fn written(shape: &Shape) -> String {
    match shape {
        Shape::Dot { at: (x, y), radius, .. } => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/>"),
        Shape::Text { at: (x, y), anchor, size, colour, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let (ink, text) = (rgb(*colour), escape(text));
            format!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{ink}\">{text}</text>\n"
            )
        }
        Shape::Strokes { paths, colour, width } => {
            let way: String = paths.iter().map(|path| way(path)).collect();
            format!("<path d=\"{way}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width:.2}\"/>\n", rgb(*colour))
        }
        Shape::Fill { edge, colour, cover } => {
            format!("<path d=\"{}z\" fill=\"{}\" fill-opacity=\"{cover}\"/>\n", way(edge), rgb(*colour))
        }
    }
}

fn way(path: &[(f64, f64)]) -> String {
    let step = |(i, (x, y)): (usize, &(f64, f64))| format!("{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
    path.iter().enumerate().map(step).collect()
}

fn rgb((red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
