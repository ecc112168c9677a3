//! Numbers with their units as sweep files write them, alone and in laws: "5 %", "triangular(1 %, 3 %, 9 %)".

use super::factor::{Law, Writing};
use crate::scenario::money::Currency;
use crate::scenario::reader::Free;
use crate::scenario::values::split_number;

/// A number with what is written around it.
pub(super) struct Quantity {
    pub number: f64,
    pub unit: String,
    pub writing: Writing,
}

impl Quantity {
    pub(super) fn of(value: &Free) -> Option<Quantity> {
        match value.number {
            Some(number) => Some(Quantity {
                number,
                unit: String::new(),
                writing: Writing { text: "{}".to_owned(), decimals: value.whole.then_some(0), quoted: false },
            }),
            None => Quantity::of_text(&value.shown),
        }
    }

    /// "5 %", "10 USD"; a bare number is whole where it is written without a point.
    fn of_text(text: &str) -> Option<Quantity> {
        let (number, unit) = split_number(text)?;
        let decimals = match Currency::from_code(unit) {
            Some(currency) => Some(currency.digits() as u8),
            None if unit.is_empty() && number.plain().is_some_and(|plain| !plain.contains('.')) => Some(0),
            None => None,
        };
        let text = if unit.is_empty() { "{}".to_owned() } else { format!("{{}} {unit}") };
        let writing = Writing { text, decimals, quoted: !unit.is_empty() };
        Some(Quantity { number: number.value(), unit: unit.to_owned(), writing })
    }
}

pub(super) const QUANTITY: &str = "a number, with its unit in quotation marks: 3, 0.5, \"5 %\", \"10 USD\"";

pub(super) const LAW_ALLOWED: &str =
    "uniform(1 %, 9 %), log_uniform(1 %, 9 %), triangular(1 %, 3 %, 9 %) or normal(4 %, 1 %)";

/// Reads "triangular(1 %, 3 %, 9 %)".
pub(super) fn parse_law(text: &str) -> Result<(Law, Writing, String), Option<String>> {
    let (name, rest) = text.split_once('(').ok_or(None)?;
    let inside = rest.trim_end().strip_suffix(')').ok_or(None)?;
    let quantities: Option<Vec<Quantity>> = inside.split(',').map(|part| Quantity::of_text(part.trim())).collect();
    let quantities =
        quantities.ok_or_else(|| Some(format!("in the brackets stand numbers with their unit: {QUANTITY}")))?;
    let first = quantities.first().ok_or(None)?;
    if quantities.iter().any(|it| it.unit != first.unit) {
        return Err(Some("all numbers have the same unit".to_owned()));
    }
    let numbers: Vec<f64> = quantities.iter().map(|it| it.number).collect();
    let law = match (name.trim(), &numbers[..]) {
        ("uniform", &[from, to]) if from < to => Law::Uniform { from, to },
        ("log_uniform", &[from, to]) if 0.0 < from && from < to => Law::LogUniform { from, to },
        ("triangular", &[from, mode, to]) if from <= mode && mode <= to && from < to => {
            Law::Triangular { from, mode, to }
        }
        ("normal", &[mean, deviation]) if deviation > 0.0 => Law::Normal { mean, deviation },
        _ => return Err(None),
    };
    let decimals = quantities.iter().map(|it| it.writing.decimals).reduce(|a, b| a.and(b)).flatten();
    Ok((law, Writing { decimals, ..first.writing.clone() }, first.unit.clone()))
}
