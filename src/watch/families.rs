//! The metrics: each with its kind and meaning. Whoever adds one adds it to the manual too; a test compares.

/// What kind of metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Counts by size.
    Histogram,
}

impl Kind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// All metrics, in the order they are shown: name, kind, meaning.
pub(super) const FAMILIES: &[(&str, Kind, &str)] = &[
    ("langnghe_build_info", Kind::Gauge, "1, with the version as a label."),
    ("langnghe_start_time_seconds", Kind::Gauge, "When this process began, in Unix time."),
    ("langnghe_complaints_open", Kind::Gauge, "Complaints that have not ended, by server."),
    (
        "langnghe_asks_total",
        Kind::Counter,
        "Requests of people, by outcome: done, refused (told kindly why), failed (not stored).",
    ),
    (
        "langnghe_letters",
        Kind::Gauge,
        "Messages and other calls that wait for being sent or were given up, by state and urgency.",
    ),
    (
        "langnghe_letters_oldest_waiting_seconds",
        Kind::Gauge,
        "Age of the oldest outbox message that waits, by urgency; 0 if none does.",
    ),
    ("langnghe_timers_armed", Kind::Gauge, "Timers that are armed."),
    ("langnghe_timers_overdue", Kind::Gauge, "Timers that are due and have not fired."),
    ("langnghe_timers_overdue_seconds", Kind::Gauge, "How late the most overdue timer is; 0 if none is."),
    ("langnghe_timer_lateness_seconds", Kind::Histogram, "How late timers were when they fired."),
    (
        "langnghe_callback_latency_seconds",
        Kind::Histogram,
        "From an interaction received to its first answer accepted by Discord, which waits 3 s.",
    ),
    (
        "langnghe_callbacks_unanswered_total",
        Kind::Counter,
        "Interactions whose answer did not reach Discord.",
    ),
    (
        "langnghe_discord_calls_total",
        Kind::Counter,
        "Calls to Discord, by method, route and class of the HTTP status (none: no answer).",
    ),
    ("langnghe_discord_calls_waiting", Kind::Gauge, "Calls that wait for their turn."),
    (
        "langnghe_discord_rate_limit_waits_total",
        Kind::Counter,
        "Calls that waited for Discord's limits, by what held them: a bucket, or the global limit.",
    ),
    (
        "langnghe_discord_rate_limit_wait_seconds_total",
        Kind::Counter,
        "How long these calls waited, by what held them.",
    ),
    (
        "langnghe_discord_rate_limited_total",
        Kind::Counter,
        "Calls that Discord refused for coming too soon (429), by scope.",
    ),
    (
        "langnghe_discord_invalid_requests",
        Kind::Gauge,
        "Calls refused with 401, 403 or 429 in the last ten minutes; Discord bans the address at 10000.",
    ),
    ("langnghe_gateway_connected", Kind::Gauge, "1 if the gateway is connected, else 0."),
    (
        "langnghe_gateway_last_event_seconds",
        Kind::Gauge,
        "Time since the gateway's last event; absent before the first.",
    ),
    (
        "langnghe_gateway_heartbeat_latency_seconds",
        Kind::Gauge,
        "How long the gateway took to acknowledge the last heartbeat; absent before the first.",
    ),
    ("langnghe_gateway_ready_total", Kind::Counter, "Gateway sessions that began."),
    ("langnghe_gateway_resumed_total", Kind::Counter, "Gateway sessions that were taken up again."),
    ("langnghe_gateway_reconnects_total", Kind::Counter, "Connections to the gateway after the first."),
    ("langnghe_worker_idle_seconds", Kind::Gauge, "Time since a worker said last that it works or rests."),
    (
        "langnghe_worker_restarts_total",
        Kind::Counter,
        "Workers that ended or panicked and were started again.",
    ),
    ("langnghe_trouble", Kind::Gauge, "1 while the watchdog sees this trouble, else 0."),
    ("langnghe_watchdog_episodes_total", Kind::Counter, "Troubles that began, by kind."),
    ("langnghe_database_info", Kind::Gauge, "1, with the kind of database as a label."),
    (
        "langnghe_database_up",
        Kind::Gauge,
        "1 if the database did this operation (read, write) just now, else 0.",
    ),
    (
        "langnghe_database_latency_seconds",
        Kind::Gauge,
        "How long a small read and a small write took just now.",
    ),
    ("langnghe_database_size_bytes", Kind::Gauge, "Size of the database."),
];

/// The upper bounds of a histogram's buckets (s).
pub(super) fn bounds(name: &str) -> &'static [f64] {
    match name {
        "langnghe_callback_latency_seconds" => {
            &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0]
        }
        _ => &[0.1, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 120.0, 600.0, 3600.0],
    }
}
