-- Budgets, and coins with a bonus. Each query returns the rows (ids only) that break the rule above it.

-- = what a campaign was given and gave back is what the books say
SELECT format('funding %s', f.id) AS row FROM wallet_campaignfunding f JOIN wallet_campaign c ON c.id = f.campaign_id
  LEFT JOIN wallet_posting p ON p.journal_id = f.journal_id AND p.line = 1
  LEFT JOIN wallet_account g ON g.kind = 'issuance' AND g.currency = p.currency
  WHERE p.amount IS DISTINCT FROM f.amount OR p.debit_id IS DISTINCT FROM CASE WHEN f.is_return THEN c.account_id ELSE g.id END
    OR p.credit_id IS DISTINCT FROM CASE WHEN f.is_return THEN g.id ELSE c.account_id END;

-- = an account of a campaign is one campaign's
SELECT format('account %s', a.id) AS row FROM wallet_account a LEFT JOIN wallet_campaign c ON c.account_id = a.id
  WHERE (a.kind = 'campaign') <> (c.id IS NOT NULL);

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

-- = the bonus lots of a campaign, without what came back beside a refund to a card, are what was paid from its budget
SELECT format('campaign %s: budget paid %s, bonus given %s', c.id, coalesce(b.amount, 0), coalesce(g.amount, 0)) AS row
  FROM wallet_campaign c
  LEFT JOIN (SELECT x.account_id, sum(x.amount) AS amount FROM (
      SELECT p.debit_id AS account_id, p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.credit_id AND a.kind = 'resident'
      UNION ALL SELECT p.credit_id, -p.amount FROM wallet_posting p JOIN wallet_account a ON a.id = p.debit_id AND a.kind = 'resident') x
    GROUP BY 1) b ON b.account_id = c.account_id
  LEFT JOIN (SELECT x.campaign_id, sum(x.bonus) AS amount FROM (
      SELECT m.campaign_id, t.bonus FROM wallet_premiumpurchase p JOIN wallet_premium m ON m.id = p.premium_id
        JOIN wallet_topup t ON t.id = p.top_up_id WHERE NOT EXISTS (SELECT FROM wallet_premiumvoid v WHERE v.purchase_id = p.id)
      UNION ALL SELECT m.campaign_id, CASE v.reason WHEN 'restored' THEN v.bonus ELSE -v.bonus END FROM wallet_reversal v
        LEFT JOIN wallet_cardrefund f ON f.id = v.refund_id LEFT JOIN wallet_carddispute d ON d.id = v.dispute_id
        JOIN wallet_premiumclaim k ON k.payment_id = coalesce(f.payment_id, d.payment_id) JOIN wallet_premium m ON m.id = k.premium_id
      UNION ALL SELECT r.campaign_id, t.bonus FROM wallet_reward r JOIN wallet_topup t ON t.id = r.top_up_id WHERE r.ended_at IS NULL) x
    GROUP BY 1) g ON g.campaign_id = c.id
  WHERE coalesce(b.amount, 0) <> coalesce(g.amount, 0);

-- = no more units are sold than there are, and what an account bought, or is paying for by card, is within its cap
SELECT format('premium %s: %s of %s, sales %s', m.id, m.sold, m.units, coalesce(sum(s.bought), 0)) AS row FROM wallet_premium m
  LEFT JOIN wallet_premiumshare s ON s.premium_id = m.id GROUP BY m.id
  HAVING m.sold <> coalesce(sum(s.bought), 0) OR m.sold > m.units OR (m.way = 'draw' AND coalesce(sum(s.cap), 0) > m.units)
UNION ALL
SELECT format('premium %s, account %s: bought %s of %s, sales %s', s.premium_id, s.account_id, s.bought, s.cap, coalesce(sum(p.units), 0))
  FROM wallet_premiumshare s JOIN wallet_premium m ON m.id = s.premium_id
  LEFT JOIN (SELECT x.premium_id, x.account_id, x.units FROM wallet_premiumpurchase x
        WHERE NOT EXISTS (SELECT FROM wallet_premiumvoid v WHERE v.purchase_id = x.id)
      UNION ALL SELECT k.premium_id, k.account_id, k.units FROM wallet_premiumclaim k WHERE k.released_at IS NULL AND k.purchase_id IS NULL) p
    ON p.premium_id = s.premium_id AND p.account_id = s.account_id
  GROUP BY s.premium_id, s.account_id, m.per_person
  HAVING s.bought <> coalesce(sum(p.units), 0) OR s.bought > s.cap OR s.cap > m.per_person
UNION ALL
SELECT format('premium sale %s: no share', p.id) FROM wallet_premiumpurchase p
  WHERE NOT EXISTS (SELECT FROM wallet_premiumshare s WHERE s.premium_id = p.premium_id AND s.account_id = p.account_id);

-- = units that wait or waited for a card are its payment's: bought by its top-up alone, and not held once it has ended
SELECT format('premium claim %s', c.id) AS row FROM wallet_cardpayment c LEFT JOIN wallet_premiumclaim k ON k.payment_id = c.id
  LEFT JOIN wallet_premium m ON m.id = k.premium_id LEFT JOIN wallet_premiumpurchase p ON p.id = k.purchase_id
  WHERE (c.purpose = 'premium') <> (k.payment_id IS NOT NULL) OR (k.payment_id IS NOT NULL
    AND (c.account_id <> k.account_id OR c.amount <> k.units * m.unit_yen OR c.started_at <> k.at OR p.top_up_id IS DISTINCT FROM c.top_up_id
      OR (c.status IN ('ended', 'returned') AND k.released_at IS NULL)
      OR (p.id IS NOT NULL AND (p.premium_id, p.account_id, p.units) <> (k.premium_id, k.account_id, k.units))))
UNION ALL
SELECT format('premium sale %s: no claim', p.id) FROM wallet_premiumpurchase p JOIN wallet_topup t ON t.id = p.top_up_id AND t.kind = 'card'
  WHERE NOT EXISTS (SELECT FROM wallet_premiumclaim k WHERE k.purchase_id = p.id)
UNION ALL
SELECT format('premium void %s: by card', v.id) FROM wallet_premiumvoid v JOIN wallet_premiumpurchase p ON p.id = v.purchase_id
  JOIN wallet_topup t ON t.id = p.top_up_id AND t.kind NOT IN ('counter', 'shop');

-- = the draw of a campaign has the tickets of its applications and no other, and each its own place
SELECT format('application %s', a.id) AS row FROM wallet_premiumapplication a JOIN wallet_premium m ON m.id = a.premium_id
  JOIN kernel_draw d ON d.id = m.draw_id LEFT JOIN kernel_drawticket t ON t.draw_id = d.id AND t.ticket = a.ticket
  LEFT JOIN kernel_drawplace e ON e.draw_id = d.id AND e.ticket = a.ticket
  WHERE d.state <> 'open' AND ((t.ticket IS NULL) <> (a.withdrawn_at IS NOT NULL) OR (m.allotted_at IS NOT NULL AND a.rank IS DISTINCT FROM e.rank))
UNION ALL
SELECT format('ticket %s', t.ticket) FROM kernel_drawticket t JOIN wallet_premium m ON m.draw_id = t.draw_id
  WHERE NOT EXISTS (SELECT FROM wallet_premiumapplication a WHERE a.premium_id = m.id AND a.ticket = t.ticket AND a.withdrawn_at IS NULL);
