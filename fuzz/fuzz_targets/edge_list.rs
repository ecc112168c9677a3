#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tellwave_fuzz::edge_list::read(bytes));
