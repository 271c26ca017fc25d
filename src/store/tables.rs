//! The tables with their columns, as every migration left them. A test compares them with both databases' catalogues, so
//! that none is forgotten when a desk is copied.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A BIGINT.
    Int,
    /// A TEXT.
    Text,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The migration that made it, if that came after its table's.
    pub since: i64,
}

impl Column {
    /// The same column, made by a later migration than its table.
    const fn since(self, since: i64) -> Self {
        Self { since, ..self }
    }
}

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The migration that made it.
    pub since: i64,
    /// How many of its first columns are its key.
    pub key: usize,
    /// Its columns.
    pub columns: &'static [Column],
}

const fn int(name: &'static str) -> Column {
    Column { name, kind: Kind::Int, since: 0 }
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, since: 0 }
}

/// The table of who works on what: it speaks of living processes and is never copied.
pub const LEASE: Table =
    Table { name: "lease", since: 1, key: 1, columns: &[text("name"), text("owner"), int("until")] };

/// All others, those that refer to another one after it.
pub const TABLES: [Table; 21] = [
    Table { name: "counter", since: 2, key: 1, columns: &[text("name"), int("value")] },
    Table {
        name: "complaint",
        since: 2,
        key: 1,
        columns: &[
            int("id"),
            int("guild"),
            int("number"),
            int("customer"),
            text("stage"),
            int("owner"),
            int("thread"),
            int("line_channel"),
            int("filed_at"),
            int("touched_at"),
            int("next_due"),
            int("ended_at"),
            int("waiting"),
            text("state"),
            int("listed").since(5),
        ],
    },
    Table {
        name: "complaint_text",
        since: 9,
        key: 1,
        columns: &[int("complaint"), int("guild"), text("folded")],
    },
    Table {
        name: "manager",
        since: 9,
        key: 2,
        columns: &[
            int("guild"),
            int("person"),
            int("seen_at"),
            text("name").since(10),
            int("grade").since(10),
        ],
    },
    Table {
        name: "authority_record",
        since: 10,
        key: 1,
        columns: &[int("id"), int("guild"), int("at"), int("complaint"), text("body")],
    },
    Table {
        name: "journal",
        since: 2,
        key: 2,
        columns: &[int("complaint"), int("seq"), int("at"), text("body")],
    },
    Table {
        name: "timer",
        since: 2,
        key: 2,
        columns: &[text("stream"), text("slot"), int("due_at"), text("place").since(3)],
    },
    Table {
        name: "letter",
        since: 2,
        key: 2,
        columns: &[
            text("stream"),
            int("seq"),
            int("urgency"),
            text("body"),
            text("state"),
            int("made_at"),
            int("due_at"),
            int("leased_until"),
            int("attempts"),
            int("tried_at"),
            text("last_error"),
            text("owner").since(4),
            int("head").since(7),
        ],
    },
    Table {
        name: "inbox",
        since: 2,
        key: 1,
        columns: &[text("ask"), int("at"), text("told"), int("person").since(8), int("complaint").since(8)],
    },
    Table {
        name: "draft",
        since: 2,
        key: 1,
        columns: &[int("id"), int("customer"), int("channel"), int("is_open"), text("state")],
    },
    Table { name: "guild_desk", since: 2, key: 1, columns: &[int("guild"), text("state")] },
    Table {
        name: "person",
        since: 2,
        key: 1,
        columns: &[int("id"), text("lang"), text("seen"), int("guild")],
    },
    Table {
        name: "line_message",
        since: 2,
        key: 1,
        columns: &[int("message"), int("complaint"), int("at"), int("channel").since(12)],
    },
    Table {
        name: "incident",
        since: 2,
        key: 1,
        columns: &[int("id"), int("guild"), int("number"), text("stage"), text("state")],
    },
    Table {
        name: "notice",
        since: 3,
        key: 1,
        columns: &[
            int("id"),
            text("board"),
            int("complaint"),
            text("body"),
            int("made_at"),
            int("hold_until"),
            int("letter"),
        ],
    },
    Table {
        name: "breach",
        since: 3,
        key: 3,
        columns: &[int("complaint"), text("clock"), int("cycle"), int("guild"), int("at"), int("deadline")],
    },
    Table { name: "digest", since: 3, key: 1, columns: &[int("guild"), text("day")] },
    Table { name: "alarm", since: 3, key: 1, columns: &[int("guild"), int("since")] },
    Table {
        name: "posted",
        since: 11,
        key: 3,
        columns: &[text("subject"), int("channel"), int("message"), text("mark"), int("at")],
    },
    Table {
        name: "upload",
        since: 13,
        key: 2,
        columns: &[
            text("subject"),
            int("place"),
            text("kept"),
            int("person"),
            text("name"),
            text("media"),
            int("size"),
            int("at"),
        ],
    },
    Table {
        name: "data_request",
        since: 8,
        key: 1,
        columns: &[
            int("id"),
            int("guild"),
            int("number"),
            int("customer"),
            int("is_open"),
            int("closed_at"),
            text("state"),
        ],
    },
];

impl Table {
    /// Its columns where these migrations are applied; none where the table is not made yet.
    pub fn columns_at(&self, versions: &[i64]) -> Option<Vec<Column>> {
        let made = |since: i64| since == 0 || versions.contains(&since);
        made(self.since).then(|| self.columns.iter().copied().filter(|column| made(column.since)).collect())
    }
}
