-- wallet_use_coupons as before, at less of PostgreSQL's work: no statement to read the parts or to add up the purses, and none for merged IDs where
-- no cap counts persons. The parts come by coupon: in this order coupons are locked.
CREATE OR REPLACE FUNCTION wallet_use_coupons(
  p_coupons jsonb, p_account uuid, p_shop_account uuid, p_payment uuid, p_journal bigint, p_currency text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_day CONSTANT date := jst_date(p_at);
  v_part jsonb;
  v_coupon uuid;
  v_claim uuid;
  v_discount bigint;
  v_stock int;
  v_per_person int;
  v_per_day int;
  v_needs_claim boolean;
  v_purse uuid;
  v_last uuid;
  v_counted_on date;
  v_line smallint := 1;
  v_city bigint := 0;
  v_used bigint; -- by accounts for which this one stands since their IDs were merged into its holder's
  v_used_today bigint;
  v_purses uuid[] := '{}';
  v_amounts bigint[] := '{}';
BEGIN
  FOR at IN 0 .. jsonb_array_length(p_coupons) - 1 LOOP
    v_part := p_coupons -> at;
    v_coupon := v_part ->> 'coupon';
    v_claim := v_part ->> 'claim';
    v_discount := v_part ->> 'discount';
    IF v_coupon <= v_last THEN
      RAISE EXCEPTION 'the coupons are not in order';
    END IF;
    v_last := v_coupon;
    SELECT k.stock, k.per_person, k.per_day, k.needs_claim, (SELECT m.account_id FROM wallet_campaign m WHERE m.id = k.campaign_id)
      INTO v_stock, v_per_person, v_per_day, v_needs_claim, v_purse
      FROM wallet_coupon k
      WHERE k.id = v_coupon AND k.paused_at IS NULL AND k.starts_at <= p_at AND k.ends_at > p_at;
    IF NOT FOUND OR (v_needs_claim AND v_claim IS NULL) THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    IF v_stock IS NOT NULL THEN
      UPDATE wallet_coupon k SET taken = k.taken + 1 WHERE k.id = v_coupon AND k.taken < k.stock AND k.paused_at IS NULL;
      IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
      END IF;
    END IF;
    IF v_claim IS NOT NULL THEN
      UPDATE wallet_couponclaim c SET used_at = p_at, payment_id = p_payment
        WHERE c.id = v_claim AND c.coupon_id = v_coupon AND c.account_id = p_account AND c.used_at IS NULL AND c.revoked_at IS NULL;
      IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
      END IF;
    END IF;
    IF v_per_person IS NOT NULL OR v_per_day IS NOT NULL THEN
      SELECT coalesce(sum(n.used), 0), coalesce(sum(n.on_day) FILTER (WHERE n.day >= v_day), 0) INTO v_used, v_used_today
        FROM wallet_succession s JOIN wallet_couponcount n ON n.account_id = s.source_id AND n.coupon_id = v_coupon
        WHERE s.target_id = p_account;
      IF v_used >= v_per_person OR v_used_today >= v_per_day THEN
        RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
      END IF;
    END IF;
    INSERT INTO wallet_couponcount AS n (coupon_id, account_id, used, day, on_day) VALUES (v_coupon, p_account, 1, v_day, 1)
      ON CONFLICT (coupon_id, account_id) DO UPDATE SET used = n.used + 1, day = greatest(n.day, v_day),
        on_day = CASE WHEN n.day >= v_day THEN n.on_day ELSE 0 END + 1
      WHERE (v_per_person IS NULL OR n.used + v_used < v_per_person)
        AND (v_per_day IS NULL OR n.day < v_day OR n.on_day + v_used_today < v_per_day)
      RETURNING n.day INTO v_counted_on;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    INSERT INTO wallet_couponuse (id, coupon_id, payment_id, account_id, claim_id, discount, returned, day, at)
      VALUES ((v_part ->> 'use')::uuid, v_coupon, p_payment, p_account, v_claim, v_discount, 0, v_counted_on, p_at);
    IF v_purse IS NOT NULL THEN
      v_line := v_line + 1;
      v_city := v_city + v_discount;
      INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
        VALUES (p_journal, v_line, v_purse, p_shop_account, p_currency, v_discount);
      v_purses := v_purses || v_purse;
      v_amounts := v_amounts || v_discount;
    END IF;
  END LOOP;
  IF v_line > 2 THEN -- several: each purse once, by account
    SELECT array_agg(s.purse ORDER BY s.purse), array_agg(s.amount ORDER BY s.purse) INTO v_purses, v_amounts
      FROM (SELECT p.purse, sum(p.amount) AS amount FROM unnest(v_purses, v_amounts) p (purse, amount) GROUP BY 1) s;
  END IF;
  FOR at IN 1 .. cardinality(v_purses) LOOP
    UPDATE wallet_balance b SET amount = b.amount - v_amounts[at], version = b.version + 1
      WHERE b.account_id = v_purses[at] AND b.amount >= v_amounts[at];
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
  END LOOP;
  RETURN v_city;
END $$;
