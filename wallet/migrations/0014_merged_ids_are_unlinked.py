"""The link from a merged ID to its account is cut, for new mergings and for those that were."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")

BACK = """
DROP FUNCTION wallet_unlink_merged(uuid);
CREATE OR REPLACE FUNCTION wallet_refuse_holder_delete() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM wallet_account WHERE id = OLD.account_id AND closed_at IS NOT NULL) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'wallet_holder is append-only while the account is open: DELETE refused' USING ERRCODE = 'restrict_violation';
END $$;
"""
EARLIER = "SELECT wallet_unlink_merged(source_id) FROM wallet_succession"


class Migration(migrations.Migration):
    dependencies = [("wallet", "0013_whom_to_tell")]

    operations = [
        migrations.RunSQL((SQL / "unlinking.sql").read_text(), BACK),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
