//! The columns of a kept graph as bytes, a block at a time.

use super::BLOCK;
use crate::graph::SocialGraph;
use crate::units::Strength;
use std::borrow::Cow;

/// Numbers of four bytes in a block.
const NUMBERS: usize = BLOCK / 4;

/// One column, in the order of the file.
pub(super) enum Column<'a> {
    Numbers(&'a [u32]),
    Strengths(&'a [Strength]),
    Names(Vec<u8>),
}

impl<'a> Column<'a> {
    /// The columns of a graph: where rows begin, who is told, how many can tell each, strengths, names.
    pub fn of(graph: &'a SocialGraph) -> Vec<Column<'a>> {
        let names = graph.names.as_ref().map(|names| {
            let with_length = |name: &String| [&(name.len() as u32).to_le_bytes(), name.as_bytes()].concat();
            Column::Names(names.of.iter().flat_map(with_length).collect())
        });
        [Column::Numbers(graph.rows.starts()), Column::Numbers(graph.rows.column())]
            .into_iter()
            .chain(graph.in_degrees.as_deref().map(Column::Numbers))
            .chain(graph.strengths.as_ref().map(|strengths| Column::Strengths(&strengths.column)))
            .chain(names)
            .collect()
    }

    /// How many blocks it has.
    pub fn blocks(&self) -> usize {
        match self {
            Column::Numbers(numbers) => numbers.len().div_ceil(NUMBERS),
            Column::Strengths(strengths) => strengths.len().div_ceil(NUMBERS),
            Column::Names(bytes) => bytes.len().div_ceil(BLOCK),
        }
    }

    /// The bytes of a block, which there is.
    pub fn block(&self, number: usize) -> Cow<'_, [u8]> {
        match self {
            Column::Numbers(numbers) => bytes_of(part(numbers, number, NUMBERS)),
            Column::Strengths(strengths) => {
                let bits = part(strengths, number, NUMBERS).iter();
                Cow::Owned(bits.flat_map(|strength| strength.bits().to_le_bytes()).collect())
            }
            Column::Names(bytes) => Cow::Borrowed(part(bytes, number, BLOCK)),
        }
    }
}

fn part<T>(all: &[T], number: usize, length: usize) -> &[T] {
    let start = number * length;
    &all[start..(start + length).min(all.len())]
}

/// Numbers as a file has them, the lowest byte first: as they lie in memory, on most machines.
fn bytes_of(numbers: &[u32]) -> Cow<'_, [u8]> {
    if cfg!(target_endian = "little") {
        Cow::Borrowed(bytemuck::cast_slice(numbers))
    } else {
        Cow::Owned(numbers.iter().flat_map(|number| number.to_le_bytes()).collect())
    }
}
