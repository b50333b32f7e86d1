-- What came by card, and went back. Each query returns the rows (ids only) that break the rule above it.

-- = a payment by card or at a convenience store that was paid issued one top-up of its amount against the card company, another none
SELECT format('card payment %s', c.id) AS row FROM wallet_cardpayment c LEFT JOIN wallet_topup t ON t.id = c.top_up_id
  LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id AND p.line = 1
  LEFT JOIN wallet_account s ON s.id = p.debit_id
  WHERE c.top_up_id IS NOT NULL AND (t.account_id, t.kind, t.amount, p.amount, s.kind)
      IS DISTINCT FROM (c.account_id, c.method, c.amount, c.amount, 'card')
    OR (c.purpose IN ('top_up', 'premium') AND c.status = 'paid') <> (c.top_up_id IS NOT NULL)
UNION ALL
SELECT format('top-up %s', t.id) FROM wallet_topup t LEFT JOIN wallet_cardpayment c ON c.top_up_id = t.id
  WHERE (t.kind IN ('card', 'konbini')) <> (c.id IS NOT NULL);

-- = what went back to a card is what its payment says, and no more than was paid
SELECT format('card payment %s: %s, refunds %s', c.id, c.refunded, coalesce(sum(r.amount), 0)) AS row FROM wallet_cardpayment c
  LEFT JOIN wallet_cardrefund r ON r.payment_id = c.id AND r.status = 'done'
  GROUP BY c.id HAVING c.refunded <> coalesce(sum(r.amount), 0) OR c.refunded > c.amount;

-- = a reversal took from its account's lots and from the city what it says, for its refund or its dispute, and once; a bonus beside it
-- came from the lot that was given, to the budget that gave it
SELECT format('reversal %s', v.id) AS row FROM wallet_reversal v
  LEFT JOIN wallet_cardrefund r ON r.id = v.refund_id LEFT JOIN wallet_carddispute d ON d.id = v.dispute_id
  LEFT JOIN wallet_cardpayment c ON c.id = coalesce(r.payment_id, d.payment_id)
  LEFT JOIN (SELECT p.journal_id, sum(CASE WHEN x.kind = 'resident' AND y.kind = 'card' THEN p.amount WHEN x.kind = 'card' AND y.kind = 'resident' THEN -p.amount END) AS taken,
        sum(CASE WHEN y.kind = 'campaign' THEN p.amount WHEN x.kind = 'campaign' THEN -p.amount END) AS bonus,
        sum(p.amount) FILTER (WHERE x.kind = 'loss' AND y.kind = 'card') AS lost FROM wallet_posting p
      JOIN wallet_account x ON x.id = p.debit_id JOIN wallet_account y ON y.id = p.credit_id GROUP BY 1) p ON p.journal_id = v.journal_id
  LEFT JOIN (SELECT m.journal_id, sum(m.delta) FILTER (WHERE l.kind = 'paid') AS paid, sum(m.delta) FILTER (WHERE l.kind = 'bonus') AS bonus, bool_and(l.account_id = v2.account_id) AS own FROM wallet_lotmove m
      JOIN wallet_lot l ON l.id = m.lot_id JOIN wallet_reversal v2 ON v2.journal_id = m.journal_id GROUP BY 1) m ON m.journal_id = v.journal_id
  CROSS JOIN LATERAL (SELECT CASE v.reason WHEN 'restored' THEN -1 ELSE 1 END AS sign) s
  WHERE (coalesce(p.taken, 0), coalesce(p.bonus, 0), coalesce(p.lost, 0), -coalesce(m.paid, 0), -coalesce(m.bonus, 0),
        coalesce(m.own, true), c.account_id)
      IS DISTINCT FROM (s.sign * v.taken, s.sign * v.bonus, v.lost, s.sign * v.taken, s.sign * v.bonus, true, v.account_id)
    OR v.taken + v.lost <> coalesce(r.amount, d.amount)
    OR (v.reason = 'restored' AND r.status <> 'failed') OR (v.reason = 'dispute' AND d.status <> 'lost');

-- = what the card company owes or was paid is what was issued by card, or paid orders, and was not taken back
SELECT format('card: postings %s, payments %s', t.postings, t.payments) AS row FROM (SELECT
    (SELECT coalesce(sum(CASE WHEN a.id = p.debit_id THEN p.amount ELSE -p.amount END), 0) FROM wallet_posting p
      JOIN wallet_account a ON a.kind = 'card' AND a.id IN (p.debit_id, p.credit_id)) AS postings,
    (SELECT coalesce(sum(amount), 0) FROM wallet_cardpayment WHERE top_up_id IS NOT NULL)
      + (SELECT coalesce(sum(card_taken), 0) FROM wallet_orderpayment WHERE status = 'paid')
      - (SELECT coalesce(sum(card), 0) FROM wallet_orderrefund WHERE restored_journal_id IS NULL)
      - (SELECT coalesce(sum(CASE reason WHEN 'restored' THEN -taken ELSE taken + lost END), 0) FROM wallet_reversal) AS payments) t
  WHERE t.postings <> t.payments;
