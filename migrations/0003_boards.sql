-- Notices about many complaints meet in a desk's own channels. `board` is `<guild>-desk` or `<guild>-managers`.

-- In which channel a timer will speak, so that those of the same minute can be told together.
ALTER TABLE timer ADD COLUMN place TEXT;
CREATE INDEX timer_place ON timer (place, due_at);

-- What is to be told on a board; `letter` is the place of the letter that takes it along.
CREATE TABLE notice (
    id BIGINT PRIMARY KEY,
    board TEXT NOT NULL,
    complaint BIGINT NOT NULL,
    body TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    hold_until BIGINT NOT NULL,
    letter BIGINT
);
CREATE INDEX notice_waiting ON notice (board) WHERE letter IS NULL;
CREATE INDEX notice_complaint ON notice (complaint);

-- Missed deadlines: one row a run of a clock, only ever added.
CREATE TABLE breach (
    complaint BIGINT NOT NULL REFERENCES complaint (id),
    clock TEXT NOT NULL,
    cycle BIGINT NOT NULL,
    guild BIGINT NOT NULL,
    at BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    PRIMARY KEY (complaint, clock, cycle)
);
CREATE INDEX breach_guild ON breach (guild, deadline);

-- The last day for which managers had their digest, as YYYY-MM-DD.
CREATE TABLE digest (
    guild BIGINT PRIMARY KEY,
    day TEXT NOT NULL
);

-- What managers were alarmed of and what lasts.
CREATE TABLE alarm (
    guild BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);
