-- What a journal may be of: beside what people pay, what they send, what the city funds, takes back, settles and pays out.
ALTER DOMAIN wallet_journal_kind DROP CONSTRAINT wallet_journal_kind_check;
ALTER DOMAIN wallet_journal_kind ADD CONSTRAINT wallet_journal_kind_check CHECK (VALUE IN (
  'payment', 'capture', 'refund', 'void', 'top_up', 'hold', 'release', 'expiry', 'merge',
  'send', 'fund', 'reversal', 'order', 'order_refund', 'settlement', 'returned', 'payout'));
