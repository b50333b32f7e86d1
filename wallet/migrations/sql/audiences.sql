-- For whom a coupon is does not change any more than the rest of it.
CREATE TRIGGER for_whom_as_written BEFORE UPDATE ON wallet_coupon
  FOR EACH ROW WHEN (OLD.audience IS DISTINCT FROM NEW.audience) EXECUTE FUNCTION kernel_refuse_change();
