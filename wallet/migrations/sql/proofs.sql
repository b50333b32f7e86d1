-- Proved at commit, off the hot path: for top-ups, refunds, expiries, and holds when they begin and end. What the lots gave or got is what
-- was booked or set aside, and the account's balance is the sum of its lots and of its open holds. (Payments: audit_ledger.)
CREATE FUNCTION wallet_prove_journal(p_journal bigint, p_account uuid, p_moved bigint, p_booked bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moved bigint := (SELECT coalesce(sum(m.delta), 0) FROM wallet_lotmove m JOIN wallet_lot l ON l.id = m.lot_id
    WHERE m.journal_id = p_journal AND l.account_id = p_account);
  others bigint := (SELECT count(*) FROM wallet_lotmove m JOIN wallet_lot l ON l.id = m.lot_id
    WHERE m.journal_id = p_journal AND l.account_id <> p_account);
  booked bigint := (SELECT coalesce(sum(CASE WHEN credit_id = p_account THEN amount ELSE -amount END), 0) FROM wallet_posting
    WHERE journal_id = p_journal AND p_account IN (debit_id, credit_id));
BEGIN
  IF moved <> p_moved OR others <> 0 OR booked <> p_booked THEN
    RAISE EXCEPTION 'journal %: lots moved % and postings %, expected % and %', p_journal, moved, booked, p_moved, p_booked
      USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM wallet_balance b WHERE b.account_id = p_account
      AND (b.amount <> (SELECT coalesce(sum(l.remaining), 0) FROM wallet_lot l WHERE l.account_id = p_account AND l.open)
        OR b.held <> (SELECT coalesce(sum(h.amount), 0) FROM wallet_hold h WHERE h.account_id = p_account AND h.status = 'held'))
  ) THEN
    RAISE EXCEPTION 'journal %: the balance of account % is not the sum of its lots and holds', p_journal, p_account
      USING ERRCODE = 'check_violation';
  END IF;
END $$;

CREATE FUNCTION wallet_prove_top_up() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM wallet_prove_journal(NEW.journal_id, NEW.account_id, NEW.amount + NEW.bonus, NEW.amount + NEW.bonus);
  RETURN NULL;
END $$;

CREATE FUNCTION wallet_prove_expiry() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM wallet_prove_journal(NEW.journal_id, NEW.account_id, -NEW.amount, -NEW.amount);
  RETURN NULL;
END $$;

CREATE FUNCTION wallet_prove_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.status = 'held' THEN
    PERFORM wallet_prove_journal(NEW.journal_id, NEW.account_id, -NEW.amount, 0);
  ELSE
    PERFORM wallet_prove_journal(NEW.closing_journal_id, NEW.account_id, NEW.amount - NEW.captured, -NEW.captured);
  END IF;
  RETURN NULL;
END $$;

-- Of a payment no more comes back than was paid, and the payment says how much came back.
CREATE FUNCTION wallet_prove_refund() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  payment wallet_payment := (SELECT p FROM wallet_payment p WHERE p.id = NEW.payment_id);
BEGIN
  IF payment.refunded <> (SELECT sum(r.amount) FROM wallet_refund r WHERE r.payment_id = NEW.payment_id)
      OR (payment.status = 'voided') <> NEW.is_void THEN
    RAISE EXCEPTION 'refund %: its payment does not say what came back', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  PERFORM wallet_prove_journal(NEW.journal_id, payment.account_id, NEW.amount, NEW.amount);
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT ON wallet_topup DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_top_up();
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT ON wallet_expiry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_expiry();
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT OR UPDATE ON wallet_hold DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_hold();
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT ON wallet_refund DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_refund();
