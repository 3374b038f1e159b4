-- The ledger is looked through by carrier, channel and state, in any mixture, the newest first. Each mixture is a few
-- places in this one index, since of all three there are only a few.
CREATE INDEX message_ledger ON message (tenant_id, provider, channel, state, id);
