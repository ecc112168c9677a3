//! An edge list: the first byte says how it is to be read, the rest is the file.

use tellwave::graph::arc_list::{self, ArcListForm, Header, Ids, TieKind, Weights};
use tellwave::units::PersonId;

/// Reads a list. What is right is a graph in which all friends are people, and ties go both ways where they should; what is
/// wrong has a line of the file, or is about all of it.
pub fn read(bytes: &[u8]) {
    let Some((how, list)) = bytes.split_first() else { return };
    let form = ArcListForm {
        ties: if how & 1 == 0 { TieKind::Undirected } else { TieKind::Directed },
        header: [Header::Auto, Header::None, Header::Names, Header::Counts][usize::from(how >> 1 & 3)],
        weights: [Weights::Ignore, Weights::Strength, Weights::RelativeStrength][usize::from(how >> 3 & 7) % 3],
        ids: if how >> 6 & 1 == 0 { Ids::Auto } else { Ids::Names },
        people_max: 10_000,
    };
    let lines = list.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    match arc_list::read(list, form) {
        Ok(list) => {
            let graph = &list.graph;
            assert!(graph.people() <= form.people_max);
            list.said.sentences();
            for person in (0..graph.people()).map(PersonId) {
                for &friend in graph.friends(person) {
                    assert!(friend < graph.people() && friend != person.0);
                    let back = graph.friends(PersonId(friend)).contains(&person.0);
                    assert!(back || form.ties == TieKind::Directed);
                }
            }
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            for mistake in mistakes {
                assert!(mistake.line <= lines && !mistake.found.is_empty() && !mistake.allowed.is_empty());
            }
        }
    }
}
