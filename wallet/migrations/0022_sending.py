"""Sending coins to one another and asking for them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0021_circulation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("arrival_id", models.UUIDField(default=kernel.ids.new_id, unique=True)),
                ("amount", models.BigIntegerField(verbose_name="金額")),
                (
                    "receipt_number",
                    models.CharField(db_collation="C", max_length=11, unique=True, verbose_name="レシート番号"),
                ),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("counted_on", models.DateField()),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
            ],
            options={
                "verbose_name": "送金",
                "verbose_name_plural": "送金",
            },
        ),
        migrations.CreateModel(
            name="MoneyRequest",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("hash", models.BinaryField(unique=True)),
                ("amount", models.BigIntegerField()),
                ("sealed", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("reminders", models.SmallIntegerField(default=0)),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceiveCode",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("hash", models.BinaryField(unique=True)),
                ("label", models.BinaryField(default=b"")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TransferNote",
            fields=[
                (
                    "transfer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="wallet.transfer",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="RequestPart",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("declined_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="wallet.moneyrequest",
                    ),
                ),
                (
                    "transfer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="part",
                        to="wallet.transfer",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="moneyrequest",
            index=models.Index(fields=["account", "created_at"], name="money_request_of_account"),
        ),
        migrations.AddConstraint(
            model_name="moneyrequest",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="money_request_amount"),
        ),
        migrations.AddConstraint(
            model_name="moneyrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminders__gte", 0), ("reminders__lte", 3)), name="money_request_reminders"
            ),
        ),
        migrations.AddConstraint(
            model_name="receivecode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("account",), name="receive_code_one_an_account"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["sender", "at"], name="transfer_sent"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["recipient", "at"], name="transfer_received"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["at"], name="transfer_in_time"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_amount"),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("sender", models.F("recipient")), _negated=True), name="transfer_between_two"
            ),
        ),
        migrations.AddIndex(
            model_name="requestpart",
            index=models.Index(
                condition=models.Q(("asked__isnull", False)), fields=["asked"], name="request_part_asked"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("number__gte", 1)), name="request_part_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="requestpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_by__isnull", True), ("declined_at__isnull", True), ("transfer__isnull", True)),
                    models.Q(
                        ("answered_by__isnull", False), ("declined_at__isnull", True), ("transfer__isnull", False)
                    ),
                    models.Q(
                        ("answered_by__isnull", False), ("declined_at__isnull", False), ("transfer__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="request_part_answered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestpart",
            constraint=models.UniqueConstraint(fields=("request", "number"), name="request_part_number"),
        ),
        migrations.AddConstraint(
            model_name="requestpart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_by__isnull", False)),
                fields=("request", "answered_by"),
                name="request_part_one_a_person",
            ),
        ),
        migrations.RunSQL((SQL / "sending.sql").read_text(), (SQL / "sending_undone.sql").read_text()),
    ]
