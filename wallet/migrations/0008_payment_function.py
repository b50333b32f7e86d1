"""The payment function: the hot path in one statement."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    """Made by the owner, called by the application."""

    dependencies = [("wallet", "0007_sources")]

    operations = [
        migrations.RunSQL((SQL / "why_not.sql").read_text(), "DROP FUNCTION wallet_why_not"),
        migrations.RunSQL((SQL / "wallet_pay.sql").read_text(), "DROP FUNCTION wallet_pay"),
    ]
