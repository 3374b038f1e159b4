-- The log of a tenant, carried to other systems.

-- The transaction that wrote a line. Lines of transactions that ended before the oldest one that still runs are all there, so
-- that a reader who goes along these numbers passes none by, however long a commit took. A constant for the lines that are there
-- already, so no row is rewritten.
ALTER TABLE log ADD COLUMN written bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
-- Lines stand in the table nearly in this order, so an index of a few bytes for each 32 pages will do.
CREATE INDEX log_written ON log USING brin (written) WITH (pages_per_range = 32, autosummarize = on);

CREATE OR REPLACE VIEW log_line AS
    SELECT tenant_id, id, at, type, user_id, client_id, data, written FROM log;

CREATE TABLE log_stream (
    tenant_id     text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id            text NOT NULL,
    name          text NOT NULL,
    type          text NOT NULL,
    -- active, paused; suspended by the server after a week without success.
    status        text NOT NULL,
    priority      boolean NOT NULL,
    -- Names of categories; none for everything.
    filters       text[] NOT NULL,
    -- What is hidden of people, as JSON; null for nothing.
    pii           jsonb,
    -- Where to, with its secrets: JSON, sealed.
    sink          bytea NOT NULL,
    created_at    timestamptz NOT NULL,
    -- Older lines are passed over.
    start_from    timestamptz,
    -- The cursor: all lines up to this one have been taken.
    written       bigint NOT NULL,
    log_id        text NOT NULL,
    sent_until    timestamptz,
    -- Which server carries it, and until when nobody else does.
    holder        uuid,
    held_until    timestamptz,
    failing_since timestamptz,
    failure_told  boolean NOT NULL,
    -- The last failures: a list of {at, message}.
    failures      jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 70);
