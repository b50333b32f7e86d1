-- A transfer is written once and proved at commit; what is asked for keeps its sums; both histories get their line.
DO $$
DECLARE name text;
BEGIN
  EXECUTE 'CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_transfer FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()';
  EXECUTE 'REVOKE UPDATE ON wallet_transfer FROM machi_app';
  FOREACH name IN ARRAY ARRAY['receivecode', 'moneyrequest', 'requestpart'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['transfer', 'receivecode', 'moneyrequest', 'requestpart'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;

CREATE TRIGGER as_asked BEFORE UPDATE OF id, hash, account_id, amount, created_at, expires_at ON wallet_moneyrequest
  FOR EACH ROW WHEN ((OLD.id, OLD.hash, OLD.account_id, OLD.amount, OLD.created_at, OLD.expires_at)
    IS DISTINCT FROM (NEW.id, NEW.hash, NEW.account_id, NEW.amount, NEW.created_at, NEW.expires_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER answered_once BEFORE UPDATE ON wallet_requestpart
  FOR EACH ROW WHEN (OLD.answered_by_id IS NOT NULL OR (OLD.id, OLD.request_id, OLD.number, OLD.amount, OLD.asked_id)
    IS DISTINCT FROM (NEW.id, NEW.request_id, NEW.number, NEW.amount, NEW.asked_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER same_account BEFORE UPDATE OF id, hash, account_id, created_at, expires_at ON wallet_receivecode
  FOR EACH ROW WHEN ((OLD.id, OLD.hash, OLD.account_id, OLD.created_at, OLD.expires_at)
    IS DISTINCT FROM (NEW.id, NEW.hash, NEW.account_id, NEW.created_at, NEW.expires_at))
  EXECUTE FUNCTION kernel_refuse_change();

-- What left the sender's paid lots arrived in paid lots with the same last day and the same day of issue, and both balances agree.
CREATE FUNCTION wallet_prove_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM wallet_lotmove m JOIN wallet_lot l ON l.id = m.lot_id WHERE m.journal_id = NEW.journal_id
      GROUP BY l.expires_on, l.issued_at HAVING sum(m.delta) <> 0
  ) OR EXISTS (
    SELECT FROM wallet_lotmove m JOIN wallet_lot l ON l.id = m.lot_id WHERE m.journal_id = NEW.journal_id
      AND (l.kind <> 'paid' OR l.account_id <> CASE WHEN m.delta < 0 THEN NEW.sender_id ELSE NEW.recipient_id END)
  ) OR NEW.amount IS DISTINCT FROM (SELECT -sum(m.delta) FROM wallet_lotmove m WHERE m.journal_id = NEW.journal_id AND m.delta < 0)
    OR NEW.amount IS DISTINCT FROM (SELECT sum(p.amount) FROM wallet_posting p
      WHERE p.journal_id = NEW.journal_id AND p.debit_id = NEW.sender_id AND p.credit_id = NEW.recipient_id)
  THEN
    RAISE EXCEPTION 'transfer %: lots and postings do not say what was sent', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM wallet_balance b WHERE b.account_id IN (NEW.sender_id, NEW.recipient_id)
      AND b.amount <> (SELECT coalesce(sum(l.remaining), 0) FROM wallet_lot l WHERE l.account_id = b.account_id AND l.open)
  ) THEN
    RAISE EXCEPTION 'transfer %: a balance is not the sum of its lots', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT ON wallet_transfer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_transfer();

CREATE OR REPLACE VIEW wallet_entry AS
SELECT p.id, p.account_id, CASE WHEN p.hold_id IS NULL THEN 'payment' ELSE 'capture' END AS kind, 'out' AS direction, p.amount,
       s.currency::text AS currency, p.at, s.name::text AS shop_name, p.id AS payment_id, p.receipt_number::text AS receipt_number,
       s.name_en::text AS shop_name_en, NULL::uuid AS transfer_id, NULL::uuid AS other_id, NULL::bytea AS sealed
  FROM wallet_payment p JOIN wallet_shop s ON s.id = p.shop_id
UNION ALL
SELECT r.id, p.account_id, CASE WHEN r.is_void THEN 'void' ELSE 'refund' END, 'in', r.amount,
       s.currency, r.at, s.name, p.id, r.receipt_number, s.name_en, NULL, NULL, NULL
  FROM wallet_refund r JOIN wallet_payment p ON p.id = r.payment_id JOIN wallet_shop s ON s.id = p.shop_id
UNION ALL
SELECT t.id, t.account_id, 'top_up', 'in', t.amount + t.bonus, a.currency, t.at, s.name, NULL, t.receipt_number, s.name_en, NULL, NULL, NULL
  FROM wallet_topup t JOIN wallet_account a ON a.id = t.account_id LEFT JOIN wallet_shop s ON s.id = t.shop_id
UNION ALL
SELECT h.id, h.account_id, 'hold', 'out', h.amount, s.currency, h.at, s.name, NULL, NULL, s.name_en, NULL, NULL, NULL
  FROM wallet_hold h JOIN wallet_shop s ON s.id = h.shop_id
UNION ALL
SELECT h.closing_id, h.account_id, 'release', 'in', h.amount, s.currency, h.closed_at, s.name, NULL, NULL, s.name_en, NULL, NULL, NULL
  FROM wallet_hold h JOIN wallet_shop s ON s.id = h.shop_id WHERE h.closed_at IS NOT NULL
UNION ALL
SELECT e.id, e.account_id, 'expiry', 'out', e.amount, a.currency, e.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wallet_expiry e JOIN wallet_account a ON a.id = e.account_id
UNION ALL
SELECT t.id, t.source_id, 'merge', 'out', t.amount, a.currency, t.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wallet_takeover t JOIN wallet_account a ON a.id = t.source_id
UNION ALL
SELECT t.arrival_id, t.target_id, 'merge', 'in', t.amount, a.currency, t.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wallet_takeover t JOIN wallet_account a ON a.id = t.target_id
UNION ALL
SELECT t.id, t.sender_id, 'send', 'out', t.amount, a.currency, t.at, NULL, NULL, t.receipt_number, NULL, t.id, t.recipient_id, n.sealed
  FROM wallet_transfer t JOIN wallet_account a ON a.id = t.sender_id LEFT JOIN wallet_transfernote n ON n.transfer_id = t.id
UNION ALL
SELECT t.arrival_id, t.recipient_id, 'send', 'in', t.amount, a.currency, t.at, NULL, NULL, t.receipt_number, NULL, t.id, t.sender_id, n.sealed
  FROM wallet_transfer t JOIN wallet_account a ON a.id = t.recipient_id LEFT JOIN wallet_transfernote n ON n.transfer_id = t.id;
