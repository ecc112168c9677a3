//! A factor: what differs between the cells of a sweep, and which values it takes.
//!
//! A factor moves one or more keys of the base scenario. It takes levels that are listed, or any number under a law; a number is
//! written into the text that the scenario reads ("{} %", "negative_binomial({}, 2)"). What the keys mean only the scenario knows:
//! a value is found right or wrong when the cell is read.

use crate::scenario::values::print_number;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// What differs between cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// What it is called, unique in the sweep.
    pub name: String,
    /// What its numbers are counted in, as they are written ("%", "USD", "days"); empty for bare numbers and for names.
    pub unit: String,
    /// Which values it takes.
    pub values: Values,
}

/// Which values a factor takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Values {
    /// These, in this order.
    Levels(Vec<Level>),
    /// Any number under a law.
    Law {
        /// The keys of the scenario that take it, dotted.
        keys: Vec<String>,
        /// How often which number comes.
        law: Law,
        /// How it is written.
        writing: Writing,
    },
}

/// One value of a factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// How it is shown: "5 %", "small world".
    pub label: String,
    /// Its number, in the factor's unit; nothing where it is none.
    pub number: Option<f64>,
    /// What the cell lays over the base scenario, as lines of TOML.
    pub toml: String,
}

/// How often which number comes. Numbers are in the factor's unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Law {
    /// Every number between the ends alike.
    Uniform {
        /// The least.
        from: f64,
        /// The most.
        to: f64,
    },
    /// Every ratio between the ends alike; the ends are above 0.
    LogUniform {
        /// The least.
        from: f64,
        /// The most.
        to: f64,
    },
    /// Rising from the least to the likeliest number, and falling from there to the most.
    Triangular {
        /// The least.
        from: f64,
        /// The likeliest.
        mode: f64,
        /// The most.
        to: f64,
    },
    /// Normal.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, above 0.
        deviation: f64,
    },
}

/// How a number is written for the scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// The text, with `{}` in the place of the number.
    pub text: String,
    /// Decimals that are always written; nothing for as many as six significant digits need.
    pub decimals: Option<u8>,
    /// Whether the scenario reads a text, and not a bare number.
    pub quoted: bool,
}

/// What a cell takes of a factor.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// The level in this place.
    Level(u32),
    /// This number under the law, in the factor's unit, rounded as it is written.
    Number(f64),
}

impl Place {
    /// What tells places of one factor apart.
    pub(super) fn bits(self) -> u64 {
        match self {
            Place::Level(level) => u64::from(level),
            Place::Number(number) => number.to_bits(),
        }
    }
}

impl Factor {
    /// How many levels it has; nothing under a law.
    pub fn levels(&self) -> Option<usize> {
        match &self.values {
            Values::Levels(levels) => Some(levels.len()),
            Values::Law { .. } => None,
        }
    }

    /// Its levels; none under a law.
    pub fn listed(&self) -> &[Level] {
        match &self.values {
            Values::Levels(levels) => levels,
            Values::Law { .. } => &[],
        }
    }

    /// Whether all its values are numbers.
    pub fn is_number(&self) -> bool {
        match &self.values {
            Values::Levels(levels) => levels.iter().all(|level| level.number.is_some()),
            Values::Law { .. } => true,
        }
    }

    /// The number in a place, in the factor's unit; nothing where it is none.
    pub fn number(&self, place: Place) -> Option<f64> {
        match place {
            Place::Level(level) => self.listed().get(level as usize)?.number,
            Place::Number(number) => Some(number),
        }
    }

    /// What lies at a share of the way through its values, from 0 to below 1: levels have equal parts of the way.
    pub fn at(&self, share: f64) -> Place {
        match &self.values {
            Values::Levels(levels) => {
                Place::Level(((share * levels.len() as f64) as usize).min(levels.len() - 1) as u32)
            }
            Values::Law { law, writing, .. } => Place::Number(writing.rounded(law.quantile(share))),
        }
    }

    /// The value in a place.
    pub fn level(&self, place: Place) -> Level {
        match (&self.values, place) {
            (Values::Levels(levels), Place::Level(at)) => levels[at as usize].clone(),
            (Values::Law { keys, writing, .. }, Place::Number(number)) => {
                let value = writing.toml(number);
                let toml = keys.iter().map(|key| format!("{key} = {value}\n")).collect();
                Level { label: writing.write(number), number: Some(number), toml }
            }
            // A plan is read only if its places fit its factors.
            _ => Level { label: String::new(), number: None, toml: String::new() },
        }
    }

    /// Whether a place is one of this factor's.
    pub fn has(&self, place: Place) -> bool {
        match (&self.values, place) {
            (Values::Levels(levels), Place::Level(at)) => (at as usize) < levels.len(),
            (Values::Law { .. }, Place::Number(number)) => number.is_finite(),
            _ => false,
        }
    }
}

impl Law {
    /// The number below which this share of all lies; `share` from 0 to below 1.
    pub fn quantile(self, share: f64) -> f64 {
        match self {
            Law::Uniform { from, to } => from + (to - from) * share,
            Law::LogUniform { from, to } => from * libm::exp(libm::log(to / from) * share),
            Law::Triangular { from, mode, to } => {
                let width = to - from;
                let rising = (mode - from) / width;
                if share < rising {
                    from + (share * width * (mode - from)).sqrt()
                } else {
                    to - ((1.0 - share) * width * (to - mode)).sqrt()
                }
            }
            // The ends of the way have no normal number: what lies within a millionth of them is taken as there.
            Law::Normal { mean, deviation } => {
                let share = share.clamp(1e-6, 1.0 - 1e-6);
                Normal::new(mean, deviation).map_or(mean, |law| law.inverse_cdf(share))
            }
        }
    }
}

impl Writing {
    /// A number as precisely as it is written.
    pub fn rounded(&self, number: f64) -> f64 {
        let text = match self.decimals {
            Some(decimals) => format!("{number:.*}", usize::from(decimals)),
            None => format!("{number:.5e}"),
        };
        // What was just written reads back. Without the sum, a number that rounds to nothing might be -0.
        text.parse::<f64>().unwrap_or(number) + 0.0
    }

    /// A rounded number in its text, for people.
    pub fn write(&self, number: f64) -> String {
        let number = match self.decimals {
            Some(decimals) => format!("{number:.*}", usize::from(decimals)),
            None => print_number(number),
        };
        self.text.replacen("{}", &number, 1)
    }

    /// The same for TOML.
    pub fn toml(&self, number: f64) -> String {
        let text = self.write(number);
        if self.quoted { toml::Value::from(text).to_string() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(decimals: Option<u8>) -> Writing {
        Writing { text: "{} %".to_owned(), decimals, quoted: true }
    }

    #[test]
    fn a_law_goes_from_its_least_to_its_most() {
        for (law, [low, middle, high]) in [
            (Law::Uniform { from: 2.0, to: 6.0 }, [2.0, 4.0, 6.0]),
            (Law::LogUniform { from: 1.0, to: 100.0 }, [1.0, 10.0, 100.0]),
            (Law::Triangular { from: 0.0, mode: 4.0, to: 8.0 }, [0.0, 4.0, 8.0]),
        ] {
            for (share, wanted) in [(0.0, low), (0.5, middle), (1.0, high)] {
                assert!((law.quantile(share) - wanted).abs() < 1e-9, "{law:?} at {share}");
            }
        }
        let normal = Law::Normal { mean: 4.0, deviation: 1.0 };
        assert!((normal.quantile(0.5) - 4.0).abs() < 1e-9);
        assert!((normal.quantile(0.975) - 5.959964).abs() < 1e-5);
        assert!(normal.quantile(0.0).is_finite());
    }

    #[test]
    fn a_triangle_has_its_mass_where_its_mode_is() {
        // P(X < mode) = (mode - from) / (to - from).
        let law = Law::Triangular { from: 0.0, mode: 2.0, to: 8.0 };
        assert!((law.quantile(0.25) - 2.0).abs() < 1e-12);
        assert!(law.quantile(0.24) < 2.0 && law.quantile(0.26) > 2.0);
    }

    #[test]
    fn a_number_is_written_as_precisely_as_it_is_kept() {
        for (decimals, number, shown) in [
            (Some(2), 4.0 / 3.0, "1.33 %"),
            (None, 4.0 / 3.0, "1.33333 %"),
            (Some(0), 0.7, "1 %"),
            (None, -1e-12, "-0.000000000001 %"),
        ] {
            let writing = percent(decimals);
            let rounded = writing.rounded(number);
            assert_eq!(writing.rounded(rounded), rounded);
            if number > 0.0 {
                assert_eq!(writing.write(rounded), shown);
            }
        }
        assert_eq!(percent(Some(0)).write(percent(Some(0)).rounded(-0.2)), "0 %");
    }

    #[test]
    fn a_value_is_laid_under_each_of_its_keys() {
        let values = Values::Law {
            keys: vec!["a.b".to_owned(), "c".to_owned()],
            law: Law::Uniform { from: 0.0, to: 10.0 },
            writing: percent(Some(1)),
        };
        let factor = Factor { name: "x".to_owned(), unit: "%".to_owned(), values };
        let level = factor.level(factor.at(0.5));
        assert_eq!((level.label.as_str(), level.number), ("5.0 %", Some(5.0)));
        assert_eq!(level.toml, "a.b = \"5.0 %\"\nc = \"5.0 %\"\n");
        assert!(!factor.has(Place::Level(0)));
    }

    #[test]
    fn levels_have_equal_parts_of_the_way() {
        let level = |label: &str| Level { label: label.to_owned(), number: None, toml: String::new() };
        let values = Values::Levels(vec![level("a"), level("b"), level("c")]);
        let factor = Factor { name: "x".to_owned(), unit: String::new(), values };
        let places = [0.0, 0.3, 0.34, 0.66, 0.67, 0.999_999].map(|share| factor.at(share));
        assert_eq!(places, [0, 0, 1, 1, 2, 2].map(Place::Level));
    }
}
