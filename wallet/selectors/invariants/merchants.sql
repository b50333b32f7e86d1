-- Shops, their days, and what is given back there. Each query returns the rows (ids only) that break the rule above it.

-- = a closed day is the sum of what was counted: movements of that shop and day, and its fingerprint is theirs
SELECT format('closing %s', c.id) AS row FROM wallet_shopclosing c
  LEFT JOIN (SELECT c.id, count(*) AS rows,
      count(*) FILTER (WHERE m.kind = 'payment') AS payments, coalesce(sum(m.customer) FILTER (WHERE m.kind = 'payment'), 0) AS customers,
      coalesce(sum(m.city) FILTER (WHERE m.kind = 'payment'), 0) AS city, coalesce(sum(m.own), 0) AS own,
      count(*) FILTER (WHERE m.kind = 'refund') AS refunds, coalesce(sum(m.customer) FILTER (WHERE m.kind = 'refund'), 0) AS refunded,
      coalesce(sum(m.city) FILTER (WHERE m.kind = 'refund'), 0) AS refunded_city,
      count(*) FILTER (WHERE m.kind = 'void') AS voids, coalesce(sum(m.customer) FILTER (WHERE m.kind = 'void'), 0) AS voided,
      coalesce(sum(m.city) FILTER (WHERE m.kind = 'void'), 0) AS voided_city,
      count(*) FILTER (WHERE m.kind = 'top_up') AS top_ups, coalesce(sum(m.customer) FILTER (WHERE m.kind = 'top_up'), 0) AS topped_up,
      string_agg(format(E'%s|%s|%s|%s|%s\n', m.id, m.kind, m.customer, m.city, m.own), '' ORDER BY m.id) AS said
      FROM wallet_shopclosing c CROSS JOIN unnest(c.counted) AS n (id)
      JOIN wallet_shopmovement m ON m.id = n.id AND m.shop_id = c.shop_id AND jst_date(m.at) = c.day GROUP BY c.id) m ON m.id = c.id
  WHERE ROW(c.payments, c.customers, c.city, c.own, c.refunds, c.refunded, c.refunded_city, c.voids, c.voided, c.voided_city, c.top_ups,
      c.topped_up, cardinality(c.counted)::bigint)
    IS DISTINCT FROM ROW(coalesce(m.payments, 0), coalesce(m.customers, 0)::bigint, coalesce(m.city, 0)::bigint, coalesce(m.own, 0)::bigint,
      coalesce(m.refunds, 0), coalesce(m.refunded, 0)::bigint, coalesce(m.refunded_city, 0)::bigint, coalesce(m.voids, 0),
      coalesce(m.voided, 0)::bigint, coalesce(m.voided_city, 0)::bigint, coalesce(m.top_ups, 0), coalesce(m.topped_up, 0)::bigint,
      coalesce(m.rows, 0))
    OR c.digest <> encode(sha256(convert_to(format(E'%s|%s\n', c.shop_id, c.day) || coalesce(m.said, ''), 'UTF8')), 'hex');

-- = a closed day and what came later are what the books moved on the shop's account that day
SELECT format('closing %s: counted %s, later %s, moved %s', c.id, c.customers + c.city - c.refunded - c.refunded_city - c.voided - c.voided_city,
    coalesce(l.net, 0), coalesce(b.net, 0)) AS row
  FROM wallet_shopclosing c JOIN wallet_shop s ON s.id = c.shop_id
  LEFT JOIN (SELECT c.id, sum(CASE m.kind WHEN 'payment' THEN m.customer + m.city ELSE -m.customer - m.city END) AS net
      FROM wallet_shopclosing c JOIN wallet_shopmovement m ON m.shop_id = c.shop_id AND jst_date(m.at) = c.day
      WHERE m.kind <> 'top_up' AND m.id <> ALL (c.counted) GROUP BY c.id) l ON l.id = c.id
  LEFT JOIN (SELECT p.account_id, jst_date(j.at) AS day, sum(p.amount) AS net FROM (
      SELECT journal_id, credit_id AS account_id, amount FROM wallet_posting
      UNION ALL SELECT journal_id, debit_id, -amount FROM wallet_posting) p
      JOIN wallet_account a ON a.id = p.account_id AND a.kind = 'merchant'
      JOIN wallet_journal j ON j.id = p.journal_id AND j.kind NOT IN ('settlement', 'returned') GROUP BY 1, 2) b
    ON b.account_id = s.account_id AND b.day = c.day
  WHERE c.customers + c.city - c.refunded - c.refunded_city - c.voided - c.voided_city + coalesce(l.net, 0) <> coalesce(b.net, 0);

-- = the tills of a closed day add up to it
SELECT format('closing %s', c.id) AS row FROM wallet_shopclosing c
  LEFT JOIN (SELECT c.id, f.key, sum(f.value::bigint) AS amount FROM wallet_shopclosing c
      CROSS JOIN jsonb_array_elements(c.tills) t CROSS JOIN jsonb_each_text(t -> 'figures') f GROUP BY 1, 2) t ON t.id = c.id
  GROUP BY c.id
  HAVING coalesce(jsonb_object_agg(t.key, t.amount) FILTER (WHERE t.key IS NOT NULL AND t.amount <> 0), '{}')
    <> jsonb_strip_nulls(jsonb_build_object('payments', nullif(c.payments, 0), 'customers', nullif(c.customers, 0),
      'city', nullif(c.city, 0), 'own', nullif(c.own, 0), 'refunds', nullif(c.refunds, 0), 'refunded', nullif(c.refunded, 0),
      'refunded_city', nullif(c.refunded_city, 0), 'voids', nullif(c.voids, 0), 'voided', nullif(c.voided, 0),
      'voided_city', nullif(c.voided_city, 0), 'top_ups', nullif(c.top_ups, 0), 'topped_up', nullif(c.topped_up, 0)));

-- = what was given back on a day without the manager is what the refunds say, and within the ceiling of then
SELECT format('shop %s, %s: counted %s, refunds %s', coalesce(d.shop_id, r.shop_id), coalesce(d.day, r.day), d.given, r.amount) AS row
  FROM wallet_refundday d FULL JOIN (SELECT shop_id, jst_date(at) AS day, sum(amount) AS amount FROM (
      SELECT y.shop_id, r.at, r.amount FROM wallet_refund r JOIN wallet_payment y ON y.id = r.payment_id WHERE r.is_limited
      UNION ALL SELECT o.shop_id, r.at, r.coin + r.card FROM wallet_orderrefund r JOIN wallet_orderpayment p ON p.id = r.order_payment_id
        JOIN wallet_order o ON o.id = p.order_id WHERE r.is_limited) r GROUP BY 1, 2) r ON r.shop_id = d.shop_id AND r.day = d.day
  WHERE d.given IS DISTINCT FROM r.amount OR d.given > d.most;

-- = a shop that is stopped takes no coins, and the shop of an approved application is its organisation's
SELECT format('stop %s', t.id) AS row FROM wallet_shopstop t JOIN wallet_shop s ON s.id = t.shop_id
  WHERE t.ended_at IS NULL AND s.closed_at IS NULL
UNION ALL
SELECT format('application %s', a.id) FROM wallet_merchantapplication a
  LEFT JOIN wallet_shop s ON s.id = a.shop_id AND s.organisation_id = a.organisation_id WHERE a.state = 'approved' AND s.id IS NULL;
