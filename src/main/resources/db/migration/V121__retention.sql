-- Until now the log was kept forever. An upgrade removes nothing: tenants that are there keep it for ten years, until somebody says otherwise.
INSERT INTO tenant_setting (tenant_id, name, value, updated_at)
SELECT id, 'retention', '{"messages": 30, "log": 3650}', now() FROM tenant
ON CONFLICT DO NOTHING;
