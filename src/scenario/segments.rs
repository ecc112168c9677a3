//! `[[segments]]`: kinds of people who differ from the rest.

use super::opinions::read_given_shares;
use super::reader::Reader;
use super::reference::reference;
use super::values::{print_percent, quoted};
use crate::engine::Segment;
use crate::units::{Probability, Strength};

/// The most segments, and the most by which one multiplies.
const SEGMENTS_MAX: usize = 100;
const FACTOR_MAX: f64 = 100.0;

/// The segments, in the order of the list, still without terms of their own, each with the participation of its people, at
/// most `willing`, where it is not that of all.
pub(super) fn read(root: &Reader<'_>, willing: f64) -> Vec<(Segment, Option<f64>)> {
    let tables = root.tables("segments");
    if tables.len() > SEGMENTS_MAX {
        root.refuse("segments", format!("{} segments", tables.len()), format!("at most {SEGMENTS_MAX}"), None);
    }
    let (mut segments, mut sum): (Vec<(Segment, Option<f64>)>, f64) = (vec![], 0.0);
    for table in tables.iter().take(SEGMENTS_MAX) {
        table.require("name", "a name");
        let name = table.text("name", "");
        if table.has("name") && segments.iter().any(|(other, _)| other.name == name) {
            table.refuse("name", format!("{} twice", quoted(&name)), "a name for each segment", None);
        }
        table.require("share", "a share of the people, such as \"20 %\"");
        sum += table.probability("share", 0.0);
        if sum > 1.0 + 1e-9 {
            let found = format!("shares that sum to {} %", sum * 100.0);
            table.refuse("share", found, "shares that sum to at most 100 %; the rest is ordinary", None);
        }
        let factor = |key| {
            let factor = table.number(key, 1.0, 0.0..=FACTOR_MAX);
            Strength::new(factor).unwrap_or(Strength::ONE)
        };
        let (talk, persuadability) = (factor("talk"), factor("persuadability"));
        table.allow(&["satisfied", "unhappy"]);
        let experience = match (table.has("satisfied"), table.has("unhappy")) {
            (false, false) => None,
            _ => {
                table.require("satisfied", "both shares of a segment or neither");
                table.require("unhappy", "both shares of a segment or neither");
                Some(read_given_shares(table))
            }
        };
        let participation = table.optional_probability("participation");
        if let Some(own) = participation.filter(|own| *own > willing) {
            let allowed = format!("at most {}, which is participation.willing", print_percent(willing));
            table.refuse("participation", print_percent(own), allowed, None);
        }
        let up_to = Probability::clamped(if sum > 1.0 - 1e-9 { 1.0 } else { sum });
        segments.push((Segment { name, up_to, talk, persuadability, experience, terms: None }, participation));
    }
    segments
}

reference! {
    /// Kinds of people who differ.
    ///
    /// To which segment a person belongs is a draw of her own. Who belongs to none is ordinary. At most 100.
    [[segments]] with ["[[segments]]\nname = 'fans'\nshare = '10 %'\nsatisfied = '90 %'\nunhappy = '2 %'\nparticipation = '50 %'"] {
        /// What it is called.
        name in "each once",
        /// Its share of the people.
        share in "sum at most 100 %",
        /// What the number, or rate, of the people she tells is multiplied by; rounded up or down by a draw of hers, so that
        /// the mean is exact.
        talk,
        /// What the chance that a word persuades her is multiplied by.
        persuadability,
        /// Share of its customers who are satisfied, whatever brought them; with `unhappy`.
        satisfied = "as all",
        /// Share of its customers who are unhappy; with `satisfied`.
        unhappy = "as all",
        /// Share of its satisfied tellers who refer unasked; a programme lifts it as it lifts that of others.
        participation = "as all" in "at most `participation.willing`",
    }
}
