"""What a column may hold, what may never change, what is proved at commit, the history's view, and the only way to open an account."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")

UNGUARD = """
DO $$
DECLARE trigger record;
BEGIN
  FOR trigger IN SELECT tgname, tgrelid::regclass AS on_table FROM pg_trigger
    WHERE NOT tgisinternal AND tgconstraint = 0 AND tgrelid::regclass::text LIKE 'wallet\\_%'
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', trigger.tgname, trigger.on_table);
  END LOOP;
END $$;
"""

UNTYPE = """
ALTER TABLE wallet_balance ALTER amount TYPE bigint, ALTER held TYPE bigint, ALTER spent TYPE bigint;
ALTER TABLE wallet_journal ALTER kind TYPE varchar(16) COLLATE "C", ALTER idem_key TYPE varchar(128) COLLATE "C",
  ALTER request_digest TYPE bytea;
ALTER TABLE wallet_posting ALTER amount TYPE bigint;
ALTER TABLE wallet_creditinbox ALTER amount TYPE bigint;
ALTER TABLE wallet_lot ALTER kind TYPE varchar(8) COLLATE "C", ALTER issued TYPE bigint, ALTER remaining TYPE bigint;
ALTER TABLE wallet_lotmove ALTER delta TYPE bigint;
ALTER TABLE wallet_payment ALTER amount TYPE bigint, ALTER refunded TYPE bigint, ALTER status TYPE varchar(16) COLLATE "C";
DROP DOMAIN wallet_yen, wallet_yen_or_none, wallet_change, wallet_journal_kind, wallet_lot_kind, wallet_payment_status;
"""


class Migration(migrations.Migration):
    """Triggers, privileges, storage, view and definer functions."""

    dependencies = [("wallet", "0005_history")]

    operations = [
        migrations.RunSQL((SQL / "domains.sql").read_text(), UNTYPE),
        migrations.RunSQL((SQL / "guards.sql").read_text(), UNGUARD),
        migrations.RunSQL(
            (SQL / "proofs.sql").read_text(),
            "DROP FUNCTION wallet_prove_journal, wallet_prove_top_up, wallet_prove_expiry, wallet_prove_hold, wallet_prove_refund"
            " CASCADE",
        ),
        migrations.RunSQL((SQL / "history.sql").read_text(), "DROP VIEW wallet_entry"),
        migrations.RunSQL(
            (SQL / "holders.sql").read_text(),
            "DROP FUNCTION wallet_account_of(uuid, text), wallet_open_account(uuid, uuid, text, timestamptz)",
        ),
    ]
