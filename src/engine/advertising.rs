//! Advertising and influencers: word from the company itself, which costs money for every customer or every post.

use crate::units::{Cents, Probability, Tick};

/// Advertising as a rate at which it makes prospects buy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Advertising {
    /// Rate for each prospect [per tick].
    pub rate: f64,
    /// What a customer won by it costs [minor units].
    pub cost: Cents,
}

/// A paid post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influencer {
    /// When.
    pub at: Tick,
    /// What it costs [minor units].
    pub fee: Cents,
    /// People who see it.
    pub reach: u32,
    /// Chance that it persuades one of them.
    pub conversion: Probability,
}
