//! A network of people as a picture: who has a tie with whom, and when each became a customer.
//!
//! As an SVG it may be a film, in which customers appear day by day. It is a film by a style sheet alone: nothing runs in
//! the page, a reader who asked for less motion sees the last day, and so does everything that knows no films.

mod film;
mod layout;
mod pivots;
mod quadtree;

use std::collections::BTreeMap;

use super::DrawError;
use super::look::{Look, Sheet};
use super::path::Place;
use super::plot;
use super::ramp::between;
use super::scene::{Anchor, Scene, Shape};
use super::sketch::Sketch;
use super::text::clean;
use super::theme::{self, Rgb};

/// The largest network that can be drawn \[people\]: of a larger one nothing could be seen, and nobody would wait for it.
pub const NETWORK_MOST: usize = 5_000;

/// A network and what is written beside it.
#[derive(Debug, Clone, Copy)]
pub struct Network<'a> {
    /// What the picture says, as a headline.
    pub title: &'a str,
    /// Below the picture.
    pub caption: &'a str,
    /// When each person bought first [days since the start]; none if she did not. People are numbered by their place here.
    pub when: &'a [Option<u32>],
    /// Who has a tie with whom. Ties with oneself or with a number that nobody has are not drawn.
    pub ties: &'a [(u32, u32)],
    /// The first customers, who are ringed.
    pub first: &'a [u32],
    /// The words of the legend.
    pub legend: NetworkLegend<'a>,
}

/// What a network's legend says. What is empty is left out.
#[derive(Debug, Clone, Copy, Default)]
pub struct NetworkLegend<'a> {
    /// At the beginning of the scale of colours ("Bought on day 0").
    pub earliest: &'a str,
    /// At its end ("day 180").
    pub latest: &'a str,
    /// Of people who did not buy ("not a customer").
    pub never: &'a str,
    /// Of the first customers ("first customer").
    pub first: &'a str,
}

/// Colours from the first day to the last: viridis without its yellow end, which would be lost on paper. They rise in
/// luminance, so they keep their order in grey print and for readers of every eyesight.
const SCALE: [Rgb; 5] = [(68, 1, 84), (62, 74, 137), (38, 130, 142), (53, 183, 121), (160, 218, 57)];
/// People who did not buy.
const NEVER: Rgb = (190, 190, 190);
/// Width of the scale of colours [logical pixels on a page].
const SCALE_WIDTH: f64 = 150.0;
/// How much wider or lower a network may be made to fill its place.
const STRETCH: f64 = 1.35;

/// A laid out network.
struct Picture {
    scene: Scene,
    /// Which shape appears on which day; all others are there from the start.
    days: BTreeMap<usize, u32>,
    scale: ScaleOfDays,
}

/// Where the scale of colours is [logical pixels].
#[derive(Debug, Clone, Copy)]
struct ScaleOfDays {
    left: f64,
    right: f64,
    top: f64,
}

/// The network as an SVG document; with `seconds`, a number above zero, as a film that takes so long.
pub fn network_svg(network: &Network, look: &Look, seconds: Option<f64>) -> Result<String, DrawError> {
    let seconds = seconds.filter(|seconds| seconds.is_finite() && *seconds > 0.0);
    let picture = compose(network, look, seconds.is_some())?;
    Ok(film::write(&picture, seconds))
}

/// The network as a PNG.
pub fn network_png(network: &Network, look: &Look) -> Result<Vec<u8>, DrawError> {
    let picture = compose(network, look, false)?;
    let refused = |reason| DrawError::Canvas { figure: clean(network.title), reason };
    plot::bitmap(&picture.scene, look).map_err(refused)
}

fn compose(network: &Network, look: &Look, is_film: bool) -> Result<Picture, DrawError> {
    let people = network.when.len();
    if people > NETWORK_MOST {
        return Err(DrawError::TooManyPeople { people });
    }
    let mut sketch = Sketch::new(look);
    let Sheet { padding, height, caption, caption_lines, .. } = sketch.sheet;
    let top = sketch.headline(network.title);
    let (top, scale) = put_legend(&mut sketch, &network.legend, top);
    let lines = sketch.lines(&clean(network.caption), caption_lines, sketch.sheet.inner(), caption);
    let below = sketch.gap(16.0) + lines.len() as f64 * caption * theme::LEADING + padding * 0.6;
    let frame = (sketch.sheet.inner(), height.map_or(sketch.sheet.inner() * 0.75, |height| height - below - top));
    let radius = ((frame.0 * frame.1 / people.max(1) as f64).sqrt() * 0.24).clamp(2.0, sketch.gap(7.0));

    let ties: Vec<(u32, u32)> =
        network.ties.iter().copied().filter(|&(a, b)| a != b && (a.max(b) as usize) < people).collect();
    let mut places = fit(layout::lay_out(people, &ties), frame, radius * 2.0);
    // Moved apart they need more room, and brought back into the frame they are nearer again.
    for _ in 0..3 {
        layout::separate(&mut places, radius * 2.1);
        places = fit(places, frame, radius * 2.0);
    }
    let places: Vec<Place> =
        places.into_iter().map(|(x, y)| (padding + x + 2.0 * radius, top + y + 2.0 * radius)).collect();

    put_ties(&mut sketch, &ties, &places);
    let days = put_people(&mut sketch, network, &places, radius, is_film);
    let end = sketch.paragraph(lines, padding, top + frame.1 + sketch.gap(16.0), caption, theme::MUTED);
    Ok(Picture { scene: sketch.finish(end, network.title, clean(network.caption)), days, scale })
}

/// Brings places into a frame, with `margin` around them: turned if it is the other way round, stretched a little.
fn fit(places: Vec<layout::Vector>, (width, height): (f64, f64), margin: f64) -> Vec<layout::Vector> {
    let (width, height) = (width - 2.0 * margin, height - 2.0 * margin);
    let bound = |places: &[layout::Vector], of: fn(&layout::Vector) -> f64| {
        places.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)))
    };
    let bounds = |places: &[layout::Vector]| (bound(places, |p| p.0), bound(places, |p| p.1));
    let ((left, right), (top, bottom)) = bounds(&places);
    let is_across = (right - left > bottom - top) != (width > height);
    let places: Vec<_> = if is_across { places.into_iter().map(|(x, y)| (y, x)).collect() } else { places };
    let ((left, right), (top, bottom)) = bounds(&places);
    let scale = |from: f64, to: f64, room: f64| if to - from > 1e-9 { room / (to - from) } else { f64::INFINITY };
    let (x, y) = (scale(left, right, width), scale(top, bottom, height));
    let (x, y) = (x.min(y * STRETCH), y.min(x * STRETCH));
    let set = |v: f64, (from, to): (f64, f64), scale: f64, room: f64| {
        let middle = (from + to) / 2.0;
        if scale.is_finite() { room / 2.0 + (v - middle) * scale } else { room / 2.0 }
    };
    places.into_iter().map(|at| (set(at.0, (left, right), x, width), set(at.1, (top, bottom), y, height))).collect()
}

/// Draws the scale of colours and what the other marks mean; says where the network may begin, and where the scale is.
fn put_legend(sketch: &mut Sketch, legend: &NetworkLegend, top: f64) -> (f64, ScaleOfDays) {
    let Sheet { padding, label: size, width, .. } = sketch.sheet;
    let (gap, height, radius) = (sketch.gap(8.0), size * 0.7, size * 0.33);
    let mut baseline = top + size;
    let mut x = padding;
    let word = |sketch: &mut Sketch, x: f64, baseline: f64, text: String| {
        let end = x + sketch.width(&text, size);
        sketch.text((x, baseline), Anchor::Start, size, theme::INK, text);
        end
    };
    let fitted =
        |sketch: &Sketch, text: &str, room: f64| sketch.lines(&clean(text), 1, room, size).pop().unwrap_or_default();

    let room = (sketch.sheet.inner() - sketch.gap(SCALE_WIDTH) - 2.0 * gap) / 2.0;
    let earliest = fitted(sketch, legend.earliest, room);
    if !earliest.is_empty() {
        x = word(sketch, x, baseline, earliest) + gap;
    }
    // On whole pixels, as the steps lie upon each other and their edges would add up.
    let (left, right) = (x.round(), (x + sketch.gap(SCALE_WIDTH)).round());
    let (bar_top, bar_bottom) = ((baseline - height).round(), baseline.round());
    let steps = 64;
    for step in 0..steps {
        let share = f64::from(step) / f64::from(steps);
        let from = left + (right - left) * share;
        sketch.block((from, bar_top), (right, bar_bottom), colour_at(share + 0.5 / f64::from(steps)));
    }
    let scale = ScaleOfDays { left, right, top: bar_top };
    x = right + gap;
    let latest = fitted(sketch, legend.latest, room);
    if !latest.is_empty() {
        x = word(sketch, x, baseline, latest) + gap;
    }
    for (text, is_ringed) in [(legend.never, false), (legend.first, true)] {
        let text = fitted(sketch, text, sketch.sheet.inner() - 4.0 * radius - gap);
        if text.is_empty() {
            continue;
        }
        x += sketch.gap(14.0);
        if x + 4.0 * radius + gap + sketch.width(&text, size) > width - padding {
            (x, baseline) = (padding, baseline + size * theme::LEADING * 1.1);
        }
        let at = (x + 1.5 * radius, baseline - height / 2.0);
        if is_ringed {
            ring(sketch, at, radius);
        }
        let colour = if is_ringed { SCALE[0] } else { NEVER };
        sketch.shapes.push(Shape::Dot { at, radius, colour });
        x = word(sketch, x + 3.0 * radius + gap, baseline, text) + gap;
    }
    (baseline + sketch.gap(14.0), scale)
}

fn ring(sketch: &mut Sketch, at: Place, radius: f64) {
    let wide = (radius * 0.45).max(1.4);
    sketch.shapes.push(Shape::Dot { at, radius: radius + 1.6 * wide, colour: theme::INK });
    sketch.shapes.push(Shape::Dot { at, radius: radius + 0.9 * wide, colour: theme::PAPER });
}

/// All ties with one pen, the lighter the more there are.
fn put_ties(sketch: &mut Sketch, ties: &[(u32, u32)], places: &[Place]) {
    let paths = ties.iter().map(|&(a, b)| vec![places[a as usize], places[b as usize]]).collect();
    let crowd = (ties.len() as f64 / 8_000.0).min(1.0);
    let light = (208.0 + 24.0 * crowd) as u8;
    let width = 0.9 - 0.4 * crowd;
    sketch.shapes.push(Shape::Strokes { paths, colour: (light, light, light), width });
}

/// Draws everybody, the first customers upon all others; says which shapes appear on which day.
fn put_people(
    sketch: &mut Sketch,
    network: &Network,
    places: &[Place],
    radius: f64,
    is_film: bool,
) -> BTreeMap<usize, u32> {
    let grey = network.when.iter().zip(places).filter(|(when, _)| when.is_none() || is_film);
    sketch.shapes.extend(grey.map(|(_, &at)| Shape::Dot { at, radius, colour: NEVER }));
    let is_first = |person: usize| network.first.iter().any(|&first| first as usize == person);
    // The late ones below the early ones, of whom there are fewer.
    let bought = network.when.iter().enumerate().filter_map(|(person, when)| Some(((*when)?, person)));
    let (mut first, mut others): (Vec<_>, Vec<_>) = bought.partition(|&(_, person)| is_first(person));
    others.sort_unstable_by(|a, b| b.cmp(a));
    first.sort_unstable_by(|a, b| b.cmp(a));
    let days = network.when.iter().flatten();
    let (from, to) = (days.clone().min().copied().unwrap_or(0), days.max().copied().unwrap_or(0));
    let mut days = BTreeMap::new();
    let mut put = |sketch: &mut Sketch, (day, person): (u32, usize)| {
        days.insert(sketch.shapes.len(), day);
        let colour = colour_at(f64::from(day - from) / f64::from((to - from).max(1)));
        sketch.shapes.push(Shape::Dot { at: places[person], radius, colour });
    };
    others.into_iter().for_each(|customer| put(sketch, customer));
    for &person in network.first {
        if let Some(&at) = places.get(person as usize) {
            ring(sketch, at, radius);
            sketch.shapes.push(Shape::Dot { at, radius, colour: NEVER });
        }
    }
    first.into_iter().for_each(|customer| put(sketch, customer));
    days
}

/// The colour of a share of the way from the first day to the last.
fn colour_at(share: f64) -> Rgb {
    between(&SCALE, share)
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::super::look::Size;
    use super::super::palette::luminance;
    use super::*;

    const LEGEND: NetworkLegend = NetworkLegend {
        earliest: "Bought on day 0",
        latest: "day 30",
        never: "not a customer",
        first: "first customer",
    };

    /// A ring of people, of whom every second buys, one a day.
    fn ring_of(people: u32) -> (Vec<Option<u32>>, Vec<(u32, u32)>) {
        let when = (0..people).map(|i| (i % 2 == 0).then_some(i / 2)).collect();
        (when, (0..people).map(|i| (i, (i + 1) % people)).collect())
    }

    fn network<'a>(when: &'a [Option<u32>], ties: &'a [(u32, u32)]) -> Network<'a> {
        Network { title: "A <ring>", caption: "Run 0 & seed 7", when, ties, first: &[0], legend: LEGEND }
    }

    #[test]
    fn everybody_is_drawn_once_and_the_first_are_ringed() {
        let (when, ties) = ring_of(60);
        let fonts = Fonts::bundled();
        let svg = network_svg(&network(&when, &ties), &Look::page(&fonts), None).expect("is drawn");
        // People, a ring of two discs with grey in it, and in the legend one disc and one ringed.
        assert_eq!(svg.matches("<circle").count(), 60 + 3 + 1 + 3);
        assert!(!svg.contains("<style") && !svg.contains("<script"));
        assert!(svg.contains("<title>A &lt;ring&gt;</title>") && svg.contains("Run 0 &amp; seed 7"));
    }

    #[test]
    fn a_film_shows_every_day_in_its_turn() {
        let (when, ties) = ring_of(60);
        let fonts = Fonts::bundled();
        let svg = network_svg(&network(&when, &ties), &Look::page(&fonts), Some(29.0)).expect("is drawn");
        let delay = |day: u32| format!("style=\"animation-delay:{day}.00s\"");
        assert!((0..30).all(|day| svg.matches(&delay(day)).count() == 1), "{svg}");
        assert!(!svg.contains(&delay(30)) && svg.contains("prefers-reduced-motion") && !svg.contains("<script"));
        // Customers stand upon the grey that they are before they buy.
        assert_eq!(svg.matches("<circle").count(), 60 + 30 + 3 + 1 + 3);
    }

    #[test]
    fn every_person_is_within_the_picture_on_every_sheet() {
        let fonts = Fonts::bundled();
        let lonely: (Vec<Option<u32>>, Vec<(u32, u32)>) = (vec![None; 200], vec![]);
        let star = (vec![Some(5); 150], (1..150).map(|b| (0, b)).collect());
        let odd = (vec![Some(1), None], vec![(0, 0), (0, 9), (1, 0)]);
        for (when, ties) in [ring_of(60), ring_of(1), ring_of(2), (vec![], vec![]), lonely, star, odd] {
            for size in Size::ALL {
                let look = Look { size, ..Look::page(&fonts) };
                let picture = compose(&network(&when, &ties), &look, true).expect("is laid out");
                let Scene { width, height, .. } = picture.scene;
                for shape in &picture.scene.shapes {
                    if let Shape::Dot { at: (x, y), radius, .. } = shape {
                        assert!(x - radius >= 0.0 && x + radius <= width, "{x} on {size:?}");
                        assert!(y - radius >= 0.0 && y + radius <= height, "{y} on {size:?}");
                    }
                }
                let faults = super::super::fit::faults(&picture.scene, &fonts);
                assert!(faults.is_empty(), "{} people on {size:?}:\n{}", when.len(), faults.join("\n"));
            }
        }
    }

    #[test]
    fn later_days_are_lighter_and_nobody_takes_a_customer_for_none() {
        let shades: Vec<Rgb> = (0..=20).map(|i| colour_at(f64::from(i) / 20.0)).collect();
        assert!(shades.windows(2).all(|pair| luminance(pair[0]) < luminance(pair[1])), "{shades:?}");
        let colourful = |(r, g, b): Rgb| r.max(g).max(b) - r.min(g).min(b);
        assert!(shades.iter().all(|&shade| colourful(shade) > 60) && colourful(NEVER) == 0);
    }

    #[test]
    fn what_would_only_be_a_tangle_is_refused() {
        let when = vec![None; NETWORK_MOST + 1];
        let fonts = Fonts::bundled();
        let refused = network_svg(&network(&when, &[]), &Look::page(&fonts), None).expect_err("too many");
        assert!(refused.to_string().contains("5001 people"), "{refused}");
    }
}
