-- Each tenant's accounts with carriers, one per carrier: what the carrier's own package says it needs.
CREATE TABLE carrier_account (
    tenant_id    text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    carrier      text NOT NULL,
    -- How the Management API names it.
    id           text NOT NULL,
    disabled     boolean NOT NULL DEFAULT false,
    channels     text[] NOT NULL DEFAULT '{sms,voice}',
    -- Fields that may be shown, and beside them the sealed ones (base64), each under its name.
    fields       jsonb NOT NULL DEFAULT '{}',
    secrets      jsonb NOT NULL DEFAULT '{}',
    -- Part of the address that this carrier calls back; a new account has a new address.
    receipt_salt text NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, carrier)
);
CREATE UNIQUE INDEX carrier_account_id ON carrier_account (tenant_id, id);

-- Twilio's account was a setting of its own. Its token was sealed for that place and does not open in this one: it has
-- to be set once more.
INSERT INTO carrier_account (tenant_id, carrier, id, fields, receipt_salt, created_at, updated_at)
SELECT tenant_id, 'twilio', 'pro_' || substr(md5(tenant_id || 'twilio'), 1, 16),
       jsonb_strip_nulls(jsonb_build_object('sid', value->'sid', 'default_from', value->'from',
                                            'mssid', value->'messagingServiceSid')),
       gen_random_uuid()::text, updated_at, updated_at
  FROM tenant_setting
 WHERE name = 'guardian/factors/phone/providers/twilio';
DELETE FROM tenant_setting WHERE name = 'guardian/factors/phone/providers/twilio';
