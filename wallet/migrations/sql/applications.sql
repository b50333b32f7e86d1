-- An application's steps are written once; applications and stops change and are never deleted. What was written goes with its writer's key.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_applicationstep FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_applicationstep FROM machi_app;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['merchantapplication', 'shopstop'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['merchantapplication', 'shopstop', 'applicationstep'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;
-- Decided or withdrawn is over.
CREATE TRIGGER as_decided BEFORE UPDATE ON wallet_merchantapplication
  FOR EACH ROW WHEN (OLD.state IN ('approved', 'declined', 'withdrawn')) EXECUTE FUNCTION kernel_refuse_change();
