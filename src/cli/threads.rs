//! `--threads`: on how many a command works. No result depends on it.

use super::Failure;

#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub(super) struct Threads {
    /// Threads to work on [default: one for each core]; the results are the same for any number
    #[arg(long = "threads", value_name = "T", value_parser = clap::value_parser!(u32).range(1..=1024))]
    number: Option<u32>,
}

impl Threads {
    /// So many threads, or one for each core.
    pub fn pool(self) -> Result<rayon::ThreadPool, Failure> {
        let number = self.number.map_or(0, |number| number as usize);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(number).build();
        pool.map_err(|error| Failure::World(format!("error: could not start the threads: {error}")))
    }
}
