//! Who brought whom, and what each customer and all who came by her were worth.
//!
//! Whose word persuaded her when she bought for the first time is whose she is: nobody has two, and nobody comes before the
//! one who brought her. A reward belongs to the act that earned it, whoever gets it.
//!
//! Deliberately absent: what would have happened without her, which is a question for a twin and not for a log.

use super::Story;
use crate::event::{Channel, Event, Fact, Source};
use crate::units::{EventId, PersonId, Tick};
use std::collections::BTreeMap;

/// Rewards by what became of them \[minor units of what they are worth to those who get them\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rewards {
    /// Granted, at once or after they were held back.
    pub granted: i64,
    /// Of these, taken back.
    pub taken_back: i64,
    /// Held back to the end of the run.
    pub held: i64,
    /// How many were refused by a term of the programme.
    pub denied: u32,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Who.
    pub person: PersonId,
    /// When she bought for the first time.
    pub at: Tick,
    /// What brought her.
    pub source: Source,
    /// By which way the word came, and whether with a code; nothing where no word did.
    pub word: Option<(Channel, bool)>,
    /// Who brought her, if somebody did.
    pub teller: Option<PersonId>,
    /// Whom she brought, in the order of their first purchases.
    pub brought: Vec<PersonId>,
    /// How often she bought.
    pub purchases: u32,
    /// How many of these she gave back.
    pub refunds: u32,
    /// What she paid for all, less the prices of those given back \[minor units\].
    pub revenue: i64,
    /// How many came by her, directly or by those who did.
    pub customers_below: u32,
    /// Their revenue \[minor units\].
    pub revenue_below: i64,
}

/// What one customer brought: all who came by her, directly or by those who did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brought {
    /// Who came by her word.
    pub directly: u32,
    /// All.
    pub customers: u32,
    /// What they paid, less the prices of what they gave back \[minor units\].
    pub revenue: i64,
    /// Rewards that they earned her.
    pub to_her: Rewards,
    /// Rewards that they earned others, themselves among them.
    pub to_others: Rewards,
}

/// All customers of a run.
#[derive(Debug, Default)]
pub struct Family {
    /// In the order of their first purchases.
    customers: Vec<Customer>,
    places: BTreeMap<PersonId, usize>,
}

impl Family {
    /// Reads a story.
    pub fn of(story: &Story) -> Family {
        let mut family = Family::default();
        for (_, event) in story.events() {
            match event.what {
                Fact::FirstPurchaseMade { source, order, .. } => {
                    family.add(story, event, source);
                    family.count(event.who, |customer| (customer.purchases, customer.revenue) = (1, order.minor()));
                }
                Fact::PurchaseRepeated { order, .. } => family.count(event.who, |customer| {
                    customer.purchases += 1;
                    customer.revenue += order.minor();
                }),
                Fact::PurchaseRefunded { order, .. } => family.count(event.who, |customer| {
                    customer.refunds += 1;
                    customer.revenue -= order.money().minor();
                }),
                _ => {}
            }
        }
        // Whoever brought her comes before her, so from the last to the first each is whole when it is added.
        for place in (0..family.customers.len()).rev() {
            let Customer { teller, revenue, customers_below, revenue_below, .. } = family.customers[place];
            if let Some(teller) = teller {
                family.count(teller, |above| {
                    above.customers_below += 1 + customers_below;
                    above.revenue_below += revenue + revenue_below;
                });
            }
        }
        family
    }

    fn add(&mut self, story: &Story, bought: &Event, source: Source) {
        let (person, at) = (bought.who, bought.at);
        let (teller, word) = match story.get(bought.cause).map(|event| event.what) {
            Some(Fact::SignedUp { teller, coded, channel, .. }) if self.places.contains_key(&teller) => {
                (Some(teller), Some((channel, coded)))
            }
            _ => (None, None),
        };
        if let Some(teller) = teller {
            self.count(teller, |above| above.brought.push(person));
        }
        self.places.insert(person, self.customers.len());
        let (brought, purchases, refunds, revenue) = (vec![], 0, 0, 0);
        let (customers_below, revenue_below) = (0, 0);
        self.customers.push(Customer {
            person,
            at,
            source,
            word,
            teller,
            brought,
            purchases,
            refunds,
            revenue,
            customers_below,
            revenue_below,
        });
    }

    fn count(&mut self, person: PersonId, change: impl FnOnce(&mut Customer)) {
        if let Some(place) = self.places.get(&person) {
            change(&mut self.customers[*place]);
        }
    }

    /// A customer; nothing where somebody never bought.
    pub fn customer(&self, person: PersonId) -> Option<&Customer> {
        Some(&self.customers[*self.places.get(&person)?])
    }

    /// What somebody brought.
    pub fn brought(&self, story: &Story, person: PersonId) -> Brought {
        let mut brought = Brought::default();
        let Some(her) = self.customer(person) else { return brought };
        brought.directly = her.brought.len() as u32;
        (brought.customers, brought.revenue) = (her.customers_below, her.revenue_below);
        // Those above come first, so one pass finds all below.
        let mut below = vec![false; self.customers.len()];
        for (place, customer) in self.customers.iter().enumerate() {
            let above = customer.teller.and_then(|teller| self.places.get(&teller));
            below[place] = customer.teller == Some(person) || above.is_some_and(|&above| below[above]);
        }
        let is_below = |earner: PersonId| self.places.get(&earner).is_some_and(|&place| below[place]);
        for (id, event) in story.events() {
            if earner_of(story, *id, event).is_some_and(is_below) {
                let whose = if event.who == person { &mut brought.to_her } else { &mut brought.to_others };
                whose.count(event.what);
            }
        }
        brought
    }

    /// Rewards that somebody's own acts earned, whoever got them.
    pub fn earned(&self, story: &Story, person: PersonId) -> Rewards {
        let mut rewards = Rewards::default();
        for (id, event) in story.events() {
            if earner_of(story, *id, event) == Some(person) {
                rewards.count(event.what);
            }
        }
        rewards
    }
}

/// Whose act earned the reward that an event is about, if it is about one.
fn earner_of(story: &Story, id: EventId, event: &Event) -> Option<PersonId> {
    let is_earned = |event: &Event| {
        matches!(event.what, Fact::RewardGranted { .. } | Fact::RewardHeld { .. } | Fact::RewardDenied { .. })
    };
    let (_, grant) = story.grant_of(id, event);
    Some(story.get(grant.cause).filter(|_| is_earned(grant))?.who)
}

impl Rewards {
    /// Takes in what becomes of a reward.
    pub fn count(&mut self, what: Fact) {
        match what {
            Fact::RewardGranted { amount, .. } => self.granted += amount.money().minor(),
            Fact::RewardHeld { amount, .. } => self.held += amount.money().minor(),
            Fact::RewardReleased { amount, .. } => {
                self.held -= amount.money().minor();
                self.granted += amount.money().minor();
            }
            Fact::RewardForfeited { amount, .. } => {
                self.held -= amount.money().minor();
                self.denied += 1;
            }
            Fact::RewardClawedBack { amount, .. } => self.taken_back += amount.money().minor(),
            Fact::RewardDenied { .. } => self.denied += 1,
            _ => {}
        }
    }
}
