-- When the code that a message carried was typed; known by its challenge for a day, and kept here.
ALTER TABLE message ADD COLUMN verified_at timestamptz;

-- What became of messages, summed by day (UTC). Messages are kept for a month, these sums for longer.
CREATE TABLE figure (
    tenant_id text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    day       date NOT NULL,
    provider  text NOT NULL,
    channel   text NOT NULL,
    country   text NOT NULL, -- empty where it is not known
    currency  text NOT NULL, -- empty where no price was told
    messages  integer NOT NULL,
    sent      integer NOT NULL,
    delivered integer NOT NULL,
    failed    integer NOT NULL,
    codes     integer NOT NULL,
    verified  integer NOT NULL,
    cost      numeric NOT NULL,
    PRIMARY KEY (tenant_id, day, provider, channel, country, currency)
);

-- How long messages took, from being asked for until a carrier took them, and until it reported their arrival.
CREATE TABLE figure_latency (
    tenant_id text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    day       date NOT NULL,
    provider  text NOT NULL,
    channel   text NOT NULL,
    stage     text NOT NULL CHECK (stage IN ('accepted', 'delivered')),
    bucket    integer NOT NULL,
    messages  integer NOT NULL,
    PRIMARY KEY (tenant_id, day, provider, channel, stage, bucket)
);

CREATE TABLE figure_limit (
    tenant_id text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    day       date NOT NULL,
    what      text NOT NULL, -- as the log describes it
    events    integer NOT NULL,
    PRIMARY KEY (tenant_id, day, what)
);

-- Until when the above are summed; what is younger is summed when somebody looks.
CREATE TABLE figure_until (
    tenant_id text PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
    until     timestamptz NOT NULL
);
