//! `[funnel]`: what lies between following a word and buying.
//!
//! The chances of `[conversion]` stay what they are, those that a word makes a buyer; here they are split into steps.

use super::reader::Reader;
use super::values::{Rate, print_percent};
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
    // Of those who land on a referral page 14 % act; of those who sign up half buy (facts 22 and 23, vendors' numbers).
    let sign_up = table.probability("sign_up", 0.14);
    let purchase = table.probability("purchase", 0.5);
    let loss = table.rate("loss", Rate::per_day(0.02)).per_tick();
    if conversion.rule == Rule::Threshold {
        table.refuse("", "a funnel where conversion.rule is \"threshold\"", "the rule \"persuasion\"", None);
    }
    let passes = sign_up * purchase;
    // Products such as 0.14 × 0.5 may lie a hair below what was meant.
    let landing = |chance: Probability| if chance == Probability::NEVER { 0.0 } else { chance.value() / passes };
    for (chance, what) in
        [(conversion.persuasion, "conversion.persuasion"), (best, "conversion.invitation, best offer")]
    {
        if landing(chance) > 1.0 + 1e-9 {
            let of_them = format!(
                "{} of those who land buy, and {} of those who are told",
                percent(passes),
                percent(chance.value())
            );
            let allowed = format!("sign_up × purchase of at least {}, which is {what}", percent(chance.value()));
            table.refuse("sign_up", of_them, allowed, None);
        }
    }
    conversion.persuasion = Probability::clamped(landing(conversion.persuasion));
    base.invitation = if base.invitation == 0.0 { 0.0 } else { base.invitation / passes };
    Some(Funnel { sign_up: Probability::clamped(sign_up), purchase: Probability::clamped(purchase), loss })
}

/// A chance for people to read.
fn percent(chance: f64) -> String {
    print_percent((chance * 1e6).round() / 1e6)
}
