-- Each sign-in updates a user and an authenticator. A tenth of each page is left free for it, so that the new version of a row
-- stays on its page and the indexes, eight and four, need no new entry (heap-only tuples). For pages that are written from now on.
ALTER TABLE app_user SET (fillfactor = 90);
ALTER TABLE enrollment SET (fillfactor = 90);
