-- When the days that may still change were last summed as a whole, and how long that took: the longer, the rarer. In between, only what is new is added.
ALTER TABLE figure_until ADD COLUMN whole_at timestamptz;
ALTER TABLE figure_until ADD COLUMN whole_ms bigint;
