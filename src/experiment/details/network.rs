//! For pictures of a single run: its largest cascade, who bought when, and who is tied to whom.

use super::Gathered;
use crate::engine::Audience;
use crate::graph::SocialGraph;
use crate::projection::detail::{Detailed, Largest};
use crate::units::{PersonId, RunId, Tick};
use rustc_hash::FxHashMap;

/// The largest cascade of a run, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LargestCascade {
    /// In which run it is.
    pub run: RunId,
    /// With whom it began.
    pub root: PersonId,
    /// Its customers, she included \[people\].
    pub size: u32,
    /// Its greatest generation.
    pub depth: u32,
}

/// Some people, when they bought, and the ties between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Who. All people in the order of their ids; where there are too many, those nearest to the root of the run's largest
    /// cascade, she first.
    pub people: Vec<PersonId>,
    /// When each of them bought for the first time, if she did.
    pub bought: Vec<Option<Tick>>,
    /// Ties as places among `people`, the smaller one first, each once; of arcs that go one way, the teller first.
    pub ties: Vec<[u32; 2]>,
}

impl Gathered<'_> {
    /// The largest cascade of all runs that were heard closely; of equal ones the first. Nothing where nobody bought.
    pub fn largest_cascade(&self) -> Option<LargestCascade> {
        let all = self.runs.iter().filter_map(|(run, detailed)| largest(*run, detailed));
        all.reduce(|largest, next| if next.size > largest.size { next } else { largest })
    }

    /// The largest cascade of one run. Nothing where nobody bought, or the run was not heard closely.
    pub fn largest_cascade_of(&self, run: RunId) -> Option<LargestCascade> {
        let (run, detailed) = self.runs.iter().find(|(number, _)| *number == run)?;
        largest(*run, detailed)
    }

    /// How many bought in the first run \[people\].
    pub fn buyers(&self) -> usize {
        self.runs.first().and_then(|(_, run)| run.purchases.as_ref()).map_or(0, Vec::len)
    }

    /// For each person of the first run, when she bought for the first time, if she did. Among fresh people, up to the last
    /// one who did.
    pub fn purchases(&self) -> Vec<Option<Tick>> {
        let people = match &self.world().audience {
            Audience::Neighbours(graph) => graph.people(),
            Audience::NeighboursEachRun(model) => model.people(),
            Audience::Population(people) => *people,
            Audience::Fresh => 0,
        };
        let mut purchases = vec![None; people as usize];
        for &(person, at) in self.runs.first().and_then(|(_, run)| run.purchases.as_ref()).into_iter().flatten() {
            if person.index() >= purchases.len() {
                purchases.resize(person.index() + 1, None);
            }
            purchases[person.index()] = Some(at);
        }
        purchases
    }

    /// The graph of the first run and who bought when, as something to be drawn: `most` people at most \[people\]. Nothing
    /// without a graph.
    pub fn network(&self, most: u32) -> Option<Network> {
        let (run, _) = self.runs.first()?;
        let root = self.largest_cascade_of(*run).map_or(PersonId(0), |largest| largest.root);
        let purchases = self.purchases();
        self.with_graph(|graph| {
            let people = match graph.people() <= most {
                true => (0..graph.people()).map(PersonId).collect(),
                false => around(graph, root, most as usize),
            };
            let bought = people.iter().map(|person| purchases[person.index()]).collect();
            Network { ties: ties_among(graph, &people), bought, people }
        })
    }
}

fn largest(run: RunId, detailed: &Detailed) -> Option<LargestCascade> {
    let Largest { root, size, depth } = detailed.cascades.largest?;
    Some(LargestCascade { run, root, size, depth })
}

/// People in the order of their distance from somebody, those whom one person can tell in the order of their ids.
fn around(graph: &SocialGraph, centre: PersonId, most: usize) -> Vec<PersonId> {
    let mut is_found = vec![false; graph.people() as usize];
    let mut found = Vec::with_capacity(most);
    let mut find = |person: PersonId, found: &mut Vec<PersonId>| {
        if found.len() < most && !std::mem::replace(&mut is_found[person.index()], true) {
            found.push(person);
        }
    };
    find(centre, &mut found);
    let mut next = 0;
    while let Some(&person) = found.get(next).filter(|_| found.len() < most) {
        graph.friends(person).iter().for_each(|&friend| find(PersonId(friend), &mut found));
        next += 1;
    }
    found
}

fn ties_among(graph: &SocialGraph, people: &[PersonId]) -> Vec<[u32; 2]> {
    // Looked up, never gone through.
    let places: FxHashMap<PersonId, u32> = people.iter().copied().zip(0..).collect();
    let mut ties = vec![];
    for (place, &person) in (0..).zip(people) {
        let others = graph.friends(person).iter().filter_map(|&friend| places.get(&PersonId(friend)).copied());
        ties.extend(others.filter(|&other| graph.is_directed() || place < other).map(|other| [place, other]));
    }
    ties
}
