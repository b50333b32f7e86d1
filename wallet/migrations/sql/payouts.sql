-- A payout goes forward; what was asked, opened, approved and booked stays so, and nothing is deleted.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['coinpayout', 'coinend', 'coinpayoutfile'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER as_asked BEFORE UPDATE ON wallet_coinpayout FOR EACH ROW
  WHEN ((OLD.id, OLD.account_id, OLD.receipt_number, OLD.wish, OLD.at, OLD.arrival_id)
      IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.receipt_number, NEW.wish, NEW.at, NEW.arrival_id)
    OR (OLD.opened_by IS NOT NULL AND (OLD."case", OLD.amount, OLD.way, OLD.bank_code, OLD.branch_code, OLD.account_type, OLD.number_end,
        OLD.key_version, OLD.sealed, OLD.reason, OLD.evidence, OLD.opened_by, OLD.opened_at)
      IS DISTINCT FROM (NEW."case", NEW.amount, NEW.way, NEW.bank_code, NEW.branch_code, NEW.account_type, NEW.number_end,
        NEW.key_version, NEW.sealed, NEW.reason, NEW.evidence, NEW.opened_by, NEW.opened_at))
    OR (OLD.journal_id IS NOT NULL AND (OLD.journal_id, OLD.booked_at, OLD.decided_by, OLD.decided_at, OLD.used_before, OLD.ceiling)
      IS DISTINCT FROM (NEW.journal_id, NEW.booked_at, NEW.decided_by, NEW.decided_at, NEW.used_before, NEW.ceiling))
    OR (OLD.file_id IS NOT NULL AND NEW.file_id IS DISTINCT FROM OLD.file_id)
    OR (OLD.return_journal_id IS NOT NULL AND NEW.return_journal_id IS DISTINCT FROM OLD.return_journal_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER onwards BEFORE UPDATE OF state ON wallet_coinpayout FOR EACH ROW
  WHEN (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('asked', 'opened'), ('asked', 'refused'), ('asked', 'withdrawn'),
    ('opened', 'approved'), ('opened', 'refused'), ('opened', 'withdrawn'), ('approved', 'withdrawn'), ('approved', 'paid'),
    ('approved', 'written'), ('written', 'paid'), ('approved', 'returned'), ('written', 'returned'), ('paid', 'returned')))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE ON wallet_coinpayoutfile FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE ON wallet_coinpayoutfile FROM machi_app;
CREATE TRIGGER as_announced BEFORE UPDATE ON wallet_coinend FOR EACH ROW
  WHEN (OLD.approved_at IS NOT NULL OR (OLD.id, OLD.announced_on, OLD.claims_until, OLD.reason, OLD.opened_by, OLD.opened_at)
    IS DISTINCT FROM (NEW.id, NEW.announced_on, NEW.claims_until, NEW.reason, NEW.opened_by, NEW.opened_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE UNIQUE INDEX coin_end_once ON wallet_coinend ((true)) WHERE approved_at IS NOT NULL;
