//! From the words of a check to a figure of the runs: "P(extinction)", "mean adopters by day 10", "F(t=1 yr)".
//!
//! What is not understood is not guessed at: the check is skipped, and the suite says so.

/// How a quantity is computed from the runs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The share of runs for which it holds.
    Chance(When),
    /// The mean of a measure over those runs.
    Mean { measure: &'static str, per: Per, when: When },
    /// The mean number of customers by the end of a day.
    ByDay { day: u32, per: Per },
    /// The greatest value of a measure in any run.
    Max(&'static str),
    /// The ratio of the means of two measures.
    Ratio(&'static str, &'static str),
    /// The mean day on which the customers reach so large a share of the people.
    DayOfShare(f64),
    /// The day on which the mean curve of customers rises fastest.
    PeakDay,
    /// The mean curve on that day, as a share of the people.
    ShareAtPeak,
    /// Those who know of it, the first customer included, and what follows from their number.
    Know(Follows),
    /// The ratio unhappy : satisfied at which as many bad words are told as good ones.
    EvenRatio,
    /// What a programme earns, beside the same market without it.
    Programme(Earns),
}

/// What a measure is divided by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Per {
    /// Nothing.
    Run,
    /// All people.
    Person,
    /// The value of a point.
    Point,
    /// This number.
    Number(f64),
}

/// What a programme earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earns {
    /// What it brings beyond what would have come anyway, less its cost.
    Net,
    /// That as a share of its cost.
    Roi,
    /// The reward for each referred customer at which that is nothing.
    BreakEven,
}

/// Which market of a case that describes more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Market {
    /// The one it describes first.
    Usual,
    /// The same, where nobody says a bad word.
    NoBadWords,
    /// The same, without its programme.
    ProgrammeOff,
    /// The same, where the programme has this budget \[hundredths\], or none.
    Budget(Option<u64>),
}

/// What follows from how many know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Follows {
    /// Nothing: their number itself.
    Number,
    /// So large a share of them is lost.
    Lost(f64),
    /// What whole customers lost cost in a year of 52 weeks, at so much a week, so large a share being lost.
    YearlyLoss {
        /// What one customer spends in a week.
        weekly: f64,
        /// The share that is lost.
        share: f64,
    },
}

/// Which runs.
#[derive(Debug, Clone, PartialEq)]
pub enum When {
    /// All of them.
    Always,
    /// A measure has this value.
    Equal(&'static str, i64),
    /// A measure has this value or more.
    AtLeast(&'static str, i64),
    /// It died out before it took off.
    Extinct,
    /// It reached more than the share that the model calls large.
    Large,
}

/// A quantity that is understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// How it is computed.
    pub what: What,
    /// The moment up to which runs are played, if it says so \[days\].
    pub until: Option<f64>,
    /// The number of adopters that counts as taken off, if it says so.
    pub taken_off: Option<u32>,
    /// The market that it is about.
    pub market: Market,
}

/// The share of the customers who learn of a bad experience that are lost, where no check of the case says it.
const LOST: f64 = 0.25;

impl Quantity {
    /// Understands the quantities of a case, each or not; what one says may be needed by another.
    pub fn read_all<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<Option<Quantity>> {
        let mut quantities: Vec<Option<Quantity>> = texts.map(Quantity::read).collect();
        let lost = quantities.iter().flatten().find_map(|quantity| match quantity.what {
            What::Know(Follows::Lost(share)) => Some(share),
            _ => None,
        });
        for quantity in quantities.iter_mut().flatten() {
            if let (What::Know(Follows::YearlyLoss { share, .. }), Some(lost)) = (&mut quantity.what, lost) {
                *share = lost;
            }
        }
        quantities
    }

    /// Understands a quantity, or says nothing. Of "a = b" either side will do; what is in brackets after a phrase, or
    /// after a comma, is said for the reader.
    pub fn read(text: &str) -> Option<Quantity> {
        let plain = |what| Some(Quantity { what, until: None, taken_off: None, market: Market::Usual });
        if let Some(what) = named(text) {
            return plain(what);
        }
        if let Some((market, rest)) = market(text) {
            return Quantity::read(rest).map(|quantity| Quantity { market, ..quantity });
        }
        if let Some((left, right)) = text.split_once(" = ") {
            return Quantity::read(left).or_else(|| Quantity::read(right));
        }
        let (text, taken_off) = match text.split_once(" - stop a run as \"took off\" at ") {
            Some((text, limit)) => {
                let digits: String = limit.strip_suffix(" adopters")?.chars().filter(|c| *c != ',').collect();
                (text, Some(digits.parse().ok().filter(|limit| (2..=1_000_000).contains(limit))?))
            }
            None => (text, None),
        };
        if let Some(inside) = text.strip_prefix("P(") {
            let (inside, rest) = inside.split_once(')')?;
            let said = rest.is_empty() || rest.starts_with(" from one random seed") || rest.starts_with('=');
            let what = said.then(|| condition(inside)).flatten().map(What::Chance)?;
            return plain(what).map(|quantity| Quantity { taken_off, ..quantity });
        }
        if let Some(what) = curve(text) {
            return plain(what);
        }
        let text = text.split(" (").next()?.split(", ").next()?;
        let (text, when) = match text.split_once(" given ") {
            Some((text, condition_text)) => (text, condition(condition_text)?),
            None => (text, When::Always),
        };
        let day = [" by day ", " at day ", " at t="].iter().find_map(|words| text.split_once(words));
        let (text, day) = match day {
            Some((text, day)) => (text, Some(days(day.strip_suffix(" d").unwrap_or(day))?)),
            None => (text, None),
        };
        let (measure, per) = measure(text)?;
        let quantity = |what, until| Some(Quantity { what, until, taken_off, market: Market::Usual });
        match day {
            // Whole days are read from the daily numbers, and runs go on to the last one that is asked for.
            Some(day) if measure == "customers" && when == When::Always && day.fract() == 0.0 => {
                quantity(What::ByDay { day: day as u32, per }, Some(day))
            }
            until => quantity(What::Mean { measure, per, when }, until),
        }
    }
}

/// The longest time that a case may ask for \[days\].
const DAYS_MAX: f64 = 100.0 * 365.0;

fn days(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|day| (0.0..=DAYS_MAX).contains(day))
}

/// The market that a quantity names beside the figure, and the figure.
fn market(text: &str) -> Option<(Market, &str)> {
    if let Some((figure, _)) = text.split_once(" with no negative word") {
        return Some((Market::NoBadWords, figure));
    }
    if let Some(figure) = text.strip_suffix(", programme off") {
        return Some((Market::ProgrammeOff, figure));
    }
    if let Some(figure) = text.strip_suffix(", programme on") {
        return Some((Market::Usual, figure));
    }
    if let Some(figure) = text.strip_prefix("no budget given: ") {
        return Some((Market::Budget(None), figure));
    }
    let (budget, figure) = text.strip_prefix("budget ")?.split_once(": ")?;
    let budget: f64 = budget.trim().parse().ok().filter(|budget| (0.0..=BUDGET_MAX).contains(budget))?;
    Some((Market::Budget(Some((budget * 100.0).round() as u64)), figure))
}

/// The greatest budget of a case.
const BUDGET_MAX: f64 = 1e9;

/// Measures by the words of the cases, and what they are divided by.
fn measure(text: &str) -> Option<(&'static str, Per)> {
    let text = text.strip_suffix(" / left over").unwrap_or(text);
    if let Some((text, number)) = text.split_once(" / ") {
        let number = number.trim().parse().ok().filter(|number: &f64| *number > 0.0 && number.is_finite())?;
        return whole_measure(text).map(|name| (name, Per::Number(number)));
    }
    Some(match text {
        "mean adopted fraction" | "final adopted fraction" | "adopted fraction" | "final fraction" => {
            ("customers", Per::Person)
        }
        "final blocked fraction" => ("blocked", Per::Person),
        "expected points granted" => ("reward_worth", Per::Point),
        _ => (whole_measure(text)?, Per::Run),
    })
}

fn whole_measure(text: &str) -> Option<&'static str> {
    Some(match text {
        "mean total adopters" | "mean adopters" | "expected adopters" | "adopters" => "customers",
        "mean customers" | "expected customers" | "customers" | "customers incl. word of mouth" => "customers",
        "mean depth" => "cascade_depth",
        "mean number of positive words told" | "mean positive words told" | "positive words told" => "words_good",
        "mean number of negative words told" | "mean negative words told" | "negative words told" => "words_bad",
        // Of runs with one customer each.
        "unhappy who still spread bad word" => "unhappy",
        "negative words per customer" => "words_bad",
        "expected views" => "reviews_read",
        "direct customers" => "customers_by_influencer",
        "referred customers" | "referred paying customers" => "customers_by_word",
        "expected referred friends" | "expected successes" => "customers_by_word",
        "tells" => "words_good",
        "signups" => "sign_ups",
        "complaints filed" => "complaints",
        "undiscounted margin" => "margin",
        "profit" => "profit",
        "reward cost" | "rewards cost" | "total reward cost" | "expected spend" | "expected cash cost" => "reward_cost",
        "signup rewards paid" => "reward_cost_sign_up",
        "first-purchase rewards paid" => "reward_cost_first_purchase",
        "each-later-purchase rewards paid" => "reward_cost_later_purchase",
        "expected payout" | "expected payout per advocate" => "reward_worth",
        "rewards granted" | "expected rewards granted" => "referrals_rewarded",
        "mean time of the last affordable reward" => "last_reward_day",
        // Of runs with one conversion each.
        "fraction of conversions that earn the reward" => "referrals_rewarded",
        // Rewards in kind are counted in their own unit.
        _ => {
            let unit = text.strip_prefix("expected ")?.strip_suffix(" granted")?;
            is_unit(unit).then_some("reward_worth")?
        }
    })
}

/// "MB", "GB".
fn is_unit(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Quantities that have a name of their own.
fn named(text: &str) -> Option<What> {
    let mean = |measure| Some(What::Mean { measure, per: Per::Run, when: When::Always });
    match text {
        "ratio of means negative/positive" => return Some(What::Ratio("words_bad", "words_good")),
        "unhappy:satisfied ratio at which negative words equal positive words" => return Some(What::EvenRatio),
        "cost per customer, direct" => return Some(What::Ratio("influencer_cost", "customers_by_influencer")),
        "cost per customer incl. WOM" => return Some(What::Ratio("influencer_cost", "customers")),
        "time of peak adoption rate (days)" => return Some(What::PeakDay),
        "F at the peak" => return Some(What::ShareAtPeak),
        "P(buys again | problem)" => return mean("repeat_customers"),
        "P(refers)" => return mean("participants"),
        "expected views for ever" => return mean("reviews_read"),
        "people who know, incl. the customer" => return Some(What::Know(Follows::Number)),
        "max rewards" => return Some(What::Max("referrals_rewarded")),
        "budget never overdrawn: max spend" => return Some(What::Max("reward_cost")),
        "ROI" => return Some(What::Programme(Earns::Roi)),
        "break-even total reward per referral" => return Some(What::Programme(Earns::BreakEven)),
        _ => {}
    }
    let begins = |words: &str| text.starts_with(words);
    match () {
        () if begins("CLV, margin at t=0") => return mean("margin_discounted"),
        () if begins("CLV undiscounted") => return mean("margin"),
        () if begins("mean number of purchases") => return mean("purchases"),
        () if begins("net incremental profit") => return Some(What::Programme(Earns::Net)),
        () => {}
    }
    if let Some(share) = text.strip_prefix("lost customers at ") {
        let (above, below) = share.split_once('/')?;
        let (above, below): (f64, f64) = (above.trim().parse().ok()?, below.trim().parse().ok()?);
        return (above >= 0.0 && below > 0.0).then_some(What::Know(Follows::Lost(above / below)));
    }
    let weekly = text.strip_prefix("yearly loss at $")?.split_once("/week")?.0.parse().ok();
    weekly
        .filter(|weekly: &f64| weekly.is_finite())
        .map(|weekly| What::Know(Follows::YearlyLoss { weekly, share: LOST }))
}

/// "F(t=1 yr)", "f_circle(10)", "T16: day when 16% have adopted".
fn curve(text: &str) -> Option<What> {
    let at = |day: f64| {
        let whole = (0.0..=DAYS_MAX).contains(&day) && day.fract() == 0.0;
        whole.then_some(What::ByDay { day: day as u32, per: Per::Person })
    };
    if let Some(inside) = text.strip_prefix("F(t=").and_then(|rest| rest.strip_suffix(')')) {
        let (number, unit) = inside.split_once(' ')?;
        let unit = match unit {
            "yr" => 365.0,
            "d" => 1.0,
            _ => return None,
        };
        return at(number.parse::<f64>().ok()? * unit);
    }
    if let Some(inside) = text.strip_prefix("f_circle(").and_then(|rest| rest.strip_suffix(')')) {
        return at(inside.parse().ok()?);
    }
    let (_, percent) = text.split_once(": day when ")?;
    let percent = percent.strip_suffix("% have adopted")?.trim().parse::<f64>().ok()?;
    (percent > 0.0 && percent <= 100.0).then_some(What::DayOfShare(percent / 100.0))
}

/// "total=3", "depth>=2", "extinction", "large outbreak".
fn condition(text: &str) -> Option<When> {
    let measure = |name: &str| match name {
        "total" | "size" => Some("customers"),
        "depth" => Some("cascade_depth"),
        _ => None,
    };
    let number = |text: &str| text.trim().parse().ok().filter(|number| (0..=1_000_000).contains(number));
    if let Some((name, text)) = text.split_once(">=") {
        return Some(When::AtLeast(measure(name)?, number(text)?));
    }
    if let Some((name, text)) = text.split_once('=') {
        return Some(When::Equal(measure(name)?, number(text)?));
    }
    if let Some(renewals) = text.strip_prefix("still active after ").and_then(|rest| rest.strip_suffix(" renewals")) {
        return number(renewals).map(|renewals| When::AtLeast("purchases", renewals + 1));
    }
    match text {
        "some reward denied by the cap" | "at least one reward denied" => Some(When::AtLeast("rewards_denied", 1)),
        "extinction" => Some(When::Extinct),
        "large outbreak" | "outbreak" => Some(When::Large),
        _ => None,
    }
}

impl Quantity {
    /// Until when its runs are played, by its own words \[days\].
    pub fn horizon(&self) -> Option<f64> {
        match self.what {
            What::ByDay { day, .. } => Some(f64::from(day)),
            _ => self.until,
        }
    }

    /// Whether it is about all time, whatever the days of its case.
    pub fn is_unbounded(&self) -> bool {
        matches!(self.what, What::Mean { measure: "last_reward_day", .. })
    }

    /// Whether it is read from the daily numbers of runs that go on for longer.
    pub fn is_daily(&self) -> bool {
        matches!(self.what, What::ByDay { .. } | What::PeakDay | What::ShareAtPeak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Quantity {
        Quantity::read(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn mean(measure: &'static str, when: When) -> What {
        What::Mean { measure, per: Per::Run, when }
    }

    #[test]
    fn chances_and_means_are_understood_by_their_words() {
        assert_eq!(read("P(no conversion at all) = P(total=1)").what, What::Chance(When::Equal("customers", 1)));
        let quantity = read("P(extinction) - stop a run as \"took off\" at 7,500 adopters");
        assert_eq!((quantity.what, quantity.taken_off), (What::Chance(When::Extinct), Some(7_500)));
        assert_eq!(read("P(large outbreak)=1-1/R0").what, What::Chance(When::Large));
        assert_eq!(read("mean depth given extinction").what, mean("cascade_depth", When::Extinct));
        assert_eq!(read("mean total adopters, one random seed").what, mean("customers", When::Always));
        let fraction = What::Mean { measure: "customers", per: Per::Person, when: When::Large };
        assert_eq!(read("final fraction given outbreak").what, fraction);
        assert_eq!(read("adopted fraction with no negative word (same R)").market, Market::NoBadWords);
        assert_eq!(read("customers incl. word of mouth").what, mean("customers", When::Always));
        let quantity = read("unhappy who still spread bad word (share of customers)");
        assert_eq!(quantity.what, mean("unhappy", When::Always));
    }

    #[test]
    fn days_are_understood_by_their_words() {
        let quantity = read("mean adopters by day 6.9");
        assert_eq!((quantity.what, quantity.until), (mean("customers", When::Always), Some(6.9)));
        assert_eq!(read("adopters at day 70").what, What::ByDay { day: 70, per: Per::Run });
        assert_eq!(read("mean adopted fraction at t=20 d").what, What::ByDay { day: 20, per: Per::Person });
        assert_eq!(read("F(t=2 yr)").what, What::ByDay { day: 730, per: Per::Person });
        assert_eq!(read("f_circle(40)").what, What::ByDay { day: 40, per: Per::Person });
        assert_eq!(read("T95: day when 95% have adopted").what, What::DayOfShare(0.95));
        let quantity = read("expected views by day 30");
        assert_eq!((quantity.what, quantity.until), (mean("reviews_read", When::Always), Some(30.0)));
    }

    #[test]
    fn money_is_understood_by_its_words() {
        assert_eq!(read("CLV, margin at t=0,1,2.. (=m(1+i)/(1+i-r))").what, mean("margin_discounted", When::Always));
        assert_eq!(read("CLV undiscounted (= value x lifespan)").what, mean("margin", When::Always));
        let active = What::Chance(When::AtLeast("purchases", 4));
        assert_eq!(read("P(still active after 3 renewals)").what, active);
        let off = read("referred customers, programme off");
        assert_eq!((off.what, off.market), (mean("customers_by_word", When::Always), Market::ProgrammeOff));
        assert_eq!(read("referred customers, programme on").market, Market::Usual);
        assert_eq!(read("ROI = net/cost").what, What::Programme(Earns::Roi));
        assert_eq!(read("expected GB granted").what, mean("reward_worth", When::Always));
        let budget = read("budget 39.99: rewards granted / left over");
        let rewarded = mean("referrals_rewarded", When::Always);
        assert_eq!((budget.what, budget.market), (rewarded, Market::Budget(Some(3_999))));
        assert_eq!(read("no budget given: rewards granted").market, Market::Budget(None));
        assert_eq!(read("profit = margin - rewards").what, mean("profit", When::Always));
        let each = What::ByDay { day: 30, per: Per::Number(500.0) };
        assert_eq!(read("mean adopters / 500 at day 30 (one full cycle)").what, each);
    }

    #[test]
    fn what_follows_from_those_who_know_takes_their_share_from_its_neighbour() {
        let texts = ["lost customers at 1/5", "yearly loss at $50/week x 17 lost"];
        let found: Vec<What> = Quantity::read_all(texts.into_iter()).into_iter().flatten().map(|q| q.what).collect();
        let expected = [Follows::Lost(0.2), Follows::YearlyLoss { weekly: 50.0, share: 0.2 }].map(What::Know);
        assert_eq!(found, expected);
    }

    #[test]
    fn strange_quantities_are_not_guessed_at() {
        for strange in [
            "final granted fraction",
            "budget of 40: rewards granted",
            "budget -1: rewards granted",
            "P(rewards=3)",
            "P(total=3) after the war",
            "mean adopters per head",
            "mean adopters by day -1",
            "mean adopters by day 1e300",
            "mean adopters by day NaN",
            "F(t=1.5 d)",
            "T0: day when 0% have adopted",
            "lost customers at 1/0",
            "P(extinction) - stop a run as \"took off\" at 0 adopters",
            "P(",
            " = ",
            "",
        ] {
            assert_eq!(Quantity::read(strange), None, "{strange}");
        }
    }
}
