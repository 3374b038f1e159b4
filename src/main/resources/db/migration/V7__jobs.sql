-- Long work on users: imports and exports. A part is some hundred users, sealed: of an import what is still to be done,
-- of an export what is done.
CREATE TABLE job (
    tenant_id   text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id          text NOT NULL,
    type        text NOT NULL CHECK (type IN ('users_import', 'users_export')),
    status      text NOT NULL CHECK (status IN ('uploading', 'pending', 'processing', 'completed', 'failed')),
    connection  text,
    options     jsonb NOT NULL,
    parts       integer NOT NULL DEFAULT 0,
    total       integer NOT NULL DEFAULT 0,
    inserted    integer NOT NULL DEFAULT 0,
    updated     integer NOT NULL DEFAULT 0,
    failed      integer NOT NULL DEFAULT 0,
    -- Of an export: the last user that is in a part.
    reached     text,
    -- Nobody but the server that took it works on it before this moment.
    held_until  timestamptz NOT NULL,
    created_at  timestamptz NOT NULL,
    started_at  timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX job_open ON job (created_at) WHERE status IN ('uploading', 'pending', 'processing');

CREATE TABLE job_part (
    tenant_id text NOT NULL,
    job_id    text NOT NULL,
    number    integer NOT NULL,
    sealed    bytea NOT NULL,
    PRIMARY KEY (tenant_id, job_id, number),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);

-- The rows of an import that were refused, with the reasons.
CREATE TABLE job_error (
    tenant_id text NOT NULL,
    job_id    text NOT NULL,
    row       integer NOT NULL,
    sealed    bytea NOT NULL,
    PRIMARY KEY (tenant_id, job_id, row),
    FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
);
