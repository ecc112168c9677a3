//! docs/first-scenario.md, followed as a reader follows it: from top to bottom, in one empty folder.
//!
//! | what stands on the page | what is done |
//! |---|---|
//! | `<!-- file: NAME -->` before a block | the block becomes that file |
//! | `<!-- end of: NAME -->` before a block | the block is added at the end of that file |
//! | `<!-- in: NAME, [TABLE] -->` before a block | the lines are put below the line `[TABLE]` of that file |
//! | `<!-- line: NAME, LINE -->` before a block | it takes the place of that line |
//! | `<!-- picture: FILE -->` before a picture | the picture is that file |
//! | a block `sh` | it is run by a shell, and the next block `text` is what it prints |
//! | `<!-- not run: WHY -->` before a block | nothing |
//!
//! A line `…` stands for any number of lines. Where output begins with `error:`, the command has to fail.

use crate::common::{folder, write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A block of the page, and what stands on the line before it.
#[derive(Debug)]
struct Block {
    /// Of the line after its fence.
    line: usize,
    mark: String,
    note: Option<String>,
    lines: Vec<String>,
}

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/first-scenario.md")
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = vec![];
    let mut note: Option<String> = None;
    let mut lines = (1..).zip(text.lines());
    while let Some((line, content)) = lines.next() {
        if let Some(mark) = content.strip_prefix("```") {
            let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
            blocks.push(Block {
                line: line + 1,
                mark: mark.to_owned(),
                note: note.take(),
                lines: inside.map(str::to_owned).collect(),
            });
        }
        if let (Some(note), true) = (&note, content.starts_with("![")) {
            let (mark, picture) = ("picture".to_owned(), content.split(['(', ')']).nth(1).expect("an address"));
            blocks.push(Block { line, mark, note: Some(note.clone()), lines: vec![picture.to_owned()] });
        }
        note = content.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")).map(str::to_owned);
    }
    blocks
}

/// Writes a block into the file that its note names.
fn put(here: &Path, note: &str, block: &str) {
    let read = |name: &str| std::fs::read_to_string(here.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    if let Some(name) = note.strip_prefix("file: ") {
        write(here, name, block);
    } else if let Some(name) = note.strip_prefix("end of: ") {
        write(here, name, format!("{}\n{block}", read(name)));
    } else if let Some((name, table)) = note.strip_prefix("in: ").and_then(|rest| rest.split_once(", ")) {
        let text = read(name);
        let (before, after) = text.split_once(&format!("{table}\n")).unwrap_or_else(|| panic!("{name} has no {table}"));
        write(here, name, format!("{before}{table}\n{block}{after}"));
    } else if let Some((name, line)) = note.strip_prefix("line: ").and_then(|rest| rest.split_once(", ")) {
        let text = read(name);
        assert!(text.contains(&format!("\n{line}\n")), "{name} has no line {line}");
        write(here, name, text.replace(&format!("\n{line}\n"), &format!("\n{block}")));
    } else {
        panic!("what is to be done with a block that is \"{note}\"?");
    }
}

/// What a shell prints, as one sees it in a window: both streams in their order, without blanks at the ends of lines.
fn run(here: &Path, script: &str) -> (bool, Vec<String>) {
    let built = Path::new(env!("CARGO_BIN_EXE_tellwave")).parent().expect("a folder").to_path_buf();
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&old))).expect("a path");
    let script = format!("set -eu\nexec 2>&1\n{script}");
    let said =
        Command::new("sh").args(["-c", &script]).current_dir(here).env("PATH", path).env("NO_COLOR", "1").output();
    let said = said.expect("a shell");
    let text = String::from_utf8(said.stdout).expect("UTF-8");
    (said.status.success(), text.trim().lines().map(|line| line.trim_end().to_owned()).collect())
}

fn is_elision(line: &str) -> bool {
    line.trim() == "…"
}

/// Whether lines are those shown, where `…` stands for any number.
fn are_shown(printed: &[String], shown: &[String]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((first, rest)) if is_elision(first) => {
            (0..=printed.len()).any(|skipped| are_shown(&printed[skipped..], rest))
        }
        Some((first, rest)) => printed.first().is_some_and(|line| line == first) && are_shown(&printed[1..], rest),
    }
}

#[test]
fn an_elision_stands_for_any_number_of_lines() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (printed, other) = (lines("a\nb\nc\nd"), lines("a\nb\nc"));
    assert!(are_shown(&printed, &lines("a\n …\nd")) && are_shown(&printed, &lines("a\nb\n…\nc\n…\nd")));
    assert!(!are_shown(&other, &lines("a\n…\nd")) && !are_shown(&printed, &lines("b\n…")));
}

/// Follows the page in a folder; `hear` is told of each block of output and what was printed instead.
fn follow(blocks: &[Block], here: &Path, mut hear: impl FnMut(&Block, &[String])) {
    let mut printed: Option<(bool, Vec<String>)> = None;
    for block in blocks {
        let (text, note) = (block.lines.join("\n") + "\n", block.note.as_deref());
        if note.is_some_and(|note| note.starts_with("not run: ")) {
            continue;
        }
        match block.mark.as_str() {
            "sh" => {
                let unread = printed.replace(run(here, &text));
                assert!(unread.is_none_or(|(went_well, _)| went_well), "a command before line {} fails", block.line);
            }
            "toml" => put(here, note.unwrap_or_else(|| panic!("line {}: of which file?", block.line)), &text),
            "text" => {
                let (went_well, lines) = printed.take().unwrap_or_else(|| panic!("line {}: of what?", block.line));
                let shows_error = block.lines.first().is_some_and(|line| line.starts_with("error:"));
                assert_eq!(went_well, !shows_error, "line {}:\n{}", block.line, lines.join("\n"));
                hear(block, &lines);
            }
            "picture" => {}
            other => panic!("line {}: a block of {other:?}", block.line),
        }
    }
}

/// The pictures of the page, each with the file that it is.
fn pictures(blocks: &[Block], here: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let shown = blocks.iter().filter(|block| block.mark == "picture");
    shown
        .map(|block| {
            let file =
                block.note.as_deref().and_then(|note| note.strip_prefix("picture: ")).expect("the file of a picture");
            let bytes = std::fs::read(here.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            (page().with_file_name(&block.lines[0]), bytes)
        })
        .collect()
}

#[test]
fn whoever_follows_the_tutorial_sees_what_it_shows() {
    let text = std::fs::read_to_string(page()).expect("the tutorial");
    let blocks = blocks(&text);
    let (here, mut wrong, mut compared) = (folder(), vec![], 0);
    follow(&blocks, here.path(), |block, printed| {
        compared += 1;
        if !are_shown(printed, &block.lines) {
            wrong.push(format!("line {}:\n{}", block.line, printed.join("\n")));
        }
    });
    for (picture, bytes) in pictures(&blocks, here.path()) {
        if std::fs::read(&picture).ok() != Some(bytes) {
            wrong.push(format!("{} is another picture", picture.display()));
        }
    }
    assert!(compared >= 8, "only {compared} blocks of output were compared");
    assert!(
        wrong.is_empty(),
        "docs/first-scenario.md shows something else than is printed (to write it anew: cargo test --test it \
         the_tutorial_is_written_anew -- --ignored)\n{}",
        wrong.join("\n\n")
    );
}

/// What a line is about: its words before its numbers.
fn subject(line: &str) -> &str {
    line.find("  ").filter(|&end| end > 0).map_or(line, |end| &line[..end])
}

/// The same lines as are shown, as they are printed now; elisions stay where they are, and come where lines have come in between.
fn anew(printed: &[String], shown: &[String]) -> Vec<String> {
    if !shown.iter().any(|line| is_elision(line)) {
        return printed.to_vec();
    }
    let (mut now, mut next) = (vec![], 0);
    for line in shown {
        if is_elision(line) {
            now.push(line.clone());
            continue;
        }
        let is_it = |other: &String| other == line || subject(other) == subject(line);
        let skipped = printed[next..].iter().position(is_it).unwrap_or_else(|| panic!("no {line}"));
        if skipped > 0 && !now.last().is_some_and(|last| is_elision(last)) {
            now.push("…".to_owned());
        }
        next += skipped + 1;
        now.push(printed[next - 1].clone());
    }
    now
}

#[test]
#[ignore = "writes the outputs of docs/first-scenario.md anew"]
fn the_tutorial_is_written_anew() {
    let text = std::fs::read_to_string(page()).expect("the tutorial");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let blocks = blocks(&text);
    let (here, mut changed) = (folder(), vec![]);
    follow(&blocks, here.path(), |block, printed| {
        changed.push((block.line - 1, block.lines.len(), anew(printed, &block.lines)))
    });
    for (start, length, now) in changed.into_iter().rev() {
        lines.splice(start..start + length, now);
    }
    for (picture, bytes) in pictures(&blocks, here.path()) {
        std::fs::write(picture, bytes).expect("written");
    }
    std::fs::write(page(), lines.join("\n") + "\n").expect("written");
}
