"""Contacts sealed with their person's key; numbers by tokens."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids
from kernel.access import name_purpose, protect, widen_purpose


class Migration(migrations.Migration):
    """The tables; what was there before is sealed by the next migration."""

    dependencies = [("accounts", "0012_own_devices"), ("kernel", "0008_index_key")]
    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("token", models.CharField(db_collation="C", max_length=64)),
                ("sealed", models.BinaryField()),
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
                "verbose_name": "連絡先",
                "verbose_name_plural": "連絡先",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("resident", "token"), name="contact_once")],
            },
        ),
        protect("accounts_contact", "resident_id", "contacts"),
        name_purpose("accounts.reach", ["contacts"]),
        name_purpose("accounts.seal_contacts", ["contacts"]),
        widen_purpose("accounts.sign_up", ["contacts"]),
        widen_purpose("accounts.clear_away", ["contacts", "family", "home", "identity", "messages"]),
        migrations.RemoveConstraint(model_name="phonenumber", name="phone_number_e164"),
        migrations.AlterField(
            model_name="phonenumber",
            name="number",
            field=models.CharField(db_collation="C", db_index=True, max_length=64),
        ),
    ]
