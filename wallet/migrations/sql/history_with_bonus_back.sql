-- The history, whole: one line a movement of a resident's spendable amount; the lines of an account add up to it. A capture closes the
-- whole hold (in) and pays the captured part (out). A reversal takes back what the card company took back and the bonus beside it, a
-- purchase with a bonus that was voided, or a reward. A migration that changes the history brings a whole file like this one and goes
-- back to the one before.
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
SELECT t.id, t.account_id, CASE t.kind WHEN 'card' THEN 'top_up_card' WHEN 'konbini' THEN 'top_up_konbini' WHEN 'bank' THEN 'top_up_bank'
         ELSE 'top_up' END, 'in', t.amount + t.bonus, a.currency, t.at, s.name, NULL, t.receipt_number, s.name_en, NULL, NULL, NULL
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
SELECT r.id, r.account_id, 'reversal', CASE r.reason WHEN 'restored' THEN 'in' ELSE 'out' END, r.taken + r.bonus, a.currency, r.at,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM wallet_reversal r JOIN wallet_account a ON a.id = r.account_id WHERE r.taken + r.bonus > 0
UNION ALL
SELECT v.id, t.account_id, 'reversal', 'out', t.amount + t.bonus, a.currency, v.at, s.name, NULL, t.receipt_number, s.name_en, NULL, NULL, NULL
  FROM wallet_premiumvoid v JOIN wallet_premiumpurchase p ON p.id = v.purchase_id JOIN wallet_topup t ON t.id = p.top_up_id
  JOIN wallet_account a ON a.id = t.account_id LEFT JOIN wallet_shop s ON s.id = t.shop_id
UNION ALL
SELECT r.id, r.account_id, 'reversal', 'out', t.bonus, a.currency, r.ended_at, NULL, NULL, t.receipt_number, NULL, NULL, NULL, NULL
  FROM wallet_reward r JOIN wallet_topup t ON t.id = r.top_up_id JOIN wallet_account a ON a.id = r.account_id WHERE r.journal_id IS NOT NULL
UNION ALL
SELECT p.id, p.account_id, 'payout', 'out', p.amount, a.currency, p.booked_at, NULL, NULL, p.receipt_number, NULL, NULL, NULL, NULL
  FROM wallet_coinpayout p JOIN wallet_account a ON a.id = p.account_id WHERE p.journal_id IS NOT NULL
UNION ALL
SELECT p.arrival_id, p.account_id, 'payout', 'in', p.amount, a.currency, p.returned_at, NULL, NULL, p.receipt_number, NULL, NULL, NULL, NULL
  FROM wallet_coinpayout p JOIN wallet_account a ON a.id = p.account_id WHERE p.return_journal_id IS NOT NULL;
