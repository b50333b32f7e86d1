-- What coupons took off. Each query returns the rows (ids only) that break the rule above it.

-- = what coupons took off a payment is what its uses say, of coupons and accounts that exist
SELECT format('payment %s: %s, uses %s', y.id, y.discount, coalesce(u.amount, 0)) AS row FROM wallet_payment y
  LEFT JOIN (SELECT payment_id, sum(discount) AS amount FROM wallet_couponuse GROUP BY 1) u ON u.payment_id = y.id
  WHERE y.discount <> coalesce(u.amount, 0)
UNION ALL
SELECT format('use %s', u.id) FROM wallet_couponuse u LEFT JOIN (
    SELECT id, account_id, at FROM wallet_payment UNION ALL SELECT id, account_id, begun_at FROM wallet_orderpayment) y
    ON y.id = coalesce(u.payment_id, u.order_payment_id) AND y.account_id = u.account_id
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
      JOIN wallet_coupon k ON k.id = u.coupon_id JOIN wallet_campaign m ON m.id = k.campaign_id WHERE u.payment_id IS NOT NULL) t
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
    OR (c.used_at IS NOT NULL AND NOT bool_and((u.payment_id, u.order_payment_id, u.account_id)
      IS NOT DISTINCT FROM (c.payment_id, c.order_payment_id, c.account_id)))
UNION ALL
SELECT format('use %s', u.id) FROM wallet_couponuse u JOIN wallet_coupon k ON k.id = u.coupon_id WHERE k.needs_claim AND u.claim_id IS NULL;
