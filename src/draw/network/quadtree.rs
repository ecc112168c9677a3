//! A square cut into quarters until each holds one body: what repels from afar, taken together.

use super::layout::Vector;

/// Somebody who repels.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    pub at: Vector,
    pub weight: f64,
}

/// A square is taken as one body if it is at least so many times as far away as it is wide.
const FAR: f64 = 1.2;
/// Beyond so many cuts, bodies are as good as in one place.
const DEEPEST: u32 = 24;

/// A square with what is in it.
struct Square {
    width: f64,
    /// Middle of the weights.
    at: Vector,
    weight: f64,
    /// The quarters in `squares`; none if the bodies are taken one by one.
    quarters: Vec<usize>,
    /// The bodies from here to there in `bodies`.
    bodies: (usize, usize),
}

/// Bodies sorted into squares.
pub struct Tree {
    bodies: Vec<Body>,
    squares: Vec<Square>,
}

impl Tree {
    pub fn of(mut bodies: Vec<Body>) -> Tree {
        let bound = |of: fn(&Body) -> f64| {
            let range =
                bodies.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            if range.0 <= range.1 { range } else { (0.0, 0.0) }
        };
        let (x, y) = (bound(|body| body.at.0), bound(|body| body.at.1));
        let width = (x.1 - x.0).max(y.1 - y.0).max(1e-9);
        let mut squares = Vec::new();
        let all = bodies.len();
        cut(&mut squares, &mut bodies, (0, all), (x.0, y.0), width, 0);
        Tree { bodies, squares }
    }

    /// The sum over all bodies, but for one in the place itself, of weight over distance, away from each.
    pub fn repulsion(&self, from: Vector) -> Vector {
        let mut sum = (0.0, 0.0);
        let mut open = vec![0];
        while let Some(square) = open.pop() {
            let square = &self.squares[square];
            let (x, y) = (from.0 - square.at.0, from.1 - square.at.1);
            if x * x + y * y > square.width * square.width * FAR * FAR {
                push(&mut sum, (x, y), square.weight);
            } else if square.quarters.is_empty() {
                for body in &self.bodies[square.bodies.0..square.bodies.1] {
                    push(&mut sum, (from.0 - body.at.0, from.1 - body.at.1), body.weight);
                }
            } else {
                open.extend(&square.quarters);
            }
        }
        sum
    }
}

fn push(sum: &mut Vector, (x, y): Vector, weight: f64) {
    let squared = x * x + y * y;
    if squared > 1e-12 {
        sum.0 += weight * x / squared;
        sum.1 += weight * y / squared;
    }
}

/// Sorts bodies into the quarters of a square, and so on; says where the square is in `squares`.
fn cut(
    squares: &mut Vec<Square>,
    bodies: &mut [Body],
    (start, end): (usize, usize),
    corner: Vector,
    width: f64,
    depth: u32,
) -> usize {
    let held = &mut bodies[start..end];
    let weight: f64 = held.iter().map(|body| body.weight).sum();
    let moment = held.iter().fold((0.0, 0.0), |(x, y), b| (x + b.at.0 * b.weight, y + b.at.1 * b.weight));
    let at = if weight > 0.0 { (moment.0 / weight, moment.1 / weight) } else { corner };
    let own = squares.len();
    squares.push(Square { width, at, weight, quarters: vec![], bodies: (start, end) });
    if held.len() <= 4 || depth == DEEPEST {
        return own;
    }
    let half = width / 2.0;
    let middle = (corner.0 + half, corner.1 + half);
    let quarter = |body: &Body| usize::from(body.at.0 >= middle.0) + 2 * usize::from(body.at.1 >= middle.1);
    held.sort_by_key(quarter);
    let ends = [0, 1, 2, 3].map(|q| start + held.partition_point(|body| quarter(body) <= q));
    let mut from = start;
    let mut quarters = Vec::new();
    for (q, to) in ends.into_iter().enumerate() {
        if from < to {
            let corner = (corner.0 + half * (q % 2) as f64, corner.1 + half * (q / 2) as f64);
            quarters.push(cut(squares, bodies, (from, to), corner, half, depth + 1));
        }
        from = to;
    }
    squares[own].quarters = quarters;
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(count: u64) -> Vec<Body> {
        let place = |i: u64| {
            let mixed = (i + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            ((mixed >> 40) as f64 / 1e5, (mixed << 24 >> 40) as f64 / 1e5)
        };
        (0..count).map(|i| Body { at: place(i), weight: 1.0 + (i % 3) as f64 }).collect()
    }

    #[test]
    fn bodies_taken_together_repel_nearly_as_one_by_one() {
        let all = bodies(500);
        let tree = Tree::of(all.clone());
        let (mut off, mut whole) = (0.0, 0.0);
        for body in &all {
            let mut exact = (0.0, 0.0);
            all.iter()
                .for_each(|other| push(&mut exact, (body.at.0 - other.at.0, body.at.1 - other.at.1), other.weight));
            let near = tree.repulsion(body.at);
            off += (near.0 - exact.0).powi(2) + (near.1 - exact.1).powi(2);
            whole += exact.0.powi(2) + exact.1.powi(2);
        }
        assert!(off < whole * 0.01, "{off} of {whole}");
        assert!(off > 0.0, "some are taken together");
    }

    #[test]
    fn bodies_in_one_place_are_held() {
        let tree = Tree::of(vec![Body { at: (1.0, 1.0), weight: 1.0 }; 50]);
        assert_eq!(tree.repulsion((1.0, 1.0)), (0.0, 0.0));
        assert!((tree.repulsion((3.0, 1.0)).0 - 25.0).abs() < 1e-9);
        assert_eq!(Tree::of(vec![]).repulsion((0.0, 0.0)), (0.0, 0.0));
    }
}
