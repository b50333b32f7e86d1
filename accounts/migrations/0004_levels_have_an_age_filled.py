"""Whoever is here already has had their level since they came."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Take the day of arrival: nobody could change their level before."""
    arrived = apps.get_model("accounts", "Resident").objects.filter(pk=OuterRef("resident_id")).values("created_at")
    missing = apps.get_model("accounts", "User").objects.filter(account_level_since=None)
    missing.update(account_level_since=Subquery(arrived))


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("accounts", "0003_levels_have_an_age")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
