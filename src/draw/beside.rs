//! Names beside dots: each as near to its own as others allow, none upon another or upon a dot. One without such a place is
//! left out, and as names find their places in turn, the first ones are there.

use super::path::Place;

/// A rectangle [logical pixels].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// A name that looks for its place.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The dot that it names.
    pub dot: Dot,
    /// Widths and heights of the ways in which it may be written, the best first.
    pub ways: Vec<(f64, f64)>,
}

/// A dot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    pub at: Place,
    pub radius: f64,
}

/// Where a name is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// In which of its ways it is written.
    pub way: usize,
    pub area: Area,
    /// Where its dot is.
    pub dot: Place,
    /// What leads to it, if it is not beside its dot.
    pub leader: Option<[Place; 2]>,
}

/// Directions from a dot, the best first: to the right, to the left, above, below, and between these.
const WAYS_OUT: [(f64, f64); 16] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -1.0),
    (1.0, 1.0),
    (-1.0, -1.0),
    (-1.0, 1.0),
    (1.0, -0.4),
    (1.0, 0.4),
    (-1.0, -0.4),
    (-1.0, 0.4),
    (0.4, -1.0),
    (0.4, 1.0),
    (-0.4, -1.0),
    (-0.4, 1.0),
];
/// How far from its dot a name may be, in gaps.
const DISTANCES: [f64; 4] = [1.0, 3.0, 6.0, 10.0];
/// Space around a name [logical pixels].
const MARGIN: f64 = 2.0;

/// Finds each name its place within an area, or none. It lies upon no line, but what leads to it may cross lines.
pub fn beside(wanted: &[Wanted], dots: &[Dot], lines: &[[Place; 2]], within: Area, gap: f64) -> Vec<Option<Found>> {
    let mut found: Vec<Option<Found>> = Vec::new();
    for name in wanted {
        let is_free = |new: &Found| {
            let own = new.leader.is_some().then_some(name.dot);
            let others = || found.iter().flatten();
            within.holds(&new.area)
                && !lines.iter().any(|line| new.area.is_crossed(*line))
                && others().all(|other| !other.area.meets(&new.area))
                && others().all(|other| other.leader.is_none_or(|line| !new.area.is_crossed(line)))
                && others().all(|other| new.leader.is_none_or(|line| !other.area.is_crossed(line)))
                && others().all(|other| !other.leader.zip(new.leader).is_some_and(|(one, two)| do_cross(one, two)))
                && dots.iter().all(|dot| !new.area.touches(dot))
                && dots
                    .iter()
                    .filter(|dot| Some(**dot) != own)
                    .all(|dot| new.leader.is_none_or(|line| !Area::around(dot).is_crossed(line)))
        };
        let cost = |step: usize, new: &Found| {
            let crossed = |leader| lines.iter().filter(|&&line| do_cross(leader, line)).count();
            step as f64 + 0.5 * new.leader.map_or(0, crossed) as f64 + 0.5 * new.way as f64
        };
        let places = DISTANCES.iter().enumerate().flat_map(|(step, distance)| {
            let ways = name.ways.iter().enumerate();
            ways.flat_map(move |(way, &size)| {
                WAYS_OUT.iter().map(move |&out| (step, at(name.dot, way, size, out, gap * distance, step > 0)))
            })
        });
        let free = places.filter(|(_, new)| is_free(new));
        let best = free.map(|(step, new)| (cost(step, &new), new)).min_by(|a, b| a.0.total_cmp(&b.0));
        found.push(best.map(|(_, new)| new));
    }
    found
}

/// A name so far from its dot in a direction.
fn at(dot: Dot, way: usize, (width, height): (f64, f64), (x, y): (f64, f64), gap: f64, is_led: bool) -> Found {
    let reach = (dot.radius + gap) / libm::hypot(x, y);
    let near = (dot.at.0 + x * reach, dot.at.1 + y * reach);
    let left = near.0 + (x - 1.0) / 2.0 * width;
    let top = near.1 + (y - 1.0) / 2.0 * height;
    let area = Area { left, top, right: left + width, bottom: top + height };
    Found { way, area, dot: dot.at, leader: is_led.then_some([dot.at, near]) }
}

impl Area {
    fn around(dot: &Dot) -> Area {
        let Dot { at: (x, y), radius } = *dot;
        Area { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }

    fn holds(&self, other: &Area) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    /// Whether a dot is nearer than the margin.
    fn touches(&self, dot: &Dot) -> bool {
        let (x, y) = dot.at;
        let (dx, dy) = (x - x.clamp(self.left, self.right), y - y.clamp(self.top, self.bottom));
        libm::hypot(dx, dy) < dot.radius + MARGIN
    }

    /// Whether two are nearer to each other than the margin.
    fn meets(&self, other: &Area) -> bool {
        self.left < other.right + MARGIN
            && other.left < self.right + MARGIN
            && self.top < other.bottom + MARGIN
            && other.top < self.bottom + MARGIN
    }

    /// Whether a line runs through it, by Liang and Barsky (1984).
    fn is_crossed(&self, [from, to]: [Place; 2]) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let edges = [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ];
        let (mut enters, mut leaves) = (0.0f64, 1.0f64);
        for (towards, distance) in edges {
            if towards == 0.0 && distance < 0.0 {
                return false;
            }
            if towards < 0.0 {
                enters = enters.max(distance / towards);
            } else if towards > 0.0 {
                leaves = leaves.min(distance / towards);
            }
        }
        enters < leaves
    }
}

/// Whether two lines cross: the ends of each are on different sides of the other.
fn do_cross(one: [Place; 2], other: [Place; 2]) -> bool {
    let side = |[a, b]: [Place; 2], p: Place| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
    let apart = |line, [a, b]: [Place; 2]| side(line, a) * side(line, b) < 0.0;
    apart(one, other) && apart(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Area = Area { left: 0.0, top: 0.0, right: 300.0, bottom: 200.0 };

    fn dot(x: f64, y: f64) -> Dot {
        Dot { at: (x, y), radius: 3.0 }
    }

    fn placed(dots: &[Dot], lines: &[[Place; 2]]) -> Vec<Option<Found>> {
        let wanted: Vec<Wanted> = dots.iter().map(|&dot| Wanted { dot, ways: vec![(60.0, 14.0)] }).collect();
        beside(&wanted, dots, lines, PAPER, 5.0)
    }

    #[test]
    fn a_name_stands_to_the_right_of_its_dot_unless_something_is_there() {
        let area = |found: Vec<Option<Found>>| found[0].expect("has room").area;
        assert_eq!(area(placed(&[dot(50.0, 50.0)], &[])), Area { left: 58.0, top: 43.0, right: 118.0, bottom: 57.0 });
        assert!(area(placed(&[dot(280.0, 50.0)], &[])).right < 280.0, "the paper ends");
        assert!(area(placed(&[dot(80.0, 50.0), dot(100.0, 50.0)], &[])).right < 80.0, "a dot");
        assert!(area(placed(&[dot(80.0, 50.0)], &[[(80.0, 50.0), (200.0, 50.0)]])).right < 80.0, "a line");
    }

    #[test]
    fn lines_are_crossed_by_slope_not_by_their_boxes() {
        let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(area.is_crossed([(0.0, 0.0), (30.0, 30.0)]) && area.is_crossed([(15.0, 15.0), (16.0, 15.0)]));
        assert!(!area.is_crossed([(0.0, 15.0), (15.0, 30.0)]) && !area.is_crossed([(0.0, 5.0), (30.0, 5.0)]));
    }

    #[test]
    fn names_meet_neither_each_other_nor_dots_and_one_alone_is_there() {
        let mut state = 11u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as f64
        };
        for _ in 0..200 {
            let count = 1 + next(30) as usize;
            let dots: Vec<Dot> = (0..count).map(|_| dot(next(301), next(201))).collect();
            let found = placed(&dots, &[]);
            let areas: Vec<Area> = found.iter().flatten().map(|found| found.area).collect();
            for (i, area) in areas.iter().enumerate() {
                assert!(PAPER.holds(area) && areas[..i].iter().all(|other| !other.meets(area)));
                assert!(dots.iter().all(|dot| !area.touches(dot)));
            }
            assert!(count > 1 || found[0].is_some());
        }
    }
}
