-- Referrals: what was written stays; a newcomer is brought once for ever.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['referralcampaign', 'referrallink', 'referral', 'referralrefusal'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON wallet_%s FROM machi_app', name);
  END LOOP;
END $$;
CREATE TRIGGER as_written BEFORE UPDATE ON wallet_referralcampaign
  FOR EACH ROW WHEN ((OLD.id, OLD.title, OLD.title_en, OLD.rule, OLD.campaign_id, OLD.starts_at, OLD.ends_at, OLD.stock, OLD.created_at, OLD.created_by)
    IS DISTINCT FROM (NEW.id, NEW.title, NEW.title_en, NEW.rule, NEW.campaign_id, NEW.starts_at, NEW.ends_at, NEW.stock, NEW.created_at, NEW.created_by))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_shared BEFORE UPDATE ON wallet_referrallink
  FOR EACH ROW WHEN ((OLD.id, OLD.referral_campaign_id, OLD.account_id, OLD.hash, OLD.created_at)
    IS DISTINCT FROM (NEW.id, NEW.referral_campaign_id, NEW.account_id, NEW.hash, NEW.created_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_entered BEFORE UPDATE ON wallet_referral
  FOR EACH ROW WHEN ((OLD.id, OLD.link_id, OLD.newcomer_id, OLD.entered_at, OLD.pay_until)
    IS DISTINCT FROM (NEW.id, NEW.link_id, NEW.newcomer_id, NEW.entered_at, NEW.pay_until)
    OR (OLD.payment_id IS NOT NULL AND (OLD.payment_id, OLD.earned_at) IS DISTINCT FROM (NEW.payment_id, NEW.earned_at)) OR OLD.undone_at IS NOT NULL)
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER written_once BEFORE UPDATE ON wallet_referralrefusal FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE ON wallet_referralrefusal FROM machi_app;
ALTER TABLE wallet_referralcampaign SET (fillfactor = 70);
