//! Constraints between factors: expressions over their values, such as `friend <= 2 * advocate`.
//!
//! A language of its own, small enough to be checked before the first cell: every part is a number, a text or a truth, and what
//! would never hold (a text compared with a number, a text that is no level) is refused, not taken as false. A factor stands under its
//! name, as the number of its value, or as its label where it has no number. There is nothing here that could fail in a cell: what is
//! divided by nothing is beyond all numbers, or none.

use super::factor::{Factor, Level};
use crate::scenario::values::{nearest, quoted};
use tokens::{Kind, Token};

mod tokens;

/// The longest expression \[bytes\], and how deep its brackets may nest: any stack can hold what is within them.
const BYTES_MAX: usize = 1_000;
const DEPTH_MAX: usize = 40;

/// An expression that a cell must fulfil.
#[derive(Debug, Clone, PartialEq)]
pub struct Constraint {
    root: Node,
}

/// A part of an expression. Which kinds of value its parts have was seen to when it was read.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    Text(String),
    /// The value of the factor in this place.
    Factor(usize),
    Not(Box<Node>),
    Negative(Box<Node>),
    Both(&'static str, Box<Node>, Box<Node>),
    In(Box<Node>, Vec<Node>),
}

#[derive(Debug, Clone, PartialEq)]
enum Value<'v> {
    Number(f64),
    Text(&'v str),
    Truth(bool),
}

/// Which kind of value a part has.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Of {
    Number,
    Text,
    Truth,
}

impl Constraint {
    /// Reads an expression over these factors.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str, factors: &[Factor]) -> Result<Constraint, String> {
        if text.len() > BYTES_MAX {
            return Err(format!("longer than {BYTES_MAX} bytes"));
        }
        let mut parser = Parser { tokens: tokens::of(text)?, at: 0, depth: 0, factors };
        let (root, of) = parser.any_of()?;
        if let Some(token) = parser.tokens.get(parser.at) {
            let unit = parser.at > 0
                && matches!(parser.tokens[parser.at - 1].kind, Kind::Number(_))
                && matches!(token.kind, Kind::Word);
            let hint = if unit { ": numbers stand without their unit" } else { "" };
            return Err(format!("`{}` comes unexpected{hint}", token.text));
        }
        match of {
            Of::Truth => Ok(Constraint { root }),
            _ => Err("it is neither true nor false: compare it with something".to_owned()),
        }
    }

    /// Whether these values of the factors fulfil it.
    pub fn holds(&self, levels: &[Level]) -> bool {
        value(&self.root, levels) == Value::Truth(true)
    }
}

fn value<'v>(node: &'v Node, levels: &'v [Level]) -> Value<'v> {
    match node {
        Node::Number(number) => Value::Number(*number),
        Node::Text(text) => Value::Text(text),
        Node::Factor(place) => match levels[*place].number {
            Some(number) => Value::Number(number),
            None => Value::Text(&levels[*place].label),
        },
        Node::Not(node) => Value::Truth(value(node, levels) != Value::Truth(true)),
        Node::Negative(node) => match value(node, levels) {
            Value::Number(number) => Value::Number(-number),
            other => other,
        },
        Node::In(node, list) => {
            let one = value(node, levels);
            Value::Truth(list.iter().any(|other| value(other, levels) == one))
        }
        Node::Both(sign, left, right) => match (value(left, levels), *sign, value(right, levels)) {
            (left, "==", right) => Value::Truth(left == right),
            (left, "!=", right) => Value::Truth(left != right),
            (Value::Truth(left), "and", Value::Truth(right)) => Value::Truth(left && right),
            (Value::Truth(left), _, Value::Truth(right)) => Value::Truth(left || right),
            (Value::Number(left), sign, Value::Number(right)) => match sign {
                "+" => Value::Number(left + right),
                "-" => Value::Number(left - right),
                "*" => Value::Number(left * right),
                "/" => Value::Number(left / right),
                "<" => Value::Truth(left < right),
                "<=" => Value::Truth(left <= right),
                ">" => Value::Truth(left > right),
                _ => Value::Truth(left >= right),
            },
            // Nothing that is read comes here.
            _ => Value::Truth(false),
        },
    }
}

struct Parser<'p> {
    tokens: Vec<Token<'p>>,
    at: usize,
    depth: usize,
    factors: &'p [Factor],
}

/// A part with the kind of value that it has.
type Part = Result<(Node, Of), String>;

impl<'p> Parser<'p> {
    /// Takes the next token if it is one of these.
    fn take(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let token = self.tokens.get(self.at).filter(|token| token.is_plain())?;
        let sign = signs.iter().find(|sign| **sign == token.text)?;
        self.at += 1;
        Some(sign)
    }

    fn chain(&mut self, sign: &'static str, each: fn(&mut Self) -> Part) -> Part {
        let mut left = each(self)?;
        while self.take(&[sign]).is_some() {
            let right = each(self)?;
            for (_, of) in [&left, &right] {
                if *of != Of::Truth {
                    return Err(format!("on both sides of `{sign}` stand comparisons"));
                }
            }
            left = (Node::Both(sign, Box::new(left.0), Box::new(right.0)), Of::Truth);
        }
        Ok(left)
    }

    fn any_of(&mut self) -> Part {
        self.chain("or", |it| it.chain("and", Parser::negation))
    }

    fn negation(&mut self) -> Part {
        if self.take(&["not"]).is_none() {
            return self.comparison();
        }
        match self.deeper(Parser::negation)? {
            (node, Of::Truth) => Ok((Node::Not(Box::new(node)), Of::Truth)),
            _ => Err("after `not` stands a comparison".to_owned()),
        }
    }

    fn deeper(&mut self, part: fn(&mut Self) -> Part) -> Part {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("nested deeper than {DEPTH_MAX}"));
        }
        let read = part(self);
        self.depth -= 1;
        read
    }

    fn comparison(&mut self) -> Part {
        const SIGNS: [&str; 6] = ["==", "!=", "<=", ">=", "<", ">"];
        let left = self.sum()?;
        let start = self.at;
        let negated = self.take(&["not"]).is_some();
        if self.take(&["in"]).is_some() {
            let list = self.list(&left)?;
            let node = Node::In(Box::new(left.0), list);
            return Ok((if negated { Node::Not(Box::new(node)) } else { node }, Of::Truth));
        }
        self.at = start;
        let Some(sign) = self.take(&SIGNS) else { return Ok(left) };
        let right = self.sum()?;
        self.alike(&left, sign, &right)?;
        if self.take(&SIGNS).is_some() {
            return Err("two comparisons in one: write `a < b and b < c`".to_owned());
        }
        Ok((Node::Both(sign, Box::new(left.0), Box::new(right.0)), Of::Truth))
    }

    /// Refuses a comparison that could never be meant.
    fn alike(&self, left: &(Node, Of), sign: &str, right: &(Node, Of)) -> Result<(), String> {
        for (one, other) in [(left, right), (right, left)] {
            let Node::Factor(place) = one.0 else { continue };
            let factor = &self.factors[place];
            if one.1 == Of::Number && other.1 != Of::Number {
                let unit = if factor.unit.is_empty() { String::new() } else { format!(" of {}", factor.unit) };
                return Err(format!("{} is a number{unit}: compare it with a number, without quotes", factor.name));
            }
            let known = match &other.0 {
                Node::Text(text) => factor.listed().iter().any(|level| level.label == *text),
                _ => other.1 == Of::Text,
            };
            if one.1 == Of::Text && !(known && ["==", "!=", "in"].contains(&sign)) {
                let labels: Vec<String> = factor.listed().iter().map(|it| format!("'{}'", it.label)).take(8).collect();
                return Err(format!(
                    "{} is a text, compared by == and != with one of {}",
                    factor.name,
                    labels.join(", ")
                ));
            }
        }
        match (&left.0, left.1, &right.0, right.1) {
            (_, Of::Number, _, Of::Number) | (Node::Factor(_), Of::Text, ..) | (_, _, Node::Factor(_), Of::Text) => {
                Ok(())
            }
            _ => Err(format!("on both sides of `{sign}` stand numbers, or a factor and one of its texts")),
        }
    }

    /// "[1, 2]" or "(1, 2)".
    fn list(&mut self, of: &(Node, Of)) -> Result<Vec<Node>, String> {
        let Some(open) = self.take(&["[", "("]) else {
            return Err("after `in` stands a list, such as ['a', 'b']".to_owned());
        };
        let mut list = vec![];
        loop {
            let part = self.sum()?;
            self.alike(of, "in", &part)?;
            list.push(part.0);
            match self.take(&[",", if open == "[" { "]" } else { ")" }]) {
                Some(",") => {}
                Some(_) => return Ok(list),
                None => return Err("a list is not closed".to_owned()),
            }
        }
    }

    fn arithmetic(&mut self, signs: &[&'static str], each: fn(&mut Self) -> Part) -> Part {
        let mut left = each(self)?;
        while let Some(sign) = self.take(signs) {
            let right = each(self)?;
            if left.1 != Of::Number || right.1 != Of::Number {
                return Err(format!("on both sides of `{sign}` stand numbers"));
            }
            left = (Node::Both(sign, Box::new(left.0), Box::new(right.0)), Of::Number);
        }
        Ok(left)
    }

    fn sum(&mut self) -> Part {
        self.arithmetic(&["+", "-"], |it| it.arithmetic(&["*", "/"], Parser::single))
    }

    fn single(&mut self) -> Part {
        if self.take(&["-"]).is_some() {
            return match self.deeper(Parser::single)? {
                (node, Of::Number) => Ok((Node::Negative(Box::new(node)), Of::Number)),
                _ => Err("after `-` stands a number".to_owned()),
            };
        }
        if self.take(&["("]).is_some() {
            let inside = self.deeper(Parser::any_of)?;
            return self.take(&[")"]).map(|_| inside).ok_or_else(|| "a bracket is not closed".to_owned());
        }
        let Some(token) = self.tokens.get(self.at) else { return Err("it ends too early".to_owned()) };
        self.at += 1;
        match &token.kind {
            Kind::Number(number) => Ok((Node::Number(*number), Of::Number)),
            Kind::Text => Ok((Node::Text(token.text.to_owned()), Of::Text)),
            Kind::Word => self.factor(token.text),
            Kind::Sign => Err(format!("`{}` comes unexpected", token.text)),
        }
    }

    fn factor(&self, name: &str) -> Part {
        if let Some(place) = self.factors.iter().position(|factor| factor.name == name) {
            return Ok((Node::Factor(place), if self.factors[place].is_number() { Of::Number } else { Of::Text }));
        }
        let labels = || self.factors.iter().filter(|it| !it.is_number()).flat_map(|it| it.listed());
        let label = labels().map(|level| &level.label).find(|label| label.split(' ').any(|word| word == name));
        let near = nearest(name, self.factors.iter().map(|factor| factor.name.as_str()));
        Err(match (label, near) {
            (Some(label), _) => format!("there is no factor {name}: a text stands in quotes, write '{label}'"),
            (None, Some(near)) => format!("there is no factor {name}; did you mean {near}?"),
            (None, None) => format!("there is no factor {}", quoted(name)),
        })
    }
}

#[cfg(test)]
mod tests;
