-- Stamps and what was earned. Each query returns the rows (ids only) that break the rule above it.

-- = a stamp is of a payment in the card's time, of its payer, shop and day, and comes back with the whole payment or all goods it is for
SELECT format('stamp %s', s.id) AS row FROM wallet_stamp s JOIN wallet_stampcard c ON c.id = s.card_id
  LEFT JOIN wallet_payment y ON y.id = s.payment_id
  LEFT JOIN LATERAL (SELECT sum(l.taken) AS taken, sum(l.refunded) AS refunded FROM wallet_orderpayment o
    JOIN wallet_orderline l ON l.order_id = o.order_id
    WHERE o.payment_id = s.payment_id AND jsonb_exists(c.rule -> 'products', l.product)) g ON true
  WHERE (y.account_id = s.account_id AND y.shop_id = s.shop_id AND y.at = s.at AND jst_date(s.at) = s.day
    AND s.at >= c.starts_at AND s.at < c.ends_at AND s.at >= c.created_at AND y.amount >= (c.rule ->> 'minimum')::bigint
    AND (coalesce(c.rule -> 'products', '[]') = '[]' OR g.taken >= (c.rule ->> 'minimum')::bigint)
    AND (s.taken_back_at IS NULL OR y.refunded = y.amount OR g.refunded = g.taken)) IS NOT TRUE;

-- = of no stamp card more rewards stand than there are, and what is counted are the rewards that stand
SELECT format('stamp card %s: %s of %s, rewards %s', c.id, c.given, c.stock, count(r.id)) AS row FROM wallet_stampcard c
  LEFT JOIN wallet_reward r ON r.source = 'stamps' AND r.source_id = c.id AND r.ended_at IS NULL
  GROUP BY c.id HAVING c.given <> count(r.id) OR c.given > c.stock;

-- = nobody has more rewards of a card than their stamps fill, but for those that were spent or are on their way back, nor more than one may
SELECT format('stamp card %s, account %s: %s rewards, %s stamps', t.card_id, t.person, t.rewards, t.stamps) AS row FROM (
    SELECT x.card_id, coalesce(u.target_id, x.account_id) AS person, sum(x.rewards) AS rewards, sum(x.stamps) AS stamps FROM (
        SELECT d.card_id, d.account_id, 0 AS rewards, sum(least(d.stamps, (c.rule ->> 'per_day')::bigint)) AS stamps
          FROM (SELECT card_id, account_id, day, count(*) AS stamps FROM wallet_stamp WHERE taken_back_at IS NULL GROUP BY 1, 2, 3) d
          JOIN wallet_stampcard c ON c.id = d.card_id GROUP BY 1, 2
        UNION ALL SELECT r.source_id, r.account_id, count(*) FILTER (WHERE r.kept_at IS NULL), 0 FROM wallet_reward r
          WHERE r.source = 'stamps' AND r.ended_at IS NULL GROUP BY 1, 2) x
      LEFT JOIN wallet_succession u ON u.source_id = x.account_id GROUP BY 1, 2) t
  JOIN wallet_stampcard c ON c.id = t.card_id
  WHERE t.rewards * (c.rule ->> 'size')::bigint > t.stamps;

-- = a reward of coins is a gift from its campaign in a lot of its own, and went back whole or not at all
SELECT format('reward %s', r.id) AS row FROM wallet_reward r JOIN wallet_topup t ON t.id = r.top_up_id JOIN wallet_campaign c ON c.id = r.campaign_id
  LEFT JOIN wallet_posting p ON p.journal_id = t.journal_id LEFT JOIN wallet_lot l ON l.journal_id = t.journal_id
  WHERE (t.account_id = r.account_id AND t.amount = 0 AND t.bonus = p.amount AND p.debit_id = c.account_id AND p.credit_id = r.account_id
    AND l.kind = 'bonus' AND l.issued = t.bonus AND t.at = r.given_at) IS NOT TRUE
UNION ALL
SELECT format('reward %s: taken back', r.id) FROM wallet_reward r JOIN wallet_topup t ON t.id = r.top_up_id JOIN wallet_campaign c ON c.id = r.campaign_id
  LEFT JOIN wallet_posting p ON p.journal_id = r.journal_id LEFT JOIN wallet_lot l ON l.journal_id = t.journal_id
  WHERE r.ended_at IS NOT NULL
    AND (p.debit_id = r.account_id AND p.credit_id = c.account_id AND p.amount = t.bonus AND l.remaining = 0) IS NOT TRUE;

-- = a reward that is a coupon is held from that reward alone, and ends with it
SELECT format('reward %s', r.id) AS row FROM wallet_reward r JOIN wallet_couponclaim c ON c.id = r.claim_id
  WHERE c.source <> r.source OR c.source_id <> r.id OR (r.ended_at IS NOT NULL AND c.revoked_at IS NULL)
UNION ALL
SELECT format('claim %s', c.id) FROM wallet_couponclaim c
  WHERE c.source IN ('stamps', 'referral') AND NOT EXISTS (SELECT FROM wallet_reward r WHERE r.claim_id = c.id);

-- = a referral was entered while its campaign ran, earned by the newcomer's payment in time, and undone where that went back or both are one
SELECT format('referral %s', r.id) AS row FROM wallet_referral r JOIN wallet_referrallink l ON l.id = r.link_id
  JOIN wallet_referralcampaign c ON c.id = l.referral_campaign_id LEFT JOIN wallet_payment y ON y.id = r.payment_id
  LEFT JOIN wallet_succession s ON s.source_id = y.account_id
  WHERE NOT (r.entered_at >= c.starts_at AND r.entered_at < c.ends_at) OR (r.payment_id IS NOT NULL
    AND (r.newcomer_id IN (y.account_id, s.target_id) AND y.at >= r.entered_at AND y.at < r.pay_until
      AND y.amount >= (c.rule ->> 'first_payment')::bigint) IS NOT TRUE)
UNION ALL
SELECT format('referral %s: of oneself', r.id) FROM wallet_referral r JOIN wallet_referrallink l ON l.id = r.link_id
  WHERE l.account_id = r.newcomer_id;

-- = of no referral campaign more are rewarded than there may be, and each referral rewards two at the most, none that was undone but what was spent
SELECT format('referral campaign %s: %s of %s, earned %s', c.id, c.rewarded, c.stock, count(r.id)) AS row FROM wallet_referralcampaign c
  LEFT JOIN wallet_referrallink l ON l.referral_campaign_id = c.id
  LEFT JOIN wallet_referral r ON r.link_id = l.id AND r.earned_at IS NOT NULL AND r.undone_at IS NULL
  GROUP BY c.id HAVING c.rewarded <> count(r.id) OR c.rewarded > c.stock
UNION ALL
SELECT format('referral %s: %s rewards', r.id, count(w.id)) FROM wallet_referral r
  JOIN wallet_reward w ON w.source = 'referral' AND w.source_id = r.id AND w.ended_at IS NULL
  GROUP BY r.id HAVING count(w.id) > 2 OR r.earned_at IS NULL OR (r.undone_at IS NOT NULL AND NOT bool_and(w.kept_at IS NOT NULL));
