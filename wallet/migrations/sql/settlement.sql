-- Written once: lines, shares and files. The others change their state and are never deleted; sums and keys stay as they were drawn up.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['settlementline', 'settlementshare', 'settlementfile'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['settlementbatch', 'settlementtransfer', 'settlementreturn', 'payoutaccount', 'bank', 'bankbranch'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['settlementline', 'settlementshare', 'settlementfile', 'settlementbatch', 'settlementtransfer',
      'settlementreturn', 'payoutaccount', 'bank', 'bankbranch'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;

CREATE TRIGGER as_drawn BEFORE UPDATE ON wallet_settlementbatch FOR EACH ROW
  WHEN ((OLD.id, OLD.cut_off_on, OLD.since, OLD.until, OLD.pay_on, OLD.terms, OLD.credits, OLD.drawn_by, OLD.drawn_at,
      OLD.gross, OLD.refunds, OLD.carried_in, OLD.returned_in, OLD.fee, OLD.net, OLD.carried_out)
    IS DISTINCT FROM (NEW.id, NEW.cut_off_on, NEW.since, NEW.until, NEW.pay_on, NEW.terms, NEW.credits, NEW.drawn_by, NEW.drawn_at,
      NEW.gross, NEW.refunds, NEW.carried_in, NEW.returned_in, NEW.fee, NEW.net, NEW.carried_out))
  EXECUTE FUNCTION kernel_refuse_change();
-- No step is taken twice or back.
CREATE TRIGGER onwards BEFORE UPDATE OF state ON wallet_settlementbatch FOR EACH ROW
  WHEN ((OLD.state, NEW.state) NOT IN (('drawn', 'checked'), ('drawn', 'withdrawn'), ('checked', 'withdrawn'), ('checked', 'approved'),
    ('approved', 'written'), ('written', 'paid'), ('approved', 'paid')))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_drawn BEFORE UPDATE ON wallet_settlementtransfer FOR EACH ROW
  WHEN ((OLD.id, OLD.batch_id, OLD."order", OLD.organisation_id, OLD.payout_id, OLD.gross, OLD.refunds, OLD.carried_in, OLD.returned_in,
      OLD.fee, OLD.net, OLD.carried_out)
    IS DISTINCT FROM (NEW.id, NEW.batch_id, NEW."order", NEW.organisation_id, NEW.payout_id, NEW.gross, NEW.refunds, NEW.carried_in,
      NEW.returned_in, NEW.fee, NEW.net, NEW.carried_out))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER onwards BEFORE UPDATE OF state, journal_id ON wallet_settlementtransfer FOR EACH ROW
  WHEN ((OLD.state, NEW.state) NOT IN (('planned', 'booked'), ('planned', 'withheld'), ('booked', 'returned'))
    OR (OLD.journal_id IS NOT NULL AND OLD.journal_id IS DISTINCT FROM NEW.journal_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_returned BEFORE UPDATE ON wallet_settlementreturn FOR EACH ROW
  WHEN ((OLD.id, OLD.transfer_id, OLD.journal_id, OLD.amount, OLD.why, OLD.recorded_by, OLD.at)
      IS DISTINCT FROM (NEW.id, NEW.transfer_id, NEW.journal_id, NEW.amount, NEW.why, NEW.recorded_by, NEW.at)
    OR OLD.taken_up_by_id IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_named BEFORE UPDATE ON wallet_payoutaccount FOR EACH ROW
  WHEN ((OLD.id, OLD.organisation_id, OLD.bank_code, OLD.branch_code, OLD.account_type, OLD.number_end, OLD.key_version, OLD.sealed,
      OLD.registered_by, OLD.registered_at)
    IS DISTINCT FROM (NEW.id, NEW.organisation_id, NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.number_end, NEW.key_version,
      NEW.sealed, NEW.registered_by, NEW.registered_at))
  EXECUTE FUNCTION kernel_refuse_change();

-- One settlement at a time waits for its decision: before that nobody knows what it leaves over.
CREATE UNIQUE INDEX settlement_one_undecided ON wallet_settlementbatch ((true)) WHERE state IN ('drawn', 'checked');
