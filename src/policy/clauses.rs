//! Clauses: what holds for all rules of a programme alike.

use crate::units::{Cents, Probability};

/// The terms of a programme that are no rule of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clauses {
    /// What all rewards may cost together; nothing where there is no limit.
    pub budget: Option<Cents>,
    /// While advocates are rewarded, a coded word loses this share of its chance, 0 to 1: the hearer knows why it is told
    /// (Verlegh et al. 2013, Tuk et al. 2009).
    pub credibility_loss: f64,
    /// Whose word counts, where somebody has heard several with a code.
    pub attribution: Attribution,
    /// Chance that a code comes through in the format in which it is handed out; a channel's tracking comes on top.
    pub tracking: Probability,
    /// What the software that runs the programme costs a month \[minor units\].
    pub platform_fee: Cents,
    /// Larger rewards bring less profitable customers: which share of the margin of a customer who came by a code is lost with
    /// each doubling of what both sides get, above a tenth of the price; 0 to 1 (Wolters, Schulze & Gedenk 2020 find the
    /// direction).
    pub selection: f64,
}

impl Clauses {
    /// No clause that changes anything.
    pub const NONE: Clauses = Clauses {
        budget: None,
        credibility_loss: 0.0,
        attribution: Attribution::Converting,
        tracking: Probability::ALWAYS,
        platform_fee: Cents::ZERO,
        selection: 0.0,
    };
}

/// Whose word a referral is credited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribution {
    /// The one that persuaded, as only a simulator can know.
    Converting,
    /// The first with a code that the company could track, for as long as a window is open.
    First,
    /// The last with a code that the company could track, up to the first purchase.
    Last,
}
