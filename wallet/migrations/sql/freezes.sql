-- A freeze is written once but for its end, and the balance row always says the strongest that is open.
CREATE DOMAIN wallet_frozen AS smallint CHECK (VALUE BETWEEN 0 AND 2);
ALTER TABLE wallet_balance ALTER frozen TYPE wallet_frozen;

CREATE FUNCTION wallet_mirror_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM wallet_balance WHERE account_id = NEW.account_id FOR UPDATE;
  UPDATE wallet_balance b SET version = b.version + 1, frozen = coalesce(
      (SELECT max(CASE f.scope WHEN 'all' THEN 2 ELSE 1 END) FROM wallet_accountfreeze f
        WHERE f.account_id = NEW.account_id AND f.ended_at IS NULL), 0)
    WHERE b.account_id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER mirrored AFTER INSERT OR UPDATE ON wallet_accountfreeze FOR EACH ROW EXECUTE FUNCTION wallet_mirror_freeze();

CREATE TRIGGER as_frozen BEFORE UPDATE ON wallet_accountfreeze
  FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL OR (OLD.id, OLD.account_id, OLD.scope, OLD.about, OLD.reason, OLD.frozen_at, OLD.frozen_by)
    IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.scope, NEW.about, NEW.reason, NEW.frozen_at, NEW.frozen_by))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_accountfreeze FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_accountfreeze FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_accountfreeze FROM machi_app;

-- Why a balance could not be lowered: it is frozen, or what lives on that day is too little, or else the day's limit is reached.
CREATE OR REPLACE FUNCTION wallet_why_not(p_account uuid, p_day date, p_amount bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT FROM wallet_balance b WHERE b.account_id = p_account AND b.frozen > 0) THEN 'account_frozen'
      WHEN coalesce(sum(l.remaining), 0) < p_amount THEN 'insufficient_funds' ELSE 'limit_per_day' END
    FROM wallet_lot l WHERE l.account_id = p_account AND l.open AND l.expires_on >= p_day
$$;
