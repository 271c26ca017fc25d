//! What is known of the connection to Discord's gateway.

/// The connection to Discord's gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gateway {
    /// Whether this process is to be connected; one that stands by for others is not.
    pub expected: bool,
    /// Whether it is connected.
    pub connected: bool,
    /// Since when it is so (Unix ms).
    pub since: i64,
    /// When the last event came (Unix ms), if any did.
    pub last_event: Option<i64>,
    /// How long the last heartbeat took to be acknowledged (ms), if known.
    pub latency: Option<i64>,
    /// Whether the commands are registered.
    pub registered: bool,
    /// Sessions that began (READY).
    pub ready: u64,
    /// Sessions that were taken up again (RESUMED).
    pub resumed: u64,
}

impl Gateway {
    pub(super) fn new(now: i64) -> Self {
        Self { expected: true, since: now, ..Self::default() }
    }

    /// An event came in.
    pub fn event(&mut self, now: i64) {
        self.last_event = Some(now);
    }

    /// A session began, or was taken up again.
    pub fn session(&mut self, resumed: bool, now: i64) {
        let count = if resumed { &mut self.resumed } else { &mut self.ready };
        *count += 1;
        self.stage(true, now);
    }

    /// This process is to be connected from now on, or no more.
    pub fn expect(&mut self, expected: bool, now: i64) {
        if self.expected != expected {
            (self.expected, self.since) = (expected, now);
        }
    }

    /// Whether a connection is missing that should be there.
    pub fn is_missing(&self) -> bool {
        self.expected && !self.connected
    }

    /// It was looked at, and is connected or not.
    pub fn stage(&mut self, connected: bool, now: i64) {
        if self.connected != connected {
            (self.connected, self.since) = (connected, now);
        }
    }

    /// How often the connection was made anew after the first time.
    pub fn reconnects(&self) -> u64 {
        (self.ready + self.resumed).saturating_sub(1)
    }
}
