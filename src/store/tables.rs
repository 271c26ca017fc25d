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
    /// The migration that put another one of the same name, with another key, in its place.
    pub until: Option<i64>,
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

impl Table {
    /// A table that stands as it was made, but for columns that came later.
    const fn new(name: &'static str, since: i64, key: usize, columns: &'static [Column]) -> Self {
        Self { name, since, until: None, key, columns }
    }

    /// The same table, as it stood until a migration made it anew.
    const fn until(self, until: i64) -> Self {
        Self { until: Some(until), ..self }
    }
}

/// The table of who works on what: it speaks of living processes and is never copied.
pub const LEASE: Table = Table::new("lease", 1, 1, &[text("name"), text("owner"), int("until")]);

/// All others, those that refer to another one after it.
pub const TABLES: [Table; 27] = [
    Table::new("counter", 2, 1, &[text("name"), int("value")]),
    Table::new(
        "complaint",
        2,
        1,
        &[
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
    ),
    Table::new("complaint_text", 9, 1, &[int("complaint"), int("guild"), text("folded")]),
    Table::new(
        "manager",
        9,
        2,
        &[int("guild"), int("person"), int("seen_at"), text("name").since(10), int("grade").since(10)],
    ),
    Table::new(
        "authority_record",
        10,
        1,
        &[int("id"), int("guild"), int("at"), int("complaint"), text("body")],
    ),
    Table::new("journal", 2, 2, &[int("complaint"), int("seq"), int("at"), text("body")]).until(15),
    Table::new("journal", 15, 3, &[text("kind"), int("id"), int("seq"), int("at"), text("body")]),
    Table::new("timer", 2, 2, &[text("stream"), text("slot"), int("due_at"), text("place").since(3)])
        .until(15),
    Table::new("timer", 15, 3, &[text("kind"), int("id"), text("slot"), int("due_at"), text("place")]),
    Table::new(
        "letter",
        2,
        2,
        &[
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
    )
    .until(15),
    Table::new(
        "letter",
        15,
        3,
        &[
            text("kind"),
            int("id"),
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
            text("owner"),
            int("head"),
        ],
    ),
    Table::new(
        "inbox",
        2,
        1,
        &[text("ask"), int("at"), text("told"), int("person").since(8), int("complaint").since(8)],
    ),
    Table::new("draft", 2, 1, &[int("id"), int("customer"), int("channel"), int("is_open"), text("state")]),
    Table::new("guild_desk", 2, 1, &[int("guild"), text("state")]),
    Table::new("person", 2, 1, &[int("id"), text("lang"), text("seen"), int("guild")]),
    Table::new(
        "line_message",
        2,
        1,
        &[int("message"), int("complaint"), int("at"), int("channel").since(12)],
    ),
    Table::new("incident", 2, 1, &[int("id"), int("guild"), int("number"), text("stage"), text("state")]),
    Table::new(
        "notice",
        3,
        1,
        &[
            int("id"),
            text("board"),
            int("complaint"),
            text("body"),
            int("made_at"),
            int("hold_until"),
            int("letter"),
        ],
    ),
    Table::new(
        "breach",
        3,
        3,
        &[int("complaint"), text("clock"), int("cycle"), int("guild"), int("at"), int("deadline")],
    )
    .until(15),
    Table::new(
        "breach",
        15,
        4,
        &[text("kind"), int("id"), text("clock"), int("cycle"), int("guild"), int("at"), int("deadline")],
    ),
    Table::new("digest", 3, 1, &[int("guild"), text("day")]),
    Table::new("alarm", 3, 1, &[int("guild"), int("since")]),
    Table::new("posted", 11, 3, &[text("subject"), int("channel"), int("message"), text("mark"), int("at")])
        .until(15),
    Table::new(
        "posted",
        15,
        4,
        &[text("kind"), int("id"), int("channel"), int("message"), text("mark"), int("at")],
    ),
    Table::new(
        "upload",
        13,
        2,
        &[
            text("subject"),
            int("place"),
            text("kept"),
            int("person"),
            text("name"),
            text("media"),
            int("size"),
            int("at"),
        ],
    )
    .until(16),
    Table::new(
        "upload",
        16,
        4,
        &[
            text("kind"),
            int("id"),
            text("ask"),
            int("place"),
            text("kept"),
            int("person"),
            text("name"),
            text("media"),
            int("size"),
            int("at"),
        ],
    ),
    Table::new(
        "data_request",
        8,
        1,
        &[
            int("id"),
            int("guild"),
            int("number"),
            int("customer"),
            int("is_open"),
            int("closed_at"),
            text("state"),
        ],
    ),
];

impl Table {
    /// Its columns where these migrations are applied; none where the table is not made yet, or made anew.
    pub fn columns_at(&self, versions: &[i64]) -> Option<Vec<Column>> {
        let made = |since: i64| since == 0 || versions.contains(&since);
        let stands = made(self.since) && !self.until.is_some_and(made);
        stands.then(|| self.columns.iter().copied().filter(|column| made(column.since)).collect())
    }
}
