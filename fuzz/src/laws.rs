//! Values with units, and laws: the first byte says which, the rest is the text.

use tellwave::laws::{CountLaw, DelayLaw};
use tellwave::scenario::law_notation::{parse_count_law, parse_delay_law, print_count_law, print_delay_law};
use tellwave::scenario::money::{Sign, parse_money};
use tellwave::scenario::values::{
    parse_duration, parse_percent, parse_rate, print_duration, print_percent, print_rate,
};
use tellwave::units::Tick;

/// As long as a scenario is likely to be: a law's table has an entry for each of its ticks.
const HORIZON: Tick = Tick(30 * Tick::PER_DAY);

/// The largest mean of a law that has its table made here: those of millions take a while, and scenarios refuse them.
const MEAN: f64 = 10_000.0;

/// Reads a value. What is read is printed so that it reads back to itself, and a law has its table.
pub fn read(bytes: &[u8]) {
    let Some((kind, text)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    match kind % 6 {
        0 => {
            if let Ok(span) = parse_duration(text) {
                assert_eq!(parse_duration(&print_duration(span)).ok(), Some(span));
            }
        }
        1 => {
            if let Ok(rate) = parse_rate(text) {
                assert!(rate.per_tick().is_finite() && rate.per_tick() >= 0.0);
                let printed = print_rate(rate);
                assert_eq!(parse_rate(&printed).map(print_rate).ok(), Some(printed));
            }
        }
        2 => {
            if let Ok(chance) = parse_percent(text) {
                assert_eq!(parse_percent(&print_percent(chance)).ok(), Some(chance));
            }
        }
        3 => {
            for sign in [Sign::NonNegative, Sign::Any] {
                if let Ok(money) = parse_money(text, sign) {
                    assert_eq!(parse_money(&money.to_string(), sign).ok(), Some(money));
                }
            }
        }
        4 => {
            if let Ok(law) = parse_count_law(text) {
                assert_eq!(parse_count_law(&print_count_law(law)).ok(), Some(law));
                if mean(law) <= MEAN {
                    law.table();
                }
            }
        }
        _ => {
            if let Ok(law) = parse_delay_law(text) {
                assert_eq!(parse_delay_law(&print_delay_law(law)).ok(), Some(law));
                drawn(law);
            }
        }
    }
}

fn mean(law: CountLaw) -> f64 {
    match law {
        CountLaw::Poisson { mean } | CountLaw::NegativeBinomial { mean, .. } | CountLaw::Geometric { mean } => mean,
        CountLaw::Fixed(_) | CountLaw::AllNeighbours => 0.0,
    }
}

fn drawn(law: DelayLaw) {
    let table = law.table(HORIZON);
    for luck in [0, 1 << 31, 1 << 63, u64::MAX] {
        table.draw(luck);
    }
}
