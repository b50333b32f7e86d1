-- What was kept for cash never changes after it was drawn up, like the other sums.
DROP TRIGGER as_drawn ON wallet_settlementbatch;
CREATE TRIGGER as_drawn BEFORE UPDATE ON wallet_settlementbatch FOR EACH ROW
  WHEN ((OLD.id, OLD.cut_off_on, OLD.since, OLD.until, OLD.pay_on, OLD.terms, OLD.credits, OLD.drawn_by, OLD.drawn_at,
      OLD.gross, OLD.refunds, OLD.carried_in, OLD.returned_in, OLD.fee, OLD.cash, OLD.net, OLD.carried_out)
    IS DISTINCT FROM (NEW.id, NEW.cut_off_on, NEW.since, NEW.until, NEW.pay_on, NEW.terms, NEW.credits, NEW.drawn_by, NEW.drawn_at,
      NEW.gross, NEW.refunds, NEW.carried_in, NEW.returned_in, NEW.fee, NEW.cash, NEW.net, NEW.carried_out))
  EXECUTE FUNCTION kernel_refuse_change();
DROP TRIGGER as_drawn ON wallet_settlementtransfer;
CREATE TRIGGER as_drawn BEFORE UPDATE ON wallet_settlementtransfer FOR EACH ROW
  WHEN ((OLD.id, OLD.batch_id, OLD."order", OLD.organisation_id, OLD.payout_id, OLD.gross, OLD.refunds, OLD.carried_in, OLD.returned_in,
      OLD.fee, OLD.cash, OLD.net, OLD.carried_out)
    IS DISTINCT FROM (NEW.id, NEW.batch_id, NEW."order", NEW.organisation_id, NEW.payout_id, NEW.gross, NEW.refunds, NEW.carried_in,
      NEW.returned_in, NEW.fee, NEW.cash, NEW.net, NEW.carried_out))
  EXECUTE FUNCTION kernel_refuse_change();
