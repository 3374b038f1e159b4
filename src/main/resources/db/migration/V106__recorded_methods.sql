-- Methods of elsewhere that the tenant's actions have recorded in a session, and when: addresses, side by side with their times.
ALTER TABLE browser_session ADD COLUMN recorded_methods text[] NOT NULL DEFAULT '{}';
ALTER TABLE browser_session ADD COLUMN recorded_at timestamptz[] NOT NULL DEFAULT '{}';
