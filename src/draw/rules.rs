//! Upright lines at single positions, and their labels: above the plot, where nothing is drawn, each beside its line and
//! none upon another.

use super::scene::Anchor;
use super::sketch::{Plot, Sketch, crisp};
use super::theme;

/// An upright line and what stands at its top.
pub struct Upright {
    /// Its place [logical pixels from the left].
    pub x: f64,
    pub label: String,
}

/// A label with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Placed {
    from: f64,
    to: f64,
    /// How many rows of labels are between it and the plot.
    level: usize,
}

/// Lines with the places of their labels.
pub struct Rules {
    lines: Vec<(Upright, Placed)>,
}

impl Rules {
    /// Finds each label its place within `left..=right`.
    pub fn place(sketch: &Sketch, mut lines: Vec<Upright>, left: f64, right: f64) -> Rules {
        let size = sketch.sheet.axis;
        let room = (right - left) * 0.6;
        for line in &mut lines {
            line.label = sketch.lines(&line.label, 1, room, size).pop().unwrap_or_default();
        }
        let wishes: Vec<(f64, f64)> = lines.iter().map(|line| (line.x, sketch.width(&line.label, size))).collect();
        let placed = levels(&wishes, left, right, sketch.gap(5.0));
        Rules { lines: lines.into_iter().zip(placed).collect() }
    }

    /// How much space the labels need above the plot [logical pixels].
    pub fn headroom(&self, sketch: &Sketch) -> f64 {
        let rows = self.lines.iter().filter(|(line, _)| !line.label.is_empty()).map(|(_, placed)| placed.level + 1);
        rows.max().unwrap_or(0) as f64 * row_height(sketch)
    }

    /// Draws the lines; the labels come last, on paper of their own.
    pub fn draw(self, sketch: &mut Sketch, plot: &Plot) {
        let (size, height) = (sketch.sheet.axis, row_height(sketch));
        for (line, placed) in &self.lines {
            let x = crisp(line.x);
            let rows = if line.label.is_empty() { 0.0 } else { placed.level as f64 + 1.0 };
            sketch.rule(vec![(x, plot.top - rows * height), (x, plot.bottom)], theme::UPRIGHT);
        }
        for (line, placed) in self.lines.into_iter().filter(|(line, _)| !line.label.is_empty()) {
            let bottom = plot.top - placed.level as f64 * height;
            let crossed = placed.from - 1.0..placed.to + 1.0;
            if !crossed.contains(&crisp(line.x)) {
                sketch.block((placed.from - 1.0, bottom - height + 1.0), (placed.to + 1.0, bottom - 2.0), theme::PAPER);
            }
            let baseline = bottom - height * 0.32;
            sketch.text((placed.from, baseline), Anchor::Start, size, theme::MUTED, line.label);
        }
    }
}

fn row_height(sketch: &Sketch) -> f64 {
    sketch.sheet.axis * theme::LEADING
}

/// The place of each label, of which `(x, width)` are wished for: to the right of its line if it fits there, else to the
/// left, on the lowest level on which it neither covers another nor stands in the way of a line.
fn levels(wishes: &[(f64, f64)], left: f64, right: f64, gap: f64) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[b].0.total_cmp(&wishes[a].0));
    let mut placed: Vec<(usize, Placed)> = Vec::new();
    for i in order {
        let (x, width) = wishes[i];
        let from = if x + gap + width <= right { x + gap } else { (x - gap - width).max(left) };
        let to = from + width;
        let meets = |other: &Placed| from < other.to + gap && other.from < to + gap;
        let is_free = |level: usize| {
            placed.iter().all(|(j, other)| {
                let covers = level == other.level && meets(other);
                let is_crossed = other.level >= level && (from - 1.0..=to + 1.0).contains(&wishes[*j].0);
                let crosses = other.level <= level && (other.from - 1.0..=other.to + 1.0).contains(&x);
                !(covers || is_crossed || crosses)
            })
        };
        // Lines that must cross are better than labels upon each other.
        let above_all = || placed.iter().filter(|(_, other)| meets(other)).map(|(_, other)| other.level + 1).max();
        let level = (0..=placed.len()).find(|&level| is_free(level)).or_else(above_all).unwrap_or(0);
        placed.push((i, Placed { from, to, level }));
    }
    placed.sort_by_key(|(i, _)| *i);
    placed.into_iter().map(|(_, placed)| placed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_to_the_right_of_its_line_unless_the_plot_ends_there() {
        let placed = levels(&[(10.0, 30.0), (90.0, 30.0)], 0.0, 100.0, 5.0);
        assert_eq!(placed[0], Placed { from: 15.0, to: 45.0, level: 0 });
        assert_eq!(placed[1], Placed { from: 55.0, to: 85.0, level: 0 });
    }

    #[test]
    fn a_label_that_would_reach_the_next_line_stands_higher() {
        let placed = levels(&[(10.0, 30.0), (20.0, 30.0), (30.0, 30.0)], 0.0, 100.0, 5.0);
        assert_eq!(placed.iter().map(|p| p.level).collect::<Vec<_>>(), [2, 1, 0]);
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_plot() {
        let mut state = 7u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as f64
        };
        for _ in 0..2_000 {
            let count = 1 + next(7) as usize;
            let wishes: Vec<(f64, f64)> = (0..count).map(|_| (next(301), 5.0 + next(170))).collect();
            let placed = levels(&wishes, 0.0, 300.0, 5.0);
            for (i, a) in placed.iter().enumerate() {
                assert!(a.from >= 0.0 && a.to <= 300.0, "{wishes:?}: {placed:?}");
                let is_apart = |b: &Placed| a.level != b.level || a.to <= b.from || b.to <= a.from;
                assert!(placed[..i].iter().all(is_apart), "{wishes:?}: {placed:?}");
            }
        }
    }
}
