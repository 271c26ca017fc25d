-- The oldest waiting letter of each stream is its head: the only one that may be taken. Found by an index, however many wait.
ALTER TABLE letter ADD COLUMN head BIGINT NOT NULL DEFAULT 0;
UPDATE letter SET head = 1 WHERE state = 'waiting' AND NOT EXISTS (
    SELECT 1 FROM letter AS older WHERE older.stream = letter.stream AND older.state = 'waiting' AND older.seq < letter.seq
);
CREATE INDEX letter_heads ON letter (urgency, made_at, stream) WHERE state = 'waiting' AND head = 1;
