-- Budgets are changed by services alone: a funding is written once, a campaign is never deleted and keeps its account.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_campaignfunding
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_campaignfunding
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_campaignfunding FROM machi_app;
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_campaign FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_campaign FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_campaign FROM machi_app;
CREATE TRIGGER same_account BEFORE UPDATE OF id, account_id, opened_at ON wallet_campaign
  FOR EACH ROW WHEN ((OLD.id, OLD.account_id, OLD.opened_at) IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.opened_at))
  EXECUTE FUNCTION kernel_refuse_change();
