-- Money that came to the city's bank account. Each query returns the rows (ids only) that break the rule above it.

-- = what a bank's file says came in and went out is the sum of its movements, each of which stands in exactly one state
SELECT format('statement %s: in %s of %s, out %s of %s', s.id, coalesce(sum(l.amount) FILTER (WHERE l.is_in), 0), s.total_in,
    coalesce(sum(l.amount) FILTER (WHERE NOT l.is_in), 0), s.total_out) AS row
  FROM wallet_bankstatement s LEFT JOIN wallet_bankstatementline e ON e.statement_id = s.id LEFT JOIN wallet_bankline l ON l.id = e.line_id
  WHERE s.imported_at IS NOT NULL GROUP BY s.id
  HAVING coalesce(sum(l.amount) FILTER (WHERE l.state IN ('waiting', 'open', 'booked', 'returned', 'aside')), 0) <> s.total_in
    OR coalesce(sum(l.amount) FILTER (WHERE l.state = 'out'), 0) <> s.total_out OR count(e.number) <> s.lines
UNION ALL
SELECT format('statement %s: %s fresh of %s', s.id, count(l.id), s.fresh) FROM wallet_bankstatement s
  LEFT JOIN wallet_bankline l ON l.statement_id = s.id GROUP BY s.id HAVING count(l.id) <> coalesce(s.fresh, 0)
UNION ALL
SELECT format('line %s in no file', l.id) FROM wallet_bankline l
  WHERE NOT EXISTS (SELECT FROM wallet_bankstatementline e WHERE e.line_id = l.id AND e.statement_id = l.statement_id);

-- = a movement that was booked is a top-up by bank of its amount, in its account, from the bank; no other is, and none twice
SELECT format('line %s', l.id) AS row FROM wallet_bankline l LEFT JOIN wallet_topup t ON t.id = l.top_up_id
  LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id LEFT JOIN wallet_account a ON a.id = p.debit_id
  WHERE l.state = 'booked' AND (t.kind = 'bank' AND t.amount = l.amount AND t.bonus = 0 AND t.account_id = l.account_id
    AND p.amount = l.amount AND p.credit_id = l.account_id AND a.kind = 'bank') IS NOT TRUE
UNION ALL
SELECT format('top-up %s: %s movements', t.id, count(l.id)) FROM wallet_topup t LEFT JOIN wallet_bankline l ON l.top_up_id = t.id
  WHERE t.kind = 'bank' GROUP BY t.id HAVING count(l.id) <> 1;

-- = who decided on an open movement is in the books, two of them above the threshold
SELECT format('line %s: %s decisions', l.id, count(p.id)) AS row FROM wallet_bankline l
  LEFT JOIN wallet_banklineproposal p ON p.line_id = l.id AND p.is_accepted
  GROUP BY l.id HAVING count(p.id) <> CASE WHEN l.state IN ('returned', 'aside') OR (l.state = 'booked' AND l.reason <> '') THEN 1 ELSE 0 END
    OR count(p.id) FILTER (WHERE p.needs_two AND p.decided_by = p.proposed_by) > 0;
