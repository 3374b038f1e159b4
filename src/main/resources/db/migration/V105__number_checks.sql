-- When the tenant's actions let the number of a phone be trusted, before its first message; null where none was asked.
ALTER TABLE enrollment ADD COLUMN number_checked_at timestamptz;
