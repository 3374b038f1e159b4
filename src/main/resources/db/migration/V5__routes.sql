-- Routes over several carriers, what carriers report, and the ledger of both.

-- Which providers of the route were passed over for this attempt's, each as name:reason.
ALTER TABLE attempt ADD COLUMN passed_over text[];
-- Whose fault a refusal was: who can do something about it.
ALTER TABLE attempt ADD COLUMN fault text;
-- What a carrier reports names its own id.
CREATE INDEX attempt_vendor ON attempt (tenant_id, provider, vendor_id) WHERE vendor_id IS NOT NULL;

-- The login whose code it carries, for sending the same code again.
ALTER TABLE message ADD COLUMN transaction_id uuid;
-- The same code on the other channel: which message took over, and why.
ALTER TABLE message ADD COLUMN replaces uuid;
ALTER TABLE message ADD COLUMN replaced_by uuid;
ALTER TABLE message ADD COLUMN replaced_why text;
CREATE INDEX message_user ON message (tenant_id, user_id, id);

-- What carriers said became of messages, once for each state. One that comes before the answer to our own request
-- waits until its attempt is known.
CREATE TABLE receipt (
    tenant_id   text NOT NULL,
    provider    text NOT NULL,
    vendor_id   text NOT NULL,
    state       text NOT NULL CHECK (state IN ('sent', 'delivered', 'undelivered', 'failed')),
    code        text,
    fault       text,
    price       numeric,
    currency    text,
    signed      boolean NOT NULL,
    received_at timestamptz NOT NULL,
    waiting     boolean NOT NULL,
    PRIMARY KEY (tenant_id, provider, vendor_id, state)
);
CREATE INDEX receipt_waiting ON receipt (tenant_id, received_at) WHERE waiting;

-- Calls of carriers that must not be heard twice.
CREATE TABLE receipt_call (
    tenant_id  text NOT NULL,
    provider   text NOT NULL,
    call_id    bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, provider, call_id)
);
CREATE INDEX receipt_call_expires ON receipt_call (tenant_id, expires_at);
