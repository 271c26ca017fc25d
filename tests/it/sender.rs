//! The one sender against a small server that answers as it is told: order, limits, repeats, and what never leaves.

use std::time::Duration;

use langnghe::clock::Clock;
use langnghe::clock::tenure::Tenure;
use langnghe::discord::rest::{
    Call, CallError, DownloadError, FilePart, Priority, Repeat, Sender, SenderOptions,
};
use langnghe::kernel::ids::{ChannelId, MessageId};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::scripted_server::{Heard, Reply, Server, ok, status, too_soon};

fn sender_to(server: &Server) -> Sender {
    Sender::new(&SenderOptions::new(&server.origin, "secret")).expect("a sender")
}

const SHORT: Option<Duration> = Some(Duration::from_millis(20));

fn post(channel: u64, content: &str) -> Call {
    Call::post_message(ChannelId(channel), json!({ "content": content }))
}

fn safe(channel: u64, content: &str) -> Call {
    let body = json!({ "content": content, "nonce": content, "enforce_nonce": true });
    Call::post_message(ChannelId(channel), body)
}

#[tokio::test]
async fn a_person_overtakes_bulk_in_one_bucket() {
    let limits = vec![
        ("x-ratelimit-bucket", "b"),
        ("x-ratelimit-limit", "1"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset-after", "0.001"),
    ];
    let server = Server::start(move |_, _| Reply::Answer(200, limits.clone(), "{}".to_owned())).await;
    server.may_answer.forget_permits(Semaphore::MAX_PERMITS);
    let sender = sender_to(&server);
    let mut calls = Vec::new();
    let names = [
        ("bulk 0", Priority::Bulk),
        ("bulk 1", Priority::Bulk),
        ("nudge", Priority::Nudge),
        ("person", Priority::Person),
    ];
    for (waiting, (name, priority)) in names.into_iter().enumerate() {
        let (mine, call) = (sender.clone(), post(1, name).priority(priority));
        calls.push(tokio::spawn(async move { mine.call(call).await }));
        // The first is on its way, the others wait behind it.
        while server.heard().is_empty() || sender.state().waiting < waiting {
            tokio::task::yield_now().await;
        }
    }
    server.may_answer.add_permits(names.len());
    for call in calls {
        call.await.expect("no panic").expect("each is answered");
    }
    let order: Vec<String> = server.bodies();
    let order: Vec<&str> = order.iter().map(|body| body.split('"').nth(3).unwrap_or_default()).collect();
    assert_eq!(order, ["bulk 0", "person", "nudge", "bulk 1"]);
}

#[tokio::test]
async fn an_empty_bucket_is_not_asked_again_and_other_channels_go_on() {
    let server = Server::start(|_, heard| {
        let mut headers = vec![("x-ratelimit-bucket", "b"), ("x-ratelimit-limit", "5")];
        if heard.line.contains("/channels/1/") {
            headers.extend([("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "3600")]);
        }
        Reply::Answer(200, headers, "{}".to_owned())
    })
    .await;
    let sender = sender_to(&server);
    sender.call(post(1, "last").deadline(SHORT)).await.expect("one was left");
    let refused = sender.call(post(1, "too soon").deadline(SHORT)).await;
    assert!(matches!(refused, Err(CallError::RateLimited { retry_after_ms: 3_000_000.. })), "{refused:?}");
    sender.call(post(2, "elsewhere")).await.expect("another channel is counted apart");
    assert_eq!(server.bodies().len(), 2);
}

#[tokio::test]
async fn a_429_is_waited_out_and_the_call_sent_again() {
    let server = Server::start(|number, _| match number {
        0 => too_soon(0.002, false),
        _ => ok(),
    })
    .await;
    let sender = sender_to(&server);
    assert_eq!(sender.call(post(1, "x")).await, Ok(json!({ "id": "1" })));
    assert_eq!(server.bodies().len(), 2);
    assert_eq!(sender.state().invalid, 1);
}

#[tokio::test]
async fn a_429_that_asks_for_an_hour_is_told_to_the_caller_and_kept_for_its_channel() {
    let server = Server::start(|number, _| match number {
        0 => too_soon(3_600.0, false),
        _ => ok(),
    })
    .await;
    let sender = sender_to(&server);
    assert_eq!(sender.call(post(1, "x")).await, Err(CallError::RateLimited { retry_after_ms: 3_600_000 }));
    let again = sender.call(post(1, "x").deadline(SHORT)).await;
    assert!(matches!(again, Err(CallError::RateLimited { .. })), "{again:?}");
    assert_eq!(server.bodies().len(), 1, "the hour is kept");
    sender.call(post(2, "x")).await.expect("another channel");
}

#[tokio::test]
async fn a_global_429_holds_everything_but_what_an_interactions_token_sends() {
    let server = Server::start(|number, _| match number {
        0 => too_soon(3_600.0, true),
        _ => Reply::Answer(204, vec![], String::new()),
    })
    .await;
    let sender = sender_to(&server);
    sender.call(post(1, "x")).await.expect_err("it is refused");
    let held = sender.call(post(2, "x").deadline(SHORT)).await;
    assert!(matches!(held, Err(CallError::RateLimited { .. })), "{held:?}");
    let callback = Call::callback(7, "token", json!({ "type": 5 }));
    assert_eq!(sender.call(callback).await, Ok(Value::Null));
    sender.call(Call::edit_original(9, "token", json!({ "content": "done" }))).await.expect("it passes");
    sender.call(Call::follow_up(9, "token", json!({ "content": "more" }))).await.expect("it passes");
    let heard = server.heard();
    let lines: Vec<&str> = heard.iter().map(|heard| heard.line.as_str()).collect();
    assert_eq!(
        lines,
        [
            "POST /api/v10/channels/1/messages",
            "POST /api/v10/interactions/7/token/callback",
            "PATCH /api/v10/webhooks/9/token/messages/@original",
            "POST /api/v10/webhooks/9/token",
        ]
    );
    assert_eq!(heard[0].authorization.as_deref(), Some("Bot secret"));
    assert!(heard[1..].iter().all(|heard| heard.authorization.is_none()), "no token where none belongs");
}

#[tokio::test]
async fn an_unknown_outcome_is_repeated_only_where_that_does_no_harm() {
    for first in [status(502, Value::Null), Reply::Cut, Reply::Hang] {
        let play = move |number, _: &Heard| if number == 0 { first.clone() } else { ok() };
        let quick = |origin: &str| SenderOptions {
            timeout: Duration::from_secs(1),
            ..SenderOptions::new(origin, "secret")
        };
        let server = Server::start(play.clone()).await;
        let sender = Sender::new(&quick(&server.origin)).expect("a sender");
        assert_eq!(sender.call(safe(1, "x")).await, Ok(json!({ "id": "1" })));
        let bodies = server.bodies();
        assert_eq!(bodies.len(), 2);
        assert_eq!(bodies[0], bodies[1], "the nonce is the same");

        let server = Server::start(play).await;
        let sender = Sender::new(&quick(&server.origin)).expect("a sender");
        assert_eq!(sender.call(post(1, "x")).await, Err(CallError::Unknown));
        assert_eq!(server.bodies().len(), 1);
        sender.call(post(1, "y")).await.expect("its place in the bucket is free again");
    }
}

#[tokio::test]
async fn repeats_end_and_a_cut_success_stays_unknown() {
    let server = Server::start(|_, _| Reply::Answer(200, vec![], "{\"id\":".to_owned())).await;
    let sender = sender_to(&server);
    assert_eq!(sender.call(safe(1, "x")).await, Err(CallError::Unknown));
    assert_eq!(server.bodies().len(), 4);
    assert_eq!(sender.call(post(1, "y")).await, Err(CallError::Unknown));
    assert_eq!(server.bodies().len(), 5);
}

#[tokio::test]
async fn a_callback_that_was_cut_after_it_took_effect_counts_as_done() {
    let taken = || status(400, json!({ "code": 40_060, "message": "already acknowledged" }));
    let server = Server::start(move |number, _| if number == 0 { Reply::Cut } else { taken() }).await;
    let callback = || Call::callback(7, "token", json!({ "type": 5 }));
    let sender = sender_to(&server);
    assert_eq!(sender.call(callback()).await, Ok(Value::Null));
    let twice = sender.call(callback()).await.expect_err("somebody else answered first");
    assert!(twice.is_code(40_060), "{twice}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let origin = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let sender = Sender::new(&SenderOptions::new(origin, "secret")).expect("a sender");
    assert_eq!(sender.call(post(1, "x").deadline(SHORT)).await, Err(CallError::Unreachable));
}

#[tokio::test]
async fn a_refused_token_stops_everything_that_would_carry_it() {
    let server = Server::start(|number, _| match number {
        0 => status(401, json!({ "message": "401: Unauthorized", "code": 0 })),
        _ => ok(),
    })
    .await;
    let sender = sender_to(&server);
    sender.call(Call::get_me()).await.expect_err("the token is wrong");
    let refused = sender.call(post(1, "x")).await;
    assert!(matches!(refused, Err(CallError::Refused { status: 401, .. })), "{refused:?}");
    assert_eq!(server.bodies().len(), 1);
    assert!(sender.state().stopped);

    let server = Server::start(|_, _| status(401, json!({ "code": 50_027 }))).await;
    let sender = sender_to(&server);
    let expired = sender.call(Call::edit_original(9, "token", json!({}))).await.expect_err("it expired");
    assert!(expired.is_code(50_027));
    assert!(!sender.state().stopped, "an interaction's token is not the bot's");
}

#[tokio::test]
async fn a_refusal_says_which_field_and_is_not_repeated() {
    let body = json!({ "code": 50_035, "message": "Invalid Form Body", "errors": { "embeds": { "0": {
        "title": { "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length." }] }
    } } } });
    let server = Server::start(move |_, _| status(400, body.clone())).await;
    let refused = sender_to(&server).call(safe(1, "x")).await;
    let message = "Invalid Form Body: embeds.0.title: Must be 256 or fewer in length.".to_owned();
    assert_eq!(refused, Err(CallError::Refused { status: 400, code: 50_035, message }));
    assert_eq!(server.bodies().len(), 1);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::start(|number, _| match number {
        0 => Reply::Answer(302, vec![("location", "/elsewhere")], String::new()),
        _ => ok(),
    })
    .await;
    let refused = sender_to(&server).call(Call::get_channel(ChannelId(1))).await;
    assert!(matches!(refused, Err(CallError::Refused { status: 302, .. })), "{refused:?}");
    assert_eq!(server.bodies().len(), 1);
}

#[tokio::test]
async fn a_deletion_that_took_effect_unseen_is_done() {
    let gone = || status(404, json!({ "code": 10_008, "message": "Unknown Message" }));
    let server = Server::start(move |number, _| if number == 0 { Reply::Cut } else { gone() }).await;
    let delete = || Call::delete_message(ChannelId(1), MessageId(2));
    assert_eq!(sender_to(&server).call(delete()).await, Ok(Value::Null));
    assert!(sender_to(&server).call(delete()).await.is_err_and(|error| error.is_code(10_008)));
    let server = Server::start(|_, _| Reply::Cut).await;
    assert_eq!(sender_to(&server).call(delete().repeat(Repeat::Once)).await, Err(CallError::Unknown));
}

#[tokio::test]
async fn files_travel_beside_the_json() {
    let server = Server::start(|_, _| ok()).await;
    let files = ["image/png", "no media type"].map(|content_type| FilePart {
        name: "ảnh.png".to_owned(),
        content_type: content_type.to_owned(),
        bytes: b"picture".to_vec(),
    });
    sender_to(&server).call(post(1, "with a picture").files(files.to_vec())).await.expect("it is posted");
    let body = server.bodies().concat();
    for part in [
        "name=\"payload_json\"",
        "{\"content\":\"with a picture\"}",
        "name=\"files[0]\"",
        "name=\"files[1]\"",
        "Content-Type: image/png",
        "Content-Type: application/octet-stream",
        "picture",
    ] {
        assert!(body.contains(part), "{part} is missing in {body}");
    }
}

#[tokio::test]
async fn a_file_is_fetched_without_the_token_and_never_beyond_the_limit() {
    let server = Server::start(|_, heard| {
        let bytes = "0123456789".to_owned();
        match heard.line.as_str() {
            "GET /file" => Reply::Answer(200, vec![], bytes),
            "GET /unmeasured" => Reply::Answer(200, vec![("content-length", "")], bytes),
            "GET /moved" => Reply::Answer(302, vec![("location", "/file")], String::new()),
            _ => status(404, Value::Null),
        }
    })
    .await;
    let sender = sender_to(&server);
    let fetch = async |path: &str, most| sender.download(&format!("{}{path}", server.origin), most).await;
    assert_eq!(fetch("/file", 10).await, Ok(b"0123456789".to_vec()));
    assert_eq!(fetch("/unmeasured", 10).await, Ok(b"0123456789".to_vec()));
    for path in ["/file", "/unmeasured"] {
        assert_eq!(fetch(path, 9).await, Err(DownloadError::TooLarge { most: 9 }), "{path}");
    }
    assert_eq!(fetch("/moved", 10).await, Err(DownloadError::Refused { status: 302 }));
    assert_eq!(fetch("/expired", 10).await, Err(DownloadError::Refused { status: 404 }));
    let foreign = sender.download("https://cdn.discordapp.com/attachments/1/2/a.png", 10).await;
    assert_eq!(foreign, Err(DownloadError::Foreign), "with a loopback origin nothing leaves the machine");
    assert!(server.heard().iter().all(|heard| heard.authorization.is_none()));
}

#[tokio::test]
async fn a_process_whose_lease_ends_begins_no_call_and_cuts_what_it_began() {
    let server = Server::start(|_, heard| if heard.body.contains("hang") { Reply::Hang } else { ok() }).await;
    let clock = Clock::manual(0);
    let tenure = Tenure::ended_one(clock.clone());
    let options = SenderOptions::new(&server.origin, "secret");
    let sender = Sender::new(&SenderOptions { tenure: tenure.clone(), ..options }).expect("a sender");
    let none = sender.call(post(1, "no lease").deadline(SHORT)).await;
    assert_eq!(none, Err(CallError::Unreachable));
    tenure.renew(clock.moment(), 8_000);
    tenure.resume(0).await;
    sender.call(post(1, "in time")).await.expect("the lease holds");
    let hanging = tokio::spawn({
        let sender = sender.clone();
        async move { sender.call(post(2, "hang")).await }
    });
    while server.bodies().len() < 2 {
        tokio::task::yield_now().await;
    }
    clock.set(6_000);
    let late = sender.call(post(1, "too late").deadline(SHORT)).await;
    assert_eq!(late, Err(CallError::Unreachable), "less is left than a call needs");
    // What is under way is cut while there is still a second left.
    clock.set(7_000);
    assert_eq!(hanging.await.expect("no panic"), Err(CallError::Unknown));
    assert_eq!(server.bodies().len(), 2, "{:?}", server.bodies());
}
