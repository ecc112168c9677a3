//! Kinds of rewards: what each usually costs, when it is redeemed, and how people say it. (Their names: `event::names`.)

use super::reader::Reader;
use crate::event::{RewardKind, Side};
use crate::language::{Language, tell};
use crate::policy::{Redemption, Trigger};
use crate::units::Tick;

pub(super) fn read_kind(table: &Reader<'_>, key: &str, default: RewardKind) -> RewardKind {
    RewardKind::from_name(table.choice(key, default.name(), RewardKind::NAMES)).unwrap_or(default)
}

/// What a reward of this kind costs the company, in ten-thousandths of its worth (facts no. 32).
pub(super) fn usual_cost(kind: RewardKind) -> u16 {
    match kind {
        RewardKind::Gift | RewardKind::Upgrade => 5_000,
        // What costs something is the prize.
        RewardKind::Ticket => 0,
        RewardKind::Cash | RewardKind::Discount | RewardKind::Points | RewardKind::Product => 10_000,
    }
}

/// When and how much of it is redeemed (facts no. 32; the times are assumptions).
pub(super) fn usual_redemption(kind: RewardKind, side: Side, trigger: Trigger) -> Redemption {
    let days = |days: u32| Tick(days * Tick::PER_DAY);
    let later = |share| Redemption { share, after: days(30), expires: days(365) };
    let is_free = trigger == Trigger::SignUp || trigger.is_prize();
    match (kind, side) {
        (RewardKind::Points, _) => later(7_000),
        // The friend's is taken off the price that earns it; who has paid nothing yet, and the advocate, have to buy first.
        (RewardKind::Discount, side) if side == Side::Advocate || is_free => later(8_000),
        _ => Redemption::AT_ONCE,
    }
}

/// What so much in this form is: "10.00 USD in cash".
pub fn in_words(kind: RewardKind, side: Side, amount: &str, language: Language) -> String {
    match (kind, side) {
        (RewardKind::Cash, _) => tell!(language, "reward-cash", amount = amount),
        (RewardKind::Discount, Side::Friend) => tell!(language, "reward-discount", amount = amount),
        (RewardKind::Discount, Side::Advocate) => tell!(language, "reward-discount-later", amount = amount),
        (RewardKind::Points, _) => tell!(language, "reward-points", amount = amount),
        (RewardKind::Gift, _) => tell!(language, "reward-gift", amount = amount),
        (RewardKind::Product, _) => tell!(language, "reward-product", amount = amount),
        (RewardKind::Upgrade, _) => tell!(language, "reward-upgrade", amount = amount),
        (RewardKind::Ticket, _) => tell!(language, "reward-ticket", amount = amount),
    }
}
