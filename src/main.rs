//! The `tellwave` command: runs the command line, prints one error, chooses the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    tellwave::cli::main()
}
