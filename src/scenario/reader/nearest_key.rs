//! Which key a place in a text belongs to that is not TOML: by its lines, as a person would see it, since there are no tables yet.
//!
//! A text in several lines (`"""`) that holds what looks like a key is taken for one. Only the name that a mistake is given depends
//! on it.

/// Goes through a text from top to bottom.
#[derive(Clone)]
pub(super) struct NearestKey<'t> {
    text: &'t str,
    /// Where the line begins that was not looked at yet.
    next: usize,
    /// The last table header, and the last key below it.
    header: &'t str,
    key: &'t str,
    /// The first of all, once it was looked for.
    first: Option<String>,
}

impl<'t> NearestKey<'t> {
    pub fn of(text: &'t str) -> NearestKey<'t> {
        NearestKey { text, next: 0, header: "", key: "", first: None }
    }

    /// The key of a place, dotted from the root: that of its line, or the last one above it, or else the first one below; empty where there
    /// is none at all. Places are asked for in order.
    pub fn at(&mut self, place: usize) -> String {
        while self.next <= place && self.next < self.text.len() {
            self.look_at_next();
        }
        let above = self.path();
        if !above.is_empty() {
            return above;
        }
        // Once, however many mistakes lie above it.
        if self.first.is_none() {
            let mut ahead = self.clone();
            while ahead.path().is_empty() && ahead.next < ahead.text.len() {
                ahead.look_at_next();
            }
            self.first = Some(ahead.path());
        }
        self.first.clone().unwrap_or_default()
    }

    fn path(&self) -> String {
        let parts = [self.header, self.key].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(".")
    }

    fn look_at_next(&mut self) {
        let rest = self.text.get(self.next..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        self.next += line.len() + 1;
        self.look_at(line.trim());
    }

    fn look_at(&mut self, line: &'t str) {
        let name = |text: &'t str| {
            let name = text.trim_matches(|c: char| c.is_whitespace() || "[]\"'".contains(c));
            // Of what no name can be, its beginning.
            let end = name.find(['[', '{', ',', '#']).unwrap_or(name.len());
            let name = name.get(..end).unwrap_or_default().trim_end();
            (name.starts_with(|c: char| c.is_alphabetic() || "_\"'".contains(c)) && name.len() <= 120).then_some(name)
        };
        // A line of a list has neither.
        match line.split_once('=') {
            Some((before, _)) if !line.starts_with('[') => self.key = name(before).unwrap_or(self.key),
            _ if line.starts_with('[') && !line.contains(',') => {
                let header = line.split('#').next().unwrap_or_default();
                (self.header, self.key) = (name(header).unwrap_or(self.header), "");
            }
            // A word without a value is probably meant to be a key.
            None if line.starts_with(|c: char| c.is_alphabetic()) => {
                self.key = line.split_whitespace().next().and_then(name).unwrap_or(self.key);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NearestKey;

    #[test]
    fn a_place_belongs_to_the_key_of_its_line_or_the_last_one_above() {
        let text = "runs = 5 6\n[conversion]\npersuasion = 4 %\n# what = ever\n[[policy.rules]]\nlevels = [\n  1,\n  2 3\n]\nloose ends\n[grap\n";
        let at = |part: &str| NearestKey::of(text).at(text.find(part).expect("a part"));
        assert_eq!(at("5 6"), "runs");
        assert_eq!(at("4 %"), "conversion.persuasion");
        assert_eq!(at("2 3"), "policy.rules.levels");
        assert_eq!(at("loose"), "policy.rules.loose");
        assert_eq!(at("[grap"), "grap");
        for (line, key) in
            [("pr[[eset = 3", "pr"), ("policy,.tracking = 3", "policy"), ("name# = 3", "name"), ("# a = 3", "")]
        {
            assert_eq!(NearestKey::of(line).at(line.len() - 1), key);
        }
    }

    #[test]
    fn places_are_asked_for_in_order() {
        let text = "a = 1 1\n[b]\nc = 2 2\n";
        let mut keys = NearestKey::of(text);
        assert_eq!([keys.at(4), keys.at(6), keys.at(16)], ["a", "a", "b.c"]);
        assert_eq!(NearestKey::of("").at(0), "");
        assert_eq!(NearestKey::of("# no key\n").at(3), "");
    }

    #[test]
    fn above_the_first_key_it_is_that_one() {
        let mut keys = NearestKey::of("# a shop\n# in a town\n\n[graph]\npeople = 3\n");
        assert_eq!([keys.at(3), keys.at(12), keys.at(40)], ["graph", "graph", "graph.people"]);
    }
}
