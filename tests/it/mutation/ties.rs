//! Edge lists, right and wrong: of numbers or names, with any separator, header, weight and ending, and some mistakes.

use tellwave::dice::Draws;

/// The name of the list beside its scenario.
pub(super) const LIST: &str = "ties.csv";

/// People as they should be called, and as they should not.
const STRANGE: [&str; 22] = [
    "-1",
    "+3",
    "007",
    "1.5",
    "1e3",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999",
    "nan",
    "inf",
    "",
    "\"",
    "\"a b\"",
    "\"un\"closed",
    "abc",
    "ß漢字",
    "\u{202e}x",
    "\u{1b}[2J",
    "a\0b",
    "#",
    "=cmd()",
    "<script>",
];

/// Weights of either kind.
const WEIGHTS: [&str; 10] = ["1", "0.5", "0", "-1", "nan", "inf", "1e309", "256", "", "x"];

/// A list, and a scenario on it.
pub(super) fn make(luck: &mut Draws) -> (Vec<u8>, String) {
    let one = |of: &[&'static str], luck: &mut Draws| of[luck.below(of.len() as u32) as usize];
    let separator = one(&[",", ";", "\t", " ", ", "], luck);
    let ending = one(&["\n", "\n", "\n", "\r\n", "\r"], luck);
    let (is_named, is_weighed) = (luck.below(3) == 0, luck.below(2) == 0);
    let mut lines: Vec<String> = vec![];
    match luck.below(6) {
        0 => lines.push(["src", "dst", "weight"][..2 + usize::from(is_weighed)].join(separator)),
        1 => lines.push(format!("20{separator}40")),
        2 => lines.push("# a comment".to_owned()),
        _ => {}
    }
    for _ in 0..luck.below(40) {
        let person = |luck: &mut Draws| match is_named {
            true => format!("p{}", luck.below(20)),
            false => luck.below(20).to_string(),
        };
        let mut fields = vec![person(luck), person(luck)];
        if is_weighed {
            fields.push(one(&WEIGHTS[..3], luck).to_owned());
        }
        lines.push(fields.join(separator));
    }
    for _ in 0..luck.below(3) {
        spoil(&mut lines, separator, luck);
    }
    let mut bytes = (lines.join(ending) + ending).into_bytes();
    match luck.below(30) {
        0 => bytes.truncate(luck.below(bytes.len() as u32) as usize),
        1 => {
            let at = luck.below(bytes.len() as u32) as usize;
            bytes[at] = luck.below(256) as u8;
        }
        2 => bytes.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        3 => bytes.splice(0..0, *b"\xff\xfe").for_each(drop),
        _ => {}
    }
    let option = |luck: &mut Draws, key: &str, values: &[&'static str]| match luck.below(3) {
        0 => format!("{key} = \"{}\"\n", one(values, luck)),
        _ => String::new(),
    };
    let ties = option(luck, "ties", &["directed", "undirected"]);
    let header = option(luck, "header", &["auto", "none", "names", "counts"]);
    let weights = option(luck, "weights", &["ignore", "strength", "relative strength"]);
    let ids = option(luck, "ids", &["auto", "names"]);
    let scenario =
        format!("runs = 1\n[graph.edge_list]\nfile = \"{LIST}\"\n{ties}{header}{weights}{ids}[seeds]\ncount = 1\n");
    (bytes, scenario)
}

/// Makes one mistake in a line, or puts one in.
fn spoil(lines: &mut Vec<String>, separator: &str, luck: &mut Draws) {
    let at = luck.below(lines.len().max(1) as u32) as usize;
    let one = |of: &[&'static str], luck: &mut Draws| of[luck.below(of.len() as u32) as usize];
    let line = match luck.below(8) {
        0 | 1 => format!("{}{separator}{}", one(&STRANGE, luck), one(&["1", "2", "p1"], luck)),
        2 => format!("1{separator}2{separator}{}", one(&WEIGHTS, luck)),
        3 => one(&["1", "", "   ", "%", "# x", "1,2,3,4,5", "1;2", "1\t2", "1 2", "\0", "]]"], luck).to_owned(),
        4 => separator.repeat(1 << luck.below(18)),
        5 => format!("1{separator}{}", "9".repeat(1 << luck.below(18))),
        6 => format!("1{separator}\"{}", "a\"\"".repeat(1 << luck.below(12))),
        _ => format!("{separator}1{separator}2"),
    };
    lines.insert(at, line);
}
