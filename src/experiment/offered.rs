//! A programme from code: an experiment that a scenario made, with other rules. What a scenario can say is said there; this
//! is the door for rules whose rewards a formula of one's own decides ([`crate::policy::OwnRule`]).

use super::Experiment;
use crate::policy::{Clauses, Rule};
use crate::units::{Cents, Payment};

/// Rules that an experiment can have at most: as many as a scenario.
const RULES_MAX: usize = 100;

/// Ten thousand ten-thousandths.
const WHOLE: u16 = 10_000;

/// Why rules cannot be played.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgrammeMistake {
    /// More rules than an experiment can have.
    #[error("{found} rules; allowed: at most {RULES_MAX}")]
    TooManyRules {
        /// How many there are.
        found: usize,
    },
    /// A rule for a segment that the scenario does not have.
    #[error(
        "rule {rule} is for the segment in place {segment}; allowed: the {segments} segments of the scenario, from 0"
    )]
    NoSuchSegment {
        /// The place of the rule, from 0.
        rule: usize,
        /// The place of the segment that it names, from 0.
        segment: u8,
        /// How many there are.
        segments: usize,
    },
    /// A value of a rule or a clause that means nothing.
    #[error("{}{key} is {found}; allowed: {allowed}", rule.map_or(String::new(), |rule| format!("rule {rule}: ")))]
    OutOfRange {
        /// The place of the rule, from 0; nothing where it is a clause.
        rule: Option<usize>,
        /// The field.
        key: &'static str,
        /// What it holds.
        found: String,
        /// What it may hold.
        allowed: &'static str,
    },
    /// A prize that is never awarded, because its rule does not end.
    #[error("rule {rule} is for a prize and has no end; allowed: a moment at which the prize is awarded")]
    EndlessPrize {
        /// The place of the rule, from 0.
        rule: usize,
    },
}

impl Experiment {
    /// The same experiment with these rules and clauses in place of its programme. People, luck and baseline chances stay, so
    /// the outcome can be held against that of the programme it had.
    ///
    /// # Errors
    /// The first rule or clause that cannot be played.
    pub fn with_programme(self, rules: &[Rule], clauses: Clauses) -> Result<Experiment, ProgrammeMistake> {
        if rules.len() > RULES_MAX {
            return Err(ProgrammeMistake::TooManyRules { found: rules.len() });
        }
        let segments = self.world.segments.len();
        for (place, rule) in rules.iter().enumerate() {
            if let Some(segment) = rule.segment.filter(|&segment| usize::from(segment) >= segments) {
                return Err(ProgrammeMistake::NoSuchSegment { rule: place, segment, segments });
            }
            if rule.trigger.is_prize() && rule.ends.is_none() {
                return Err(ProgrammeMistake::EndlessPrize { rule: place });
            }
            prove_rule(rule).map_err(|mistake| mistake.of_rule(place))?;
        }
        prove_clauses(&clauses).map_err(OutOfRange::of_clause)?;
        Ok(Experiment { world: self.world.with_programme(rules, clauses), ..self })
    }
}

/// A value out of its range.
struct OutOfRange {
    key: &'static str,
    found: String,
    allowed: &'static str,
}

impl OutOfRange {
    fn of_rule(self, place: usize) -> ProgrammeMistake {
        self.at(Some(place))
    }

    fn of_clause(self) -> ProgrammeMistake {
        self.at(None)
    }

    fn at(self, rule: Option<usize>) -> ProgrammeMistake {
        let OutOfRange { key, found, allowed } = self;
        ProgrammeMistake::OutOfRange { rule, key, found, allowed }
    }
}

fn prove(holds: bool, key: &'static str, found: impl ToString, allowed: &'static str) -> Result<(), OutOfRange> {
    if holds { Ok(()) } else { Err(OutOfRange { key, found: found.to_string(), allowed }) }
}

/// Whether an amount is one that can be paid at once.
fn is_payable(amount: Cents) -> bool {
    (0..=Payment::MAX.minor()).contains(&amount.minor())
}

fn prove_rule(rule: &Rule) -> Result<(), OutOfRange> {
    prove(rule.level >= 1, "level", rule.level, "1 to 255")?;
    prove((0.0..=100.0).contains(&rule.lift), "lift", rule.lift, "0 to 100")?;
    prove(rule.cost <= WHOLE, "cost", rule.cost, "0 to 10,000 ten-thousandths")?;
    prove(rule.redemption.share <= WHOLE, "redemption.share", rule.redemption.share, "0 to 10,000 ten-thousandths")?;
    let perceived = rule.perceived.unwrap_or(Cents::ZERO);
    prove(is_payable(perceived), "perceived", perceived.minor(), "0 to 4,294,967,295 minor units")
}

fn prove_clauses(clauses: &Clauses) -> Result<(), OutOfRange> {
    let share = 0.0..=1.0;
    prove(share.contains(&clauses.credibility_loss), "credibility_loss", clauses.credibility_loss, "0 to 1")?;
    prove(share.contains(&clauses.selection), "selection", clauses.selection, "0 to 1")?;
    let fee = clauses.platform_fee;
    prove(is_payable(fee), "platform_fee", fee.minor(), "0 to 4,294,967,295 minor units")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{RewardKind, Side};
    use crate::experiment::Programme;
    use crate::policy::{Amount, Case, Own, OwnRule, Trigger};
    use crate::scenario::{Overrides, Scenario};
    use std::path::Path;

    fn experiment(programme: &str) -> Experiment {
        let text = format!("runs = 8\ngraph.watts_strogatz.people = 1_000\nseeds.count = 50\n{programme}");
        match Scenario::parse("x.toml", &text, Path::new(""), Overrides::default()) {
            Ok(scenario) => scenario.into_experiment(),
            Err(error) => panic!("{error}"),
        }
    }

    fn five() -> Rule {
        Rule::plain(Side::Advocate, RewardKind::Cash, Payment(500))
    }

    #[test]
    fn rules_from_code_are_those_of_a_scenario() {
        let written = "[[policy.rules]]\nside = 'advocate'\namount = '5 USD'\n";
        let kinds = "[[segments]]\nname = 'fans'\nshare = '20 %'\nparticipation = '60 %'\n";
        for market in ["", kinds] {
            let from_code = experiment(market).with_programme(&[five()], Clauses::NONE).expect("a rule");
            assert_eq!(from_code.run(|| ()), experiment(&format!("{market}{written}")).run(|| ()), "{market}");
        }
    }

    #[test]
    fn no_rules_are_the_twin() {
        let with = experiment("[policy.two_sided]\n");
        let twin = with.run(|| ()).twin.expect("a programme").rows;
        assert_eq!(with.with_programme(&[], Clauses::NONE).expect("no rule").run(|| ()).rows, twin);
    }

    /// Five dollars for the first friend only.
    #[derive(Debug)]
    struct FirstAlone;

    impl OwnRule for FirstAlone {
        fn worth(&self, case: &Case) -> Payment {
            if case.had.rewards == 0 { Payment(500) } else { Payment::ZERO }
        }
    }

    #[test]
    fn a_rule_of_ones_own_sees_what_has_been_had() {
        let capped = Rule { cap: crate::policy::Cap { rewards: Some(1), ..Default::default() }, ..five() };
        let own = Rule { own: Some(Own::new(FirstAlone)), ..five() };
        let [capped, own] = [capped, own].map(|rule| {
            let outcome = experiment("").with_programme(&[rule], Clauses::NONE).expect("a rule").run(|| ());
            assert!(Programme::of(&outcome).is_some());
            (outcome.totals("reward_cost"), outcome.totals("customers"))
        });
        assert_eq!(own, capped);
    }

    #[test]
    fn what_cannot_be_played_is_refused_by_its_place() {
        let refused = |rule: Rule| {
            experiment("").with_programme(&[five(), rule], Clauses::NONE).expect_err("a mistake").to_string()
        };
        assert_eq!(refused(Rule { lift: f64::NAN, ..five() }), "rule 1: lift is NaN; allowed: 0 to 100");
        assert!(refused(Rule { segment: Some(0), ..five() }).contains("the 0 segments"));
        assert!(refused(Rule { trigger: Trigger::Drawing(1), ..five() }).contains("has no end"));
        assert!(refused(Rule { level: 0, ..five() }).starts_with("rule 1: level is 0"));
        let many = vec![Rule { amount: Amount::Share(1), ..five() }; RULES_MAX + 1];
        assert!(experiment("").with_programme(&many, Clauses::NONE).is_err());
        let clauses = Clauses { selection: -0.1, ..Clauses::NONE };
        assert!(experiment("").with_programme(&[five()], clauses).is_err());
    }
}
