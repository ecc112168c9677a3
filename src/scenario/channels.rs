//! `[channels.…]`: how words travel, how far they are trusted, and how often a referral by them is tracked.

use super::conversion::read_rule;
use super::reader::Reader;
use super::reference::reference;
use super::telling::{self, AudienceKind};
use super::values::print_rounded_percent;
use crate::engine::{ChannelLaw, Channels, Rule};
use crate::event::Channel;
use crate::units::{Probability, Strength, Tick};

/// Trust in a friend's word (Nielsen 2012 to 2015: 83 to 92 % trust people they know): what persuasion is stated for.
pub(super) const TRUST_FRIEND: f64 = 0.88;

/// Trust in a channel by default: friends .88, what strangers put on the net .68 (Nielsen 2012 to 2015).
fn default_trust(channel: Channel) -> f64 {
    match channel {
        Channel::SocialPost | Channel::ReviewSite => 0.68,
        Channel::FaceToFace | Channel::Messenger | Channel::Email | Channel::QrCode | Channel::CodeWord => TRUST_FRIEND,
    }
}

/// Chance that a referral is tracked by default: a link .95, a QR code .9, a spoken code word .6 (practice only).
fn default_tracking(channel: Channel) -> f64 {
    match channel {
        Channel::Messenger | Channel::Email | Channel::SocialPost | Channel::ReviewSite => 0.95,
        Channel::QrCode => 0.9,
        Channel::FaceToFace | Channel::CodeWord => 0.6,
    }
}

/// Where the words of a channel go by default: posts to anybody, everything else to the circle.
fn reaches_strangers(channel: Channel) -> bool {
    matches!(channel, Channel::SocialPost | Channel::ReviewSite)
}

/// The channels, if the scenario names any.
pub(super) fn read(root: &Reader<'_>, horizon: Tick, audience: AudienceKind, told: &telling::Read) -> Option<Channels> {
    let around = root.table("channels");
    around.allow(Channel::NAMES);
    let named: Vec<(Channel, Reader<'_>)> =
        Channel::ALL.iter().filter_map(|&channel| Some((channel, around.optional_table(channel.name())?))).collect();
    if named.is_empty() {
        return None;
    }
    let (mut sum, mut each, mut shares) = (0.0, vec![], vec![]);
    for (channel, table) in &named {
        let share = table.probability("share", if named.len() == 1 { 1.0 } else { 0.0 });
        if named.len() > 1 {
            table.require("share", "a share of the words, such as \"25 %\"");
        }
        sum += share;
        shares.push(share);
        let tracking = Probability::clamped(table.probability("tracking", default_tracking(*channel)));
        let default = if reaches_strangers(*channel) { "population" } else { "neighbours" };
        let strangers = match audience {
            AudienceKind::Neighbours => {
                table.choice("audience", default, &["neighbours", "population"]) == "population"
            }
            // Anybody can tell anybody anyway.
            AudienceKind::Population | AudienceKind::Fresh => false,
        };
        if strangers && read_rule(root) == Rule::Threshold {
            let allowed = "\"neighbours\" where conversion.rule is \"threshold\": it counts the people around";
            table.refuse("audience", "words to strangers", allowed, None);
        }
        let delay = match told.telling.talking {
            Some(_) => told.delay,
            None => table.delay_law("delay", told.delay),
        };
        each.push((
            ChannelLaw { channel: *channel, tracking, strangers, delay: root.delay_table(delay, horizon) },
            share,
        ));
    }
    if (sum - 1.0).abs() > 1e-9 {
        let shares = named
            .iter()
            .zip(&shares)
            .map(|((channel, _), share)| format!("{} {}", channel.name(), print_rounded_percent(*share, 6)));
        let found =
            format!("shares that sum to {} ({})", print_rounded_percent(sum, 6), shares.collect::<Vec<_>>().join(", "));
        around.refuse("", found, "shares that sum to 100 %", None);
    }
    Some(Channels::new(each))
}

/// What persuasion is multiplied by for a word of each channel, in the order of [`Channel::ALL`]. For reviews
/// `[posts]` says it, unless the channel does.
pub(super) fn read_trust(root: &Reader<'_>, posts: Option<f64>) -> [Strength; 7] {
    let around = root.table("channels");
    let mut trust = [Strength::ONE; 7];
    let strength = |share: f64| Strength::new(share / TRUST_FRIEND).unwrap_or(Strength::ONE);
    trust[Channel::ReviewSite as usize] = posts.map_or(Strength::ONE, strength);
    for &channel in Channel::ALL {
        if around.has(channel.name()) {
            let default = posts.filter(|_| channel == Channel::ReviewSite).unwrap_or(default_trust(channel));
            trust[channel as usize] = strength(around.table(channel.name()).probability("trust", default));
        }
    }
    trust
}

reference! {
    /// How words travel.
    ///
    /// Where no channel is named, all words go from friend to friend in person, trusted and tracked. The names are
    /// `face_to_face`, `messenger`, `email`, `social_post`, `review_site`, `qr_code` and `code_word`; shares sum to 100 %.
    [channels.*] with ["[channels.messenger]\nshare = '60 %'\n[channels.social_post]\nshare = '40 %'"] {
        /// Share of the words that take this channel.
        share = "100 %, if it is the only one",
        /// How far its words are trusted, by the share of people who say they trust it; divided by the 88 % of a friend's
        /// word it multiplies the chance that a word persuades.
        trust = "68 % for `social_post` and `review_site`, else 88 %",
        /// Chance that the company can tell by whose word a friend came; if not, the reward is denied.
        tracking = "95 % for links, 90 % for a QR code, 60 % for what is spoken",
        /// Whether its words reach the circle of the teller or anybody; only where telling.audience is "neighbours".
        audience = "\"population\" for `social_post` and `review_site`, else \"neighbours\"",
        /// From the experience to a word by this channel (batch mode).
        delay = "that of telling.delay",
    }
}
