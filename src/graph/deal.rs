//! Dealing items onto heaps, and a slice into parts: how work on a graph is shared out among threads without one of them
//! waiting for another.
//!
//! Why heaps: whoever deals writes only to a column of their own, and whoever takes a heap reads one short run from each
//! dealer, in the order of the dealers. So what comes out does not depend on who was first.

/// Items by heap: those of a heap lie side by side, in the order in which they were dealt.
pub(in crate::graph) struct Heaps<T> {
    /// Where each heap ends among the items.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Default> Heaps<T> {
    /// Deals items, each given with its heap, `0..heaps`. They are walked twice, in the same order; there are fewer than 2³².
    pub(in crate::graph) fn deal(heaps: usize, items: impl Iterator<Item = (usize, T)> + Clone) -> Heaps<T> {
        let mut ends = vec![0u32; heaps];
        items.clone().for_each(|(heap, _)| ends[heap] += 1);
        let mut column = vec![T::default(); begin(&mut ends)];
        items.for_each(|(heap, item)| {
            let place = &mut ends[heap];
            column[*place as usize] = item;
            *place += 1;
        });
        // Every beginning has moved to the end of its heap.
        Heaps { ends, items: column }
    }

    #[inline]
    pub(in crate::graph) fn heap(&self, heap: usize) -> &[T] {
        let begin = if heap == 0 { 0 } else { self.ends[heap - 1] };
        &self.items[begin as usize..self.ends[heap] as usize]
    }

    /// How many items there are on all heaps.
    pub(in crate::graph) fn len(&self) -> usize {
        self.items.len()
    }
}

/// Turns counts into beginnings; the sum of the counts, which is below 2³².
pub(in crate::graph) fn begin(counts: &mut [u32]) -> usize {
    let mut sum = 0u64;
    for count in counts {
        let here = u64::from(*count);
        *count = sum as u32;
        sum += here;
    }
    assert!(sum <= u64::from(u32::MAX), "more arcs than a graph holds");
    sum as usize
}

/// A slice in parts of these sizes, which add up to it.
pub(in crate::graph) fn parts<T>(mut slice: &mut [T], sizes: impl IntoIterator<Item = usize>) -> Vec<&mut [T]> {
    let parts = sizes.into_iter().map(|size| slice.split_off_mut(..size).expect("the sizes add up")).collect();
    assert!(slice.is_empty(), "the sizes add up");
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_lie_on_their_heaps_in_the_order_of_dealing() {
        let heaps = Heaps::deal(4, [(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd')].into_iter());
        assert_eq!([0, 1, 2, 3].map(|heap| heaps.heap(heap)), [&['b'][..], &[], &['a', 'c'], &['d']]);
        assert_eq!(heaps.len(), 4);
        assert!(Heaps::<u32>::deal(1, std::iter::empty()).heap(0).is_empty());
    }

    #[test]
    fn parts_are_side_by_side() {
        assert_eq!(parts(&mut [1, 2, 3], [2, 0, 1]), [&[1, 2][..], &[], &[3]]);
    }
}
