-- Coins that became money again. Each query returns the rows (ids only) that break the rule above it.

-- = a payout that was booked took its amount out of paid lots alone, to the bank or the counter's cash
SELECT format('payout %s', o.id) AS row FROM wallet_coinpayout o LEFT JOIN wallet_posting p ON p.journal_id = o.journal_id
  LEFT JOIN wallet_account c ON c.id = p.credit_id WHERE o.journal_id IS NOT NULL AND (p.debit_id = o.account_id AND p.amount = o.amount
    AND c.kind = CASE o.way WHEN 'bank' THEN 'bank' ELSE 'counter_cash' END) IS NOT TRUE
UNION ALL
SELECT format('payout %s, lot %s', o.id, m.lot_id) FROM wallet_coinpayout o JOIN wallet_lotmove m ON m.journal_id = o.journal_id
  JOIN wallet_lot l ON l.id = m.lot_id WHERE l.kind <> 'paid' OR l.account_id <> o.account_id OR m.delta >= 0;

-- = what a bank sent back of a payout is in the lots it came from
SELECT format('payout %s, lot %s: %s', o.id, m.lot_id, sum(m.delta)) AS row FROM wallet_coinpayout o
  JOIN wallet_lotmove m ON m.journal_id IN (o.journal_id, o.return_journal_id) WHERE o.return_journal_id IS NOT NULL
  GROUP BY o.id, m.lot_id HAVING sum(m.delta) <> 0
UNION ALL
SELECT format('payout %s', o.id) FROM wallet_coinpayout o LEFT JOIN wallet_posting p ON p.journal_id = o.return_journal_id
  LEFT JOIN wallet_account d ON d.id = p.debit_id WHERE o.return_journal_id IS NOT NULL
    AND (p.credit_id = o.account_id AND p.amount = o.amount AND d.kind = 'bank') IS NOT TRUE;

-- = a file of payouts holds exactly what was written into it
SELECT format('file %s: %s of %s', f.id, coalesce(sum(o.amount), 0), f.total) AS row FROM wallet_coinpayoutfile f
  LEFT JOIN wallet_coinpayout o ON o.file_id = f.id GROUP BY f.id HAVING coalesce(sum(o.amount), 0) <> f.total OR count(o.id) <> f.transfers;

-- = cash of a payout that lay in a till left it once, whole
SELECT format('payout %s', o.id) AS row FROM wallet_coinpayout o JOIN wallet_cashtillentry e ON e.journal_id = o.journal_id
  WHERE o.way <> 'cash' OR e.amount <> -o.amount;
