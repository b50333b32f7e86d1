-- Coupons: what was written stays, what is used is counted by conditions, and a use comes back once.
ALTER TABLE wallet_payment ALTER discount TYPE wallet_yen_or_none;
ALTER TABLE wallet_couponuse ALTER discount TYPE wallet_yen, ALTER returned TYPE wallet_yen_or_none;

DROP TRIGGER as_paid ON wallet_payment;
CREATE TRIGGER as_paid BEFORE UPDATE OF id, journal_id, account_id, shop_id, amount, discount, receipt_number, at, counted_on, qr_token_id, hold_id
  ON wallet_payment
  FOR EACH ROW WHEN ((OLD.id, OLD.journal_id, OLD.account_id, OLD.shop_id, OLD.amount, OLD.discount, OLD.receipt_number, OLD.at,
      OLD.counted_on, OLD.qr_token_id, OLD.hold_id)
    IS DISTINCT FROM (NEW.id, NEW.journal_id, NEW.account_id, NEW.shop_id, NEW.amount, NEW.discount, NEW.receipt_number, NEW.at,
      NEW.counted_on, NEW.qr_token_id, NEW.hold_id))
  EXECUTE FUNCTION kernel_refuse_change();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['coupon', 'couponclaim', 'couponcount', 'couponuse'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;

-- A coupon is what it was when people took it: a change is a new coupon.
CREATE TRIGGER as_written BEFORE UPDATE ON wallet_coupon
  FOR EACH ROW WHEN ((OLD.id, OLD.title, OLD.title_en, OLD.rule, OLD.campaign_id, OLD.organisation_id, OLD.starts_at, OLD.ends_at, OLD.stock,
      OLD.per_person, OLD.per_day, OLD.needs_claim, OLD.is_listed, OLD.created_at, OLD.created_by)
    IS DISTINCT FROM (NEW.id, NEW.title, NEW.title_en, NEW.rule, NEW.campaign_id, NEW.organisation_id, NEW.starts_at, NEW.ends_at, NEW.stock,
      NEW.per_person, NEW.per_day, NEW.needs_claim, NEW.is_listed, NEW.created_at, NEW.created_by))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_claimed BEFORE UPDATE ON wallet_couponclaim
  FOR EACH ROW WHEN ((OLD.id, OLD.coupon_id, OLD.source, OLD.source_id, OLD.at) IS DISTINCT FROM (NEW.id, NEW.coupon_id, NEW.source, NEW.source_id, NEW.at)
    OR OLD.revoked_at IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
-- What came back of a use stays back, and the coupon comes back once.
CREATE TRIGGER as_used BEFORE UPDATE ON wallet_couponuse
  FOR EACH ROW WHEN ((OLD.id, OLD.coupon_id, OLD.payment_id, OLD.account_id, OLD.claim_id, OLD.discount, OLD.day, OLD.at)
    IS DISTINCT FROM (NEW.id, NEW.coupon_id, NEW.payment_id, NEW.account_id, NEW.claim_id, NEW.discount, NEW.day, NEW.at)
    OR NEW.returned < OLD.returned OR (OLD.given_back_at IS NOT NULL AND OLD.given_back_at IS DISTINCT FROM NEW.given_back_at))
  EXECUTE FUNCTION kernel_refuse_change();
ALTER TABLE wallet_coupon SET (fillfactor = 70);

-- What wallet.services.coupons.using explains: stock, claim, uses per person, the campaigns' money; each by a statement that decides. Returns
-- what the campaigns pay. A coupon that is no longer what was quoted raises quote_changed, and nothing of the payment stays.
CREATE FUNCTION wallet_use_coupons(
  p_coupons jsonb, p_account uuid, p_shop_account uuid, p_payment uuid, p_journal bigint, p_currency text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_day CONSTANT date := jst_date(p_at);
  v_part record;
  v_coupon record;
  v_counted_on date;
  v_line smallint := 1;
  v_city bigint := 0;
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
    INSERT INTO wallet_couponcount AS n (coupon_id, account_id, used, day, on_day) VALUES (v_part.coupon, p_account, 1, v_day, 1)
      ON CONFLICT (coupon_id, account_id) DO UPDATE SET used = n.used + 1, day = greatest(n.day, v_day),
        on_day = CASE WHEN n.day >= v_day THEN n.on_day ELSE 0 END + 1
      WHERE (v_coupon.per_person IS NULL OR n.used < v_coupon.per_person)
        AND (v_coupon.per_day IS NULL OR n.day < v_day OR n.on_day < v_coupon.per_day)
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
REVOKE EXECUTE ON FUNCTION wallet_use_coupons FROM PUBLIC;
