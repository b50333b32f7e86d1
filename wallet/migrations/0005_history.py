"""The model of the history; its view follows in SQL."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The model of the history; its view follows in SQL."""

    dependencies = [
        ("wallet", "0004_payments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("account_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("direction", models.TextField()),
                ("amount", models.BigIntegerField()),
                ("currency", models.TextField()),
                ("at", models.DateTimeField()),
                ("shop_name", models.TextField(null=True)),
                ("payment_id", models.UUIDField(null=True)),
                ("receipt_number", models.TextField(null=True)),
            ],
            options={
                "db_table": "wallet_entry",
                "managed": False,
            },
        ),
    ]
