-- Stamps and rewards: what was written stays; a stamp is taken back once, a reward ends once.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['stampcard', 'stamp', 'reward'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;
CREATE TRIGGER as_written BEFORE UPDATE ON wallet_stampcard
  FOR EACH ROW WHEN ((OLD.id, OLD.title, OLD.title_en, OLD.rule, OLD.campaign_id, OLD.organisation_id, OLD.coupon_id, OLD.starts_at, OLD.ends_at,
      OLD.stock, OLD.created_at, OLD.created_by)
    IS DISTINCT FROM (NEW.id, NEW.title, NEW.title_en, NEW.rule, NEW.campaign_id, NEW.organisation_id, NEW.coupon_id, NEW.starts_at, NEW.ends_at,
      NEW.stock, NEW.created_at, NEW.created_by))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_earned BEFORE UPDATE ON wallet_stamp
  FOR EACH ROW WHEN ((OLD.id, OLD.card_id, OLD.account_id, OLD.payment_id, OLD.shop_id, OLD.at, OLD.day)
    IS DISTINCT FROM (NEW.id, NEW.card_id, NEW.account_id, NEW.payment_id, NEW.shop_id, NEW.at, NEW.day) OR OLD.taken_back_at IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_given BEFORE UPDATE ON wallet_reward
  FOR EACH ROW WHEN ((OLD.id, OLD.account_id, OLD.source, OLD.source_id, OLD.number, OLD.campaign_id, OLD.top_up_id, OLD.claim_id, OLD.given_at)
    IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.source, NEW.source_id, NEW.number, NEW.campaign_id, NEW.top_up_id, NEW.claim_id, NEW.given_at)
    OR OLD.ended_at IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
ALTER TABLE wallet_stampcard SET (fillfactor = 70);

-- What was taken back is proved at commit as a top-up is: its lot is empty, account and budget moved by the whole gift.
CREATE FUNCTION wallet_prove_reward_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  given wallet_topup := (SELECT t FROM wallet_topup t WHERE t.id = NEW.top_up_id);
BEGIN
  PERFORM wallet_prove_journal(NEW.journal_id, NEW.account_id, -given.bonus, -given.bonus);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER UPDATE ON wallet_reward DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.journal_id IS NOT NULL) EXECUTE FUNCTION wallet_prove_reward_end();
