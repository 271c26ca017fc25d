-- A stream is two columns: `kind` (complaint, line, draft, incident, request, desk-board, managers-board) and `id`, of a board its
-- server's. What belongs to one is keyed by them, so that it is joined and not taken apart, and whatever has a kind can have a
-- journal. Keys cannot be changed in place: each table is made anew, filled, and put where the old one stood.

CREATE TABLE letter_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
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
    owner TEXT,
    head BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT letter_key PRIMARY KEY (kind, id, seq)
);
INSERT INTO letter_of_stream (
    kind, id, seq, urgency, body, state, made_at, due_at, leased_until, attempts, tried_at, last_error, owner, head
)
SELECT
    CASE WHEN stream LIKE 'c%' THEN 'complaint' WHEN stream LIKE 'l%' THEN 'line' WHEN stream LIKE 'd%' THEN 'draft'
        WHEN stream LIKE 'i%' THEN 'incident' WHEN stream LIKE 'r%' THEN 'request' WHEN stream LIKE 'b%-desk' THEN 'desk-board'
        WHEN stream LIKE 'b%-managers' THEN 'managers-board' END,
    CAST(CASE WHEN stream LIKE 'b%-desk' THEN SUBSTR(stream, 2, LENGTH(stream) - 6)
        WHEN stream LIKE 'b%-managers' THEN SUBSTR(stream, 2, LENGTH(stream) - 10) ELSE SUBSTR(stream, 2) END AS BIGINT),
    seq, urgency, body, state, made_at, due_at, leased_until, attempts, tried_at, last_error, owner, head
FROM letter;
DROP TABLE letter;
ALTER TABLE letter_of_stream RENAME TO letter;
CREATE INDEX letter_waiting ON letter (kind, id, seq) WHERE state = 'waiting';
CREATE INDEX letter_heads ON letter (urgency, made_at, kind, id) WHERE state = 'waiting' AND head = 1;

CREATE TABLE timer_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    slot TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    place TEXT,
    CONSTRAINT timer_key PRIMARY KEY (kind, id, slot)
);
INSERT INTO timer_of_stream (kind, id, slot, due_at, place)
SELECT
    CASE WHEN stream LIKE 'c%' THEN 'complaint' WHEN stream LIKE 'l%' THEN 'line' WHEN stream LIKE 'd%' THEN 'draft'
        WHEN stream LIKE 'i%' THEN 'incident' WHEN stream LIKE 'r%' THEN 'request' WHEN stream LIKE 'b%-desk' THEN 'desk-board'
        WHEN stream LIKE 'b%-managers' THEN 'managers-board' END,
    CAST(CASE WHEN stream LIKE 'b%-desk' THEN SUBSTR(stream, 2, LENGTH(stream) - 6)
        WHEN stream LIKE 'b%-managers' THEN SUBSTR(stream, 2, LENGTH(stream) - 10) ELSE SUBSTR(stream, 2) END AS BIGINT),
    slot, due_at, place
FROM timer;
DROP TABLE timer;
ALTER TABLE timer_of_stream RENAME TO timer;
CREATE INDEX timer_due ON timer (due_at);
CREATE INDEX timer_place ON timer (place, due_at);
-- Complaints whose timers are due are claimed by themselves: found by their instant, however many are armed.
CREATE INDEX timer_kind ON timer (kind, due_at, id);

-- What happened to a complaint, an incident or a request, for ever: rows are only ever added.
CREATE TABLE journal_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT journal_key PRIMARY KEY (kind, id, seq)
);
INSERT INTO journal_of_stream (kind, id, seq, at, body) SELECT 'complaint', complaint, seq, at, body FROM journal;
DROP TABLE journal;
ALTER TABLE journal_of_stream RENAME TO journal;

-- Missed deadlines: one row a run of a clock, only ever added.
CREATE TABLE breach_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    clock TEXT NOT NULL,
    cycle BIGINT NOT NULL,
    guild BIGINT NOT NULL,
    at BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    CONSTRAINT breach_key PRIMARY KEY (kind, id, clock, cycle)
);
INSERT INTO breach_of_stream (kind, id, clock, cycle, guild, at, deadline)
SELECT 'complaint', complaint, clock, cycle, guild, at, deadline FROM breach;
DROP TABLE breach;
ALTER TABLE breach_of_stream RENAME TO breach;
CREATE INDEX breach_guild ON breach (guild, deadline);

-- Where the desk posted about a complaint or a request outside its thread: see 0011_posted.sql.
CREATE TABLE posted_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    message BIGINT NOT NULL,
    mark TEXT,
    at BIGINT NOT NULL,
    CONSTRAINT posted_key PRIMARY KEY (kind, id, channel, message)
);
INSERT INTO posted_of_stream (kind, id, channel, message, mark, at)
SELECT
    CASE WHEN subject LIKE 'c%' THEN 'complaint' WHEN subject LIKE 'r%' THEN 'request' END,
    CAST(SUBSTR(subject, 2) AS BIGINT), channel, message, mark, at
FROM posted;
DROP TABLE posted;
ALTER TABLE posted_of_stream RENAME TO posted;
