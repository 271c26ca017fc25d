-- Which files under data-dir somebody needs: a complaint or a draft by `kind` and `id`, as everywhere (0015); else `kind` is
-- `ask`, and `ask` the request that fetched it, as the inbox names it.
CREATE TABLE upload_of_stream (
    kind TEXT NOT NULL,
    id BIGINT NOT NULL,
    ask TEXT NOT NULL,
    place BIGINT NOT NULL,
    kept TEXT NOT NULL,
    person BIGINT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT upload_key PRIMARY KEY (kind, id, ask, place)
);
INSERT INTO upload_of_stream (kind, id, ask, place, kept, person, name, media, size, at)
SELECT
    CASE WHEN subject LIKE 'c%' THEN 'complaint' WHEN subject LIKE 'd%' THEN 'draft' ELSE 'ask' END,
    CASE WHEN subject LIKE 'c%' OR subject LIKE 'd%' THEN CAST(SUBSTR(subject, 2) AS BIGINT) ELSE 0 END,
    CASE WHEN subject LIKE 'c%' OR subject LIKE 'd%' THEN '' ELSE subject END,
    place, kept, person, name, media, size, at
FROM upload;
DROP TABLE upload;
ALTER TABLE upload_of_stream RENAME TO upload;
CREATE INDEX upload_kept ON upload (kept);
CREATE INDEX upload_person ON upload (person);
