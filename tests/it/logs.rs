//! What the suite logs: every line is kept for the test whose thread wrote it, and no line holds a token or what somebody wrote.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::io::Write;
use std::sync::Once;
use std::sync::atomic::{AtomicU64, Ordering};

use aho_corasick::AhoCorasick;
use langnghe::demo::stage::TOKEN;
use langnghe::sandbox::Sandbox;

/// Ours without reserve, others as `serve` has them unless told otherwise.
const FILTER: &str = "info,serenity=warn,sqlx=warn,langnghe=trace";
/// How many lines of a test are kept.
const KEPT: usize = 50_000;

/// Lines read so far in this process.
static READ: AtomicU64 = AtomicU64::new(0);

thread_local! {
    // A test of ours runs with all of its tasks on the thread that the test binary gave it.
    static LINES: RefCell<VecDeque<String>> = const { RefCell::new(VecDeque::new()) };
}

struct Ear;

impl Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let line = String::from_utf8_lossy(bytes).into_owned();
        LINES.with_borrow_mut(|lines| {
            if lines.len() == KEPT {
                lines.pop_front();
            }
            lines.push_back(line);
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// From here on this test's lines are kept.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| langnghe::cli::log::start_into(FILTER, || Ear));
    LINES.with_borrow_mut(VecDeque::clear);
}

/// The lines of this test so far.
pub fn lines() -> Vec<String> {
    LINES.with_borrow(|lines| lines.iter().cloned().collect())
}

/// How many lines of this test there are so far.
pub fn count() -> usize {
    LINES.with_borrow(VecDeque::len)
}

/// Whether a line of this test after the first `from` holds these words.
pub fn tells(from: usize, words: &str) -> bool {
    LINES.with_borrow(|lines| lines.iter().skip(from).any(|line| line.contains(words)))
}

/// The lines of this test that tell of trouble; a machine that is slow while all tests run is none.
pub fn trouble() -> Vec<String> {
    let slow = |line: &String| line.contains("time to acquire exceeded slow threshold");
    let told = |line: &String| line.contains(" WARN ") || line.contains("ERROR ");
    lines().into_iter().filter(|line| told(line) && !slow(line)).collect()
}

/// What must stand in no line: tokens, and what people wrote, as it is and as a debugger shows it.
pub struct Secrets(AhoCorasick, Vec<String>);

impl Secrets {
    pub fn of(sandbox: &Sandbox) -> Self {
        // A word of the program's own may be typed too: what is looked for has spaces or is of no English letters.
        let own = |text: &String| {
            let odd = |letter: char| letter.is_whitespace() || !letter.is_ascii();
            text.chars().count() >= 8 && text.contains(odd)
        };
        let typed: BTreeSet<String> = sandbox.typed().into_iter().filter(own).collect();
        let escaped: Vec<String> =
            typed.iter().map(|text| format!("{text:?}").trim_matches('"').to_owned()).collect();
        let tokens = [TOKEN, crate::cli::TOKEN].map(str::to_owned);
        // The tokens of interactions begin so.
        let short = (0..10).map(|digit| format!("sandbox-{digit}"));
        let all: Vec<String> = typed.into_iter().chain(escaped).chain(tokens).chain(short).collect();
        Self(AhoCorasick::new(&all).expect("they are few"), all)
    }

    /// The secret in a line, if it holds one.
    pub fn leak(&self, line: &str) -> Option<&str> {
        self.0.find(line).map(|found| self.1[found.pattern()].as_str())
    }
}

/// No line of this test holds a token, or what people of this sandbox wrote.
pub fn hold_no_secret(sandbox: &Sandbox) {
    let (lines, secrets) = (lines(), Secrets::of(sandbox));
    READ.fetch_add(u64::try_from(lines.len()).unwrap_or(u64::MAX), Ordering::Relaxed);
    for line in &lines {
        assert_eq!(secrets.leak(line), None, "a log holds what it must not: {line}");
    }
}

/// How many lines were read so far in this process.
pub fn read() -> u64 {
    READ.load(Ordering::Relaxed)
}
