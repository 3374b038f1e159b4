-- A security stamp: it changes when something is taken away that sign-ins of this user stood on. What was issued under
-- another stamp is worth nothing any more. Existing rows agree with existing users; a user made anew by an old id does not
-- inherit what is left of the old one.
ALTER TABLE app_user ADD COLUMN security_stamp bigint NOT NULL DEFAULT 0;
ALTER TABLE app_user ALTER COLUMN security_stamp SET DEFAULT (random() * 9007199254740991)::bigint;
-- Access tokens of the MFA API carry no stamp: those issued until this moment are worth nothing any more.
ALTER TABLE app_user ADD COLUMN access_ended_at timestamptz;
ALTER TABLE login ADD COLUMN user_stamp bigint NOT NULL DEFAULT 0;
ALTER TABLE browser_session ADD COLUMN user_stamp bigint NOT NULL DEFAULT 0;
ALTER TABLE remembered_browser ADD COLUMN user_stamp bigint NOT NULL DEFAULT 0;
ALTER TABLE authorization_code ADD COLUMN user_stamp bigint NOT NULL DEFAULT 0;
ALTER TABLE refresh_token ADD COLUMN user_stamp bigint NOT NULL DEFAULT 0;

-- The sign-in that bound an authenticator: the only one that confirms an app, and a recovery code that came with it.
ALTER TABLE enrollment ADD COLUMN bound_in uuid;
-- Of a recovery code: the one before it. Sending that once more is no guess at this one.
ALTER TABLE enrollment ADD COLUMN spent_hash bytea;

-- Tickets are found by their user when that is blocked.
CREATE INDEX enrollment_ticket_user ON enrollment_ticket (tenant_id, user_id);
