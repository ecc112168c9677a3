//! That the help of every command has examples, and that they can be called.

use super::Cli;
use clap::{CommandFactory, Parser};

/// The examples that a help ends with.
fn examples(command: &clap::Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let below = help.split("Examples:\n").nth(1).unwrap_or_default();
    below.lines().take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
}

/// The words of a call, as a shell splits them: what is quoted is one, and what leads elsewhere is none.
fn words(call: &str) -> Vec<String> {
    let call = call.split(" > ").next().unwrap_or_default();
    let mut words: Vec<String> = vec![];
    for (place, piece) in call.split('\'').enumerate() {
        if place % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Every command that does something or has examples, with these; first the words that call it.
fn leaves(command: &clap::Command, path: &[String], found: &mut Vec<(Vec<String>, Vec<String>)>) {
    let path = [path, &[command.get_name().to_owned()]].concat();
    let examples = examples(command);
    if !command.has_subcommands() || path.len() == 1 || !examples.is_empty() {
        found.push((path.clone(), examples));
    }
    command.get_subcommands().for_each(|below| leaves(below, &path, found));
}

#[test]
fn every_help_ends_with_examples_that_can_be_called() {
    let mut found = vec![];
    leaves(&Cli::command(), &[], &mut found);
    assert!(found.len() > 20, "only {} commands", found.len());
    for (path, examples) in found {
        let path = path.join(" ");
        assert!(examples.iter().any(|example| example.starts_with(&path)), "{path} --help has no example of it");
        for example in examples {
            if let Err(why) = Cli::try_parse_from(words(&example)) {
                panic!("the help of {path} has a wrong example: {example}\n{why}");
            }
        }
    }
}

/// Commands that print a text: a script, what was written, pages, a schema.
const TEXTS: [&str; 5] = ["completions", "init", "man", "reference", "schema"];

#[test]
fn every_command_that_tells_data_can_tell_it_in_json() {
    let mut silent = vec![];
    let mut waiting = vec![Cli::command()];
    while let Some(command) = waiting.pop() {
        waiting.extend(command.get_subcommands().cloned());
        let has_json = command.get_arguments().any(|arg| arg.get_id() == "json");
        if !command.has_subcommands() && !has_json && !TEXTS.contains(&command.get_name()) {
            silent.push(command.get_name().to_owned());
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn flags_do_not_contradict_each_other() {
    Cli::command().debug_assert();
}

#[test]
fn words_in_quotes_are_one() {
    assert_eq!(
        words("tellwave spread g.tw --delay 'exponential(3 days)' > x"),
        ["tellwave", "spread", "g.tw", "--delay", "exponential(3 days)"]
    );
}
