-- The books, accounts, lots, payments and holds. Each query returns the rows (ids only) that break the rule above it.

-- = every posting moves money between two accounts of its own currency
SELECT format('posting %s/%s', p.journal_id, p.line) AS row FROM wallet_posting p
  LEFT JOIN wallet_account d ON d.id = p.debit_id LEFT JOIN wallet_account c ON c.id = p.credit_id
  WHERE d.id IS NULL OR c.id IS NULL OR p.currency <> d.currency OR p.currency <> c.currency OR p.amount <= 0 OR p.debit_id = p.credit_id;

-- = the accounts of each currency add up to zero
SELECT format('currency %s: %s', t.currency, sum(t.amount)) AS row FROM (
  SELECT a.currency, p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.credit_id
  UNION ALL SELECT a.currency, -p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.debit_id) t
  GROUP BY t.currency HAVING sum(t.amount) <> 0;

-- = a balance with what is held and what waits in the inbox is the sum of the account's postings
SELECT format('balance %s: %s held %s inbox %s, postings %s', b.account_id, b.amount, b.held, coalesce(i.amount, 0), coalesce(p.amount, 0))
  AS row FROM wallet_balance b
  LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM wallet_creditinbox GROUP BY 1) i ON i.account_id = b.account_id
  LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM (
      SELECT credit_id AS account_id, amount FROM wallet_posting UNION ALL SELECT debit_id, -amount FROM wallet_posting) t GROUP BY 1) p
    ON p.account_id = b.account_id
  WHERE b.amount + b.held + coalesce(i.amount, 0) <> coalesce(p.amount, 0);

-- = no balance, hold, inbox or limit is below zero
SELECT format('balance %s', b.account_id) AS row FROM wallet_balance b WHERE least(b.amount, b.held, b.spent, b.version) < 0
UNION ALL SELECT format('inbox %s/%s', i.account_id, i.journal_id) FROM wallet_creditinbox i WHERE i.amount <= 0;

-- = every account of a resident, merchant or campaign has a balance, and the city's own have none
SELECT format('account %s', a.id) AS row FROM wallet_account a LEFT JOIN wallet_balance b ON b.account_id = a.id
  WHERE (b.account_id IS NULL) = (a.kind IN ('resident', 'merchant', 'campaign'));

-- = a resident's balance is the sum of the lots
SELECT format('balance %s: %s, lots %s', b.account_id, b.amount, coalesce(sum(l.remaining), 0)) AS row
  FROM wallet_balance b JOIN wallet_account a ON a.id = b.account_id AND a.kind = 'resident'
  LEFT JOIN wallet_lot l ON l.account_id = b.account_id
  GROUP BY b.account_id, b.amount HAVING b.amount <> coalesce(sum(l.remaining), 0);

-- = only residents hold lots
SELECT format('lot %s', l.id) AS row FROM wallet_lot l LEFT JOIN wallet_account a ON a.id = l.account_id WHERE a.kind IS DISTINCT FROM 'resident';

-- = what remains in a lot is the sum of its moves, from nothing to what was issued
SELECT format('lot %s: %s of %s, moves %s', l.id, l.remaining, l.issued, coalesce(sum(m.delta), 0)) AS row
  FROM wallet_lot l LEFT JOIN wallet_lotmove m ON m.lot_id = l.id GROUP BY l.id
  HAVING l.remaining <> coalesce(sum(m.delta), 0) OR l.remaining NOT BETWEEN 0 AND l.issued OR l.open <> (l.remaining > 0)
    OR l.issued IS DISTINCT FROM max(m.delta) FILTER (WHERE m.journal_id = l.journal_id);

-- = every move is of a journal and of a lot that exist
SELECT format('move %s/%s', m.journal_id, m.lot_id) AS row FROM wallet_lotmove m
  LEFT JOIN wallet_journal j ON j.id = m.journal_id LEFT JOIN wallet_lot l ON l.id = m.lot_id WHERE j.id IS NULL OR l.id IS NULL;

-- = one key, one journal
SELECT format('journal %s and %s others', min(j.id), count(*) - 1) AS row FROM wallet_journal j GROUP BY j.actor, j.idem_key HAVING count(*) > 1;

-- = every journal is what its kind says: postings and lots move the same amount, a hold and its release move lots alone
SELECT format('journal %s (%s): postings %s, lots %s', j.id, j.kind, coalesce(p.amount, 0), coalesce(m.delta, 0)) AS row
  FROM wallet_journal j
  LEFT JOIN (SELECT journal_id, sum(amount) AS amount, max(amount) FILTER (WHERE line = 1) AS first FROM wallet_posting GROUP BY 1) p
    ON p.journal_id = j.id -- the further lines of a payment and of what comes back are the campaigns'
  LEFT JOIN (SELECT journal_id, sum(delta) AS delta FROM wallet_lotmove GROUP BY 1) m ON m.journal_id = j.id
  WHERE NOT CASE
    WHEN j.kind = 'payment' THEN p.first > 0 AND m.delta = -p.first
    WHEN j.kind = 'expiry' THEN p.amount > 0 AND m.delta = -p.amount
    WHEN j.kind IN ('refund', 'void') THEN p.first > 0 AND m.delta = p.first
    WHEN j.kind = 'top_up' THEN p.amount > 0 AND m.delta = p.amount
    WHEN j.kind = 'capture' THEN p.amount > 0 AND coalesce(m.delta, 0) >= 0
    WHEN j.kind = 'hold' THEN p.amount IS NULL AND m.delta < 0
    WHEN j.kind = 'release' THEN p.amount IS NULL AND m.delta > 0
    WHEN j.kind IN ('merge', 'send') THEN p.amount > 0 AND m.delta = 0
    WHEN j.kind = 'fund' THEN p.amount > 0 AND m.delta IS NULL
    WHEN j.kind IN ('settlement', 'order', 'order_refund', 'shop_cash') THEN p.amount > 0 AND m.delta IS NULL
    WHEN j.kind = 'returned' THEN p.amount > 0 AND coalesce(m.delta, p.amount) = p.amount
    WHEN j.kind = 'payout' THEN p.amount > 0 AND m.delta = -p.amount
    WHEN j.kind = 'reversal' THEN p.amount > 0 AND abs(coalesce(m.delta, 0)) <= p.amount
    ELSE false END IS TRUE;

-- = every posting belongs to a journal
SELECT format('posting %s/%s', p.journal_id, p.line) AS row FROM wallet_posting p LEFT JOIN wallet_journal j ON j.id = p.journal_id
  WHERE j.id IS NULL;

-- = every journal of a payment, capture, refund, top-up, hold or expiry has the one record that it speaks of
SELECT format('journal %s (%s): %s records', j.id, j.kind, count(r.journal_id)) AS row FROM wallet_journal j LEFT JOIN (
    SELECT journal_id, CASE WHEN hold_id IS NULL THEN 'payment' ELSE 'capture' END AS kind FROM wallet_payment
    UNION ALL SELECT journal_id, CASE WHEN is_void THEN 'void' ELSE 'refund' END FROM wallet_refund
    UNION ALL SELECT journal_id, 'top_up' FROM wallet_topup
    UNION ALL SELECT journal_id, 'expiry' FROM wallet_expiry
    UNION ALL SELECT journal_id, 'reversal' FROM wallet_premiumvoid
    UNION ALL SELECT journal_id, 'reversal' FROM wallet_reward WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'merge' FROM wallet_takeover
    UNION ALL SELECT journal_id, 'fund' FROM wallet_campaignfunding
    UNION ALL SELECT journal_id, 'settlement' FROM wallet_settlementtransfer WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'returned' FROM wallet_settlementreturn
    UNION ALL SELECT journal_id, 'shop_cash' FROM wallet_shopcashhandover WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'payout' FROM wallet_coinpayout WHERE journal_id IS NOT NULL
    UNION ALL SELECT return_journal_id, 'returned' FROM wallet_coinpayout WHERE return_journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'send' FROM wallet_transfer
    UNION ALL SELECT journal_id, 'reversal' FROM wallet_reversal
    UNION ALL SELECT journal_id, 'order' FROM wallet_orderpayment WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'order_refund' FROM wallet_orderrefund WHERE journal_id IS NOT NULL
    UNION ALL SELECT restored_journal_id, 'order_refund' FROM wallet_orderrefund WHERE restored_journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'hold' FROM wallet_hold
    UNION ALL SELECT closing_journal_id, 'release' FROM wallet_hold WHERE status = 'released') r ON r.journal_id = j.id AND r.kind = j.kind
  GROUP BY j.id HAVING count(r.journal_id) <> 1;

-- = a payment's posting is the payment: from its account to its shop, of its amount
SELECT format('payment %s', y.id) AS row FROM wallet_payment y
  LEFT JOIN wallet_shop s ON s.id = y.shop_id
  LEFT JOIN wallet_posting p ON p.journal_id = y.journal_id AND p.line = 1
  LEFT JOIN wallet_journal j ON j.id = y.journal_id
  WHERE p.debit_id IS DISTINCT FROM y.account_id OR p.credit_id IS DISTINCT FROM s.account_id OR p.amount IS DISTINCT FROM y.amount
    OR j.at IS DISTINCT FROM y.at OR j.kind IS DISTINCT FROM CASE WHEN y.hold_id IS NULL THEN 'payment' ELSE 'capture' END;

-- = of a payment no more was refunded than was paid, and the payment says how much and so
SELECT format('payment %s: %s, refunds %s of %s', y.id, y.refunded, coalesce(sum(r.amount), 0), y.amount) AS row
  FROM wallet_payment y LEFT JOIN wallet_refund r ON r.payment_id = y.id GROUP BY y.id
  HAVING y.refunded <> coalesce(sum(r.amount), 0) OR y.refunded > y.amount OR y.version <> 1 + count(r.id)
    OR y.status <> CASE WHEN y.refunded = 0 THEN 'paid' WHEN bool_or(r.is_void) THEN 'voided'
      WHEN y.refunded = y.amount THEN 'refunded' ELSE 'partly_refunded' END;

-- = of no lot came more back to a payment or hold than it gave
SELECT format('payment %s, lot %s: %s', t.payment_id, t.lot_id, sum(t.delta)) AS row FROM (
    SELECT y.id AS payment_id, m.lot_id, m.delta FROM wallet_payment y JOIN wallet_lotmove m ON m.journal_id = y.journal_id
    UNION ALL SELECT y.id, m.lot_id, m.delta FROM wallet_payment y JOIN wallet_hold h ON h.id = y.hold_id
      JOIN wallet_lotmove m ON m.journal_id = h.journal_id
    UNION ALL SELECT r.payment_id, m.lot_id, m.delta FROM wallet_refund r JOIN wallet_lotmove m ON m.journal_id = r.journal_id) t
  GROUP BY t.payment_id, t.lot_id HAVING sum(t.delta) > 0
UNION ALL
SELECT format('hold %s, lot %s: %s', h.id, m.lot_id, sum(m.delta)) FROM wallet_hold h
  JOIN wallet_lotmove m ON m.journal_id IN (h.journal_id, h.closing_journal_id) GROUP BY h.id, m.lot_id HAVING sum(m.delta) > 0;

-- = what lots gave to payments and did not get back is what the payments are worth
SELECT format('payment %s: lots %s, worth %s', t.id, sum(t.delta), t.worth) AS row FROM (
    SELECT y.id, y.refunded - y.amount AS worth, m.delta FROM wallet_payment y JOIN wallet_lotmove m ON m.journal_id = y.journal_id
    UNION ALL SELECT y.id, y.refunded - y.amount, m.delta FROM wallet_payment y JOIN wallet_hold h ON h.id = y.hold_id
      JOIN wallet_lotmove m ON m.journal_id = h.journal_id
    UNION ALL SELECT y.id, y.refunded - y.amount, m.delta FROM wallet_refund r JOIN wallet_payment y ON y.id = r.payment_id
      JOIN wallet_lotmove m ON m.journal_id = r.journal_id) t
  GROUP BY t.id, t.worth HAVING sum(t.delta) <> t.worth;

-- = what is held is the sum of the open holds, and of what a campaign will pay for orders and units that are being paid, or may have to
-- give again where a refund is not made
SELECT format('balance %s: held %s, holds %s', b.account_id, b.held, coalesce(h.amount, 0)) AS row FROM wallet_balance b
  LEFT JOIN (SELECT t.account_id, sum(t.amount) AS amount FROM (
      SELECT account_id, amount FROM wallet_hold WHERE status = 'held'
      UNION ALL SELECT m.account_id, u.discount FROM wallet_couponuse u JOIN wallet_orderpayment o ON o.id = u.order_payment_id
        JOIN wallet_coupon k ON k.id = u.coupon_id JOIN wallet_campaign m ON m.id = k.campaign_id
        WHERE o.status IN ('begun', 'held', 'capturing')
      UNION ALL SELECT g.account_id, k.units * m.unit_yen * m.rate_bp / 10000 FROM wallet_premiumclaim k
        JOIN wallet_premium m ON m.id = k.premium_id JOIN wallet_campaign g ON g.id = m.campaign_id
        WHERE k.released_at IS NULL AND k.purchase_id IS NULL
      UNION ALL SELECT g.account_id, v.bonus FROM wallet_reversal v JOIN wallet_cardrefund r ON r.id = v.refund_id AND r.status = 'asked'
        JOIN wallet_premiumclaim k ON k.payment_id = r.payment_id JOIN wallet_premium m ON m.id = k.premium_id
        JOIN wallet_campaign g ON g.id = m.campaign_id) t GROUP BY 1) h ON h.account_id = b.account_id
  WHERE b.held <> coalesce(h.amount, 0);

-- = a balance says the strongest freeze that is open, and a freeze is of a resident's account
SELECT format('balance %s: frozen %s, freezes %s', b.account_id, b.frozen, coalesce(f.frozen, 0)) AS row FROM wallet_balance b
  LEFT JOIN (SELECT account_id, max(CASE scope WHEN 'all' THEN 2 ELSE 1 END) AS frozen FROM wallet_accountfreeze WHERE ended_at IS NULL
    GROUP BY 1) f ON f.account_id = b.account_id WHERE b.frozen <> coalesce(f.frozen, 0)
UNION ALL SELECT format('freeze %s', f.id) FROM wallet_accountfreeze f JOIN wallet_account a ON a.id = f.account_id WHERE a.kind <> 'resident';

-- = a captured hold has one payment of what was captured, another hold has none
SELECT format('hold %s', h.id) AS row FROM wallet_hold h LEFT JOIN wallet_payment y ON y.hold_id = h.id
  GROUP BY h.id HAVING count(y.id) <> CASE h.status WHEN 'captured' THEN 1 ELSE 0 END OR h.captured <> coalesce(sum(y.amount), 0);

-- = a code of one use was used by one act at most, and is marked when it was
SELECT format('code %s: %s acts', q.id, count(u.id)) AS row FROM wallet_qrtoken q JOIN (
    SELECT qr_token_id, id FROM wallet_payment WHERE qr_token_id IS NOT NULL
    UNION ALL SELECT qr_token_id, id FROM wallet_topup WHERE qr_token_id IS NOT NULL) u ON u.qr_token_id = q.id
  GROUP BY q.id HAVING count(u.id) > 1 OR q.used_at IS NULL;

-- = every waiting credit is what was posted to that merchant, folded once
SELECT format('inbox %s/%s', i.account_id, i.journal_id) AS row FROM wallet_creditinbox i
  LEFT JOIN wallet_posting p ON p.journal_id = i.journal_id AND p.credit_id = i.account_id
  GROUP BY i.account_id, i.journal_id, i.amount HAVING sum(p.amount) IS DISTINCT FROM i.amount;

-- = what was issued, expired and topped up is what the books say
SELECT format('top-up %s', t.id) AS row FROM wallet_topup t
  LEFT JOIN (SELECT journal_id, credit_id, sum(amount) AS amount FROM wallet_posting GROUP BY 1, 2) p
    ON p.journal_id = t.journal_id AND p.credit_id = t.account_id
  LEFT JOIN (SELECT journal_id, sum(issued) AS amount FROM wallet_lot GROUP BY 1) l ON l.journal_id = t.journal_id
  WHERE p.amount IS DISTINCT FROM t.amount + t.bonus OR l.amount IS DISTINCT FROM t.amount + t.bonus
UNION ALL
SELECT format('expiry %s', e.id) FROM wallet_expiry e LEFT JOIN wallet_posting p ON p.journal_id = e.journal_id AND p.debit_id = e.account_id
  WHERE p.amount IS DISTINCT FROM e.amount;

-- = what counts towards a day's limit is what was spent on that day, less what came back on it
SELECT format('balance %s: spent %s on %s, counted %s', b.account_id, b.spent, b.spent_on, coalesce(sum(t.amount), 0)) AS row
  FROM wallet_balance b LEFT JOIN (
    SELECT y.account_id, y.counted_on, y.amount FROM wallet_payment y WHERE y.counted_on IS NOT NULL
    UNION ALL SELECT x.sender_id, x.counted_on, x.amount FROM wallet_transfer x
    UNION ALL SELECT h.account_id, h.counted_on, h.amount - CASE WHEN h.day_restored THEN h.amount - h.captured ELSE 0 END FROM wallet_hold h
    UNION ALL SELECT y.account_id, coalesce(y.counted_on, h.counted_on), -r.amount FROM wallet_refund r
      JOIN wallet_payment y ON y.id = r.payment_id LEFT JOIN wallet_hold h ON h.id = y.hold_id WHERE r.day_restored) t
    ON t.account_id = b.account_id AND t.counted_on = b.spent_on
  GROUP BY b.account_id HAVING b.spent <> coalesce(sum(t.amount), 0);

-- = a resident's history adds up to the balance
SELECT format('balance %s: %s, history %s', b.account_id, b.amount, coalesce(e.amount, 0)) AS row
  FROM wallet_balance b JOIN wallet_account a ON a.id = b.account_id AND a.kind = 'resident'
  LEFT JOIN (SELECT account_id, sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) AS amount FROM wallet_entry GROUP BY 1) e
    ON e.account_id = b.account_id
  WHERE b.amount <> coalesce(e.amount, 0);
