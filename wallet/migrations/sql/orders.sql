-- Orders: what never changes, what only moves forward, and sums that are proved at commit.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['order', 'orderline', 'orderpayment', 'orderrefund', 'orderrefundline'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;
CREATE TRIGGER written_once BEFORE UPDATE ON wallet_orderrefundline FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE ON wallet_orderrefundline FROM machi_app;

-- An order is what was asked for; who pays it is said once; an end is an end, but for what becomes of the thing that was paid for.
CREATE TRIGGER as_placed BEFORE UPDATE ON wallet_order
  FOR EACH ROW WHEN ((OLD.id, OLD.shop_id, OLD.source, OLD.source_id, OLD.mode, OLD.by_coin, OLD.by_card, OLD.by_mixed, OLD.total, OLD.currency,
      OLD.receipt_number, OLD.placed_by, OLD.placed_at, OLD.expires_at, OLD.held_until)
    IS DISTINCT FROM (NEW.id, NEW.shop_id, NEW.source, NEW.source_id, NEW.mode, NEW.by_coin, NEW.by_card, NEW.by_mixed, NEW.total, NEW.currency,
      NEW.receipt_number, NEW.placed_by, NEW.placed_at, NEW.expires_at, NEW.held_until)
    OR NEW.version <= OLD.version)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER only_forward BEFORE UPDATE OF status, delivery, account_id ON wallet_order
  FOR EACH ROW WHEN ((OLD.status <> NEW.status AND (OLD.status NOT IN ('open', 'held') OR NEW.status = 'open'))
    OR (OLD.delivery <> NEW.delivery AND OLD.delivery NOT IN ('none', 'waiting'))
    OR (OLD.account_id IS DISTINCT FROM NEW.account_id AND OLD.status <> 'open'))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_placed BEFORE UPDATE ON wallet_orderline
  FOR EACH ROW WHEN ((OLD.order_id, OLD.number, OLD.name, OLD.name_en, OLD.quantity, OLD.unit_price, OLD.amount, OLD.product)
    IS DISTINCT FROM (NEW.order_id, NEW.number, NEW.name, NEW.name_en, NEW.quantity, NEW.unit_price, NEW.amount, NEW.product)
    OR NEW.refunded < OLD.refunded OR (OLD.refunded > 0 AND NEW.taken <> OLD.taken))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_begun BEFORE UPDATE ON wallet_orderpayment
  FOR EACH ROW WHEN ((OLD.id, OLD.order_id, OLD.account_id, OLD.method, OLD.discount, OLD.coin, OLD.card, OLD.hold_id, OLD.card_payment_id, OLD.begun_at)
    IS DISTINCT FROM (NEW.id, NEW.order_id, NEW.account_id, NEW.method, NEW.discount, NEW.coin, NEW.card, NEW.hold_id, NEW.card_payment_id, NEW.begun_at)
    OR (OLD.payment_id IS NOT NULL AND NEW.payment_id IS DISTINCT FROM OLD.payment_id)
    OR (OLD.journal_id IS NOT NULL AND NEW.journal_id IS DISTINCT FROM OLD.journal_id))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER only_forward BEFORE UPDATE ON wallet_orderpayment
  FOR EACH ROW WHEN ((OLD.status <> NEW.status AND (OLD.status IN ('ended', 'paid')
      OR array_position(ARRAY['begun', 'held', 'capturing', 'ended', 'paid'], NEW.status::text)
        < array_position(ARRAY['begun', 'held', 'capturing', 'ended', 'paid'], OLD.status::text)))
    OR (OLD.status IN ('capturing', 'ended', 'paid') AND (OLD.discount_taken, OLD.coin_taken, OLD.card_taken)
      IS DISTINCT FROM (NEW.discount_taken, NEW.coin_taken, NEW.card_taken))
    OR NEW.discount_refunded < OLD.discount_refunded OR NEW.coin_refunded < OLD.coin_refunded OR NEW.card_refunded < OLD.card_refunded)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_given_back BEFORE UPDATE ON wallet_orderrefund
  FOR EACH ROW WHEN (OLD.restored_journal_id IS NOT NULL OR NEW.restored_journal_id IS NULL OR (OLD.id, OLD.order_payment_id, OLD.amount, OLD.discount,
      OLD.coin, OLD.card, OLD.reason, OLD.refund_id, OLD.card_refund_id, OLD.journal_id, OLD.receipt_number, OLD.by, OLD.at, OLD.is_limited)
    IS DISTINCT FROM (NEW.id, NEW.order_payment_id, NEW.amount, NEW.discount, NEW.coin, NEW.card, NEW.reason, NEW.refund_id, NEW.card_refund_id,
      NEW.journal_id, NEW.receipt_number, NEW.by, NEW.at, NEW.is_limited))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER of_one_order BEFORE UPDATE OF order_payment_id ON wallet_couponuse
  FOR EACH ROW WHEN (OLD.order_payment_id IS DISTINCT FROM NEW.order_payment_id) EXECUTE FUNCTION kernel_refuse_change();

-- Lines make the order; the tenders of each way of paying make it too; what was taken of lines was taken of tenders, and so what came back.
CREATE FUNCTION wallet_prove_order() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_order CONSTANT uuid := CASE TG_TABLE_NAME WHEN 'wallet_order' THEN (to_jsonb(NEW) ->> 'id')::uuid ELSE (to_jsonb(NEW) ->> 'order_id')::uuid END;
  v record;
BEGIN
  SELECT o.total, o.status, l.amount, l.taken, l.refunded, p.wrong, coalesce(p.taken, 0) AS p_taken, coalesce(p.refunded, 0) AS p_refunded,
      coalesce(p.paid, 0) AS paid INTO v
    FROM wallet_order o
    LEFT JOIN LATERAL (SELECT sum(amount) AS amount, sum(taken) AS taken, sum(refunded) AS refunded FROM wallet_orderline
      WHERE order_id = o.id) l ON true
    LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE discount + coin + card <> o.total) AS wrong,
      sum(discount_taken + coin_taken + card_taken) FILTER (WHERE status IN ('capturing', 'paid')) AS taken,
      sum(discount_refunded + coin_refunded + card_refunded) AS refunded, count(*) FILTER (WHERE status = 'paid') AS paid
      FROM wallet_orderpayment WHERE order_id = o.id) p ON true
    WHERE o.id = v_order;
  IF v.amount IS DISTINCT FROM v.total OR v.wrong > 0 OR v.taken <> v.p_taken OR v.refunded <> v.p_refunded
    OR (v.status = 'paid') <> (v.paid = 1) OR (v.status = 'paid' AND v.taken = 0) THEN
    RAISE EXCEPTION 'order %: lines and tenders do not add up', v_order USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT OR UPDATE ON wallet_order DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_order();
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT OR UPDATE ON wallet_orderline DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_order();
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT OR UPDATE ON wallet_orderpayment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_order();

-- Cards: what the bank has set aside comes before an end; whether it is only set aside never changes, and what is to be taken is decided once.
DROP TRIGGER only_forward ON wallet_cardpayment;
CREATE TRIGGER only_forward BEFORE UPDATE OF status ON wallet_cardpayment
  FOR EACH ROW WHEN (OLD.status <> NEW.status AND (OLD.status IN ('paid', 'returned')
    OR array_position(ARRAY['started', 'open', 'waiting', 'reserved', 'ended', 'paid', 'returned'], NEW.status::text)
      < array_position(ARRAY['started', 'open', 'waiting', 'reserved', 'ended', 'paid', 'returned'], OLD.status::text)
    OR NEW.version <= OLD.version))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_decided BEFORE UPDATE OF is_held, to_take ON wallet_cardpayment
  FOR EACH ROW WHEN (OLD.is_held <> NEW.is_held OR (OLD.to_take IS NOT NULL AND NEW.to_take IS DISTINCT FROM OLD.to_take))
  EXECUTE FUNCTION kernel_refuse_change();
