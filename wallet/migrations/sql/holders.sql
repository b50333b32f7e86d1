-- The link from a person to an account is opened here and nowhere else: the application cannot write it, and reads it under row-level
-- security. These two functions answer for the principal's own subject.
REVOKE INSERT, UPDATE ON wallet_holder FROM machi_app;

CREATE FUNCTION wallet_account_of(p_resident uuid, p_currency text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT account_id FROM wallet_holder WHERE resident_id = p_resident AND currency = p_currency
$$;

CREATE FUNCTION wallet_open_account(p_account uuid, p_resident uuid, p_currency text, p_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('wallet.open/' || p_resident || p_currency, 7));
  SELECT account_id INTO found FROM wallet_holder WHERE resident_id = p_resident AND currency = p_currency;
  IF found IS NOT NULL THEN
    RETURN found;
  END IF;
  INSERT INTO wallet_account (id, kind, currency, opened_at) VALUES (p_account, 'resident', p_currency, p_at);
  INSERT INTO wallet_balance (account_id, amount, held, version, spent) VALUES (p_account, 0, 0, 0, 0);
  INSERT INTO wallet_holder (account_id, resident_id, currency) VALUES (p_account, p_resident, p_currency);
  RETURN p_account;
END $$;
