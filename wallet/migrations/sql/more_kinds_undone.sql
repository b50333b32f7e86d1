-- Possible only while nothing of the newer kinds was booked.
ALTER DOMAIN wallet_journal_kind DROP CONSTRAINT wallet_journal_kind_check;
ALTER DOMAIN wallet_journal_kind ADD CONSTRAINT wallet_journal_kind_check CHECK (VALUE IN (
  'payment', 'capture', 'refund', 'void', 'top_up', 'hold', 'release', 'expiry', 'merge'));
