"""Coins sold with a bonus, and the reminders before coins end."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import kernel.ids

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0022_sending"),
    ]

    operations = [
        migrations.CreateModel(
            name="Premium",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=60)),
                (
                    "way",
                    models.CharField(
                        db_collation="C",
                        max_length=10,
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        db_collation="C",
                        max_length=10,
                    ),
                ),
                ("unit_yen", models.BigIntegerField()),
                ("rate_bp", models.PositiveIntegerField()),
                ("units", models.PositiveIntegerField()),
                ("per_person", models.PositiveIntegerField()),
                ("apply_from", models.DateTimeField(null=True)),
                ("apply_until", models.DateTimeField(null=True)),
                ("draw_at", models.DateTimeField(null=True)),
                ("draw_id", models.UUIDField(null=True)),
                ("window_days", models.PositiveSmallIntegerField(null=True)),
                ("sells_from", models.DateTimeField()),
                ("sells_until", models.DateTimeField()),
                ("bonus_last_day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("sold", models.PositiveIntegerField(default=0)),
                ("sold_out_at", models.DateTimeField(null=True)),
                ("allotted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="premium", to="wallet.campaign"
                    ),
                ),
            ],
            options={},
        ),
        migrations.CreateModel(
            name="PremiumApplication",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("wished", models.PositiveIntegerField()),
                ("ticket", models.CharField(db_collation="C", max_length=64, unique=True)),
                ("applied_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("rank", models.PositiveIntegerField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "premium",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="wallet.premium",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PremiumPurchase",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("units", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wallet.account",
                    ),
                ),
                (
                    "premium",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="purchases", to="wallet.premium"
                    ),
                ),
                (
                    "top_up",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="premium_purchase", to="wallet.topup"
                    ),
                ),
            ],
            options={},
        ),
        migrations.CreateModel(
            name="PremiumShare",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "premium", "account", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cap", models.PositiveIntegerField()),
                ("bought", models.PositiveIntegerField(default=0)),
                ("window_ends_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
                    ),
                ),
                (
                    "premium",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="wallet.premium",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PremiumVoid",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "journal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.journal"
                    ),
                ),
                (
                    "purchase",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="void", to="wallet.premiumpurchase"
                    ),
                ),
            ],
            options={},
        ),
        migrations.CreateModel(
            name="ExpiryReminder",
            fields=[
                ("id", models.UUIDField(default=kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("expires_on", models.DateField()),
                ("stage", models.PositiveSmallIntegerField()),
                ("told_on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("at", models.DateTimeField()),
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "expires_on", "stage"), name="expiry_reminder_once_a_stage"
                    ),
                    models.UniqueConstraint(fields=("account", "told_on"), name="expiry_reminder_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__gt", 0), ("stage__in", [30, 7, 1]), ("told_on__lte", models.F("expires_on"))
                        ),
                        name="expiry_reminder_shape",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(("sold__lte", models.F("units"))), name="premium_sells_no_more_than_there_is"
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("per_person__gt", 0),
                    ("rate_bp__range", (1, 10000)),
                    ("unit_yen__gt", 0),
                    ("units__gt", 0),
                    ("per_person__lte", models.F("units")),
                ),
                name="premium_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("apply_from", None),
                        ("apply_until", None),
                        ("draw_at", None),
                        ("draw_id", None),
                        ("way", "first_come"),
                        ("window_days", None),
                    ),
                    models.Q(
                        ("apply_from__lt", models.F("apply_until")),
                        ("apply_until__lt", models.F("draw_at")),
                        ("draw_at__lte", models.F("sells_from")),
                        ("draw_id__isnull", False),
                        ("way", "draw"),
                        ("window_days__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="premium_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(("sells_from__lt", models.F("sells_until"))), name="premium_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(("who__in", ["everybody", "resident"])), name="premium_who"
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sold__lt", models.F("units")), ("sold_out_at", None)),
                    models.Q(("sold", models.F("units")), ("sold_out_at__isnull", False)),
                    _connector="OR",
                ),
                name="premium_sold_out_at_an_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="premium",
            constraint=models.UniqueConstraint(fields=("draw_id",), name="premium_one_draw"),
        ),
        migrations.AddConstraint(
            model_name="premiumapplication",
            constraint=models.UniqueConstraint(fields=("premium", "account"), name="premium_application_one_a_person"),
        ),
        migrations.AddConstraint(
            model_name="premiumapplication",
            constraint=models.UniqueConstraint(fields=("premium", "rank"), name="premium_application_one_a_rank"),
        ),
        migrations.AddConstraint(
            model_name="premiumapplication",
            constraint=models.CheckConstraint(condition=models.Q(("wished__gt", 0)), name="premium_application_wishes"),
        ),
        migrations.AddConstraint(
            model_name="premiumapplication",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_at", None), ("rank", None), _connector="OR"),
                name="premium_application_withdrawn_has_no_rank",
            ),
        ),
        migrations.AddConstraint(
            model_name="premiumpurchase",
            constraint=models.CheckConstraint(condition=models.Q(("units__gt", 0)), name="premium_purchase_units"),
        ),
        migrations.AddConstraint(
            model_name="premiumshare",
            constraint=models.CheckConstraint(
                condition=models.Q(("bought__lte", models.F("cap"))), name="premium_share_within_its_cap"
            ),
        ),
        migrations.RunSQL((SQL / "premium.sql").read_text(), (SQL / "premium_undone.sql").read_text()),
    ]
