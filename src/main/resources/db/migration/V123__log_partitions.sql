-- The log in partitions by the time that its ids begin with: new lines go to small indexes, and what is removed gives its space back
-- (docs/decisions/0019). What is there stays where it is, as the oldest partition. The release before names the same table and columns.
ALTER TABLE log RENAME TO log_oldest;
ALTER INDEX log_pkey RENAME TO log_oldest_pkey;
ALTER INDEX log_type RENAME TO log_oldest_type;
ALTER INDEX log_user RENAME TO log_oldest_user;
ALTER INDEX log_client RENAME TO log_oldest_client;
ALTER INDEX log_ip RENAME TO log_oldest_ip;
ALTER INDEX log_written RENAME TO log_oldest_written;

CREATE TABLE log (LIKE log_oldest INCLUDING DEFAULTS, PRIMARY KEY (tenant_id, id)) PARTITION BY RANGE (id);
CREATE INDEX log_type ON log (tenant_id, type, id);
CREATE INDEX log_user ON log (tenant_id, user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX log_client ON log (tenant_id, client_id, id) WHERE client_id IS NOT NULL;
CREATE INDEX log_ip ON log (tenant_id, (data ->> 'ip'), id) WHERE data ->> 'ip' IS NOT NULL;
CREATE INDEX log_written ON log USING brin (written) WITH (pages_per_range = 32, autosummarize = on);

-- The newest partition is for lines behind all others, which the server makes in time. No DEFAULT: with one, PostgreSQL would ask every partition
-- for the newest lines.
DO $$
DECLARE bound text := (
    SELECT substring(pg_get_constraintdef(oid) FROM '''([0-9]+)''')
      FROM pg_constraint WHERE conrelid = 'log_oldest'::regclass AND conname = 'log_bound');
BEGIN
    EXECUTE format('ALTER TABLE log ATTACH PARTITION log_oldest FOR VALUES FROM (MINVALUE) TO (%L)', bound);
    EXECUTE format('CREATE TABLE log_rest PARTITION OF log FOR VALUES FROM (%L) TO (MAXVALUE)', bound);
END $$;
ALTER TABLE log_oldest DROP CONSTRAINT log_bound;

CREATE OR REPLACE VIEW log_line AS
    SELECT tenant_id, id, at, type, user_id, client_id, data, written FROM log;
