//! What makes somebody a referral in the eyes of the company, where that is not simply whose word persuaded.

use crate::event::Scheme;
use crate::units::{PersonId, Tick};

/// What makes somebody a referral in the eyes of the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Whose.
    pub advocate: PersonId,
    /// Since when.
    pub at: Tick,
    /// How it was faked, if it was.
    pub scheme: Option<Scheme>,
}
