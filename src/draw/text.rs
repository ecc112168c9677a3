//! Text from strangers, made fit for a picture or a page: what is invisible or turns the reading order is taken out.
//!
//! Escaping is not done here: each format escapes for itself, where it writes.

/// The text without control characters and without marks that reorder what stands around them; line breaks and tabs
/// become spaces, and runs of spaces one space.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            // A no-break space is whitespace too, and stays what it is.
            let space = if matches!(c, '\u{a0}' | '\u{202f}' | '\u{3000}') { c } else { ' ' };
            if !(space == ' ' && out.ends_with(' ')) {
                out.push(space);
            }
        } else if !is_unfit(c) {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Characters that XML forbids, that show nothing, or that change the order of their neighbours.
fn is_unfit(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' | '\u{e000}'..='\u{f8ff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Joiners and variation selectors: they shape their neighbours and draw nothing themselves.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Breaks a text into at most `lines_max` lines that `fits` accepts; what is left over ends in "…".
///
/// Lines break at spaces, after the dots and low lines of keys and between ideographs; a word too long for a line is cut.
pub(super) fn wrap(text: &str, lines_max: usize, fits: impl Fn(&str) -> bool) -> Vec<String> {
    // No line holds this many letters; a name of a million is not measured to its end.
    let end = text.char_indices().nth(lines_max * 400).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if fits(longer.trim_end()) {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
        }
        line = piece.trim_start().to_owned();
        while !fits(line.trim_end()) && line.chars().count() > 1 {
            let cut = longest_fit(&line, &fits);
            lines.push(line[..cut].to_owned());
            line.drain(..cut);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && !fits(&format!("{last}…")) {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

/// Breaks a headline as `wrap` does, and then evens out its lines, so that no short word stands alone on the last one.
///
/// `width` measures a line; none is wider than `room`.
pub(super) fn balance(text: &str, lines_max: usize, room: f64, width: impl Fn(&str) -> f64) -> Vec<String> {
    let lines = wrap(text, lines_max, |line| width(line) <= room);
    let is_whole = lines.last().is_none_or(|last| !last.ends_with('…') || text.trim_end().ends_with('…'));
    if lines.len() < 2 || !is_whole {
        return lines;
    }
    // Narrower than its longest word no line may be, unless there is but one, which is cut in any case.
    let widest = if pieces(text).len() > 1 { widest_word(text, &width) } else { 0.0 };
    let narrowed = (10..20).map(|twentieths| room * f64::from(twentieths) / 20.0).filter(|room| *room >= widest);
    let even = narrowed.map(|room| wrap(text, lines_max + 1, |line| width(line) <= room));
    even.into_iter().find(|even| even.len() == lines.len()).unwrap_or(lines)
}

/// The width of the widest stretch within which a line does not break unless it must.
pub(super) fn widest_word(text: &str, width: impl Fn(&str) -> f64) -> f64 {
    // Of a longer one more than a line is known to be needed.
    let end = text.char_indices().nth(400).map_or(text.len(), |(at, _)| at);
    pieces(&text[..end]).into_iter().map(|piece| width(piece.trim())).fold(0.0, f64::max)
}

/// The text in pieces between which a line may break; each keeps the spaces that follow it.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = match before {
            // After the dots of a key too, as in conversion.persuasion, but not within a number.
            Some(b) => {
                (b == ' ' && c != ' ')
                    || (matches!(b, '.' | '_') && c.is_alphabetic())
                    || (is_ideograph(b) && is_ideograph(c))
            }
            None => false,
        };
        if breaks {
            found.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    found.push(&text[start..]);
    found
}

/// Ideographs and kana, but not their punctuation, which may not begin a line.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// How many bytes of the word fit on a line; at least one character.
fn longest_fit(word: &str, fits: impl Fn(&str) -> bool) -> usize {
    let ends: Vec<usize> = word.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let fitting = ends.partition_point(|&end| fits(&word[..end]));
    ends.get(fitting.max(1) - 1).copied().unwrap_or(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten(line: &str) -> bool {
        line.chars().count() <= 10
    }

    #[test]
    fn what_cannot_be_seen_is_taken_out() {
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{0}\u{1b}[31m\u{7f}"), "abc[31m");
        assert_eq!(clean(" two\n\n lines\t"), "two lines");
        assert_eq!(clean("\u{ffff}\u{fdd0}x\u{feff}"), "\u{fdd0}x");
        assert_eq!(clean("1\u{a0}M"), "1\u{a0}M");
    }

    #[test]
    fn lines_break_at_spaces_and_between_ideographs() {
        assert_eq!(wrap("one two three four", 5, ten), ["one two", "three four"]);
        assert_eq!(wrap("spread.chance 12.5", 5, ten), ["spread.", "chance", "12.5"]);
        assert_eq!(wrap("口碑传播模拟结果如下所示", 5, ten), ["口碑传播模拟结果如下", "所示"]);
        assert_eq!(wrap("", 5, ten), Vec::<String>::new());
    }

    #[test]
    fn the_lines_of_a_headline_are_even() {
        let width = |line: &str| line.chars().count() as f64;
        let headline = "Profit with the programme: difference from it";
        assert_eq!(wrap(headline, 3, |line| width(line) <= 43.0), ["Profit with the programme: difference from", "it"]);
        assert_eq!(balance(headline, 3, 43.0, width), ["Profit with the programme:", "difference from it"]);
        assert_eq!(balance("One line", 3, 43.0, width), ["One line"]);
        assert_eq!(balance("Donaudampfschifffahrtsgesellschaft of", 3, 34.0, width).len(), 2);
        assert_eq!(balance("Donaudampfschifffahrt", 3, 20.0, width), ["Donaudampfs", "chifffahrt"]);
        assert_eq!(balance("one two three four five", 2, 10.0, width), ["one two", "three fou…"]);
    }

    #[test]
    fn a_long_word_is_cut_and_a_long_text_ends_in_an_ellipsis() {
        assert_eq!(wrap("abcdefghijklmno", 5, ten), ["abcdefghij", "klmno"]);
        assert_eq!(wrap("one two three four five", 2, ten), ["one two", "three fou…"]);
        assert_eq!(wrap("abc", 1, |_| false), ["…"]);
    }
}
