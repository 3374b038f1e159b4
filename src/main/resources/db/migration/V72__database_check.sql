-- One row that every server writes now and then, to know that the database takes writes.
CREATE TABLE database_check (
    written_at timestamptz NOT NULL
) WITH (fillfactor = 10);
INSERT INTO database_check VALUES (now());
