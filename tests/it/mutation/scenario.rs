//! Mistakes in a scenario or a sweep file: one to three, each of a kind that people make or that a parser may stumble over.

use tellwave::dice::Draws;

/// Values that are wrong in most places, and right in some: other kinds, numbers out of every range, broken notation, hostile text.
const VALUES: [&str; 78] = [
    "true",
    "false",
    "0",
    "1",
    "-1",
    "-0.0",
    "0.5",
    "1.5",
    "4",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "99999999999999999999",
    "0xffffffff",
    "0b1",
    "1_000",
    "4294967295",
    "4294967296",
    "134217728",
    "134217729",
    "2026-01-01",
    "2026-01-01T00:00:00Z",
    "12:30:00",
    "[]",
    "[1, 2]",
    "[\"a\", 2]",
    "[[1], [2]]",
    "[[[[[[[[]]]]]]]]",
    "{}",
    "{ a = 1 }",
    "{ people = 10 }",
    "[{ name = \"a\" }]",
    "\"\"",
    "\" \"",
    "\"text\"",
    "\"0 days\"",
    "\"1 day\"",
    "\"-1 days\"",
    "\"100 years\"",
    "\"101 years\"",
    "\"1e9 years\"",
    "\"nan days\"",
    "\"7\"",
    "\"7 dais\"",
    "\"7days\"",
    "\"0 %\"",
    "\"100 %\"",
    "\"100.0001 %\"",
    "\"-3 %\"",
    "\"1e400 %\"",
    "\"% 4\"",
    "\"10 USD\"",
    "\"10.999 USD\"",
    "\"-10 USD\"",
    "\"10 XXX\"",
    "\"10 EUR\"",
    "\"99999999999999999999 USD\"",
    "\"1 per minute\"",
    "\"2 per minute\"",
    "\"0.5 per dai\"",
    "\"negative_binomial(8,\"",
    "\"negative_binomial(8, 0)\"",
    "\"poisson(-1)\"",
    "\"poisson(10000)\"",
    "\"exponential()\"",
    "\"fixed(fixed(2))\"",
    "\"uniform(2 days, 1 day)\"",
    "\"all_neighbours\"",
    "\"for_ever\"",
    "\"\\u0000\\u001b[2J\\u202e\"",
    "\"ß漢字🦀\"",
];

/// Pieces of TOML that break it where they come to stand.
const PIECES: [&str; 24] = [
    "[", "]", "{", "}", "\"", "'", "\"\"\"", "=", "#", ",", ".", "\n", "\r", "\t", "\0", "\u{7f}", "\u{feff}",
    "\u{202e}", "\\u12", "[[", "]]", "é", "🦀", "\\",
];

/// Presets that there are, and that there are not.
const PRESETS: [&str; 6] = ["\"b2c\"", "\"tarp-cars\"", "\"b2x\"", "[\"b2c\", \"b2b\"]", "3", "[]"];

/// The text with some mistakes in it.
pub(super) fn make(text: &str, keys: &[(String, String)], luck: &mut Draws) -> Vec<u8> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=luck.below(3) {
        spoil(&mut lines, keys, luck);
    }
    let ending = if luck.below(20) == 0 { "\r\n" } else { "\n" };
    let mut bytes = (lines.join(ending) + ending).into_bytes();
    match luck.below(60) {
        0 => bytes.truncate(luck.below(bytes.len() as u32) as usize),
        1 => {
            let at = luck.below(bytes.len() as u32) as usize;
            bytes[at] = luck.below(256) as u8;
        }
        2 => bytes.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
        _ => {}
    }
    bytes
}

fn one<'a, T: ?Sized>(of: &[&'a T], luck: &mut Draws) -> &'a T {
    of[luck.below(of.len() as u32) as usize]
}

/// A line that says what a key is, and where its value begins.
fn value_in(lines: &[String], luck: &mut Draws) -> Option<(usize, usize)> {
    let with_value = |(at, line): (usize, &String)| {
        let equals = line.find('=').filter(|_| !line.trim_start().starts_with(['#', '[']))?;
        Some((at, equals + 1))
    };
    let all: Vec<(usize, usize)> = lines.iter().enumerate().filter_map(with_value).collect();
    all.get(luck.below(all.len().max(1) as u32) as usize).copied()
}

/// A line that heads a table.
fn header_in(lines: &[String], luck: &mut Draws) -> Option<usize> {
    let all: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].starts_with('[')).collect();
    all.get(luck.below(all.len().max(1) as u32) as usize).copied()
}

/// Makes one mistake.
fn spoil(lines: &mut Vec<String>, keys: &[(String, String)], luck: &mut Draws) {
    let Some((at, from)) = value_in(lines, luck) else { return };
    let value = lines[at][from..].trim().to_owned();
    let key = lines[at][..from - 1].to_owned();
    let set = |lines: &mut Vec<String>, value: &str| lines[at] = format!("{key}= {value}");
    match luck.below(18) {
        0..=2 => set(lines, one(&VALUES, luck)),
        3 => {
            let (other, from) = value_in(lines, luck).unwrap_or((at, from));
            let theirs = lines[other][from..].trim().to_owned();
            set(lines, &theirs);
        }
        4 => {
            let digits = one(&["0", "1", "9", "00", "999999999", "-3", "1e30", ".5", ""], luck);
            set(lines, &value.replacen(|c: char| c.is_ascii_digit(), digits, 1));
        }
        5 => {
            let units = ["days", "day", "weeks", "hours", "%", "USD", "per", "year", "poisson", "exponential", "("];
            let unit = one(&units, luck);
            set(lines, &value.replacen(unit, one(&["", "dais", "EUR", "permille", "))", "poison"], luck), 1));
        }
        6 => drop(lines.remove(at)),
        7 => lines.insert(at, lines[at].clone()),
        8 => {
            let mut letters: Vec<char> = lines[at].chars().collect();
            let place = luck.below(key.trim().chars().count().max(1) as u32) as usize;
            match luck.below(3) {
                0 => drop(letters.remove(place)),
                1 => letters.insert(place, 'x'),
                _ => letters[place] = '_',
            }
            lines[at] = letters.into_iter().collect();
        }
        9 => {
            let line = lines.remove(at);
            lines.insert(luck.below(lines.len() as u32 + 1) as usize, line);
        }
        10 => {
            let Some(at) = header_in(lines, luck) else { return };
            let other = header_in(lines, luck).unwrap_or(at);
            match luck.below(5) {
                0 => lines[at] = lines[at].replacen('[', "[x", 1),
                1 => lines[at] = format!("[{}]", lines[at]),
                2 => lines[at] = lines[other].clone(),
                3 => lines.push(lines[at].clone()),
                _ => drop(lines.remove(at)),
            }
        }
        11 => lines.insert(0, format!("preset = {}", one(&PRESETS, luck))),
        12 => {
            let (name, value) = &keys[luck.below(keys.len() as u32) as usize];
            let named = one(&["name = \"v\"\n", "name = 3\n", ""], luck);
            lines.push(format!("[[variant]]\n{named}{name} = {value}"));
        }
        13 | 14 => {
            // A key that stands elsewhere, with its own value or another's.
            let (name, value) = &keys[luck.below(keys.len() as u32) as usize];
            let (_, other) = &keys[luck.below(keys.len() as u32) as usize];
            lines.insert(0, format!("{name} = {}", one(&[value.as_str(), other.as_str(), one(&VALUES, luck)], luck)));
        }
        15 => {
            let line = &mut lines[at];
            let places: Vec<usize> = line.char_indices().map(|(place, _)| place).collect();
            line.insert_str(places[luck.below(places.len() as u32) as usize], one(&PIECES, luck));
        }
        16 => {
            let often = 1 << luck.below(14);
            let (open, close) =
                *one(&[&("[", "]"), &("{ a = ", "}"), &("\"x", "\""), &("'", "y'"), &("\"\"\"\n", "\"\"\"")], luck);
            set(lines, &format!("{}1{}", open.repeat(often), close.repeat(often)));
        }
        _ => {
            set(lines, &format!("\"{}\"", one(&["x", "9", "é", " ", "(", "\\u202e"], luck).repeat(1 << luck.below(17))))
        }
    }
}
