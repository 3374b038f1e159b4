-- What account owners are to be told, each row to one recipient. Stored with what it tells of; worded, limited and put into the
-- outbox of messages or mails soon after.
CREATE TABLE notice (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    -- Grows with time.
    id         uuid NOT NULL,
    kind       text NOT NULL,
    -- To whom, of what, in which language: JSON, sealed.
    facts      bytea NOT NULL,
    tries      integer NOT NULL,
    due_at     timestamptz NOT NULL,
    -- A notice that comes later helps nobody.
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX notice_due ON notice (due_at);

-- "Not me": what the link in a notice undoes.
CREATE TABLE notice_link (
    tenant_id  text NOT NULL,
    -- Keyed hash of what is in the link.
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    kind       text NOT NULL,
    -- The authenticator that the notice is about; null for none.
    enrollment text,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE
);
CREATE INDEX notice_link_user ON notice_link (tenant_id, user_id);
