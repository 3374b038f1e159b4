-- What the built-in provider has taken is delivery's to count, and not a property of the tenant.
CREATE TABLE evaluation_use (
    tenant_id text PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    -- In the tenant's whole life; never falls.
    messages  integer NOT NULL
);

INSERT INTO evaluation_use (tenant_id, messages)
SELECT id, built_in_messages FROM tenant WHERE built_in_messages > 0;

ALTER TABLE tenant DROP COLUMN built_in_messages;
