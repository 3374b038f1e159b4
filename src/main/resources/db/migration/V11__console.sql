-- Who may use the console, as far as the scopes go.
CREATE TABLE administrator (
    tenant_id  text NOT NULL,
    user_id    text NOT NULL,
    scopes     text[] NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);

-- A link by which somebody becomes an administrator, once.
CREATE TABLE administrator_link (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    hash       bytea NOT NULL,
    scopes     text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);
