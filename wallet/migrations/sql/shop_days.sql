-- What moves at a shop, a row a payment, refund, void or top-up: the amounts are the postings' own, so that every day's sum is the ledger's.
-- taken_by: who made the charge; else, where the till read the customer's code or captured a hold, who did; null for the standing code.
CREATE VIEW wallet_shopmovement AS
SELECT y.journal_id AS id, y.shop_id, 'payment' AS kind, y.at, p.customer, p.city, y.discount - p.city AS own,
       CASE WHEN q.kind = 'charge' THEN q.made_by WHEN q.kind = 'customer' OR y.hold_id IS NOT NULL THEN j.actor END AS taken_by,
       y.receipt_number::text AS receipt_number
  FROM wallet_payment y JOIN wallet_journal j ON j.id = y.journal_id JOIN wallet_shop s ON s.id = y.shop_id
  LEFT JOIN wallet_qrtoken q ON q.id = y.qr_token_id
  CROSS JOIN LATERAL (SELECT coalesce(sum(p.amount) FILTER (WHERE p.line = 1), 0)::bigint AS customer,
      coalesce(sum(p.amount) FILTER (WHERE p.line > 1), 0)::bigint AS city
      FROM wallet_posting p WHERE p.journal_id = y.journal_id AND p.credit_id = s.account_id) p
UNION ALL
SELECT r.journal_id, y.shop_id, CASE WHEN r.is_void THEN 'void' ELSE 'refund' END, r.at, p.customer, p.city, 0, j.actor,
       r.receipt_number::text
  FROM wallet_refund r JOIN wallet_journal j ON j.id = r.journal_id JOIN wallet_payment y ON y.id = r.payment_id
  JOIN wallet_shop s ON s.id = y.shop_id
  CROSS JOIN LATERAL (SELECT coalesce(sum(p.amount) FILTER (WHERE p.line = 1), 0)::bigint AS customer,
      coalesce(sum(p.amount) FILTER (WHERE p.line > 1), 0)::bigint AS city
      FROM wallet_posting p WHERE p.journal_id = r.journal_id AND p.debit_id = s.account_id) p
UNION ALL
SELECT t.journal_id, t.shop_id, 'top_up', t.at, t.amount, 0, 0, j.actor, t.receipt_number::text
  FROM wallet_topup t JOIN wallet_journal j ON j.id = t.journal_id WHERE t.shop_id IS NOT NULL;
REVOKE INSERT, UPDATE, DELETE ON wallet_shopmovement FROM machi_app;

-- A closed day stays as it was counted.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_shopclosing FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_shopclosing
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON wallet_shopclosing FROM machi_app;
