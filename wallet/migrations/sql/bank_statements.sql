-- What a bank said is kept as it was said; a movement goes forward, once, and nothing is deleted.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['transfercode', 'bankstatementline'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['bankstatement', 'bankline', 'banklineproposal'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['transfercode', 'bankstatementline', 'bankstatement', 'bankline', 'banklineproposal'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER as_read BEFORE UPDATE ON wallet_bankstatement FOR EACH ROW
  WHEN (OLD.imported_at IS NOT NULL OR (OLD.id, OLD.bank_account, OLD.layout, OLD.sha256, OLD.key_version, OLD.sealed, OLD.lines, OLD.since,
      OLD.until, OLD.total_in, OLD.total_out, OLD.closing, OLD.read_by, OLD.read_at)
    IS DISTINCT FROM (NEW.id, NEW.bank_account, NEW.layout, NEW.sha256, NEW.key_version, NEW.sealed, NEW.lines, NEW.since,
      NEW.until, NEW.total_in, NEW.total_out, NEW.closing, NEW.read_by, NEW.read_at))
  EXECUTE FUNCTION kernel_refuse_change();
-- The bank's own number of a movement may be learnt once, from a later file.
CREATE TRIGGER as_booked BEFORE UPDATE ON wallet_bankline FOR EACH ROW
  WHEN ((OLD.id, OLD.statement_id, OLD.bank_account, OLD.booked_on, OLD.is_in, OLD.amount, OLD.content, OLD.ordinal, OLD.is_final,
      OLD.key_version, OLD.sealed)
    IS DISTINCT FROM (NEW.id, NEW.statement_id, NEW.bank_account, NEW.booked_on, NEW.is_in, NEW.amount, NEW.content, NEW.ordinal,
      NEW.is_final, NEW.key_version, NEW.sealed)
    OR (OLD.serial <> '' AND NEW.serial <> OLD.serial)
    OR (OLD.top_up_id IS NOT NULL AND NEW.top_up_id IS DISTINCT FROM OLD.top_up_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER onwards BEFORE UPDATE OF state ON wallet_bankline FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('waiting', 'booked'), ('waiting', 'open'), ('open', 'booked'),
    ('open', 'returned'), ('open', 'aside')))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_proposed BEFORE UPDATE ON wallet_banklineproposal FOR EACH ROW
  WHEN (OLD.decided_at IS NOT NULL OR (OLD.id, OLD.line_id, OLD.deed, OLD.account_id, OLD.reference, OLD.reason, OLD.needs_two,
      OLD.proposed_by, OLD.proposed_at)
    IS DISTINCT FROM (NEW.id, NEW.line_id, NEW.deed, NEW.account_id, NEW.reference, NEW.reason, NEW.needs_two,
      NEW.proposed_by, NEW.proposed_at))
  EXECUTE FUNCTION kernel_refuse_change();
