-- Units that wait for a card are what their payment is for; an end comes once, and nothing is deleted.
CREATE FUNCTION wallet_premium_claim_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM wallet_cardpayment c JOIN wallet_premium m ON m.id = NEW.premium_id
      WHERE c.id = NEW.payment_id AND c.purpose = 'premium' AND c.account_id = NEW.account_id AND c.amount = NEW.units * m.unit_yen) THEN
    RAISE EXCEPTION 'wallet_premiumclaim %: its payment is for something else', NEW.payment_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits_its_payment BEFORE INSERT ON wallet_premiumclaim FOR EACH ROW EXECUTE FUNCTION wallet_premium_claim_fits();
CREATE TRIGGER as_begun BEFORE UPDATE ON wallet_premiumclaim
  FOR EACH ROW WHEN ((OLD.payment_id, OLD.premium_id, OLD.account_id, OLD.units, OLD.at)
      IS DISTINCT FROM (NEW.payment_id, NEW.premium_id, NEW.account_id, NEW.units, NEW.at)
    OR (OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at)
    OR (OLD.purchase_id IS NOT NULL AND (NEW.purchase_id, NEW.released_at) IS DISTINCT FROM (OLD.purchase_id, OLD.released_at)))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_premiumclaim FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON wallet_premiumclaim FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON wallet_premiumclaim FROM machi_app;

-- Proved at commit: a payment for units has its claim; once it is paid they are bought by its top-up, and once it has ended they are let go.
CREATE FUNCTION wallet_prove_premium_payment() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM wallet_cardpayment c JOIN wallet_premiumclaim k ON k.payment_id = c.id
      LEFT JOIN wallet_premiumpurchase p ON p.id = k.purchase_id
      WHERE c.id = NEW.id AND p.top_up_id IS NOT DISTINCT FROM c.top_up_id
        AND (c.status NOT IN ('ended', 'returned') OR k.released_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'card payment %: its units do not say what became of it', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER proved_at_commit AFTER INSERT OR UPDATE ON wallet_cardpayment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.purpose = 'premium') EXECUTE FUNCTION wallet_prove_premium_payment();
