-- A message whose code can no longer be typed is not sent again, and ends so.
ALTER TABLE message DROP CONSTRAINT message_state_check;
ALTER TABLE message ADD CONSTRAINT message_state_check CHECK (state IN
    ('queued', 'sending', 'accepted', 'delivered', 'undelivered', 'failed', 'expired', 'not_needed'));
-- With its login and authenticator: which code it carries.
ALTER TABLE message ADD COLUMN code_generation integer;
