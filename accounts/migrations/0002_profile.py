"""Profiles, shown by the database only inside an access to their person."""

import django.db.models.deletion
from django.db import migrations, models

from kernel.access import name_purpose, protect


class Migration(migrations.Migration):
    """The table, its policy, and the purpose for which sign-up writes a newcomer's first row."""

    dependencies = [("accounts", "0001_people_and_organisations"), ("kernel", "0002_access")]
    operations = [
        migrations.CreateModel(
            name="Profile",
            fields=[
                (
                    "resident",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.resident",
                    ),
                ),
                ("display_name", models.BinaryField()),
            ],
            options={
                "verbose_name": "プロフィール",
                "verbose_name_plural": "プロフィール",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        protect("accounts_profile", "resident_id", "profile"),
        name_purpose("accounts.sign_up", ["profile"]),
        name_purpose("accounts.clear_away", ["profile"], destroys_key=True),
    ]
