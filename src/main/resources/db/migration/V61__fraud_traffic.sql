-- What the fraud guard saw in the last minutes: each code that was sent, and each that came back. A server learns from it what
-- the others saw, and what it saw itself before it was started anew. Numbers and addresses are keyed hashes; of the number stand here
-- besides the first digits, without the last two.
CREATE TABLE fraud_event (
    tenant_id    text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    -- The process that saw it.
    server       uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('sent', 'typed', 'unknown', 'release')),
    at           timestamptz NOT NULL,
    session      uuid,
    number       bigint,
    account      bigint,
    digits       text,
    country      text,
    address      bigint,
    network      bigint,
    wide_network bigint,
    asn          integer,
    -- Whether it was a call, in a known range, confirmed, after a passed challenge, a probe: one bit each.
    flags        integer NOT NULL DEFAULT 0,
    -- Milliseconds of the code's life.
    life         integer NOT NULL DEFAULT 0,
    -- What is released.
    scope        text,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- What the fraud guard has learned of a scope: numbers with the same first digits, a country, a keyed hash of an address.
-- Written once a minute where it has changed; decays with the time since.
CREATE TABLE fraud_scope (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    scope      text NOT NULL,
    sums       double precision[] NOT NULL,
    at         timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, scope)
) WITH (fillfactor = 70);

-- Keyed hashes of numbers and accounts that have typed a code.
CREATE TABLE fraud_proved (
    tenant_id  text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    subject    bigint NOT NULL,
    at         timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) WITH (fillfactor = 80);
