//! Independent cascades told by hand, each as fast as we can write it: what the lane is measured against.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use tellwave::dice::{Dice, Draws, Purpose};
use tellwave::graph::SocialGraph;
use tellwave::units::{PersonId, RunId, Seed};

/// Rows of friends, and memory for who is reached; only what a cascade touched is cleaned up.
pub struct ByHand<'g> {
    graph: &'g SocialGraph,
    seen: Vec<u64>,
    queue: Vec<u32>,
    /// The friends of each person in random order, for loops that tell them in the order of their row.
    shuffled: Vec<Vec<u32>>,
}

fn draws(run: u32) -> Draws {
    Dice::new(Seed(1)).of_run(RunId(run)).stream(Purpose::Graph, 0)
}

impl<'g> ByHand<'g> {
    pub fn new(graph: &'g SocialGraph) -> ByHand<'g> {
        ByHand { graph, seen: vec![0; graph.people() as usize / 64 + 1], queue: vec![], shuffled: vec![] }
    }

    /// Shuffles the rows, once.
    pub fn shuffle(&mut self) {
        let shuffled = |person| {
            let mut row = self.graph.friends(PersonId(person)).to_vec();
            let mut draws = Dice::new(Seed(2)).stream(Purpose::Graph, u64::from(person));
            (1..row.len()).for_each(|place| row.swap(place, draws.below(place as u32 + 1) as usize));
            row
        };
        self.shuffled = (0..self.graph.people()).map(shuffled).collect();
    }

    fn begin(&mut self, seeds: &[u32]) {
        for &person in &self.queue {
            self.seen[person as usize / 64] = 0;
        }
        self.queue.clear();
        for &seed in seeds {
            self.reach(seed);
        }
    }

    #[inline(always)]
    fn reach(&mut self, person: u32) -> bool {
        let block = &mut self.seen[person as usize / 64];
        let is_new = *block >> (person % 64) & 1 == 0;
        if is_new {
            *block |= 1 << (person % 64);
            self.queue.push(person);
        }
        is_new
    }

    /// Asks for the rows of those who come soon.
    #[inline(always)]
    fn fetch(&self, next: usize) {
        if let Some(&person) = self.queue.get(next + 12) {
            self.graph.fetch_start(PersonId(person));
        }
        if let Some(&person) = self.queue.get(next + 6) {
            self.graph.fetch_row(PersonId(person));
        }
    }

    /// One draw an arc; how many are reached.
    pub fn draw_each(&mut self, seeds: &[u32], chance: f64, run: u32) -> usize {
        self.begin(seeds);
        let (graph, cut, mut draws) = (self.graph, (chance * 2f64.powi(64)) as u64, draws(run));
        let mut next = 0;
        while next < self.queue.len() {
            self.fetch(next);
            for &friend in graph.friends(PersonId(self.queue[next])) {
                if draws.draw() < cut {
                    self.reach(friend);
                }
            }
            next += 1;
        }
        self.queue.len()
    }

    /// Skips from one word that wins to the next: the gap is geometric, and carried over from person to person.
    pub fn skip(&mut self, seeds: &[u32], chance: f64, run: u32) -> usize {
        self.begin(seeds);
        let (graph, mut draws, scale) = (self.graph, draws(run), 1.0 / (1.0 - chance).ln());
        let mut gap = || ((1.0 - draws.unit()).ln() * scale) as usize;
        let (mut next, mut left) = (0, gap());
        while next < self.queue.len() {
            self.fetch(next);
            let row = graph.friends(PersonId(self.queue[next]));
            while left < row.len() {
                self.reach(row[left]);
                left += 1 + gap();
            }
            left -= row.len();
            next += 1;
        }
        self.queue.len()
    }

    /// Exponential delays, every word that wins in a heap.
    pub fn heap(&mut self, seeds: &[u32], chance: f64, mean: f64, run: u32) -> usize {
        self.begin(&[]);
        let (graph, cut, mut draws) = (self.graph, (chance * 2f64.powi(64)) as u64, draws(run));
        let mut heap: BinaryHeap<Reverse<(u64, u32)>> = seeds.iter().map(|&seed| Reverse((0, seed))).collect();
        while let Some(Reverse((at, person))) = heap.pop() {
            if self.reach(person) {
                for &friend in graph.friends(PersonId(person)) {
                    if draws.draw() < cut {
                        // Times are positive, so their bits are in their order.
                        let delay = -(1.0 - draws.unit()).ln() * mean;
                        heap.push(Reverse(((f64::from_bits(at) + delay).to_bits(), friend)));
                    }
                }
            }
        }
        self.queue.len()
    }

    /// The same by the next-reaction scheme of NEXT-Net (Cure, Pflug & Pigolotti 2025): of everybody only the next word that wins is
    /// in the heap, and when it has come the one after it is drawn, in order of time.
    pub fn next_reaction(&mut self, seeds: &[u32], chance: f64, mean: f64, run: u32) -> usize {
        self.begin(&[]);
        let mut draws = draws(run);
        // Of `left` friends not told yet, when is the first told after a moment? None may ever be.
        let mut next = |since: f64, left: usize| -> Option<f64> {
            let survived = 1.0 - chance * (1.0 - (-since / mean).exp());
            let survives = survived * (1.0 - draws.unit()).powf(1.0 / left as f64);
            (left > 0 && survives > 1.0 - chance).then(|| -(1.0 - (1.0 - survives) / chance).ln() * mean)
        };
        // When, who is told, by whom, since when she tells, and which of her words it is.
        type Word = Reverse<(u64, u32, u32, u64, u32)>;
        let mut heap: BinaryHeap<Word> = seeds.iter().map(|&seed| Reverse((0, seed, seed, 0, u32::MAX))).collect();
        while let Some(Reverse((at, person, teller, began, word))) = heap.pop() {
            let is_new = self.reach(person);
            let mut tell = |teller: u32, began: u64, since: f64, word: u32| {
                let row = &self.shuffled[teller as usize];
                if let Some(delay) = next(since, row.len() - word as usize) {
                    heap.push(Reverse((
                        (f64::from_bits(began) + delay).to_bits(),
                        row[word as usize],
                        teller,
                        began,
                        word,
                    )));
                }
            };
            if word != u32::MAX {
                tell(teller, began, f64::from_bits(at) - f64::from_bits(began), word + 1);
            }
            if is_new {
                tell(person, at, 0.0, 0);
            }
        }
        self.queue.len()
    }
}
