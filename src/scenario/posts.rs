//! `[posts]`: reviews that stay and are read by strangers.

use super::reader::Reader;
use super::values::Rate;
use crate::engine::Posts;
use crate::units::{Probability, Tick};

/// How customers post, if they do, and how many trust their reviews.
pub(super) fn read(root: &Reader<'_>) -> Option<(Posts, f64)> {
    let table = root.optional_table("posts")?;
    let share = Probability::clamped(table.probability("share", 0.05));
    let views = table.rate("views", Rate::per_day(0.5)).per_tick();
    let half_life = table.duration("half_life", Tick(30 * Tick::PER_DAY));
    if half_life == Tick::ZERO {
        table.refuse("half_life", "nothing", "at least 1 minute", None);
    }
    // Nielsen 2012 to 2015: 66 to 70 % trust what strangers write on the net (facts 8).
    let trust = table.probability("trust", 0.68);
    Some((Posts { share, views, half_life }, trust))
}
