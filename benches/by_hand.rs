//! The same story told by hand: a plain loop without events, logs, policies or money, as fast as we can write it.
//!
//! It is the yardstick of `words.rs`. What is fast about it: laws are alias tables over whole days, keyed draws cost a mix
//! and an add, words are 8 bytes in day buckets, and both the talkers' rows and the hearers' bytes are prefetched. It does
//! less than the engine: days instead of minutes, no exact order within a day, no cause, no revenue.

use petgraph::Directed;
use petgraph::csr::Csr;
use prefetch_index::prefetch_index;

pub type Graph = Csr<(), (), Directed, u32>;
const DAYS: usize = 365;
const BAD: u32 = 1 << 31;
const CODED: u32 = 1 << 30;
const PERSON: u32 = CODED - 1;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d049bb133111eb);
    z ^ (z >> 31)
}
fn key(a: u64, b: u64) -> u64 {
    mix(a.wrapping_add(b.wrapping_mul(0x9e3779b97f4a7c15)))
}

struct Draws(u64);
impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e3779b97f4a7c15);
        mix(self.0)
    }
    fn below(&mut self, n: u32) -> u32 {
        (((self.next() >> 32) * n as u64) >> 32) as u32
    }
}

/// Walker's alias table over 0..n, n a power of two.
struct Law {
    cells: Vec<(u32, u16, u16)>,
    bits: u32,
}
impl Law {
    fn new(weights: &[f64]) -> Self {
        let n = weights.len().next_power_of_two();
        let sum: f64 = weights.iter().sum();
        let mut w: Vec<f64> = weights.iter().map(|x| x / sum * n as f64).collect();
        w.resize(n, 0.0);
        let mut cells = vec![(u32::MAX, 0u16, 0u16); n];
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..n).partition(|&i| w[i] < 1.0);
        while let (Some(s), Some(&l)) = (small.pop(), large.last()) {
            cells[s] = ((w[s] * u32::MAX as f64) as u32, s as u16, l as u16);
            w[l] -= 1.0 - w[s];
            if w[l] < 1.0 {
                large.pop();
                small.push(l);
            }
        }
        for i in small.into_iter().chain(large) {
            cells[i] = (u32::MAX, i as u16, i as u16);
        }
        Law { cells, bits: n.trailing_zeros() }
    }
    fn poisson(mean: f64) -> Self {
        let mut w = vec![(-mean).exp()];
        for k in 1..128 {
            w.push(w[k - 1] * mean / k as f64);
        }
        Law::new(&w)
    }
    fn days(mean: f64) -> Self {
        Law::new(&(0..64).map(|d| (-(d as f64) / mean).exp()).collect::<Vec<_>>())
    }
    fn draw(&self, u: u64) -> usize {
        let (cut, a, b) = self.cells[(u >> (64 - self.bits)) as usize];
        if (u as u32) <= cut { a as usize } else { b as usize }
    }
}

#[derive(Clone, Copy)]
struct Word {
    to: u32,
    from: u32,
}

#[derive(Clone, Copy, Default)]
struct Hot {
    good: u8,
    bad: u8,
    bought: u8,
    _pad: u8,
}

pub struct Run<'a> {
    graph: &'a Graph,
    hot: Vec<Hot>,
    bought_on: Vec<u16>,
    referrals: Vec<u16>,
    words: Vec<Vec<Word>>,
    talks: Vec<Vec<u32>>,
    twelve: Law,
    twenty: Law,
    delay: Law,
    pub told: u64,
    pub buyers: u64,
    heard: u64,
}

impl<'a> Run<'a> {
    pub fn new(graph: &'a Graph) -> Self {
        let n = graph.node_count();
        Run {
            graph,
            hot: vec![Hot::default(); n],
            bought_on: vec![0; n],
            referrals: vec![0; n],
            words: vec![vec![]; DAYS],
            talks: vec![vec![]; DAYS],
            twelve: Law::poisson(12.0),
            twenty: Law::poisson(20.0),
            delay: Law::days(5.0),
            told: 0,
            buyers: 0,
            heard: 0,
        }
    }

    fn buy(&mut self, run_key: u64, who: u32, day: usize) {
        self.hot[who as usize].bought = 1;
        self.bought_on[who as usize] = day as u16;
        self.buyers += 1;
        let talk = day + (self.delay.draw(Draws(key(run_key, who as u64)).next()) >> 1);
        if talk < DAYS {
            self.talks[talk].push(who);
        }
    }

    fn tell(&mut self, run_key: u64, who: u32, day: usize) {
        let mut draws = Draws(key(run_key, who as u64));
        draws.next(); // spent on the day of the talk
        let satisfied = (draws.next() as u32) < 3_435_973_836; // 80 %
        let count = if satisfied { self.twelve.draw(draws.next()) } else { self.twenty.draw(draws.next()) };
        let friends = self.graph.neighbors_slice(who);
        let degree = friends.len();
        let count = count.min(degree);
        let coded = satisfied && (draws.next() as u32) < 1_245_540_515; // 29 %
        let from = who | if satisfied { 0 } else { BAD } | if coded { CODED } else { 0 };
        let mut send = |friend: usize, draws: &mut Draws| {
            let at = day + self.delay.draw(draws.next());
            if at < DAYS {
                self.words[at].push(Word { to: friends[friend], from });
            }
        };
        if count == degree {
            (0..degree).for_each(|f| send(f, &mut draws));
        } else {
            // Floyd's sampling without replacement; the set is a bit mask for ordinary degrees.
            let mut mask = [0u64; 64];
            for j in (degree - count)..degree {
                let pick = draws.below(j as u32 + 1) as usize;
                let taken = |f: usize, mask: &[u64; 64]| mask[(f >> 6) & 63] >> (f & 63) & 1 == 1;
                let pick = if taken(pick, &mask) { j } else { pick };
                mask[(pick >> 6) & 63] |= 1 << (pick & 63);
                send(pick, &mut draws);
            }
        }
    }

    pub fn play(&mut self, run: u64, seeds: &[u32], p: f64) {
        self.hot.fill(Hot::default());
        self.words.iter_mut().for_each(Vec::clear);
        self.talks.iter_mut().for_each(Vec::clear);
        (self.told, self.buyers, self.heard) = (0, 0, 0);
        let run_key = key(42, run);
        let chance = (p * u64::MAX as f64) as u64;
        for &s in seeds {
            self.buy(run_key, s, 0);
        }
        for day in 0..DAYS {
            loop {
                let talks = std::mem::take(&mut self.talks[day]);
                let words = std::mem::take(&mut self.words[day]);
                if talks.is_empty() && words.is_empty() {
                    break;
                }
                for (i, &who) in talks.iter().enumerate() {
                    if let Some(&far) = talks.get(i + 12) {
                        std::hint::black_box(self.graph.neighbors_slice(far).as_ptr());
                    }
                    if let Some(&near) = talks.get(i + 6) {
                        prefetch_index(self.graph.neighbors_slice(near), 0);
                    }
                    self.tell(run_key, who, day);
                }
                for (i, word) in words.iter().enumerate() {
                    if let Some(later) = words.get(i + 16) {
                        prefetch_index(&self.hot, later.to as usize);
                    }
                    self.told += 1;
                    let hot = &mut self.hot[word.to as usize];
                    self.heard += (hot.good | hot.bad == 0) as u64;
                    if word.from & BAD != 0 {
                        hot.bad = hot.bad.saturating_add(1);
                        continue;
                    }
                    hot.good = hot.good.saturating_add(1);
                    if hot.bought != 0 {
                        continue;
                    }
                    let coin = key(run_key ^ 0xABCDEF, ((word.from & PERSON) as u64) << 32 | word.to as u64);
                    if coin < chance >> hot.bad.min(8) {
                        if word.from & CODED != 0 {
                            self.referrals[(word.from & PERSON) as usize] += 1;
                        }
                        self.buy(run_key, word.to, day);
                    }
                }
            }
        }
    }
}
