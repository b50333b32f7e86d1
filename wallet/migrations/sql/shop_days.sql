-- What moves at a shop, a row a payment, refund, void or top-up: the amounts are the postings' own, so that every day's sum is the ledger's.
-- An order is one row, as is what comes back of it: its coins' journal with the card's and the campaigns' beside it, or the latter alone.
-- taken_by: who made the charge or bill; else, where the till read the customer's code or captured a hold, who did; null for the standing code.
CREATE FUNCTION wallet_moved_at(_account uuid, _journal bigint) RETURNS TABLE (customer bigint, city bigint)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(amount) FILTER (WHERE line = 1), 0)::bigint, coalesce(sum(amount) FILTER (WHERE line > 1), 0)::bigint
    FROM wallet_posting WHERE journal_id = _journal AND _account IN (credit_id, debit_id)
$$;
CREATE VIEW wallet_shopmovement AS
SELECT y.journal_id AS id, y.shop_id, 'payment' AS kind, y.at, p.customer + b.customer AS customer,
       p.city + b.city AS city, y.discount - p.city + coalesce(w.discount_taken - b.city, 0) AS own,
       CASE WHEN w.id IS NOT NULL THEN CASE o.source WHEN 'till' THEN o.placed_by END WHEN q.kind = 'charge' THEN q.made_by
         WHEN q.kind = 'customer' OR y.hold_id IS NOT NULL THEN j.actor END AS taken_by,
       coalesce(o.receipt_number, y.receipt_number)::text AS receipt_number
  FROM wallet_payment y JOIN wallet_journal j ON j.id = y.journal_id JOIN wallet_shop s ON s.id = y.shop_id
  LEFT JOIN wallet_qrtoken q ON q.id = y.qr_token_id
  LEFT JOIN wallet_orderpayment w ON w.payment_id = y.id LEFT JOIN wallet_order o ON o.id = w.order_id
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, y.journal_id) p
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, w.journal_id) b
UNION ALL
SELECT w.journal_id, o.shop_id, 'payment', w.ended_at, p.customer, p.city, w.discount_taken - p.city,
       CASE o.source WHEN 'till' THEN o.placed_by END, o.receipt_number::text
  FROM wallet_orderpayment w JOIN wallet_order o ON o.id = w.order_id JOIN wallet_shop s ON s.id = o.shop_id
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, w.journal_id) p
  WHERE w.payment_id IS NULL AND w.journal_id IS NOT NULL
UNION ALL
SELECT r.journal_id, y.shop_id, CASE WHEN r.is_void THEN 'void' ELSE 'refund' END, r.at, p.customer + b.customer,
       p.city + b.city, 0, j.actor, coalesce(f.receipt_number, r.receipt_number)::text
  FROM wallet_refund r JOIN wallet_journal j ON j.id = r.journal_id JOIN wallet_payment y ON y.id = r.payment_id
  JOIN wallet_shop s ON s.id = y.shop_id LEFT JOIN wallet_orderrefund f ON f.refund_id = r.id
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, r.journal_id) p
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, f.journal_id) b
UNION ALL
SELECT f.journal_id, o.shop_id, 'refund', f.at, p.customer, p.city, 0, f.by, f.receipt_number::text
  FROM wallet_orderrefund f JOIN wallet_orderpayment w ON w.id = f.order_payment_id JOIN wallet_order o ON o.id = w.order_id
  JOIN wallet_shop s ON s.id = o.shop_id
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, f.journal_id) p
  WHERE f.refund_id IS NULL AND f.journal_id IS NOT NULL
UNION ALL -- what the card company would not give back is the shop's again
SELECT f.restored_journal_id, o.shop_id, 'refund', j.at, -p.customer, -p.city, 0, NULL, f.receipt_number::text
  FROM wallet_orderrefund f JOIN wallet_orderpayment w ON w.id = f.order_payment_id JOIN wallet_order o ON o.id = w.order_id
  JOIN wallet_shop s ON s.id = o.shop_id JOIN wallet_journal j ON j.id = f.restored_journal_id
  CROSS JOIN LATERAL wallet_moved_at(s.account_id, f.restored_journal_id) p
UNION ALL
SELECT t.journal_id, t.shop_id, 'top_up', t.at, t.amount, 0, 0, j.actor, t.receipt_number::text
  FROM wallet_topup t JOIN wallet_journal j ON j.id = t.journal_id WHERE t.shop_id IS NOT NULL;
REVOKE INSERT, UPDATE, DELETE ON wallet_shopmovement FROM machi_app;

-- A closed day stays as it was counted.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_shopclosing FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_shopclosing
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_shopclosing FROM machi_app;
