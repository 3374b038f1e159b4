-- What administrators manage through /api/v2: clients and their keys, APIs and grants, connections, users' profiles.

-- Properties of a client that the server keeps and shows without looking into them.
ALTER TABLE client ADD COLUMN properties jsonb NOT NULL DEFAULT '{}';
ALTER TABLE client ADD COLUMN auth_method text NOT NULL DEFAULT 'client_secret_post' CHECK (auth_method IN
    ('none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'));
UPDATE client SET auth_method = 'none' WHERE secret_hash IS NULL;
ALTER TABLE client ADD COLUMN updated_at timestamptz NOT NULL DEFAULT '-infinity';
UPDATE client SET updated_at = created_at;
ALTER TABLE client ALTER COLUMN updated_at DROP DEFAULT;

-- Public keys that clients prove themselves with (private_key_jwt). Only active ones are accepted.
CREATE TABLE client_key (
    tenant_id  text NOT NULL,
    client_id  text NOT NULL,
    id         text NOT NULL,
    name       text,
    kid        text NOT NULL,
    alg        text NOT NULL,
    jwk        jsonb NOT NULL,
    active     boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (tenant_id, client_id, id),
    FOREIGN KEY (tenant_id, client_id) REFERENCES client (tenant_id, id) ON DELETE CASCADE
);

-- Proofs that were shown once and must not be shown again: client assertions and DPoP proofs.
CREATE TABLE seen_proof (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    hash       bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, hash)
);

-- The key that a refresh token is bound to (RFC 9449), by its thumbprint.
ALTER TABLE refresh_token ADD COLUMN key_thumbprint text;

ALTER TABLE resource_server ADD COLUMN id text;
UPDATE resource_server SET id = substr(md5(tenant_id || identifier), 1, 24);
ALTER TABLE resource_server ALTER COLUMN id SET NOT NULL;
ALTER TABLE resource_server ADD COLUMN scope_descriptions text[] NOT NULL DEFAULT '{}';
ALTER TABLE resource_server ADD COLUMN properties jsonb NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX resource_server_id ON resource_server (tenant_id, id);

ALTER TABLE client_grant ADD COLUMN id text;
UPDATE client_grant SET id = 'cgr_' || substr(md5(tenant_id || client_id || audience), 1, 16);
ALTER TABLE client_grant ALTER COLUMN id SET NOT NULL;
ALTER TABLE client_grant ADD COLUMN properties jsonb NOT NULL DEFAULT '{}';
CREATE UNIQUE INDEX client_grant_id ON client_grant (tenant_id, id);

-- A directory that users live in, and the clients whose users may sign in from it.
CREATE TABLE connection (
    tenant_id       text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id              text NOT NULL,
    name            text NOT NULL,
    strategy        text NOT NULL,
    options         jsonb NOT NULL DEFAULT '{}',
    properties      jsonb NOT NULL DEFAULT '{}',
    enabled_clients text[] NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX connection_name ON connection (tenant_id, name);
INSERT INTO connection (tenant_id, id, name, strategy, enabled_clients, created_at)
SELECT id, 'con_' || substr(md5(id), 1, 16), 'Username-Password-Authentication', 'auth0',
       coalesce((SELECT array_agg(client.id) FROM client WHERE client.tenant_id = tenant.id), '{}'), created_at
  FROM tenant;

-- A phone number in a profile is sealed like every other; look-up goes by its index.
ALTER TABLE app_user ADD COLUMN phone_sealed bytea;
ALTER TABLE app_user ADD COLUMN phone_index bytea;
ALTER TABLE app_user ADD COLUMN phone_verified boolean NOT NULL DEFAULT false;
ALTER TABLE app_user ADD COLUMN profile jsonb NOT NULL DEFAULT '{}';
ALTER TABLE app_user ADD COLUMN user_metadata jsonb NOT NULL DEFAULT '{}';
ALTER TABLE app_user ADD COLUMN app_metadata jsonb NOT NULL DEFAULT '{}';
ALTER TABLE app_user ADD COLUMN last_ip text;
ALTER TABLE app_user ADD COLUMN logins_count integer NOT NULL DEFAULT 0;
CREATE INDEX app_user_phone ON app_user (tenant_id, phone_index);
CREATE INDEX app_user_mail ON app_user (tenant_id, lower(email));
CREATE INDEX app_user_created ON app_user (tenant_id, created_at, id);

-- An administrator's label for an authenticator.
ALTER TABLE enrollment ADD COLUMN name text;

-- A link that lets a user enrol without signing in first; kept as a keyed hash, good for one use.
CREATE TABLE enrollment_ticket (
    tenant_id  text NOT NULL,
    hash       bytea NOT NULL,
    user_id    text NOT NULL,
    factor     text,
    multiple   boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (tenant_id, hash),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
