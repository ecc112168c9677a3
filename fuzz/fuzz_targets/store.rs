#![no_main]

// The fuzzer's own hook would end the process at the first panic, caught or not; one that gets out ends it all the same.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| tellwave_fuzz::store::read(bytes));
