//! The program's commands.

pub mod check;

use std::collections::BTreeMap;

use crate::config::{Env, Problem};

/// What the process environment says, and where it says nothing what a `.env` in the working folder or above it says.
///
/// For `serve` and `check` only: `demo` and `sandbox` read no `.env`.
///
/// # Errors
/// All values that cannot be used.
pub fn environment_with_dot_env() -> Result<Env, Vec<Problem>> {
    // A line of the file that cannot be read must not hide the others; its variable is then simply not set.
    let file: BTreeMap<String, String> =
        dotenvy::dotenv_iter().into_iter().flatten().filter_map(Result::ok).collect();
    Env::read(|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
}
