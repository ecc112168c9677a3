//! Bytes into a graph: sizes, then the columns, each digested while the next block is read, then a look at the rows.

use super::check;
use super::header::{Header, Leaf, digest, hex, leaf};
use super::{BLOCK, KeptGraph, KeptMistake};
use crate::graph::arc_list;
use crate::graph::build::Rows;
use crate::graph::{Names, SocialGraph, Strengths};
use crate::units::Strength;
use std::io::{self, Read};
use std::sync::OnceLock;

/// Reads a kept graph from a source of so many bytes.
///
/// # Errors
/// What the source says, or what is wrong with the file. No size that it claims is believed before the length of the file
/// bears it out.
pub fn read(source: &mut impl Read, length: u64) -> Result<KeptGraph, KeptMistake> {
    let (header, header_bytes) = Header::read(source)?;
    let (before, numbers) = (header_bytes.len() as u64, header.bytes_of_numbers());
    // Of names only the least is known: four bytes for the length of each.
    let names_min = if header.names { 4 * header.people } else { 0 };
    let least = before + numbers + names_min;
    if length < least || (length > least && !header.names) {
        let found = format!("a file of {length} bytes");
        let or_more = if header.names { " or more" } else { "" };
        return Err(KeptMistake::wrong(found, format!("{least} bytes{or_more}, as its header says")));
    }
    let (people, arcs) = (header.people as usize, header.arcs as usize);
    let mut blocks = vec![];
    let starts = read_numbers(source, people + 1, &mut blocks)?;
    // Before the arcs are allocated: a file may be long, and hold nothing.
    check::starts(&starts, arcs)?;
    let column = read_numbers(source, arcs, &mut blocks)?;
    let in_degrees = header.directed.then(|| read_numbers(source, people, &mut blocks)).transpose()?;
    let strengths = header.strengths.then(|| read_numbers(source, arcs, &mut blocks)).transpose()?;
    let mut names = vec![0; if header.names { (length - before - numbers) as usize } else { 0 }];
    read_bytes(source, &mut names, &mut blocks)?;
    let found = digest(&header_bytes, &blocks);
    if hex(&found) != header.sha256 {
        let found = format!("a file whose digest is {}", hex(&found));
        return Err(KeptMistake::wrong(found, format!("{}, which it was written with: it is damaged", header.sha256)));
    }
    // Unforeseeable numbers: they depend on every byte of the file.
    let key = |at: usize| found[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
    check::rows(&starts, &column, strengths.as_deref(), in_degrees.as_deref(), [key(0), key(8)])?;
    let names = header.names.then(|| read_names(&names, people)).transpose()?;
    let strengths = strengths.map(|bits| {
        let column: Vec<Strength> = bits.into_iter().map(Strength::of_bits).collect();
        let strongest = column.iter().copied().max().unwrap_or(Strength::ONE);
        Strengths { column, strongest }
    });
    let graph = SocialGraph { rows: Rows::of_columns(starts, column), strengths, in_degrees, names };
    Ok(KeptGraph { graph, origin: header.origin(), sha256: header.sha256 })
}

fn read_numbers(source: &mut impl Read, count: usize, blocks: &mut Vec<Leaf>) -> Result<Vec<u32>, KeptMistake> {
    let mut numbers = vec![0u32; count];
    read_bytes(source, bytemuck::cast_slice_mut(&mut numbers), blocks)?;
    if cfg!(target_endian = "big") {
        numbers.iter_mut().for_each(|number| *number = u32::from_le(*number));
    }
    Ok(numbers)
}

/// Fills a column. While a block is read, those before it are digested on other threads.
fn read_bytes(source: &mut impl Read, bytes: &mut [u8], blocks: &mut Vec<Leaf>) -> io::Result<()> {
    let first = blocks.len();
    blocks.resize(first + bytes.len().div_ceil(BLOCK), Leaf::default());
    rayon::in_place_scope(|scope| {
        for (block, digest) in bytes.chunks_mut(BLOCK).zip(&mut blocks[first..]) {
            source.read_exact(block)?;
            let block: &[u8] = block;
            scope.spawn(move |_| *digest = leaf(block));
        }
        Ok(())
    })
}

/// One name a person: the length in four bytes, and so many bytes of UTF-8.
fn read_names(mut bytes: &[u8], people: usize) -> Result<Names, KeptMistake> {
    let mut of = Vec::with_capacity(people);
    for person in 0..people {
        let take = |bytes: &mut &[u8]| -> Option<String> {
            let (length, rest) = bytes.split_first_chunk()?;
            let (name, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            *bytes = rest;
            String::from_utf8(name.to_vec()).ok()
        };
        let name = take(&mut bytes).ok_or_else(|| {
            KeptMistake::wrong(format!("no name for person {person}"), "a length and as many bytes of UTF-8")
        })?;
        arc_list::check_name(&name)
            .map_err(|(found, allowed)| KeptMistake::wrong(format!("{found} for person {person}"), allowed))?;
        of.push(name);
    }
    if !bytes.is_empty() {
        let found = format!("{} bytes after the last name", bytes.len());
        return Err(KeptMistake::wrong(found, "one name a person"));
    }
    let names = Names { of, sorted: OnceLock::new() };
    match names.sorted().windows(2).find(|pair| names.of[pair[0] as usize] == names.of[pair[1] as usize]) {
        Some(pair) => {
            let (one, other) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
            Err(KeptMistake::wrong(format!("the same name for persons {one} and {other}"), "a name for each person"))
        }
        None => Ok(names),
    }
}
