-- Which files under data-dir somebody needs, and whose they are. `subject` is `c<complaint>` or `d<draft>`, else the request that
-- fetched it: then it waits a day for what will need it. `kept` is its name there; empty: it could not be had.
CREATE TABLE upload (
    subject TEXT NOT NULL,
    place BIGINT NOT NULL,
    kept TEXT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (subject, place)
);
CREATE INDEX upload_kept ON upload (kept);
CREATE INDEX upload_person ON upload (person);
