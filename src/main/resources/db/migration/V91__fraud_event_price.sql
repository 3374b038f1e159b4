-- What the message costs, in the tenant's currency; null where it is not known.
ALTER TABLE fraud_event ADD COLUMN price double precision;
