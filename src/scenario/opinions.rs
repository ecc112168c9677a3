//! `[experience]`, `[survey]`, `[complaints]`: what customers think, and what they say to the company.

use super::reader::Reader;
use super::reference::reference;
use super::values::print_percent;
use crate::engine::{Complaints, Experience, Experiences, Survey};
use crate::laws::DelayLaw;
use crate::units::{Probability, Tick};

/// Shares of customers who are satisfied and unhappy; the rest is neutral.
#[derive(Debug, Clone, Copy)]
struct Shares {
    satisfied: f64,
    unhappy: f64,
}

/// Without any other word: an assumption (docs/scenario-reference.md).
const SHARES: Shares = Shares { satisfied: 0.80, unhappy: 0.08 };
/// Promoters and detractors of a net promoter score of +35.
const NPS: Shares = Shares { satisfied: 0.50, unhappy: 0.15 };

/// What customers think: all, and those who came by word or review where they differ.
pub(super) fn read_experience(root: &Reader<'_>) -> Experiences {
    let table = root.table("experience");
    let (own, shares) = read_law(&table, SHARES);
    // Referred customers think what all think, but for what is said of them.
    let referred = table.optional_table("referred").map(|table| read_law(&table, shares).0);
    Experiences { own, referred }
}

fn read_law(table: &Reader<'_>, default: Shares) -> (Experience, Shares) {
    let Some(nps) = table.optional_table("nps") else {
        return read_shares(table, "satisfied", "unhappy", default);
    };
    refuse_beside(table, &["satisfied", "unhappy"], "shares of scores in [experience.nps]");
    if !nps.has("scores") {
        nps.allow(&["scores"]);
        return read_shares(&nps, "promoters", "detractors", NPS);
    }
    refuse_beside(&nps, &["promoters", "detractors"], "a list of scores");
    let scores = nps.list_of_probabilities("scores", &[]);
    let sum: f64 = scores.iter().sum();
    let whole = (sum - 1.0).abs() < 1e-9;
    match <[f64; 11]>::try_from(scores) {
        Ok(scores) if whole => {
            let shares = Shares { satisfied: scores[9] + scores[10], unhappy: scores[..7].iter().sum() };
            (Experience::of_scores(scores), shares)
        }
        other => {
            let count = other.map_or_else(|scores| scores.len(), |scores| scores.len());
            let found = format!("{count} shares that sum to {:.6} %", sum * 100.0);
            nps.refuse("scores", found, "the 11 shares of the scores 0 to 10, which sum to 100 %", None);
            (Experience::of_shares(NPS.satisfied, NPS.unhappy), NPS)
        }
    }
}

/// Shares of opinions that have to be given.
pub(super) fn read_given_shares(table: &Reader<'_>) -> Experience {
    read_shares(table, "satisfied", "unhappy", Shares { satisfied: 0.0, unhappy: 0.0 }).0
}

fn read_shares(table: &Reader<'_>, satisfied: &str, unhappy: &str, default: Shares) -> (Experience, Shares) {
    let shares = Shares {
        satisfied: table.probability(satisfied, default.satisfied),
        unhappy: table.probability(unhappy, default.unhappy),
    };
    // Shares such as 0.7 and 0.3 may sum to a hair over one.
    if shares.satisfied + shares.unhappy > 1.0 + 1e-12 {
        let [of_satisfied, of_unhappy] = [shares.satisfied, shares.unhappy].map(print_percent);
        let found = format!("{of_satisfied} {satisfied} and {of_unhappy} {unhappy}");
        let key = if table.has(unhappy) { unhappy } else { satisfied };
        table.refuse(key, found, "shares that sum to at most 100 %; the rest is neutral", None);
    }
    (Experience::of_shares(shares.satisfied, shares.unhappy), shares)
}

/// Two ways to say the same are one too many.
fn refuse_beside(table: &Reader<'_>, keys: &[&str], other: &str) {
    table.allow(keys);
    for key in keys.iter().filter(|key| table.has(key)) {
        table.refuse(key, format!("`{key}` beside {other}"), "one or the other", None);
    }
}

/// The survey, if there is one. A month later, and three of ten who answer: an assumption.
pub(super) fn read_survey(root: &Reader<'_>) -> Option<Survey> {
    let table = root.optional_table("survey")?;
    let after = table.duration("after", Tick(30 * Tick::PER_DAY));
    let response_rate = Probability::clamped(table.probability("response_rate", 0.30));
    Some(Survey { after, response_rate })
}

/// What becomes of complaints, if they are looked at.
pub(super) fn read_complaints(root: &Reader<'_>, horizon: Tick) -> Option<Complaints> {
    let table = root.optional_table("complaints")?;
    let chance = |key, default| Probability::clamped(table.probability(key, default));
    let (file, resolve) = (chance("file", 0.4), chance("resolve", 0.6));
    let after = table.delay_law("after", DelayLaw::Fixed(Tick(2 * Tick::PER_DAY)));
    let after = table.delay_table(after, horizon);
    let recovery = chance("recovery", 0.3);
    let quick_within = table.duration("quick_within", Tick(Tick::PER_DAY));
    Some(Complaints { file, resolve, after, recovery, quick_within })
}

reference! {
    /// What customers think.
    ///
    /// The two sum to at most 100 %; the rest is neutral and tells nobody.
    [experience] {
        /// Share of customers who tell good words.
        satisfied,
        /// Share who tell bad words.
        unhappy,
    }
    /// What customers think, as scores.
    ///
    /// Instead of shares: how likely customers are to recommend the product, from 0 to 10. 9 and 10 promote and tell good
    /// words, 0 to 6 detract and tell bad ones, 7 and 8 tell nobody (Reichheld 2003). That the score predicts better than
    /// other questions was not replicated (Keiningham et al. 2007).
    [experience.nps] with [
        "[experience.nps]",
        "[experience.nps]\nscores = [0, 0, 0, 0, 0, 0, '10 %', '20 %', '20 %', '25 %', '25 %']",
    ] {
        /// Share of scores 9 and 10.
        promoters,
        /// Share of scores 0 to 6.
        detractors,
        /// Shares of the scores 0, 1, … 10 instead; they sum to 100 %.
        scores = "none" in "11 chances",
    }
    /// What those think who came by word or review.
    ///
    /// Where it is left out they think what all do (Van den Bulte et al. 2018 find that referred customers match better).
    /// It may have an `[experience.referred.nps]` of its own.
    [experience.referred] {
        /// Share of them who tell good words.
        satisfied = "that of all customers",
        /// Share of them who tell bad words.
        unhappy = "that of all customers",
    }
    /// What those think who came by word or review, as scores.
    [experience.referred.nps] with [
        "[experience.referred.nps]",
        "[experience.referred.nps]\nscores = [0, 0, 0, 0, 0, 0, '10 %', '20 %', '20 %', '25 %', '25 %']",
    ] {
        /// Share of scores 9 and 10.
        promoters,
        /// Share of scores 0 to 6.
        detractors,
        /// Shares of the scores 0, 1, … 10 instead; they sum to 100 %.
        scores = "none" in "11 chances",
    }
    /// What customers say when they are asked for a score.
    ///
    /// They answer with the score of their experience; whose complaint was resolved since, with the lowest score of her
    /// new opinion. Who answers does not depend on the score. Both defaults are assumptions. Without this table nobody is
    /// surveyed.
    [survey] {
        /// From the first purchase to the survey.
        after,
        /// Share of customers who answer.
        response_rate,
    }
    /// What unhappy customers tell the company.
    ///
    /// From the resolution on, the bad words that are still to be told are never told. A customer whom it leaves satisfied
    /// tells good words as any satisfied one does. Without this table nobody complains.
    ///
    /// The four keys `repurchase_…` are a ladder: one of them switches it on, and the others are then as here. With it an
    /// unhappy customer makes her second purchase with the chance of her step, and all after it with `commerce.retention`;
    /// without a retention nobody but the unhappy would buy again. If `after` is the fixed "2 days", nobody is helped quickly.
    [complaints] with ["[complaints]\nrepurchase_quick = '82 %'"] {
        /// Share of the unhappy who complain.
        file,
        /// Share of complaints that are resolved.
        resolve,
        /// From the experience to the resolution; "0 days" comes before any word of hers.
        after,
        /// Share of resolved complaints that leave the customer satisfied; the others leave her neutral.
        recovery,
        /// The longest time to a resolution that counts as quick.
        quick_within,
        /// Chance that an unhappy customer who did not complain buys a second time.
        repurchase_silent = "off; \"9 %\" with the ladder",
        /// The same, if she complained in vain.
        repurchase_unresolved = "off; \"19 %\" with the ladder",
        /// The same, if her complaint was resolved.
        repurchase_resolved = "off; \"54 %\" with the ladder",
        /// The same, if it was resolved quickly.
        repurchase_quick = "off; \"82 %\" with the ladder",
    }
}
