//! The questions, each with a line of help, and how they are asked: a flag goes first, then whoever sits at the other end.

use super::answers::{Answers, Programme, SellsTo};
use crate::cli::{Failure, hint};
use crate::draw;
use crate::report::words::count;
use crate::scenario::advice;
use crate::scenario::money::{Money, Sign, parse_money};
use crate::scenario::values::{Refusal, nearest, parse_percent, print_percent, quoted};
use std::io::{BufRead, IsTerminal, Read, Write};

/// Longest answer that is read \[bytes\].
const ANSWER_MAX: u64 = 1 << 10;

/// One question.
pub(super) struct Question {
    /// Its number of five, and what is asked.
    ask: &'static str,
    /// What to think of.
    help: &'static str,
    /// The flag that answers it, without its hyphens.
    pub flag: &'static str,
    /// Whether it is asked at all after these answers, and if so what holds without one.
    usual: fn(&Answers) -> Option<String>,
    /// Takes an answer in.
    take: fn(&Answers, &str) -> Result<Answers, Refusal>,
}

/// The questions in the order in which they are asked; the last one belongs to the one before.
pub(super) const QUESTIONS: [Question; 6] = [
    Question {
        ask: "1 of 5  How many people could buy it?",
        help: "everybody who might ever be a customer: a town, a trade, your followers",
        flag: "people",
        usual: |answers| Some(count(answers.people as i64)),
        take: |answers, answer| {
            let people = whole(answer)?;
            Ok(Answers { people, customers: (people / 100).max(1), ..answers.clone() })
        },
    },
    Question {
        ask: "2 of 5  How many of them are customers at the start?",
        help: "they begin to talk on the first day",
        flag: "customers",
        usual: |answers| Some(count(answers.customers as i64)),
        take: |answers, answer| Ok(Answers { customers: whole(answer)?, ..answers.clone() }),
    },
    Question {
        ask: "3 of 5  What does one purchase cost?",
        help: "with the currency in three letters, such as 9.90 EUR or 500 JPY",
        flag: "price",
        usual: |answers| Some(answers.price.to_string()),
        take: |answers, answer| Ok(Answers { price: parse_money(answer, Sign::NonNegative)?, ..answers.clone() }),
    },
    Question {
        ask: "4 of 5  To whom do you sell?",
        help: "consumers, firms (who take months), telecom, finance, or other",
        flag: "sells-to",
        usual: |_| Some("consumers".to_owned()),
        take: |answers, answer| {
            let place = one_of(answer, &SellsTo::ALL.map(|(_, name, _)| name))?;
            Ok(Answers { sells_to: SellsTo::ALL[place].0, ..answers.clone() })
        },
    },
    Question {
        ask: "5 of 5  Who is rewarded when a friend buys?",
        help: "nobody, one_sided (who brought the friend), two_sided (both),\n        \
               affiliate (a share of each purchase), tiers (who brings more gets more)",
        flag: "programme",
        usual: |_| Some("two_sided".to_owned()),
        take: |answers, answer| {
            let name = Programme::NAMES[one_of(answer, &Programme::NAMES)?];
            Ok(Answers { programme: Programme::usual(name, answers.usual_reward()), ..answers.clone() })
        },
    },
    Question {
        ask: "        And how much?",
        help: "for each friend who buys; for affiliates a share such as 10 %",
        flag: "reward",
        usual: |answers| match answers.programme {
            Programme::Nobody => None,
            Programme::OneSided(reward) | Programme::TwoSided(reward) | Programme::Tiers(reward) => {
                Some(reward.to_string())
            }
            Programme::Affiliate(share) => Some(print_percent(share)),
        },
        take: |answers, answer| {
            let reward = || reward(answer, answers);
            let programme = match answers.programme {
                Programme::Nobody => Programme::Nobody,
                Programme::OneSided(_) => Programme::OneSided(reward()?),
                Programme::TwoSided(_) => Programme::TwoSided(reward()?),
                Programme::Tiers(_) => Programme::Tiers(reward()?),
                Programme::Affiliate(_) => Programme::Affiliate(parse_percent(answer)?),
            };
            Ok(Answers { programme, ..answers.clone() })
        },
    },
];

fn whole(answer: &str) -> Result<u64, Refusal> {
    let refusal = || Refusal::new(quoted(answer), "a whole number, such as 500, 10,000 or 2 million");
    advice::whole(answer).filter(|&number| i64::try_from(number).is_ok()).ok_or_else(refusal)
}

/// An amount; a bare number is in the currency of the price, for there can be no other.
fn reward(answer: &str, answers: &Answers) -> Result<Money, Refusal> {
    let is_bare = answer.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let currency = if is_bare { format!(" {}", answers.price.currency.code()) } else { String::new() };
    parse_money(&format!("{answer}{currency}"), Sign::NonNegative)
}

/// The place of one of these words.
fn one_of(answer: &str, names: &[&str]) -> Result<usize, Refusal> {
    let word = answer.trim().to_lowercase().replace(['-', ' '], "_");
    let word = match word.as_str() {
        "both" | "both_sides" => "two_sided".to_owned(),
        "no" | "none" | "no_one" => "nobody".to_owned(),
        _ => word,
    };
    names.iter().position(|name| *name == word).ok_or_else(|| {
        let refusal = Refusal::new(quoted(answer), format!("one of {}", names.join(", ")));
        match nearest(&word, names.iter().copied()) {
            Some(name) => refusal.with_hint(format!("did you mean {name}?")),
            None => refusal,
        }
    })
}

/// Who gives the answers that no flag gives.
pub(super) struct Given {
    /// Whether nobody is asked.
    is_silent: bool,
    /// Whether a person can be asked again.
    is_person: bool,
    /// Whether there are no more answers.
    ended: bool,
}

impl Given {
    /// By whoever is at the other end of the standard input; nobody where nothing is to be asked.
    pub fn new(is_silent: bool) -> Given {
        Given { is_silent, is_person: std::io::stdin().is_terminal(), ended: false }
    }

    /// Whether the answers ended before the questions did.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The answers so far with one more, which is found right.
    pub fn answer(&mut self, question: &Question, flag: Option<&str>, answers: Answers) -> Result<Answers, Failure> {
        let flag_name = format!("--{}", question.flag);
        let refuse = |why: String| Failure::User(format!("error: {flag_name}: {why}"));
        let Some(usual) = (question.usual)(&answers) else {
            return match flag {
                Some(_) => Err(refuse("nobody is rewarded; --programme says who is".to_owned())),
                None => Ok(answers),
            };
        };
        if let Some(answer) = flag {
            return taken(question, &answers, answer).map_err(refuse);
        }
        loop {
            let answer = if self.is_silent || self.ended { None } else { self.ask(question, &usual)? };
            let Some(answer) = answer else {
                // Nobody is left to be asked, so if this cannot stand, nothing can.
                return taken(question, &answers, &usual).map_err(refuse);
            };
            match taken(question, &answers, if answer.is_empty() { &usual } else { &answer }) {
                Ok(answers) => return Ok(answers),
                Err(why) if self.is_person => hint(&format!("        {why}")),
                Err(why) => return Err(refuse(why)),
            }
        }
    }

    /// Asks for a line; nothing where there are no more.
    fn ask(&mut self, question: &Question, usual: &str) -> Result<Option<String>, Failure> {
        let Question { ask, help, .. } = question;
        let failed = |error: std::io::Error| Failure::World(format!("error: the answers cannot be read: {error}"));
        let mut err = std::io::stderr();
        // Nobody who looks away has to be told that.
        let _ = write!(err, "\n{ask}\n        {help}\n        [{usual}] ").and_then(|()| err.flush());
        let mut line = String::new();
        self.ended = std::io::stdin().lock().take(ANSWER_MAX).read_line(&mut line).map_err(failed)? == 0;
        let answer = draw::clean(&line);
        if !self.is_person {
            hint(&answer);
        }
        Ok((!self.ended).then_some(answer))
    }
}

/// The answers with this one, or why it is not taken.
fn taken(question: &Question, answers: &Answers, answer: &str) -> Result<Answers, String> {
    let answers = (question.take)(answers, answer).map_err(|Refusal { found, allowed, hint }| {
        let hint = hint.map_or(String::new(), |hint| format!(" ({hint})"));
        format!("found {found}; allowed: {allowed}{hint}")
    })?;
    answers.check()?;
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All answers, each question answered with the word of its flag or as by default.
    fn answered(words: &[(&str, &str)]) -> Result<Answers, String> {
        QUESTIONS.iter().try_fold(Answers::usual("test".to_owned()), |answers, question| {
            let word = words.iter().find(|(flag, _)| *flag == question.flag).map(|(_, word)| (*word).to_owned());
            match word.or_else(|| (question.usual)(&answers)) {
                Some(word) => taken(question, &answers, &word),
                None => Ok(answers),
            }
        })
    }

    #[test]
    fn whatever_is_sold_to_whomever_under_whichever_programme_is_a_scenario() {
        let markets = [("1", "0.01 USD"), ("50", "500 JPY"), ("10k", "1234.56 EUR"), ("2 million", "9.90 RUB")];
        for (place, (_, whom, _)) in SellsTo::ALL.iter().enumerate() {
            for (number, programme) in Programme::NAMES.iter().enumerate() {
                // Each programme, and each that it is sold to, meets each market.
                let (people, price) = markets[(place + number) % markets.len()];
                let words = [("people", people), ("price", price), ("sells-to", whom), ("programme", programme)];
                answered(&words).unwrap_or_else(|why| panic!("{words:?}: {why}"));
            }
        }
    }

    #[test]
    fn a_wrong_answer_is_refused_by_the_question_that_it_answers() {
        for (flag, word, says) in [
            ("people", "many", "a whole number"),
            ("people", "0", "1 to 134217728"),
            ("people", "999,999,999", "1 to 134217728"),
            ("customers", "20k", "0 to 10000"),
            ("price", "9.90", "write \"9.90 USD\""),
            ("price", "9,90 EUR", "write \"9.90 EUR\""),
            ("sells-to", "consumer", "did you mean consumers?"),
            ("programme", "two sides", "did you mean two_sided?"),
            ("reward", "2 EUR", "USD, the currency of commerce.order_value"),
            ("reward", "50", "at most 20.00 USD"),
        ] {
            let why = answered(&[(flag, word)]).expect_err(word);
            assert!(why.contains(says), "{flag} {word}: {why}");
        }
        let why = answered(&[("programme", "affiliate"), ("reward", "10")]).expect_err("no share");
        assert!(why.contains("write \"10 %\""), "{why}");
    }

    #[test]
    fn fewer_people_have_fewer_customers_unless_it_is_said() {
        assert_eq!(answered(&[("people", "5,000")]).map(|it| it.customers), Ok(50));
        assert_eq!(answered(&[("people", "3")]).map(|it| it.customers), Ok(1));
        assert_eq!(answered(&[("people", "5,000"), ("customers", "7")]).map(|it| it.customers), Ok(7));
    }
}
