//! Paths: where numbers are unknown they are interrupted, and where a line is broken they are cut into dashes.

/// A place [logical pixels from the upper left corner].
pub type Place = (f64, f64);

pub fn known(place: &Place) -> bool {
    place.0.is_finite() && place.1.is_finite()
}

/// The stretches of known places.
pub fn stretches(places: &[Place]) -> Vec<&[Place]> {
    places.split(|place| !known(place)).filter(|stretch| !stretch.is_empty()).collect()
}

/// The stretches over which both edges of an area are known.
pub fn common_stretches<'a>(lower: &'a [Place], upper: &'a [Place]) -> Vec<(&'a [Place], &'a [Place])> {
    let count = lower.len().min(upper.len());
    let both = |i: usize| known(&lower[i]) && known(&upper[i]);
    let mut found = Vec::new();
    let mut start = 0;
    for end in 0..=count {
        if end == count || !both(end) {
            if start < end {
                found.push((&lower[start..end], &upper[start..end]));
            }
            start = end + 1;
        }
    }
    found
}

/// A path cut into dashes of the given lengths of ink and gap in turn.
pub fn cut(path: &[Place], dashes: &[f64]) -> Vec<Vec<Place>> {
    if dashes.is_empty() {
        return vec![path.to_vec()];
    }
    let mut pieces = Vec::new();
    let mut piece: Vec<Place> = path.first().copied().into_iter().collect();
    let mut turn = 0;
    let mut left = dashes[0];
    for pair in path.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            if length <= left {
                left -= length;
                piece.push(to);
                break;
            }
            let share = left / length;
            from = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
            piece.push(from);
            if turn % 2 == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            piece = vec![from];
            turn += 1;
            left = dashes[turn % dashes.len()];
        }
    }
    if turn % 2 == 0 && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_are_as_long_as_asked_for() {
        let path = [(0.0, 0.0), (10.0, 0.0), (25.0, 0.0)];
        let pieces = cut(&path, &[7.0, 3.0]);
        assert_eq!(pieces[0], [(0.0, 0.0), (7.0, 0.0)]);
        assert_eq!(pieces[1], [(10.0, 0.0), (17.0, 0.0)]);
        assert_eq!(pieces[2], [(20.0, 0.0), (25.0, 0.0)]);
        assert_eq!(cut(&path, &[]), [path.to_vec()]);
        assert_eq!(cut(&[(1.0, 1.0)], &[7.0, 3.0]), Vec::<Vec<Place>>::new());
    }

    #[test]
    fn unknown_numbers_leave_a_gap() {
        let places = [(0.0, 1.0), (1.0, f64::NAN), (2.0, 1.0), (3.0, 2.0)];
        assert_eq!(stretches(&places).iter().map(|s| s.len()).collect::<Vec<_>>(), [1, 2]);
        let other = [(0.0, 0.0), (1.0, 0.0), (2.0, f64::NAN), (3.0, 0.0)];
        let both = common_stretches(&places, &other);
        assert_eq!(both, [(&places[..1], &other[..1]), (&places[3..], &other[3..])]);
    }
}
