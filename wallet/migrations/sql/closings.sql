-- A proposal to close an account is decided once; a day that was looked at stays as it was.
CREATE TRIGGER as_proposed BEFORE UPDATE ON wallet_alertclosing FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL OR (OLD.id, OLD.alert_id, OLD.account_id, OLD.balance, OLD.reason, OLD.proposed_by, OLD.proposed_at)
    IS DISTINCT FROM (NEW.id, NEW.alert_id, NEW.account_id, NEW.balance, NEW.reason, NEW.proposed_by, NEW.proposed_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_alertclosing FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_alertclosing FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_alertclosing FROM machi_app;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_watchday FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_watchday FROM machi_app;
