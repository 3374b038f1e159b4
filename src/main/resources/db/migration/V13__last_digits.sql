-- A keyed hash of a number's last four digits, to find a person by what masked numbers show. Rows from before get theirs from
-- the server, which alone can open them.
ALTER TABLE enrollment ADD COLUMN phone_tail bytea;
CREATE INDEX enrollment_tail ON enrollment (tenant_id, phone_tail) WHERE phone_tail IS NOT NULL;
CREATE INDEX enrollment_without_tail ON enrollment (tenant_id, id) WHERE phone_sealed IS NOT NULL AND phone_tail IS NULL;
