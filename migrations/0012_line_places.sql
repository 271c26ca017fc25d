-- Where a customer wrote a message of a line; unknown for older ones. What stands there is compared after a silence.
ALTER TABLE line_message ADD COLUMN channel BIGINT;
CREATE INDEX line_message_place ON line_message (channel, message);
