"""A made-up town of payers and shops with consistent books, written as the administrator in a few statements."""

from bench.ground import Ground

PAYERS, SHOPS = 2000, 200
PAID, BONUS = 4_000_000, 50_000

# Both follow from a number, so that a load can name them without a look-up that would count as the payment's.
RESIDENT = "('00000000-0000-7000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"
CODE = "decode(lpad(to_hex({}), 64, '0'), 'hex')"

BOOKS = f"""
CREATE TABLE bench_payer (number int PRIMARY KEY, resident uuid NOT NULL, account uuid NOT NULL, journal bigint);
CREATE TABLE bench_shop (number int PRIMARY KEY, shop uuid NOT NULL, account uuid NOT NULL);
INSERT INTO bench_payer SELECT n, {RESIDENT.format("n")}, gen_random_uuid() FROM generate_series(1, {PAYERS}) n;
INSERT INTO bench_shop SELECT n, gen_random_uuid(), gen_random_uuid() FROM generate_series(1, {SHOPS}) n;

INSERT INTO accounts_resident (id, created_at) SELECT resident, now() FROM bench_payer;
INSERT INTO wallet_account (id, kind, currency, opened_at)
  SELECT account, 'resident', 'JPY', now() FROM bench_payer UNION ALL SELECT account, 'merchant', 'JPY', now() FROM bench_shop;
INSERT INTO wallet_holder (account_id, resident_id, currency) SELECT account, resident, 'JPY' FROM bench_payer;
INSERT INTO wallet_balance (account_id, amount, held, version, spent)
  SELECT account, {PAID + BONUS}, 0, 1, 0 FROM bench_payer UNION ALL SELECT account, 0, 0, 0, 0 FROM bench_shop;
INSERT INTO wallet_shop (id, organisation_id, account_id, currency, name, name_en, name_kana, trade, district, opened_at,
    address, address_en, kind, kind_en, telephone)
  SELECT shop, gen_random_uuid(), account, 'JPY', '見本商店' || number, 'Sample shop ' || number, '', '5411', '', now(),
    '', '', '', '', ''
  FROM bench_shop;
INSERT INTO wallet_qrtoken (id, hash, kind, shop_id, created_at)
  SELECT gen_random_uuid(), {CODE.format("number")}, 'shop', shop, now() FROM bench_shop;
"""

TOP_UPS = f"""
WITH made AS (
  INSERT INTO wallet_journal (kind, actor, idem_key, request_digest, at)
    SELECT 'top_up', resident, 'bench-top-up-' || number, sha256('bench'), now() FROM bench_payer RETURNING id, actor
)
UPDATE bench_payer p SET journal = made.id FROM made WHERE made.actor = p.resident;
INSERT INTO wallet_posting (journal_id, line, debit_id, credit_id, currency, amount)
  SELECT p.journal, source.line, account.id, p.account, 'JPY', source.amount
  FROM bench_payer p, (VALUES (1, 'counter_cash', {PAID}), (2, 'issuance', {BONUS})) source (line, kind, amount)
  JOIN wallet_account account ON account.kind = source.kind;
INSERT INTO wallet_lot (id, account_id, kind, issued, remaining, expires_on, open, issued_at, journal_id)
  SELECT gen_random_uuid(), p.account, lot.kind, lot.amount, lot.amount, jst_date(now()) + lot.days, true, now(), p.journal
  FROM bench_payer p, (VALUES ('bonus', {BONUS}, 60), ('paid', {PAID}, 170)) lot (kind, amount, days);
INSERT INTO wallet_lotmove (journal_id, lot_id, delta) SELECT journal_id, id, issued FROM wallet_lot;
INSERT INTO wallet_topup (id, journal_id, account_id, kind, amount, bonus, receipt_number, at)
  SELECT gen_random_uuid(), journal, account, 'counter', {PAID}, {BONUS}, 'B' || lpad(number::text, 10, '0'), now()
  FROM bench_payer;
"""


def make_town(here: Ground) -> None:
    """Write the town; the proofs at commit check the books already here."""
    here.psql(f"BEGIN; {BOOKS} {TOP_UPS} COMMIT; ANALYZE;")


def audit(here: Ground) -> None:
    """Hold the books against every invariant; :raises RuntimeError: with what the audit says, when one is broken."""
    here.manage("audit_ledger")
