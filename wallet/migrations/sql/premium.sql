-- What is announced stays as it was announced; what was bought, taken back or told is written once; nothing is deleted.
CREATE TRIGGER as_announced BEFORE UPDATE ON wallet_premium FOR EACH ROW WHEN (
  (OLD.id, OLD.campaign_id, OLD.name, OLD.name_en, OLD.way, OLD.who, OLD.unit_yen, OLD.rate_bp, OLD.units, OLD.per_person,
   OLD.apply_from, OLD.apply_until, OLD.draw_at, OLD.draw_id, OLD.window_days, OLD.sells_from, OLD.sells_until, OLD.bonus_last_day, OLD.made_at)
  IS DISTINCT FROM
  (NEW.id, NEW.campaign_id, NEW.name, NEW.name_en, NEW.way, NEW.who, NEW.unit_yen, NEW.rate_bp, NEW.units, NEW.per_person,
   NEW.apply_from, NEW.apply_until, NEW.draw_at, NEW.draw_id, NEW.window_days, NEW.sells_from, NEW.sells_until, NEW.bonus_last_day, NEW.made_at)
  OR (OLD.allotted_at IS NOT NULL AND NEW.allotted_at IS DISTINCT FROM OLD.allotted_at)
  OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at))
  EXECUTE FUNCTION kernel_refuse_change();

-- A wish changes while the list of its draw is open, and not after: from then on only the rank comes, once, and the mark that it was told.
CREATE FUNCTION wallet_premium_wish_is_fixed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.id, OLD.premium_id, OLD.account_id, OLD.wished, OLD.ticket, OLD.applied_at, OLD.withdrawn_at)
      IS NOT DISTINCT FROM (NEW.id, NEW.premium_id, NEW.account_id, NEW.wished, NEW.ticket, NEW.applied_at, NEW.withdrawn_at)
      AND (OLD.rank IS NULL OR OLD.rank = NEW.rank) THEN
    RETURN NEW;
  END IF;
  IF (SELECT d.state FROM wallet_premium p JOIN kernel_draw d ON d.id = p.draw_id WHERE p.id = NEW.premium_id) IS DISTINCT FROM 'open' THEN
    RAISE EXCEPTION 'wallet_premiumapplication: the list is fixed, % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER wish_is_fixed BEFORE INSERT OR UPDATE ON wallet_premiumapplication
  FOR EACH ROW EXECUTE FUNCTION wallet_premium_wish_is_fixed();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['premiumpurchase', 'premiumvoid', 'expiryreminder'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['premium', 'premiumshare', 'premiumapplication'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;

-- A void is proved at commit as a top-up is: both lots are empty, and account, cash and budget moved by what was bought.
CREATE FUNCTION wallet_prove_premium_void() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  bought wallet_topup := (SELECT t FROM wallet_premiumpurchase p JOIN wallet_topup t ON t.id = p.top_up_id WHERE p.id = NEW.purchase_id);
BEGIN
  PERFORM wallet_prove_journal(NEW.journal_id, bought.account_id, -(bought.amount + bought.bonus), -(bought.amount + bought.bonus));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT ON wallet_premiumvoid DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION wallet_prove_premium_void();

-- The history gains a line for what was taken back; the lines before stay as they are.
DO $$
BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW wallet_entry AS ' || rtrim(pg_get_viewdef('wallet_entry'::regclass), ';') || '
UNION ALL
SELECT v.id, t.account_id, ''reversal'', ''out'', t.amount + t.bonus, a.currency, v.at, s.name, NULL::uuid, t.receipt_number, s.name_en, NULL::uuid,
       NULL::uuid, NULL::bytea
  FROM wallet_premiumvoid v JOIN wallet_premiumpurchase p ON p.id = v.purchase_id JOIN wallet_topup t ON t.id = p.top_up_id
  JOIN wallet_account a ON a.id = t.account_id LEFT JOIN wallet_shop s ON s.id = t.shop_id';
END $$;
