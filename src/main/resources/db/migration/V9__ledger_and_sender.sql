-- The ledger is looked through by carrier, channel and state, in any mixture, the newest first. Each mixture is a few
-- places in this one index, since of all three there are only a few.
CREATE INDEX message_ledger ON message (tenant_id, provider, channel, state, id);

-- The sender that a message's template asks for: a number or a name, for carriers that take it.
ALTER TABLE message ADD COLUMN sender text;
