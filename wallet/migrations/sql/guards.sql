-- Written once: journals, postings, lot moves, refunds, top-ups and expiries refuse UPDATE, DELETE and TRUNCATE, whoever asks and by
-- whichever way (ORM, admin, SQL, owner). The machine's own rows change, but are never deleted.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['journal', 'posting', 'lotmove', 'refund', 'topup', 'expiry'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['account', 'balance', 'holder', 'lot', 'shop', 'qrtoken', 'hold', 'payment'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;

-- A credit in the inbox is folded (deleted) as it was booked.
CREATE TRIGGER written_once BEFORE UPDATE ON wallet_creditinbox FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_creditinbox
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, TRUNCATE ON wallet_creditinbox FROM machi_app;

-- What never changes in a row that does. A lot is never extended (資金決済法 article 4(2)).
CREATE TRIGGER as_issued BEFORE UPDATE OF id, account_id, kind, issued, expires_on, issued_at, journal_id ON wallet_lot
  FOR EACH ROW WHEN ((OLD.id, OLD.account_id, OLD.kind, OLD.issued, OLD.expires_on, OLD.issued_at, OLD.journal_id)
    IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.kind, NEW.issued, NEW.expires_on, NEW.issued_at, NEW.journal_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_paid BEFORE UPDATE OF id, journal_id, account_id, shop_id, amount, receipt_number, at, counted_on, qr_token_id, hold_id
  ON wallet_payment
  FOR EACH ROW WHEN ((OLD.id, OLD.journal_id, OLD.account_id, OLD.shop_id, OLD.amount, OLD.receipt_number, OLD.at, OLD.counted_on,
      OLD.qr_token_id, OLD.hold_id)
    IS DISTINCT FROM (NEW.id, NEW.journal_id, NEW.account_id, NEW.shop_id, NEW.amount, NEW.receipt_number, NEW.at, NEW.counted_on,
      NEW.qr_token_id, NEW.hold_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER status_fits BEFORE UPDATE OF status, refunded ON wallet_payment
  FOR EACH ROW WHEN (NOT CASE NEW.status
    WHEN 'paid' THEN NEW.refunded = 0
    WHEN 'partly_refunded' THEN NEW.refunded > 0 AND NEW.refunded < NEW.amount
    ELSE NEW.refunded = NEW.amount END OR NEW.version <= OLD.version)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_held BEFORE UPDATE OF id, journal_id, account_id, shop_id, amount, at, expires_at, counted_on ON wallet_hold
  FOR EACH ROW WHEN ((OLD.id, OLD.journal_id, OLD.account_id, OLD.shop_id, OLD.amount, OLD.at, OLD.expires_at, OLD.counted_on)
    IS DISTINCT FROM (NEW.id, NEW.journal_id, NEW.account_id, NEW.shop_id, NEW.amount, NEW.at, NEW.expires_at, NEW.counted_on))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER same_account BEFORE UPDATE OF account_id ON wallet_balance
  FOR EACH ROW WHEN (OLD.account_id IS DISTINCT FROM NEW.account_id) EXECUTE FUNCTION kernel_refuse_change();

-- Room beside each row for its next version, so that a payment writes no index entry (HOT update).
ALTER TABLE wallet_balance SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE wallet_lot SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE wallet_qrtoken SET (fillfactor = 80);
ALTER TABLE wallet_payment SET (fillfactor = 95);
ALTER TABLE wallet_creditinbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
