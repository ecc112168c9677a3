//! Triggers of rewards: how they are written, and how people say them.

use super::reader::Reader;
use crate::event::Side;
use crate::language::{Language, tell};
use crate::policy::Trigger;

const TRIGGERS: [&str; 7] =
    ["sign_up", "first_purchase", "later_purchase", "each_purchase", "purchase", "drawing", "leaderboard"];

/// The most winners of a rule.
const WINNERS_MAX: u64 = 100_000;

/// What a rule is for.
pub(super) fn read(table: &Reader<'_>) -> Trigger {
    let name = table.choice("trigger", "first_purchase", &TRIGGERS);
    let number = table.optional_whole("number", 1..=1_000_000).map(|number| number as u32);
    let winners = table.optional_whole("winners", 1..=WINNERS_MAX).map(|winners| winners as u32);
    let trigger = match name {
        "sign_up" => Trigger::SignUp,
        "later_purchase" => Trigger::LaterPurchase,
        "each_purchase" => Trigger::EachPurchase,
        "purchase" => Trigger::Purchase(number.unwrap_or(1)),
        "drawing" => Trigger::Drawing(winners.unwrap_or(1)),
        "leaderboard" => Trigger::Leaderboard(winners.unwrap_or(1)),
        _ => Trigger::FirstPurchase,
    };
    let counts = matches!(trigger, Trigger::Purchase(_));
    match number {
        None if counts => table.refuse("number", "nothing", "which purchase, the first being 1", None),
        Some(_) if !counts => table.refuse("number", "a number of purchases", "trigger = \"purchase\" beside it", None),
        _ => {}
    }
    match winners {
        None if trigger.is_prize() => table.refuse("winners", "nothing", "how many win, such as 3", None),
        Some(_) if !trigger.is_prize() => {
            let allowed = "trigger = \"drawing\" or \"leaderboard\" beside it";
            table.refuse("winners", "a number of winners", allowed, None);
        }
        _ => {}
    }
    if trigger.is_prize() && !table.has("ends") {
        table.refuse("ends", "nothing", "when the prizes are awarded, such as \"60 days\"", None);
    }
    trigger
}

/// What it is for, after "the advocate gets 10.00 USD in cash for".
pub(super) fn in_words(trigger: Trigger, side: Side, language: Language) -> String {
    match (trigger, side) {
        (Trigger::SignUp, Side::Friend) => tell!(language, "for-own-sign-up"),
        (Trigger::SignUp, Side::Advocate) => tell!(language, "for-sign-up"),
        (Trigger::FirstPurchase, Side::Friend) => tell!(language, "for-own-first-purchase"),
        (Trigger::FirstPurchase, Side::Advocate) => tell!(language, "for-first-purchase"),
        (Trigger::LaterPurchase, Side::Friend) => tell!(language, "for-own-later-purchases"),
        (Trigger::LaterPurchase, Side::Advocate) => tell!(language, "for-later-purchases"),
        (Trigger::EachPurchase, Side::Friend) => tell!(language, "for-own-purchases"),
        (Trigger::EachPurchase, Side::Advocate) => tell!(language, "for-purchases"),
        (Trigger::Purchase(number), Side::Friend) => {
            tell!(language, "for-own-purchase", ordinal = ordinal_in(number, language))
        }
        (Trigger::Purchase(number), Side::Advocate) => {
            tell!(language, "for-purchase", ordinal = ordinal_in(number, language))
        }
        (Trigger::Drawing(1), _) => tell!(language, "for-the-winning-ticket"),
        (Trigger::Drawing(winners), _) => tell!(language, "for-a-winning-ticket", winners = winners),
        (Trigger::Leaderboard(1), _) => tell!(language, "for-the-most-friends"),
        (Trigger::Leaderboard(winners), _) => tell!(language, "for-a-place", winners = winners),
    }
}

/// 2nd, or the number alone where the sentence around it gives it its ending.
pub(super) fn ordinal_in(number: u32, language: Language) -> String {
    match language {
        Language::English => ordinal(number),
        _ => number.to_string(),
    }
}

/// 1st, 2nd, 3rd, 4th, 11th.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
