-- What every payment writes is guarded by its column's type. A CHECK on the table would do the same and be parsed anew by every statement.
CREATE DOMAIN wallet_yen AS bigint CHECK (VALUE > 0);
CREATE DOMAIN wallet_yen_or_none AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN wallet_change AS bigint CHECK (VALUE <> 0);
CREATE DOMAIN wallet_journal_kind AS varchar(16) COLLATE "C"
  CHECK (VALUE IN ('payment', 'capture', 'refund', 'void', 'top_up', 'hold', 'release', 'expiry'));
CREATE DOMAIN wallet_lot_kind AS varchar(8) COLLATE "C" CHECK (VALUE IN ('bonus', 'paid'));
CREATE DOMAIN wallet_payment_status AS varchar(16) COLLATE "C" CHECK (VALUE IN ('paid', 'partly_refunded', 'refunded', 'voided'));

ALTER TABLE wallet_balance ALTER amount TYPE wallet_yen_or_none, ALTER held TYPE wallet_yen_or_none, ALTER spent TYPE wallet_yen_or_none;
ALTER TABLE wallet_journal
  ALTER kind TYPE wallet_journal_kind, ALTER idem_key TYPE kernel_key, ALTER request_digest TYPE kernel_digest;
ALTER TABLE wallet_posting ALTER amount TYPE wallet_yen;
ALTER TABLE wallet_creditinbox ALTER amount TYPE wallet_yen;
ALTER TABLE wallet_lot ALTER kind TYPE wallet_lot_kind, ALTER issued TYPE wallet_yen, ALTER remaining TYPE wallet_yen_or_none;
ALTER TABLE wallet_lotmove ALTER delta TYPE wallet_change;
ALTER TABLE wallet_payment
  ALTER amount TYPE wallet_yen, ALTER refunded TYPE wallet_yen_or_none, ALTER status TYPE wallet_payment_status;
