//! What the answers of a designed experiment teach: effects, indices, screening, regression, fronts, the best.
//!
//! Pure mathematics over numbers; whoever asks says what they mean. Nothing here knows a scenario, a file or a thread.
