//! What a scene says that fails: where the test asked for what went wrong, what people saw, what the log tells of trouble, and on
//! which database.

use std::future::Future;
use std::panic::Location;
use std::path::Path;
use std::thread::panicking;

use langnghe::sandbox::{Sandbox, TranscriptOptions};
use tempfile::TempDir;

use crate::databases::{KEEP, kept};
use crate::logs;

/// So many lines of what people saw are shown: the last ones.
const SEEN: usize = 120;
/// So many lines of the log: the last ones.
const TOLD: usize = 30;

/// A line of a test that waits for the harness; where the harness panics, it is named.
struct Asked(&'static Location<'static>);

impl Drop for Asked {
    fn drop(&mut self) {
        let harness = ["/scene.rs", "/seeing.rs"].iter().any(|file| self.0.file().ends_with(file));
        if panicking() && !harness {
            eprintln!("asked for at {}", self.0);
        }
    }
}

/// Does what a test asks the harness for. An `async fn` does not know its caller; a function that gives this back does.
pub fn asked<T>(place: &'static Location<'static>, work: impl Future<Output = T>) -> impl Future<Output = T> {
    // Boxed, for what asks for much would else be copied into whatever waits for it.
    let work = Box::pin(work);
    async move {
        let _asked = Asked(place);
        work.await
    }
}

/// Whoever saw a scene and tells of it if it fails; with the scene's folder.
pub struct Witness {
    sandbox: Sandbox,
    /// The address of the database.
    url: String,
    folder: TempDir,
}

impl Witness {
    pub fn of(sandbox: Sandbox, url: &str, folder: TempDir) -> Self {
        Self { sandbox, url: url.to_owned(), folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What somebody needs who reads that this scene failed.
    fn account(&self) -> String {
        let seen = self.sandbox.transcript(TranscriptOptions::default());
        let trouble = logs::trouble();
        format!(
            "\n---- what people saw{}\n---- what its log tells of trouble{}\n---- its database: {}\n",
            last(&seen.lines().collect::<Vec<_>>(), SEEN),
            last(&trouble.iter().map(|line| line.trim_end()).collect::<Vec<_>>(), TOLD),
            place(&self.url)
        )
    }
}

impl Drop for Witness {
    /// However a scene fails, what there was to see is said once.
    fn drop(&mut self) {
        if panicking() {
            eprint!("{}", self.account());
            self.folder.disable_cleanup(kept());
        }
    }
}

/// The last lines, after a heading that says how many there were.
fn last(lines: &[&str], most: usize) -> String {
    let from = lines.len().saturating_sub(most);
    let heading = match (lines.len(), from) {
        (0, _) => ": nothing".to_owned(),
        (_, 0) => String::new(),
        (all, _) => format!(", the last {most} of {all} lines"),
    };
    let lines: String = lines[from..].iter().map(|line| format!("\n{line}")).collect();
    heading + &lines
}

/// A database by name, without the password, and what becomes of it.
fn place(url: &str) -> String {
    let fate = if kept() { "kept".to_owned() } else { format!("thrown away; {KEEP}=1 keeps it") };
    match url.split_once("://").and_then(|(kind, rest)| Some((kind, rest.rsplit_once('@')?))) {
        Some((kind, (who, place))) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{kind}://{user}@{place} ({fate})")
        }
        None => format!("{url} ({fate})"),
    }
}

#[test]
fn no_password_is_shown_and_of_much_the_end() {
    assert!(place("postgres://desk:hush@127.0.0.1/desk").starts_with("postgres://desk@127.0.0.1/desk ("));
    assert!(place("sqlite:/somewhere/desk.db").starts_with("sqlite:/somewhere/desk.db ("));
    assert_eq!(last(&["a", "b", "c"], 2), ", the last 2 of 3 lines\nb\nc");
    assert_eq!((last(&["a"], 2), last(&[], 2)), ("\na".to_owned(), ": nothing".to_owned()));
}

#[tokio::test]
async fn a_scene_that_fails_shows_what_people_saw_its_trouble_and_its_database() {
    crate::scene::scene(async |scene| {
        scene.file(scene.an, "Nhà em mất mạng").await;
        tracing::warn!("something is amiss here");
        let told = scene.witness.account();
        for words in ["Nhà em mất mạng", "something is amiss here", "---- its database: sqlite:", "desk.db ("]
        {
            assert!(told.contains(words), "{words:?} in {told}");
        }
    })
    .await;
}
