-- Who signs in by which name. A name is one user's within a connection, as e-mail address or as user name, in the one form that
-- the server gives it (LoginName): a database folds letters by its own locale's rules, and knows no Punycode.
CREATE TABLE login_name (
    tenant_id  text NOT NULL,
    connection text NOT NULL,
    name       text NOT NULL COLLATE "C",
    user_id    text NOT NULL,
    PRIMARY KEY (tenant_id, name, connection),
    -- Names are claimed before their user is inserted.
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX login_name_user ON login_name (tenant_id, user_id);

-- Whether a user's names stand there. Those of before are brought there by a task.
ALTER TABLE app_user ADD COLUMN named boolean NOT NULL DEFAULT false;
CREATE INDEX app_user_unnamed ON app_user (created_at, id) WHERE NOT named;
