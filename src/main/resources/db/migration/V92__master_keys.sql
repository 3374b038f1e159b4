-- The master keys that this installation has had, by ids that say nothing of them. The one that seals now has the newest active_at.
CREATE TABLE master_key (
    id               text PRIMARY KEY,
    -- The one it began with: sealed values without a key's mark are of it.
    is_first         boolean NOT NULL,
    -- What hashes are derived from, sealed under this key; null for the first, which is that itself.
    hash_root_sealed bytea,
    active_at        timestamptz NOT NULL,
    -- Since when no stored value is under it.
    empty_at         timestamptz
);
CREATE UNIQUE INDEX master_key_first ON master_key (is_first) WHERE is_first;

-- The servers of this installation that run now, and which master keys they know: a new key seals once all of them can open.
CREATE TABLE master_key_server (
    id      uuid PRIMARY KEY,
    name    text NOT NULL,
    known   text[] NOT NULL,
    active  text NOT NULL,
    seen_at timestamptz NOT NULL
);
