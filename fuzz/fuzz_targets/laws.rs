#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tellwave_fuzz::laws::read(bytes));
