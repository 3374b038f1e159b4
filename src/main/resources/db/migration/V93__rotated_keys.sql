-- A tenant's signing keys take turns: one signs since current_since, the next is published before it does, previous ones (current_until)
-- are published until they are revoked. Servers of the release before sign with the newest by created_at, which is published too.
ALTER TABLE signing_key ADD COLUMN current_since timestamptz;
ALTER TABLE signing_key ADD COLUMN current_until timestamptz;
ALTER TABLE signing_key ADD COLUMN revoked_at timestamptz;
UPDATE signing_key AS key
   SET current_since = key.created_at,
       current_until = (SELECT min(newer.created_at) FROM signing_key AS newer
                         WHERE newer.tenant_id = key.tenant_id AND newer.created_at > key.created_at);

-- The client's secret before its last rotation, for as long as it is taken beside the new one.
ALTER TABLE client ADD COLUMN previous_secret_hash bytea;
ALTER TABLE client ADD COLUMN previous_secret_until timestamptz;
