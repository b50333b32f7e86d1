DROP FUNCTION wallet_prove_premium_void, wallet_premium_wish_is_fixed CASCADE;
-- The history without what was taken back (as sending.sql explains its lines).
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
