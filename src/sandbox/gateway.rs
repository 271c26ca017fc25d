//! The gateway socket: hello, identify, ready, events, heartbeats, resume, compression.

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use flate2::{Compress, Compression, FlushCompress};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Shared;
use super::payload;
use super::world::{Order, Sent, Session, World, intent};

/// How often a client is to send a heartbeat (ms).
const HEARTBEAT: u64 = 41_250;
/// The largest frame that a client may send (bytes; `events/gateway`, sending events).
const LARGEST: usize = 4_096;
/// Close codes (`topics/opcodes-and-status-codes`).
mod close {
    pub(super) const UNKNOWN_OPCODE: u16 = 4001;
    pub(super) const DECODE_ERROR: u16 = 4002;
    pub(super) const NOT_AUTHENTICATED: u16 = 4003;
    pub(super) const AUTHENTICATION_FAILED: u16 = 4004;
    pub(super) const ALREADY_AUTHENTICATED: u16 = 4005;
    pub(super) const INVALID_INTENTS: u16 = 4013;
}

/// How frames travel.
enum Transport {
    Plain,
    /// Each frame is a zlib stream of its own (`compress: true` in identify).
    Payload,
    /// One zlib stream over the whole connection (`compress=zlib-stream`).
    Stream(Box<Compress>),
}

impl Transport {
    fn frame(&mut self, value: &Value) -> Frame {
        let text = value.to_string();
        match self {
            Self::Plain => Frame::Text(text.into()),
            Self::Payload => {
                let mut one = Compress::new(Compression::fast(), true);
                Frame::Binary(squeeze(&mut one, text.as_bytes(), FlushCompress::Finish).into())
            }
            Self::Stream(state) => Frame::Binary(squeeze(state, text.as_bytes(), FlushCompress::Sync).into()),
        }
    }
}

fn squeeze(state: &mut Compress, input: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut out = Vec::with_capacity(input.len() / 2 + 256);
    let mut taken = 0;
    loop {
        let before = state.total_in();
        // Reserving until a call leaves room means that everything is out.
        out.reserve(input.len() / 2 + 256);
        if state.compress_vec(&input[taken..], &mut out, flush).is_err() {
            return out;
        }
        taken += usize::try_from(state.total_in() - before).unwrap_or(0);
        if taken == input.len() && out.len() < out.capacity() {
            return out;
        }
    }
}

/// Serves one connection until it ends.
pub(super) async fn serve(shared: Shared, mut socket: WebSocket, compress: bool) {
    let mut transport = match compress {
        true => Transport::Stream(Box::new(Compress::new(Compression::fast(), true))),
        false => Transport::Plain,
    };
    let hello = json!({ "op": 10, "d": { "heartbeat_interval": HEARTBEAT, "_trace": ["sandbox"] }, "s": null, "t": null });
    if socket.send(transport.frame(&hello)).await.is_err() {
        return;
    }
    let (orders, mut ordered) = mpsc::unbounded_channel::<Order>();
    let mut session: Option<String> = None;
    let mut frozen = false;
    loop {
        tokio::select! {
            order = ordered.recv() => match order {
                None | Some(Order::Drop) => break,
                Some(Order::Freeze) => frozen = true,
                Some(_) if frozen => {}
                Some(Order::Event(sent)) => {
                    if socket.send(transport.frame(&event(&sent))).await.is_err() { break; }
                }
                Some(Order::Raw(value)) => {
                    if socket.send(transport.frame(&value)).await.is_err() { break; }
                }
                Some(Order::Close(code)) => {
                    let frame = CloseFrame { code, reason: "".into() };
                    // The other side may be gone already.
                    let _ = socket.send(Frame::Close(Some(frame))).await;
                    break;
                }
            },
            frame = socket.recv() => {
                let text = match frame {
                    Some(Ok(Frame::Text(text))) => text.to_string(),
                    Some(Ok(Frame::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
                    Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => continue,
                    Some(Ok(Frame::Close(_)) | Err(_)) | None => break,
                };
                if frozen { continue; }
                let code = match serde_json::from_str::<Value>(&text) {
                    Ok(_) if text.len() > LARGEST => Some(close::DECODE_ERROR),
                    Ok(value) => take(&shared, &value, &orders, &mut session, &mut transport),
                    Err(_) => Some(close::DECODE_ERROR),
                };
                if let Some(code) = code {
                    // Queued behind what was said before.
                    let _ = orders.send(Order::Close(code));
                }
            }
        }
    }
    if let Some(id) = session {
        shared.on(|world| {
            let own = world.sessions.get(&id).and_then(|held| held.connection.as_ref());
            // A newer connection may have taken the session over.
            if own.is_some_and(|held| held.same_channel(&orders)) {
                if let Some(held) = world.sessions.get_mut(&id) {
                    held.connection = None;
                }
                world.touch(json!({ "kind": "bot" }));
            }
        });
    }
}

fn event(sent: &Sent) -> Value {
    json!({ "op": 0, "d": sent.data, "s": sent.seq, "t": sent.name })
}

/// Takes a frame of the client; returns a code to close with.
fn take(
    shared: &Shared,
    value: &Value,
    orders: &mpsc::UnboundedSender<Order>,
    session: &mut Option<String>,
    transport: &mut Transport,
) -> Option<u16> {
    let data = &value["d"];
    match value["op"].as_u64() {
        Some(1) => {
            let ack = json!({ "op": 11, "d": null, "s": null, "t": null });
            orders.send(Order::Raw(ack)).err().map(|_| close::UNKNOWN_OPCODE)
        }
        Some(2) if shared.on(|world| session.as_ref().is_some_and(|id| world.sessions.contains_key(id))) => {
            Some(close::ALREADY_AUTHENTICATED)
        }
        Some(2) => {
            let known = |intents: &u64| intents & !intent::KNOWN == 0;
            let Some(intents) = data["intents"].as_u64().filter(known) else {
                return Some(close::INVALID_INTENTS);
            };
            if data["compress"] == true && matches!(transport, Transport::Plain) {
                *transport = Transport::Payload;
            }
            match shared.on(|world| identify(world, data, intents, orders)) {
                Ok(id) => {
                    *session = Some(id);
                    None
                }
                Err(code) => Some(code),
            }
        }
        Some(6) => {
            let id = data["session_id"].as_str().unwrap_or_default().to_owned();
            let seq = data["seq"].as_u64().unwrap_or(0);
            if !shared.on(|world| authentic(world, data)) {
                return Some(close::AUTHENTICATION_FAILED);
            }
            if shared.on(|world| resume(world, &id, seq, orders)) {
                *session = Some(id);
            } else {
                // Closed channels end the connection anyway.
                let _ = orders.send(Order::Raw(json!({ "op": 9, "d": false, "s": null, "t": null })));
            }
            None
        }
        // Presence, voice state, member requests: taken and without consequence here.
        Some(3 | 4 | 8) if session.is_some() => None,
        Some(3 | 4 | 8) => Some(close::NOT_AUTHENTICATED),
        _ => Some(close::UNKNOWN_OPCODE),
    }
}

fn authentic(world: &World, data: &Value) -> bool {
    let token = data["token"].as_str().unwrap_or_default();
    let token = token.strip_prefix("Bot ").unwrap_or(token);
    !token.is_empty() && (world.token.is_empty() || world.token == token)
}

fn identify(
    world: &mut World,
    data: &Value,
    intents: u64,
    orders: &mpsc::UnboundedSender<Order>,
) -> Result<String, u16> {
    if !authentic(world, data) {
        return Err(close::AUTHENTICATION_FAILED);
    }
    let id = format!("{:032x}", world.next_id());
    let connection = Some(orders.clone());
    world.sessions.insert(id.clone(), Session { intents, seq: 0, handed: 0, sent: Vec::new(), connection });
    let bot = world.users.get(&world.bot).map(payload::current_user);
    let on_guilds: Vec<u64> = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&world.bot))
        .map(|guild| guild.id)
        .collect();
    let guilds: Vec<Value> =
        on_guilds.iter().map(|id| json!({ "id": id.to_string(), "unavailable": true })).collect();
    let resume = format!("{}/gateway", world.origin.replace("http://", "ws://"));
    let ready = json!({
        "v": 10, "user": bot, "guilds": guilds, "session_id": id, "session_type": "normal",
        "resume_gateway_url": resume, "shard": data.get("shard").cloned().unwrap_or_else(|| json!([0, 1])),
        "application": { "id": world.bot.to_string(), "flags": 0 }, "private_channels": [], "relationships": [],
        "user_settings": {}, "presences": [], "guild_join_requests": [], "geo_ordered_rtc_regions": [], "_trace": [],
    });
    send_to(world, &id, "READY", ready);
    if intents & intent::GUILDS != 0 {
        for guild in on_guilds {
            let create = world.guilds.get(&guild).map(|held| payload::guild_create(world, held));
            if let Some(create) = create {
                send_to(world, &id, "GUILD_CREATE", create);
            }
        }
    }
    world.touch(json!({ "kind": "bot" }));
    Ok(id)
}

/// Sends an event to one session.
fn send_to(world: &mut World, id: &str, name: &'static str, data: Value) {
    let Some(session) = world.sessions.get_mut(id) else { return };
    session.seq += 1;
    let sent = Sent { seq: session.seq, name, data };
    session.sent.push(sent.clone());
    if session.connection.as_ref().is_some_and(|held| held.send(Order::Event(sent)).is_ok()) {
        session.handed = session.seq;
        world.dispatched.send_modify(|sum| *sum += 1);
    }
}

fn resume(world: &mut World, id: &str, seq: u64, orders: &mpsc::UnboundedSender<Order>) -> bool {
    let Some(session) = world.sessions.get_mut(id) else { return false };
    let kept = session.sent.first().map_or(session.seq + 1, |sent| sent.seq);
    if seq > session.seq || seq + 1 < kept {
        return false;
    }
    session.connection = Some(orders.clone());
    let missed: Vec<Sent> = session.sent.iter().filter(|sent| sent.seq > seq).cloned().collect();
    // What went down with the old connection was counted when it was handed over.
    let count = missed.iter().filter(|sent| sent.seq > session.handed).count() as u64;
    session.handed = session.seq;
    for sent in missed {
        // The connection's own end reads these.
        let _ = orders.send(Order::Event(sent));
    }
    world.dispatched.send_modify(|sum| *sum += count);
    send_to(world, id, "RESUMED", json!({ "_trace": [] }));
    world.touch(json!({ "kind": "bot" }));
    true
}
