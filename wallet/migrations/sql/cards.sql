-- Cards and convenience stores: what never changes, what only moves forward, and the lines of the history.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cardpayment', 'cardrefund', 'carddispute', 'vendorevent', 'cardalert', 'cardrun'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_reversal FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_reversal FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_reversal FROM machi_app;

CREATE TRIGGER as_begun BEFORE UPDATE ON wallet_cardpayment
  FOR EACH ROW WHEN ((OLD.id, OLD.purpose, OLD.method, OLD.account_id, OLD.amount, OLD.currency, OLD.started_at)
    IS DISTINCT FROM (NEW.id, NEW.purpose, NEW.method, NEW.account_id, NEW.amount, NEW.currency, NEW.started_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_the_vendor_named_it BEFORE UPDATE OF session_id, intent_id, top_up_id ON wallet_cardpayment
  FOR EACH ROW WHEN ((OLD.session_id IS NOT NULL AND NEW.session_id IS DISTINCT FROM OLD.session_id)
    OR (OLD.intent_id IS NOT NULL AND NEW.intent_id IS DISTINCT FROM OLD.intent_id)
    OR (OLD.top_up_id IS NOT NULL AND NEW.top_up_id IS DISTINCT FROM OLD.top_up_id))
  EXECUTE FUNCTION kernel_refuse_change();
-- A payment only moves forward; money that came after all goes before an end without it.
CREATE TRIGGER only_forward BEFORE UPDATE OF status ON wallet_cardpayment
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND (OLD.status IN ('paid', 'returned')
    OR array_position(ARRAY['started', 'open', 'waiting', 'ended', 'paid', 'returned'], NEW.status::text)
      < array_position(ARRAY['started', 'open', 'waiting', 'ended', 'paid', 'returned'], OLD.status::text)
    OR NEW.version <= OLD.version))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_asked BEFORE UPDATE ON wallet_cardrefund
  FOR EACH ROW WHEN (OLD.status <> 'asked' OR (OLD.id, OLD.payment_id, OLD.amount, OLD.reason, OLD.asked_at)
    IS DISTINCT FROM (NEW.id, NEW.payment_id, NEW.amount, NEW.reason, NEW.asked_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_opened BEFORE UPDATE ON wallet_carddispute
  FOR EACH ROW WHEN (OLD.status <> 'open' OR (OLD.id, OLD.payment_id, OLD.vendor_id, OLD.amount, OLD.opened_at)
    IS DISTINCT FROM (NEW.id, NEW.payment_id, NEW.vendor_id, NEW.amount, NEW.opened_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_received BEFORE UPDATE ON wallet_vendorevent
  FOR EACH ROW WHEN (OLD.processed_at IS NOT NULL OR NEW.processed_at IS NULL
    OR (OLD.event_id, OLD.kind, OLD.reference, OLD.intent_id, OLD.digest, OLD.created_at, OLD.received_at)
    IS DISTINCT FROM (NEW.event_id, NEW.kind, NEW.reference, NEW.intent_id, NEW.digest, NEW.created_at, NEW.received_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_found BEFORE UPDATE ON wallet_cardalert
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
    OR (OLD.id, OLD.kind, OLD.vendor_id, OLD.payment_id, OLD.ours, OLD.theirs, OLD.at)
    IS DISTINCT FROM (NEW.id, NEW.kind, NEW.vendor_id, NEW.payment_id, NEW.ours, NEW.theirs, NEW.at))
  EXECUTE FUNCTION kernel_refuse_change();

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
SELECT t.id, t.account_id, CASE t.kind WHEN 'card' THEN 'top_up_card' WHEN 'konbini' THEN 'top_up_konbini' ELSE 'top_up' END, 'in',
       t.amount + t.bonus, a.currency, t.at, s.name, NULL, t.receipt_number, s.name_en, NULL, NULL, NULL
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
  FROM wallet_transfer t JOIN wallet_account a ON a.id = t.recipient_id LEFT JOIN wallet_transfernote n ON n.transfer_id = t.id
UNION ALL
SELECT r.id, r.account_id, 'reversal', CASE r.reason WHEN 'restored' THEN 'in' ELSE 'out' END, r.taken, a.currency, r.at,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wallet_reversal r JOIN wallet_account a ON a.id = r.account_id WHERE r.taken > 0
UNION ALL
SELECT v.id, t.account_id, 'reversal', 'out', t.amount + t.bonus, a.currency, v.at, s.name, NULL, t.receipt_number, s.name_en, NULL, NULL, NULL
  FROM wallet_premiumvoid v JOIN wallet_premiumpurchase p ON p.id = v.purchase_id JOIN wallet_topup t ON t.id = p.top_up_id
  JOIN wallet_account a ON a.id = t.account_id LEFT JOIN wallet_shop s ON s.id = t.shop_id;
