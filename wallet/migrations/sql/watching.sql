-- An alert is decided once; what was found stays as it was found.
CREATE TRIGGER decided_once BEFORE UPDATE ON wallet_watchalert
  FOR EACH ROW WHEN (OLD.decision <> '' OR (OLD.id, OLD.key, OLD.kind, OLD.account_id, OLD.transfers, OLD.found_at)
    IS DISTINCT FROM (NEW.id, NEW.key, NEW.kind, NEW.account_id, NEW.transfers, NEW.found_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_watchalert FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_watchalert FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_watchalert FROM machi_app;
