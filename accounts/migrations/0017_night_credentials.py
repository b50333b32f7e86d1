"""Credentials of phones for a night without a database."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_exports_and_erasures")]
    operations = [
        migrations.CreateModel(
            name="NightCredential",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("thumbprint", models.CharField(db_collation="C", max_length=43)),
                ("session", models.CharField(db_collation="C", max_length=40)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "resident",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.resident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("resident", "thumbprint"), name="night_credential_one_a_phone"),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))), name="night_credential_ends"
                    ),
                ],
            },
        ),
    ]
