-- A receipt by which a carrier says that the network has the message, and that it will report no more.
ALTER TABLE receipt DROP CONSTRAINT receipt_state_check;
ALTER TABLE receipt ADD CONSTRAINT receipt_state_check CHECK (state IN
    ('sent', 'sent_final', 'delivered', 'undelivered', 'failed'));
