-- A sign-in in a browser that is under way, from the application's request to its answer.
CREATE TABLE login (
    tenant_id       text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    state_hash      bytea NOT NULL,
    -- What its codes are bound to; begins with the time.
    id              uuid NOT NULL,
    -- Whose: the browser that began it, by its cookie.
    browser_hash    bytea NOT NULL,
    client_id       text,
    wish            jsonb NOT NULL,
    -- The application's request, for whoever answers it.
    request         jsonb NOT NULL,
    user_id         text,
    amr             text[] NOT NULL DEFAULT '{}',
    -- Where the pages are: sealed, because a new recovery code may wait in it to be shown.
    progress_sealed bytea,
    done_at         timestamptz,
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, state_hash)
) WITH (fillfactor = 80);

-- A person signed in, in one browser.
CREATE TABLE browser_session (
    tenant_id  text NOT NULL,
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    amr        text[] NOT NULL,
    auth_time  timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    -- The absolute limit; the idle one is counted from seen_at.
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80);
CREATE INDEX browser_session_user ON browser_session (tenant_id, user_id);

-- A browser that passed the second factor and need not pass it again for some time.
CREATE TABLE remembered_browser (
    tenant_id  text NOT NULL,
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    created_at timestamptz NOT NULL,
    used_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX remembered_browser_user ON remembered_browser (tenant_id, user_id);

-- Good once. A used one stays until it would have expired, so that a second use ends what the first one earned.
CREATE TABLE authorization_code (
    tenant_id      text NOT NULL,
    hash           bytea NOT NULL,
    client_id      text NOT NULL,
    user_id        text NOT NULL,
    redirect_uri   text,
    audience       text,
    scope          text NOT NULL,
    amr            text[] NOT NULL,
    auth_time      timestamptz NOT NULL,
    nonce          text,
    code_challenge text,
    key_thumbprint text,
    -- The refresh tokens that it earned.
    family         uuid NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX authorization_code_user ON authorization_code (tenant_id, user_id);

-- The client that an administrator made a ticket with: what the log says of the enrolment.
ALTER TABLE enrollment_ticket ADD COLUMN client_id text;
