-- Possible only while no shop has handed over cash.
DROP TRIGGER as_recorded ON wallet_shopcashhandover;
DROP TRIGGER never_deleted ON wallet_shopcashhandover;
DROP TRIGGER never_truncated ON wallet_shopcashhandover;
ALTER DOMAIN wallet_journal_kind DROP CONSTRAINT wallet_journal_kind_check;
ALTER DOMAIN wallet_journal_kind ADD CONSTRAINT wallet_journal_kind_check CHECK (VALUE IN (
  'payment', 'capture', 'refund', 'void', 'top_up', 'hold', 'release', 'expiry', 'merge',
  'send', 'fund', 'reversal', 'order', 'order_refund', 'settlement', 'returned', 'payout'));
