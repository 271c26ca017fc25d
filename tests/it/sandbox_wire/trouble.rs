//! Ordered trouble: limits of each scope, broken answers, cut connections.

use langnghe::sandbox::rules::fault::{CutAt, Fault, FaultKind, RateLimitScope};
use serde_json::{Value, json};

use super::harness::Wire;

fn once(kind: FaultKind) -> Fault {
    Fault { method: Some("POST".to_owned()), path_contains: Some("/messages".to_owned()), times: 1, kind }
}

#[tokio::test]
async fn a_limit_of_each_scope_says_whose_it_is_and_how_long() {
    let wire = Wire::open().await;
    let words = json!({ "content": "hello" });
    for (scope, name, global) in [
        (RateLimitScope::User, "user", false),
        (RateLimitScope::Global, "global", true),
        (RateLimitScope::Shared, "shared", false),
    ] {
        wire.sandbox.fault(once(FaultKind::RateLimit { scope, retry_after_ms: 1_250 }));
        let refused = wire.post(wire.desk, words.clone()).await;
        assert_eq!(refused.status, 429);
        assert_eq!((refused.header("retry-after"), refused.header("x-ratelimit-scope")), ("2", name));
        assert_eq!(refused.header("x-ratelimit-global") == "true", global);
        assert_eq!((&refused.body["retry_after"], &refused.body["global"]), (&json!(1.25), &json!(global)));
        assert_eq!(wire.post(wire.desk, words.clone()).await.status, 200, "once was ordered");
    }
    assert_eq!((wire.sandbox.refusals().len(), wire.sandbox.violations().len()), (3, 0));
    assert_eq!(wire.sandbox.messages(wire.desk).len(), 3, "what was refused was not done");
}

#[tokio::test]
async fn a_bucket_that_is_empty_refuses_and_every_answer_shows_it() {
    let wire = Wire::open().await;
    wire.sandbox.set_limits(true);
    let words = json!({ "content": "hello" });
    let first = wire.post(wire.desk, words.clone()).await;
    assert_eq!((first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")), ("5", "4"));
    assert!(
        !first.header("x-ratelimit-bucket").is_empty() && !first.header("x-ratelimit-reset-after").is_empty()
    );
    let refused = loop {
        let answer = wire.post(wire.desk, words.clone()).await;
        if answer.status == 429 {
            break answer;
        }
        assert!(wire.sandbox.messages(wire.desk).len() < 500, "the limit never came");
    };
    assert_eq!((refused.header("x-ratelimit-scope"), refused.header("x-ratelimit-remaining")), ("user", "0"));
    assert!(refused.body["retry_after"].as_f64().is_some_and(|seconds| seconds <= 5.0));
    assert_eq!(wire.post(wire.intake, words).await.status, 200, "another channel has its own");
}

#[tokio::test]
async fn a_broken_answer_did_nothing() {
    let wire = Wire::open().await;
    for status in [500, 502, 503] {
        wire.sandbox.fault(once(FaultKind::Status(status)));
        assert_eq!(wire.post(wire.desk, json!({ "content": "hello" })).await.status, status);
    }
    assert!(wire.sandbox.messages(wire.desk).is_empty());
    assert!(wire.sandbox.violations().is_empty());
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_work() {
    let wire = Wire::open().await;
    let path = format!("/channels/{}/messages", wire.desk);
    let body = json!({ "content": "hello", "nonce": "1", "enforce_nonce": true });
    wire.sandbox.fault(once(FaultKind::Cut(CutAt::Before)));
    wire.try_call("POST", &path, body.clone()).await.expect_err("cut");
    assert!(wire.sandbox.messages(wire.desk).is_empty());
    wire.sandbox.fault(once(FaultKind::Cut(CutAt::After)));
    wire.try_call("POST", &path, body.clone()).await.expect_err("cut");
    assert_eq!(wire.sandbox.messages(wire.desk).len(), 1);
    assert_eq!(wire.post(wire.desk, body).await.status, 200);
    assert_eq!(wire.sandbox.messages(wire.desk).len(), 1, "the nonce makes the repeat safe");
    let statuses: Vec<u16> = wire.sandbox.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [0, 0, 200]);
}

#[tokio::test]
async fn a_slow_answer_comes_after_the_work_was_done() {
    let wire = Wire::open().await;
    wire.sandbox.fault(once(FaultKind::SlowMs(1)));
    assert_eq!(wire.post(wire.desk, json!({ "content": "hello" })).await.status, 200);
    wire.sandbox.fault(once(FaultKind::Status(500)));
    wire.sandbox.clear_faults();
    assert_eq!(wire.post(wire.desk, json!({ "content": "again" })).await.status, 200);
}

#[tokio::test]
async fn calls_are_counted_by_route_and_callbacks_beside_them() {
    let wire = Wire::open().await;
    wire.post(wire.desk, json!({ "content": "hello" })).await;
    wire.call("POST", "/interactions/1/token/callback", json!({ "type": 6 })).await;
    wire.call("GET", "/users/@me", Value::Null).await;
    let calls = wire.sandbox.calls();
    let counted: Vec<(&str, bool)> = calls.iter().map(|call| (call.route.as_str(), call.callback)).collect();
    assert_eq!(
        counted,
        [
            ("/channels/{channel_id}/messages", false),
            ("/interactions/{interaction_id}/{interaction_token}/callback", true),
            ("/users/@me", false),
        ]
    );
}
