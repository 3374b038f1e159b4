-- The oldest program that may still run on this schema, by the newest migration that it has. A migration that the release before
-- cannot bear raises it.
CREATE TABLE schema_floor (
    version integer NOT NULL
);
INSERT INTO schema_floor VALUES (71);
