-- wallet_pay as before, at less of PostgreSQL's work: a row of a named type, whose shape is not made out anew in every call; no variables of
-- domains, for what is written is checked where it is written; what coupons take off is added up without a statement.
--
-- The hot path: what wallet.services.paying explains step by step, in one statement. tests/wallet/test_parity.py holds it to that.
--
-- Locks, in this order: advisory (actor, key); a code of one use; the payer's balance; coupons, by id; the campaigns that pay for them, by
-- account. Nothing else: the merchant's credit is an insert, and lots change only under their account's balance. A refusal raises SQLSTATE
-- MW001 with its code as the message, and nothing of the act stays; a key of long ago stumbles over journal_one_a_key. The same key and
-- request again return the kept answer (`was_kept`).
--
-- p_shop: null where the payer acts (p_code is a shop's or a charge's); the shop where its till charges a customer's code.
-- p_kept_since: answers recorded earlier are no longer kept.
-- p_coupons: null for a payment without coupons, which costs nothing more; else [{use, coupon, claim, discount}, …] by coupon, as the engine has
-- just quoted them, [] where it no longer quotes what was asked for.
CREATE TYPE wallet_paid AS (status smallint, body bytea, is_refusal boolean, was_kept boolean, account uuid, shop uuid);
CREATE FUNCTION wallet_pay(
  p_action text, p_actor uuid, p_subject uuid, p_key kernel_key, p_digest kernel_digest, p_request_id text, p_at timestamptz,
  p_kept_since timestamptz,
  p_code bytea, p_shop uuid, p_amount bigint, p_currency text, p_per_payment bigint, p_per_day bigint,
  p_payment uuid, p_receipt_number text, p_audit uuid, p_event uuid, p_coupons jsonb DEFAULT NULL
) RETURNS wallet_paid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_day CONSTANT date := jst_date(p_at);
  status smallint;
  body bytea;
  is_refusal boolean;
  account uuid;
  shop uuid;
  v_digest bytea;
  v_token uuid;
  v_kind text;
  v_fixed bigint;
  v_once uuid;
  v_used_at timestamptz;
  v_cancelled_at timestamptz;
  v_expires_at timestamptz;
  v_shop_account uuid;
  v_shop_currency text;
  v_shop_name text;
  v_shop_name_en text;
  v_closed_at timestamptz;
  v_amount bigint;
  v_discount bigint := 0;
  v_city bigint := 0;
  v_counted_on date;
  v_journal bigint;
  v_lot uuid;
  v_taken bigint;
  v_missing bigint;
  v_what jsonb;
BEGIN
  -- 1. One at a time for this key; the look that follows is a statement of its own and sees what the holder before us committed.
  IF pg_advisory_xact_lock(hashtextextended(p_actor::text || '/' || p_key, 7)) IS NULL THEN
    RAISE EXCEPTION 'no lock';
  END IF;
  SELECT a.request_digest, a.status, a.body, a.is_refusal INTO v_digest, status, body, is_refusal
    FROM kernel_answer a WHERE a.actor = p_actor AND a.key = p_key
      AND a.recorded_at > p_kept_since AND a.recorded_at < p_at + interval '1 hour' -- no partition of the days to come
    LIMIT 1;
  IF FOUND THEN
    IF v_digest <> p_digest THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'key_reused';
    END IF;
    RETURN (status, body, is_refusal, true, NULL, NULL)::wallet_paid;
  END IF;

  -- 2. Who pays; what the code stands for, locked where it works once; which shop.
  IF p_shop IS NULL THEN
    SELECT h.account_id INTO account FROM wallet_holder h WHERE h.resident_id = p_subject AND h.currency = p_currency;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'no_wallet';
    END IF;
  END IF;
  SELECT t.id, t.kind, t.shop_id, t.amount INTO v_token, v_kind, shop, v_fixed FROM wallet_qrtoken t WHERE t.hash = p_code;
  IF NOT FOUND OR (v_kind = 'customer') <> (p_shop IS NOT NULL) THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'code_unknown';
  END IF;
  IF v_kind <> 'shop' THEN
    SELECT t.id, t.used_at, t.cancelled_at, t.expires_at, coalesce(t.account_id, account), coalesce(p_shop, shop)
      INTO v_once, v_used_at, v_cancelled_at, v_expires_at, account, shop
      FROM wallet_qrtoken t WHERE t.id = v_token FOR UPDATE;
    IF v_used_at IS NOT NULL THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'code_used';
    ELSIF v_cancelled_at IS NOT NULL OR v_expires_at <= p_at THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'code_expired';
    END IF;
  END IF;
  SELECT s.account_id, s.currency, s.name, s.name_en, s.closed_at
    INTO v_shop_account, v_shop_currency, v_shop_name, v_shop_name_en, v_closed_at FROM wallet_shop s WHERE s.id = shop;
  IF NOT FOUND OR v_closed_at IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'shop_closed';
  END IF;

  -- 3. How much, and whether it may be.
  v_amount := coalesce(v_fixed, p_amount);
  IF v_amount IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'amount_required';
  ELSIF v_amount <> p_amount THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'amount_fixed';
  ELSIF account = v_shop_account THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'paying_oneself';
  ELSIF v_shop_currency <> p_currency THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'currency_unsupported';
  ELSIF v_amount > p_per_payment THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'limit_per_payment';
  END IF;
  IF p_coupons IS NOT NULL THEN
    FOR at IN 0 .. jsonb_array_length(p_coupons) - 1 LOOP
      v_discount := v_discount + (p_coupons -> at ->> 'discount')::bigint;
    END LOOP;
    IF v_discount = 0 OR v_discount >= v_amount THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'quote_changed';
    END IF;
    v_amount := v_amount - v_discount;
  END IF;

  -- 4. The payer's balance: the one lock on money. The day's limit and whether it is frozen stand in the same row.
  UPDATE wallet_balance b SET amount = b.amount - v_amount, version = b.version + 1,
      spent = CASE WHEN b.spent_on >= v_day THEN b.spent ELSE 0 END + v_amount, spent_on = greatest(b.spent_on, v_day)
    WHERE b.account_id = account AND b.amount >= v_amount AND b.frozen = 0
      AND CASE WHEN b.spent_on >= v_day THEN b.spent ELSE 0 END + v_amount <= p_per_day
    RETURNING b.spent_on INTO v_counted_on;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = wallet_why_not(account, v_day, v_amount);
  END IF;

  -- 5. The lots: earliest last day first, bonus before paid. The last of them is written down with the rest below.
  v_journal := nextval('wallet_journal_id_seq');
  v_missing := v_amount;
  LOOP
    SELECT l.id, least(l.remaining, v_missing) INTO v_lot, v_taken FROM wallet_lot l
      WHERE l.account_id = account AND l.open AND l.expires_on >= v_day ORDER BY l.expires_on, l.kind, l.id LIMIT 1;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING ERRCODE = 'MW001', MESSAGE = 'insufficient_funds';
    END IF;
    UPDATE wallet_lot l SET remaining = l.remaining - v_taken, open = l.remaining > v_taken WHERE l.id = v_lot;
    v_missing := v_missing - v_taken;
    EXIT WHEN v_missing = 0;
    INSERT INTO wallet_lotmove (journal_id, lot_id, delta) VALUES (v_journal, v_lot, -v_taken);
  END LOOP;
  IF v_once IS NOT NULL THEN
    UPDATE wallet_qrtoken t SET used_at = p_at WHERE t.id = v_once;
  END IF;

  -- 6. The coupons, where there are any; what their campaigns pay goes to the shop as well.
  v_what := jsonb_build_object('payment_id', p_payment, 'account_id', account, 'shop_id', shop, 'amount', v_amount, 'currency', p_currency);
  IF p_coupons IS NOT NULL THEN
    v_city := wallet_use_coupons(p_coupons, account, v_shop_account, p_payment, v_journal, p_currency, p_at);
  END IF;

  -- 7. What stays: the books, the merchant's credit, the payment, audit, event, and the answer, byte for byte as it is sent.
  WITH
    journal AS (INSERT INTO wallet_journal (id, kind, actor, idem_key, request_digest, at)
      VALUES (v_journal, 'payment', p_actor, p_key, p_digest, p_at)),
    posting AS (INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
      VALUES (v_journal, 1, account, v_shop_account, p_currency, v_amount)),
    credit AS (INSERT INTO wallet_creditinbox (account_id, journal_id, amount) VALUES (v_shop_account, v_journal, v_amount + v_city)),
    move AS (INSERT INTO wallet_lotmove (journal_id, lot_id, delta) VALUES (v_journal, v_lot, -v_taken)),
    payment AS (INSERT INTO wallet_payment (id, journal_id, account_id, shop_id, amount, discount, refunded, status, receipt_number, at,
        version, counted_on, qr_token_id)
      VALUES (p_payment, v_journal, account, shop, v_amount, v_discount, 0, 'paid', p_receipt_number, p_at, 1, v_counted_on, v_once)),
    audit AS (INSERT INTO kernel_audit (id, recorded_at, actor, subject, action, key, what, why, request_id)
      VALUES (p_audit, p_at, p_actor, p_subject, p_action, p_key,
        CASE WHEN p_coupons IS NULL THEN v_what ELSE v_what || jsonb_build_object('discount', v_discount) END, '', p_request_id)),
    event AS (INSERT INTO kernel_outbox (id, recorded_at, name, payload)
      VALUES (p_event, p_at, 'wallet.payment.settled.v1', v_what))
  INSERT INTO kernel_answer (actor, key, recorded_at, request_digest, status, body, is_refusal)
    VALUES (p_actor, p_key, p_at, p_digest, 201, convert_to(format(
      '{"id":"%s","receipt_number":"%s","status":"paid","amount":%s,"discount":%s,"refunded":0,"currency":"%s","paid_at":"%s","shop":{"id":"%s","name":%s,"name_en":%s},"version":1}',
      p_payment, p_receipt_number, v_amount, v_discount, p_currency,
      replace(to_char(p_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '.000000', ''),
      shop, to_json(v_shop_name), to_json(v_shop_name_en)), 'UTF8'), false)
    RETURNING body INTO body;
  RETURN (201, body, false, false, account, shop)::wallet_paid;
END $$;
REVOKE EXECUTE ON FUNCTION wallet_pay FROM PUBLIC;
