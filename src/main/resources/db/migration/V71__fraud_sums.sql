-- What an administrator asks of the fraud guard's decisions, without reading them all.

-- Several scopes may speak of one message: the first decides, and of each rule one stands for it when messages are counted.
ALTER TABLE fraud_decision ADD COLUMN place text NOT NULL DEFAULT 'FIRST';
CREATE INDEX fraud_decision_rule ON fraud_decision (tenant_id, rule, id);
CREATE INDEX fraud_decision_scope ON fraud_decision (tenant_id, scope_key, id);
CREATE INDEX fraud_decision_session ON fraud_decision (tenant_id, session) WHERE session IS NOT NULL;

-- Messages of ten minutes, and of an hour, by what the rules said of them.
CREATE TABLE fraud_sum (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    -- 10 or 60: so many are in a row.
    minutes    smallint NOT NULL,
    from_at    timestamptz NOT NULL,
    rule       text NOT NULL,
    answer     text NOT NULL,
    mode       text NOT NULL,
    done       text NOT NULL,
    -- Whether the rule decided; otherwise another one did.
    decided    boolean NOT NULL,
    currency   text NOT NULL,
    count      bigint NOT NULL,
    price      numeric NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency)
) WITH (fillfactor = 70);

-- What rules that act did about each scope.
CREATE TABLE fraud_scope_sum (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    scope_key  text NOT NULL,
    scope      text NOT NULL,
    rule       text NOT NULL,
    -- When the rule spoke first and last; after a quiet day it begins anew.
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    refused    bigint NOT NULL,
    -- Challenged, or let go and watched.
    watched    bigint NOT NULL,
    -- Until when messages are refused; null while they are not.
    until_at   timestamptz,
    -- What the refused messages would have cost.
    saved      numeric NOT NULL,
    currency   text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, scope_key)
) WITH (fillfactor = 70);
CREATE INDEX fraud_scope_sum_last ON fraud_scope_sum (tenant_id, last_at);
