//! How much a test does that could go on for ever: a little before a commit, all of it where `LANGNGHE_TEST_FULL=1` asks for it,
//! as `.ci/run` does.

/// The variable that asks for everything.
pub const FULL: &str = "LANGNGHE_TEST_FULL";

/// Whether everything is asked for.
pub fn full() -> bool {
    std::env::var(FULL).is_ok_and(|asked| !["", "0"].contains(&asked.as_str()))
}

/// `all` where everything is asked for, else `few`.
pub fn few_or_all<T>(few: T, all: T) -> T {
    if full() { all } else { few }
}

/// Whether a test that only waits long is left out; it says so.
pub fn left_out() -> bool {
    if !full() {
        eprintln!("left out: {FULL}=1 asks for it");
    }
    !full()
}
