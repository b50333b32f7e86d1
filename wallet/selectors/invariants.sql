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
    WHEN j.kind IN ('settlement', 'returned') THEN p.amount > 0 AND m.delta IS NULL
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
    UNION ALL SELECT journal_id, 'merge' FROM wallet_takeover
    UNION ALL SELECT journal_id, 'fund' FROM wallet_campaignfunding
    UNION ALL SELECT journal_id, 'settlement' FROM wallet_settlementtransfer WHERE journal_id IS NOT NULL
    UNION ALL SELECT journal_id, 'returned' FROM wallet_settlementreturn
    UNION ALL SELECT journal_id, 'send' FROM wallet_transfer
    UNION ALL SELECT journal_id, 'reversal' FROM wallet_reversal
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

-- = a payment by card or at a convenience store that was paid issued one top-up of its amount against the card company, another none
SELECT format('card payment %s', c.id) AS row FROM wallet_cardpayment c LEFT JOIN wallet_topup t ON t.id = c.top_up_id
  LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id AND p.line = 1
  LEFT JOIN wallet_account s ON s.id = p.debit_id
  WHERE c.top_up_id IS NOT NULL AND (t.account_id, t.kind, t.amount, p.amount, s.kind)
      IS DISTINCT FROM (c.account_id, c.method, c.amount, c.amount, 'card')
    OR (c.purpose = 'top_up' AND c.status = 'paid') <> (c.top_up_id IS NOT NULL)
UNION ALL
SELECT format('top-up %s', t.id) FROM wallet_topup t LEFT JOIN wallet_cardpayment c ON c.top_up_id = t.id
  WHERE (t.kind IN ('card', 'konbini')) <> (c.id IS NOT NULL);

-- = what went back to a card is what its payment says, and no more than was paid
SELECT format('card payment %s: %s, refunds %s', c.id, c.refunded, coalesce(sum(r.amount), 0)) AS row FROM wallet_cardpayment c
  LEFT JOIN wallet_cardrefund r ON r.payment_id = c.id AND r.status = 'done'
  GROUP BY c.id HAVING c.refunded <> coalesce(sum(r.amount), 0) OR c.refunded > c.amount;

-- = a reversal took from its account's lots and from the city what it says, for its refund or its dispute, and once
SELECT format('reversal %s', v.id) AS row FROM wallet_reversal v
  LEFT JOIN wallet_cardrefund r ON r.id = v.refund_id LEFT JOIN wallet_carddispute d ON d.id = v.dispute_id
  LEFT JOIN wallet_cardpayment c ON c.id = coalesce(r.payment_id, d.payment_id)
  LEFT JOIN (SELECT p.journal_id, sum(CASE WHEN x.kind = 'resident' THEN p.amount WHEN y.kind = 'resident' THEN -p.amount END) AS taken,
        sum(p.amount) FILTER (WHERE x.kind = 'loss' AND y.kind = 'card') AS lost FROM wallet_posting p
      JOIN wallet_account x ON x.id = p.debit_id JOIN wallet_account y ON y.id = p.credit_id GROUP BY 1) p ON p.journal_id = v.journal_id
  LEFT JOIN (SELECT m.journal_id, sum(m.delta) AS delta, bool_and(l.account_id = v2.account_id) AS own FROM wallet_lotmove m
      JOIN wallet_lot l ON l.id = m.lot_id JOIN wallet_reversal v2 ON v2.journal_id = m.journal_id GROUP BY 1) m ON m.journal_id = v.journal_id
  WHERE (coalesce(p.taken, 0), coalesce(p.lost, 0), coalesce(m.delta, 0), coalesce(m.own, true), c.account_id)
      IS DISTINCT FROM (CASE v.reason WHEN 'restored' THEN -v.taken ELSE v.taken END, v.lost,
        CASE v.reason WHEN 'restored' THEN v.taken ELSE -v.taken END, true, v.account_id)
    OR v.taken + v.lost <> coalesce(r.amount, d.amount)
    OR (v.reason = 'restored' AND r.status <> 'failed') OR (v.reason = 'dispute' AND d.status <> 'lost');

-- = what the card company owes or was paid is what was issued by card and not taken back
SELECT format('card: postings %s, payments %s', t.postings, t.payments) AS row FROM (SELECT
    (SELECT coalesce(sum(CASE WHEN a.id = p.debit_id THEN p.amount ELSE -p.amount END), 0) FROM wallet_posting p
      JOIN wallet_account a ON a.kind = 'card' AND a.id IN (p.debit_id, p.credit_id)) AS postings,
    (SELECT coalesce(sum(amount), 0) FROM wallet_cardpayment WHERE top_up_id IS NOT NULL)
      - (SELECT coalesce(sum(CASE reason WHEN 'restored' THEN -taken ELSE taken + lost END), 0) FROM wallet_reversal) AS payments) t
  WHERE t.postings <> t.payments;

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

-- = a till holds its float and the counter's top-ups of its time, each once; its count is what was counted
SELECT format('till entry %s', e.top_up_id) AS row FROM wallet_cashtillentry e
  LEFT JOIN wallet_topup t ON t.id = e.top_up_id LEFT JOIN wallet_cashtill c ON c.id = e.till_id
  WHERE (t.kind = 'counter' AND t.amount = e.amount AND t.at >= c.opened_at AND (c.closed_at IS NULL OR t.at <= c.closed_at)
    AND jst_date(t.at) = c.day) IS NOT TRUE
UNION ALL
SELECT format('till %s: expected %s, float and top-ups %s', c.id, c.expected, c.float_yen + coalesce(e.amount, 0)) FROM wallet_cashtill c
  LEFT JOIN (SELECT till_id, sum(amount) AS amount FROM wallet_cashtillentry GROUP BY 1) e ON e.till_id = c.id
  WHERE c.expected <> c.float_yen + coalesce(e.amount, 0)
UNION ALL
SELECT format('till %s: counted %s', c.id, c.counted) FROM wallet_cashtill c
  WHERE c.counted <> (SELECT coalesce(sum(n.key::bigint * n.value::bigint), 0) FROM jsonb_each_text(c.count) n)
UNION ALL
SELECT format('till %s took over %s', c.id, b.id) FROM wallet_cashtill c JOIN wallet_cashtill b ON b.id = c.taken_over_id
  WHERE b.counted IS DISTINCT FROM c.float_yen OR b.counter_id <> c.counter_id OR b.closed_at > c.opened_at;
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
-- = what coupons took off a payment is what its uses say, of coupons and accounts that exist
SELECT format('payment %s: %s, uses %s', y.id, y.discount, coalesce(u.amount, 0)) AS row FROM wallet_payment y
  LEFT JOIN (SELECT payment_id, sum(discount) AS amount FROM wallet_couponuse GROUP BY 1) u ON u.payment_id = y.id
  WHERE y.discount <> coalesce(u.amount, 0)
UNION ALL
SELECT format('use %s', u.id) FROM wallet_couponuse u LEFT JOIN wallet_payment y ON y.id = u.payment_id AND y.account_id = u.account_id
  LEFT JOIN wallet_coupon k ON k.id = u.coupon_id LEFT JOIN wallet_couponclaim c ON c.id = u.claim_id
  WHERE y.id IS NULL OR k.id IS NULL OR (u.claim_id IS NOT NULL AND c.coupon_id IS DISTINCT FROM u.coupon_id)
    OR y.at IS DISTINCT FROM u.at OR u.at < k.starts_at OR u.at >= k.ends_at;

-- = what campaigns paid for coupons, and got back, is what the uses say
SELECT format('journal %s, campaign %s: booked %s, uses %s', t.journal_id, t.purse, sum(t.booked), sum(t.said)) AS row FROM (
    SELECT p.journal_id, p.debit_id AS purse, p.amount AS booked, 0 AS said FROM wallet_payment y
      JOIN wallet_posting p ON p.journal_id = y.journal_id AND p.line > 1
      JOIN wallet_shop s ON s.id = y.shop_id AND s.account_id = p.credit_id
    UNION ALL SELECT p.journal_id, NULL, p.amount, 0 FROM wallet_payment y
      JOIN wallet_posting p ON p.journal_id = y.journal_id AND p.line > 1
      JOIN wallet_shop s ON s.id = y.shop_id AND s.account_id <> p.credit_id
    UNION ALL SELECT y.journal_id, m.account_id, 0, u.discount FROM wallet_couponuse u JOIN wallet_payment y ON y.id = u.payment_id
      JOIN wallet_coupon k ON k.id = u.coupon_id JOIN wallet_campaign m ON m.id = k.campaign_id) t
  GROUP BY t.journal_id, t.purse HAVING sum(t.booked) <> sum(t.said)
UNION ALL
SELECT format('payment %s, campaign %s: back %s, uses %s', t.payment_id, t.purse, sum(t.booked), sum(t.said)) FROM (
    SELECT r.payment_id, p.credit_id AS purse, p.amount AS booked, 0 AS said FROM wallet_refund r
      JOIN wallet_posting p ON p.journal_id = r.journal_id AND p.line > 1
    UNION ALL SELECT u.payment_id, m.account_id, 0, u.returned FROM wallet_couponuse u
      JOIN wallet_coupon k ON k.id = u.coupon_id JOIN wallet_campaign m ON m.id = k.campaign_id) t
  GROUP BY t.payment_id, t.purse HAVING sum(t.booked) <> sum(t.said);

-- = a campaign gets back in the measure in which the payer did, and a coupon comes back once, with the last yen
SELECT format('use %s: returned %s', u.id, u.returned) AS row FROM wallet_couponuse u JOIN wallet_payment y ON y.id = u.payment_id
  JOIN wallet_coupon k ON k.id = u.coupon_id
  WHERE u.returned <> CASE WHEN k.campaign_id IS NULL THEN 0 ELSE u.discount * y.refunded / y.amount END
    OR (u.given_back_at IS NOT NULL) <> (y.refunded = y.amount);

-- = of no coupon more is out than there was, and what is out of its stock are the uses that stand
SELECT format('coupon %s: %s of %s, uses %s', k.id, k.taken, k.stock, count(u.id)) AS row FROM wallet_coupon k
  LEFT JOIN wallet_couponuse u ON u.coupon_id = k.id AND u.given_back_at IS NULL
  WHERE k.stock IS NOT NULL GROUP BY k.id HAVING k.taken <> count(u.id) OR k.taken > k.stock;

-- = nobody used more of a coupon than one may, altogether or on a day, and what is counted are the uses that stand
SELECT format('coupon %s, account %s: %s', t.coupon_id, t.account_id, sum(t.counted)) AS row FROM (
    SELECT n.coupon_id, n.account_id, n.used AS counted, n.on_day, n.day, 0 AS uses, 0 AS that_day FROM wallet_couponcount n
    UNION ALL SELECT u.coupon_id, u.account_id, 0, 0, NULL, 1, (u.day = n.day)::int FROM wallet_couponuse u
      LEFT JOIN wallet_couponcount n ON n.coupon_id = u.coupon_id AND n.account_id = u.account_id WHERE u.given_back_at IS NULL) t
  JOIN wallet_coupon k ON k.id = t.coupon_id
  GROUP BY t.coupon_id, t.account_id, k.per_person, k.per_day
  HAVING sum(t.counted) <> sum(t.uses) OR sum(t.on_day) <> coalesce(sum(t.that_day), 0) OR sum(t.counted) > k.per_person OR sum(t.on_day) > k.per_day;

-- = a coupon that had to be held was held, and is used by one payment at the most
SELECT format('claim %s: %s uses', c.id, count(u.id)) AS row FROM wallet_couponclaim c
  LEFT JOIN wallet_couponuse u ON u.claim_id = c.id AND u.given_back_at IS NULL
  GROUP BY c.id HAVING count(u.id) <> CASE WHEN c.used_at IS NULL THEN 0 ELSE 1 END
    OR (c.payment_id IS NOT NULL AND NOT bool_and(u.payment_id = c.payment_id AND u.account_id = c.account_id))
UNION ALL
SELECT format('use %s', u.id) FROM wallet_couponuse u JOIN wallet_coupon k ON k.id = u.coupon_id WHERE k.needs_claim AND u.claim_id IS NULL;
