//! `[posts]`: reviews that stay and are read by strangers.

use super::reader::Reader;
use super::reference::reference;
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
    // Nielsen 2012 to 2015: 66 to 70 % trust what strangers write on the net.
    let trust = table.probability("trust", 0.68);
    Some((Posts { share, views, half_life }, trust))
}

reference! {
    /// Reviews that stay.
    ///
    /// Off unless the table is there. A post is viewed at the rate `views × 2^(-age / half_life)`, so `views × half_life / ln 2`
    /// times in all, by anybody but its author, friend or stranger, whatever the audience of words; among fresh people by
    /// somebody new. Who views it hears a word by the channel `review_site`, without a code. A complaint that is resolved later
    /// takes no post back.
    [posts] {
        /// Share of the customers who are satisfied or unhappy that post.
        share,
        /// Views of a new post.
        views,
        /// Time after which a post is viewed half as often.
        half_life in "at least 1 minute",
        /// Trust in reviews: divided by the .88 of a friend it multiplies persuasion. `[channels.review_site] trust` goes before it.
        trust,
    }
}
