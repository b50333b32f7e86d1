-- What went from one resident to another. Each query returns the rows (ids only) that break the rule above it.

-- = what was taken over is what the books say, and arrived in lots of the same kind and the same last day
SELECT format('takeover %s', t.id) AS row FROM wallet_takeover t LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id
  WHERE p.debit_id IS DISTINCT FROM t.source_id OR p.credit_id IS DISTINCT FROM t.target_id OR p.amount IS DISTINCT FROM t.amount
UNION ALL
SELECT format('takeover %s: %s %s', t.id, l.kind, l.expires_on) FROM wallet_takeover t
  JOIN wallet_lotmove m ON m.journal_id = t.journal_id JOIN wallet_lot l ON l.id = m.lot_id
  GROUP BY t.id, l.kind, l.expires_on, l.issued_at HAVING sum(m.delta) <> 0;

-- = what was sent is what the books say: paid coins that arrived with the same last day and the same day of issue
SELECT format('transfer %s', t.id) AS row FROM wallet_transfer t LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id
  WHERE p.debit_id IS DISTINCT FROM t.sender_id OR p.credit_id IS DISTINCT FROM t.recipient_id OR p.amount IS DISTINCT FROM t.amount
UNION ALL
SELECT format('transfer %s: %s %s', t.id, l.kind, l.expires_on) FROM wallet_transfer t
  JOIN wallet_lotmove m ON m.journal_id = t.journal_id JOIN wallet_lot l ON l.id = m.lot_id
  GROUP BY t.id, l.kind, l.expires_on, l.issued_at HAVING sum(m.delta) <> 0 OR l.kind <> 'paid'
UNION ALL
SELECT format('transfer %s: lots of others', t.id) FROM wallet_transfer t
  JOIN wallet_lotmove m ON m.journal_id = t.journal_id JOIN wallet_lot l ON l.id = m.lot_id
  WHERE l.account_id <> CASE WHEN m.delta < 0 THEN t.sender_id ELSE t.recipient_id END;

-- = a part of a request was paid once, by whom it says, with what it asks for, and the parts add up
SELECT format('request part %s', r.id) AS row FROM wallet_requestpart r JOIN wallet_transfer t ON t.id = r.transfer_id
  WHERE t.amount <> r.amount OR t.sender_id <> r.answered_by_id
UNION ALL
SELECT format('request %s', q.id) FROM wallet_moneyrequest q LEFT JOIN wallet_requestpart r ON r.request_id = q.id
  GROUP BY q.id HAVING q.amount IS DISTINCT FROM sum(r.amount);
