-- wallet_use_coupons as before, but what a person used under an ID that was merged into theirs counts towards the caps as well.
CREATE OR REPLACE FUNCTION wallet_use_coupons(
  p_coupons jsonb, p_account uuid, p_shop_account uuid, p_payment uuid, p_journal bigint, p_currency text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_day CONSTANT date := jst_date(p_at);
  v_part record;
  v_coupon record;
  v_counted_on date;
  v_line smallint := 1;
  v_city bigint := 0;
  v_used bigint; -- by accounts for which this one stands since their IDs were merged into its holder's
  v_used_today bigint;
BEGIN
  FOR v_part IN SELECT (e ->> 'use')::uuid AS use, (e ->> 'coupon')::uuid AS coupon, (e ->> 'claim')::uuid AS claim,
      (e ->> 'discount')::bigint AS discount FROM jsonb_array_elements(p_coupons) e ORDER BY 2 LOOP
    SELECT k.stock, k.per_person, k.per_day, k.needs_claim, m.account_id AS purse INTO v_coupon
      FROM wallet_coupon k LEFT JOIN wallet_campaign m ON m.id = k.campaign_id
      WHERE k.id = v_part.coupon AND k.paused_at IS NULL AND k.starts_at <= p_at AND k.ends_at > p_at;
    IF NOT FOUND OR (v_coupon.needs_claim AND v_part.claim IS NULL) THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    IF v_coupon.stock IS NOT NULL THEN
      UPDATE wallet_coupon k SET taken = k.taken + 1 WHERE k.id = v_part.coupon AND k.taken < k.stock AND k.paused_at IS NULL;
      IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
      END IF;
    END IF;
    IF v_part.claim IS NOT NULL THEN
      UPDATE wallet_couponclaim c SET used_at = p_at, payment_id = p_payment
        WHERE c.id = v_part.claim AND c.coupon_id = v_part.coupon AND c.account_id = p_account AND c.used_at IS NULL AND c.revoked_at IS NULL;
      IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
      END IF;
    END IF;
    SELECT coalesce(sum(n.used), 0), coalesce(sum(n.on_day) FILTER (WHERE n.day >= v_day), 0) INTO v_used, v_used_today
      FROM wallet_succession s JOIN wallet_couponcount n ON n.account_id = s.source_id AND n.coupon_id = v_part.coupon
      WHERE s.target_id = p_account;
    IF v_used >= v_coupon.per_person OR v_used_today >= v_coupon.per_day THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    INSERT INTO wallet_couponcount AS n (coupon_id, account_id, used, day, on_day) VALUES (v_part.coupon, p_account, 1, v_day, 1)
      ON CONFLICT (coupon_id, account_id) DO UPDATE SET used = n.used + 1, day = greatest(n.day, v_day),
        on_day = CASE WHEN n.day >= v_day THEN n.on_day ELSE 0 END + 1
      WHERE (v_coupon.per_person IS NULL OR n.used + v_used < v_coupon.per_person)
        AND (v_coupon.per_day IS NULL OR n.day < v_day OR n.on_day + v_used_today < v_coupon.per_day)
      RETURNING n.day INTO v_counted_on;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    INSERT INTO wallet_couponuse (id, coupon_id, payment_id, account_id, claim_id, discount, returned, day, at)
      VALUES (v_part.use, v_part.coupon, p_payment, p_account, v_part.claim, v_part.discount, 0, v_counted_on, p_at);
    IF v_coupon.purse IS NOT NULL THEN
      v_line := v_line + 1;
      v_city := v_city + v_part.discount;
      INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
        VALUES (p_journal, v_line, v_coupon.purse, p_shop_account, p_currency, v_part.discount);
    END IF;
  END LOOP;
  FOR v_part IN SELECT p.debit_id AS purse, sum(p.amount)::bigint AS amount FROM wallet_posting p
      WHERE p.journal_id = p_journal AND p.line > 1 GROUP BY 1 ORDER BY 1 LOOP
    UPDATE wallet_balance b SET amount = b.amount - v_part.amount, version = b.version + 1
      WHERE b.account_id = v_part.purse AND b.amount >= v_part.amount;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
  END LOOP;
  RETURN v_city;
END $$;
