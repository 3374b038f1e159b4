-- The table of the log becomes the first of several partitions (V123), whose bound is behind all lines that are there. PostgreSQL does not look
-- through it once more where a checked constraint says so already. Not in one transaction (V122__log_bound.sql.conf): while lines are checked, others are written.
DO $$
DECLARE bound text := greatest(
    '900' || to_char(date_trunc('week', now() AT TIME ZONE 'UTC') + interval '28 days', 'YYYYMMDD') || '000000000',
    (SELECT max(id) || '0' FROM log));
BEGIN
    ALTER TABLE log DROP CONSTRAINT IF EXISTS log_bound;
    EXECUTE format('ALTER TABLE log ADD CONSTRAINT log_bound CHECK (id < %L) NOT VALID', bound);
END $$;

ALTER TABLE log VALIDATE CONSTRAINT log_bound;
