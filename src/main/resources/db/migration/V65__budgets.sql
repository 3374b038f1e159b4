-- Money that messages cost, in millionths of the tenant's currency.

-- What has been spent and reserved of each budget in each day or month (UTC). A reservation locks its rows.
CREATE TABLE budget_use (
    tenant_id  text NOT NULL,
    -- 'tenant', 'application:…', 'country:…' or 'carrier:…'
    scope      text NOT NULL,
    period     text NOT NULL CHECK (period IN ('day', 'month')),
    starts     date NOT NULL,
    spent      bigint NOT NULL,
    -- What the last message cost, to say at once when no further one fits.
    last_price bigint NOT NULL,
    -- 50, 80 or 100: the share of the limit, in per cent, that the administrator was last told of; 0 for none.
    told       smallint NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, scope, period, starts)
) WITH (fillfactor = 50);

-- One for each time that a carrier was or will be asked, unless it surely did not take the message.
CREATE TABLE charge (
    tenant_id  text NOT NULL,
    message_id uuid NOT NULL,
    attempt    integer NOT NULL,
    client_id  text,
    country    text NOT NULL,
    channel    text NOT NULL,
    carrier    text NOT NULL,
    segments   integer NOT NULL,
    micros     bigint NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id, attempt)
);

CREATE TABLE price_list (
    tenant_id  text NOT NULL,
    carrier    text NOT NULL,
    -- CSV: country,prefix,channel,price
    lines      text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, carrier)
);

-- What receipts told: the price of one segment or call, a moving average.
CREATE TABLE price_seen (
    tenant_id text NOT NULL,
    carrier   text NOT NULL,
    channel   text NOT NULL,
    country   text NOT NULL,
    micros    bigint NOT NULL,
    receipts  integer NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, carrier, channel, country)
);
