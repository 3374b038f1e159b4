-- Links by which somebody who forgot a password sets another one.
CREATE TABLE password_reset (
    tenant_id  text NOT NULL,
    -- Keyed hash of what is in the link.
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    -- The security stamp that the user had: under another one the link is worth nothing.
    user_stamp bigint NOT NULL,
    -- The application that it leads back to.
    client_id  text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE
);
CREATE INDEX password_reset_user ON password_reset (tenant_id, user_id);
