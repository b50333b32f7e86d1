-- Each query returns the rows (ids only) that break the rule above it.

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
  LEFT JOIN (SELECT journal_id, sum(amount) AS amount FROM wallet_posting GROUP BY 1) p ON p.journal_id = j.id
  LEFT JOIN (SELECT journal_id, sum(delta) AS delta FROM wallet_lotmove GROUP BY 1) m ON m.journal_id = j.id
  WHERE NOT CASE
    WHEN j.kind IN ('payment', 'expiry') THEN p.amount > 0 AND m.delta = -p.amount
    WHEN j.kind IN ('refund', 'void', 'top_up') THEN p.amount > 0 AND m.delta = p.amount
    WHEN j.kind = 'capture' THEN p.amount > 0 AND coalesce(m.delta, 0) >= 0
    WHEN j.kind = 'hold' THEN p.amount IS NULL AND m.delta < 0
    WHEN j.kind = 'release' THEN p.amount IS NULL AND m.delta > 0
    WHEN j.kind = 'reversal' THEN p.amount > 0 AND m.delta = -p.amount
    WHEN j.kind IN ('merge', 'send') THEN p.amount > 0 AND m.delta = 0
    WHEN j.kind = 'fund' THEN p.amount > 0 AND m.delta IS NULL
    WHEN j.kind IN ('settlement', 'returned') THEN p.amount > 0 AND m.delta IS NULL
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
    UNION ALL SELECT journal_id, 'merge' FROM wallet_takeover
    UNION ALL SELECT journal_id, 'fund' FROM wallet_campaignfunding
    UNION ALL SELECT journal_id, 'settlement' FROM wallet_settlementtransfer WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'returned' FROM wallet_settlementreturn
    UNION ALL SELECT journal_id, 'send' FROM wallet_transfer
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

-- = what is held is the sum of the open holds
SELECT format('balance %s: held %s, holds %s', b.account_id, b.held, coalesce(h.amount, 0)) AS row FROM wallet_balance b
  LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM wallet_hold WHERE status = 'held' GROUP BY 1) h ON h.account_id = b.account_id
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

-- = every waiting credit is a posting to that merchant, folded once
SELECT format('inbox %s/%s', i.account_id, i.journal_id) AS row FROM wallet_creditinbox i
  LEFT JOIN wallet_posting p ON p.journal_id = i.journal_id AND p.credit_id = i.account_id AND p.amount = i.amount WHERE p.journal_id IS NULL;

-- = what was issued, expired and topped up is what the books say
SELECT format('top-up %s', t.id) AS row FROM wallet_topup t
  LEFT JOIN (SELECT journal_id, credit_id, sum(amount) AS amount FROM wallet_posting GROUP BY 1, 2) p
    ON p.journal_id = t.journal_id AND p.credit_id = t.account_id
  LEFT JOIN (SELECT journal_id, sum(issued) AS amount FROM wallet_lot GROUP BY 1) l ON l.journal_id = t.journal_id
  WHERE p.amount IS DISTINCT FROM t.amount + t.bonus OR l.amount IS DISTINCT FROM t.amount + t.bonus
UNION ALL
SELECT format('expiry %s', e.id) FROM wallet_expiry e LEFT JOIN wallet_posting p ON p.journal_id = e.journal_id AND p.debit_id = e.account_id
  WHERE p.amount IS DISTINCT FROM e.amount;

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

-- = what a campaign was given and gave back is what the books say
SELECT format('funding %s', f.id) AS row FROM wallet_campaignfunding f JOIN wallet_campaign c ON c.id = f.campaign_id
  LEFT JOIN wallet_posting p ON p.journal_id = f.journal_id AND p.line = 1
  LEFT JOIN wallet_account g ON g.kind = 'issuance' AND g.currency = p.currency
  WHERE p.amount IS DISTINCT FROM f.amount OR p.debit_id IS DISTINCT FROM CASE WHEN f.is_return THEN c.account_id ELSE g.id END
    OR p.credit_id IS DISTINCT FROM CASE WHEN f.is_return THEN g.id ELSE c.account_id END;

-- = an account of a campaign is one campaign's
SELECT format('account %s', a.id) AS row FROM wallet_account a LEFT JOIN wallet_campaign c ON c.account_id = a.id
  WHERE (a.kind = 'campaign') <> (c.id IS NOT NULL);
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
  HAVING (t.gross, t.refunds, t.carried_in, t.returned_in, t.fee, t.net, t.carried_out) IS DISTINCT FROM
    (sum(s.gross), sum(s.refunds), sum(s.carried_in), sum(s.returned_in), sum(s.fee), sum(s.net), sum(s.carried_out))
UNION ALL
SELECT format('batch %s', b.id) FROM wallet_settlementbatch b LEFT JOIN wallet_settlementtransfer t ON t.batch_id = b.id GROUP BY b.id
  HAVING (b.gross, b.refunds, b.carried_in, b.returned_in, b.fee, b.net, b.carried_out) IS DISTINCT FROM
    (coalesce(sum(t.gross), 0), coalesce(sum(t.refunds), 0), coalesce(sum(t.carried_in), 0), coalesce(sum(t.returned_in), 0),
     coalesce(sum(t.fee), 0), coalesce(sum(t.net), 0), coalesce(sum(t.carried_out), 0))
UNION ALL
SELECT format('batch %s: %s lines, counted %s', b.id, count(l.journal_id), b.credits) FROM wallet_settlementbatch b
  LEFT JOIN wallet_settlementline l ON l.batch_id = b.id GROUP BY b.id HAVING count(l.journal_id) <> b.credits;

-- = a transfer that was paid, or came back, is what the books say, shop by shop; no other has moved anything
SELECT format('transfer %s, account %s', coalesce(s.transfer_id, p.transfer_id), coalesce(s.account_id, p.account_id)) AS row FROM (
    SELECT s.transfer_id, s.account_id, s.net, s.fee FROM wallet_settlementshare s
      JOIN wallet_settlementtransfer t ON t.id = s.transfer_id WHERE t.state IN ('booked', 'returned') AND s.net + s.fee > 0) s
  FULL JOIN (SELECT t.id AS transfer_id, p.debit_id AS account_id, coalesce(sum(p.amount) FILTER (WHERE c.kind = 'bank'), 0) AS net,
      coalesce(sum(p.amount) FILTER (WHERE c.kind = 'fees'), 0) AS fee, sum(p.amount) AS whole
      FROM wallet_settlementtransfer t JOIN wallet_posting p ON p.journal_id = t.journal_id
      JOIN wallet_account c ON c.id = p.credit_id GROUP BY 1, 2) p ON p.transfer_id = s.transfer_id AND p.account_id = s.account_id
  WHERE (p.net = s.net AND p.fee = s.fee AND p.whole = s.net + s.fee) IS NOT TRUE
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
      s.carried_out + CASE WHEN t.state IN ('planned', 'withheld') THEN s.net + s.fee ELSE 0 END AS amount
      FROM wallet_settlementshare s JOIN wallet_settlementtransfer t ON t.id = s.transfer_id
      JOIN wallet_settlementbatch b ON b.id = t.batch_id ORDER BY s.account_id, b.cut_off_on DESC) c ON c.account_id = a.id
  LEFT JOIN (SELECT s.account_id, sum(s.net) AS amount FROM wallet_settlementreturn r
      JOIN wallet_settlementshare s ON s.transfer_id = r.transfer_id WHERE r.taken_up_by_id IS NULL GROUP BY 1) r ON r.account_id = a.id
  WHERE a.kind = 'merchant' AND h.amount <> coalesce(o.amount, 0) + coalesce(c.amount, 0) + coalesce(r.amount, 0);

-- = a sale with a bonus is its top-up: so many units paid for, the bonus rounded down, from that campaign's budget, in lots of its own
SELECT format('premium sale %s', p.id) AS row FROM wallet_premiumpurchase p
  JOIN wallet_premium m ON m.id = p.premium_id JOIN wallet_campaign c ON c.id = m.campaign_id JOIN wallet_topup t ON t.id = p.top_up_id
  LEFT JOIN wallet_posting b ON b.journal_id = t.journal_id AND b.line = 2
  LEFT JOIN wallet_lot paid ON paid.journal_id = t.journal_id AND paid.kind = 'paid'
  LEFT JOIN wallet_lot bonus ON bonus.journal_id = t.journal_id AND bonus.kind = 'bonus'
  WHERE t.account_id <> p.account_id OR t.at <> p.at OR t.amount <> p.units * m.unit_yen OR t.bonus <> t.amount * m.rate_bp / 10000
    OR coalesce(b.amount, 0) <> t.bonus OR (b.amount IS NOT NULL AND (b.debit_id, b.credit_id) <> (c.account_id, p.account_id))
    OR paid.issued IS DISTINCT FROM t.amount OR coalesce(bonus.issued, 0) <> t.bonus OR bonus.expires_on <> m.bonus_last_day;

-- = a sale that was taken back gave the cash and the bonus back, from lots that nobody had touched
SELECT format('premium void %s', v.id) AS row FROM wallet_premiumvoid v
  JOIN wallet_premiumpurchase p ON p.id = v.purchase_id JOIN wallet_topup t ON t.id = p.top_up_id
  JOIN wallet_premium m ON m.id = p.premium_id JOIN wallet_campaign c ON c.id = m.campaign_id
  LEFT JOIN wallet_posting cash ON cash.journal_id = v.journal_id AND cash.line = 1
  LEFT JOIN wallet_posting bought ON bought.journal_id = t.journal_id AND bought.line = 1
  LEFT JOIN wallet_posting bonus ON bonus.journal_id = v.journal_id AND bonus.line = 2
  WHERE cash.amount IS DISTINCT FROM t.amount OR cash.debit_id IS DISTINCT FROM p.account_id OR cash.credit_id IS DISTINCT FROM bought.debit_id
    OR coalesce(bonus.amount, 0) <> t.bonus OR (bonus.amount IS NOT NULL AND (bonus.debit_id, bonus.credit_id) <> (p.account_id, c.account_id))
    OR EXISTS (SELECT FROM wallet_lot l WHERE l.journal_id = t.journal_id AND l.remaining <> 0);

-- = the bonus lots of a campaign are what was paid from its budget
SELECT format('premium %s: budget paid %s, bonus given %s', m.id, coalesce(b.amount, 0), coalesce(g.amount, 0)) AS row
  FROM wallet_premium m JOIN wallet_campaign c ON c.id = m.campaign_id
  LEFT JOIN (SELECT x.account_id, sum(x.amount) AS amount FROM (
      SELECT p.debit_id AS account_id, p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.credit_id AND a.kind = 'resident'
      UNION ALL SELECT p.credit_id, -p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.debit_id AND a.kind = 'resident') x
    GROUP BY 1) b ON b.account_id = c.account_id
  LEFT JOIN (SELECT p.premium_id, sum(t.bonus) AS amount FROM wallet_premiumpurchase p JOIN wallet_topup t ON t.id = p.top_up_id
      WHERE NOT EXISTS (SELECT FROM wallet_premiumvoid v WHERE v.purchase_id = p.id) GROUP BY 1) g ON g.premium_id = m.id
  WHERE coalesce(b.amount, 0) <> coalesce(g.amount, 0);

-- = no more units are sold than there are, and what an account bought is within its cap
SELECT format('premium %s: %s of %s, sales %s', m.id, m.sold, m.units, coalesce(sum(s.bought), 0)) AS row FROM wallet_premium m
  LEFT JOIN wallet_premiumshare s ON s.premium_id = m.id GROUP BY m.id
  HAVING m.sold <> coalesce(sum(s.bought), 0) OR m.sold > m.units OR (m.way = 'draw' AND coalesce(sum(s.cap), 0) > m.units)
UNION ALL
SELECT format('premium %s, account %s: bought %s of %s, sales %s', s.premium_id, s.account_id, s.bought, s.cap, coalesce(sum(p.units), 0))
  FROM wallet_premiumshare s JOIN wallet_premium m ON m.id = s.premium_id
  LEFT JOIN wallet_premiumpurchase p ON p.premium_id = s.premium_id AND p.account_id = s.account_id
    AND NOT EXISTS (SELECT FROM wallet_premiumvoid v WHERE v.purchase_id = p.id)
  GROUP BY s.premium_id, s.account_id, m.per_person
  HAVING s.bought <> coalesce(sum(p.units), 0) OR s.bought > s.cap OR s.cap > m.per_person
UNION ALL
SELECT format('premium sale %s: no share', p.id) FROM wallet_premiumpurchase p
  WHERE NOT EXISTS (SELECT FROM wallet_premiumshare s WHERE s.premium_id = p.premium_id AND s.account_id = p.account_id);

-- = the draw of a campaign has the tickets of its applications and no other, and each its own place
SELECT format('application %s', a.id) AS row FROM wallet_premiumapplication a JOIN wallet_premium m ON m.id = a.premium_id
  JOIN kernel_draw d ON d.id = m.draw_id LEFT JOIN kernel_drawticket t ON t.draw_id = d.id AND t.ticket = a.ticket
  LEFT JOIN kernel_drawplace e ON e.draw_id = d.id AND e.ticket = a.ticket
  WHERE d.state <> 'open' AND ((t.ticket IS NULL) <> (a.withdrawn_at IS NOT NULL) OR (m.allotted_at IS NOT NULL AND a.rank IS DISTINCT FROM e.rank))
UNION ALL
SELECT format('ticket %s', t.ticket) FROM kernel_drawticket t JOIN wallet_premium m ON m.draw_id = t.draw_id
  WHERE NOT EXISTS (SELECT FROM wallet_premiumapplication a WHERE a.premium_id = m.id AND a.ticket = t.ticket AND a.withdrawn_at IS NULL);
