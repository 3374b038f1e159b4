-- The trace that a message belongs to (W3C trace context), for its later attempts and its receipts; null where no traces are made.
ALTER TABLE message ADD COLUMN trace text;
