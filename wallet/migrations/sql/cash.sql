-- A till's entries are written once; a till keeps what it was opened with, and once closed all but its signature.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_cashtillentry FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_cashtillentry FROM machi_app;
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cashcounter', 'cashtill'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['cashcounter', 'cashtill', 'cashtillentry'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER as_opened BEFORE UPDATE ON wallet_cashtill FOR EACH ROW
  WHEN ((OLD.id, OLD.counter_id, OLD.day, OLD.float_yen, OLD.opened_by, OLD.opened_at, OLD.taken_over_id)
      IS DISTINCT FROM (NEW.id, NEW.counter_id, NEW.day, NEW.float_yen, NEW.opened_by, NEW.opened_at, NEW.taken_over_id)
    OR (OLD.closed_at IS NOT NULL AND (OLD.closed_by, OLD.closed_at, OLD.count, OLD.expected, OLD.counted, OLD.why)
      IS DISTINCT FROM (NEW.closed_by, NEW.closed_at, NEW.count, NEW.expected, NEW.counted, NEW.why))
    OR OLD.signed_at IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
