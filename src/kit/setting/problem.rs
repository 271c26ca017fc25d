//! What is wrong with a configuration, and what is in force.

use std::collections::BTreeMap;
use std::fmt;

/// One wrong value, said so that it can be put right without asking anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as the operator named it, or `environment`.
    pub file: String,
    /// The key within it, with dots; empty where the whole file is meant.
    pub key: String,
    /// What stands there, as it is written; empty where nothing does.
    pub value: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What would be right.
    pub right: String,
    /// The line of the file, from 1.
    pub line: Option<usize>,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.file)?;
        if !self.key.is_empty() {
            write!(out, "{}: ", self.key)?;
        }
        if !self.value.is_empty() {
            write!(out, "{} ", self.value)?;
        }
        write!(out, "{}; {}", self.wrong, self.right)?;
        self.line.map_or(Ok(()), |line| write!(out, " (line {line})"))
    }
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It is built in.
    Default,
    /// The operator's file says so.
    File,
    /// The environment says so.
    Environment,
}

impl Source {
    /// `default`, `file` or `env`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Environment => "env",
        }
    }
}

/// A value in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As it would be written in the file; never a secret.
    pub value: String,
    /// Where it comes from.
    pub source: Source,
}

/// What reading a configuration brings to light.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// All that is wrong, in the order it was met.
    pub problems: Vec<Problem>,
    /// What is not wrong, but surely not meant.
    pub warnings: Vec<Problem>,
    /// All that is in force, by key.
    pub settings: BTreeMap<String, Setting>,
}
