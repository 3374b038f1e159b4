-- How often the application was answered: a form that is sent twice needs a second answer.
ALTER TABLE login ADD COLUMN answers smallint NOT NULL DEFAULT 0;
