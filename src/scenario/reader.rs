//! Reading a scenario document: one cursor for each table, every mistake at once, every value remembered.
//!
//! A getter always gives a value: after a mistake it gives the default, so that reading goes on and the next mistake is
//! found too. Whether anything was wrong is asked once, at [`Document::finish`], which also finds the keys that nobody
//! asked for. What the keys mean, and which defaults they have, is for the caller to say.
//!
//! Under the file lie the presets that it chooses (`preset = "b2c"`), the strongest first: a getter takes the first value
//! on its way down, and the default at the bottom. What a preset is, is said in `presets`.
//!
//! ```
//! use tellwave::scenario::reader::Document;
//! use tellwave::units::Tick;
//!
//! let document = Document::parse("coffee.toml", "[conversion]\npersuasion = '4 %'\n")?;
//! let conversion = document.root().table("conversion");
//! let persuasion = conversion.probability("persuasion", 0.015);
//! let window = conversion.duration("window", Tick(7 * Tick::PER_DAY));
//! document.finish()?;
//! assert_eq!((persuasion, window.days()), (0.04, 7.0));
//! assert_eq!(document.resolved(), "[conversion]\npersuasion = \"4 %\"\nwindow = \"1 week\"\n");
//! # Ok::<(), tellwave::scenario::mistake::Mistakes>(())
//! ```

mod free;
mod nearest_key;
mod not_toml;

pub(crate) use free::{Free, Stand};
pub(super) use not_toml::not_utf8;

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::alias::AliasTable;
use crate::laws::{CountLaw, DelayLaw};
use crate::scenario::advice;
use crate::scenario::kind::Kind;
use crate::scenario::law_notation::{print_count_law, print_delay_law};
use crate::scenario::made::Made;
use crate::scenario::mistake::{Mistake, Mistakes};
use crate::scenario::money::{Money, Sign};
use crate::scenario::presets::{Preset, choose};
use crate::scenario::record::{Key, Record, Setting, Source, TableId};
use crate::scenario::toml_words::{self, describe, one_of, text_as_toml};
use crate::scenario::values::{Rate, Refusal, nearest, print_duration, print_number, print_percent, print_rate};
use crate::scenario::variants;
use crate::units::Tick;

/// Longest scenario that is read \[bytes\].
pub const TEXT_LENGTH_MAX: usize = 1 << 20;

/// A scenario file, parsed, with what was read from it so far.
pub struct Document<'t> {
    file: String,
    text: &'t str,
    root: DeTable<'t>,
    /// What the file's variants are called.
    variants: Vec<String>,
    /// The table that says how reports look, in a document of its own: it is no part of what the scenario resolves to.
    look: Option<Box<Document<'t>>>,
    /// The presets that the file may choose.
    presets: &'t [Preset],
    /// Those that it chooses, the strongest first.
    chosen: Vec<Chosen<'t>>,
    record: RefCell<Record>,
    mistakes: RefCell<Vec<Mistake>>,
    /// Keys of weaker layers that a stronger one has put out of force: the table, the key, the strongest such layer.
    hidden: RefCell<Vec<(TableId, String, usize)>>,
    made: Made,
}

/// A preset that a file chooses, and where it says so.
#[derive(Debug, Clone)]
pub(super) struct Chosen<'t> {
    pub preset: &'t Preset,
    pub place: Range<usize>,
}

impl<'t> Document<'t> {
    /// Parses the TOML `text` of a file that may choose no presets; the name only appears in mistakes.
    ///
    /// # Errors
    /// Text over [`TEXT_LENGTH_MAX`], nested too deep, or not TOML.
    pub fn parse(file: &str, text: &'t str) -> Result<Document<'t>, Mistakes> {
        Document::parse_with(file, text, &[])
    }

    /// As [`Document::parse`], of a file that may choose among `presets` wherever it has a key `preset`.
    ///
    /// # Errors
    /// Those of [`Document::parse`]; a preset that there is not is reported at [`Document::finish`].
    pub fn parse_with(file: &str, text: &'t str, presets: &'t [Preset]) -> Result<Document<'t>, Mistakes> {
        Document::parse_variant(file, text, presets, &[])
    }

    /// As [`Document::parse_with`], with the file's variants in these places laid over it, one after the other.
    ///
    /// # Errors
    /// Those of [`Document::parse`].
    pub(super) fn parse_variant(
        file: &str,
        text: &'t str,
        presets: &'t [Preset],
        laid: &[usize],
    ) -> Result<Document<'t>, Mistakes> {
        let refuse = |text: &str, span, found: &str, allowed: &str| {
            let (found, allowed) = (found.to_owned(), allowed.to_owned());
            let mistake = Mistake { span, key: String::new(), found, allowed, hint: None };
            Err(Mistakes::new(file, text, vec![mistake]))
        };
        if text.len() > TEXT_LENGTH_MAX {
            return refuse("", None, &format!("a file of {} bytes", text.len()), "a scenario of at most 1 MiB");
        }
        if let Some(span) = not_toml::overlong_key(text) {
            let allowed = format!("keys with at most {} dots", not_toml::DOTS_MAX);
            return refuse(text, Some(span), "a key with too many dots", &allowed);
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(Mistakes::new(file, text, not_toml::mistakes(file, text, &errors)));
        }
        let mut root = root.into_inner();
        let mut mistakes = vec![];
        let taken = variants::take(&mut root, &mut mistakes);
        if laid.is_empty() {
            // With variants laid over it, it may be a scenario read again with something else in it.
            mistakes.extend(variants::same_names(file, &root, &taken));
        }
        let names = taken.iter().map(|variant| variant.name().unwrap_or_default().to_owned()).collect();
        let mut variants: Vec<_> = taken.into_iter().map(Some).collect();
        for place in laid {
            if let Some(variant) = variants.get_mut(*place).and_then(Option::take) {
                variants::lay(variant, &mut root);
            }
        }
        let (chosen, unknown) = choose(&root, presets);
        mistakes.extend(unknown);
        let look = root.remove_entry(LOOK).map(|entry| {
            let document = Document::of(file, text, DeTable::from_iter([entry]));
            Box::new(document)
        });
        let mut record = Record::new();
        if !presets.is_empty() {
            record.know(Record::ROOT, PRESET);
            record.describe(Record::ROOT, PRESET, Kind::Presets, None);
        }
        Ok(Document {
            variants: names,
            look,
            presets,
            chosen,
            record: RefCell::new(record),
            mistakes: RefCell::new(mistakes),
            ..Document::of(file, text, root)
        })
    }

    /// A document of these tables, that chooses no presets and has nothing wrong with it.
    fn of(file: &str, text: &'t str, root: DeTable<'t>) -> Document<'t> {
        Document {
            file: file.to_owned(),
            text,
            root,
            variants: vec![],
            look: None,
            presets: &[],
            chosen: vec![],
            record: RefCell::new(Record::new()),
            mistakes: RefCell::default(),
            hidden: RefCell::default(),
            made: Made::default(),
        }
    }

    /// With what was made already for the scenario that it is a version of.
    pub(super) fn with_made(self, made: Made) -> Document<'t> {
        Document { made, ..self }
    }

    /// Whether a key of that path, or a table on the way to it, is absent from the file, which has another of nearly that name.
    fn is_misspelt(&self, path: &str) -> bool {
        let mut table = &self.root;
        for part in path.split('.') {
            match table.get(part).map(Spanned::get_ref) {
                Some(DeValue::Table(below)) => table = below,
                Some(_) => return false,
                None => {
                    let is_meant = |key: &str| nearest(key, [part]).is_some() || advice::key_meant(key) == Some(path);
                    return table.keys().any(|key| is_meant(key.get_ref()));
                }
            }
        }
        false
    }

    /// The cursor over the table that says how reports look, where there is one; it stands below the root as in the file.
    pub(super) fn look(&self) -> Option<Reader<'_>> {
        self.look.as_ref().map(|look| look.root())
    }

    /// The cursor over the whole document.
    pub fn root(&self) -> Reader<'_> {
        let file = Layer { rank: 0, table: &self.root };
        let values = self.chosen.iter().map(|chosen| chosen.preset.values());
        let below = values.enumerate().map(|(at, table)| Layer { rank: at + 1, table });
        let layers = std::iter::once(file).chain(below).collect();
        // What is absent from the whole file is shown where it could stand: at its beginning.
        Reader { document: self, id: Record::ROOT, layers, place: Some(0..0) }
    }

    /// What the file's variants are called, in its order.
    pub(super) fn variants(&self) -> &[String] {
        &self.variants
    }

    /// The presets that the file chooses, in its order: later ones go before earlier ones.
    pub fn chosen(&self) -> Vec<&'t Preset> {
        self.chosen.iter().rev().map(|chosen| chosen.preset).collect()
    }

    /// What chosen presets say for keys that this scenario has no use for. To be asked after the last getter.
    pub fn unused(&self) -> Vec<(&'static str, String)> {
        let record = self.record.borrow();
        let unused_of = |preset: &'t Preset| {
            let unused = preset.keys().into_iter().filter(|key| !record.was_asked_for(key));
            unused.map(|key| (preset.name, key)).collect::<Vec<_>>()
        };
        self.chosen().into_iter().flat_map(unused_of).collect()
    }

    /// The lists of chosen presets that a stronger preset replaces: the key, the preset, and the stronger one.
    pub fn replaced_lists(&self) -> Vec<(String, &'static str, &'static str)> {
        let presets: Vec<&Preset> = self.chosen.iter().map(|chosen| chosen.preset).collect();
        let mut replaced = vec![];
        for (at, weaker) in presets.iter().enumerate() {
            for key in weaker.lists() {
                let stronger = presets[..at].iter().find(|preset| preset.lists().contains(&key));
                replaced.extend(stronger.map(|stronger| (key, weaker.name, stronger.name)));
            }
        }
        replaced
    }

    /// Whether everything was right, keys that nobody asked for included. To be asked after the last getter.
    ///
    /// # Errors
    /// Every mistake met since [`Document::parse`].
    pub fn finish(&self) -> Result<(), Mistakes> {
        let mut list = vec![];
        for document in [Some(self), self.look.as_deref()].into_iter().flatten() {
            list.extend(document.mistakes.borrow().iter().cloned());
            find_unknown_keys(&document.record.borrow(), document.presets, Record::ROOT, &document.root, &mut list);
        }
        if list.is_empty() { Ok(()) } else { Err(Mistakes::new(&self.file, self.text, list)) }
    }

    /// Reports a mistake about a dotted key, at its value, or else at the nearest table around it that the file has.
    pub(super) fn refuse_at(&self, path: &str, found: String, allowed: String) {
        let (mut table, mut span) = (Some(&self.root), None);
        for step in path.split('.') {
            let (name, place) = step.split_once('[').unwrap_or((step, "0]"));
            let Some((key, value)) = table.and_then(|table| table.get_key_value(name)) else { break };
            span = Some(if value.get_ref().is_table() { key.span() } else { value.span() });
            let element =
                || place.trim_end_matches(']').parse().ok().and_then(|place: usize| value.get_ref().get(place));
            table = value.get_ref().as_table().or_else(|| element()?.get_ref().as_table());
        }
        self.mistakes.borrow_mut().push(Mistake { span, key: path.to_owned(), found, allowed, hint: None });
    }

    /// These warnings, to be shown in the text of the file.
    pub(super) fn warnings(&self, list: Vec<Mistake>) -> Mistakes {
        Mistakes::warnings(&self.file, self.text, list)
    }

    /// The resolved scenario as TOML: every key with its value, in the order of the getters; reading it again resolves
    /// to the same bytes. Meaningful once [`Document::finish`] found nothing wrong.
    pub fn resolved(&self) -> String {
        self.record.borrow().print()
    }

    /// Every key with its value and who gave it, in the order of [`Document::resolved`].
    pub fn settings(&self) -> Vec<Setting> {
        self.record.borrow().settings()
    }

    /// Every key that was asked for, with what it takes: what the scenario could have said.
    pub fn keys(&self) -> Vec<Key> {
        let of_look = self.look.as_ref().map_or(vec![], |look| look.keys());
        self.record.borrow().keys().into_iter().chain(of_look).collect()
    }

    /// The names that may stand in each table that was asked for, with its header.
    pub(super) fn names(&self) -> Vec<(String, Vec<String>)> {
        let of_look = self.look.as_ref().map_or(vec![], |look| look.names());
        self.record.borrow().names().into_iter().chain(of_look).collect()
    }
}

/// The key under which a file says how reports look.
pub(super) const LOOK: &str = "report";

/// The key under which a file chooses presets.
pub(super) const PRESET: &str = "preset";

/// A table as the file has it (rank 0), or as a chosen preset has it.
#[derive(Clone, Copy)]
struct Layer<'d> {
    rank: usize,
    table: &'d DeTable<'d>,
}

/// A cursor over one table of a [`Document`]; over a table that nobody has, it gives the defaults.
#[derive(Clone)]
pub struct Reader<'d> {
    document: &'d Document<'d>,
    id: TableId,
    /// Those that have the table, the strongest first.
    layers: Vec<Layer<'d>>,
    /// Where the table, or the nearest table around it that is there, has its header; nothing for the root.
    place: Option<Range<usize>>,
}

impl<'d> Reader<'d> {
    /// A text.
    pub fn text(&self, key: &str, default: &str) -> String {
        self.setting(key, Kind::Text, default.to_owned(), toml_words::text, |text| text_as_toml(text))
    }

    /// A text that may be left out.
    pub fn optional_text(&self, key: &str) -> Option<String> {
        self.optional(key, Kind::Text, toml_words::text, |text| text_as_toml(text))
    }

    /// A whole number in a range within 0..=2⁶³ − 1.
    pub fn whole(&self, key: &str, default: u64, range: RangeInclusive<u64>) -> u64 {
        self.setting(key, whole_in(&range), default, |value| toml_words::whole(value, &range), u64::to_string)
    }

    /// A whole number that may be left out.
    pub fn optional_whole(&self, key: &str, range: RangeInclusive<u64>) -> Option<u64> {
        self.optional(key, whole_in(&range), |value| toml_words::whole(value, &range), u64::to_string)
    }

    /// As [`Reader::whole`], but a value given on the command line goes before the file's, which is still checked. The
    /// given value must lie in the range.
    pub fn whole_given(&self, key: &str, default: u64, range: RangeInclusive<u64>, given: Option<u64>) -> u64 {
        self.given(key, self.whole(key, default, range.clone()), range, given)
    }

    /// How many people, as [`Reader::whole_given`]; of too many it is said what they would need.
    pub(super) fn people_given(&self, default: u64, most: u64, given: Option<u64>) -> u64 {
        let range = 1..=most;
        let take = |value: &DeValue<'_>| toml_words::people(value, &range);
        let value = self.setting("people", whole_in(&range), default, take, u64::to_string);
        self.given("people", value, range, given)
    }

    /// The value of the command line, if there is one.
    fn given(&self, key: &str, value: u64, range: RangeInclusive<u64>, given: Option<u64>) -> u64 {
        let Some(given) = given else { return value };
        if !range.contains(&given) {
            self.refuse(
                key,
                format!("{given} on the command line"),
                format!("{} to {}", range.start(), range.end()),
                None,
            );
            // What is reckoned from it before all mistakes are told has to be possible.
            return value;
        }
        self.document.record.borrow_mut().set(self.id, key, given.to_string(), Source::CommandLine);
        given
    }

    /// Has the resolved scenario give another text for a key than the one that was read.
    pub(super) fn resolve_as(&self, key: &str, text: &str) {
        self.document.record.borrow_mut().replace(self.id, key, text_as_toml(text));
    }

    /// Has the resolved scenario give a list of texts under another key than the one that was read.
    pub(super) fn resolve_as_list(&self, key: &str, other: &str, texts: &[&str]) {
        let list = list_as_toml(texts.iter().map(|text| text_as_toml(text)));
        self.document.record.borrow_mut().rename(self.id, key, other, list);
    }

    /// A whole number of 32 bits.
    pub fn whole_u32(&self, key: &str, default: u32, range: RangeInclusive<u32>) -> u32 {
        let wide = u64::from(*range.start())..=u64::from(*range.end());
        // In the range of u32, or the default: the conversion holds.
        u32::try_from(self.whole(key, u64::from(default), wide)).unwrap_or(default)
    }

    /// A finite number in a range.
    pub fn number(&self, key: &str, default: f64, range: RangeInclusive<f64>) -> f64 {
        let take = |value: &DeValue<'_>| toml_words::number(value, &range);
        self.setting(key, number_in(&range), default, take, |number| print_number(*number))
    }

    /// A finite number that may be left out.
    pub fn optional_number(&self, key: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let take = |value: &DeValue<'_>| toml_words::number(value, &range);
        self.optional(key, number_in(&range), take, |number| print_number(*number))
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &str, default: bool) -> bool {
        self.setting(key, Kind::Flag, default, toml_words::flag, bool::to_string)
    }

    /// A chance as a number from 0 to 1, written "4 %" or 0.04.
    pub fn probability(&self, key: &str, default: f64) -> f64 {
        self.setting(key, Kind::Chance, default, toml_words::probability, |chance| {
            text_as_toml(&print_percent(*chance))
        })
    }

    /// A chance that may be left out.
    pub fn optional_probability(&self, key: &str) -> Option<f64> {
        self.optional(key, Kind::Chance, toml_words::probability, |chance| text_as_toml(&print_percent(*chance)))
    }

    /// How often something happens, written "0.5 per day".
    pub fn rate(&self, key: &str, default: Rate) -> Rate {
        self.setting(key, Kind::Rate, default, toml_words::rate, |rate| text_as_toml(&print_rate(*rate)))
    }

    /// A duration in ticks \[minutes\], written "7 days".
    pub fn duration(&self, key: &str, default: Tick) -> Tick {
        self.setting(key, Kind::Duration, default, toml_words::duration, |span| text_as_toml(&print_duration(*span)))
    }

    /// A duration that may be left out.
    pub fn optional_duration(&self, key: &str) -> Option<Tick> {
        self.optional(key, Kind::Duration, toml_words::duration, |span| text_as_toml(&print_duration(*span)))
    }

    /// An amount of zero or more, written "20.00 USD".
    pub fn money(&self, key: &str, default: Money) -> Money {
        let take = |value: &DeValue<'_>| toml_words::money(value, Sign::NonNegative);
        self.setting(key, Kind::Money { signed: false }, default, take, money_as_toml)
    }

    /// An amount of zero or more that may be left out.
    pub fn optional_money(&self, key: &str) -> Option<Money> {
        let take = |value: &DeValue<'_>| toml_words::money(value, Sign::NonNegative);
        self.optional(key, Kind::Money { signed: false }, take, money_as_toml)
    }

    /// An amount that may be below zero.
    pub fn signed_money(&self, key: &str, default: Money) -> Money {
        let take = |value: &DeValue<'_>| toml_words::money(value, Sign::Any);
        self.setting(key, Kind::Money { signed: true }, default, take, money_as_toml)
    }

    /// A law of counts, written 12 or "poisson(12)".
    pub fn count_law(&self, key: &str, default: CountLaw) -> CountLaw {
        let print = |law: &CountLaw| text_as_toml(&print_count_law(*law));
        self.setting(key, Kind::CountLaw, default, toml_words::count_law, print)
    }

    /// A law of delays, written "7 days" or "exponential(7 days)".
    pub fn delay_law(&self, key: &str, default: DelayLaw) -> DelayLaw {
        let print = |law: &DelayLaw| text_as_toml(&print_delay_law(*law));
        self.setting(key, Kind::DelayLaw, default, toml_words::delay_law, print)
    }

    /// A law of spans, or "for_ever", which is nothing.
    pub fn span(&self, key: &str, default: Option<DelayLaw>) -> Option<DelayLaw> {
        let print = |law: &Option<DelayLaw>| text_as_toml(&law.map_or("for_ever".to_owned(), print_delay_law));
        self.setting(key, Kind::Span, default, toml_words::span, print)
    }

    /// One of a few words.
    pub fn choice<'c>(&self, key: &str, default: &'c str, options: &[&'c str]) -> &'c str {
        let kind = Kind::Choice(options.iter().map(|&option| option.to_owned()).collect());
        self.setting(key, kind, default, |value| toml_words::choice(value, options), |word| text_as_toml(word))
    }

    /// A list of whole numbers, each in a range.
    pub fn list_of_whole(&self, key: &str, default: &[u64], range: RangeInclusive<u64>) -> Vec<u64> {
        let element = |value: &DeValue<'_>| toml_words::whole(value, &range);
        let take = |value: &DeValue<'_>| toml_words::list(value, "a list of whole numbers", element);
        let kind = Kind::List(Box::new(whole_in(&range)));
        self.setting(key, kind, default.to_vec(), take, |list| list_as_toml(list.iter().map(u64::to_string)))
    }

    /// A list of finite numbers, each in a range.
    pub fn list_of_numbers(&self, key: &str, default: &[f64], range: RangeInclusive<f64>) -> Vec<f64> {
        let element = |value: &DeValue<'_>| toml_words::number(value, &range);
        let take = |value: &DeValue<'_>| toml_words::list(value, "a list of numbers", element);
        let kind = Kind::List(Box::new(Kind::Number { least: *range.start(), most: *range.end() }));
        let print = |list: &Vec<f64>| list_as_toml(list.iter().map(|number| print_number(*number)));
        self.setting(key, kind, default.to_vec(), take, print)
    }

    /// A list of chances, written ["4 %", 0.04].
    pub fn list_of_probabilities(&self, key: &str, default: &[f64]) -> Vec<f64> {
        let take = |value: &DeValue<'_>| toml_words::list(value, "a list of chances", toml_words::probability);
        let print = |list: &Vec<f64>| list_as_toml(list.iter().map(|chance| text_as_toml(&print_percent(*chance))));
        self.setting(key, Kind::List(Box::new(Kind::Chance)), default.to_vec(), take, print)
    }

    /// A list of texts.
    pub fn list_of_text(&self, key: &str, default: &[&str]) -> Vec<String> {
        let default = default.iter().map(|&text| text.to_owned()).collect();
        let take = |value: &DeValue<'_>| toml_words::list(value, "a list of texts", toml_words::text);
        let kind = Kind::List(Box::new(Kind::Text));
        self.setting(key, kind, default, take, |list| list_as_toml(list.iter().map(|text| text_as_toml(text))))
    }

    /// The table under a key; a missing one gives all defaults. May be asked for again.
    pub fn table(&self, key: &str) -> Reader<'d> {
        self.know(key);
        let mut layers = vec![];
        for layer in self.layers_with(key) {
            match layer.table.get(key).map(|value| value.get_ref()) {
                Some(DeValue::Table(table)) => layers.push(Layer { rank: layer.rank, table }),
                Some(other) => {
                    let refusal = Refusal::new(describe(other), format!("a table [{}]", self.path(key)));
                    let plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
                    let header = match other.as_str().filter(plain) {
                        Some(text) => Some(format!("[{}.{text}]", self.path(key))),
                        None => other.as_bool().map(|_| format!("[{}] on a line of its own", self.path(key))),
                    };
                    let refusal = match header {
                        Some(header) => refusal.with_hint(format!("write {header}")),
                        None => refusal,
                    };
                    self.report(key, refusal);
                }
                None => {}
            }
        }
        let id = self.document.record.borrow_mut().child(self.id, key);
        Reader { document: self.document, id, layers, place: self.place_of(key) }
    }

    /// The table under a key, if the file or a preset has one.
    pub fn optional_table(&self, key: &str) -> Option<Reader<'d>> {
        self.know(key);
        self.has(key).then(|| self.table_that_matters(key))
    }

    /// The tables of a list `[[key]]`, none if it is missing. A list of the file replaces that of a preset as a whole.
    pub fn tables(&self, key: &str) -> Vec<Reader<'d>> {
        let allowed = || format!("a list of tables [[{}]]", self.path(key));
        let from = self.layers_with(key).next().map(|layer| layer.rank);
        let elements = self.read(key, |value| {
            let elements = value.as_array().ok_or_else(|| Refusal::new(describe(value), allowed()))?;
            let table = |element: &'d Spanned<DeValue<'d>>| match element.get_ref() {
                DeValue::Table(table) => Ok((table, element.span())),
                other => Err(Refusal::new(format!("{} in the list", describe(other)), allowed())),
            };
            elements.iter().map(table).collect::<Result<Vec<_>, _>>()
        });
        let (rank, elements) = (from.unwrap_or(0), elements.map(|(elements, _)| elements).unwrap_or_default());
        let ids = self.document.record.borrow_mut().list(self.id, key, elements.len());
        // The spans of a preset are of its own text: its tables are shown where the file chooses it.
        let place = |span| if rank == 0 { Some(span) } else { self.place_of(key) };
        let reader = |(id, (table, span)): (TableId, (&'d DeTable<'d>, Range<usize>))| Reader {
            document: self.document,
            id,
            layers: vec![Layer { rank, table }],
            place: place(span),
        };
        ids.into_iter().zip(elements).map(reader).collect()
    }

    /// Says that of these keys one goes without the others: what a preset says of the others is out of force as soon as
    /// the file, or a stronger preset, has one. To be asked before the keys are.
    pub fn alternatives(&self, keys: &[&str]) {
        let has_one = |layer: &&Layer<'d>| keys.iter().any(|key| layer.table.contains_key(*key));
        let Some(strongest) = self.layers.iter().find(has_one) else { return };
        let mut hidden = self.document.hidden.borrow_mut();
        for key in keys.iter().filter(|key| !strongest.table.contains_key(**key)) {
            hidden.push((self.id, (*key).to_owned(), strongest.rank));
        }
    }

    /// The one table `[key.name]` that is given out of `names`, if any; two are a mistake. Other keys of `[key]` are
    /// read through [`Reader::table`].
    pub fn one_table_of<'n>(&self, key: &str, names: &[&'n str]) -> Option<(&'n str, Reader<'d>)> {
        let around = self.table(key);
        names.iter().for_each(|name| around.know(name));
        around.alternatives(names);
        let mut given: Vec<&'n str> = names.iter().copied().filter(|name| around.has(name)).collect();
        // In the order of the file, so that the second one is the one too many.
        given.sort_by_key(|name| around.place_of(name).map(|place| place.start));
        let (first, others) = given.split_first()?;
        for other in others {
            let found = format!("a second table beside {}", around.path(first));
            around.refuse(other, found, format!("exactly {}", one_of(names)), None);
        }
        Some((first, around.table_that_matters(first)))
    }

    /// As [`Reader::one_table_of`], with the table that is meant when none is given.
    pub fn one_table_or<'n>(&self, key: &str, names: &[&'n str], default: &'n str) -> (&'n str, Reader<'d>) {
        self.one_table_of(key, names).unwrap_or_else(|| {
            let around = self.table(key);
            (default, around.table_that_matters(default))
        })
    }

    /// A table that says something by being there, even when it is empty.
    fn table_that_matters(&self, key: &str) -> Reader<'d> {
        let table = self.table(key);
        self.document.record.borrow_mut().keep(table.id);
        table
    }

    /// Whether the file, or a preset that it chooses, has the key.
    pub fn has(&self, key: &str) -> bool {
        self.layers_with(key).next().is_some()
    }

    /// Says that a key may not be left out; the getter that follows still needs a value to go on with.
    pub fn require(&self, key: &str, allowed: &str) {
        self.know(key);
        self.document.record.borrow_mut().require(self.id, key);
        if !self.has(key) {
            self.refuse(key, "nothing", allowed, None);
        }
    }

    /// Says that these keys may stand in the table too, though not each of them is asked for.
    pub(crate) fn allow(&self, keys: &[&str]) {
        keys.iter().for_each(|key| self.know(key));
    }

    /// Reports a mistake that concerns a key, at its value; if the key is left out, at the table. The key "" is the table
    /// itself.
    pub fn refuse(&self, key: &str, found: impl Into<String>, allowed: impl Into<String>, hint: Option<&str>) {
        let refusal = Refusal { found: found.into(), allowed: allowed.into(), hint: hint.map(str::to_owned) };
        self.report(key, refusal);
    }

    /// Reports a mistake that concerns one element of a list, where it stands.
    pub(crate) fn refuse_element(&self, key: &str, place: usize, found: String, allowed: &str) {
        let own = self.layers.iter().find(|layer| layer.rank == 0).and_then(|layer| layer.table.get(key));
        let element = own.and_then(|list| Some(list.get_ref().get(place)?.span()));
        let mistake = self.mistake(key, Refusal::new(found, allowed));
        let mistake = Mistake { span: element.or(mistake.span), key: format!("{}[{place}]", mistake.key), ..mistake };
        self.document.mistakes.borrow_mut().push(mistake);
    }

    /// Whether a mistake of that dotted key was met already, or it is there under a name that is a slip of its own.
    pub(super) fn is_wrong(&self, path: &str) -> bool {
        self.document.mistakes.borrow().iter().any(|mistake| mistake.key == path) || self.document.is_misspelt(path)
    }

    /// Whether the file itself says what a key of this table is.
    pub(super) fn is_of_file(&self, key: &str) -> bool {
        self.layers_with(key).next().is_some_and(|layer| layer.rank == 0)
    }

    /// What was made already for the scenario.
    pub(super) fn made(&self) -> &'d Made {
        &self.document.made
    }

    /// A law of delays as a table up to a horizon.
    pub(super) fn delay_table(&self, law: DelayLaw, horizon: Tick) -> AliasTable {
        self.made().delays(law, horizon)
    }

    /// The dotted path of a key of this table.
    pub fn path(&self, key: &str) -> String {
        self.document.record.borrow().path(self.id, key)
    }

    fn setting<T>(
        &self,
        key: &str,
        kind: Kind,
        default: T,
        take: impl FnOnce(&'d DeValue<'d>) -> Result<T, Refusal>,
        print: impl Fn(&T) -> String,
    ) -> T {
        self.document.record.borrow_mut().describe(self.id, key, kind, Some(print(&default)));
        let (value, source) = self.read(key, take).unwrap_or((default, Source::Default));
        self.document.record.borrow_mut().set(self.id, key, print(&value), source);
        value
    }

    fn optional<T>(
        &self,
        key: &str,
        kind: Kind,
        take: impl FnOnce(&'d DeValue<'d>) -> Result<T, Refusal>,
        print: impl FnOnce(&T) -> String,
    ) -> Option<T> {
        self.document.record.borrow_mut().describe(self.id, key, kind, None);
        let (value, source) = self.read(key, take)?;
        self.document.record.borrow_mut().set(self.id, key, print(&value), source);
        Some(value)
    }

    /// The key's value as taken, and who gave it; nothing if it is missing or refused.
    fn read<T>(&self, key: &str, take: impl FnOnce(&'d DeValue<'d>) -> Result<T, Refusal>) -> Option<(T, Source)> {
        self.know(key);
        let layer = self.layers_with(key).next()?;
        match take(layer.table.get(key)?.get_ref()) {
            Ok(value) => Some((value, self.chosen(&layer).map_or(Source::File, |it| Source::Preset(it.preset.name)))),
            Err(refusal) => {
                self.report(key, refusal);
                None
            }
        }
    }

    fn report(&self, key: &str, refusal: Refusal) {
        let mistake = self.mistake(key, refusal);
        self.document.mistakes.borrow_mut().push(mistake);
    }

    /// What is to be thought of twice, and why; shown where a mistake about the key would be.
    pub(super) fn warning(&self, key: &str, found: String, why: impl Into<String>) -> Mistake {
        self.mistake(key, Refusal::new(found, why))
    }

    fn mistake(&self, key: &str, refusal: Refusal) -> Mistake {
        let Refusal { found, allowed, hint } = refusal;
        let chosen = self.layers_with(key).next().and_then(|layer| self.chosen(&layer));
        let from = chosen.map(|it| {
            let (name, path) = (it.preset.name, self.path(key));
            match path.rsplit_once('[') {
                // Of a list nothing can be replaced alone.
                Some((list, _)) => format!(
                    "it comes from the preset `{name}`: write [[{list}]] of your own, which replaces its list \
                     (`tellwave presets {name}` shows it)"
                ),
                None => format!("it comes from the preset `{name}`; a value of your own goes before it"),
            }
        });
        Mistake { span: self.place_of(key), key: self.path(key), found, allowed, hint: from.or(hint) }
    }

    /// Where a mistake about a key is shown: a value where it stands, a table at its name, what a preset says where the
    /// file chooses it.
    fn place_of(&self, key: &str) -> Option<Range<usize>> {
        let Some(layer) = self.layers_with(key).next() else { return self.place.clone() };
        if let Some(chosen) = self.chosen(&layer) {
            return Some(chosen.place.clone());
        }
        let (name, value) = layer.table.get_key_value(key)?;
        Some(if value.get_ref().is_table() { name.span() } else { value.span() })
    }

    /// The layers in which a key stands and is in force, the strongest first.
    fn layers_with<'r>(&'r self, key: &'r str) -> impl Iterator<Item = Layer<'d>> + 'r {
        let hidden = self.document.hidden.borrow();
        let hides = |(id, name, _): &&(TableId, String, usize)| *id == self.id && name == key;
        let last = hidden.iter().filter(hides).map(|(_, _, rank)| *rank).min().unwrap_or(usize::MAX);
        self.layers.iter().copied().filter(move |layer| layer.rank <= last && layer.table.contains_key(key))
    }

    /// The preset of a layer; nothing for the file.
    fn chosen(&self, layer: &Layer<'_>) -> Option<&'d Chosen<'d>> {
        self.document.chosen.get(layer.rank.checked_sub(1)?)
    }

    fn know(&self, key: &str) {
        self.document.record.borrow_mut().know(self.id, key);
    }
}

fn whole_in(range: &RangeInclusive<u64>) -> Kind {
    Kind::Whole { least: *range.start(), most: (*range.end()).min(i64::MAX.unsigned_abs()) }
}

fn number_in(range: &RangeInclusive<f64>) -> Kind {
    Kind::Number { least: *range.start(), most: *range.end() }
}

fn money_as_toml(money: &Money) -> String {
    text_as_toml(&money.to_string())
}

fn list_as_toml(elements: impl Iterator<Item = String>) -> String {
    format!("[{}]", elements.collect::<Vec<_>>().join(", "))
}

/// Adds a mistake for every key of the file that no getter asked for.
fn find_unknown_keys(
    record: &Record,
    presets: &[Preset],
    id: TableId,
    table: &DeTable<'_>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut known: Vec<&str> = record.known(id).iter().map(String::as_str).collect();
    // Whether such a preset may be chosen here was asked when the file was parsed.
    if id != Record::ROOT && presets.iter().any(|preset| preset.lies_within(record.header(id))) {
        known.push(PRESET);
    }
    for (name, value) in table {
        let key: &str = name.get_ref();
        if !known.contains(&key) {
            // What is taken out of the root before it is read may stand there all the same.
            let taken: &[&str] = if id == Record::ROOT { &[LOOK, variants::VARIANT] } else { &[] };
            let known: Vec<&str> = known.iter().chain(taken).copied().collect();
            let home = record.home_of(key);
            let other = (id == Record::ROOT).then(|| advice::kind_of_file(key, &known)).flatten();
            let home = home.or_else(|| advice::key_meant(key).map(str::to_owned));
            let hint = match home.or_else(|| nearest(key, known.iter().copied()).map(str::to_owned)) {
                Some(home) if home == key => Some(format!("`{key}` belongs above the first [table]: move the line up")),
                meant => other.map(str::to_owned).or_else(|| meant.map(|meant| format!("did you mean `{meant}`?"))),
            };
            // A table that looks like none of ours is wrong in all that it says.
            if let (None, DeValue::Table(table)) = (&hint, value.get_ref()) {
                let path = record.path(id, key);
                mistakes.extend(table.keys().map(|name| Mistake {
                    span: Some(name.span()),
                    key: format!("{path}.{}", name.get_ref()),
                    found: Mistake::UNKNOWN_KEY.to_owned(),
                    allowed: format!("no table [{path}]; {}", one_of(&known)),
                    hint: None,
                }));
                if !table.is_empty() {
                    continue;
                }
            }
            mistakes.push(Mistake {
                span: Some(name.span()),
                key: record.path(id, key),
                found: Mistake::UNKNOWN_KEY.to_owned(),
                allowed: one_of(&known),
                hint,
            });
            continue;
        }
        let ids = record.below(id, key).unwrap_or_default();
        match (ids, value.get_ref()) {
            ([id], DeValue::Table(table)) => find_unknown_keys(record, presets, *id, table, mistakes),
            (ids, DeValue::Array(elements)) => {
                for (id, element) in ids.iter().zip(elements) {
                    if let DeValue::Table(table) = element.get_ref() {
                        find_unknown_keys(record, presets, *id, table, mistakes);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
