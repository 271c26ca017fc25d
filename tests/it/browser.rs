//! The page in a real browser: `tests/browser/desk.mjs` uses it as people would, against a running desk.

use langnghe::sandbox::web;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What driving the page takes: Node, the driver's one package and a browser.
pub struct Browser {
    script: PathBuf,
}

impl Browser {
    /// The browser test's tools, or `None` after saying which one is missing. With `LANGNGHE_TEST_BROWSER=1` it must be there.
    pub fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
        let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
        let missing = if Command::new("node").arg("--version").output().is_err() {
            "node is not installed".to_owned()
        } else if !folder.join("node_modules/playwright-core").exists() {
            "run `npm ci` in tests/browser first".to_owned()
        } else if !Path::new(&chromium).exists() {
            format!("there is no browser at {chromium}; CHROMIUM names another")
        } else {
            return Some(Self { script: folder.join("desk.mjs") });
        };
        let wanted = std::env::var("LANGNGHE_TEST_BROWSER").is_ok_and(|value| value == "1");
        assert!(!wanted, "LANGNGHE_TEST_BROWSER=1, but {missing}");
        eprintln!("skipped the browser test: {missing}");
        None
    }

    /// Drives the page at `origin`; the script's own account of it, `ok` or the `step` that failed and its `reason`.
    pub async fn drive(&self, origin: &str) -> Value {
        let mut command = Command::new("node");
        command.arg(&self.script).arg(origin);
        let ran = tokio::task::spawn_blocking(move || command.output()).await.expect("the driver's thread");
        let output = ran.expect("node runs");
        let told = String::from_utf8_lossy(&output.stdout);
        let account: Value = serde_json::from_str(told.trim()).unwrap_or_else(|_| {
            panic!("the driver printed no account: {told}{}", String::from_utf8_lossy(&output.stderr))
        });
        assert_eq!(
            output.status.success(),
            account["ok"] == true,
            "the exit code and the account differ: {account}"
        );
        account
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_a_desk_is_reported_as_broken() {
    let Some(browser) = Browser::find() else { return };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let origin = format!("http://{}", listener.local_addr().expect("the port"));
    tokio::spawn(async move { axum::serve(listener, web::router::<()>()).await });
    let account = browser.drive(&origin).await;
    assert_eq!(account["ok"], false);
    assert_eq!(account["step"], "start");
    assert!(account["reason"].as_str().is_some_and(|reason| reason.contains("404")), "{account}");
}
