-- Mails on their way: an outbox, as messages have theirs.
CREATE TABLE mail (
    tenant_id      text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    -- Grows with time.
    id             uuid NOT NULL,
    -- Whom it is about; null for nobody.
    user_id        text,
    purpose        text NOT NULL,
    to_sealed      bytea NOT NULL,
    -- Subject and text, as JSON; null once the mail server has it, or nobody ever will.
    content_sealed bytea,
    -- waiting, sent, failed
    state          text NOT NULL,
    attempts       integer NOT NULL,
    created_at     timestamptz NOT NULL,
    -- From then on it is not sent any more.
    expires_at     timestamptz NOT NULL,
    -- When it is taken up next; while a server has it, when that server is given up. Null once it is sent or has failed.
    due_at         timestamptz,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 70);
CREATE INDEX mail_due ON mail (due_at) WHERE due_at IS NOT NULL;
