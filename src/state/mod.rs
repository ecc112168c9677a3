//! The state of one run: the fold of its events, and nothing else.
//!
//! `apply` is the only way to change it (besides `rewind`, which empties it); it decides nothing. What every word
//! touches is one number a person; what only customers have lies apart. `rewind` undoes what a run touched, so a small
//! cascade costs the same among a million people.

mod account;
mod claim;
mod grant;
mod standing;

pub use account::{Account, Had};
pub use claim::Claim;
pub use grant::{Grant, GrantStatus};
pub use standing::Stage;

use crate::event::{Channel, Event, Fact, Scheme, Sentiment, Side, Source, Valence};
use crate::units::{Cents, EventId, Payment, PersonId, Tick};
use prefetch_index::prefetch_index;
use rustc_hash::FxHashMap;
use standing::{NEUTRAL, Standing};
use std::ops::Range;

/// What is known of one run so far.
#[derive(Debug, Clone, Default)]
pub struct State {
    people_at_start: u32,
    /// One for each person there is.
    standing: Vec<Standing>,
    acquisition: Vec<Acquisition>,
    /// What few scenarios need to know of a customer; empty until the first event that says it.
    relation: Vec<Relation>,
    /// Events applied so far.
    events: u32,
    /// Customers whom no word brought, the first customers among them: each begins a cascade.
    roots: u32,
    buyers: u32,
    /// Who holds whom to be a referral of whose, where that is not simply whose word persuaded.
    claims: FxHashMap<PersonId, Claim>,
    /// When whom a referral was credited to, in order.
    credits: Vec<(Tick, PersonId)>,
    /// What advocates have had, where they have had something. Looked up, never gone through: its order is nobody's.
    accounts: FxHashMap<PersonId, Account>,
    /// Every reward granted or held back so far, on either side.
    grants: Vec<Grant>,
    /// What they cost if all of them are redeemed, less those taken back.
    spent: Cents,
    /// The event from which on the terms of today hold: the change of terms, if there was one.
    terms_since: u32,
    /// Since when the budget has refused rewards.
    budget_exhausted: Option<Tick>,
    /// Whose code a coupon site shows, the latest one.
    leaked_by: Option<PersonId>,
    /// Whether friends who were checked were taken for fakes. Looked up, never gone through.
    checked: FxHashMap<PersonId, bool>,
    /// Everyone who did more than hear, for `rewind`.
    touched: Vec<PersonId>,
    /// Whoever heard one of the first words, for `rewind`; once it is full, all people may have heard something.
    hearers: Vec<PersonId>,
}

/// Words for one in so many people are undone hearer by hearer; after more of them everybody is reset.
const PEOPLE_A_HEARER: usize = 16;

/// How somebody became a customer, and what she did as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Acquisition {
    teller: PersonId,
    generation: u32,
    cascade: u32,
    source: Source,
    channel: Channel,
    sentiment: Sentiment,
    flags: u8,
    /// The latest event on the way to her telling: what her words are caused by.
    latest: EventId,
    /// When the word was told that persuaded her.
    told_at: Tick,
    /// Friends whom the company credits her with.
    referrals: u32,
}

// In `flags`:
const CODED: u8 = 1;
const PARTICIPATES: u8 = 2;
const COMPLAINED: u8 = 4;
const RESOLVED: u8 = 8;
const QUICK: u8 = 16;
const MEMBER: u8 = 32;

const NO_ACQUISITION: Acquisition = Acquisition {
    teller: PersonId::NOBODY,
    generation: 0,
    cascade: 0,
    source: Source::Seed,
    channel: Channel::FaceToFace,
    sentiment: Sentiment::Neutral,
    flags: 0,
    latest: EventId::ROOT,
    told_at: Tick::ZERO,
    referrals: 0,
};

/// What came of a customer after the first purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Relation {
    talks_until: Tick,
    posted_at: Tick,
    posted: Valence,
    /// The latest purchase, or the lapse after it.
    purchase: EventId,
    purchases_repeated: u32,
    /// When she could buy again for the first time; zero before that.
    first_renewal: Tick,
    post: EventId,
    complaint: EventId,
    asked: EventId,
    invitation: EventId,
    told_on: EventId,
}

const NO_RELATION: Relation = Relation {
    talks_until: Tick::ZERO,
    posted_at: Tick::ZERO,
    posted: Valence::Good,
    purchase: EventId::ROOT,
    purchases_repeated: 0,
    first_renewal: Tick::ZERO,
    post: EventId::ROOT,
    complaint: EventId::ROOT,
    asked: EventId::ROOT,
    invitation: EventId::ROOT,
    told_on: EventId::ROOT,
};

impl State {
    /// A state of `people` prospects who have heard nothing.
    pub fn new(people: u32) -> State {
        let mut state = State::default();
        state.rewind(people);
        state
    }

    /// What it holds of each person, where it matters what she does after the first purchase, or not \[bytes\].
    pub const fn bytes_a_person(has_relations: bool) -> usize {
        let relation = if has_relations { size_of::<Relation>() } else { 0 };
        size_of::<Standing>() + size_of::<Acquisition>() + relation + size_of::<PersonId>().div_ceil(PEOPLE_A_HEARER)
    }

    /// Folds one event into the state. No decision is taken here.
    #[inline(always)]
    pub fn apply(&mut self, event: &Event) {
        let who = event.who.index();
        let id = EventId(self.events);
        self.events += 1;
        match event.what {
            Fact::WordHeard { valence, .. } => {
                if who >= self.standing.len() {
                    self.grow(event.who.0 + 1);
                }
                if self.hearers.len() < self.hearers.capacity() {
                    self.hearers.push(event.who);
                }
                self.standing[who].hear(valence);
            }
            Fact::ProspectBlocked => self.standing[who].stand(Stage::Blocked),
            Fact::SignedUp { teller, generation, coded, source, channel } => {
                if who >= self.standing.len() {
                    self.grow(event.who.0 + 1);
                }
                let cascade = match teller {
                    PersonId::NOBODY => self.next_root(),
                    teller => self.acquisition[teller.index()].cascade,
                };
                let flags = if coded { CODED } else { 0 };
                let told_at = event.at;
                let acquired =
                    Acquisition { teller, generation, cascade, source, channel, flags, told_at, ..NO_ACQUISITION };
                self.acquire(event.who, Acquisition { latest: id, ..acquired });
            }
            Fact::CustomerSeeded => {
                let cascade = self.next_root();
                self.acquire(event.who, Acquisition { cascade, latest: id, ..NO_ACQUISITION });
            }
            Fact::LeadLost => self.standing[who].stand(Stage::Prospect),
            Fact::FirstPurchaseMade { .. } => {
                self.standing[who].stand(Stage::Customer);
                self.buyers += 1;
                self.acquisition[who].latest = id;
            }
            Fact::ExperienceRated { sentiment, .. } => {
                self.acquisition[who].sentiment = sentiment;
                self.acquisition[who].latest = id;
            }
            Fact::AdvocacyDecided { participates, .. } => self.decide(who, id, participates),
            Fact::TalkingBegan { until, participates } => {
                self.decide(who, id, participates);
                self.relation(who).talks_until = until;
            }
            Fact::ParticipationAgreed => {
                self.acquisition[who].flags |= PARTICIPATES;
                self.relation(who).invitation = id;
            }
            Fact::InvitationsRepeated { .. } => self.relation(who).invitation = id,
            Fact::ReferralAsked { .. } => self.relation(who).asked = id,
            Fact::BadWordRetold { .. } => {
                self.relation(who).told_on = id;
                self.touched.push(event.who);
            }
            Fact::ReviewPosted { valence } => {
                let relation = self.relation(who);
                (relation.posted_at, relation.posted, relation.post) = (event.at, valence, id);
            }
            Fact::ComplaintFiled => {
                self.acquisition[who].flags |= COMPLAINED;
                self.relation(who).complaint = id;
            }
            Fact::ComplaintResolved { sentiment, quick } => {
                self.acquisition[who].sentiment = sentiment;
                self.acquisition[who].flags |= if quick { RESOLVED | QUICK } else { RESOLVED };
            }
            Fact::CommunityJoined => self.acquisition[who].flags |= MEMBER,
            Fact::PurchaseRepeated { .. } => {
                let relation = self.renewal(who, event.at);
                relation.purchase = id;
                relation.purchases_repeated += 1;
            }
            Fact::CustomerLapsed => {
                self.standing[who].stand(Stage::Lapsed);
                self.renewal(who, event.at).purchase = id;
            }
            Fact::CustomerWonBack { .. } => {
                self.standing[who].stand(Stage::Customer);
                self.relation(who).purchase = id;
            }
            Fact::ReferralClaimed { teller } => {
                self.claims.insert(event.who, Claim { advocate: teller, at: event.at, scheme: None });
            }
            Fact::ReferralCredited { .. } => {
                self.acquisition[who].referrals += 1;
                self.credits.push((event.at, event.who));
            }
            Fact::RewardGranted { rule, side, kind, amount, cost }
            | Fact::RewardHeld { rule, side, kind, amount, cost } => {
                if side == Side::Advocate {
                    self.accounts.entry(event.who).or_default().add(event.at, amount);
                }
                self.spent += cost.money();
                let status = match event.what {
                    Fact::RewardHeld { .. } => GrantStatus::Held,
                    _ => GrantStatus::Granted,
                };
                let (who, at, earned) = (event.who, event.at, event.cause);
                debug_assert!(
                    self.grants.last().is_none_or(|last| last.earned <= earned),
                    "rewards in the order of causes"
                );
                let grant = Grant { who, rule, side, kind, status, at, amount, cost, open: cost, event: id, earned };
                self.grants.push(grant);
            }
            Fact::RewardReleased { .. } => {
                if let Some(grant) = self.grant_of(event.cause) {
                    grant.status = GrantStatus::Granted;
                }
            }
            Fact::RewardForfeited { side, amount, cost, .. } | Fact::RewardClawedBack { side, amount, cost, .. } => {
                if let Some(grant) = self.grant_of(event.cause) {
                    let at = grant.at;
                    (grant.open, grant.status) = (Payment::ZERO, GrantStatus::TakenBack);
                    if side == Side::Advocate {
                        self.accounts.entry(event.who).or_default().remove(at, amount);
                    }
                }
                self.spent = self.spent - cost.money();
            }
            Fact::RewardRedeemed { cost, .. } | Fact::RewardExpired { cost, .. } => {
                if let Some(grant) = self.grant_of(event.cause) {
                    grant.open = Payment(grant.open.0.saturating_sub(cost.0));
                }
            }
            Fact::TermsChanged { reopened } => {
                self.terms_since = id.0;
                if reopened {
                    self.budget_exhausted = None;
                }
            }
            Fact::BudgetExhausted => self.budget_exhausted = Some(event.at),
            // A fake account is somebody else's claim than her own.
            Fact::ReferralFaked { scheme: Scheme::Farming, .. } => {}
            Fact::ReferralFaked { teller, scheme } => {
                self.claims.insert(event.who, Claim { advocate: teller, at: event.at, scheme: Some(scheme) });
            }
            Fact::CodeLeaked => self.leaked_by = Some(event.who),
            Fact::ReferralChecked { caught, .. } => {
                if event.who != PersonId::NOBODY {
                    self.checked.insert(event.who, caught);
                }
            }
            Fact::AdvertisementSeen { .. }
            | Fact::InfluencerPosted { .. }
            | Fact::SurveyAnswered { .. }
            | Fact::CommunityPaid { .. }
            | Fact::Landed { .. }
            | Fact::RewardDenied { .. }
            | Fact::PurchaseRefunded { .. }
            | Fact::PlatformPaid { .. }
            | Fact::PrizesAwarded { .. } => {}
        }
    }

    /// The reward that was granted, or held back, in this event.
    fn grant_of(&mut self, event: EventId) -> Option<&mut Grant> {
        // Most rewards are redeemed as soon as they are granted.
        let place = match self.grants.last() {
            Some(last) if last.event == event => self.grants.len() - 1,
            _ => self.grants.binary_search_by_key(&event, |grant| grant.event).ok()?,
        };
        Some(&mut self.grants[place])
    }

    fn acquire(&mut self, person: PersonId, acquisition: Acquisition) {
        self.standing[person.index()].stand(Stage::SignedUp);
        self.acquisition[person.index()] = acquisition;
        self.touched.push(person);
    }

    fn next_root(&mut self) -> u32 {
        self.roots += 1;
        self.roots - 1
    }

    fn decide(&mut self, who: usize, id: EventId, participates: bool) {
        let acquisition = &mut self.acquisition[who];
        acquisition.latest = id;
        if participates {
            acquisition.flags |= PARTICIPATES;
        }
    }

    fn relation(&mut self, who: usize) -> &mut Relation {
        if self.relation.len() < self.standing.len() {
            self.relation.resize(self.standing.len(), NO_RELATION);
        }
        &mut self.relation[who]
    }

    /// The relation of somebody who has bought again or has not.
    fn renewal(&mut self, who: usize, at: Tick) -> &mut Relation {
        let relation = self.relation(who);
        if relation.first_renewal == Tick::ZERO {
            relation.first_renewal = at;
        }
        relation
    }

    /// Empties the state for the next run, keeping its memory; people beyond `people` are forgotten.
    pub fn rewind(&mut self, people: u32) {
        for person in self.touched.drain(..) {
            self.standing[person.index()].stand(Stage::Prospect);
            self.acquisition[person.index()] = NO_ACQUISITION;
            if let Some(relation) = self.relation.get_mut(person.index()) {
                *relation = NO_RELATION;
            }
        }
        if self.hearers.len() < self.hearers.capacity() {
            self.hearers.iter().for_each(|person| self.standing[person.index()] = NEUTRAL);
        } else {
            self.standing.fill(NEUTRAL);
        }
        self.hearers.clear();
        (self.events, self.roots, self.buyers) = (0, 0, 0);
        self.claims.clear();
        self.credits.clear();
        self.accounts.clear();
        self.grants.clear();
        (self.spent, self.budget_exhausted) = (Cents::ZERO, None);
        (self.leaked_by, self.terms_since) = (None, 0);
        self.checked.clear();
        if self.standing.len() > people as usize {
            self.standing.clear();
            self.acquisition.clear();
            self.relation.clear();
        }
        self.grow(people);
        self.hearers.reserve_exact(people as usize / PEOPLE_A_HEARER + 1);
        self.people_at_start = people;
    }

    #[cold]
    fn grow(&mut self, people: u32) {
        let n = people as usize;
        self.standing.resize(n.max(self.standing.len()), NEUTRAL);
        self.acquisition.resize(self.standing.len(), NO_ACQUISITION);
    }

    /// People there are.
    pub fn people(&self) -> u32 {
        self.standing.len() as u32
    }

    /// The id that the next event will have.
    #[inline]
    pub fn next_event(&self) -> EventId {
        EventId(self.events)
    }

    /// Whether ids of people, where they are made as they are told, of events, or of rewards, which the agenda numbers like
    /// people, are about to run out. Asked at every act; the room that is kept is for what comes before the next one.
    pub fn is_full(&self) -> bool {
        const ROOM_PEOPLE: u32 = 1 << 25;
        const ROOM_EVENTS: u32 = 1 << 28;
        let most = PersonId::COUNT_MAX - ROOM_PEOPLE;
        let grows = self.people() > self.people_at_start;
        grows && self.people() > most || self.events > u32::MAX - ROOM_EVENTS || self.grants.len() > most as usize
    }

    /// People who have bought, the first customers included.
    pub fn customers(&self) -> u32 {
        self.buyers
    }

    /// Whether this person has heard a word; a person not yet there has not.
    #[inline]
    pub fn has_heard(&self, person: PersonId) -> bool {
        self.standing.get(person.index()).is_some_and(|standing| standing.has_heard())
    }

    /// Bad words this person has heard, up to 255.
    #[inline]
    pub fn bad_words(&self, person: PersonId) -> u8 {
        self.standing[person.index()].bad_words()
    }

    /// Good words this person has heard, up to 65,535.
    #[inline]
    pub fn good_words(&self, person: PersonId) -> u16 {
        self.standing[person.index()].good_words()
    }

    /// Where this person stands.
    #[inline]
    pub fn stage(&self, person: PersonId) -> Stage {
        self.standing[person.index()].stage()
    }

    /// Whether this person can still be persuaded.
    #[inline]
    pub fn is_prospect(&self, person: PersonId) -> bool {
        self.standing[person.index()].is(Stage::Prospect)
    }

    /// Who told the word that persuaded this person; nothing for first customers and prospects.
    pub fn teller(&self, person: PersonId) -> Option<PersonId> {
        let teller = self.acquisition[person.index()].teller;
        (teller != PersonId::NOBODY).then_some(teller)
    }

    /// Tellings between this customer and one whom no word brought.
    pub fn generation(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].generation
    }

    /// The number of the customer from whom this customer's cascade began: one whom no word brought, in the order in
    /// which they came.
    pub fn cascade(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].cascade
    }

    /// Whether the word that persuaded this person carried a code.
    pub fn came_by_code(&self, person: PersonId) -> bool {
        self.has_flag(person, CODED)
    }

    fn has_flag(&self, person: PersonId, flag: u8) -> bool {
        self.acquisition[person.index()].flags & flag != 0
    }

    /// What brought this customer.
    pub fn source(&self, person: PersonId) -> Source {
        self.acquisition[person.index()].source
    }

    /// How the word travelled that persuaded this customer.
    pub fn channel(&self, person: PersonId) -> Channel {
        self.acquisition[person.index()].channel
    }

    /// Whether this customer's words carry a code.
    pub fn participates(&self, person: PersonId) -> bool {
        self.has_flag(person, PARTICIPATES)
    }

    /// Whether this customer has filed a complaint.
    pub fn has_complained(&self, person: PersonId) -> bool {
        self.has_flag(person, COMPLAINED)
    }

    /// Whether a complaint of this customer was resolved; if so, whether quickly.
    pub fn resolved(&self, person: PersonId) -> Option<bool> {
        self.has_flag(person, RESOLVED).then(|| self.has_flag(person, QUICK))
    }

    /// Whether this customer has joined the community.
    pub fn is_member(&self, person: PersonId) -> bool {
        self.has_flag(person, MEMBER)
    }

    fn relation_of(&self, person: PersonId) -> Relation {
        self.relation.get(person.index()).copied().unwrap_or(NO_RELATION)
    }

    /// The last moment at which this customer talks (rate mode).
    pub fn talks_until(&self, person: PersonId) -> Tick {
        self.relation_of(person).talks_until
    }

    /// When this customer posted a review.
    pub fn posted_at(&self, person: PersonId) -> Tick {
        self.relation_of(person).posted_at
    }

    /// Purchases of this customer after the first.
    pub fn purchases_repeated(&self, person: PersonId) -> u32 {
        self.relation_of(person).purchases_repeated
    }

    /// When this customer could buy again for the first time, if that time has come.
    pub fn first_renewal(&self, person: PersonId) -> Option<Tick> {
        let first = self.relation_of(person).first_renewal;
        (first != Tick::ZERO).then_some(first)
    }

    /// The event that a later purchase follows from: the latest purchase, lapse or return, or what she told after the first.
    pub fn purchase_event(&self, person: PersonId) -> EventId {
        let purchase = self.relation_of(person).purchase;
        if purchase == EventId::ROOT { self.latest_event(person) } else { purchase }
    }

    /// The event of this customer's review.
    pub fn post_event(&self, person: PersonId) -> EventId {
        self.relation_of(person).post
    }

    /// Whether this customer's review is good or bad.
    pub fn posted_valence(&self, person: PersonId) -> Valence {
        self.relation_of(person).posted
    }

    /// The event in which this person, no customer, told a bad word on.
    pub fn told_on_event(&self, person: PersonId) -> EventId {
        self.relation_of(person).told_on
    }

    /// The event of this customer's complaint.
    pub fn complaint_event(&self, person: PersonId) -> EventId {
        self.relation_of(person).complaint
    }

    /// The event in which this customer was asked to refer, the latest one.
    pub fn asked_event(&self, person: PersonId) -> EventId {
        self.relation_of(person).asked
    }

    /// The event by which this customer invited those she had told: what repeated words are caused by.
    pub fn invitation_event(&self, person: PersonId) -> EventId {
        self.relation_of(person).invitation
    }

    /// What this customer thinks of the product; neutral before the first purchase.
    pub fn sentiment(&self, person: PersonId) -> Sentiment {
        self.acquisition[person.index()].sentiment
    }

    /// The latest event of this customer's own story, the cause of what she does next.
    #[inline]
    pub fn latest_event(&self, person: PersonId) -> EventId {
        self.acquisition.get(person.index()).map_or(EventId::ROOT, |acquisition| acquisition.latest)
    }

    /// Friends whom the company credits this customer with.
    pub fn referrals(&self, person: PersonId) -> u32 {
        self.acquisition[person.index()].referrals
    }

    /// When the word was told that persuaded this customer.
    pub fn told_at(&self, person: PersonId) -> Tick {
        self.acquisition[person.index()].told_at
    }

    /// What makes this person a referral, where that is not simply whose word persuaded her.
    pub fn claim(&self, person: PersonId) -> Option<Claim> {
        self.claims.get(&person).copied()
    }

    /// When whom a referral was credited to, in order.
    pub fn credits(&self) -> &[(Tick, PersonId)] {
        &self.credits
    }

    /// What this person has had as an advocate.
    pub fn account(&self, person: PersonId) -> Account {
        self.accounts.get(&person).copied().unwrap_or_default()
    }

    /// Every reward granted or held back so far, in order.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// The places among [`State::grants`] of the rewards that this event earned.
    pub fn grants_earned_by(&self, event: EventId) -> Range<usize> {
        // What earns a reward is answered at once, so rewards stand in the order of what earned them.
        let start = self.grants.partition_point(|grant| grant.earned < event);
        start..start + self.grants[start..].partition_point(|grant| grant.earned == event)
    }

    /// What all rewards granted or held back so far cost, if all of them are redeemed, less those taken back.
    pub fn spent(&self) -> Cents {
        self.spent
    }

    /// The event from which on the terms of today hold: the change of terms, or the first event there is.
    #[inline]
    pub fn terms_since(&self) -> EventId {
        EventId(self.terms_since)
    }

    /// Whether the programme's budget has refused a reward.
    #[inline]
    pub fn is_budget_exhausted(&self) -> bool {
        self.budget_exhausted.is_some()
    }

    /// Whose code a coupon site shows, the latest one.
    pub fn leaked_by(&self) -> Option<PersonId> {
        self.leaked_by
    }

    /// Whether this person, as a referred friend, was taken for a fake; nothing before she is checked.
    pub fn checked(&self, person: PersonId) -> Option<bool> {
        self.checked.get(&person).copied()
    }

    /// Since when the programme's budget has refused rewards, if it has.
    pub fn budget_exhausted_at(&self) -> Option<Tick> {
        self.budget_exhausted
    }

    /// Whether this person can still be persuaded, for all that is known; a person not yet there can.
    #[inline(always)]
    pub(crate) fn may_be_prospect(&self, person: PersonId) -> bool {
        self.standing.get(person.index()).is_none_or(|standing| standing.is(Stage::Prospect))
    }

    /// Asks for the memory that a word to this person will need.
    #[inline(always)]
    pub(crate) fn fetch_hearer(&self, person: PersonId) {
        prefetch_index(&self.standing, person.index());
    }

    /// Asks for the memory that folding this event will need.
    #[inline]
    pub(crate) fn fetch_for(&self, event: &Event) {
        self.fetch_hearer(event.who);
        match event.what {
            Fact::WordHeard { .. } => {}
            Fact::SignedUp { teller, .. } => {
                self.fetch_customer(event.who);
                self.fetch_customer(teller);
            }
            _ => self.fetch_customer(event.who),
        }
    }

    /// Asks for the memory of whoever's coded word persuaded this customer, which answering her purchase needs; her own is at
    /// hand.
    #[inline(always)]
    pub(crate) fn fetch_advocate(&self, friend: PersonId) {
        if let Some(acquisition) = self.acquisition.get(friend.index())
            && acquisition.flags & CODED != 0
        {
            self.fetch_customer(acquisition.teller);
        }
    }

    /// Asks for the memory that this customer's next act, or the signing up of somebody she tells, will need.
    #[inline(always)]
    pub(crate) fn fetch_customer(&self, person: PersonId) {
        prefetch_index(&self.acquisition, person.index());
    }
}

impl PartialEq for State {
    /// Equal knowledge of a run; what `rewind` has noted down does not count.
    fn eq(&self, other: &State) -> bool {
        let relations =
            |state: &State| (0..state.people()).map(|id| state.relation_of(PersonId(id))).collect::<Vec<_>>();
        (self.events, self.roots, self.buyers) == (other.events, other.roots, other.buyers)
            && (self.spent, self.budget_exhausted) == (other.spent, other.budget_exhausted)
            && self.terms_since == other.terms_since
            && self.claims == other.claims
            && self.credits == other.credits
            && (self.leaked_by, &self.checked) == (other.leaked_by, &other.checked)
            && self.accounts == other.accounts
            && self.grants == other.grants
            && self.standing == other.standing
            && self.acquisition == other.acquisition
            && relations(self) == relations(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Cents;

    const ANN: PersonId = PersonId(0);
    const BOB: PersonId = PersonId(70);

    fn story() -> Vec<Event> {
        let say = |at, who, cause, what| Event { at: Tick(at), who, cause: EventId(cause), what };
        let (source, channel) = (Source::Word, Channel::FaceToFace);
        vec![
            Event { at: Tick(0), who: ANN, cause: EventId::ROOT, what: Fact::CustomerSeeded },
            say(0, ANN, 0, Fact::FirstPurchaseMade { source: Source::Seed, margin: 4_000, order: Cents(10) }),
            say(0, ANN, 1, Fact::ExperienceRated { score: 9, sentiment: Sentiment::Satisfied }),
            say(0, ANN, 2, Fact::AdvocacyDecided { tells: 1, participates: true }),
            say(5, BOB, 3, Fact::WordHeard { teller: ANN, valence: Valence::Good, coded: true, first: true, channel }),
            say(5, BOB, 4, Fact::SignedUp { teller: ANN, generation: 1, coded: true, source, channel }),
            say(9, BOB, 5, Fact::FirstPurchaseMade { source: Source::Word, margin: 4_000, order: Cents(10) }),
        ]
    }

    #[test]
    fn the_state_is_what_the_events_say() {
        let mut state = State::new(100);
        story().iter().for_each(|event| state.apply(event));
        assert_eq!(state.customers(), 2);
        assert_eq!(state.stage(BOB), Stage::Customer);
        assert_eq!(state.teller(BOB), Some(ANN));
        assert_eq!((state.generation(BOB), state.cascade(BOB)), (1, 0));
        assert!(state.came_by_code(BOB) && state.has_heard(BOB) && !state.has_heard(ANN));
    }

    #[test]
    fn rewinding_leaves_no_trace() {
        let mut state = State::new(100);
        let mut events = story();
        events.push(Event {
            at: Tick(9),
            who: PersonId(99),
            cause: EventId(6),
            what: Fact::WordHeard {
                teller: BOB,
                valence: Valence::Bad,
                coded: false,
                first: true,
                channel: Channel::FaceToFace,
            },
        });
        events.push(Event { at: Tick(9), who: BOB, cause: EventId(6), what: Fact::CustomerLapsed });
        events.push(Event { at: Tick(9), who: PersonId(99), cause: EventId(7), what: Fact::ProspectBlocked });
        events.iter().for_each(|event| state.apply(event));
        state.rewind(100);
        assert_eq!(state, State::new(100));
    }
}
