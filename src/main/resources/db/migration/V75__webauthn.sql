-- Security keys and device biometrics (WebAuthn level 3) as kinds of second factor.
ALTER TABLE enrollment DROP CONSTRAINT enrollment_kind_check;
-- The rule until now was narrower, so every row satisfies this one: a large table need not be read for it.
ALTER TABLE enrollment ADD CONSTRAINT enrollment_kind_check
    CHECK (kind IN ('phone', 'totp', 'recovery-code', 'webauthn-roaming', 'webauthn-platform')) NOT VALID;

-- A credential's id and its public key (COSE), neither of which is secret; the domain that it works for.
ALTER TABLE enrollment ADD COLUMN credential_id bytea;
ALTER TABLE enrollment ADD COLUMN public_key bytea;
ALTER TABLE enrollment ADD COLUMN relying_party text;
-- The newest count of signatures that was taken; zero where the authenticator counts none.
ALTER TABLE enrollment ADD COLUMN sign_count bigint;
-- The authenticator's model, and how browsers reach it.
ALTER TABLE enrollment ADD COLUMN aaguid uuid;
ALTER TABLE enrollment ADD COLUMN transports text[];
-- Whether it may be copied to other devices, null where nobody knows, and whether it was.
ALTER TABLE enrollment ADD COLUMN backup_eligible boolean;
ALTER TABLE enrollment ADD COLUMN backed_up boolean;
CREATE UNIQUE INDEX enrollment_credential ON enrollment (tenant_id, credential_id) WHERE credential_id IS NOT NULL;

-- Each time that somebody was asked to bind a passkey after a sign-in, and what became of it.
CREATE TABLE passkey_offer (
    tenant_id  text NOT NULL,
    -- Grows with time.
    id         uuid NOT NULL,
    user_id    text NOT NULL,
    -- phone, tablet or computer, as far as the browser tells.
    device     text NOT NULL,
    offered_at timestamptz NOT NULL,
    -- Nobody is asked again before this moment.
    until_at   timestamptz NOT NULL,
    -- bound, later, never; null where it was left unanswered.
    answer     text,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX passkey_offer_user ON passkey_offer (tenant_id, user_id, device);
