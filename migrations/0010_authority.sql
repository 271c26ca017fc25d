-- Whoever acts at a desk: under which name, and as what (1 staff, 2 manager, 3 head office; none: a manager of before).
ALTER TABLE manager ADD COLUMN name TEXT;
ALTER TABLE manager ADD COLUMN grade BIGINT;

-- Who changed who decides, and what was refused since its doer may not decide it: rows are only ever added.
CREATE TABLE authority_record (
    id BIGINT PRIMARY KEY,
    guild BIGINT NOT NULL,
    at BIGINT NOT NULL,
    complaint BIGINT,
    body TEXT NOT NULL
);
CREATE INDEX authority_record_guild ON authority_record (guild, id);
