-- A complaint that waits in an incident's list, without a card of its own, and since when; none: it has one.
ALTER TABLE complaint ADD COLUMN listed BIGINT;
CREATE INDEX complaint_listed ON complaint (listed, id) WHERE listed IS NOT NULL;
CREATE INDEX complaint_recent ON complaint (customer, filed_at);
