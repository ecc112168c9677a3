//! What was written is read as it was, and nothing else is.

use super::header::{Header, Leaf, digest, hex, leaf};
use super::*;
use crate::graph::GraphModel;
use crate::graph::arc_list::{self, ArcListForm, TieKind, Weights};
use crate::graph::model::testing::dice;
use crate::graph::model::{BarabasiAlbert, Cliques, TieStrengths};
use crate::units::{PersonId, Strength};

fn written(graph: &SocialGraph, origin: &Origin) -> Vec<u8> {
    let mut bytes = vec![];
    write(graph, origin, &mut bytes).expect("memory");
    bytes
}

fn read_all(bytes: &[u8]) -> Result<KeptGraph, KeptMistake> {
    read(&mut &bytes[..], bytes.len() as u64)
}

/// What was found and what is allowed, of bytes that are refused.
fn refused(bytes: &[u8]) -> String {
    read_all(bytes).expect_err("refused").to_string()
}

fn assert_same(one: &SocialGraph, other: &SocialGraph) {
    assert_eq!((one.rows.starts(), one.rows.column()), (other.rows.starts(), other.rows.column()));
    assert_eq!(one.in_degrees, other.in_degrees);
    assert_eq!(one.strengths.as_ref().map(|s| &s.column), other.strengths.as_ref().map(|s| &s.column));
    assert_eq!(one.strongest(), other.strongest());
    assert_eq!(one.names.as_ref().map(|names| &names.of), other.names.as_ref().map(|names| &names.of));
}

fn popular(people: u32) -> SocialGraph {
    GraphModel::BarabasiAlbert(BarabasiAlbert { people, ties_per_newcomer: 6 }).grow(dice(7))
}

fn listed(text: &str, ties: TieKind, weights: Weights) -> SocialGraph {
    let form =
        ArcListForm { ties, header: arc_list::Header::None, weights, ids: arc_list::Ids::Auto, people_max: 1_000 };
    arc_list::read(text.as_bytes(), form).expect("a list").graph
}

/// Of each kind one, small.
fn kinds() -> Vec<SocialGraph> {
    let strength = |value| Strength::new(value).expect("valid");
    let strengths = TieStrengths { strong: strength(1.5), weak: strength(0.25) };
    let weighed = "Ann Bob 0.5\nBob Cyd 2\nCyd Ann 255.9\nAnn Дан 1\n";
    vec![
        popular(60),
        GraphModel::Cliques(Cliques { people: 60, clique_size: 5, weak_ties: 4, strengths }).grow(dice(1)),
        listed("0 1\n1 2\n2 0\n2 1\n", TieKind::Directed, Weights::Ignore),
        listed(weighed, TieKind::Directed, Weights::Strength),
        listed(weighed, TieKind::Undirected, Weights::Strength),
        listed("7 9\n9 11\n", TieKind::Undirected, Weights::Ignore),
    ]
}

#[test]
fn every_kind_of_graph_comes_back_as_it_was() {
    let origin = Origin { model: Some("by \"hand\", in words".to_owned()), seed: Some(u64::MAX) };
    // The last has columns of several blocks.
    for graph in kinds().into_iter().chain([popular(60_000)]) {
        for origin in [origin.clone(), Origin::default()] {
            let mut bytes = vec![];
            let sha256 = write(&graph, &origin, &mut bytes).expect("memory");
            let kept = read_all(&bytes).expect("as it was written");
            assert_same(&kept.graph, &graph);
            assert_eq!((kept.origin, kept.sha256), (origin, sha256));
            assert_eq!(written(&kept.graph, &kept_origin(&bytes)), bytes, "written again, it has the same bytes");
        }
    }
}

fn kept_origin(bytes: &[u8]) -> Origin {
    read_all(bytes).expect("as it was written").origin
}

#[test]
fn people_are_found_by_the_names_that_were_kept() {
    let graph = &kinds()[4];
    let kept = read_all(&written(graph, &Origin::default())).expect("as it was written").graph;
    assert_eq!(kept.person_named("Дан"), graph.person_named("Дан"));
    assert_eq!((kept.name(PersonId(0)), kept.person_named("Eve")), (Some("Ann"), None));
}

#[test]
fn the_columns_stand_where_the_document_says() {
    let graph = popular(60);
    let bytes = written(&graph, &Origin::default());
    assert_eq!(&bytes[..8], b"tellgrph");
    let header = 16 + u64::from_le_bytes(bytes[8..16].try_into().expect("eight")) as usize;
    assert_eq!(header % 64, 0);
    let json: serde_json::Value = serde_json::from_slice(&bytes[16..header]).expect("JSON");
    assert_eq!((&json["people"], &json["arcs"]), (&60.into(), &graph.arcs().into()));
    let numbers: Vec<u32> =
        bytes[header..].chunks(4).map(|four| u32::from_le_bytes(four.try_into().expect("four"))).collect();
    assert_eq!(numbers[..61], *graph.rows.starts());
    assert_eq!(numbers[61..], *graph.rows.column());
    // The digest, put together as the document says.
    let digits = json["sha256"].as_str().expect("digits");
    let blank = String::from_utf8(bytes[16..header].to_vec()).expect("UTF-8").replace(digits, &"0".repeat(64));
    let leaves: Vec<Leaf> = [&bytes[header..header + 4 * 61], &bytes[header + 4 * 61..]].map(leaf).to_vec();
    assert_eq!(hex(&digest(&[&bytes[..16], blank.as_bytes()].concat(), &leaves)), digits);
}

#[test]
fn a_flipped_bit_is_found_wherever_it_is() {
    let origin = Origin { model: Some("circle: people = 60".to_owned()), seed: Some(1) };
    for graph in kinds() {
        let whole = written(&graph, &origin);
        // Every byte, and of each another bit.
        for place in 0..whole.len() {
            let mut hurt = whole.clone();
            hurt[place] ^= 1 << (place * 5 % 8);
            let message = refused(&hurt);
            assert!(message.contains("; allowed: "), "byte {place}: {message}");
        }
    }
}

#[test]
fn a_file_that_ends_early_or_late_is_refused_wherever_it_ends() {
    for graph in kinds() {
        let whole = written(&graph, &Origin::default());
        for length in (0..whole.len()).step_by(7) {
            assert!(read_all(&whole[..length]).is_err(), "{length} bytes");
        }
        let longer = [&whole[..], &[0, 0, 0, 0]].concat();
        assert!(read_all(&longer).is_err());
        // One that grew shorter after its length was asked.
        assert!(read(&mut &whole[..whole.len() - 1], whole.len() as u64).is_err());
    }
}

/// A file with a header that says what one likes.
fn with_header(json: &str, rest: &[u8]) -> Vec<u8> {
    let length = (16 + json.len()).next_multiple_of(64) - 16;
    let mut bytes = [&MAGIC[..], &(length as u64).to_le_bytes(), json.as_bytes()].concat();
    bytes.resize(16 + length, b' ');
    bytes.extend(rest);
    bytes
}

fn json_of(people: &str, arcs: &str, more: &str) -> String {
    let digest = "ab".repeat(32);
    format!(
        "{{\"format\":1,\"people\":{people},\"arcs\":{arcs},\"directed\":false,\"strengths\":false,\"names\":false,\
         \"model\":null,\"seed\":null,\"sha256\":\"{digest}\"{more}}}"
    )
}

#[test]
fn absurd_headers_are_refused_before_anything_is_allocated() {
    for (people, arcs, said) in [
        ("134217729", "0", "1 to 134217728 people"),
        ("18446744073709551615", "0", "1 to 134217728 people"),
        ("0", "0", "1 to 134217728 people"),
        ("-1", "0", "cannot be read"),
        ("1e9", "0", "cannot be read"),
        ("5", "4294967296", "at most 4294967295 arcs"),
        ("134217728", "4294967295", "as its header says"),
        ("5", "18446744073709551615", "at most 4294967295 arcs"),
        ("5", "4294967295", "as its header says"),
    ] {
        let bytes = with_header(&json_of(people, arcs, ""), &[0; 64]);
        let allocated = allocation_counter::measure(|| {
            let message = refused(&bytes);
            assert!(message.contains(said), "{people} people, {arcs} arcs: {message}");
        });
        assert!(allocated.bytes_total < 100_000, "{} bytes", allocated.bytes_total);
    }
    let strange = [
        (with_header(&json_of("5", "0", ",\"colour\":\"red\""), &[0; 24]), "unknown field"),
        (with_header(&json_of("5", "0", "").replace("\"format\":1", "\"format\":2"), &[0; 24]), "format 1"),
        (with_header(&json_of("5", "0", "").replace("abab", "ABAB"), &[0; 24]), "lower case"),
        (with_header("{}", &[0; 24]), "missing field"),
        (with_header("", &[]), "cannot be read"),
        ([&MAGIC[..], &u64::MAX.to_le_bytes(), &[0; 64]].concat(), "at most 65536"),
        ([&MAGIC[..], &47u64.to_le_bytes(), &[0; 64]].concat(), "a multiple of 64"),
        (b"0 1\n1 2\n".to_vec(), "`tellwave graph grow`"),
        (vec![], "`tellwave graph grow`"),
    ];
    for (bytes, said) in strange {
        let message = refused(&bytes);
        assert!(message.contains(said), "{message}");
    }
    // Long enough, and nothing in it: refused when the rows are seen to begin nowhere.
    let message = refused(&with_header(&json_of("5", "1000", ""), &[0; 4_024]));
    assert!(message.contains("rows that end at 0; allowed: rows that end at 1000"), "{message}");
}

/// A file of these columns, rightly digested.
fn of_columns(starts: &[u32], column: &[u32], in_degrees: Option<&[u32]>, strengths: Option<&[u32]>) -> Vec<u8> {
    let sizes = [starts.len() as u64 - 1, column.len() as u64];
    let kinds = [in_degrees.is_some(), strengths.is_some(), false];
    let columns: Vec<Vec<u8>> = [Some(starts), Some(column), in_degrees, strengths]
        .into_iter()
        .flatten()
        .map(|numbers| numbers.iter().flat_map(|number| number.to_le_bytes()).collect())
        .collect();
    sealed(sizes, kinds, &columns)
}

fn sealed(sizes: [u64; 2], kinds: [bool; 3], columns: &[Vec<u8>]) -> Vec<u8> {
    let mut header = Header::new(sizes, kinds, &Origin::default());
    let leaves: Vec<Leaf> = columns.iter().filter(|bytes| !bytes.is_empty()).map(|bytes| leaf(bytes)).collect();
    header.sha256 = hex(&digest(&header.bytes().expect("a header"), &leaves));
    [header.bytes().expect("a header"), columns.concat()].concat()
}

#[test]
fn rows_that_no_graph_has_are_refused_though_their_digest_is_right() {
    let refused = |starts: &[u32], column: &[u32]| refused(&of_columns(starts, column, None, None));
    assert!(read_all(&of_columns(&[0, 1, 3, 4], &[1, 0, 2, 1], None, None)).is_ok());
    for (starts, column, said) in [
        (&[0, 1, 3, 4][..], &[1, 2, 0, 1][..], "0 after 2 among the friends of person 1"),
        (&[0, 2, 4], &[1, 1, 0, 0], "1 after 1 among the friends of person 0"),
        (&[0, 1, 2], &[1, 2], "person 2 among the friends of person 1; allowed: persons 0 to 1"),
        (&[0, 1, 2], &[u32::MAX, 0], "persons 0 to 1"),
        (&[0, 1, 1], &[0], "person 0 among the friends of person 0; allowed: friends other than oneself"),
        (&[0, 1, 1], &[1], "person 1 among the friends of person 0, but not the same the other way round"),
        (&[0, 1, 2, 3], &[1, 2, 0], "ties that go both ways"),
        (&[1, 1, 2], &[1, 0], "begins at 0"),
        (&[0, 2, 1], &[0], "a row of person 1 from 2 to 1"),
        (&[0, 1, 3], &[1, 0], "rows that end at 2, the number of arcs"),
    ] {
        let message = refused(starts, column);
        assert!(message.contains(said), "{starts:?} {column:?}: {message}");
    }
    // Ways of different strengths are no tie; what goes one way is counted where it arrives.
    let strengths = |one, other| of_columns(&[0, 1, 2], &[1, 0], None, Some(&[one, other]));
    assert!(read_all(&strengths(5, 5)).is_ok());
    assert!(super::tests::refused(&strengths(5, 6)).contains("as strong either way"));
    let directed = |counts: &[u32]| of_columns(&[0, 1, 1], &[1], Some(counts), None);
    assert!(read_all(&directed(&[0, 1])).is_ok());
    for counts in [[1, 0], [0, 0], [0, 1 << 31], [1, 1]] {
        assert!(super::tests::refused(&directed(&counts)).contains("as the rows have it"));
    }
}

#[test]
fn names_that_nobody_can_have_are_refused() {
    let numbers: Vec<u8> = [0u32, 1, 2, 1, 0].iter().flat_map(|number| number.to_le_bytes()).collect();
    let (starts, column) = numbers.split_at(12);
    let named = |names: &[&[u8]]| {
        let with_length = |name: &&[u8]| [&(name.len() as u32).to_le_bytes(), *name].concat();
        let names = names.iter().flat_map(with_length).collect();
        sealed([2, 2], [false, false, true], &[starts.to_vec(), column.to_vec(), names])
    };
    assert!(read_all(&named(&[b"Ann", b"Bob"])).is_ok());
    for (names, said) in [
        (&[&b"Ann"[..], b"Ann"][..], "the same name for persons 0 and 1"),
        (&[b"Ann", b"\xff"], "no name for person 1"),
        (&[b"Ann", b"\x1b[31m"], "a control character"),
        (&[b"", b"Bob"], "an empty name for person 0"),
        (&[b"Ann", b"Bob", b"Cyd"], "7 bytes after the last name"),
        (&[b"Annnnnn"], "no name for person 1"),
    ] {
        let message = refused(&named(names));
        assert!(message.contains(said), "{message}");
    }
    let endless = [u32::MAX.to_le_bytes(), [0; 4]].concat();
    let bytes = sealed([2, 2], [false, false, true], &[starts.to_vec(), column.to_vec(), endless]);
    assert!(refused(&bytes).contains("no name for person 0"));
}

#[test]
fn words_for_a_model_are_cut_where_they_never_end() {
    let origin = Origin { model: Some("ж".repeat(100_000)), seed: None };
    let kept = kept_origin(&written(&popular(60), &origin));
    assert_eq!(kept.model.map(|model| model.chars().count()), Some(2_001));
}
