//! `tellwave init`: asks five questions and writes a scenario to begin with, for somebody who has never seen TOML.
//!
//! Each answer is held against the reader of scenarios as soon as it is given, so what is written can be played. Answers come
//! from flags, from a person at a terminal, or line by line from another program; where they end, the defaults hold.

mod answers;
mod questions;
mod text;

use super::{Failure, hint, refuse_other_files, say};
use crate::draw;
use crate::scenario::schema;
use crate::scenario::values::visible;
use crate::store::atomic;
use answers::Answers;
use questions::{Given, QUESTIONS};
use std::path::{Path, PathBuf};

/// What the scenario is called unless it is told.
const NAME: &str = "my-scenario";

/// The file beside the scenario by which editors know the keys; the scenario's first line names it.
const SCHEMA: &str = "tellwave.schema.json";

/// How a schema begins.
const SCHEMA_BEGINNING: &[u8] = b"{\n  \"$schema\"";

/// Longest name of a file, its ending left out \[bytes\]; file systems allow 255.
const STEM_BYTES: usize = 80;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  tellwave init\n  tellwave init 'Coffee bar' --price '4.50 EUR' --programme two_sided --reward '2 EUR'\n  \
    tellwave init --yes --out pilot.toml"
)]
pub(super) struct Args {
    /// What the scenario is called; NAME.toml is written into this folder
    #[arg(default_value = NAME)]
    name: String,
    /// How many people could buy it
    #[arg(long, value_name = "N")]
    people: Option<String>,
    /// How many of them are customers at the start [default: 1 in 100]
    #[arg(long, value_name = "N")]
    customers: Option<String>,
    /// The price of one purchase, with its currency, such as "20.00 USD"
    #[arg(long, value_name = "AMOUNT")]
    price: Option<String>,
    /// To whom you sell: consumers, firms, telecom, finance or other
    #[arg(long, value_name = "WHOM")]
    sells_to: Option<String>,
    /// Who is rewarded when a friend buys: nobody, one_sided, two_sided, affiliate or tiers
    #[arg(long, value_name = "WHO")]
    programme: Option<String>,
    /// How much; of affiliates which share of the price [default: a tenth of the price]
    #[arg(long, value_name = "AMOUNT")]
    reward: Option<String>,
    /// Ask nothing: what no flag says is as by default
    #[arg(long)]
    yes: bool,
    /// The file to write, instead of NAME.toml
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let name = args.name.strip_suffix(".toml").unwrap_or(&args.name);
    let path = place(name, args.out.as_deref())?;
    refuse_other(&path)?;
    let schema = path.with_file_name(SCHEMA);
    refuse_other_files(&schema, ("schema of Tellwave", "--out"), |first| first.starts_with(SCHEMA_BEGINNING))?;
    let mut given = Given::new(args.yes);
    let mut answers = Answers::usual(name.to_owned());
    // A name that cannot stand is nobody's answer.
    answers.check().map_err(|why| Failure::User(format!("error: {}: {why}", visible(name, 60))))?;
    for question in &QUESTIONS {
        answers = given.answer(question, args.flag(question.flag), answers)?;
    }
    let file = draw::clean(&path.display().to_string());
    atomic::write_bytes(&schema, (schema::json_schema() + "\n").as_bytes())?;
    atomic::write_bytes(&path, text::of(&answers).as_bytes())?;
    if given.has_ended() {
        hint("There were no more answers, so the rest is as by default; tellwave init --help lists a flag for each.");
    }
    say(&format!("{file} is written; each of its lines says what it is."));
    say(&format!("{SCHEMA} beside it tells your editor which keys there are.\n\nNext:"));
    say(&format!("  tellwave check {file}   what is in it, what each customer brings"));
    say(&format!("  tellwave run {file}     play it: charts, tables and a report"));
    Ok(())
}

impl Args {
    /// What a flag says.
    fn flag(&self, name: &str) -> Option<&str> {
        let value = match name {
            "people" => &self.people,
            "customers" => &self.customers,
            "price" => &self.price,
            "sells-to" => &self.sells_to,
            "programme" => &self.programme,
            _ => &self.reward,
        };
        value.as_deref()
    }
}

/// Where the file goes.
fn place(name: &str, out: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(path) = out {
        if path.extension().is_none_or(|ending| ending != "toml") {
            let shown = draw::clean(&path.display().to_string());
            return Err(Failure::User(format!("error: --out {shown}: the name of a scenario ends in .toml")));
        }
        return Ok(path.to_path_buf());
    }
    if name.contains(['/', '\\']) {
        let what = format!("error: {} is a path, and a name is wanted", visible(name, 60));
        return Err(Failure::User(format!("{what}\n  = help: --out FILE says where the file goes")));
    }
    Ok(PathBuf::from(format!("{}.toml", stem(name))))
}

/// The name of a file for a scenario: letters and digits, with hyphens between them.
fn stem(name: &str) -> String {
    let mut stem = String::new();
    for letter in name.to_lowercase().chars() {
        if stem.len() + letter.len_utf8() > STEM_BYTES {
            break;
        }
        if letter.is_alphanumeric() || letter == '_' {
            stem.push(letter);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { NAME.to_owned() } else { stem.to_owned() }
}

/// Refuses a place where no file can be written, or where there is one already, whatever it is.
fn refuse_other(path: &Path) -> Result<(), Failure> {
    let shown = draw::clean(&path.display().to_string());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let folder = draw::clean(&folder.display().to_string());
        return Err(Failure::User(format!("error: --out {shown}: there is no folder {folder}")));
    }
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    let help = "give another name, or another place with --out FILE";
    Err(Failure::User(format!("error: {shown} is there already, and was not touched\n  = help: {help}")))
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn any_name_makes_a_plain_name_of_a_file() {
        for (name, expected) in [
            ("Coffee bar", "coffee-bar"),
            ("../../etc/passwd", "etc-passwd"),
            ("  Кофе & Co.  ", "кофе-co"),
            ("a\"b\\c\n$(d)", "a-b-c-d"),
            ("***", "my-scenario"),
        ] {
            assert_eq!(stem(name), expected, "{name:?}");
        }
        assert_eq!(stem(&"я".repeat(500)).len(), 80);
    }
}
