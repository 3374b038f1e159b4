-- Every table of tenant data leads its keys and indexes with tenant_id, so that tenants can be spread over
-- several databases without a change of schema. Times come from the server's clock as parameters.

-- One row: proves that the master key in use is the one that sealed this database.
CREATE TABLE installation (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key_check  bytea NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE tenant (
    id                text PRIMARY KEY,
    domain            text UNIQUE,
    -- Messages that the built-in provider has taken in the tenant's whole life; never falls.
    built_in_messages integer NOT NULL DEFAULT 0,
    created_at        timestamptz NOT NULL
);

-- What an administrator sets, one row per resource of the Management API ("guardian/factors", …).
CREATE TABLE tenant_setting (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    name       text NOT NULL,
    value      jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE signing_key (
    tenant_id   text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    kid         text NOT NULL,
    jwk_sealed  bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kid)
);

CREATE TABLE client (
    tenant_id     text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id            text NOT NULL,
    name          text NOT NULL,
    secret_hash   bytea,
    grant_types   text[] NOT NULL DEFAULT '{}',
    callbacks     text[] NOT NULL DEFAULT '{}',
    web_origins   text[] NOT NULL DEFAULT '{}',
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE resource_server (
    tenant_id      text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    identifier     text NOT NULL,
    name           text NOT NULL,
    scopes         text[] NOT NULL DEFAULT '{}',
    token_lifetime integer NOT NULL DEFAULT 86400,
    created_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, identifier)
);

-- The tenant's own two APIs stand here without their origin: 'api/v2/' and 'mfa/'.
CREATE TABLE client_grant (
    tenant_id  text NOT NULL,
    client_id  text NOT NULL,
    audience   text NOT NULL,
    scopes     text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, client_id, audience),
    FOREIGN KEY (tenant_id, client_id) REFERENCES client (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE app_user (
    tenant_id      text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id             text NOT NULL,
    connection     text NOT NULL,
    email          text,
    email_verified boolean NOT NULL DEFAULT false,
    username       text,
    name           text,
    password_hash  text,
    blocked        boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    last_login_at  timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX app_user_email ON app_user (tenant_id, connection, lower(email));
CREATE UNIQUE INDEX app_user_username ON app_user (tenant_id, connection, lower(username));

-- An authenticator of a user: a phone, an authenticator app, or the recovery code.
CREATE TABLE enrollment (
    tenant_id       text NOT NULL,
    id              text NOT NULL,
    user_id         text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('phone', 'totp', 'recovery-code')),
    -- A phone's number, sealed for this row, its blind index, and the channel asked for at enrolment.
    phone_sealed    bytea,
    phone_index     bytea,
    channel         text,
    -- An app's seed, sealed; a recovery code's keyed hash; the last time step an app's code was spent for.
    secret_sealed   bytea,
    secret_hash     bytea,
    last_step       bigint NOT NULL DEFAULT 0,
    -- Guesses are a bucket of ten, refilled one per six minutes: the moment when it is full again. No code resets it.
    guesses_full_at timestamptz NOT NULL DEFAULT '-infinity',
    -- Consecutive failures; at 100 the authenticator is disabled until it is bound again or unlocked.
    failures        integer NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    confirmed_at    timestamptz,
    last_auth_at    timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX enrollment_user ON enrollment (tenant_id, user_id);

-- The code of one login for one phone. Asking again keeps the row, its code and its expiry.
CREATE TABLE challenge (
    tenant_id      text NOT NULL,
    transaction_id uuid NOT NULL,
    enrollment_id  text NOT NULL,
    -- Distinguishes a fresh code from an expired or spent one of the same login.
    generation     integer NOT NULL DEFAULT 1,
    code_hash      bytea NOT NULL,
    code_sealed    bytea NOT NULL,
    tries_left     integer NOT NULL,
    expires_at     timestamptz NOT NULL,
    spent_at       timestamptz,
    PRIMARY KEY (tenant_id, transaction_id, enrollment_id)
) WITH (fillfactor = 80);

-- Buckets of every limit: the moment when this subject's is full again.
CREATE TABLE rate_limit (
    tenant_id text NOT NULL,
    kind      text NOT NULL,
    subject   bytea NOT NULL,
    full_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject)
) WITH (fillfactor = 70);

-- The outbox: a row is a promise to send. Its text is erased when its state is final.
CREATE TABLE message (
    tenant_id       text NOT NULL,
    id              uuid NOT NULL,
    user_id         text NOT NULL,
    client_id       text,
    enrollment_id   text NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('sms', 'voice')),
    provider        text NOT NULL,
    language        text NOT NULL,
    region          text,
    to_sealed       bytea NOT NULL,
    text_sealed     bytea,
    state           text NOT NULL CHECK (state IN
        ('queued', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'expired')),
    attempts        integer NOT NULL DEFAULT 0,
    -- Who may send it next: nobody before this moment. A node that sends holds it by moving it into the future.
    next_attempt_at timestamptz,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
) WITH (fillfactor = 80);
CREATE INDEX message_due ON message (tenant_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

CREATE TABLE attempt (
    tenant_id  text NOT NULL,
    message_id uuid NOT NULL,
    number     integer NOT NULL,
    provider   text NOT NULL,
    -- accepted, unavailable or refused; the vendor's own id or code beside it
    result     text NOT NULL,
    vendor_id  text,
    code       text,
    latency_ms integer NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id, number)
);

-- What the built-in provider took: the messages that the local phone shows.
CREATE TABLE inbox (
    tenant_id   text NOT NULL,
    id          uuid NOT NULL,
    to_sealed   bytea NOT NULL,
    to_index    bytea NOT NULL,
    channel     text NOT NULL,
    text_sealed bytea NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_at ON inbox (tenant_id, at);

CREATE TABLE refresh_token (
    tenant_id  text NOT NULL,
    hash       bytea NOT NULL,
    -- All tokens that came of one sign-in; a token used twice ends the whole family.
    family     uuid NOT NULL,
    user_id    text NOT NULL,
    client_id  text NOT NULL,
    audience   text,
    scope      text NOT NULL,
    amr        text[] NOT NULL,
    auth_time  timestamptz NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_token_family ON refresh_token (tenant_id, family);
CREATE INDEX refresh_token_user ON refresh_token (tenant_id, user_id);

CREATE TABLE log (
    tenant_id text NOT NULL,
    id        text NOT NULL,
    at        timestamptz NOT NULL,
    type      text NOT NULL,
    user_id   text,
    client_id text,
    data      jsonb NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
