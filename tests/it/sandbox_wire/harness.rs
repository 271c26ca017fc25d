//! A bot made of bare HTTP and WebSocket, and a small guild to try it on.

use std::io::Read;

use flate2::read::ZlibDecoder;
use flate2::{Decompress, FlushDecompress};
use futures::{SinkExt, StreamExt};
use langnghe::sandbox::{
    ChannelSpec, Guild, GuildSpec, Options, PersonSpec, RoleSpec, Sandbox, SandboxClock,
};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message as Frame;

/// A Monday morning (Unix ms).
pub const START: i64 = 1_795_395_600_000;
/// Guilds, members, guild messages, direct messages.
pub const USUAL: u64 = 1 | 1 << 1 | 1 << 9 | 1 << 12;
/// The content of messages.
pub const CONTENT: u64 = 1 << 15;

/// A sandbox with a guild: `intake` is open, `desk` private to staff.
pub struct Wire {
    pub sandbox: Sandbox,
    pub guild: Guild,
    pub intake: u64,
    pub desk: u64,
    pub customer: u64,
    pub staff: u64,
    http: reqwest::Client,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Reply {
    /// Status and Discord's code.
    pub fn refusal(&self) -> (u16, i64) {
        (self.status, self.body["code"].as_i64().unwrap_or(0))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("plain letters"))
    }

    pub fn id(&self) -> u64 {
        id(&self.body["id"])
    }
}

pub fn id(value: &Value) -> u64 {
    value.as_str().and_then(|id| id.parse().ok()).expect("an id")
}

impl Wire {
    pub async fn open() -> Self {
        Self::with_token("").await
    }

    pub async fn with_token(token: &str) -> Self {
        let clock = SandboxClock::manual(START);
        let options = Options { port: 0, clock, token: token.to_owned() };
        let sandbox = Sandbox::start(options).await.expect("a port is free");
        let channel = |name: &str, private_to: &[&str]| ChannelSpec {
            name: name.to_owned(),
            private_to: private_to.iter().map(ToString::to_string).collect(),
        };
        let guild = sandbox.make_guild(GuildSpec {
            name: "Internet Một".to_owned(),
            roles: vec![RoleSpec { name: "staff".to_owned(), permissions: 0 }],
            channels: vec![channel("intake", &[]), channel("desk", &["staff"])],
            bot_permissions: None,
        });
        let person = |name: &str, label: &str, roles: Vec<u64>| {
            sandbox.make_person(PersonSpec {
                guild: guild.id,
                name: name.to_owned(),
                locale: "vi".to_owned(),
                label: label.to_owned(),
                roles,
                dms_open: true,
            })
        };
        let customer = person("Lan", "customer", Vec::new());
        let staff = person("Minh", "staff", vec![guild.roles["staff"]]);
        let (intake, desk) = (guild.channels["intake"], guild.channels["desk"]);
        Self { sandbox, guild, intake, desk, customer, staff, http: reqwest::Client::new() }
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let address = format!("{}/api/v10{path}", self.sandbox.origin());
        self.http.request(method, address).header("authorization", "Bot secret")
    }

    /// A call that may be cut.
    pub async fn try_call(&self, method: &str, path: &str, body: Value) -> Result<Reply, reqwest::Error> {
        let request = self.request(method, path);
        let request = if body.is_null() { request } else { request.json(&body) };
        read(request.send().await?).await
    }

    pub async fn call(&self, method: &str, path: &str, body: Value) -> Reply {
        self.try_call(method, path, body).await.expect("an answer")
    }

    /// A post into a channel.
    pub async fn post(&self, channel: u64, body: Value) -> Reply {
        self.call("POST", &format!("/channels/{channel}/messages"), body).await
    }

    /// A post with a file of so many bytes.
    pub async fn upload(&self, channel: u64, name: &str, bytes: Vec<u8>) -> Reply {
        let file = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new()
            .text("payload_json", r#"{"content":"a file"}"#)
            .part("files[0]", file);
        let request = self.request("POST", &format!("/channels/{channel}/messages")).multipart(form);
        read(request.send().await.expect("an answer")).await.expect("its body")
    }

    /// Posts a button and answers with the message.
    pub async fn button(&self, channel: u64, custom_id: &str) -> u64 {
        let button = json!({ "type": 2, "style": 1, "label": custom_id, "custom_id": custom_id });
        let row = json!([{ "type": 1, "components": [button] }]);
        self.post(channel, json!({ "content": "press", "components": row })).await.id()
    }

    /// The first answer to an interaction.
    pub async fn answer(&self, event: &Value, body: Value) -> Reply {
        let (id, token) = (&event["id"], &event["token"]);
        let path = format!("/interactions/{}/{}/callback", plain(id), plain(token));
        self.call("POST", &path, body).await
    }

    /// A call by an interaction's token; `rest` such as `/messages/@original`.
    pub async fn by_token(&self, method: &str, event: &Value, rest: &str, body: Value) -> Reply {
        let path = format!("/webhooks/{}/{}{rest}", plain(&event["application_id"]), plain(&event["token"]));
        self.call(method, &path, body).await
    }

    /// A call of the control interface.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Reply {
        let address = format!("{}/control/{path}", self.sandbox.origin());
        let request = self.http.request(method.parse().expect("a method"), address);
        let request = if body.is_null() { request } else { request.json(&body) };
        read(request.send().await.expect("an answer")).await.expect("its body")
    }

    /// A connection of the gateway after its hello.
    pub async fn connect(&self, query: &str) -> Gateway {
        let address = self.sandbox.origin().replace("http://", "");
        let stream = TcpStream::connect(&address).await.expect("the port");
        let request = format!("ws://{address}/gateway?v=10&encoding=json{query}");
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await.expect("a socket");
        let mut gateway =
            Gateway { socket, inflate: query.contains("zlib-stream").then(|| Decompress::new(true)), seq: 0 };
        let hello = gateway.next().await.expect("hello");
        assert_eq!((&hello["op"], &hello["d"]["heartbeat_interval"]), (&json!(10), &json!(41_250)));
        gateway
    }

    /// A connection that has identified itself and seen the guild.
    pub async fn login(&self, intents: u64) -> Gateway {
        let mut gateway = self.connect("").await;
        gateway.identify(intents).await;
        gateway.until("GUILD_CREATE").await;
        gateway
    }
}

fn plain(value: &Value) -> &str {
    value.as_str().expect("a string")
}

async fn read(answer: reqwest::Response) -> Result<Reply, reqwest::Error> {
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let text = answer.text().await?;
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Ok(Reply { status, headers, body })
}

/// One connection of the gateway.
pub struct Gateway {
    socket: WebSocketStream<TcpStream>,
    inflate: Option<Decompress>,
    /// The last sequence number.
    pub seq: u64,
}

impl Gateway {
    pub async fn send(&mut self, value: Value) {
        self.socket.send(Frame::Text(value.to_string().into())).await.expect("the frame is taken");
    }

    pub async fn send_text(&mut self, text: &str) {
        self.socket.send(Frame::Text(text.to_owned().into())).await.expect("the frame is taken");
    }

    pub async fn identify(&mut self, intents: u64) {
        let data = json!({ "token": "secret", "intents": intents, "properties": { "os": "x", "browser": "x", "device": "x" } });
        self.send(json!({ "op": 2, "d": data })).await;
    }

    pub async fn resume(&mut self, session: &Value, seq: u64) {
        self.send(json!({ "op": 6, "d": { "token": "secret", "session_id": session, "seq": seq } })).await;
    }

    /// The next payload, or the code of the end (0: without a close frame).
    pub async fn next(&mut self) -> Result<Value, u16> {
        loop {
            let text = match self.socket.next().await {
                Some(Ok(Frame::Text(text))) => text.to_string(),
                Some(Ok(Frame::Binary(bytes))) => self.inflated(&bytes),
                Some(Ok(Frame::Close(frame))) => return Err(frame.map_or(0, |frame| frame.code.into())),
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return Err(0),
            };
            let value: Value = serde_json::from_str(&text).expect("JSON");
            self.seq = value["s"].as_u64().unwrap_or(self.seq);
            return Ok(value);
        }
    }

    fn inflated(&mut self, bytes: &[u8]) -> String {
        let mut out = Vec::with_capacity(1 << 20);
        match &mut self.inflate {
            Some(stream) => {
                assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]), "a flush ends each message of the stream");
                stream.decompress_vec(bytes, &mut out, FlushDecompress::Sync).expect("one zlib stream");
            }
            None => {
                ZlibDecoder::new(bytes).read_to_end(&mut out).expect("a zlib payload");
            }
        }
        String::from_utf8(out).expect("UTF-8")
    }

    /// The data of the next event of this name.
    pub async fn until(&mut self, name: &str) -> Value {
        loop {
            let payload = self.next().await.expect("the connection lives");
            if payload["t"] == name {
                return payload["d"].clone();
            }
        }
    }

    /// Everything that was sent up to now: the answer to a heartbeat comes behind it.
    pub async fn so_far(&mut self) -> Vec<Value> {
        self.send(json!({ "op": 1, "d": self.seq })).await;
        let mut heard = Vec::new();
        loop {
            let payload = self.next().await.expect("the connection lives");
            if payload["op"] == 11 {
                return heard;
            }
            heard.push(payload);
        }
    }

    /// The code that ends the connection; 0: none.
    pub async fn end(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}
