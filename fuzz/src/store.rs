//! Files of results folders: provenance, charts with their tables, packs of a sweep, tables, kept graphs. The first byte says
//! which. Where a digest would stop all but the bytes that were written, it is made right first: what lies behind it is to be
//! read too.

use std::io::Cursor;
use std::path::Path;
use tellwave::graph::kept;
use tellwave::store::atomic::sha256_hex;
use tellwave::store::provenance::{FileDigest, PROVENANCE};
use tellwave::store::sweep::PLAN;
use tellwave::store::{CHARTS, Provenance, SweepFolder, read_charts, read_parquet, read_provenance, verify};
use tellwave::sweep::Record;

/// Of a folder that was written; its files are listed anew each time.
const TEMPLATE: &[u8] = include_bytes!("template.json");

/// Reads such a file.
pub fn read(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    match kind % 5 {
        0 => provenance(rest),
        1 => charts(rest),
        2 => pack(rest),
        3 => drop(read_parquet(&super::file("runs.parquet", rest), None)),
        _ => kept_graph(rest),
    }
}

fn provenance(bytes: &[u8]) {
    super::file(PROVENANCE, bytes);
    let _ = read_provenance(&super::folder());
    let Ok(sealed) = serde_json::from_slice::<serde_json::Value>(bytes) else { return };
    let inner = sealed.get("provenance").cloned().unwrap_or(sealed);
    let Ok(provenance) = serde_json::from_value::<Provenance>(inner) else { return };
    super::file(PROVENANCE, &provenance.to_json().expect("what was read can be written"));
    if let Ok(again) = read_provenance(&super::folder()) {
        assert_eq!(again, provenance);
        let _ = verify(&super::folder());
    }
}

/// The charts and, after a zero byte, the table of the first of them.
fn charts(bytes: &[u8]) {
    let (json, table) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    let listed = |name: &str, bytes: &[u8]| {
        super::file(name, bytes);
        FileDigest { name: name.to_owned(), sha256: sha256_hex(bytes), bytes: bytes.len() as u64 }
    };
    let sealed: serde_json::Value = serde_json::from_slice(TEMPLATE).expect("the template");
    let mut provenance: Provenance = serde_json::from_value(sealed["provenance"].clone()).expect("the template");
    provenance.files = vec![listed(CHARTS, json), listed("reach.csv", table)];
    super::file(PROVENANCE, &provenance.to_json().expect("a provenance"));
    if let Ok(Some(charts)) = read_charts(&super::folder()) {
        let _ = charts.font();
        let names: Vec<String> = charts.figures().map(|figure| figure.name.clone()).collect();
        // A fuzzer that sees what is compared gives a chart any name.
        let other = names.iter().max_by_key(|name| name.len()).map_or("x".to_owned(), |longest| format!("{longest}x"));
        assert!(charts.drawing(&other).is_ok_and(|drawing| drawing.is_none()));
        names.iter().for_each(|name| drop(charts.drawing(name)));
    }
}

/// A pack in a folder of its own, whose plan is the word that begins it.
fn pack(bytes: &[u8]) {
    let folder = super::folder().join("sweep");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).expect("a folder that can be written to");
    let write = |path: &Path, bytes: &[u8]| std::fs::write(path, bytes).expect("a folder that can be written to");
    write(&folder.join(PLAN), b"plan");
    // The digest of the plan stands in each pack; a mutation of it would stop all others.
    let plan_sha256 = sha256_hex(b"plan");
    let place = bytes.windows(64).position(|part| part.iter().all(u8::is_ascii_hexdigit));
    let mut bytes = bytes.to_vec();
    if let Some(place) = place {
        bytes[place..place + 64].copy_from_slice(plan_sha256.as_bytes());
    }
    write(&folder.join(format!("cells-{}.pack", sha256_hex(&bytes))), &bytes);
    if let Ok((_, mut cells)) = SweepFolder::look(&folder) {
        for entry in cells.entries() {
            let Ok(entry) = entry else { break };
            let _ = Record::from_bytes(&entry.record);
        }
    }
}

fn kept_graph(bytes: &[u8]) {
    let read = |bytes: &[u8]| kept::read(&mut Cursor::new(bytes), bytes.len() as u64);
    let Err(mistake) = read(bytes) else { return };
    // The digest that it found is said in its message.
    let message = mistake.to_string();
    let Some(found) = message.split("whose digest is ").nth(1).and_then(|rest| rest.get(..64)) else { return };
    let Some(place) = bytes.windows(64).rposition(|part| part.iter().all(u8::is_ascii_hexdigit)) else { return };
    let mut resealed = bytes.to_vec();
    resealed[place..place + 64].copy_from_slice(found.as_bytes());
    if let Ok(kept) = read(&resealed) {
        let mut written = vec![];
        kept::write(&kept.graph, &kept.origin, &mut written).expect("memory");
        assert_eq!(read(&written).map(|again| again.sha256).ok(), Some(kept.sha256));
    }
}
