-- What the rules against SMS pumping said of messages, wherever it was not a plain yes.
CREATE TABLE fraud_decision (
    tenant_id text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    -- Grows with time.
    id        uuid NOT NULL,
    rule      text NOT NULL,
    scope     text NOT NULL,
    scope_key text NOT NULL,
    -- What was measured, and from where on the rule speaks.
    value     double precision NOT NULL,
    threshold double precision NOT NULL,
    until_at  timestamptz,
    -- What the rule said, and whether that was done: on, or only told: shadow.
    answer    text NOT NULL,
    mode      text NOT NULL,
    -- What was done in the end, by this rule or another.
    done      text NOT NULL,
    -- How many decisions this row stands for: during an attack most are only counted.
    count     integer NOT NULL,
    country   text,
    channel   text,
    session   uuid,
    user_id   text,
    price     numeric,
    currency  text,
    PRIMARY KEY (tenant_id, id)
);
