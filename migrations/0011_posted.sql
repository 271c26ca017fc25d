-- Where the desk posted about somebody outside the thread of the complaint: `subject` is `c<complaint>` or `r<request>`. Erased
-- together with it. `message` 0: the channel itself is a thread of it; `mark`: what names it there among others, none: the whole
-- message is about it.
CREATE TABLE posted (
    subject TEXT NOT NULL,
    channel BIGINT NOT NULL,
    message BIGINT NOT NULL,
    mark TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (subject, channel, message)
);
