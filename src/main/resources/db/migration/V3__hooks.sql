-- Tenants' own JavaScript: hooks and actions, their versions, what is bound to triggers, and what ran.

-- What a message is about, sealed, for a provider that is a script. Erased with the text.
ALTER TABLE message ADD COLUMN context_sealed bytea;

CREATE TABLE script (
    tenant_id       text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id              text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('hook', 'action')),
    name            text NOT NULL,
    trigger_id      text NOT NULL,
    trigger_version text NOT NULL,
    -- Hooks only: an action runs where it is bound.
    enabled         boolean NOT NULL DEFAULT false,
    -- The version that was saved last, and the one that runs.
    newest          integer NOT NULL,
    live            integer,
    -- All secrets as one sealed object: name, value, time of change.
    secrets_sealed  bytea,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX script_name ON script (tenant_id, kind, name);
-- One hook at a time answers a trigger.
CREATE UNIQUE INDEX script_enabled ON script (tenant_id, trigger_id) WHERE enabled;

CREATE TABLE script_version (
    tenant_id      text NOT NULL,
    script_id      text NOT NULL,
    number         integer NOT NULL,
    id             uuid NOT NULL,
    code           text NOT NULL,
    dependencies   jsonb NOT NULL DEFAULT '{}',
    runtime        text NOT NULL,
    -- npm's lock file: every server installs by it. Null where there is nothing to install.
    lock           text,
    status         text NOT NULL CHECK (status IN ('building', 'built', 'failed')),
    -- How far the build is, or why it failed.
    note           text,
    -- An action's secrets as they were when it was deployed; a hook's are the script's.
    secrets_sealed bytea,
    created_at     timestamptz NOT NULL,
    built_at       timestamptz,
    deployed_at    timestamptz,
    PRIMARY KEY (tenant_id, script_id, number),
    FOREIGN KEY (tenant_id, script_id) REFERENCES script (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE script_binding (
    tenant_id    text NOT NULL,
    trigger_id   text NOT NULL,
    position     integer NOT NULL,
    id           uuid NOT NULL,
    script_id    text NOT NULL,
    display_name text NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, trigger_id, position),
    FOREIGN KEY (tenant_id, script_id) REFERENCES script (tenant_id, id) ON DELETE CASCADE
);

-- Error and output are masked: no secret, code or whole number of the call is in them.
CREATE TABLE script_execution (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id         uuid NOT NULL,
    script_id  text NOT NULL,
    version    integer NOT NULL,
    trigger_id text NOT NULL,
    result     text NOT NULL,
    error      text,
    log        text NOT NULL,
    took_ms    integer NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX script_execution_script ON script_execution (tenant_id, script_id, id);
