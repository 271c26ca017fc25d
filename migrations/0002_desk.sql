-- Two column types, BIGINT and TEXT; instants are Unix milliseconds; flags are 0 or 1; payloads are JSON.

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- A complaint as it stands: `state` is derived from its journal, the columns are derived from `state` for look-ups.
CREATE TABLE complaint (
    id BIGINT PRIMARY KEY,
    guild BIGINT NOT NULL,
    number BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    stage TEXT NOT NULL,
    owner BIGINT,
    thread BIGINT,
    line_channel BIGINT,
    filed_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    next_due BIGINT,
    ended_at BIGINT,
    waiting BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX complaint_number ON complaint (guild, number);
CREATE INDEX complaint_customer ON complaint (customer, stage);
CREATE INDEX complaint_thread ON complaint (thread);
CREATE INDEX complaint_line ON complaint (line_channel);
CREATE INDEX complaint_stage ON complaint (guild, stage, next_due);
CREATE INDEX complaint_filed ON complaint (guild, filed_at);
CREATE INDEX complaint_ended ON complaint (ended_at);

-- What happened, for ever: rows are only ever added.
CREATE TABLE journal (
    complaint BIGINT NOT NULL REFERENCES complaint (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (complaint, seq)
);

-- What is waited for: one row a named slot.
CREATE TABLE timer (
    stream TEXT NOT NULL,
    slot TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (stream, slot)
);
CREATE INDEX timer_due ON timer (due_at);

-- What must be brought to Discord. `state` is waiting, done or dead.
CREATE TABLE letter (
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    urgency BIGINT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    tried_at BIGINT,
    last_error TEXT,
    PRIMARY KEY (stream, seq)
);
CREATE INDEX letter_waiting ON letter (stream, seq) WHERE state = 'waiting';

-- What was asked and answered, so that a second delivery gets the first answer.
CREATE TABLE inbox (
    ask TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    told TEXT NOT NULL
);

-- Bursts of direct messages that are not yet complaints.
CREATE TABLE draft (
    id BIGINT PRIMARY KEY,
    customer BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX draft_customer ON draft (customer, is_open);
CREATE INDEX draft_channel ON draft (channel, is_open);

-- What /desk setup was told.
CREATE TABLE guild_desk (
    guild BIGINT PRIMARY KEY,
    state TEXT NOT NULL
);

-- What a person chose (`lang`, `guild`) and what their Discord was last seen in (`seen`).
CREATE TABLE person (
    id BIGINT PRIMARY KEY,
    lang TEXT,
    seen TEXT,
    guild BIGINT
);

-- Which complaint a message in a customer's line belongs to.
CREATE TABLE line_message (
    message BIGINT PRIMARY KEY,
    complaint BIGINT NOT NULL REFERENCES complaint (id),
    at BIGINT NOT NULL
);

-- Declared incidents with their talking points.
CREATE TABLE incident (
    id BIGINT PRIMARY KEY,
    guild BIGINT NOT NULL,
    number BIGINT NOT NULL,
    stage TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX incident_guild ON incident (guild, stage);
