//! The jobs of docs/cluster.md, tried by what their schedulers promise: the variables they set and the shell they call.

use crate::common::{folder, stderr, tellwave, write};
use std::path::Path;
use std::process::Command;

const BASE: &str = "runs = 3\nhorizon = '20 days'\n[graph.watts_strogatz]\npeople = 60\n[seeds]\ncount = 3\n";
const SWEEP: &str = "base = 'base.toml'\nmetrics = ['customers']\n[[factor]]\nkey = 'conversion.persuasion'\nfrom = '1 %'\nto = '9 %'\nsteps = 9\n";

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cluster.md");
    std::fs::read_to_string(path).expect("the page")
}

/// The first block of code below a heading.
fn block(page: &str, heading: &str) -> String {
    let below = page.split(heading).nth(1).unwrap_or_else(|| panic!("no {heading}"));
    let code = below.split("```").nth(1).expect("a block");
    code.split_once('\n').expect("a language").1.to_owned()
}

/// Calls a shell where `tellwave` is the built one.
fn shell(here: &Path, script: &str, variables: &[(&str, String)]) {
    let built = Path::new(env!("CARGO_BIN_EXE_tellwave")).parent().expect("a folder");
    let path = format!("{}:{}", built.display(), std::env::var("PATH").unwrap_or_default());
    let said = Command::new("sh")
        .args(["-c", script])
        .current_dir(here)
        .env("PATH", path)
        .envs(variables.iter().map(|(name, value)| (*name, value.as_str())))
        .output()
        .expect("a shell");
    assert!(said.status.success(), "{script}\n{}", stderr(&said));
}

/// Whether the shards of a folder come to what one process does.
fn assert_merged(here: &Path, shards: &[String]) {
    let shards: Vec<&str> = shards.iter().map(String::as_str).collect();
    let merged = tellwave(here, &[&["sweep", "merge"][..], &shards, &["--out", "merged", "--no-report"]].concat());
    assert!(merged.status.success(), "{}", stderr(&merged));
    assert!(tellwave(here, &["sweep", "run", "sweep.toml", "--out", "whole", "--no-report"]).status.success());
    let read = |folder: &str| std::fs::read(here.join(folder).join("provenance.json")).expect("finished");
    // The provenance has the digest of every other file.
    assert_eq!(read("merged"), read("whole"));
}

fn with_sweep() -> tempfile::TempDir {
    let here = folder();
    write(here.path(), "base.toml", BASE);
    write(here.path(), "sweep.toml", SWEEP);
    here
}

#[cfg(unix)]
#[test]
fn the_array_of_slurm_plays_a_shard_a_task() {
    let here = with_sweep();
    let script = block(&page(), "### Slurm array");
    for task in 1..=3 {
        let variables = [("SLURM_ARRAY_TASK_ID", task), ("SLURM_ARRAY_TASK_COUNT", 3), ("SLURM_CPUS_PER_TASK", 1)];
        shell(here.path(), &script, &variables.map(|(name, value)| (name, value.to_string())));
    }
    assert_merged(here.path(), &[1, 2, 3].map(|task| format!("shards/{task}")));
}

#[cfg(unix)]
#[test]
fn the_indexed_job_of_kubernetes_plays_a_shard_a_pod() {
    let here = with_sweep();
    let manifest = block(&page(), "### Kubernetes indexed job");
    let command = manifest.lines().find_map(|line| line.trim().strip_prefix("- exec ")).expect("a command");
    let pods = 16;
    assert!(manifest.contains(&format!("completions: {pods}\n")) && command.contains(&format!("/{pods}\"")));
    let script = command.replace("/data", &here.path().display().to_string());
    for pod in 0..pods {
        shell(here.path(), &format!("exec {script}"), &[("JOB_COMPLETION_INDEX", pod.to_string())]);
    }
    let shards: Vec<String> = (0..pods).map(|pod| format!("shards/{pod}")).collect();
    assert_merged(here.path(), &shards);
}

#[cfg(unix)]
#[test]
fn the_line_of_gnu_parallel_plays_a_shard_a_value() {
    let here = with_sweep();
    let line = block(&page(), "### GNU parallel");
    let (job, values) = line.lines().next().expect("a line").split_once(" ::: ").expect("values");
    let job = job.strip_prefix("parallel --jobs 4 ").expect("its own flags first");
    for value in values.split(' ') {
        shell(here.path(), &job.replace("{}", value), &[]);
    }
    let shards: Vec<String> = values.split(' ').map(|value| format!("shards/{value}")).collect();
    assert_merged(here.path(), &shards);
}
