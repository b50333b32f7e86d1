-- The link from a person to an account is cut here and nowhere else, and only once the account is empty and closed.
DROP TRIGGER never_deleted ON wallet_holder;
CREATE FUNCTION wallet_refuse_holder_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM wallet_account WHERE id = OLD.account_id AND closed_at IS NOT NULL) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'wallet_holder is append-only while the account is open: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER deleted_once_closed BEFORE DELETE ON wallet_holder FOR EACH ROW EXECUTE FUNCTION wallet_refuse_holder_delete();

CREATE FUNCTION wallet_close_account(p_resident uuid, p_currency text, p_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account uuid := (SELECT account_id FROM wallet_holder WHERE resident_id = p_resident AND currency = p_currency);
BEGIN
  IF v_account IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM wallet_balance WHERE account_id = v_account AND amount = 0 AND held = 0 FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'wallet_account: coins are left' USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE wallet_account SET closed_at = p_at WHERE id = v_account;
  DELETE FROM wallet_holder WHERE account_id = v_account;
  RETURN v_account;
END $$;
