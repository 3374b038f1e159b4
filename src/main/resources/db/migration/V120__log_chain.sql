-- The log as a chain of hashes, per tenant: each line has a place, and a hash over it and the hash before. It is written beside the log, a
-- second after it, so that no ceremony waits for it.

-- Up to where lines have been given places, in the order of the transactions that wrote them (log.written). Numbers of transactions belong to
-- their database: where the rows were restored in another one, whose numbers are lower, a further era begins.
CREATE TABLE log_chain_era (
    era          integer PRIMARY KEY,
    -- Lines of transactions before it are older than the chain.
    written_from bigint NOT NULL,
    -- All lines of transactions before it have their places.
    reached      bigint NOT NULL,
    -- Lines of this era have greater ids than after_id, and until now not greater ones than top_id.
    after_id     text NOT NULL,
    top_id       text NOT NULL,
    began_at     timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Lines of one tenant that were given places together, in the order of (written, id).
CREATE TABLE log_chain (
    tenant_id     text NOT NULL,
    -- Of the first of them, from 1.
    place         bigint NOT NULL,
    lines         integer NOT NULL,
    era           integer NOT NULL,
    written_from  bigint NOT NULL,
    written_until bigint NOT NULL,
    -- The hash of the line before.
    previous      bytea NOT NULL,
    -- Their least and greatest ids, to find them by the log's key.
    low_id        text NOT NULL,
    top_id        text NOT NULL,
    -- 32 bytes for each line.
    hashes        bytea NOT NULL,
    placed_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, place)
);
-- Hashes cannot be compressed.
ALTER TABLE log_chain ALTER COLUMN hashes SET STORAGE EXTERNAL;
CREATE INDEX log_chain_written ON log_chain USING brin (written_from) WITH (pages_per_range = 32, autosummarize = on);

-- Signed heads: what the chain's newest hash was at a time.
CREATE TABLE log_head (
    tenant_id text NOT NULL,
    place     bigint NOT NULL,
    hash      bytea NOT NULL,
    signed_at timestamptz NOT NULL,
    jws       text NOT NULL,
    PRIMARY KEY (tenant_id, place)
);
