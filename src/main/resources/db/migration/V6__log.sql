-- Jobs that carry users in and out; the wording of pages; the log, searched.

-- A tenant's own wording of pages: screen to key to text.
CREATE TABLE custom_text (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    prompt     text NOT NULL,
    language   text NOT NULL,
    texts      jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, prompt, language)
);

-- A browser that was remembered before this moment is not any more.
ALTER TABLE app_user ADD COLUMN browsers_forgotten_at timestamptz;

-- The ids of log records grow with time, so these also put them in order; what is searched for is found by them.
CREATE INDEX log_type ON log (tenant_id, type, id);
CREATE INDEX log_user ON log (tenant_id, user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX log_client ON log (tenant_id, client_id, id) WHERE client_id IS NOT NULL;
CREATE INDEX log_ip ON log (tenant_id, (data ->> 'ip'), id) WHERE data ->> 'ip' IS NOT NULL;
