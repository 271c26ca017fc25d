//! The program as a process of its own: started, watched, measured, ended.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use langnghe::kernel::ids::GuildId;
use langnghe::store::{db::Db, outbox};
use tokio::sync::oneshot;

use crate::ground::Ground;
use crate::{Failure, instant, pass};

/// Any token will do for the sandbox, if it looks like one.
pub const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.sandbox.benchmark-of-the-complaint-desk-01";
/// A program that is not ready, or not at its end, by then is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where one program keeps everything.
pub struct Folder {
    folder: tempfile::TempDir,
    guild: GuildId,
}

impl Folder {
    pub fn new(ground: &Ground) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        std::fs::create_dir(folder.path().join("config"))?;
        let file = format!("{}\n[health]\nlisten = \"127.0.0.1:0\"\n", ground.file());
        std::fs::write(folder.path().join("config/langnghe.toml"), file)?;
        Ok(Self { folder, guild: GuildId(ground.guild) })
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("desk.db").display())
    }

    /// How many outbox messages wait, and how many were given up.
    pub async fn outbox(&self) -> Result<(i64, i64), Failure> {
        let db = Db::open(&self.database()).await?;
        let counts = outbox::counts(&db).await?;
        db.close().await;
        Ok(counts)
    }
}

impl Folder {
    /// How many complaints are stored.
    pub async fn complaints(&self) -> Result<usize, Failure> {
        let db = Db::open(&self.database()).await?;
        let guilds = langnghe::store::complaint::filed_before(&db, self.guild, i64::MAX).await?;
        db.close().await;
        Ok(guilds.len())
    }
}

/// A program that runs; it is killed when nobody holds it.
pub struct Program {
    child: Child,
    /// From its start until it said `ready`.
    pub ready_after: Duration,
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended already needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts `serve` on the folder's own file and waits until it is ready.
    pub async fn start(folder: &Folder, origin: &str) -> Result<Self, Failure> {
        Self::start_on(folder, origin, &folder.database()).await
    }

    /// The same on a database that others share.
    pub async fn start_on(folder: &Folder, origin: &str, database: &str) -> Result<Self, Failure> {
        let begun = instant();
        let mut child = Command::new(env!("CARGO_BIN_EXE_langnghe"))
            .arg("serve")
            .env_clear()
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", origin)
            .env("DATABASE_URL", database)
            .env("LANGNGHE_CONFIG", folder.folder.path().join("config"))
            .env("RUST_LOG", "warn")
            .current_dir(folder.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let said = child.stderr.take().ok_or("no standard error")?;
        let (tell, told) = oneshot::channel();
        std::thread::spawn(move || {
            let mut tell = Some(tell);
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                match tell.take_if(|_| line == "ready") {
                    // Nobody waits any more: the measuring was given up.
                    Some(tell) => drop(tell.send(begun.elapsed())),
                    None => eprintln!("serve: {line}"),
                }
            }
        });
        let mut program = Self { child, ready_after: Duration::ZERO };
        program.ready_after = tokio::time::timeout(PATIENCE, told).await??;
        Ok(program)
    }

    /// Its resident memory in KiB, where the system tells.
    pub fn resident_kib(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// The processor time that it has used so far, where the system tells.
    pub fn processor_time(&self) -> Option<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // After the name in brackets: state is the first, user and system time the twelfth and thirteenth, in hundredths.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        Some(Duration::from_millis(ticks * 10))
    }

    /// Asks it to end, as a service manager does.
    pub async fn end(mut self) -> Result<(), Failure> {
        Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status()?;
        let waited = tokio::time::timeout(PATIENCE, async {
            loop {
                if let Some(status) = self.child.try_wait()? {
                    return Ok::<_, std::io::Error>(status);
                }
                pass(Duration::from_millis(10)).await;
            }
        });
        let status = waited.await??;
        if status.success() { Ok(()) } else { Err(format!("serve ended with {status}").into()) }
    }

    /// Ends it at once.
    pub fn kill(self) {
        drop(self);
    }
}
