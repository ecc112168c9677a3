//! Named policies: cited lists of rules.

use super::Rule;
use crate::event::{RewardKind, Side};
use crate::units::Payment;

/// A policy with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// No reward for anybody; people still refer of their own accord.
    None,
    /// Cash for the advocate.
    OneSided,
    /// Cash for the advocate and a discount for the friend ("works best", source article 002; a tendency, not a law).
    TwoSided,
}

impl Preset {
    /// The rules, with rewards of `amount` and a lift of 0.4 (docs/model.md, after Gershon, Cryder & John 2020).
    pub fn rules(self, amount: Payment) -> Vec<Rule> {
        let rule = |side, kind| Rule::plain(side, kind, amount);
        match self {
            Preset::None => vec![],
            Preset::OneSided => vec![rule(Side::Advocate, RewardKind::Cash)],
            Preset::TwoSided => {
                vec![rule(Side::Advocate, RewardKind::Cash), rule(Side::Friend, RewardKind::Discount)]
            }
        }
    }

    /// What a coded word loses of its chance because it is paid for: a tenth where only the advocate gains, nothing where
    /// both do (Verlegh et al. 2013 and Tuk et al. 2009 find the loss, its size is an assumption).
    pub fn credibility_loss(self) -> f64 {
        match self {
            Preset::OneSided => 0.1,
            Preset::None | Preset::TwoSided => 0.0,
        }
    }
}
