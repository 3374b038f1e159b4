-- A country that a user has signed in from lately, by the operator's file of addresses. Kept only where some rule looks at countries.
CREATE TABLE known_country (
    tenant_id  text NOT NULL,
    user_id    text NOT NULL,
    -- ISO 3166-1 alpha-2.
    country    text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, user_id, country),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app_user (tenant_id, id) ON DELETE CASCADE
);
