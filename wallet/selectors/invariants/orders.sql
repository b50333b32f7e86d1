-- Orders. Each query returns the rows (ids only) that break the rule above it.

-- = an order's lines add up to it, and so do the tenders of each way of paying
SELECT format('order %s: %s, lines %s', o.id, o.total, coalesce(sum(l.amount), 0)) AS row FROM wallet_order o
  LEFT JOIN wallet_orderline l ON l.order_id = o.id GROUP BY o.id HAVING o.total IS DISTINCT FROM sum(l.amount)
UNION ALL
SELECT format('order payment %s', p.id) FROM wallet_orderpayment p JOIN wallet_order o ON o.id = p.order_id
  WHERE p.discount + p.coin + p.card <> o.total;

-- = what was taken of lines was taken of tenders, what came back likewise, and a paid order was paid once
SELECT format('order %s: lines %s and %s, tenders %s and %s', o.id, l.taken, l.refunded, coalesce(p.taken, 0), coalesce(p.refunded, 0)) AS row
  FROM wallet_order o
  JOIN (SELECT order_id, sum(taken) AS taken, sum(refunded) AS refunded FROM wallet_orderline GROUP BY 1) l ON l.order_id = o.id
  LEFT JOIN (SELECT order_id, sum(discount_taken + coin_taken + card_taken) FILTER (WHERE status IN ('capturing', 'paid')) AS taken,
      sum(discount_refunded + coin_refunded + card_refunded) AS refunded, count(*) FILTER (WHERE status = 'paid') AS paid,
      count(*) FILTER (WHERE status IN ('begun', 'held', 'capturing')) AS live FROM wallet_orderpayment GROUP BY 1) p ON p.order_id = o.id
  WHERE l.taken <> coalesce(p.taken, 0) OR l.refunded <> coalesce(p.refunded, 0) OR (o.status = 'paid') <> (coalesce(p.paid, 0) = 1)
    OR (o.status = 'held' AND p.live <> 1) OR (o.status IN ('paid', 'cancelled', 'expired') AND p.live > 0);

-- = a paid order's coins are its payment, its card's money and its campaigns' part are its journal
SELECT format('order payment %s', p.id) AS row FROM wallet_orderpayment p JOIN wallet_order o ON o.id = p.order_id
  JOIN wallet_shop s ON s.id = o.shop_id LEFT JOIN wallet_payment y ON y.id = p.payment_id
  LEFT JOIN (SELECT x.journal_id, sum(x.amount) FILTER (WHERE d.kind = 'card') AS card, sum(x.amount) FILTER (WHERE d.kind = 'campaign') AS city,
      count(DISTINCT x.credit_id) AS places, (array_agg(x.credit_id))[1] AS place
      FROM wallet_posting x JOIN wallet_account d ON d.id = x.debit_id GROUP BY 1) b ON b.journal_id = p.journal_id
  LEFT JOIN (SELECT u.order_payment_id, sum(u.discount) AS city FROM wallet_couponuse u JOIN wallet_coupon k ON k.id = u.coupon_id
      WHERE k.campaign_id IS NOT NULL GROUP BY 1) c ON c.order_payment_id = p.id
  WHERE p.status = 'paid' AND (coalesce(y.amount, 0) <> p.coin_taken OR coalesce(b.card, 0) <> p.card_taken
    OR (y.id IS NOT NULL AND (y.account_id, y.shop_id) IS DISTINCT FROM (p.account_id, o.shop_id))
    OR (b.journal_id IS NOT NULL AND (b.places, b.place) IS DISTINCT FROM (1::bigint, s.account_id))
    OR (p.discount_taken = p.discount AND coalesce(b.city, 0) <> coalesce(c.city, 0)))
UNION ALL
SELECT format('order payment %s: discount %s, uses %s', p.id, p.discount, coalesce(sum(u.discount), 0)) FROM wallet_orderpayment p
  LEFT JOIN wallet_couponuse u ON u.order_payment_id = p.id GROUP BY p.id HAVING p.discount <> coalesce(sum(u.discount), 0);

-- = what came back of a tender are the parts of the order's refunds, and a refund is the sum of its lines
SELECT format('order payment %s', p.id) AS row FROM wallet_orderpayment p LEFT JOIN wallet_orderrefund r ON r.order_payment_id = p.id
  GROUP BY p.id HAVING (p.discount_refunded, p.coin_refunded, p.card_refunded)
    IS DISTINCT FROM (coalesce(sum(r.discount), 0), coalesce(sum(r.coin), 0), coalesce(sum(r.card), 0))
UNION ALL
SELECT format('order refund %s', r.id) FROM wallet_orderrefund r LEFT JOIN wallet_orderrefundline l ON l.refund_id = r.id
  GROUP BY r.id HAVING r.amount IS DISTINCT FROM sum(l.amount)
UNION ALL
SELECT format('order %s, line %s', l.order_id, l.number) FROM wallet_orderline l
  LEFT JOIN (SELECT p.order_id, x.number, sum(x.amount) AS amount FROM wallet_orderrefundline x JOIN wallet_orderrefund r ON r.id = x.refund_id
    JOIN wallet_orderpayment p ON p.id = r.order_payment_id GROUP BY 1, 2) b ON b.order_id = l.order_id AND b.number = l.number
  WHERE l.refunded <> coalesce(b.amount, 0);

-- = a refund of an order gave coins, card and campaigns their part, and what the card company refused is with the shop again
SELECT format('order refund %s', r.id) AS row FROM wallet_orderrefund r
  JOIN wallet_orderpayment p ON p.id = r.order_payment_id JOIN wallet_order o ON o.id = p.order_id JOIN wallet_shop s ON s.id = o.shop_id
  LEFT JOIN wallet_refund y ON y.id = r.refund_id LEFT JOIN wallet_cardrefund c ON c.id = r.card_refund_id
  LEFT JOIN (SELECT x.journal_id, x.debit_id, sum(x.amount) FILTER (WHERE k.kind = 'card') AS card FROM wallet_posting x
    JOIN wallet_account k ON k.id = x.credit_id GROUP BY 1, 2) b ON b.journal_id = r.journal_id
  LEFT JOIN wallet_posting back ON back.journal_id = r.restored_journal_id
  WHERE coalesce(y.amount, 0) <> r.coin OR coalesce(c.amount, 0) <> r.card OR coalesce(b.card, 0) <> r.card
    OR (y.id IS NOT NULL AND y.payment_id IS DISTINCT FROM p.payment_id) OR (c.id IS NOT NULL AND c.payment_id IS DISTINCT FROM p.card_payment_id)
    OR (b.journal_id IS NOT NULL AND b.debit_id <> s.account_id) OR (c.status = 'failed') <> (r.restored_journal_id IS NOT NULL)
    OR (r.restored_journal_id IS NOT NULL AND (back.amount, back.credit_id) IS DISTINCT FROM (r.card, s.account_id));

-- = campaigns paid an order's shop and got back what its coupons say, in the measure of the discount
SELECT format('order payment %s, campaign %s: moved %s, uses %s', t.id, t.purse, sum(t.booked), sum(t.said)) AS row FROM (
    SELECT p.id, x.debit_id AS purse, x.amount AS booked, 0 AS said FROM wallet_orderpayment p
      JOIN wallet_posting x ON x.journal_id = p.journal_id JOIN wallet_account a ON a.id = x.debit_id AND a.kind = 'campaign'
    UNION ALL SELECT r.order_payment_id, x.credit_id, -x.amount, 0 FROM wallet_orderrefund r
      JOIN wallet_posting x ON x.journal_id = r.journal_id JOIN wallet_account a ON a.id = x.credit_id AND a.kind = 'campaign'
    UNION ALL SELECT p.id, m.account_id, 0, u.discount - u.returned FROM wallet_couponuse u JOIN wallet_orderpayment p ON p.id = u.order_payment_id
      JOIN wallet_coupon k ON k.id = u.coupon_id JOIN wallet_campaign m ON m.id = k.campaign_id WHERE p.status = 'paid') t
  GROUP BY t.id, t.purse HAVING sum(t.booked) <> sum(t.said)
UNION ALL
SELECT format('use %s: returned %s', u.id, u.returned) FROM wallet_couponuse u JOIN wallet_orderpayment p ON p.id = u.order_payment_id
  JOIN wallet_coupon k ON k.id = u.coupon_id
  WHERE u.returned <> CASE WHEN k.campaign_id IS NULL OR p.status <> 'paid' THEN 0
      ELSE u.discount * (p.discount - p.discount_taken + p.discount_refunded) / p.discount END
    OR (u.given_back_at IS NOT NULL) <> (p.status = 'ended' OR (p.status = 'paid' AND p.discount_refunded + p.coin_refunded + p.card_refunded
      = p.discount_taken + p.coin_taken + p.card_taken));

-- = the card's side of an order says the same: taken where it was paid, ended or sent back where it was not
SELECT format('card payment %s (%s), order payment %s (%s)', c.id, c.status, p.id, p.status) AS row FROM wallet_cardpayment c
  FULL JOIN wallet_orderpayment p ON p.card_payment_id = c.id WHERE coalesce(c.purpose, 'order') = 'order'
    AND NOT (p.id IS NOT NULL AND CASE WHEN c.id IS NULL THEN p.method = 'coin'
      WHEN p.status = 'paid' AND p.card_taken > 0 THEN c.status = 'paid' AND coalesce(c.to_take, c.amount) = p.card_taken
      WHEN p.status = 'paid' THEN c.to_take = 0 AND c.status <> 'paid'
      WHEN p.status = 'ended' THEN c.status <> 'paid' AND (c.status IN ('ended', 'returned') OR c.to_take = 0)
      ELSE c.status NOT IN ('paid', 'returned', 'ended') END) IS TRUE;
