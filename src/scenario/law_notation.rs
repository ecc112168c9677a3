//! How people write laws of counts and delays: "poisson(12)", "gamma(mean 5 days, shape 2)".
//!
//! A law is a name with parameters, by position or by keyword; each side prints what the other reads. The laws
//! themselves are in `laws`, and nothing is drawn here.

use std::ops::RangeInclusive;

use crate::laws::{CountLaw, DelayLaw};
use crate::scenario::values::{
    Decimal, Refusal, nearest, parse_duration, print_duration, print_number, quoted, split_number,
};
use crate::units::Tick;

/// What may be written for a count law.
pub const COUNT_LAW_ALLOWED: &str = "a whole number such as 12, or a law: fixed(12), poisson(12), \
    negative_binomial(mean 12, dispersion 2), geometric(12), all_neighbours";

/// What may be written for a delay law.
pub const DELAY_LAW_ALLOWED: &str = "a duration such as \"7 days\", or a law: fixed(7 days), exponential(5 days), \
    gamma(mean 5 days, shape 2), log_normal(median 5 days, sigma 0.8), uniform(1 day, 9 days)";

/// A law's name and the names of its parameters, in order.
type Form = (&'static str, &'static [&'static str]);

const COUNT_FORMS: [Form; 5] = [
    ("fixed", &["count"]),
    ("poisson", &["mean"]),
    ("negative_binomial", &["mean", "dispersion"]),
    ("geometric", &["mean"]),
    ("all_neighbours", &[]),
];

const DELAY_FORMS: [Form; 5] = [
    ("fixed", &["span"]),
    ("exponential", &["mean"]),
    ("gamma", &["mean", "shape"]),
    ("log_normal", &["median", "sigma"]),
    ("uniform", &["least", "most"]),
];

/// What laws of counts are called.
pub(super) fn count_laws() -> impl Iterator<Item = &'static str> {
    COUNT_FORMS.iter().map(|form| form.0)
}

/// What laws of delays are called.
pub(super) fn delay_laws() -> impl Iterator<Item = &'static str> {
    DELAY_FORMS.iter().map(|form| form.0)
}

/// Smallest shape and dispersion: above zero, and far below anything a table could tell apart from it.
const POSITIVE_MIN: f64 = 1e-6;

/// Reads "negative_binomial(12, 2)"; names in any case, parameters by position or by keyword.
///
/// # Errors
/// Refuses unknown laws, wrong parameters and values outside the ranges given at [`CountLaw`].
pub fn parse_count_law(text: &str) -> Result<CountLaw, Refusal> {
    let refuse = |hint: String| Refusal::new(quoted(text), COUNT_LAW_ALLOWED).with_hint(hint);
    if let Some(count) = Decimal::parse(text) {
        return whole_count(count).map(CountLaw::Fixed).ok_or_else(|| refuse(count_hint()));
    }
    let (name, values) = split_law(text, &COUNT_FORMS).map_err(refuse)?;
    let mean = |text| number_in("mean", text, 0.0..=CountLaw::MEAN_MAX);
    let law = match (name, values.as_slice()) {
        ("fixed", [count]) => {
            let count = Decimal::parse(count).and_then(whole_count).ok_or_else(|| refuse(count_hint()))?;
            Ok(CountLaw::Fixed(count))
        }
        ("poisson", [text]) => mean(text).map(|mean| CountLaw::Poisson { mean }),
        ("geometric", [text]) => mean(text).map(|mean| CountLaw::Geometric { mean }),
        ("negative_binomial", [text, dispersion]) => mean(text).and_then(|mean| {
            let dispersion = number_in("dispersion", dispersion, POSITIVE_MIN..=CountLaw::DISPERSION_MAX)?;
            Ok(CountLaw::NegativeBinomial { mean, dispersion })
        }),
        _ => Ok(CountLaw::AllNeighbours),
    };
    law.map_err(refuse)
}

/// The law as it is read: "fixed(12)", "negative_binomial(mean 12, dispersion 2)".
pub fn print_count_law(law: CountLaw) -> String {
    match law {
        CountLaw::Fixed(count) => format!("fixed({count})"),
        CountLaw::Poisson { mean } => format!("poisson({})", print_number(mean)),
        CountLaw::Geometric { mean } => format!("geometric({})", print_number(mean)),
        CountLaw::NegativeBinomial { mean, dispersion } => {
            format!("negative_binomial(mean {}, dispersion {})", print_number(mean), print_number(dispersion))
        }
        CountLaw::AllNeighbours => "all_neighbours".to_owned(),
    }
}

/// Reads "7 days" or "gamma(mean 5 days, shape 2)"; names in any case, parameters by position or by keyword.
///
/// # Errors
/// Refuses unknown laws, wrong parameters and values outside the ranges given at [`DelayLaw`].
pub fn parse_delay_law(text: &str) -> Result<DelayLaw, Refusal> {
    let refuse = |hint: String| Refusal::new(quoted(text), DELAY_LAW_ALLOWED).with_hint(hint);
    if split_number(text).is_some() {
        let refusal = |refusal: Refusal| Refusal { allowed: DELAY_LAW_ALLOWED.to_owned(), ..refusal };
        return parse_duration(text).map(DelayLaw::Fixed).map_err(refusal);
    }
    let (name, values) = split_law(text, &DELAY_FORMS).map_err(refuse)?;
    let law = match (name, values.as_slice()) {
        ("exponential", [mean]) => lasting("mean", mean).map(|mean| DelayLaw::Exponential { mean }),
        ("gamma", [mean, shape]) => lasting("mean", mean).and_then(|mean| {
            let shape = number_in("shape", shape, POSITIVE_MIN..=DelayLaw::SHAPE_MAX)?;
            Ok(DelayLaw::Gamma { mean, shape })
        }),
        ("log_normal", [median, sigma]) => lasting("median", median).and_then(|median| {
            let sigma = number_in("sigma", sigma, 0.0..=DelayLaw::SIGMA_MAX)?;
            Ok(DelayLaw::LogNormal { median, sigma })
        }),
        ("uniform", [least, most]) => span("least", least).and_then(|least| {
            let most = span("most", most)?;
            if least > most {
                Err("write the shorter span first".to_owned())
            } else {
                Ok(DelayLaw::Uniform { least, most })
            }
        }),
        (_, values) => span("span", values.first().copied().unwrap_or_default()).map(DelayLaw::Fixed),
    };
    law.map_err(refuse)
}

/// The law as it is read; a fixed span is printed as a plain duration.
pub fn print_delay_law(law: DelayLaw) -> String {
    match law {
        DelayLaw::Fixed(span) => print_duration(span),
        DelayLaw::Exponential { mean } => format!("exponential({})", print_duration(mean)),
        DelayLaw::Gamma { mean, shape } => {
            format!("gamma(mean {}, shape {})", print_duration(mean), print_number(shape))
        }
        DelayLaw::LogNormal { median, sigma } => {
            format!("log_normal(median {}, sigma {})", print_duration(median), print_number(sigma))
        }
        DelayLaw::Uniform { least, most } => {
            format!("uniform({}, {})", print_duration(least), print_duration(most))
        }
    }
}

/// The law's name and its parameters in the order of its form, or advice.
fn split_law<'t>(text: &'t str, forms: &[Form]) -> Result<(&'static str, Vec<&'t str>), String> {
    let text = text.trim_matches(' ');
    let (name, inside) = match text.split_once('(') {
        None => (text, None),
        Some((name, rest)) => {
            let inside = rest.strip_suffix(')').ok_or("end the law with one closing bracket")?;
            (name.trim_end_matches(' '), Some(inside))
        }
    };
    let Some(&(name, parameters)) = forms.iter().find(|form| form.0.eq_ignore_ascii_case(name)) else {
        let known = forms.iter().map(|form| form.0);
        return Err(match nearest(name, known.clone()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("the laws are {}", known.collect::<Vec<_>>().join(", ")),
        });
    };
    let shape = || match parameters.len() {
        0 => format!("{name} has no parameters"),
        _ => format!("write {name}({})", parameters.join(", ")),
    };
    let given: Vec<&str> = match inside.map(|inside| inside.trim_matches(' ')) {
        None | Some("") => Vec::new(),
        Some(inside) => inside.splitn(parameters.len() + 2, ',').map(|one| one.trim_matches(' ')).collect(),
    };
    let mut values = vec![None; parameters.len()];
    for (position, &argument) in given.iter().enumerate() {
        let keyword = argument.split_once(' ').and_then(|(word, value)| {
            let place = parameters.iter().position(|parameter| parameter.eq_ignore_ascii_case(word))?;
            Some((place, value.trim_start_matches(' ')))
        });
        let (place, value) = keyword.unwrap_or((position, argument));
        match values.get_mut(place) {
            Some(slot @ None) => *slot = Some(value),
            _ => return Err(shape()),
        }
    }
    let values: Option<Vec<&str>> = values.into_iter().collect();
    values.map(|values| (name, values)).ok_or_else(shape)
}

/// A whole number of people within the range of fixed counts.
fn whole_count(count: Decimal<'_>) -> Option<u32> {
    let count: u32 = count.plain()?.parse().ok()?;
    (f64::from(count) <= CountLaw::MEAN_MAX).then_some(count)
}

fn count_hint() -> String {
    format!("a fixed count is a whole number from 0 to {}", CountLaw::MEAN_MAX)
}

fn number_in(name: &str, text: &str, range: RangeInclusive<f64>) -> Result<f64, String> {
    let number = Decimal::parse(text).map(Decimal::value).filter(|number| range.contains(number));
    // `+ 0.0` makes a minus zero plain.
    number.map(|number| number + 0.0).ok_or_else(|| {
        format!("the {name} is a number from {} to {}", print_number(*range.start()), print_number(*range.end()))
    })
}

fn span(name: &str, text: &str) -> Result<Tick, String> {
    parse_duration(text).map_err(|_| format!("the {name} is a duration such as 5 days, at most 100 years"))
}

/// A span that is not over at once.
fn lasting(name: &str, text: &str) -> Result<Tick, String> {
    match span(name, text)? {
        Tick::ZERO => Err(format!("the {name} is at least 1 minute")),
        span => Ok(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn count_laws_are_read_in_every_form() {
        let skewed = CountLaw::NegativeBinomial { mean: 12.0, dispersion: 2.0 };
        for (text, law) in [
            ("12", CountLaw::Fixed(12)),
            ("fixed(12)", CountLaw::Fixed(12)),
            ("Poisson( 12 )", CountLaw::Poisson { mean: 12.0 }),
            ("poisson(mean 0.5)", CountLaw::Poisson { mean: 0.5 }),
            ("negative_binomial(12, 2)", skewed),
            ("NEGATIVE_BINOMIAL(mean 12, dispersion 2)", skewed),
            ("negative_binomial(dispersion 2, mean 12)", skewed),
            ("geometric(12)", CountLaw::Geometric { mean: 12.0 }),
            ("all_neighbours", CountLaw::AllNeighbours),
            ("all_neighbours()", CountLaw::AllNeighbours),
        ] {
            assert_eq!(parse_count_law(text), Ok(law), "{text}");
            assert_eq!(parse_count_law(&print_count_law(law)), Ok(law), "{text}");
        }
        assert_eq!(print_count_law(skewed), "negative_binomial(mean 12, dispersion 2)");
    }

    #[test]
    fn count_laws_out_of_form_or_range_are_refused_with_advice() {
        for (text, advice) in [
            ("poison(12)", "did you mean `poisson`?"),
            ("zipf(2)", "the laws are fixed, poisson, negative_binomial, geometric, all_neighbours"),
            ("", "the laws are"),
            ("poisson", "write poisson(mean)"),
            ("poisson(1, 2)", "write poisson(mean)"),
            ("poisson(mean 1, mean 2)", "write poisson(mean)"),
            ("poisson(1", "closing bracket"),
            ("poisson((1))", "the mean is a number from 0 to 1000000"),
            ("poisson(-1)", "the mean is a number"),
            ("poisson(1e7)", "the mean is a number"),
            ("poisson(NaN)", "the mean is a number"),
            ("poisson(١٢)", "the mean is a number"),
            ("negative_binomial(12)", "write negative_binomial(mean, dispersion)"),
            ("negative_binomial(12, 0)", "the dispersion is a number"),
            ("fixed(1.5)", "a fixed count is a whole number"),
            ("fixed(1000001)", "a fixed count is a whole number"),
            ("99999999999999999999", "a fixed count is a whole number"),
            ("all_neighbours(3)", "all_neighbours has no parameters"),
        ] {
            let hint = parse_count_law(text).unwrap_err().hint.unwrap_or_default();
            assert!(hint.contains(advice), "{text}: {hint}");
        }
        assert!(parse_count_law(&"(".repeat(100_000)).is_err());
        assert!(parse_count_law(&format!("poisson({})", ",".repeat(100_000))).is_err());
    }

    #[test]
    fn delay_laws_are_read_in_every_form() {
        let days = |days| Tick(days * Tick::PER_DAY);
        let gamma = DelayLaw::Gamma { mean: days(5), shape: 2.0 };
        for (text, law) in [
            ("7 days", DelayLaw::Fixed(days(7))),
            ("fixed(7 days)", DelayLaw::Fixed(days(7))),
            ("exponential(5 days)", DelayLaw::Exponential { mean: days(5) }),
            ("Exponential(mean 5 days)", DelayLaw::Exponential { mean: days(5) }),
            ("gamma(mean 5 days, shape 2)", gamma),
            ("gamma(5 days, 2)", gamma),
            ("gamma(shape 2, mean 5 days)", gamma),
            ("log_normal(median 5 days, sigma 0.8)", DelayLaw::LogNormal { median: days(5), sigma: 0.8 }),
            ("uniform(1 day, 9 days)", DelayLaw::Uniform { least: days(1), most: days(9) }),
            ("uniform(0 days, 0 days)", DelayLaw::Uniform { least: Tick::ZERO, most: Tick::ZERO }),
        ] {
            assert_eq!(parse_delay_law(text), Ok(law), "{text}");
            assert_eq!(parse_delay_law(&print_delay_law(law)), Ok(law), "{text}");
        }
    }

    #[test]
    fn delay_laws_out_of_form_or_range_are_refused_with_advice() {
        for (text, advice) in [
            ("7", "write a number, a space and a unit"),
            ("gama(5 days, 2)", "did you mean `gamma`?"),
            ("exponential(0 days)", "the mean is at least 1 minute"),
            ("exponential(5)", "the mean is a duration"),
            ("fixed(200 years)", "the span is a duration"),
            ("gamma(5 days, 0)", "the shape is a number"),
            ("log_normal(5 days, 11)", "the sigma is a number from 0 to 10"),
            ("uniform(9 days, 1 day)", "write the shorter span first"),
        ] {
            let hint = parse_delay_law(text).unwrap_err().hint.unwrap_or_default();
            assert!(hint.contains(advice), "{text}: {hint}");
        }
    }
}
