-- What people ask about their own data: shown, erased, corrected; answered within the law's days.
CREATE TABLE data_request (
    id BIGINT PRIMARY KEY,
    guild BIGINT NOT NULL,
    number BIGINT NOT NULL,
    customer BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    closed_at BIGINT,
    state TEXT NOT NULL
);
CREATE INDEX data_request_customer ON data_request (customer);
CREATE INDEX data_request_closed ON data_request (closed_at);

-- Who asked about which complaint, so that an answer is forgotten together with what it was about.
ALTER TABLE inbox ADD COLUMN person BIGINT;
ALTER TABLE inbox ADD COLUMN complaint BIGINT;
