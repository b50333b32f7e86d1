-- What shops are paid, and the cash at the counter. Each query returns the rows (ids only) that break the rule above it.

-- = every settled line is a posting of that shop's account from before the cut-off, of its amount, and no settlement itself
SELECT format('line %s/%s', l.journal_id, l.line) AS row FROM wallet_settlementline l
  LEFT JOIN wallet_posting p ON p.journal_id = l.journal_id AND p.line = l.line
  LEFT JOIN wallet_journal j ON j.id = l.journal_id
  LEFT JOIN wallet_settlementbatch b ON b.id = l.batch_id
  WHERE (b.id IS NOT NULL AND j.at < b.until AND j.kind NOT IN ('settlement', 'returned')
    AND CASE WHEN l.amount > 0 THEN p.credit_id = l.account_id AND p.amount = l.amount
      ELSE p.debit_id = l.account_id AND p.amount = -l.amount END) IS NOT TRUE;

-- = every share is the sum of its lines, and no line is without its share
SELECT format('share %s/%s: %s and %s, lines %s and %s', s.transfer_id, l.account_id, s.gross, s.refunds, l.gross, l.refunds) AS row
  FROM (SELECT batch_id, account_id, coalesce(sum(amount) FILTER (WHERE amount > 0), 0) AS gross,
      coalesce(-sum(amount) FILTER (WHERE amount < 0), 0) AS refunds FROM wallet_settlementline GROUP BY 1, 2) l
  FULL JOIN (SELECT s.*, t.batch_id FROM wallet_settlementshare s JOIN wallet_settlementtransfer t ON t.id = s.transfer_id) s
    ON s.batch_id = l.batch_id AND s.account_id = l.account_id
  WHERE coalesce(s.gross, -1) <> coalesce(l.gross, 0) OR coalesce(s.refunds, -1) <> coalesce(l.refunds, 0);

-- = a batch is the sum of its transfers, a transfer that of its shares, and the batch counts its lines
SELECT format('transfer %s', t.id) AS row FROM wallet_settlementtransfer t
  LEFT JOIN wallet_settlementshare s ON s.transfer_id = t.id GROUP BY t.id
  HAVING (t.gross, t.refunds, t.carried_in, t.returned_in, t.fee, t.cash, t.net, t.carried_out) IS DISTINCT FROM
    (sum(s.gross), sum(s.refunds), sum(s.carried_in), sum(s.returned_in), sum(s.fee), sum(s.cash), sum(s.net), sum(s.carried_out))
UNION ALL
SELECT format('batch %s', b.id) FROM wallet_settlementbatch b LEFT JOIN wallet_settlementtransfer t ON t.batch_id = b.id GROUP BY b.id
  HAVING (b.gross, b.refunds, b.carried_in, b.returned_in, b.fee, b.cash, b.net, b.carried_out) IS DISTINCT FROM
    (coalesce(sum(t.gross), 0), coalesce(sum(t.refunds), 0), coalesce(sum(t.carried_in), 0), coalesce(sum(t.returned_in), 0),
     coalesce(sum(t.fee), 0), coalesce(sum(t.cash), 0), coalesce(sum(t.net), 0), coalesce(sum(t.carried_out), 0))
UNION ALL
SELECT format('batch %s: %s lines, counted %s', b.id, count(l.journal_id), b.credits) FROM wallet_settlementbatch b
  LEFT JOIN wallet_settlementline l ON l.batch_id = b.id GROUP BY b.id HAVING count(l.journal_id) <> b.credits;

-- = a transfer that was paid, or came back, is what the books say, shop by shop; no other has moved anything
SELECT format('transfer %s, account %s', coalesce(s.transfer_id, p.transfer_id), coalesce(s.account_id, p.account_id)) AS row FROM (
    SELECT s.transfer_id, s.account_id, s.net, s.fee, s.cash FROM wallet_settlementshare s
      JOIN wallet_settlementtransfer t ON t.id = s.transfer_id WHERE t.state IN ('booked', 'returned') AND s.net + s.fee + s.cash > 0) s
  FULL JOIN (SELECT t.id AS transfer_id, p.debit_id AS account_id, coalesce(sum(p.amount) FILTER (WHERE c.kind = 'bank'), 0) AS net,
      coalesce(sum(p.amount) FILTER (WHERE c.kind = 'fees'), 0) AS fee,
      coalesce(sum(p.amount) FILTER (WHERE c.kind = 'shop_cash'), 0) AS cash, sum(p.amount) AS whole
      FROM wallet_settlementtransfer t JOIN wallet_posting p ON p.journal_id = t.journal_id
      JOIN wallet_account c ON c.id = p.credit_id GROUP BY 1, 2) p ON p.transfer_id = s.transfer_id AND p.account_id = s.account_id
  WHERE (p.net = s.net AND p.fee = s.fee AND p.cash = s.cash AND p.whole = s.net + s.fee + s.cash) IS NOT TRUE
UNION ALL
SELECT format('return of %s, account %s', coalesce(s.transfer_id, p.transfer_id), coalesce(s.account_id, p.account_id)) FROM (
    SELECT r.transfer_id, s.account_id, s.net FROM wallet_settlementreturn r
      JOIN wallet_settlementshare s ON s.transfer_id = r.transfer_id AND s.net > 0) s
  FULL JOIN (SELECT r.transfer_id, p.credit_id AS account_id, sum(p.amount) AS net FROM wallet_settlementreturn r
      JOIN wallet_posting p ON p.journal_id = r.journal_id
      JOIN wallet_account d ON d.id = p.debit_id AND d.kind = 'bank' GROUP BY 1, 2) p
    ON p.transfer_id = s.transfer_id AND p.account_id = s.account_id
  WHERE p.net IS DISTINCT FROM s.net
UNION ALL
SELECT format('transfer %s: %s', t.id, t.state) FROM wallet_settlementtransfer t
  LEFT JOIN wallet_settlementreturn r ON r.transfer_id = t.id JOIN wallet_settlementbatch b ON b.id = t.batch_id
  WHERE (t.state = 'returned') <> (r.id IS NOT NULL) OR r.amount <> t.net
    OR (t.state = 'planned') <> (b.state IN ('drawn', 'checked') AND t.net > 0);

-- = a file holds exactly what was booked of its batch
SELECT format('file %s: %s of %s, booked %s of %s', f.batch_id, f.transfers, f.total, count(t.id), coalesce(sum(t.net), 0)) AS row
  FROM wallet_settlementfile f LEFT JOIN wallet_settlementtransfer t ON t.batch_id = f.batch_id AND t.journal_id IS NOT NULL
  GROUP BY f.batch_id, f.transfers, f.total HAVING f.transfers <> count(t.id) OR f.total <> coalesce(sum(t.net), 0);

-- = what a shop holds is what was not settled yet, what was carried on, and what waits to be paid
SELECT format('account %s: holds %s, open %s, carried %s, returned %s', a.id, h.amount, coalesce(o.amount, 0), coalesce(c.amount, 0),
    coalesce(r.amount, 0)) AS row
  FROM wallet_account a
  JOIN (SELECT b.account_id, b.amount + b.held + coalesce(i.amount, 0) AS amount FROM wallet_balance b
      LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM wallet_creditinbox GROUP BY 1) i ON i.account_id = b.account_id) h
    ON h.account_id = a.id
  LEFT JOIN (SELECT p.account_id, sum(p.amount) AS amount FROM (
      SELECT journal_id, line, credit_id AS account_id, amount FROM wallet_posting
      UNION ALL SELECT journal_id, line, debit_id, -amount FROM wallet_posting) p
      JOIN wallet_account m ON m.id = p.account_id AND m.kind = 'merchant'
      JOIN wallet_journal j ON j.id = p.journal_id AND j.kind NOT IN ('settlement', 'returned')
      LEFT JOIN wallet_settlementline l ON l.journal_id = p.journal_id AND l.line = p.line WHERE l.journal_id IS NULL GROUP BY 1) o
    ON o.account_id = a.id
  LEFT JOIN (SELECT DISTINCT ON (s.account_id) s.account_id,
      s.carried_out + CASE WHEN t.state IN ('planned', 'withheld') THEN s.net + s.fee + s.cash ELSE 0 END AS amount
      FROM wallet_settlementshare s JOIN wallet_settlementtransfer t ON t.id = s.transfer_id
      JOIN wallet_settlementbatch b ON b.id = t.batch_id ORDER BY s.account_id, b.cut_off_on DESC) c ON c.account_id = a.id
  LEFT JOIN (SELECT s.account_id, sum(s.net) AS amount FROM wallet_settlementreturn r
      JOIN wallet_settlementshare s ON s.transfer_id = r.transfer_id WHERE r.taken_up_by_id IS NULL GROUP BY 1) r ON r.account_id = a.id
  WHERE a.kind = 'merchant' AND h.amount <> coalesce(o.amount, 0) + coalesce(c.amount, 0) + coalesce(r.amount, 0);

-- = of no merchant was more cash kept than its shops took in for coins
SELECT format('organisation %s: kept %s of %s', s.organisation_id, sum(m.kept), sum(m.taken)) AS row FROM (
    SELECT shop_id, amount AS taken, 0 AS kept FROM wallet_topup WHERE shop_id IS NOT NULL
    UNION ALL SELECT t.shop_id, -t.amount, 0 FROM wallet_premiumvoid v JOIN wallet_premiumpurchase b ON b.id = v.purchase_id
      JOIN wallet_topup t ON t.id = b.top_up_id WHERE t.shop_id IS NOT NULL
    UNION ALL SELECT w.id, 0, h.cash FROM wallet_settlementshare h JOIN wallet_shop w ON w.account_id = h.account_id
      JOIN wallet_settlementtransfer t ON t.id = h.transfer_id WHERE t.state IN ('planned', 'booked', 'returned')) m
  JOIN wallet_shop s ON s.id = m.shop_id GROUP BY s.organisation_id HAVING sum(m.kept) > sum(m.taken);

-- = cash that a merchant handed over is what the books say, accepted by another officer, and in the till where it was taken
SELECT format('handover %s', h.id) AS row FROM wallet_shopcashhandover h JOIN wallet_journal j ON j.id = h.journal_id
  LEFT JOIN wallet_posting p ON p.journal_id = h.journal_id LEFT JOIN wallet_account d ON d.id = p.debit_id
  LEFT JOIN wallet_account c ON c.id = p.credit_id LEFT JOIN wallet_cashtillentry e ON e.journal_id = h.journal_id
  WHERE (j.kind = 'shop_cash' AND p.amount = h.amount AND c.kind = 'shop_cash' AND h.is_accepted AND h.decided_by <> h.recorded_by
    AND d.kind = CASE h.way WHEN 'bank' THEN 'bank' ELSE 'counter_cash' END) IS NOT TRUE
    OR e.till_id IS DISTINCT FROM h.till_id;

-- = of no merchant was more cash kept and handed over than its shops ever took in for coins
SELECT format('organisation %s: %s of %s', m.organisation_id, sum(m.gone), sum(m.taken)) AS row FROM (
    SELECT s.organisation_id, p.amount AS taken, 0 AS gone FROM wallet_topup t JOIN wallet_shop s ON s.id = t.shop_id
      JOIN wallet_posting p ON p.journal_id = t.journal_id JOIN wallet_account d ON d.id = p.debit_id AND d.kind = 'shop_cash'
    UNION ALL SELECT organisation_id, 0, cash FROM wallet_settlementtransfer WHERE state IN ('planned', 'booked', 'returned')
    UNION ALL SELECT organisation_id, 0, amount FROM wallet_shopcashhandover WHERE journal_id IS NOT NULL) m
  GROUP BY m.organisation_id HAVING sum(m.gone) > sum(m.taken);

-- = a till holds its float and the counter's cash of its time, each once; its count is what was counted
SELECT format('till entry %s', e.journal_id) AS row FROM wallet_cashtillentry e
  LEFT JOIN wallet_journal j ON j.id = e.journal_id LEFT JOIN wallet_cashtill c ON c.id = e.till_id
  LEFT JOIN (SELECT p.journal_id, sum(CASE WHEN d.kind = 'counter_cash' THEN p.amount ELSE -p.amount END) AS amount FROM wallet_posting p
      JOIN wallet_account d ON d.id = p.debit_id JOIN wallet_account k ON k.id = p.credit_id
      WHERE 'counter_cash' IN (d.kind, k.kind) GROUP BY 1) p ON p.journal_id = e.journal_id
  WHERE (p.amount = e.amount AND j.at >= c.opened_at AND (c.closed_at IS NULL OR j.at <= c.closed_at)
    AND jst_date(j.at) = c.day) IS NOT TRUE
UNION ALL
SELECT format('till %s: expected %s, float and cash %s', c.id, c.expected, c.float_yen + coalesce(e.amount, 0)) FROM wallet_cashtill c
  LEFT JOIN (SELECT till_id, sum(amount) AS amount FROM wallet_cashtillentry GROUP BY 1) e ON e.till_id = c.id
  WHERE c.expected <> c.float_yen + coalesce(e.amount, 0)
UNION ALL
SELECT format('till %s: counted %s', c.id, c.counted) FROM wallet_cashtill c
  WHERE c.counted <> (SELECT coalesce(sum(n.key::bigint * n.value::bigint), 0) FROM jsonb_each_text(c.count) n)
UNION ALL
SELECT format('till %s took over %s', c.id, b.id) FROM wallet_cashtill c JOIN wallet_cashtill b ON b.id = c.taken_over_id
  WHERE b.counted IS DISTINCT FROM c.float_yen OR b.counter_id <> c.counter_id OR b.closed_at > c.opened_at;
