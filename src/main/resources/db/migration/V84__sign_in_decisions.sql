-- Who is asked for a second factor: what was decided of a sign-in, and which browsers a user has signed in by.

-- What rules and actions decided of it once its user was known, for its end: sealed, since actions may put anything into claims.
ALTER TABLE login ADD COLUMN decided_sealed bytea;

-- Claims that actions set, for the tokens that the code is good for.
ALTER TABLE authorization_code ADD COLUMN claims_sealed bytea;

-- The same, of a sign-in by password that a second factor has still to finish. Only where there are any.
CREATE TABLE mfa_claims (
    tenant_id     text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    -- Of the mfa_token.
    id            uuid NOT NULL,
    claims_sealed bytea NOT NULL,
    expires_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- A browser by which a user has signed in before. It proves nothing; it tells a new one.
CREATE TABLE known_browser (
    tenant_id  text NOT NULL,
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    -- The last time that it proved a second factor; null for never, or where that counts no more.
    factor_at  timestamptz,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX known_browser_user ON known_browser (tenant_id, user_id);
