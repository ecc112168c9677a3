//! Names under a plot, at equal distances: those of the levels of a factor.
//!
//! They are written level, as every other text. If they have no room beside each other they are broken, and a few then stand
//! on two lines in turn; of many only every second is written, or every third …, as their neighbours say what they are.

use super::scene::Anchor;
use super::sketch::{Plot, Sketch, crisp};
use super::theme;

/// So many names are all written, however long they are.
const FEW: usize = 5;
/// So many may stand on two lines in turn, and each may be broken.
const SOME: usize = 12;
/// Most lines of a name; one less where the sheet has a height.
const LINES: usize = 3;

/// A name with its place.
struct Name {
    /// Its place among all.
    which: usize,
    /// On which of several lines it stands.
    line: usize,
    lines: Vec<String>,
}

/// Names that have been found room for.
pub struct Levels {
    names: Vec<Name>,
    /// Where each line of names begins below the first, and where the last ends [logical pixels].
    tops: Vec<f64>,
}

impl Levels {
    /// Finds names their room; `at` says where the middle of each is [logical pixels from the left].
    pub fn place(sketch: &Sketch, names: &[String], at: impl Fn(usize) -> f64) -> Levels {
        let pitch = if names.len() > 1 { at(1) - at(0) } else { sketch.sheet.inner() };
        let whole = |every, lines| Levels::in_lines(sketch, names, &at, pitch, [every, lines], false);
        let cut = |every, lines| Levels::in_lines(sketch, names, &at, pitch, [every, lines], true);
        let found = match names.len() {
            count if count <= FEW => whole(1, 1).or_else(|| whole(1, 2)).or_else(|| cut(1, 2)),
            count if count <= SOME => {
                (1..=3).find_map(|every| whole(every, 1).or_else(|| whole(every, 2))).or_else(|| cut(1, 2))
            }
            many => (1..=many / 2).find_map(|every| whole(every, 1)),
        };
        found
            .or_else(|| (1..=names.len()).find_map(|every| cut(every, 1)))
            .unwrap_or(Levels { names: vec![], tops: vec![0.0, sketch.sheet.axis] })
    }

    /// Every `every`-th name, on so many lines in turn; nothing if a word would be cut that must not be, or if names would
    /// lie upon each other.
    fn in_lines(
        sketch: &Sketch,
        names: &[String],
        at: &impl Fn(usize) -> f64,
        pitch: f64,
        [every, lines]: [usize; 2],
        may_cut: bool,
    ) -> Option<Levels> {
        let size = sketch.sheet.axis;
        let room = pitch * (every * lines) as f64 - sketch.gap(if lines > 1 { 10.0 } else { 7.0 });
        let room = room.min(sketch.sheet.label_width);
        if room < sketch.gap(18.0) && may_cut {
            return None;
        }
        let most = match sketch.sheet.height {
            _ if names.len() > SOME => 1,
            Some(_) => LINES - 1,
            None => LINES,
        };
        let fits = |name: &String| {
            sketch.room_for_words([name.as_str()], [0.0, f64::INFINITY], size) <= room
                && sketch.lines(name, most + 1, room, size).len() <= most
        };
        let shown = || names.iter().enumerate().step_by(every);
        if !may_cut && !shown().all(|(_, name)| fits(name)) {
            return None;
        }
        let name = |(turn, (which, name)): (usize, (usize, &String))| Name {
            which,
            line: turn % lines,
            lines: sketch.even_lines(name, most, room, size),
        };
        let names: Vec<Name> = shown().enumerate().map(name).collect();
        let spans = |line: usize| {
            let of_line = names.iter().filter(move |name| name.line == line);
            of_line.map(|name| {
                let half = sketch.widest(&name.lines, size) / 2.0;
                let middle = middle(sketch, at(name.which), half);
                (middle - half, middle + half)
            })
        };
        let are_apart = |line: usize| {
            let spans: Vec<(f64, f64)> = spans(line).collect();
            spans.windows(2).all(|pair| pair[0].1 + sketch.gap(5.0) <= pair[1].0)
        };
        if !(0..lines).all(are_apart) {
            return None;
        }
        let height = |line| {
            let of_line = names.iter().filter(|name| name.line == line);
            of_line.map(|name| name.lines.len()).max().unwrap_or(0) as f64 * size * theme::LEADING
        };
        let tops = std::iter::once(0.0).chain((0..lines).scan(0.0, |top, line| {
            *top += height(line);
            Some(*top)
        }));
        let tops = tops.collect();
        Some(Levels { names, tops })
    }

    /// How high they are [logical pixels].
    pub fn height(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Writes them under the plot; from the lower lines something leads up to it.
    pub fn draw(self, sketch: &mut Sketch, plot: &Plot, at: impl Fn(usize) -> f64) {
        let size = sketch.sheet.axis;
        let top = plot.bottom + sketch.gap(8.0);
        for Name { which, line, lines } in self.names {
            let (x, first) = (at(which), top + self.tops[line]);
            let reach = if line == 0 { plot.bottom + sketch.gap(5.0) } else { first };
            let colour = if line == 0 { theme::AXIS } else { theme::LEADER };
            sketch.rule(vec![(crisp(x), plot.bottom), (crisp(x), reach)], colour);
            let middle = middle(sketch, x, sketch.widest(&lines, size) / 2.0);
            for (place, text) in lines.into_iter().enumerate() {
                let at = (middle, first + size + place as f64 * size * theme::LEADING);
                sketch.text(at, Anchor::Middle, size, theme::MUTED, text);
            }
        }
    }
}

/// Where the middle of a name is that would like to be at `x`: there, unless it would leave the canvas.
fn middle(sketch: &Sketch, x: f64, half: f64) -> f64 {
    x.min(sketch.sheet.width - half - 2.0).max(half + 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::fonts::Fonts;
    use super::super::look::Look;
    use super::*;

    /// Which names are written, and on how many lines of names, if each has so many pixels.
    fn placed(names: &[&str], pitch: f64) -> (Vec<usize>, usize) {
        let fonts = Fonts::bundled();
        let look = Look::page(&fonts);
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let levels = Levels::place(&Sketch::new(&look), &names, |which| 100.0 + which as f64 * pitch);
        (levels.names.iter().map(|name| name.which).collect(), levels.tops.len() - 1)
    }

    #[test]
    fn a_few_names_are_all_written_if_need_be_on_two_lines() {
        assert_eq!(placed(&["small world", "random", "ring"], 100.0), (vec![0, 1, 2], 1));
        assert_eq!(placed(&["small world", "random", "ring"], 50.0), (vec![0, 1, 2], 2));
        assert_eq!(placed(&["Donaudampfschifffahrtsgesellschaft"; 3], 60.0), (vec![0, 1, 2], 2));
        assert_eq!(placed(&[], 50.0).0, Vec::<usize>::new());
    }

    #[test]
    fn of_many_names_only_some_are_written() {
        assert_eq!(placed(&["7"; 20], 34.0).0.len(), 20);
        assert_eq!(placed(&["0.25"; 20], 34.0).0, (0..20).step_by(2).collect::<Vec<_>>());
    }
}
