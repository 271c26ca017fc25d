-- The process that holds a letter, or for which it is kept a moment because somebody waits there to hear of it.
ALTER TABLE letter ADD COLUMN owner TEXT;
