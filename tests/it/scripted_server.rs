//! A small HTTP server for tests that plays a script, and can do what no framework offers: cut a connection, or hang.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What the server heard.
#[derive(Clone, Debug)]
pub struct Heard {
    pub line: String,
    pub authorization: Option<String>,
    pub body: String,
}

/// What the server does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Answers with a status, headers and a body.
    Answer(u16, Vec<(&'static str, &'static str)>, String),
    /// Closes the connection after it has read everything.
    Cut,
    /// Never answers.
    Hang,
}

/// Success, with a message of id 1.
pub fn ok() -> Reply {
    Reply::Answer(200, vec![], json!({ "id": "1" }).to_string())
}

/// An answer without headers.
pub fn status(status: u16, body: Value) -> Reply {
    Reply::Answer(status, vec![], body.to_string())
}

/// A 429 that asks for so many seconds.
pub fn too_soon(retry_after: f64, global: bool) -> Reply {
    status(429, json!({ "message": "slow down", "retry_after": retry_after, "global": global }))
}

/// A server on loopback that answers as it is told.
pub struct Server {
    pub origin: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    /// One permit for each request that may be answered.
    pub may_answer: Arc<Semaphore>,
}

impl Server {
    /// Answers the n-th request (from 0) with `play`.
    pub async fn start(play: impl Fn(usize, &Heard) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let heard: Arc<Mutex<Vec<Heard>>> = Arc::default();
        let may_answer = Arc::new(Semaphore::new(Semaphore::MAX_PERMITS));
        let (list, gate, play) = (heard.clone(), may_answer.clone(), Arc::new(play));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (list, gate, play) = (list.clone(), gate.clone(), play.clone());
                tokio::spawn(async move {
                    let _ = answer(stream, &list, &gate, &*play).await;
                });
            }
        });
        Self { origin, heard, may_answer }
    }

    /// The requests so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("no panic").clone()
    }

    /// Their bodies.
    pub fn bodies(&self) -> Vec<String> {
        self.heard().into_iter().map(|heard| heard.body).collect()
    }
}

async fn answer(
    mut stream: TcpStream,
    list: &Mutex<Vec<Heard>>,
    gate: &Semaphore,
    play: &(impl Fn(usize, &Heard) -> Reply + Send + Sync),
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let (head, length) = loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            bytes.drain(..end + 4);
            break (head, length);
        }
    };
    while bytes.len() < length {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
    }
    let heard = Heard {
        line: head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned(),
        authorization: header(&head, "authorization"),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    };
    let number = {
        let mut list = list.lock().expect("no panic");
        list.push(heard.clone());
        list.len() - 1
    };
    gate.acquire().await.expect("the gate stays open").forget();
    match play(number, &heard) {
        Reply::Cut => Ok(()),
        Reply::Hang => std::future::pending().await,
        Reply::Answer(status, headers, body) => {
            let mut text = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n");
            if headers.iter().all(|(name, _)| *name != "content-length") {
                text.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            stream.write_all(format!("{text}\r\n{body}").as_bytes()).await
        }
    }
}

fn header(head: &str, wanted: &str) -> Option<String> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value.to_owned())
}
