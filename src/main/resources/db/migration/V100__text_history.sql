-- What the texts of messages said before each change, and who changed them. What is in force is a setting.
CREATE TABLE text_version (
    tenant_id text NOT NULL REFERENCES tenant ON DELETE CASCADE,
    purpose   text NOT NULL,
    -- A star in both: the text for all channels and languages.
    channel   text NOT NULL,
    language  text NOT NULL,
    id        bigint GENERATED ALWAYS AS IDENTITY,
    -- Liquid; null where there was none, so that the default was in force.
    before    text,
    client_id text NOT NULL,
    -- The administrator; null for an application that asked by itself.
    user_id   text,
    at        timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, purpose, channel, language, id)
);
