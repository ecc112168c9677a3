//! Labels at the ends of lines: each as near to its line as the others allow, none upon another.

/// A label and where it would like to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Wanted middle [logical pixels from the top].
    pub middle: f64,
    /// Height with the space it needs around it [logical pixels].
    pub height: f64,
}

/// Labels that touch, moved as one.
struct Block {
    members: usize,
    height: f64,
    /// Sum over the members of the top at which each would have its wish.
    tops: f64,
    top: f64,
}

/// Middles of all labels, in the order of the wishes; labels keep the order of their lines and stay within
/// `top..=bottom` if they all fit there.
pub fn spread(wishes: &[Wish], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|&a, &b| wishes[a].middle.total_cmp(&wishes[b].middle));

    // Pool adjacent violators: the least total displacement, squared, that keeps the order.
    let settle = |block: &mut Block| {
        let wanted = block.tops / block.members as f64;
        block.top = wanted.min(bottom - block.height).max(top);
    };
    let mut blocks: Vec<Block> = Vec::new();
    for &i in &order {
        let Wish { middle, height } = wishes[i];
        let mut block = Block { members: 1, height, tops: middle - height / 2.0, top: 0.0 };
        settle(&mut block);
        while let Some(above) = blocks.pop_if(|above| above.top + above.height > block.top) {
            block.tops = above.tops + block.tops - block.members as f64 * above.height;
            block.members += above.members;
            block.height += above.height;
            settle(&mut block);
        }
        blocks.push(block);
    }

    let mut middles = vec![0.0; wishes.len()];
    let mut rest = order.into_iter();
    for block in blocks {
        let mut y = block.top;
        for i in rest.by_ref().take(block.members) {
            middles[i] = y + wishes[i].height / 2.0;
            y += wishes[i].height;
        }
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(middles: &[f64]) -> Vec<Wish> {
        middles.iter().map(|&middle| Wish { middle, height: 10.0 }).collect()
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&at(&[80.0, 20.0, 50.0]), 0.0, 100.0), [80.0, 20.0, 50.0]);
        assert_eq!(spread(&[], 0.0, 100.0), Vec::<f64>::new());
    }

    #[test]
    fn labels_of_equal_lines_share_the_way() {
        assert_eq!(spread(&at(&[50.0, 50.0]), 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&at(&[100.0, 100.0, 100.0]), 0.0, 100.0), [75.0, 85.0, 95.0]);
    }

    #[test]
    fn labels_never_overlap_nor_leave_the_plot() {
        // A small fixed walk over many sets of wishes, crowded ones among them.
        let mut state = 12_345u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % below) as f64
        };
        for _ in 0..2_000 {
            let count = 1 + next(8) as usize;
            let wishes: Vec<Wish> = (0..count).map(|_| Wish { middle: next(300), height: 15.0 + next(20) }).collect();
            let middles = spread(&wishes, 0.0, 300.0);
            let mut spans: Vec<(f64, f64)> =
                wishes.iter().zip(&middles).map(|(w, m)| (m - w.height / 2.0, m + w.height / 2.0)).collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(spans[0].0 >= -1e-9 && spans[spans.len() - 1].1 <= 300.0 + 1e-9);
            assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{spans:?}");
        }
    }
}
