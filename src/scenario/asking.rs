//! `[asking]`, `[invitations]`, `[community]`: how customers are brought to refer, and to refer again.

use super::incentives::read_amount;
use super::money::{Currency, Money};
use super::reader::Reader;
use super::reference::reference;
use super::telling::AudienceKind;
use super::values::print_duration;
use crate::engine::{Community, Invitations, Prompt, Rule, Talking};
use crate::event::Medium;
use crate::units::{Cents, Probability, Tick};

/// What decides whether anybody can be told twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'a> {
    pub audience: AudienceKind,
    pub rule: Rule,
    pub talking: Option<&'a Talking>,
}

impl Manner<'_> {
    /// Why nobody can be told twice, if so.
    fn against_telling_twice(self) -> Option<&'static str> {
        match (self.audience, self.rule) {
            (AudienceKind::Fresh, _) => Some("telling.audience is \"fresh\": every word reaches somebody new"),
            (_, Rule::Threshold) => Some("conversion.rule is \"threshold\": each friend counts once"),
            _ => None,
        }
    }
}

/// The most prompts of a list.
const PROMPTS_MAX: usize = 100;

/// The prompts, in order of time.
pub(super) fn read_prompts(root: &Reader<'_>, order: Money, manner: Manner<'_>) -> Vec<Prompt> {
    let Some(table) = root.optional_table("asking") else { return vec![] };
    let fading = table.optional_duration("fading");
    if fading == Some(Tick::ZERO) {
        table.refuse("fading", "no time at all", "at least \"1 minute\"; left out, nothing fades", None);
    }
    let tables = table.tables("prompts");
    if tables.is_empty() || tables.len() > PROMPTS_MAX {
        let found = format!("{} prompts", tables.len());
        table.refuse("prompts", found, format!("1 to {PROMPTS_MAX} tables [[asking.prompts]]"), None);
    }
    let mut prompts: Vec<Prompt> = vec![];
    for table in &tables {
        let prompt = read_prompt(table, order, fading);
        let later = prompt.after > Tick::ZERO && manner.talking.is_none();
        if let Some(reason) = manner.against_telling_twice().filter(|_| later) {
            let found = format!("a prompt after {}", print_duration(prompt.after));
            table.refuse("after", found, format!("\"0 days\" where {reason}"), None);
        }
        if let Some(before) = prompts.last().filter(|before| before.after > prompt.after) {
            let found = format!("{} after {}", print_duration(prompt.after), print_duration(before.after));
            table.refuse("after", found, "prompts in order of time", None);
        }
        prompts.push(prompt);
    }
    prompts
}

/// The chance that a willing customer agrees, and what asking her costs [US cents].
fn usual(by: Medium) -> (f64, i64) {
    match by {
        // Facts no. 14: a quarter right after the sale.
        Medium::Staff => (0.25, 0),
        // Facts no. 16, practice only.
        Medium::Email => (0.02, 1),
        Medium::Sms => (0.04, 5),
        Medium::Phone => (0.12, 3_00),
        // Assumptions: a banner is seen in passing, a talk with sales costs what a call costs.
        Medium::Banner => (0.01, 0),
        Medium::Sales => (0.15, 3_00),
    }
}

fn read_prompt(table: &Reader<'_>, order: Money, fading: Option<Tick>) -> Prompt {
    let after = table.duration("after", Tick::ZERO);
    let by = Medium::from_name(table.choice("by", Medium::Staff.name(), Medium::NAMES)).unwrap_or(Medium::Staff);
    let (chance, cents) = usual(by);
    let chance = table.probability("chance", chance);
    let faded = match fading.filter(|fading| *fading > Tick::ZERO) {
        Some(fading) => chance * libm::exp(-after.days() / fading.days()),
        None => chance,
    };
    let cost = read_amount(table, "cost", order, in_dollars(cents, order));
    let reach = Probability::clamped(table.probability("reach", 1.0));
    Prompt { after, by, chance: Probability::clamped(faded), cost, reach }
}

/// A usual amount where money is in US dollars; what it is elsewhere nobody can say.
fn in_dollars(cents: i64, order: Money) -> Cents {
    if order.currency == Currency::USD { Cents(cents) } else { Cents::ZERO }
}

/// How invitations are repeated, if they are.
pub(super) fn read_invitations(root: &Reader<'_>, manner: Manner<'_>, prompts: &[Prompt]) -> Option<Invitations> {
    let table = root.optional_table("invitations")?;
    if let Some(reason) = manner.against_telling_twice() {
        table.refuse("", "repeated invitations", format!("none where {reason}"), None);
    }
    if manner.talking.is_some() {
        let allowed = "none where telling.mode is \"rate\": who talks on invites again anyway";
        table.refuse("", "repeated invitations", allowed, None);
    }
    let repeat_after = table.duration("repeat_after", Tick(14 * Tick::PER_DAY));
    let most = table.whole("most", 2, 2..=u64::from(Invitations::MOST)) as u8;
    if most == Invitations::MOST && prompts.iter().any(|prompt| prompt.after > Tick::ZERO) {
        let allowed = "at most 7 where customers are asked after \"0 days\": their first words count too";
        table.refuse("most", most.to_string(), allowed, None);
    }
    Some(Invitations { repeat_after, most })
}

/// The community, if there is one. The source articles give no numbers: all of these are assumptions.
pub(super) fn read_community(root: &Reader<'_>, order: Money) -> Option<Community> {
    let table = root.optional_table("community")?;
    let join = Probability::clamped(table.probability("join", 0.20));
    let participation = Probability::clamped(table.probability("participation", 0.05));
    let cost = read_amount(&table, "cost", order, in_dollars(10, order));
    Some(Community { join, participation, cost })
}

reference! {
    /// Customers are asked to refer.
    ///
    /// Each satisfied customer either refers unasked, or is willing, or never will: see `[participation]`. A prompt reaches
    /// those who do not refer yet, and of the willing among them each agrees with the chance of the prompt. So no prompt
    /// brings more to refer than are willing. Who tells nobody (`telling.advocacy`) is not asked, nor who has lapsed.
    [asking] with ["[[asking.prompts]]\n[asking]\nfading = '30 days'"] {
        /// Excitement fades: each chance is multiplied by exp(-after / fading), so state chances as they are right after the
        /// sale.
        fading = "none: nothing fades" in "at least \"1 minute\"",
    }
    /// One asking.
    ///
    /// The prompts stand in order of time. One at "0 days" comes before her words, which then carry a code. After a later
    /// one she invites the people whom she told; that is refused where nobody can be told twice: with the audience "fresh"
    /// and with the rule "threshold" (in rate mode her later words carry the code).
    ///
    /// Defaults of `chance` and `cost` for each `by`: staff 25 %, free; email 2 %, 0.01 USD; sms 4 %, 0.05 USD; phone 12 %,
    /// 3.00 USD (practice only); banner 1 %, free; sales 15 %, 3.00 USD (assumptions). In any other currency the default
    /// cost is zero: say what it is.
    [[asking.prompts]] with ["[[asking.prompts]]"] {
        /// From the experience, or from the resolution of a complaint that left her satisfied.
        after,
        /// By which means; it gives the defaults of chance and cost.
        by,
        /// Chance that a willing customer agrees.
        chance = "by the means",
        /// Price of each asking, whether she agrees or not.
        cost = "by the means",
        /// Chance that it reaches her; of e-mails, 1 to 5 % of customers allow any.
        reach,
    }
    /// Participants invite again.
    ///
    /// They repeat their coded words to those of the people they told who are still prospects; a word by a channel that
    /// reaches strangers goes to another stranger. What a repetition loses is said by `conversion.dose`, which counts
    /// the good words that the hearer has heard: `[1.0, 0.7]`. Refused with the audience "fresh", in rate mode, and with
    /// the rule "threshold". Without this table nobody is invited twice.
    [invitations] {
        /// From one invitation to the next.
        repeat_after,
        /// Invitations of one person in all, the first included; 7 where customers are asked after "0 days".
        most,
    }
    /// The community of customers.
    ///
    /// Customers who are not unhappy may join at the experience. That communities help is said without numbers, so all defaults
    /// are assumptions. Without this table there is none.
    [community] {
        /// Chance that a customer joins.
        join,
        /// What is added to a member's chance of referring unasked, up to `participation.willing`.
        participation,
        /// What each member costs a month of 30 days, the first at joining, while she has not lapsed; zero by default in
        /// other currencies than US dollars.
        cost,
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn read(text: &str) -> Result<Scenario, String> {
        Scenario::parse("x.toml", text, Path::new(""), Overrides::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_chance_of_a_prompt_fades_from_the_purchase_on_where_it_is_said_to() {
        let prompts =
            "asking.prompts = [{ chance = 0.5 }, { after = '30 days', chance = 0.5 }, { after = '60 days' }]\n";
        let chances = |text: &str| {
            let world = read(text).expect("a scenario").into_experiment().world;
            world.prompts.iter().map(|prompt| prompt.chance.value()).collect::<Vec<f64>>()
        };
        assert_eq!(chances(prompts), [0.5, 0.5, 0.25]);
        let fading = chances(&format!("asking.fading = '30 days'\n{prompts}"));
        let e = std::f64::consts::E;
        for (chance, expected) in fading.iter().zip([0.5, 0.5 / e, 0.25 / (e * e)]) {
            assert!((chance - expected).abs() < 1e-9, "{fading:?}");
        }
    }

    #[test]
    fn the_first_words_count_among_the_invitations_where_customers_are_asked_later() {
        let [at_once, later] =
            ["'0 days'", "'1 day'"].map(|after| format!("asking.prompts = [{{ after = {after} }}]\n"));
        for (prompts, most, is_right) in [(&at_once, 8, true), (&later, 7, true), (&later, 8, false)] {
            let read = read(&format!("{prompts}invitations.most = {most}\n"));
            assert_eq!(read.is_ok(), is_right, "{prompts}{most}");
        }
    }
}
