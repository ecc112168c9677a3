//! The ledger: every amount of money is posted twice, as the debit of one account and the credit of another.
//!
//! So the trial balance is zero after every event, and each balance can be traced to events. What a fact posts is said in
//! [`postings`] and nowhere else: revenue, reward cost and profit ([`super::Revenue`]) are sums over the same postings. To
//! add an account: a line in `accounts!`, an arm in [`postings`], and their rows in docs/ledger.md, which a test compares.
//! Tables, statement and report take all accounts from here.
//!
//! Deliberately absent: a second currency, for a scenario has one; payables, for everything is paid when it is owed, but
//! rewards; accounts that nothing posts to.

use super::{Measure, Projection, Unit};
use crate::engine::Sink;
use crate::event::{Event, Fact, RewardKind};
use crate::state::State;
use crate::units::{Cents, Payment};

/// What an account is, and so on which side it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountType {
    /// What the company has.
    Asset,
    /// What it owes.
    Liability,
    /// What it earns.
    Revenue,
    /// What makes its revenue smaller.
    ContraRevenue,
    /// What it spends.
    Expense,
    /// What makes its expenses smaller.
    ContraExpense,
}

impl AccountType {
    /// The name used in tables.
    pub const fn name(self) -> &'static str {
        match self {
            AccountType::Asset => "asset",
            AccountType::Liability => "liability",
            AccountType::Revenue => "revenue",
            AccountType::ContraRevenue => "contra-revenue",
            AccountType::Expense => "expense",
            AccountType::ContraExpense => "contra-expense",
        }
    }

    /// Whether a debit makes the balance greater; else a credit does.
    pub const fn grows_by_debit(self) -> bool {
        matches!(self, AccountType::Asset | AccountType::ContraRevenue | AccountType::Expense)
    }

    /// Whether it counts towards the profit; else it is something the company has or owes at the end.
    pub const fn is_of_profit(self) -> bool {
        !matches!(self, AccountType::Asset | AccountType::Liability)
    }
}

/// Declares the chart of accounts.
macro_rules! accounts {
    ($($account:ident = $name:literal $type:ident, $label:literal, $meaning:literal;)+) => {
        /// An account, in the order of the income statement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Account { $(#[doc = $meaning] $account),+ }

        impl Account {
            /// Every account.
            pub const ALL: &'static [Account] = &[$(Account::$account),+];

            /// Its name in tables, which is that of the measure of its closing balance.
            pub const fn name(self) -> &'static str {
                match self { $(Account::$account => $name),+ }
            }

            /// Under what its words stand in the catalogues of languages: as those of the measure.
            pub(crate) const fn words(self) -> &'static str {
                match self { $(Account::$account => concat!("measure-", $name)),+ }
            }

            /// What people call it.
            pub const fn label(self) -> &'static str {
                match self { $(Account::$account => $label),+ }
            }

            /// What it is.
            pub const fn account_type(self) -> AccountType {
                match self { $(Account::$account => AccountType::$type),+ }
            }

            /// What is on it, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Account::$account => $meaning),+ }
            }
        }
    };
}

accounts! {
    Revenue = "revenue" Revenue, "Revenue", "prices of all purchases, before rewards (first customers included)";
    Discounts = "discounts" ContraRevenue, "Discounts",
        "what the discounts granted or held back cost if all are redeemed, on both sides, less those taken back";
    Refunds = "refunds" ContraRevenue, "Refunds", "prices paid back for purchases returned, less the discounts taken off them";
    CostOfGoods = "cost_of_goods" Expense, "Cost of goods", "prices less margins: what the goods sold cost, less those that came back";
    RewardExpense = "reward_expense" Expense, "Reward expense",
        "what the rewards granted or held back, other than discounts, cost if all are redeemed, less those taken back";
    Breakage = "reward_breakage" ContraExpense, "Expired rewards",
        "what rewards and discounts would have cost that expired";
    Advertising = "advertising_cost" Expense, "Advertising cost", "price of the advertisements that won customers";
    Influencers = "influencer_cost" Expense, "Influencer cost", "fees of all influencers' posts";
    Asking = "asking_cost" Expense, "Asking cost", "price of asking customers to refer, whether they agreed or not";
    Community = "community_cost" Expense, "Community cost", "price of all months of membership in the community";
    Platform = "platform_cost" Expense, "Platform cost", "fees of the software that runs the programme";
    FraudChecks = "fraud_check_cost" Expense, "Fraud checks", "price of checking referrals, whether they were caught or not";
    Cash = "cash" Asset, "Cash", "what was taken in less what was paid out; below zero if more was paid";
    RewardsHeld = "rewards_held" Liability, "Rewards held back",
        "what rewards will cost that are still held back when the run ends, if none is refused";
    RewardLiability = "reward_liability" Liability, "Reward liability",
        "what rewards granted will cost that are neither redeemed nor expired when the run ends";
}

impl Account {
    /// Whether it is money spent on winning and keeping customers besides rewards.
    const fn is_other_cost(self) -> bool {
        matches!(self.account_type(), AccountType::Expense)
            && !matches!(self, Account::CostOfGoods | Account::RewardExpense)
    }
}

/// An amount, from the account that is credited to the account that is debited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Where it goes.
    pub debit: Account,
    /// Where it comes from.
    pub credit: Account,
    /// How much \[minor units\]; zero or more.
    pub amount: i64,
}

impl Posting {
    /// The two accounts, each with what the posting adds to its debits \[minor units\].
    #[inline(always)]
    pub(super) fn sides(self) -> [(Account, i64); 2] {
        [(self.debit, self.amount), (self.credit, -self.amount)]
    }
}

#[inline(always)]
fn post(debit: Account, credit: Account, amount: Cents) -> Option<Posting> {
    Some(Posting { debit, credit, amount: amount.minor() })
}

/// Where a reward goes when it is granted: a discount lowers what was earned, any other form is spent.
#[inline(always)]
fn granted_to(kind: RewardKind) -> Account {
    match kind {
        RewardKind::Discount => Account::Discounts,
        _ => Account::RewardExpense,
    }
}

/// What a fact posts. The table in docs/ledger.md says the same.
// Inlined, so that at each door of the engine only the arm of that fact remains: a word posts nothing and asks nothing.
#[inline(always)]
pub fn postings(what: Fact) -> [Option<Posting>; 2] {
    use Account::{
        Advertising, Asking, Breakage, Cash, Community, CostOfGoods, FraudChecks, Influencers, Platform, Refunds,
        Revenue, RewardLiability, RewardsHeld,
    };
    let one = |debit, credit, amount| [post(debit, credit, amount), None];
    let reward = |debit, credit, amount: Payment| [post(debit, credit, amount.money()), None];
    match what {
        Fact::FirstPurchaseMade { order, margin, .. } | Fact::PurchaseRepeated { order, margin } => {
            let goods = order - order.basis_points(margin);
            [post(Cash, Revenue, order), post(CostOfGoods, Cash, goods)]
        }
        Fact::RewardGranted { kind, cost, .. } => reward(granted_to(kind), RewardLiability, cost),
        Fact::RewardHeld { kind, cost, .. } => reward(granted_to(kind), RewardsHeld, cost),
        Fact::RewardReleased { cost, .. } => reward(RewardsHeld, RewardLiability, cost),
        Fact::RewardForfeited { kind, cost, .. } => reward(RewardsHeld, granted_to(kind), cost),
        Fact::RewardClawedBack { kind, cost, .. } => reward(RewardLiability, granted_to(kind), cost),
        Fact::PurchaseRefunded { order, discount, margin } => {
            let (order, discount) = (order.money(), discount.money());
            [post(Refunds, Cash, order - discount), post(Cash, CostOfGoods, order - order.basis_points(margin))]
        }
        Fact::PlatformPaid { cost } => one(Platform, Cash, cost),
        Fact::RewardRedeemed { cost, .. } => reward(RewardLiability, Cash, cost),
        Fact::RewardExpired { cost, .. } => reward(RewardLiability, Breakage, cost),
        Fact::AdvertisementSeen { cost } => one(Advertising, Cash, cost),
        Fact::InfluencerPosted { fee, .. } => one(Influencers, Cash, fee),
        Fact::ReferralAsked { cost, .. } => one(Asking, Cash, cost),
        Fact::CommunityPaid { cost } => one(Community, Cash, cost),
        Fact::ReferralChecked { cost, .. } => one(FraudChecks, Cash, cost),
        _ => [None; 2],
    }
}

/// The balances of all accounts.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// Debits less credits \[minor units\].
    of: [i64; Account::ALL.len()],
}

impl Ledger {
    /// The balance of an account, on the side where it grows \[minor units\].
    pub fn balance(&self, account: Account) -> i64 {
        let debits = self.of[account as usize];
        if account.account_type().grows_by_debit() { debits } else { -debits }
    }

    /// All debits less all credits \[minor units\]: zero.
    pub fn trial_balance(&self) -> i64 {
        self.of.iter().sum()
    }

    fn others() -> impl Iterator<Item = Account> {
        // Revenue is told by `super::Revenue`, day by day.
        Account::ALL.iter().copied().filter(|&account| account != Account::Revenue)
    }
}

impl Sink for Ledger {
    #[inline(always)]
    fn hear(&mut self, event: &Event, _: &State) {
        for posting in postings(event.what).into_iter().flatten() {
            for (account, debit) in posting.sides() {
                self.of[account as usize] += debit;
            }
            debug_assert_eq!(self.trial_balance(), 0, "debits are not credits after {event:?}");
        }
    }
}

impl Projection for Ledger {
    fn total_measures() -> Vec<Measure> {
        let money = |name, label, meaning| Measure { name, label, unit: Unit::Money, meaning };
        let other = money(
            "other_cost",
            "Other costs",
            "what was spent on winning and keeping customers besides rewards: advertising, influencers, asking, community, \
             platform, fraud checks",
        );
        let accounts = Ledger::others().map(|account| money(account.name(), account.label(), account.meaning()));
        [other].into_iter().chain(accounts).collect()
    }

    fn rewind(&mut self) {
        *self = Ledger::default();
    }

    fn totals(&self, out: &mut Vec<i64>) {
        let balance = |account| self.balance(account);
        out.push(Account::ALL.iter().copied().filter(|account| account.is_other_cost()).map(balance).sum());
        out.extend(Ledger::others().map(balance));
    }
}

#[cfg(test)]
mod tests {
    use super::Account::{
        Advertising, Asking, Breakage, Cash, Community, CostOfGoods, Discounts, FraudChecks, Influencers, Platform,
        Refunds, Revenue, RewardExpense, RewardLiability, RewardsHeld,
    };
    use super::*;
    use crate::event::{Cells, Column, Medium, Side, Source};
    use crate::units::{EventId, PersonId, Tick};

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(1);

    /// The ledger after these events; its trial balance is zero after each.
    fn given(events: &[(PersonId, Fact)]) -> Ledger {
        let mut ledger = Ledger::default();
        for &(who, what) in events {
            ledger.hear(&Event { at: Tick::ZERO, who, cause: EventId::ROOT, what }, &State::default());
            assert_eq!(ledger.trial_balance(), 0, "{what:?}");
        }
        ledger
    }

    impl Ledger {
        /// By how much each balance changes with one more event.
        fn when(mut self, who: PersonId, what: Fact) -> Vec<(Account, i64)> {
            let before = self.clone();
            self.hear(&Event { at: Tick::ZERO, who, cause: EventId::ROOT, what }, &State::default());
            let change = |&account: &Account| (account, self.balance(account) - before.balance(account));
            Account::ALL.iter().map(change).filter(|&(_, change)| change != 0).collect()
        }
    }

    const fn granted(side: Side, kind: RewardKind, cost: u32) -> Fact {
        Fact::RewardGranted { rule: 0, side, kind, amount: Payment(1_000), cost: Payment(cost) }
    }

    const fn redeemed(kind: RewardKind, cost: u32) -> Fact {
        Fact::RewardRedeemed { rule: 0, kind, cost: Payment(cost) }
    }

    const fn expired(kind: RewardKind, cost: u32) -> Fact {
        Fact::RewardExpired { rule: 0, kind, cost: Payment(cost) }
    }

    const fn held(kind: RewardKind, cost: u32) -> Fact {
        Fact::RewardHeld { rule: 0, side: Side::Advocate, kind, amount: Payment(1_000), cost: Payment(cost) }
    }

    const POINTS: (PersonId, Fact) = (ANN, granted(Side::Advocate, RewardKind::Points, 600));
    const DISCOUNT: (PersonId, Fact) = (BOB, granted(Side::Friend, RewardKind::Discount, 1_000));

    #[test]
    fn a_purchase_earns_its_price_and_costs_what_is_not_margin() {
        let bought = Fact::FirstPurchaseMade { source: Source::Word, margin: 4_000, order: Cents(6_001) };
        // 40 % of 60.01 is 24.004, so 24.00 is margin and 36.01 the goods.
        assert_eq!(given(&[]).when(BOB, bought), [(Revenue, 6_001), (CostOfGoods, 3_601), (Cash, 2_400)]);
        let again = Fact::PurchaseRepeated { margin: 10_000, order: Cents(500) };
        assert_eq!(given(&[(BOB, bought)]).when(BOB, again), [(Revenue, 500), (Cash, 500)]);
    }

    #[test]
    fn a_reward_is_spent_and_owed_when_it_is_granted() {
        assert_eq!(given(&[]).when(POINTS.0, POINTS.1), [(RewardExpense, 600), (RewardLiability, 600)]);
    }

    #[test]
    fn a_discount_lowers_what_was_earned_and_is_no_expense() {
        assert_eq!(given(&[POINTS]).when(DISCOUNT.0, DISCOUNT.1), [(Discounts, 1_000), (RewardLiability, 1_000)]);
    }

    #[test]
    fn a_redeemed_reward_is_paid_and_no_longer_owed() {
        let paid = given(&[POINTS, DISCOUNT]).when(ANN, redeemed(RewardKind::Points, 400));
        assert_eq!(paid, [(Cash, -400), (RewardLiability, -400)]);
        let paid = given(&[POINTS, DISCOUNT]).when(BOB, redeemed(RewardKind::Discount, 1_000));
        assert_eq!(paid, [(Cash, -1_000), (RewardLiability, -1_000)]);
    }

    #[test]
    fn an_expired_reward_is_no_longer_owed_and_never_paid() {
        let told = given(&[POINTS, (ANN, redeemed(RewardKind::Points, 400))]);
        assert_eq!(told.when(ANN, expired(RewardKind::Points, 200)), [(Breakage, 200), (RewardLiability, -200)]);
        let told = given(&[DISCOUNT]).when(BOB, expired(RewardKind::Discount, 1_000));
        assert_eq!(told, [(Breakage, 1_000), (RewardLiability, -1_000)]);
    }

    #[test]
    fn a_reward_held_back_is_spent_at_once_and_owed_when_it_is_released() {
        let (rule, side, kind) = (0, Side::Advocate, RewardKind::Points);
        let (amount, cost) = (Payment(1_000), Payment(600));
        assert_eq!(given(&[]).when(ANN, held(kind, 600)), [(RewardExpense, 600), (RewardsHeld, 600)]);
        let told = || given(&[(ANN, held(kind, 600))]);
        let released = Fact::RewardReleased { rule, side, kind, amount, cost };
        assert_eq!(told().when(ANN, released), [(RewardsHeld, -600), (RewardLiability, 600)]);
        let forfeited = Fact::RewardForfeited { rule, side, kind, amount, cost };
        assert_eq!(told().when(ANN, forfeited), [(RewardExpense, -600), (RewardsHeld, -600)]);
        let clawed_back = Fact::RewardClawedBack { rule, side, kind, amount, cost };
        assert_eq!(given(&[POINTS]).when(ANN, clawed_back), [(RewardExpense, -600), (RewardLiability, -600)]);
    }

    #[test]
    fn a_refund_pays_the_price_back_and_brings_the_goods_back() {
        let bought = Fact::FirstPurchaseMade { source: Source::Word, margin: 4_000, order: Cents(6_000) };
        let refunded = Fact::PurchaseRefunded { order: Payment(6_000), discount: Payment(1_000), margin: 4_000 };
        let change = given(&[(BOB, bought)]).when(BOB, refunded);
        assert_eq!(change, [(Refunds, 5_000), (CostOfGoods, -3_600), (Cash, -1_400)]);
    }

    #[test]
    fn winning_and_keeping_customers_is_paid_at_once() {
        let check = |who, what, account| assert_eq!(given(&[]).when(who, what), [(account, 250), (Cash, -250)]);
        check(BOB, Fact::AdvertisementSeen { cost: Cents(250) }, Advertising);
        check(PersonId::NOBODY, Fact::InfluencerPosted { post: 0, fee: Cents(250) }, Influencers);
        check(ANN, Fact::ReferralAsked { by: Medium::Email, round: 0, cost: Cents(250) }, Asking);
        check(ANN, Fact::CommunityPaid { cost: Cents(250) }, Community);
        check(PersonId::NOBODY, Fact::PlatformPaid { cost: Cents(250) }, Platform);
        check(BOB, Fact::ReferralChecked { caught: false, cost: Cents(250) }, FraudChecks);
    }

    #[test]
    fn the_trial_balance_is_zero_after_each_fact_there_is() {
        let mut cells = Cells::default();
        Column::ALL.iter().for_each(|&column| cells.set(column, Some(1)));
        let fact = |place| Fact::from_cells(place, &cells).expect("a fact of that place");
        let facts: Vec<(PersonId, Fact)> = (0..Fact::NAMES.len()).map(|place| (ANN, fact(place))).collect();
        let ledger = given(&facts);
        assert!(Account::ALL.iter().any(|&account| ledger.balance(account) != 0));
    }

    #[test]
    fn every_account_is_posted_to() {
        let bought = Fact::FirstPurchaseMade { source: Source::Seed, margin: 4_000, order: Cents(6_000) };
        let (points, discount) = (POINTS.1, DISCOUNT.1);
        let facts = [
            bought,
            points,
            discount,
            expired(RewardKind::Points, 1),
            Fact::AdvertisementSeen { cost: Cents(1) },
            Fact::InfluencerPosted { post: 0, fee: Cents(1) },
            Fact::ReferralAsked { by: Medium::Sms, round: 0, cost: Cents(1) },
            Fact::CommunityPaid { cost: Cents(1) },
            Fact::PlatformPaid { cost: Cents(1) },
            Fact::PurchaseRefunded { order: Payment(2), discount: Payment(1), margin: 0 },
            held(RewardKind::Points, 1),
            Fact::ReferralChecked { caught: true, cost: Cents(1) },
        ];
        let used: Vec<Account> =
            facts.into_iter().flat_map(postings).flatten().flat_map(Posting::sides).map(|s| s.0).collect();
        assert!(Account::ALL.iter().all(|account| used.contains(account)));
    }
}
