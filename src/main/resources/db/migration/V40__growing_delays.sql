-- Growing delays between messages: how far a subject has come, and from when on the next one may be sent.
CREATE TABLE send_delay (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kind       text NOT NULL,
    subject    bytea NOT NULL,
    sent       integer NOT NULL,
    last_at    timestamptz NOT NULL,
    next_at    timestamptz NOT NULL,
    -- After this the row says nothing that its absence would not say.
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject)
) WITH (fillfactor = 70);
