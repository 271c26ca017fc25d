//! The health endpoint of a real `serve`: before and after it is ready, without its gateway, its disk, its database.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use langnghe::sandbox::rules::fault::{Fault, FaultKind, GatewayFault};
use langnghe::sandbox::{Answer, AnswerKind};
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::cli::{TOKEN, configure, program};
use crate::databases::{Kind, on};
use crate::serve::{Office, Serving};

/// What has not happened after this long never will.
const PATIENCE: Duration = Duration::from_secs(40);
const COMPLAINT: &str = "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy";
const NOT_SAVED: &str = "Chưa lưu được. Anh/chị thử lại sau ít phút giúp nhé.";

/// `serve` with logs as JSON, and where it serves health.
struct Watched {
    serving: Serving,
    origin: String,
}

impl Watched {
    async fn start(office: &Office, mut command: Command) -> Self {
        command.env("LANGNGHE_LOG", "json");
        let mut serving = office.serve_by(command);
        let line = serving.line_with("health and metrics are served").await;
        let line: Value = serde_json::from_str(&line).expect("a line of JSON");
        let address = line["fields"]["address"].as_str().expect("the address").to_owned();
        Self { serving, origin: format!("http://{address}") }
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let answer = client.get(format!("{}{path}", self.origin)).send().await.expect("it answers");
        let kind = answer.headers()["content-type"].to_str().expect("ASCII").to_owned();
        assert!(kind.starts_with("text/plain"), "{kind}");
        (answer.status().as_u16(), answer.text().await.expect("UTF-8"))
    }

    /// Asks until the answer has this status; what it said then.
    async fn until(&self, path: &str, status: u16) -> String {
        let mut last = String::new();
        let asked = tokio::time::timeout(PATIENCE, async {
            loop {
                let (found, said) = self.get(path).await;
                last.clone_from(&said);
                if found == status {
                    return said;
                }
            }
        });
        asked.await.unwrap_or_else(|_| panic!("{path} does not become {status}: {last}"))
    }

    async fn metrics(&self) -> BTreeMap<String, f64> {
        let (status, text) = self.get("/metrics").await;
        assert_eq!(status, 200);
        parsed(&text)
    }
}

/// Reads the text format strictly: each metric's meaning and kind stand before its samples, each series stands once.
fn parsed(text: &str) -> BTreeMap<String, f64> {
    let (mut series, mut seen) = (BTreeMap::new(), BTreeSet::new());
    let (mut helped, mut family, mut kind) = (String::new(), String::new(), String::new());
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# HELP ") {
            helped = rest.split_once(' ').expect("a meaning").0.to_owned();
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            let (name, of) = rest.split_once(' ').expect("a kind");
            assert_eq!(name, helped, "the meaning stands before the kind");
            assert!(["counter", "gauge", "histogram"].contains(&of), "{line}");
            assert!(seen.insert(name.to_owned()), "{name} stands twice");
            (family, kind) = (name.to_owned(), of.to_owned());
        } else {
            let (name, value) = line.rsplit_once(' ').expect("a value");
            let bare = name.split('{').next().unwrap_or_default();
            let parts = ["_bucket", "_sum", "_count"].map(|part| format!("{family}{part}"));
            let fits =
                if kind == "histogram" { parts.iter().any(|part| part == bare) } else { bare == family };
            assert!(fits, "{line} stands under {family}");
            assert_eq!(kind == "counter", bare.ends_with("_total"), "{line}");
            let value: f64 = value.parse().expect("a number");
            assert!(value.is_finite() && value >= 0.0, "{line}");
            assert!(series.insert(name.to_owned(), value).is_none(), "{name} stands twice");
        }
    }
    for family in ["langnghe_timer_lateness_seconds", "langnghe_callback_latency_seconds"] {
        let whole = series[&format!("{family}_bucket{{le=\"+Inf\"}}")];
        assert!((whole - series[&format!("{family}_count")]).abs() < f64::EPSILON);
    }
    series
}

fn is(series: &BTreeMap<String, f64>, name: &str, wanted: f64) -> bool {
    series.get(name).is_some_and(|value| (value - wanted).abs() < f64::EPSILON)
}

async fn filed_within_three_seconds(office: &Office, words: &str) -> Answer {
    let answer = tokio::time::timeout(Duration::from_secs(3), office.file(words)).await;
    answer.expect("an answer within three seconds")
}

fn serve_in(office: &Office) -> Command {
    let mut command = program(office.folder.path());
    command.arg("serve");
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_before_ready_when_ready_and_without_a_gateway() {
    let office = Office::open().await;
    office.sandbox.fault(Fault {
        method: None,
        path_contains: Some("/gateway/bot".to_owned()),
        times: 1,
        kind: FaultKind::SlowMs(2_000),
    });
    let mut watched = Watched::start(&office, serve_in(&office)).await;
    assert_eq!(watched.get("/livez").await, (200, "alive\n".to_owned()));
    let (status, reasons) = watched.get("/readyz").await;
    assert_eq!(
        (status, reasons.as_str()),
        (503, "the gateway is not connected\nthe commands are not registered\n")
    );
    let before = watched.metrics().await;
    assert!(is(&before, "langnghe_gateway_connected", 0.0), "{before:#?}");
    assert!(is(&before, "langnghe_asks_total{outcome=\"done\"}", 0.0), "{before:#?}");

    watched.serving.line("ready").await;
    assert_eq!(watched.get("/readyz").await, (200, "ready\n".to_owned()));
    assert_eq!(office.file(COMPLAINT).await.kind, AnswerKind::Message);
    office.until("the thread", |_| !office.threads().is_empty() && !office.direct().is_empty()).await;
    let after = watched.metrics().await;
    for (name, wanted) in [
        ("langnghe_gateway_connected", 1.0),
        ("langnghe_gateway_ready_total", 1.0),
        ("langnghe_asks_total{outcome=\"done\"}", 1.0),
        ("langnghe_callback_latency_seconds_count", 2.0),
        ("langnghe_database_info{kind=\"sqlite\"}", 1.0),
        ("langnghe_database_up{operation=\"write\"}", 1.0),
        (
            "langnghe_discord_calls_total{method=\"POST\",route=\"/interactions/{}/{}/callback\",status=\"2xx\"}",
            2.0,
        ),
        ("langnghe_trouble{trouble=\"gateway\"}", 0.0),
        (&format!("langnghe_complaints_open{{guild=\"{}\"}}", office.guild.id), 1.0),
    ] {
        assert!(is(&after, name, wanted), "{name} is not {wanted} in {after:#?}");
    }
    assert!(after["langnghe_timers_armed"] > 0.0 && after["langnghe_database_size_bytes"] > 10_000.0);

    office.sandbox.fault(Fault {
        method: None,
        path_contains: None,
        times: 1,
        kind: FaultKind::Gateway(GatewayFault::Drop),
    });
    watched.serving_resumed().await;
    office.sandbox.stop();
    let reasons = watched.until("/readyz", 503).await;
    assert!(reasons.contains("the gateway is not connected"), "{reasons}");
    assert_eq!(watched.get("/livez").await.0, 200, "a restart would not help");
}

impl Watched {
    /// Waits until the gateway's session was taken up again.
    async fn serving_resumed(&self) {
        let resumed = tokio::time::timeout(PATIENCE, async {
            while !is(&self.metrics().await, "langnghe_gateway_resumed_total", 1.0) {}
        });
        assert!(resumed.await.is_ok(), "the session was not taken up again");
        let now = self.metrics().await;
        assert!(is(&now, "langnghe_gateway_reconnects_total", 1.0), "{now:#?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_that_is_taken_is_named_before_anything_is_said_to_discord() {
    let office = Office::open().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = taken.local_addr().expect("it has one");
    configure(office.folder.path(), &format!("[health]\nlisten = \"{address}\"\n"));
    let (ended, said) = office.serve_by(serve_in(&office)).end().await;
    assert_eq!(ended.code(), Some(2), "{said}");
    assert!(said.contains("health.listen") && said.contains(&address.to_string()), "{said}");
    assert!(office.sandbox.calls().is_empty(), "{:?}", office.sandbox.calls());
    office.sandbox.stop();
}

/// Lets a process write files up to this length only (`unlimited`: as long as it likes).
fn limit_files(serving: &Serving, most: &str) {
    let limit = format!("--fsize={most}:unlimited");
    let set = Command::new("prlimit").args(["--pid", &serving.id().to_string(), &limit]).status();
    assert!(set.is_ok_and(|status| status.success()), "prlimit (util-linux) sets {limit}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_disk_that_takes_nothing_people_are_told_and_the_log_says_it_once() {
    let office = Office::open().await;
    // Writes that are refused by the limit shall fail, as on a broken disk, and not end the process.
    let mut command = Command::new("sh");
    let bare = program(office.folder.path());
    command
        .current_dir(office.folder.path())
        .args(["-c", "trap '' XFSZ; exec \"$0\" serve"])
        .arg(bare.get_program());
    for (name, _) in bare.get_envs() {
        command.env_remove(name);
    }
    let mut watched = Watched::start(&office, command).await;
    watched.serving.line("ready").await;
    limit_files(&watched.serving, "1");
    let told = filed_within_three_seconds(&office, COMPLAINT).await;
    assert!(told.ephemeral && told.text().contains(NOT_SAVED), "{}", told.text());
    // The folder of kept files stands on the same disk.
    let ready = watched.until("/readyz", 503).await;
    assert!(ready.starts_with("the database: no writing: failing\n"), "{ready}");
    let line = watched.serving.line_with("database-failing").await;
    let line: Value = serde_json::from_str(&line).expect("a line of JSON");
    assert_eq!((&line["level"], &line["fields"]["trouble"]), (&"ERROR".into(), &"database-failing".into()));
    let now = watched.metrics().await;
    assert!(is(&now, "langnghe_database_up{operation=\"write\"}", 0.0), "{now:#?}");
    assert!(is(&now, "langnghe_database_up{operation=\"read\"}", 1.0), "{now:#?}");
    assert!(is(&now, "langnghe_trouble{trouble=\"database-failing\"}", 1.0), "{now:#?}");
    assert!(now["langnghe_asks_total{outcome=\"failed\"}"] >= 1.0, "{now:#?}");
    assert_eq!(watched.get("/livez").await.0, 200);
    assert!(
        office.threads().is_empty() && office.direct().is_empty(),
        "nothing is told of what is not stored"
    );

    limit_files(&watched.serving, "unlimited");
    watched.until("/readyz", 200).await;
    let told = office.file(COMPLAINT).await;
    assert!(told.text().contains("đã được ghi lại"), "{}", told.text());
    watched.serving.line_with("trouble over: the database").await;
    office.until("the thread", |_| !office.threads().is_empty()).await;
    watched.serving.signal("TERM");
    let (ended, said) = watched.serving.end().await;
    assert_eq!(ended.code(), Some(0), "{said}");
    assert_eq!(said.matches("\"trouble: the database").count(), 1, "once for each episode: {said}");
    assert!(
        !said.contains("mất mạng") && !said.contains(TOKEN),
        "a log holds neither words nor token: {said}"
    );
    for line in said.lines().filter(|line| *line != "ready") {
        let line: Value = serde_json::from_str(line).expect("every line of the log is JSON");
        let complete = ["timestamp", "level", "target"].iter().all(|key| line[*key].is_string());
        assert!(complete && line["fields"]["message"].is_string(), "{line}");
    }
    office.sandbox.stop();
}

/// A way to a server that can be cut.
struct Way {
    address: std::net::SocketAddr,
    carrying: Option<tokio::task::JoinHandle<()>>,
    to: String,
}

impl Way {
    async fn open(to: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let mut way = Self { address: listener.local_addr().expect("it has one"), carrying: None, to };
        way.carry(listener);
        way
    }

    fn carry(&mut self, listener: TcpListener) {
        let to = self.to.clone();
        self.carrying = Some(tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                let to = to.clone();
                connections.spawn(async move {
                    if let Ok(mut far) = TcpStream::connect(to).await {
                        // It ends when either side does.
                        let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                    }
                });
            }
        }));
    }

    async fn cut(&mut self) {
        if let Some(carrying) = self.carrying.take() {
            carrying.abort();
            let _ = carrying.await;
        }
    }

    async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("its port is free again");
        self.carry(listener);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_postgresql_is_cut_off_people_are_told_and_afterwards_it_goes_on() {
    on(Kind::Postgres, async |url: String| {
        let rest = url.strip_prefix("postgres://").expect("an address of PostgreSQL");
        let (user, place) = rest.split_once('@').expect("user and host");
        let (host, database) = place.split_once('/').expect("host and database");
        let mut way = Way::open(host.to_owned()).await;
        let office = Office::open().await;
        let mut command = serve_in(&office);
        command.env("DATABASE_URL", format!("postgres://{user}@{}/{database}", way.address));
        let mut watched = Watched::start(&office, command).await;
        watched.serving.line("ready").await;
        assert_eq!(watched.get("/readyz").await.0, 200);

        way.cut().await;
        for number in 0..3 {
            let told = filed_within_three_seconds(&office, &format!("{COMPLAINT} {number}")).await;
            assert!(told.ephemeral && told.text().contains(NOT_SAVED), "{}", told.text());
        }
        assert_eq!(watched.until("/readyz", 503).await, "the database: no reading: unreachable\n");
        watched.serving.line_with("\"trouble: ").await;
        assert_eq!(watched.get("/livez").await.0, 200);
        let now = watched.metrics().await;
        assert!(is(&now, "langnghe_database_up{operation=\"read\"}", 0.0), "{now:#?}");
        assert!(office.threads().is_empty() && office.direct().is_empty());

        way.mend().await;
        watched.until("/readyz", 200).await;
        watched.serving.line_with("trouble over: ").await;
        let told = office.file(COMPLAINT).await;
        assert!(told.text().contains("đã được ghi lại"), "{}", told.text());
        office.until("the thread", |_| !office.threads().is_empty()).await;
        watched.serving.signal("TERM");
        let (ended, said) = watched.serving.end().await;
        assert_eq!(ended.code(), Some(0), "{said}");
        office.sandbox.stop();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a4_livez_and_readyz_fail_while_the_token_is_refused() {
    let office = Office::open().await;
    let mut watched = Watched::start(&office, serve_in(&office)).await;
    watched.serving.line("ready").await;
    assert_eq!(watched.get("/livez").await.0, 200);
    office.sandbox.fault(Fault {
        method: Some("POST".to_owned()),
        path_contains: Some("/messages".to_owned()),
        times: 1,
        kind: FaultKind::Refuse { status: 401, code: 0, words: None },
    });
    assert_eq!(office.file(COMPLAINT).await.kind, AnswerKind::Message);
    for path in ["/livez", "/readyz"] {
        let reasons = watched.until(path, 503).await;
        assert!(reasons.contains("refused the bot's token"), "{path}: {reasons}");
    }
    office.sandbox.stop();
}
