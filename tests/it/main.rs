//! The tests that look at Tellwave from outside, one file a concern.

mod archive;
mod asking;
mod chances;
mod cli;
mod commerce;
mod common;
mod explain;
mod fork;
mod fraud;
mod generated;
mod golden;
mod graphs;
mod ledger;
mod literature;
mod memory;
mod opinions;
mod oracle;
mod policies;
mod properties;
mod reach;
mod replay;
mod scenarios;
mod stability;
mod tidy;
mod twin;
mod worth;
