-- What is searched in, without accents: names, numbers and words of a complaint, as they came in.
CREATE TABLE complaint_text (
    complaint BIGINT PRIMARY KEY REFERENCES complaint (id),
    guild BIGINT NOT NULL,
    folded TEXT NOT NULL
);
CREATE INDEX complaint_text_guild ON complaint_text (guild, complaint);

-- Who was seen acting as a manager, and when last: whoever is the only one cannot ask another.
CREATE TABLE manager (
    guild BIGINT NOT NULL,
    person BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (guild, person)
);
