//! Rules of one's own: what a reward is worth, decided by code instead of by the amounts that a scenario can name.
//!
//! The code answers for one case at a time and keeps nothing between them, so that a run told again is the same run. All else
//! of the rule holds as ever: trigger, window, minimum, cap, hold, budget.

use super::rule::Referral;
use super::trigger::Occasion;
use crate::state::Had;
use crate::units::{Payment, Tick};
use std::fmt;
use std::sync::Arc;

/// What a rule of one's own may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Case {
    /// The moment.
    pub at: Tick,
    /// What the friend does.
    pub occasion: Occasion,
    /// Whose referral she is, and the how many-eth.
    pub referral: Referral,
    /// What whoever would get the reward has had as an advocate so far.
    pub had: Had,
}

/// Decides what each reward of a rule is worth.
pub trait OwnRule: fmt::Debug + Send + Sync {
    /// What it is worth \[minor units\]; [`Payment::ZERO`] where none is due.
    ///
    /// The same case has to give the same answer, whichever thread asks and however often: else runs cannot be told again.
    fn worth(&self, case: &Case) -> Payment;
}

/// A rule of one's own, shared by the threads that play.
#[derive(Debug, Clone)]
pub struct Own(Arc<dyn OwnRule>);

impl Own {
    /// Wraps it.
    pub fn new(rule: impl OwnRule + 'static) -> Own {
        Own(Arc::new(rule))
    }

    /// What it decides.
    pub fn worth(&self, case: &Case) -> Payment {
        self.0.worth(case)
    }
}

/// The same only where it is the very same: two pieces of code cannot be compared.
impl PartialEq for Own {
    fn eq(&self, other: &Own) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{RewardKind, Side};
    use crate::policy::{Rule, Verdict};
    use crate::state::Account;
    use crate::units::Cents;

    /// A dollar for each reward that the advocate has had.
    #[derive(Debug)]
    struct MoreEachTime;

    impl OwnRule for MoreEachTime {
        fn worth(&self, case: &Case) -> Payment {
            Payment(100 * case.had.rewards)
        }
    }

    #[test]
    fn code_decides_by_what_an_advocate_has_had() {
        let own = Some(Own::new(MoreEachTime));
        let rule = Rule { own, ..Rule::plain(Side::Advocate, RewardKind::Cash, Payment(1_000)) };
        assert!(rule.needs_account());
        let mut account = Account::default();
        (0..3).for_each(|_| account.add(Tick::ZERO, Payment(50)));
        let referral = Referral { told_at: Tick::ZERO, tracked: true, number: 4 };
        let bought = Occasion::Purchase { before: 0, order: Cents(6_000), left: Cents(6_000) };
        let granted = Verdict::Grant { amount: Payment(300), cost: Payment(300) };
        assert_eq!(rule.verdict(Tick(5), bought, referral, &account), Some(granted));
    }

    #[test]
    fn only_the_very_same_code_is_the_same() {
        let rule = Own::new(MoreEachTime);
        assert_eq!(rule, rule.clone());
        assert_ne!(rule, Own::new(MoreEachTime));
    }
}
