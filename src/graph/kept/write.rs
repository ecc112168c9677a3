//! A graph into bytes: its digest first, then block after block.

use super::Origin;
use super::columns::Column;
use super::header::{Header, Leaf, digest, hex, leaf};
use crate::graph::SocialGraph;
use rayon::prelude::*;
use std::io::{self, Write};

/// Writes a graph and where it comes from; the digest of the file. Memory holds one block beside the graph, and its names.
///
/// # Errors
/// Those of `out`.
pub fn write(graph: &SocialGraph, origin: &Origin, out: &mut dyn Write) -> io::Result<String> {
    let columns = Column::of(graph);
    let sizes = [u64::from(graph.people()), graph.arcs() as u64];
    let mut header = Header::new(sizes, [graph.is_directed(), graph.has_strengths(), graph.names.is_some()], origin);
    let leaves_of =
        |column: &Column<'_>| (0..column.blocks()).into_par_iter().map(|n| leaf(&column.block(n))).collect();
    let leaves: Vec<Leaf> = columns.iter().flat_map(|column| -> Vec<Leaf> { leaves_of(column) }).collect();
    header.sha256 = hex(&digest(&header.bytes()?, &leaves));
    out.write_all(&header.bytes()?)?;
    for column in &columns {
        (0..column.blocks()).try_for_each(|number| out.write_all(&column.block(number)))?;
    }
    Ok(header.sha256)
}
