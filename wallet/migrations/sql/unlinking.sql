-- Once another account stands for it, the account of a merged ID says no more whose it was: the way leads through the succession.
CREATE OR REPLACE FUNCTION wallet_refuse_holder_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM wallet_account WHERE id = OLD.account_id AND closed_at IS NOT NULL)
    OR EXISTS (SELECT FROM wallet_succession WHERE source_id = OLD.account_id) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'wallet_holder is append-only while the account is open: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION wallet_unlink_merged(p_account uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM wallet_holder WHERE account_id = p_account
    AND EXISTS (SELECT FROM wallet_succession WHERE source_id = p_account)
$$;
