-- A module reads its own tables, and of other modules' only the views that they publish here. PostgreSQL puts a view's text into
-- the query, so it costs nothing.

-- user: whether what was issued to a user still stands.
CREATE VIEW user_standing AS
    SELECT tenant_id, id, security_stamp, browsers_forgotten_at FROM app_user;

-- user: what lists call a user.
CREATE VIEW user_label AS
    SELECT tenant_id, id, connection, email, username FROM app_user;

-- audit: the log, to be searched and counted.
CREATE VIEW log_line AS
    SELECT tenant_id, id, at, type, user_id, client_id, data FROM log;

-- tenant: which tenants there are, for work that goes through all of them.
CREATE VIEW known_tenant AS
    SELECT id FROM tenant;

-- challenge: which codes were typed, and when.
CREATE VIEW typed_code AS
    SELECT tenant_id, transaction_id, enrollment_id, spent_at FROM challenge WHERE spent_at IS NOT NULL;
