//! `[conversion]`: when a word makes a prospect buy.

use super::channels;
use super::reader::Reader;
use super::reference::reference;
use super::telling::AudienceKind;
use crate::engine::{Conversion, Rule, Telling};
use crate::laws::DelayLaw;
use crate::units::{Probability, Strength, Tick};

/// When words persuade, and the chance of a coded word without an offer.
pub(super) fn read(
    root: &Reader<'_>,
    horizon: Tick,
    audience: AudienceKind,
    telling: &Telling,
    trust_in_posts: Option<f64>,
) -> (Conversion, f64) {
    let table = root.table("conversion");
    let rule = read_rule(root);
    if rule == Rule::Threshold {
        let refuse = |found: &str, allowed: &str| table.refuse("rule", found, allowed, None);
        if audience == AudienceKind::Fresh {
            refuse("a threshold among fresh people", "\"persuasion\": nobody hears twice where people are without end");
        }
        if telling.talking.is_some() {
            refuse("a threshold in rate mode", "\"persuasion\", or telling.mode = \"batch\": each friend counts once");
        }
        if root.has("posts") {
            root.refuse(
                "posts",
                "reviews",
                "no [posts] where conversion.rule is \"threshold\": it counts people around",
                None,
            );
        }
        for key in ["persuasion", "invitation", "dose"].into_iter().filter(|key| table.has(key)) {
            table.refuse(key, "a chance", format!("no {key} where conversion.rule is \"threshold\""), None);
        }
    }
    let persuasion = table.probability("persuasion", 0.015);
    let invitation = table.probability("invitation", 0.05);
    let dose = table.list_of_numbers("dose", &[], 0.0..=Strength::MAX);
    if dose.len() > DOSES_MAX {
        table.refuse("dose", format!("{} numbers", dose.len()), format!("at most {DOSES_MAX}"), None);
    }
    let damping = table.probability("damping", 0.5);
    let blocking = table.probability("blocking", 0.0);
    let decision_delay = read_decision_delay(&table);
    let conversion = Conversion {
        rule,
        persuasion: Probability::clamped(persuasion),
        dose: dose.into_iter().filter_map(Strength::new).collect(),
        damping: Conversion::powers(damping),
        trust: channels::read_trust(root, trust_in_posts),
        blocking: Probability::clamped(blocking),
        decision_delay: table.delay_table(decision_delay, horizon),
    };
    (conversion, invitation)
}

/// How long people take to decide; `table` is `[conversion]`.
pub(super) fn read_decision_delay(table: &Reader<'_>) -> DelayLaw {
    table.delay_law("decision_delay", DelayLaw::Exponential { mean: Tick(4 * Tick::PER_DAY) })
}

/// By which rule words add up.
pub(super) fn read_rule(root: &Reader<'_>) -> Rule {
    match root.table("conversion").choice("rule", "persuasion", &["persuasion", "threshold"]) {
        "threshold" => Rule::Threshold,
        _ => Rule::Persuasion,
    }
}

/// The most numbers of a dose: more words than anybody hears.
const DOSES_MAX: usize = 1_000;

reference! {
    /// When a word persuades.
    ///
    /// The chance of a good word is `persuasion` (or `invitation`) × trust in its channel × strength of the tie × dose ×
    /// (1 − `damping`)^(bad words heard before). Under the rule "threshold" (linear threshold: Granovetter 1978; Kempe,
    /// Kleinberg & Tardos 2003) a person signs up as soon as the good words she has heard, divided by the number of people
    /// who can tell her, reach a threshold of her own between 0 and 1.
    [conversion] with ["[conversion]", "[conversion]\nrule = 'threshold'"] {
        /// "persuasion": each word has a chance of its own; "threshold": words add up.
        rule,
        /// Chance that one good word without a code makes a prospect buy.
        persuasion,
        /// The same for a word with a code.
        invitation,
        /// What the chance is multiplied by for the first, second, … good word a person hears; the last number holds for all
        /// that follow, and none means 1. With `[1.0, 0.7]` every word after the first has seven tenths of its chance.
        dose,
        /// Share of the chance that each bad word heard takes away.
        damping,
        /// Chance that one bad word makes a prospect immune.
        blocking,
        /// From being persuaded to the purchase.
        decision_delay,
    }
}
