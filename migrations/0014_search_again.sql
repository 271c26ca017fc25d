-- What is searched in is made anew at the next start: it holds every text now, and every number as it is dialled.
DELETE FROM complaint_text;
