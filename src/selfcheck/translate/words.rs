//! Laws, rates and numbers as the authors of cases write them: "NegBin(mean 12, dispersion 0.5)", "Rate(.38/365 per day)
//! forever". Each is read into what a scenario can say; nothing else is let through, so that no case can write its own
//! lines into a scenario.

use crate::laws::{CountLaw, DelayLaw};
use crate::scenario::law_notation::{parse_count_law, parse_delay_law, print_count_law, print_delay_law};
use crate::scenario::values::quoted;

/// Tells at a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Words a day, of a customer or of each of her ties.
    pub per_day: f64,
    /// Whether it holds for each tie.
    pub per_tie: bool,
    /// The rate of a weak tie, where strong ones have the other \[words a day\].
    pub weak: Option<f64>,
    /// For how long a customer talks; nothing for ever.
    pub period: Option<DelayLaw>,
}

/// A law of counts: "Fixed(12)", "AllNeighbours".
pub fn count_law(text: &str) -> Result<CountLaw, String> {
    parse_count_law(&notation(text)?).map_err(|_| unknown(text))
}

/// A law of delays: "Exponential(mean 5 d)".
pub fn delay_law(text: &str) -> Result<DelayLaw, String> {
    parse_delay_law(&notation(text)?).map_err(|_| unknown(text))
}

/// The law as a scenario has it.
pub fn print_count(law: CountLaw) -> String {
    print_count_law(law)
}

/// The law as a scenario has it.
pub fn print_delay(law: DelayLaw) -> String {
    print_delay_law(law)
}

/// The mean of a law of counts; nothing for everybody.
pub fn mean_count(law: CountLaw) -> Option<f64> {
    match law {
        CountLaw::Fixed(count) => Some(f64::from(count)),
        CountLaw::Poisson { mean } | CountLaw::NegativeBinomial { mean, .. } | CountLaw::Geometric { mean } => {
            Some(mean)
        }
        CountLaw::AllNeighbours => None,
    }
}

/// About how long a law lasts \[days\]: its mean, or for a long-tailed one somewhat more.
pub fn mean_days(law: DelayLaw) -> f64 {
    match law {
        DelayLaw::Fixed(span) | DelayLaw::Uniform { most: span, .. } => span.days(),
        DelayLaw::Exponential { mean } => mean.days(),
        DelayLaw::Gamma { mean, shape } => mean.days() / shape.min(1.0),
        DelayLaw::LogNormal { median, sigma } => median.days() * libm::exp(2.0 * sigma * sigma),
    }
}

fn unknown(text: &str) -> String {
    format!("the law {}", quoted(text))
}

/// A law in the notation of scenarios.
fn notation(text: &str) -> Result<String, String> {
    let unknown = || unknown(text);
    let law = text.strip_suffix(" for every tell, same law for both signs").unwrap_or(text);
    let (name, inside) = match law.split_once('(') {
        Some((name, rest)) => (name, rest.strip_suffix(')').ok_or_else(unknown)?),
        None => (law, ""),
    };
    let name = match name.to_lowercase().replace(['_', '-'], "").as_str() {
        "fixed" => "fixed",
        "poisson" => "poisson",
        "negbin" | "negativebinomial" => "negative_binomial",
        "geometric" => "geometric",
        "allneighbours" => return Ok("all_neighbours".to_owned()),
        "exponential" => "exponential",
        "gamma" => "gamma",
        "lognormal" => "log_normal",
        "uniform" => "uniform",
        _ => return Err(unknown()),
    };
    let arguments = inside.split(',').map(|argument| {
        let argument = argument.trim().replace('=', " ");
        match argument.strip_suffix(" d") {
            Some(number) => format!("{number} days"),
            None => argument,
        }
    });
    Ok(format!("{name}({})", arguments.collect::<Vec<_>>().join(", ")))
}

/// Whether these tells come at a rate.
pub fn is_rate(text: &str) -> bool {
    text.starts_with("Rate(") || text.starts_with("PerTieRate")
}

/// "Rate(1.2/day) for Exponential(mean 10 d)", "PerTieRate(.05/day) forever", and the rates of two kinds of ties, whose
/// numbers stand in the title.
pub fn rate(text: &str, title: &str) -> Result<Rate, String> {
    let unknown = || format!("the rate {}", quoted(text));
    if text == "PerTieRate: strong -ln(1-beta_s), weak -ln(1-beta_w) per day, for ever" {
        let hazard = |name: &str| of_chance(in_title(title, name)?).ok_or_else(unknown);
        let (per_day, weak) = (hazard("beta_s")?, Some(hazard("beta_w")?));
        return Ok(Rate { per_day, per_tie: true, weak, period: None });
    }
    let (per_tie, rest) = match text.strip_prefix("PerTieRate(") {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix("Rate(").ok_or_else(unknown)?),
    };
    let (each, how_long) = rest.split_once(')').ok_or_else(unknown)?;
    let number = each.strip_suffix("/day").or_else(|| each.strip_suffix(" per day")).ok_or_else(unknown)?;
    let per_day = fraction(number).filter(|rate| (0.0..=RATE_MAX).contains(rate)).ok_or_else(unknown)?;
    let period = match how_long {
        " forever" | " for ever" => None,
        law => Some(delay_law(law.strip_prefix(" for ").ok_or_else(unknown)?)?),
    };
    Ok(Rate { per_day, per_tie, weak: None, period })
}

/// The highest rate \[words a day\]: one a minute.
const RATE_MAX: f64 = 1_440.0;

/// "0.1" or ".38/365".
fn fraction(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    match text.split_once('/') {
        Some((above, below)) => Some(number(above)? / number(below).filter(|below| *below > 0.0)?),
        None => number(text),
    }
}

/// The hazard a day of what has this chance in a day.
pub fn of_chance(chance: f64) -> Option<f64> {
    (0.0..1.0).contains(&chance).then(|| -libm::log1p(-chance))
}

/// A parameter that only the title says: "alpha=0.005".
pub fn in_title(title: &str, name: &str) -> Result<f64, String> {
    let words = title.split([' ', ',', ';']);
    let number = words.filter_map(|word| word.strip_prefix(name)?.strip_prefix('=')?.parse().ok()).next();
    number.filter(|number: &f64| number.is_finite()).ok_or(format!("no {name} in the title"))
}

/// Four chances that only the title says: "9/19/54/82%".
pub fn ladder_in_title(title: &str) -> Option<[f64; 4]> {
    let ladder = |word: &str| -> Option<[f64; 4]> {
        let percents: Option<Vec<f64>> = word.strip_suffix('%')?.split('/').map(|part| part.parse().ok()).collect();
        let chances: [f64; 4] = percents?.try_into().ok()?;
        let chances = chances.map(|percent| percent / 100.0);
        chances.iter().all(|chance| (0.0..=1.0).contains(chance)).then_some(chances)
    };
    title.split(' ').find_map(ladder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Tick;

    #[test]
    fn laws_are_read_as_they_are_written_in_cases() {
        let count = |text| count_law(text).map(print_count);
        assert_eq!(count("Fixed(12)").as_deref(), Ok("fixed(12)"));
        let law = count("NegBin(mean 12, dispersion 0.5)");
        assert_eq!(law.as_deref(), Ok("negative_binomial(mean 12, dispersion 0.5)"));
        assert_eq!(count("AllNeighbours").as_deref(), Ok("all_neighbours"));
        let delay = |text| delay_law(text).map(print_delay);
        assert_eq!(delay("Exponential(mean 5 d)").as_deref(), Ok("exponential(5 days)"));
        let law = delay("Exponential(mean 1 d) for every tell, same law for both signs");
        assert_eq!(law.as_deref(), Ok("exponential(1 day)"));
        for strange in ["Fixed(12", "Cauchy(1)", "Fixed(-1)", "Fixed(\"12\")\n[graph]", ""] {
            assert!(count_law(strange).is_err(), "{strange}");
        }
    }

    #[test]
    fn rates_are_read_as_they_are_written_in_cases() {
        let plain = |per_day, per_tie, period| Ok(Rate { per_day, per_tie, weak: None, period });
        let ten = DelayLaw::Exponential { mean: Tick(10 * Tick::PER_DAY) };
        assert_eq!(rate("Rate(1.2/day) for Exponential(mean 10 d)", ""), plain(1.2, false, Some(ten)));
        assert_eq!(rate("Rate(.38/365 per day) forever", ""), plain(0.38 / 365.0, false, None));
        assert_eq!(rate("PerTieRate(.05/day) forever", ""), plain(0.05, true, None));
        let two =
            rate("PerTieRate: strong -ln(1-beta_s), weak -ln(1-beta_w) per day, for ever", "beta_w=0.01, beta_s=0.04");
        let two = two.expect("two kinds of ties");
        assert!((two.per_day - 0.040_822).abs() < 1e-6 && (two.weak.expect("weak") - 0.010_050).abs() < 1e-6);
        for strange in
            ["Rate(1/0 per day) forever", "Rate(-1/day) forever", "Rate(1/week) forever", "Rate(1/day)", "Rate("]
        {
            assert!(rate(strange, "").is_err(), "{strange}");
        }
    }

    #[test]
    fn titles_say_what_models_do_not() {
        assert_eq!(in_title("ties, alpha=0.005, beta_w=0.01", "alpha"), Ok(0.005));
        assert!(in_title("ties", "alpha").is_err());
        assert_eq!(ladder_in_title("TARP ladder (loss > $100): 9/19/54/82%"), Some([0.09, 0.19, 0.54, 0.82]));
        assert_eq!(ladder_in_title("9/19/54/820%"), None);
    }
}
