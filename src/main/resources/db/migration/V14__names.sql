-- People are searched by the beginning of an address, a name or a username: only this collation lets an index answer that, and
-- only one over all rows tells the planner how many begin so.
DROP INDEX app_user_mail;
CREATE INDEX app_user_mail ON app_user (tenant_id, lower(email) COLLATE "C");
CREATE INDEX app_user_name ON app_user (tenant_id, lower(name) COLLATE "C");
CREATE INDEX app_user_login ON app_user (tenant_id, lower(username) COLLATE "C");
