//! `tellwave completions`: the script with which a shell completes commands and flags.

use super::{Cli, Failure, internal, say};
use clap::CommandFactory;
use clap_complete::Shell;

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tellwave completions bash > ~/.local/share/bash-completion/completions/tellwave\n  \
    tellwave completions zsh > ~/.zfunc/_tellwave\n  \
    tellwave completions fish > ~/.config/fish/completions/tellwave.fish")]
pub(super) struct Args {
    /// For which shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let mut script = vec![];
    clap_complete::generate(args.shell, &mut Cli::command(), "tellwave", &mut script);
    say(String::from_utf8(script).map_err(internal)?.trim_end());
    Ok(())
}
