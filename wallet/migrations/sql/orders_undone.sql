DROP TRIGGER as_decided ON wallet_cardpayment;
DROP TRIGGER only_forward ON wallet_cardpayment;
CREATE TRIGGER only_forward BEFORE UPDATE OF status ON wallet_cardpayment
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND (OLD.status IN ('paid', 'returned')
    OR array_position(ARRAY['started', 'open', 'waiting', 'ended', 'paid', 'returned'], NEW.status::text)
      < array_position(ARRAY['started', 'open', 'waiting', 'ended', 'paid', 'returned'], OLD.status::text)
    OR NEW.version <= OLD.version))
  EXECUTE FUNCTION kernel_refuse_change();
DROP TRIGGER of_one_order ON wallet_couponuse;
DROP FUNCTION wallet_prove_order CASCADE;
