//! Each habit of real edge lists, read right or refused with its line.

use super::*;
use crate::graph::model::testing::{assert_simple, degrees};
use crate::language::Language;
use crate::units::PersonId;

const FORM: ArcListForm = ArcListForm {
    ties: TieKind::Undirected,
    header: Header::Auto,
    weights: Weights::Ignore,
    ids: Ids::Auto,
    people_max: 1_000_000,
};

fn fine(text: &str) -> ArcList {
    fine_as(FORM, text)
}

fn fine_as(form: ArcListForm, text: &str) -> ArcList {
    let list = read(text.as_bytes(), form).unwrap_or_else(|mistakes| panic!("{text:?}: {mistakes:?}"));
    if form.ties == TieKind::Undirected {
        assert_simple(&list.graph);
    }
    list
}

/// Every tie by name, the lower id first.
fn ties(list: &ArcList) -> Vec<String> {
    let name = |person| list.graph.name(PersonId(person)).map_or(person.to_string(), str::to_string);
    let row = |a: u32| list.graph.friends(PersonId(a)).iter().map(move |&b| (a, b));
    let both = list.said.kind == TieKind::Directed;
    let listed = (0..list.graph.people()).flat_map(row).filter(|(a, b)| both || a < b);
    listed.map(|(a, b)| format!("{}-{}", name(a), name(b))).collect()
}

/// The lines refused, and the first mistake in words.
fn refused(form: ArcListForm, bytes: impl AsRef<[u8]>) -> (Vec<u64>, String) {
    let mistakes = read(bytes.as_ref(), form).expect_err("refused");
    let words = format!("{}; allowed: {}", mistakes[0].found, mistakes[0].allowed);
    (mistakes.iter().map(|mistake| mistake.line).collect(), words)
}

#[test]
fn comments_bom_crlf_and_blank_lines_are_no_ties() {
    let list = fine("\u{feff}# made by hand\r\n% and by konect\r\n\r\n0 1\r\n  # late\r\n1 2\r\n\r\n");
    assert_eq!(ties(&list), ["0-1", "1-2"]);
    assert_eq!((list.said.comments, list.said.lines, list.said.named), (3, 7, false));
}

#[test]
fn every_separator_is_read() {
    for text in ["0 1\n1 2", "0\t1\n1\t2", "0,1\n1,2", "0;1\n1;2", "0, 1\n1 ,2\n", "\"0\",\"1\"\n1,2\n"] {
        assert_eq!(ties(&fine(text)), ["0-1", "1-2"], "{text:?}");
    }
}

#[test]
fn a_line_that_differs_is_refused() {
    for text in ["0,1\n1 2\n2,3\n3\n", "0 1\n1\t2\n2 3\n3;4\n", "0\t1\n1 2\n2\t3\n3\t4\t5\n"] {
        assert_eq!(refused(FORM, text).0, [2, 4], "{text:?}");
    }
    assert_eq!(refused(FORM, "0 1 2 3\n1 2 3 4\n").0, [1, 2]);
    assert_eq!(refused(FORM, "Ann\nBob\n").0, [1, 2]);
}

#[test]
fn sparse_ids_become_dense_in_the_order_of_numbers() {
    let list = fine("68745 10\n10 9\n9 70000\n");
    assert_eq!(ties(&list), ["9-10", "9-70000", "10-68745"]);
    assert_eq!(list.graph.person_named("68745"), Some(PersonId(2)));
    assert_eq!(list.graph.name(PersonId(0)), Some("9"));
    assert!(list.said.named);
}

#[test]
fn names_come_in_the_order_of_their_appearance() {
    let list = fine("Bob Ray\tAnn\nAnn\tCyd Lee\n");
    assert_eq!(ties(&list), ["Bob Ray-Ann", "Ann-Cyd Lee"]);
    let quoted = fine("\"Ray, Bob\",\"Ann \"\"A\"\" Lee\"\n");
    assert_eq!(ties(&quoted), ["Ray, Bob-Ann \"A\" Lee"]);
    // 007 and 7 are two names, not one number.
    assert_eq!(ties(&fine("007,7\n7,8\n")), ["007-7", "7-8"]);
}

#[test]
fn headings_are_known_by_what_stands_below_them() {
    for text in ["id_1,id_2\n0,1\n", "who whom\n0 1\n", "who,whom,weight\n0,1,3\n", "Source\tTarget\n0\t1\n"] {
        let list = fine(text);
        assert_eq!((ties(&list), list.said.first_line), (vec!["0-1".to_string()], FirstLine::Names), "{text:?}");
    }
    assert_eq!(ties(&fine("source,target,weight\nAnn,Bob,1\n")), ["Ann-Bob"]);
    assert_eq!(ties(&fine("Ann,Bob\nBob,Cyd\n")), ["Ann-Bob", "Bob-Cyd"]);
    let form = ArcListForm { header: Header::Names, ..FORM };
    assert_eq!(ties(&fine_as(form, "Ann,Bob\nBob,Cyd\n")), ["Bob-Cyd"]);
    let form = ArcListForm { header: Header::None, ..FORM };
    assert_eq!(ties(&fine_as(form, "id_1,id_2\n0,1\n")), ["id_1-id_2", "0-1"]);
}

#[test]
fn counts_are_believed_when_the_list_bears_them_out() {
    // Four people, all six ties: nobody is called 6.
    let list = fine("4 6\n0 1\n0 2\n0 3\n1 2\n1 3\n2 3\n");
    assert_eq!((list.graph.people(), list.said.ties, list.said.promised), (4, 6, Some((4, 6))));
    // More promised than there are, sparse ids.
    let ring: String = (0..40).map(|id| format!("{} {}\n", 7 * id, 7 * ((id + 1) % 40))).collect();
    let list = fine(&format!("40 45\n{ring}"));
    assert_eq!((list.said.ties, list.said.promised), (40, Some((40, 45))));
    assert!(
        list.said
            .sentences()
            .iter()
            .any(|sentence| sentence.told(Language::English).contains("promises 40 people and 45 ties"))
    );
    // A line of two numbers above lines of three.
    assert_eq!(fine("2 1\n0 1 5\n").said.first_line, FirstLine::Counts);
}

#[test]
fn words_and_numbers_of_nobody_among_numbers_are_refused_with_their_lines() {
    for (text, lines, found) in [
        ("src,dst\n1,2\n2,abc\nabc,3\n", vec![3, 4], "'abc' among numbers"),
        ("1,2\n-3,4\n", vec![2], "'-3' among numbers"),
        ("18446744073709551616,1\n", vec![1], "'18446744073709551616' among numbers"),
        ("1 2\n2 3.5\n", vec![2], "'3.5' among numbers"),
    ] {
        let (refused_in, why) = refused(FORM, text);
        assert!(
            refused_in == lines && why.contains(found) && why.contains("ids = names"),
            "{text:?}: {refused_in:?} {why}"
        );
    }
    let names = ArcListForm { ids: Ids::Names, ..FORM };
    assert_eq!(fine_as(names, "1,2\n2,abc\n").graph.people(), 3);
    // Who is called by words may have a number among them, and numbers may begin with zeros.
    assert_eq!(fine("ann,2\n2,abc\n").graph.people(), 3);
    assert_eq!(fine("001,002\n002,010\n").graph.people(), 3);
}

#[test]
fn a_long_list_with_a_mistake_is_not_read_to_its_end() {
    let text = format!("1,\"2\n{}3\n", "3,4\n".repeat(150_000));
    assert_eq!(refused(FORM, text).0, [1]);
}

#[test]
fn a_first_tie_is_not_taken_for_counts() {
    for text in ["0 1\n0 2\n1 2\n", "1 2\n2 3\n3 1\n", "1001 1008\n1001 1058\n1002 1011\n", "24 30\n30 40\n24 40\n"] {
        assert_eq!(fine(text).said.first_line, FirstLine::Tie, "{text:?}");
    }
}

#[test]
fn what_could_be_counts_or_a_tie_is_refused_until_the_form_says() {
    for text in ["5 10\n1 2\n3 4\n", "3 2\n0 1\n1 2\n", "3 3\n3 2\n2 1\n1 3\n"] {
        let (lines, words) = refused(FORM, text);
        assert_eq!(lines, [1], "{text:?}");
        assert!(words.contains("header"), "{words}");
        for (header, first_line) in [(Header::Counts, FirstLine::Counts), (Header::None, FirstLine::Tie)] {
            assert_eq!(fine_as(ArcListForm { header, ..FORM }, text).said.first_line, first_line);
        }
    }
    assert_eq!(refused(ArcListForm { header: Header::Counts, ..FORM }, "a,b\n0,1\n").0, [1]);
}

#[test]
fn self_loops_and_repetitions_are_counted() {
    let list = fine("0 1\n1 1\n1 0\n0 1\n0 2\n2 2\n1 0\n");
    assert_eq!(ties(&list), ["0-1", "0-2"]);
    let said = &list.said;
    assert_eq!((said.self_loops_skipped, said.duplicates_merged, said.reversed_merged), (2, 2, 1));
    assert_eq!(said.sentences().len(), 4);
    // A person who is only tied to itself is still a person.
    assert_eq!(fine("0 1\n2 2\n").graph.people(), 3);
}

#[test]
fn a_directed_line_goes_one_way() {
    let form = ArcListForm { ties: TieKind::Directed, ..FORM };
    let list = fine_as(form, "0 1\n1 0\n2 0\n2 0\n");
    assert_eq!(ties(&list), ["0-1", "1-0", "2-0"]);
    assert_eq!((list.said.duplicates_merged, list.said.reversed_merged, list.graph.arcs()), (1, 0, 3));
    let heard_from = |person| list.graph.in_degree(PersonId(person));
    assert_eq!([0, 1, 2].map(heard_from), [2, 1, 0]);
    assert_eq!(list.graph.degree(PersonId(2)), 1);
}

#[test]
fn weights_become_strengths() {
    let strength = |value| Strength::new(value).expect("valid");
    let form = ArcListForm { weights: Weights::Strength, ..FORM };
    let list = fine_as(form, "0 1 0.5\n1 2 3\n2 1 3.0\n");
    assert_eq!(list.graph.strength(PersonId(1), PersonId(0)), strength(0.5));
    assert_eq!(list.graph.strength(PersonId(2), PersonId(1)), strength(3.0));
    let form = ArcListForm { weights: Weights::RelativeStrength, ..FORM };
    let list = fine_as(form, "0 1 100\n1 2 300\n");
    assert_eq!(list.graph.strength(PersonId(0), PersonId(1)), strength(0.5));
    assert_eq!(list.graph.strength(PersonId(1), PersonId(2)), strength(1.5));
    let form = ArcListForm { ties: TieKind::Directed, weights: Weights::Strength, ..FORM };
    let list = fine_as(form, "1 0 2\n0 1 4\n");
    assert_eq!(list.graph.strength(PersonId(0), PersonId(1)), strength(4.0));
    assert!(list.graph.is_directed() && list.graph.in_degree(PersonId(1)) == 1);
    assert!(fine("0 1 nonsense\n").said.weights_ignored);
}

#[test]
fn bad_weights_are_refused() {
    let form = ArcListForm { weights: Weights::Strength, ..FORM };
    assert_eq!(refused(form, "0 1 1\n0 2 -1\n0 3 NaN\n0 4 inf\n0 5 x\n0 6 256\n0 7\n").0, [2, 3, 4, 5, 6, 7]);
    assert_eq!(refused(form, "0 1\n1 2\n").0, [1, 2]);
    let relative = ArcListForm { weights: Weights::RelativeStrength, ..FORM };
    assert_eq!(refused(relative, "0 1 0\n1 2 0\n").0, [1, 2]);
    assert_eq!(refused(relative, "0 1 1e308\n1 2 1e308\n").0, [1, 2]);
    let (lines, words) = refused(form, "0 1 1\n5 6 1\n1 0 2\n");
    assert_eq!(lines, [3]);
    assert!(words.contains("line 1"), "{words}");
}

#[test]
fn what_is_not_text_is_refused() {
    assert_eq!(refused(FORM, b"0 1\n\xff 2\n1 \x00\n").0, [2, 3]);
    assert_eq!(refused(FORM, "Ann,Bob\nAnn,\u{1b}[31mCyd\nAnn,D\u{202e}an\n").0, [2, 3]);
    assert_eq!(refused(FORM, "Ann,Bob\nAnn,\nAnn,\"Cyd\n").0, [2, 3]);
    assert_eq!(refused(FORM, format!("0 1\n0 {}\n", "7".repeat(70_000))).0, [2]);
    // Old line ends make one line with control characters in it.
    assert_eq!(refused(FORM, "0,1\r1,2\r").0, [1]);
}

#[test]
fn an_empty_list_is_refused() {
    for text in ["", "\n", "# nothing\n", "id_1,id_2\n", "3 3\n"] {
        let form = if text == "id_1,id_2\n" { ArcListForm { header: Header::Names, ..FORM } } else { FORM };
        assert_eq!(refused(form, text).0, [0], "{text:?}");
    }
}

#[test]
fn too_many_people_and_too_many_mistakes_stop_the_reading() {
    assert_eq!(refused(ArcListForm { people_max: 3, ..FORM }, "0 1\n1 2\n2 3\n3 4\n").0, [3]);
    assert_eq!(refused(FORM, format!("0 1\n{}", "x\n".repeat(50))).0, (2..22).collect::<Vec<u64>>());
}

#[test]
fn many_lines_are_read_and_none_is_lost() {
    let text: String =
        (0..100_000u64).map(|line| format!("{}\t{}\n", line * 7_919 % 20_011, line * 104_729 % 19_997)).collect();
    let start = std::time::Instant::now();
    let list = read(text.as_bytes(), FORM).expect("well formed");
    println!("{} ties in {:?}", list.said.ties, start.elapsed());
    let found = list.said.ties + list.said.self_loops_skipped + list.said.duplicates_merged + list.said.reversed_merged;
    assert_eq!(found, 100_000);
}

#[test]
fn shared_lists_have_their_published_sizes() {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for (file, people, ties) in [
        ("graphs/nx_karate_club.csv", 34, 78),
        ("graphs/nx_florentine_families.csv", 15, 20),
        ("graphs/nx_les_miserables.csv", 77, 254),
        ("graphs/nx_davis_southern_women.csv", 32, 89),
    ] {
        // The folder is there on some machines only.
        let Ok(text) = std::fs::read_to_string(shared.join(file)) else { continue };
        for weights in [Weights::Ignore, Weights::Strength, Weights::RelativeStrength] {
            let list = fine_as(ArcListForm { weights, ..FORM }, &text);
            assert_eq!((list.said.people, list.said.ties), (people, ties), "{file}");
            assert!(degrees(&list.graph).iter().all(|&degree| degree > 0));
        }
    }
    if let Ok(text) = std::fs::read_to_string(shared.join("medinnovations/medinnovations_edges.csv")) {
        let list = fine_as(ArcListForm { ties: TieKind::Directed, ..FORM }, &text);
        assert_eq!(list.said.first_line, FirstLine::Names);
        assert!(list.said.people <= 125 && list.graph.person_named("1001").is_some());
    }
}

/// What both ways of reading have in common: what is said, the graph as rows, and names; or the mistakes.
type Told = Result<(ArcListNotes, Vec<Vec<u32>>, Vec<String>), Vec<ArcListMistake>>;

fn told(read: Result<ArcList, Vec<ArcListMistake>>) -> Told {
    read.map(|ArcList { graph, said }| {
        let people = || (0..graph.people()).map(PersonId);
        let rows = people().map(|person| [graph.friends(person), &[graph.in_degree(person)]].concat()).collect();
        let names = people().filter_map(|person| graph.name(person).map(str::to_owned)).collect();
        (said, rows, names)
    })
}

/// Reads a list both ways; whether the fast one read it.
fn both_agree(text: &[u8], form: ArcListForm) -> bool {
    let any = told(read_any(text, form));
    let shown = || String::from_utf8_lossy(&text[..text.len().min(300)]).into_owned();
    assert_eq!(told(read(text, form)), any, "{form:?} {:?}", shown());
    match plain::read(text, form) {
        Some(list) => {
            assert_eq!(told(Ok(list)), any, "{form:?} {:?}", shown());
            true
        }
        None => false,
    }
}

const FORMS: [ArcListForm; 8] = {
    const fn form(ties: TieKind, header: Header, people_max: u32) -> ArcListForm {
        ArcListForm { ties, header, weights: Weights::Ignore, ids: Ids::Auto, people_max }
    }
    [
        form(TieKind::Undirected, Header::Auto, 1_000_000),
        form(TieKind::Directed, Header::Auto, 1_000_000),
        form(TieKind::Undirected, Header::None, 1_000_000),
        form(TieKind::Directed, Header::None, 1_000_000),
        form(TieKind::Undirected, Header::Counts, 1_000_000),
        form(TieKind::Directed, Header::Counts, 1_000_000),
        form(TieKind::Undirected, Header::Names, 1_000_000),
        form(TieKind::Undirected, Header::None, 5),
    ]
};

#[test]
fn odd_lists_are_read_alike_whichever_way() {
    let lists = [
        "",
        "\n",
        "0 1",
        "0 1\n",
        "0 1\n1 2",
        "0 1\n1 2\n",
        "0 1\n1 2\n\n",
        "\n\n0 1\n\n1 2\n",
        "0 1\r\n1 2\r\n",
        "0 1\r\n1 2\r",
        "0 1\r\r\n1 2\n",
        "0 1\n1 2 \r\n2 3\n",
        "# a\n% b\n0 1\n # c\n1 2\n#",
        "# \u{e9}\n0 1\n1 2\n",
        "0 0\n1 1\n",
        "0 1\n1 1\n5 5\n",
        "0 1\n1 0\n0 1\n",
        "0  1\n 1 2 \n",
        "0\t1\n1\t2\n",
        "0\t1\n1 2\n",
        "0 1\n1\t2\n",
        "0,1\n1,2\n",
        "0, 1\n1 ,2\n",
        "0;1\n1;2\n",
        "0,1\n1 2\n",
        "0,1,\n1,2,\n",
        "0 1 2\n1 2 3\n",
        "0 1\n1 2 3\n",
        "0 1\n1\n",
        "0\n1\n",
        "00 1\n1 2\n",
        "0 1\n01 2\n",
        "0 1\n1 02\n",
        "0 -1\n1 2\n",
        "0 1\n1 +2\n",
        "0 1.0\n1 2\n",
        "0 1\nAnn 2\n",
        "Ann Bob\n0 1\n",
        "id_1,id_2\n0,1\n1,2\n",
        "3 3\n0 1\n1 2\n2 0\n",
        "3 2\n0 1\n1 2\n",
        "4 6\n0 1\n0 2\n0 3\n1 2\n1 3\n2 3\n",
        "5 10\n1 2\n3 4\n",
        "24 30\n30 40\n24 40\n",
        "0 99999999\n1 2\n",
        "0 100000000\n1 2\n",
        "0 4294967296\n1 2\n",
        "0 99999999999999999999\n1 2\n",
        "12345678 1\n123456789 2\n",
        "7 9\n9 7\n11 9\n",
        "\"0\",\"1\"\n1,2\n",
        "0 1\n1 2\0\n",
        "0 1\n\t\n1 2\n",
        "\t0 1\n1 2\n",
        "0 1\n\u{a0}\n1 2\n",
        "0\u{a0}1\n1 2\n",
        "0 1\u{b2}\n1 2\n",
        "0/1\n1/2\n",
        "0:1\n1 2\n",
        "0 1\n1 :2\n",
        "1000001 1048576\n1 2\n",
        "0 1\n\n\n",
        "\r\n0 1\r\n1 2\r\n",
        "0 1\x0b\n1 2\n",
    ];
    let mut fast = 0;
    for text in lists {
        for form in FORMS {
            fast += u32::from(both_agree(text.as_bytes(), form));
        }
    }
    assert!(fast > 60, "{fast} read the fast way");
    both_agree(b"0 1\n\xff 2\n", FORM);
    let blank = " ".repeat(70_000);
    both_agree(format!("0 1\n{blank}\n1 2\n").as_bytes(), FORM);
    both_agree(format!("0 1\n0{blank}1\n1 2\n").as_bytes(), FORM);
}

#[test]
fn generated_lists_are_read_alike_whichever_way() {
    let mut draws = crate::graph::model::testing::dice(3).stream(crate::dice::Purpose::Graph, 0);
    let mut fast = [0, 0];
    for round in 0..1_500 {
        // Half of the lists have nothing unusual but ends of lines, comments and blanks.
        let is_plain = round % 2 == 0;
        let (lines, range) = (2 + draws.below(40), [4, 30, 1_000, 2_000_000][draws.below(4) as usize]);
        let (end, first) = ([("\n", 0), ("\r\n", 1)][draws.below(2) as usize], draws.below(3));
        let separator = [" ", "\t", ",", ";"][draws.below(4) as usize];
        let mut text = String::new();
        for _ in 0..lines {
            let (one, other) = (first + draws.below(range), first + draws.below(range));
            let line = match draws.below(if is_plain { 12 } else { 60 }) {
                0 => "# a remark".to_owned(),
                1 => String::new(),
                2 => format!("{one}{separator}{one}"),
                3 => format!(" {one}{separator}{other} "),
                12 => format!("{one} {other}"),
                13 => format!("0{one}{separator}{other}"),
                14 => format!("{one}{separator}{other}{separator}1"),
                15 => format!("{one}"),
                16 => format!("p{one}{separator}{other}"),
                17 => format!("{one}00000000{separator}{other}"),
                _ => format!("{one}{separator}{other}"),
            };
            text.push_str(&line);
            text.push_str(end.0);
        }
        if draws.below(3) == 0 {
            text.truncate(text.len() - 1 - end.1);
        }
        for form in FORMS {
            fast[usize::from(!is_plain)] += u32::from(both_agree(text.as_bytes(), form));
        }
    }
    assert!(fast[0] > 3_000 && fast[1] > 500, "{fast:?} read the fast way");
}

#[test]
fn lists_of_several_blocks_are_read_alike_whichever_way() {
    // Of two megabytes and of four groups of tellers, in another order than that of the numbers.
    let number = |line: u64, prime: u64| line * prime % 100_003;
    let tie = |line: u64| format!("{} {}\n", number(line, 7_919), number(line / 3, 104_729));
    let text: String = (1..180_000).map(tie).collect();
    for form in &FORMS[..4] {
        assert!(both_agree(text.as_bytes(), *form));
        // With a mistake behind the first block, which the general reader tells.
        assert!(!both_agree(format!("{text}1 2 3\n").as_bytes(), *form));
    }
}
