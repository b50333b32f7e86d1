-- A journal may be of cash that a shop handed over.
ALTER DOMAIN wallet_journal_kind DROP CONSTRAINT wallet_journal_kind_check;
ALTER DOMAIN wallet_journal_kind ADD CONSTRAINT wallet_journal_kind_check CHECK (VALUE IN (
  'payment', 'capture', 'refund', 'void', 'top_up', 'hold', 'release', 'expiry', 'merge',
  'send', 'fund', 'reversal', 'order', 'order_refund', 'settlement', 'returned', 'payout', 'shop_cash'));
-- What was recorded stays as it was; what was decided never changes, and nothing of it is deleted.
CREATE TRIGGER as_recorded BEFORE UPDATE ON wallet_shopcashhandover FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL
    OR (OLD.id, OLD.organisation_id, OLD.amount, OLD.way, OLD.received_on, OLD.reference, OLD.till_id, OLD.recorded_by, OLD.recorded_at)
    IS DISTINCT FROM
    (NEW.id, NEW.organisation_id, NEW.amount, NEW.way, NEW.received_on, NEW.reference, NEW.till_id, NEW.recorded_by, NEW.recorded_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_shopcashhandover FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_shopcashhandover FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_shopcashhandover FROM machi_app;
