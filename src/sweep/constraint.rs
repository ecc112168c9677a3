//! Constraints between factors: expressions over their values, such as `friend <= 2 * advocate`.
//!
//! The expressions are minijinja's, which the reports' templates are written in too: comparisons, arithmetic, `and`, `or`, `not`.
//! A factor stands in them under its name, as the number of its value, or as its label where it has no number.

use super::factor::{Factor, Level};
use minijinja::{Environment, Value};
use std::collections::BTreeMap;

/// An expression that a cell must fulfil.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    text: String,
}

impl Constraint {
    /// Looks at an expression over these factors.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, factors: &[Factor]) -> Result<Constraint, String> {
        let environment = Environment::new();
        let expression = environment.compile_expression(text).map_err(|error| said(&error))?;
        let known = |name: &String| factors.iter().any(|factor| factor.name == *name);
        let mut unknown: Vec<String> =
            expression.undeclared_variables(false).into_iter().filter(|it| !known(it)).collect();
        unknown.sort();
        match unknown.first() {
            Some(name) => Err(format!("there is no factor {name}")),
            None => Ok(Constraint { text: text.to_owned() }),
        }
    }

    /// Whether these values of the factors fulfil it.
    ///
    /// # Errors
    /// What cannot be reckoned with them, such as the sum of a number and a name.
    pub fn holds(&self, factors: &[Factor], levels: &[Level]) -> Result<bool, String> {
        let value = |level: &Level| level.number.map_or_else(|| Value::from(level.label.clone()), Value::from);
        let values: BTreeMap<String, Value> =
            factors.iter().zip(levels).map(|(factor, level)| (factor.name.clone(), value(level))).collect();
        let environment = Environment::new();
        let expression = environment.compile_expression(&self.text).map_err(|error| said(&error))?;
        let result = expression.eval(values).map_err(|error| said(&error))?;
        Ok(result.is_true())
    }
}

fn said(error: &minijinja::Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::factor::Values;
    use super::*;

    fn two() -> Vec<Factor> {
        ["advocate", "network"]
            .map(|name| Factor { name: name.to_owned(), unit: String::new(), values: Values::Levels(vec![]) })
            .into()
    }

    fn levels(number: f64, label: &str) -> Vec<Level> {
        let level = |label: &str, number| Level { label: label.to_owned(), number, toml: String::new() };
        vec![level("", Some(number)), level(label, None)]
    }

    #[test]
    fn a_constraint_is_asked_of_numbers_and_of_names() {
        let constraint = Constraint::parse("advocate <= 5 or network == 'random'", &two()).expect("right");
        for (number, label, holds) in [(4.0, "grid", true), (6.0, "grid", false), (6.0, "random", true)] {
            assert_eq!(constraint.holds(&two(), &levels(number, label)), Ok(holds));
        }
    }

    #[test]
    fn what_is_wrong_with_a_constraint_is_said() {
        assert!(Constraint::parse("advocate <= friend", &two()).expect_err("no such factor").contains("friend"));
        assert!(Constraint::parse("advocate <=", &two()).is_err());
        let sum = Constraint::parse("advocate + network > 1", &two()).expect("right");
        assert!(sum.holds(&two(), &levels(1.0, "grid")).is_err());
    }
}
