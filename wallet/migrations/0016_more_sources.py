"""The city's accounts for cards, banks, fees and losses."""

from datetime import UTC, datetime
from uuid import UUID

from django.db import migrations

SOURCES = {
    "card": UUID("00000000-0000-7000-8000-000000000105"),
    "bank": UUID("00000000-0000-7000-8000-000000000106"),
    "fees": UUID("00000000-0000-7000-8000-000000000107"),
    "loss": UUID("00000000-0000-7000-8000-000000000108"),
}


def open_sources(apps, schema_editor):
    """Make where coins come from and go to."""
    account = apps.get_model("wallet", "Account")
    opened_at = datetime(2026, 1, 1, tzinfo=UTC)
    account.objects.bulk_create(
        account(id=key, kind=kind, currency="JPY", opened_at=opened_at) for kind, key in SOURCES.items()
    )


class Migration(migrations.Migration):
    """Data only. Going back leaves the accounts: nothing that was booked on can be deleted."""

    dependencies = [("wallet", "0015_more_kinds")]

    operations = [migrations.RunPython(open_sources, migrations.RunPython.noop)]
