DROP TRIGGER proved_at_commit ON wallet_cardpayment;
DROP FUNCTION wallet_prove_premium_payment();
DROP TRIGGER fits_its_payment ON wallet_premiumclaim;
DROP FUNCTION wallet_premium_claim_fits();
DROP TRIGGER as_begun ON wallet_premiumclaim;
DROP TRIGGER never_deleted ON wallet_premiumclaim;
DROP TRIGGER never_truncated ON wallet_premiumclaim;
