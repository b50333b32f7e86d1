CREATE OR REPLACE FUNCTION wallet_why_not(p_account uuid, p_day date, p_amount bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN coalesce(sum(l.remaining), 0) < p_amount THEN 'insufficient_funds' ELSE 'limit_per_day' END
    FROM wallet_lot l WHERE l.account_id = p_account AND l.open AND l.expires_on >= p_day
$$;
DROP TRIGGER mirrored ON wallet_accountfreeze;
DROP FUNCTION wallet_mirror_freeze();
ALTER TABLE wallet_balance ALTER frozen TYPE smallint;
DROP DOMAIN wallet_frozen;
