//! The tables of the suite: printed row by row as they are measured, and put into docs/performance.md when that is asked for.

use std::path::Path;

/// What is to be measured, and how.
#[derive(Debug, Default)]
pub struct Options {
    /// Only shows that everything runs.
    pub test: bool,
    /// Puts the tables into docs/performance.md.
    write: bool,
    /// Sections to measure; all of them where none is named.
    sections: Vec<String>,
    /// Numbers of people instead of the usual ones.
    sizes: Vec<u32>,
}

impl Options {
    pub fn read(arguments: impl Iterator<Item = String>) -> Options {
        let mut options = Options::default();
        for argument in arguments {
            match (argument.as_str(), argument.replace('_', "").parse()) {
                ("--test", _) => options.test = true,
                ("--write", _) => options.write = true,
                // What cargo adds by itself.
                ("--bench", _) => {}
                (_, Ok(people)) => options.sizes.push(people),
                _ => options.sections.push(argument),
            }
        }
        options
    }

    /// Numbers of people to measure at.
    pub fn sizes(&self, usual: &[u32]) -> Vec<u32> {
        match &self.sizes[..] {
            [] if self.test => vec![1_000],
            [] => usual.to_vec(),
            named => named.to_vec(),
        }
    }

    pub fn wants(&self, section: &str) -> bool {
        self.sections.is_empty() || self.sections.iter().any(|wanted| wanted == section)
    }
}

/// What was measured, section by section, as Markdown.
#[derive(Debug, Default)]
pub struct Report {
    sections: Vec<(&'static str, String)>,
}

impl Report {
    /// Begins the table of a section.
    pub fn table(&mut self, section: &'static str, head: &[&str]) {
        self.sections.push((section, String::new()));
        println!("\n{section}");
        self.row(head);
        self.row(&vec!["---"; head.len()]);
    }

    /// A row of the table begun last.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        let line = format!("| {} |", cells.join(" | "));
        println!("{line}");
        let (_, text) = self.sections.last_mut().expect("a table is begun before its rows");
        text.push_str(&line);
        text.push('\n');
    }

    /// Puts each section between its marks in docs/performance.md, if that was asked for.
    pub fn finish(self, options: &Options) {
        if !options.write {
            return;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
        let mut page = std::fs::read_to_string(&path).expect("docs/performance.md");
        for (section, table) in self.sections {
            let (open, close) = (format!("<!-- {section} -->\n"), format!("<!-- end of {section} -->"));
            let start = page.find(&open).unwrap_or_else(|| panic!("docs/performance.md has no {open}")) + open.len();
            let end =
                start + page[start..].find(&close).unwrap_or_else(|| panic!("docs/performance.md has no {close}"));
            page.replace_range(start..end, &format!("{}, {}\n\n{table}", today(), machine()));
        }
        std::fs::write(&path, page).expect("docs/performance.md is written");
    }
}

fn today() -> String {
    chrono::Utc::now().format("%-d %B %Y").to_string()
}

/// Processor and cores, as far as the system says.
fn machine() -> String {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|(_, it)| it);
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
    format!("{cores} cores of {}", model.unwrap_or("an unknown processor"))
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Seconds that some work takes, and what comes of it.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = std::time::Instant::now();
    let done = work();
    (start.elapsed().as_secs_f64(), done)
}

/// Does some work on so many threads.
pub fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}
