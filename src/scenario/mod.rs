//! A scenario: the TOML document in which a question is put to the simulator.
//!
//! Study floor. [`Scenario::read`] proves everything, reports every mistake at once, and hands the model a world in which
//! nothing can be wrong any more. What the keys of each table mean is said in the file of that concern: `market` (the
//! graph and the first customers), `customer` (experience and what the files of single concerns read), `telling`,
//! `channels`, `conversion`, `recorded` (graphs from files), `commerce` (what purchases are worth), `incentives` (the policy). [`values`], [`money`] and
//! [`law_notation`] know how people write quantities; [`reader`] walks the document, [`record`] keeps every value it
//! resolved and what its key takes ([`kind`]), and [`mistake`] shows what was wrong where it is. `bounds` refuses what would outgrow memory or the columns of money, `terms` warns of what a programme lets happen, and `rule_words` says it
//! in words. [`presets`] are named sets
//! of values with their sources; `variants` are scenarios that differ from the rest of their file in some keys; [`mod@reference`] puts together what is said of each key beside its getter, and [`schema`] says it to editors.
//!
//! ```
//! use std::path::Path;
//! use tellwave::scenario::{Overrides, Scenario};
//!
//! let wrong = Scenario::parse("my.toml", "runs = 0\nhorizn = '3 days'", Path::new(""), Overrides::default());
//! let told = wrong.expect_err("two mistakes").to_string();
//! assert!(told.contains("my.toml:1") && told.contains("did you mean"));
//! ```

pub(crate) mod advice;
mod asking;
mod assumption;
mod bounds;
mod channels;
mod commerce;
mod conversion;
mod customer;
mod fork;
mod fraud;
mod funnel;
mod incentives;
mod keeping;
#[doc(hidden)]
pub mod kind;
#[doc(hidden)]
pub mod law_notation;
mod look;
mod made;
mod market;
mod memory;
pub mod mistake;
pub mod money;
mod opinions;
mod paid;
mod posts;
pub mod presets;
#[doc(hidden)]
pub mod reader;
pub mod record;
#[doc(hidden)]
pub mod recorded;
#[doc(hidden)]
pub mod reference;
mod reward_kinds;
mod reward_rules;
mod rule_words;
mod scaled;
pub mod schema;
mod seeds;
mod segments;
mod telling;
mod terms;
mod toml_words;
mod triggers;
#[doc(hidden)]
pub mod values;
mod variants;

use crate::dice::Dice;
use crate::engine::World;
use crate::experiment::{Experiment, MoneyUnit};
use crate::files::{self, Unread};
use crate::language::{Language, Said, said};
use crate::projection::Standard;
use crate::units::{Seed, Tick};
#[doc(hidden)]
pub use assumption::Assumption;
#[doc(hidden)]
pub use fork::Change;
#[doc(hidden)]
pub use keeping::{Grown, NoGraph};
pub use look::{Logo, ReportLook};
use market::Market;
pub use memory::Memory;
use mistake::{Mistake, Mistakes};
use money::Currency;
use presets::Mark;
use reader::Document;
use record::{Setting, Source};
use reference::reference;
#[doc(hidden)]
pub use reward_kinds::in_words as reward_in_words;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
#[doc(hidden)]
pub use triggers::ordinal;
use values::shown;
use variants::Origin;

/// Values of the command line that go before those of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overrides {
    /// How many runs.
    pub runs: Option<u32>,
    /// The seed.
    pub seed: Option<u64>,
    /// How many people the model of the graph has.
    pub people: Option<u32>,
}

/// A scenario that was read and proved right.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// The question it answers, if it says so.
    pub question: Option<String>,
    /// What to expect, if it says so.
    pub expect: Option<String>,
    /// The seed of every draw.
    pub seed: Seed,
    /// How many runs.
    pub runs: u32,
    /// The currency of all money in it.
    pub currency: Currency,
    /// Every key with its value, as TOML that reads back to the same.
    pub resolved: String,
    /// Every key with its value and who gave it.
    pub settings: Vec<Setting>,
    /// The presets it stands on, later ones before earlier ones in force.
    pub presets: Vec<&'static str>,
    /// What its programme's terms let happen that nobody means.
    pub warnings: Mistakes,
    notes: Vec<Said>,
    /// The digest of the file that the graph was read from, if it was: SHA-256 of an edge list, its own of a kept graph.
    pub graph_sha256: Option<String>,
    /// That file as bytes, and the name under which the resolved scenario looks for it beside itself; nothing of a long one.
    pub graph_file: Option<(&'static str, Arc<[u8]>)>,
    /// How reports of it look.
    pub look: ReportLook,
    /// How many variants its file has.
    pub variants: usize,
    market: Market,
    product: customer::Product,
    origin: Origin,
}

/// Why a scenario cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// Mistakes in the scenario or in the data it names; the user's to mend.
    #[error("{0}")]
    Mistakes(Box<Mistakes>),
    /// There is no such file; the user's to mend.
    #[error("there is no scenario {}", shown(path))]
    Missing {
        /// The path that was given.
        path: PathBuf,
    },
    /// It is not a text file; the user's to mend.
    #[error("{}{} is {what}, not a scenario (a TOML text in UTF-8)", shown(path), line.map_or(String::new(), |l| format!(":{l}")))]
    NotText {
        /// The path that was given.
        path: PathBuf,
        /// The first line that is no text, or the last one of a file that says nothing.
        line: Option<usize>,
        /// What it is instead.
        what: String,
    },
    /// The disk said no.
    #[error("could not read {}: {source}", shown(path))]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Scenario {
    /// Reads a scenario file and the data it names.
    ///
    /// # Errors
    /// Every mistake in it, or a file that cannot be read.
    pub fn read(path: &Path, overrides: Overrides) -> Result<Scenario, ScenarioError> {
        let text = read_text(path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Scenario::parse(&path.display().to_string(), &text, folder, overrides)
    }

    /// Reads a scenario from text; `file` only appears in mistakes, data files are looked for in `folder`.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(file: &str, text: &str, folder: &Path, overrides: Overrides) -> Result<Scenario, ScenarioError> {
        let (file, text, folder) = (file.to_owned(), text.to_owned(), folder.to_owned());
        Scenario::parse_checked(Origin { file, text, folder, overrides, ..Origin::default() }, |_, _| {})
    }

    /// The same with the origin's variants laid over the file; `check` may find more mistakes in what was read.
    fn parse_checked(origin: Origin, check: impl FnOnce(&Document<'_>, &Scenario)) -> Result<Scenario, ScenarioError> {
        let mistakes = |mistakes| ScenarioError::Mistakes(Box::new(mistakes));
        let text = origin.text.clone();
        let document = Document::parse_variant(&origin.file, &text, presets::all(), &origin.variants)
            .map_err(mistakes)?
            .with_made(origin.made.clone());
        let scenario = Scenario::of(&document, origin);
        check(&document, &scenario);
        document.finish().map_err(mistakes)?;
        Ok(scenario)
    }

    /// Asks a document for every key. What comes of it is a scenario only if [`Document::finish`] finds nothing wrong.
    fn of(document: &Document<'_>, origin: Origin) -> Scenario {
        let Origin { file, folder, overrides, .. } = &origin;
        let root = document.root();
        let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = root.text("name", stem.as_deref().unwrap_or("scenario"));
        if name.trim().is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            root.refuse("name", values::quoted(&name), "1 to 100 printable characters", None);
        }
        let question = root.optional_text("question");
        let expect = root.optional_text("expect");
        let seed = root.whole_given("seed", 1, 0..=i64::MAX as u64, overrides.seed);
        let runs = root.whole_given("runs", 1_000, 1..=10_000_000, overrides.runs.map(u64::from)) as u32;
        let horizon = root.duration("horizon", Tick(365 * Tick::PER_DAY));
        let product = customer::read(&root, horizon);
        bounds::check_curves(&root, runs, &product.world);
        let mut market = market::read(&root, &product, folder, overrides.people);
        bounds::check(&root, &product, &market);
        let warned = terms::warnings(&root, &product, &market);
        let warnings = document.warnings(warned.iter().map(|warning| warning.mistake.clone()).collect());
        let note_of =
            |mistake: &Mistake| warned.iter().find(|warning| warning.mistake == *mistake).map(|it| it.note.clone());
        let warned = warnings.list().iter().filter_map(note_of);
        // The terms first, as they are the user's own; what a default rests on last.
        let notes = warned
            .chain(product.weak_code_note())
            .chain(product.idle_fraud_note())
            .chain(market.notes.clone())
            .chain(notes_on_presets(document));
        Scenario {
            name,
            question,
            expect,
            seed: Seed(seed),
            runs,
            currency: product.order.currency,
            resolved: document.resolved(),
            settings: document.settings(),
            presets: document.chosen().iter().map(|preset| preset.name).collect(),
            notes: notes.collect(),
            warnings,
            graph_sha256: market.sha256.clone(),
            graph_file: market.graph_file.take(),
            market,
            product,
            look: document.look().map_or_else(ReportLook::default, |root| look::read(&root, folder)),
            variants: document.variants().len(),
            origin,
        }
    }

    /// SHA-256 of the resolved scenario: the same for two files that mean the same.
    pub fn digest(&self) -> String {
        sha256_hex(self.resolved.as_bytes())
    }

    /// SHA-256 of all that its market depends on: scenarios that have it in common can be played in one, see
    /// [`Scenario::into_experiment_in`].
    pub fn market_digest(&self) -> String {
        let is_of_market = |key: &str| {
            ["graph.", "seeds.", "segments"].iter().any(|table| key.starts_with(table))
                || ["seed", "telling.audience"].contains(&key)
        };
        let of_market = self.settings.iter().filter(|setting| is_of_market(&setting.key));
        let mut text: String = of_market.map(|setting| format!("{} = {}\n", setting.key, setting.value)).collect();
        text.push_str(self.graph_sha256.as_deref().unwrap_or_default());
        sha256_hex(text.as_bytes())
    }

    /// How its money is written in tables.
    pub fn money(&self) -> MoneyUnit {
        MoneyUnit { code: self.currency.code().to_owned(), digits: self.currency.digits() as u8 }
    }

    /// Its programme in words of a language, a line for each rule; none where nobody is rewarded.
    pub fn programme(&self, language: Language) -> Vec<String> {
        rule_words::of(&self.product.world, self.currency, language)
    }

    /// What is to be said about the data it read, and of each warning.
    pub fn notes(&self, language: Language) -> Vec<String> {
        self.notes.iter().map(|note| note.told(language)).collect()
    }

    /// The rules alone, in English, in the order in which the log counts them from 0.
    pub fn rules(&self) -> Vec<String> {
        rule_words::of_rules(&self.product.world, self.currency, Language::English)
    }

    /// Whether anybody is rewarded for anything.
    pub fn has_programme(&self) -> bool {
        !self.product.world.policy.rules().is_empty()
    }

    /// By how much a word with a code is believed less, for who tells it is paid; a share from 0 to 1, 0 without a programme.
    pub fn credibility_loss(&self) -> f64 {
        self.product.world.policy.clauses().credibility_loss
    }

    /// How many people there are; nothing where they are without end.
    pub fn people(&self) -> Option<u32> {
        self.market.people()
    }

    /// Whether people may have names: those of a graph that was read from a file.
    pub fn may_have_names(&self) -> bool {
        matches!(self.market.ground, market::Ground::Recorded(_))
    }

    /// How many first customers there are.
    pub fn first_customers(&self) -> u32 {
        self.market.seeds()
    }

    /// The last moment that is played.
    pub fn horizon(&self) -> Tick {
        self.product.world.horizon
    }

    /// Projections of its runs, or of what there is of them up to a moment: what counts whole periods counts those up to then.
    pub fn projections(&self, until: Option<Tick>) -> Standard {
        let horizon = until.map_or(self.horizon(), |until| until.min(self.horizon()));
        Standard::new(&World { horizon, ..self.product.world.clone() }, self.product.discount_rate)
    }

    /// Grows the market and makes the plan that can be played. Takes as long as growing the graph takes.
    pub fn into_experiment(self) -> Experiment {
        let dice = Dice::new(self.seed);
        let (audience, seeds) = self.market.grow(dice);
        let world = World { dice, audience, seeds, ..self.product.world };
        Experiment { world, runs: self.runs, first: 0, twin: true, discount_rate: self.product.discount_rate }
    }

    /// The same in the market of another experiment, which must be the one that it would grow itself: nothing is grown.
    pub fn into_experiment_in(self, grown: &Experiment) -> Experiment {
        let World { dice, audience, seeds, .. } = &grown.world;
        let world = World { dice: *dice, audience: audience.clone(), seeds: seeds.clone(), ..self.product.world };
        Experiment { world, discount_rate: self.product.discount_rate, ..*grown }
    }
}

/// The text of a scenario file.
pub(crate) fn read_text(path: &Path) -> Result<String, ScenarioError> {
    let not_text = |line, what: &str| ScenarioError::NotText { path: path.to_path_buf(), line, what: what.to_owned() };
    let bytes = files::read(path, reader::TEXT_LENGTH_MAX as u64).map_err(|unread| match unread {
        Unread::Missing => ScenarioError::Missing { path: path.to_path_buf() },
        Unread::NotAFile(what) => not_text(None, what),
        Unread::Disk(source) => ScenarioError::Disk { path: path.to_path_buf(), source },
        other => not_text(None, &other.to_string().replace("it is ", "")),
    })?;
    let text = String::from_utf8(bytes).map_err(|error| reader::not_utf8(path, &error))?;
    // Of nothing a world of defaults could be made, which nobody has asked for: a file that was cut off is like this.
    let says_something = |line: &str| !line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with(['#', '\r']);
    match text.lines().any(|line| !line.trim().is_empty() && says_something(line)) {
        true => Ok(text),
        false => Err(not_text(Some(text.lines().count().max(1)), "the end of a file without a key")),
    }
}

/// What is to be said of the presets that a scenario chooses: values that are not used, and weak sources of those that are.
fn notes_on_presets<'d>(document: &'d Document<'_>) -> impl Iterator<Item = Said> + 'd {
    let unused = document.unused().into_iter();
    let unused = unused.map(|(preset, key)| said!("note-unused-value", key = key, preset = preset));
    let replaced = document
        .replaced_lists()
        .into_iter()
        .map(|(key, weaker, stronger)| said!("note-replaced-list", key = key, weaker = weaker, stronger = stronger));
    let weak = document.settings().into_iter().filter_map(|setting| {
        let Source::Preset(preset) = setting.source else { return None };
        match presets::best_mark(&presets::citations(&setting))? {
            Mark::Memory | Mark::Doubtful => {
                Some(said!("note-weak-source", key = setting.key, value = setting.value, preset = preset))
            }
            Mark::Assumption => {
                Some(said!("note-assumption", key = setting.key, value = setting.value, preset = preset))
            }
            Mark::Read | Mark::Checked | Mark::Abstract => None,
        }
    });
    unused.chain(replaced).chain(weak)
}

/// SHA-256 as 64 lower-case hexadecimal digits.
fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

reference! {
    /// The scenario itself
    [] with ["", "telling.audience = \"fresh\""] {
        /// Stands on charts and in the report.
        name = "the file's name without ending" in "1 to 100 printable characters",
        /// The question it answers; stands in the report.
        question,
        /// What to expect; stands in the report.
        expect,
        /// Presets to stand on, later ones before earlier ones: see "Presets" below.
        preset,
        /// Every draw follows from it; `--seed` goes before it.
        seed,
        /// How often it is played; `--runs` goes before it. Its daily numbers fit into 8 GiB: runs × days × 8 bytes for each
        /// daily measure, twice that with a programme.
        runs,
        /// The last moment that is played, itself included.
        horizon in "0 to 100 years",
        /// A run is over as soon as it has so many customers; the report says how many runs were stopped.
        stop_at_customers = "none; 1,000,000 if the audience is \"fresh\"" in "more than the first customers, at most 2²⁷",
    }
}

#[cfg(test)]
mod tests;
