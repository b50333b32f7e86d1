DROP FUNCTION wallet_use_coupons;
DROP TRIGGER as_paid ON wallet_payment;
CREATE TRIGGER as_paid BEFORE UPDATE OF id, journal_id, account_id, shop_id, amount, receipt_number, at, counted_on, qr_token_id, hold_id
  ON wallet_payment
  FOR EACH ROW WHEN ((OLD.id, OLD.journal_id, OLD.account_id, OLD.shop_id, OLD.amount, OLD.receipt_number, OLD.at, OLD.counted_on,
      OLD.qr_token_id, OLD.hold_id)
    IS DISTINCT FROM (NEW.id, NEW.journal_id, NEW.account_id, NEW.shop_id, NEW.amount, NEW.receipt_number, NEW.at, NEW.counted_on,
      NEW.qr_token_id, NEW.hold_id))
  EXECUTE FUNCTION kernel_refuse_change();
