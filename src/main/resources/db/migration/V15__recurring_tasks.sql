-- Tasks that one server at a time runs: when the next run is due, and how the last one ended.
CREATE TABLE recurring_task (
    name        text PRIMARY KEY,
    due_at      timestamptz NOT NULL,
    finished_at timestamptz,
    error       text
);
