"""An empty account can be closed, and the link to its holder cut."""

from pathlib import Path

from django.db import migrations

from kernel.access import name_purpose

SQL = Path(__file__).with_name("sql")

BACK = """
DROP FUNCTION wallet_close_account(uuid, text, timestamptz);
DROP TRIGGER deleted_once_closed ON wallet_holder;
DROP FUNCTION wallet_refuse_holder_delete();
CREATE TRIGGER never_deleted BEFORE DELETE ON wallet_holder FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("wallet", "0010_holders_are_personal"), ("kernel", "0006_grounds")]

    operations = [
        migrations.RunSQL((SQL / "closing.sql").read_text(), BACK),
        name_purpose("wallet.before_closing", ["wallet"], roles=["city.officer"]),
    ]
