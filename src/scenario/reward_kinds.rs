//! Kinds of rewards: what each usually costs, when it is redeemed, and how people say it. (Their names: `event::names`.)

use super::reader::Reader;
use crate::event::{RewardKind, Side};
use crate::policy::Redemption;
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
pub(super) fn usual_redemption(kind: RewardKind, side: Side) -> Redemption {
    let days = |days: u32| Tick(days * Tick::PER_DAY);
    let later = |share| Redemption { share, after: days(30), expires: days(365) };
    match (kind, side) {
        (RewardKind::Points, _) => later(7_000),
        // The friend's is taken off the price that earns it; the advocate has to buy again.
        (RewardKind::Discount, Side::Advocate) => later(8_000),
        _ => Redemption::AT_ONCE,
    }
}

/// "10.00 USD" and then this.
pub(super) fn in_words(kind: RewardKind, side: Side) -> &'static str {
    match kind {
        RewardKind::Cash => " in cash",
        RewardKind::Discount if side == Side::Friend => " off the price",
        RewardKind::Discount => " off her next order",
        RewardKind::Points => " in points",
        RewardKind::Gift => " as a gift",
        RewardKind::Product => " worth of the product",
        RewardKind::Upgrade => " as an upgrade",
        RewardKind::Ticket => " as a ticket",
    }
}
