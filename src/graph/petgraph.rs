//! The graph as petgraph sees it, so that every algorithm of that family applies: searches, shortest paths, rankings.
//!
//! To petgraph people are `u32`s and each arc is one directed edge, whose weight is its strength.
//!
//! Deliberately not here: walking arcs backwards, which the rows cannot, and changing anything.

use super::SocialGraph;
use crate::units::{PersonId, Strength};
use petgraph::Directed;
use petgraph::csr::Csr;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges, IntoNeighbors, IntoNodeIdentifiers,
    NodeCompactIndexable, NodeCount, NodeIndexable, Visitable,
};
use std::iter::Copied;
use std::ops::Range;
use std::slice;

/// One arc.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ArcRef<'a> {
    place: u32,
    teller: u32,
    hearer: u32,
    strength: &'a Strength,
}

/// The bits that note who was visited; petgraph hands them out for its own rows.
type Visited = <Csr<(), (), Directed, u32> as Visitable>::Map;

impl GraphBase for SocialGraph {
    type NodeId = u32;
    type EdgeId = u32;
}

impl GraphProp for SocialGraph {
    type EdgeType = Directed;
}

impl Data for SocialGraph {
    type NodeWeight = ();
    type EdgeWeight = Strength;
}

impl NodeCount for SocialGraph {
    fn node_count(&self) -> usize {
        self.people() as usize
    }
}

impl EdgeCount for SocialGraph {
    fn edge_count(&self) -> usize {
        self.arcs()
    }
}

impl NodeIndexable for SocialGraph {
    fn node_bound(&self) -> usize {
        self.people() as usize
    }

    fn to_index(&self, person: u32) -> usize {
        person as usize
    }

    fn from_index(&self, index: usize) -> u32 {
        index as u32
    }
}

impl NodeCompactIndexable for SocialGraph {}

impl Visitable for SocialGraph {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited::with_capacity(self.people() as usize)
    }

    fn reset_map(&self, map: &mut Visited) {
        map.clear();
        map.grow(self.people() as usize);
    }
}

impl IntoNodeIdentifiers for &SocialGraph {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        0..self.people()
    }
}

impl<'a> IntoNeighbors for &'a SocialGraph {
    type Neighbors = Copied<slice::Iter<'a, u32>>;

    fn neighbors(self, person: u32) -> Self::Neighbors {
        self.friends(PersonId(person)).iter().copied()
    }
}

impl<'a> IntoEdgeReferences for &'a SocialGraph {
    type EdgeRef = ArcRef<'a>;
    type EdgeReferences = Arcs<'a>;

    fn edge_references(self) -> Arcs<'a> {
        Arcs { graph: self, teller: 0, places: 0..self.arcs() as u32 }
    }
}

impl<'a> IntoEdges for &'a SocialGraph {
    type Edges = Arcs<'a>;

    fn edges(self, person: u32) -> Arcs<'a> {
        let starts = self.rows.starts();
        Arcs { graph: self, teller: person, places: starts[person as usize]..starts[person as usize + 1] }
    }
}

impl EdgeRef for ArcRef<'_> {
    type NodeId = u32;
    type EdgeId = u32;
    type Weight = Strength;

    fn source(&self) -> u32 {
        self.teller
    }

    fn target(&self) -> u32 {
        self.hearer
    }

    fn weight(&self) -> &Strength {
        self.strength
    }

    fn id(&self) -> u32 {
        self.place
    }
}

/// Arcs at consecutive places of the column.
#[derive(Debug, Clone)]
pub struct Arcs<'a> {
    graph: &'a SocialGraph,
    /// At or before the teller of the next arc.
    teller: u32,
    places: Range<u32>,
}

impl<'a> Iterator for Arcs<'a> {
    type Item = ArcRef<'a>;

    fn next(&mut self) -> Option<ArcRef<'a>> {
        let place = self.places.next()?;
        let rows = &self.graph.rows;
        while rows.starts()[self.teller as usize + 1] <= place {
            self.teller += 1;
        }
        let strengths = self.graph.strengths.as_ref();
        let strength = strengths.map_or(&Strength::ONE, |strengths| &strengths.column[place as usize]);
        Some(ArcRef { place, teller: self.teller, hearer: rows.column()[place as usize], strength })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::build::testing::rows_of_arcs;
    use crate::graph::model::testing::dice;
    use crate::graph::model::{Cliques, Density, ErdosRenyi, GraphModel, TieStrengths};
    use ::petgraph::algo::{connected_components, dijkstra, page_rank};
    use ::petgraph::visit::{Bfs, Walker};

    /// The same arcs in petgraph's own rows.
    fn theirs(graph: &SocialGraph) -> Csr<(), f64, Directed, u32> {
        let weighed = |arc: ArcRef<'_>| (arc.source(), arc.target(), arc.weight().value());
        let arcs: Vec<(u32, u32, f64)> = graph.edge_references().map(weighed).collect();
        let mut rows = Csr::from_sorted_edges(&arcs).expect("sorted");
        for _ in rows.node_count()..graph.people() as usize {
            rows.add_node(());
        }
        rows
    }

    fn sparse() -> SocialGraph {
        let density = Density::MeanDegree(1.5);
        GraphModel::ErdosRenyi(ErdosRenyi { people: 2_000, density }).grow(dice(1))
    }

    #[test]
    fn algorithms_find_the_same_in_our_rows_and_in_petgraph_s() {
        let graph = sparse();
        let theirs = theirs(&graph);
        assert_eq!(connected_components(&graph), connected_components(&theirs));
        assert!(connected_components(&graph) > 100, "many are alone");
        let hub = graph.hubs(1)[0].0;
        let ours: Vec<u32> = Bfs::new(&graph, hub).iter(&graph).collect();
        assert!(ours.len() > 100 && ours == Bfs::new(&theirs, hub).iter(&theirs).collect::<Vec<u32>>());
        assert_eq!(page_rank(&graph, 0.85_f64, 5), page_rank(&theirs, 0.85_f64, 5));
    }

    #[test]
    fn shortest_paths_count_strengths() {
        let strength = |value| Strength::new(value).expect("valid");
        let strengths = TieStrengths { strong: strength(0.5), weak: strength(4.0) };
        let model = Cliques { people: 600, clique_size: 6, weak_ties: 1, strengths };
        let graph = GraphModel::Cliques(model).grow(dice(1));
        let theirs = theirs(&graph);
        let ours = dijkstra(&graph, 0, None, |arc| arc.weight().value());
        assert_eq!(ours.len(), 600);
        assert_eq!(ours, dijkstra(&theirs, 0, None, |arc| *arc.weight()));
    }

    #[test]
    fn every_arc_is_met_once_with_its_teller_whoever_has_none() {
        let graph = SocialGraph::of_rows(rows_of_arcs(6, &[(4, 1), (1, 0), (1, 5), (4, 2)])).one_way();
        let arc = |arc: ArcRef<'_>| (arc.id(), arc.source(), arc.target());
        let all: Vec<_> = graph.edge_references().map(arc).collect();
        assert_eq!(all, [(0, 1, 0), (1, 1, 5), (2, 4, 1), (3, 4, 2)]);
        assert_eq!(graph.edges(4).map(arc).collect::<Vec<_>>(), [(2, 4, 1), (3, 4, 2)]);
        assert_eq!((graph.edges(5).count(), graph.edge_count(), graph.node_bound()), (0, 4, 6));
    }
}
