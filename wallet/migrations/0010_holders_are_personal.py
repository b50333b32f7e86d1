"""Whose account is whose shows only inside an access."""

from django.db import migrations

from kernel.access.migrations import protect


class Migration(migrations.Migration):
    """Row-level security on the link from a person to their account."""

    dependencies = [("kernel", "0002_access"), ("wallet", "0009_numbers")]

    operations = [protect("wallet_holder", "resident_id", "wallet")]
