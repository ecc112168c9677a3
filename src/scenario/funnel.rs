//! `[funnel]`: what lies between following a word and buying.
//!
//! The chances of `[conversion]` stay what they are, those that a word makes a buyer; here they are split into steps.

use super::reader::Reader;
use super::reference::reference;
use super::values::{Rate, print_rounded_percent};
use crate::engine::{Conversion, Funnel, Rule};
use crate::policy::Baseline;
use crate::units::Probability;

/// The funnel, if there is one: the chances that a word makes a buyer become those that it lands somebody. `best` is the
/// highest chance of a coded word under any offer.
pub(super) fn read(
    root: &Reader<'_>,
    conversion: &mut Conversion,
    base: &mut Baseline,
    best: Probability,
) -> Option<Funnel> {
    let table = root.optional_table("funnel")?;
    // Of those who land on a referral page 14 % act; of those who sign up half buy (vendors' numbers).
    let sign_up = table.probability("sign_up", 0.14);
    let purchase = table.probability("purchase", 0.5);
    let loss = table.rate("loss", Rate::per_day(0.02)).per_tick();
    if conversion.rule == Rule::Threshold {
        table.refuse("", "a funnel where conversion.rule is \"threshold\"", "the rule \"persuasion\"", None);
    }
    let passes = sign_up * purchase;
    // Products such as 0.14 × 0.5 may lie a hair below what was meant.
    let landing = |chance: Probability| if chance == Probability::NEVER { 0.0 } else { chance.value() / passes };
    let own = root.table("conversion");
    for (chance, key, of_what) in
        [(conversion.persuasion, "persuasion", ""), (best, "invitation", " by the best offer")]
    {
        if landing(chance) <= 1.0 + 1e-9 {
            continue;
        }
        let [told, landed] = [chance.value(), passes].map(|chance| print_rounded_percent(chance, 4));
        let is_own = table.is_of_file("sign_up") || table.is_of_file("purchase") || !own.is_of_file(key);
        if is_own {
            let found = format!("{landed} of those who land buy, and {told} of those who are told");
            let allowed = format!("sign_up × purchase of at least {told}, which is conversion.{key}{of_what}");
            // Nobody sees her own lift in a line about the funnel.
            let hint = (key == "invitation").then_some(
                "the best offer is conversion.invitation, raised by the lift of the reward: write a greater \
                 funnel.sign_up or funnel.purchase, or a smaller lift",
            );
            table.refuse("sign_up", found, allowed, hint);
        } else {
            // Whom a preset made the funnel is shown what she wrote herself.
            let allowed = format!("at most {landed}, which is funnel.sign_up × funnel.purchase");
            let hint = "or write funnel.sign_up and funnel.purchase yourself, so that more of those who land buy";
            own.refuse(key, format!("{told} of those who are told buy{of_what}"), allowed, Some(hint));
        }
    }
    conversion.persuasion = Probability::clamped(landing(conversion.persuasion));
    base.invitation = if base.invitation == 0.0 { 0.0 } else { base.invitation / passes };
    Some(Funnel { sign_up: Probability::clamped(sign_up), purchase: Probability::clamped(purchase), loss })
}

reference! {
    /// From a word to a purchase, in steps.
    ///
    /// Off unless the table is there. The chances of `[conversion]` stay those that a word makes a buyer; the funnel splits them.
    /// Whom a word persuades, she lands with the chance `persuasion / (sign_up × purchase)`, then signs up, and after the
    /// decision delay buys or is lost; what dose, trust, ties and segments multiply is the chance of landing, at most 1. A
    /// funnel in which not even everybody's landing would do is refused, under the best offer too. `loss` comes on top: it
    /// makes customers fewer. Who was lost is a prospect again, and the next word has luck of its own. Whom advertising or
    /// an influencer wins passes `sign_up` and `purchase`, because the rate and the conversion there already say how many buy;
    /// so the 4 % of cold visitors who buy (a vendor's number) are not a key. Not with `conversion.rule = "threshold"`.
    [funnel] {
        /// Chance that somebody who has landed signs up.
        sign_up,
        /// Chance that somebody who has signed up buys, if not lost while deciding.
        purchase,
        /// Rate at which a lead is lost while deciding.
        loss,
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overrides, Scenario};
    use crate::units::Tick;
    use std::path::Path;

    #[test]
    fn those_who_land_are_as_many_more_as_the_later_steps_lose() {
        let chances = |more: &str| {
            let text = format!("conversion = {{ persuasion = '4 %', invitation = '6 %' }}\n{more}");
            let world = Scenario::parse("x.toml", &text, Path::new(""), Overrides::default())
                .unwrap_or_else(|why| panic!("{why}"))
                .into_experiment()
                .world;
            [world.conversion.persuasion, world.policy.terms(Tick::ZERO).invitation].map(|chance| chance.value())
        };
        let near = |found: [f64; 2], expected: [f64; 2]| found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9);
        let plain = chances("");
        assert!(near(plain, [0.04, 0.06]), "{plain:?}");
        // Half of those who land sign up, and two of five of them buy.
        let split = chances("funnel = { sign_up = '50 %', purchase = '40 %' }");
        assert!(near(split, [0.2, 0.3]), "{split:?}");
    }
}
