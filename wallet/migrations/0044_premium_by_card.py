"""Coins with a bonus by card: units that wait for a payment, and the bonus that goes back beside a refund."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("wallet", "0043_cash_handed_over_and_waiting_orders"),
    ]

    operations = [
        migrations.CreateModel(
            name="PremiumClaim",
            fields=[
                (
                    "payment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="premium_claim",
                        serialize=False,
                        to="wallet.cardpayment",
                    ),
                ),
                ("units", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="cardpayment",
            name="card_payment_issued",
        ),
        migrations.RemoveConstraint(
            model_name="cardpayment",
            name="card_payment_purpose",
        ),
        migrations.RemoveConstraint(
            model_name="reversal",
            name="reversal_amounts",
        ),
        migrations.AddField(
            model_name="reversal",
            name="bonus",
            field=models.BigIntegerField(default=0, verbose_name="予算に戻した上乗せ"),
        ),
        migrations.AlterField(
            model_name="cardpayment",
            name="purpose",
            field=models.CharField(
                choices=[("top_up", "チャージ"), ("order", "注文"), ("premium", "プレミアム付コイン")],
                db_collation="C",
                max_length=8,
                verbose_name="目的",
            ),
        ),
        migrations.AlterField(
            model_name="cardrefund",
            name="reason",
            field=models.CharField(
                choices=[
                    ("limit", "残高の上限のため"),
                    ("closed", "口座が閉じられたため"),
                    ("frozen", "口座が止められているため"),
                    ("office", "職員の判断"),
                    ("order", "注文の返金"),
                    ("late", "注文が終わったあとに届いたため"),
                    ("units", "買える口がなくなったあとに届いたため"),
                    ("vendor", "カード会社の画面での返金"),
                ],
                db_collation="C",
                max_length=8,
                verbose_name="理由",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purpose__in", ["top_up", "order"]),
                    models.Q(("method", "card"), ("purpose", "premium")),
                    _connector="OR",
                ),
                name="card_payment_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("purpose__in", ("top_up", "premium")), ("status", "paid"), ("top_up__isnull", False)),
                    models.Q(
                        models.Q(("purpose__in", ("top_up", "premium")), ("status", "paid"), _negated=True),
                        ("top_up__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="card_payment_issued",
            ),
        ),
        migrations.AddConstraint(
            model_name="reversal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bonus__gte", 0),
                    ("lost__gte", 0),
                    ("taken__gte", 0),
                    models.Q(("lost", 0), ("taken", 0), _negated=True),
                ),
                name="reversal_amounts",
            ),
        ),
        migrations.AddField(
            model_name="premiumclaim",
            name="account",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="wallet.account"
            ),
        ),
        migrations.AddField(
            model_name="premiumclaim",
            name="premium",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="wallet.premium"
            ),
        ),
        migrations.AddField(
            model_name="premiumclaim",
            name="purchase",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim",
                to="wallet.premiumpurchase",
            ),
        ),
        migrations.AddConstraint(
            model_name="premiumclaim",
            constraint=models.CheckConstraint(condition=models.Q(("units__gt", 0)), name="premium_claim_units"),
        ),
        migrations.AddConstraint(
            model_name="premiumclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_at", None), ("released_at__gte", models.F("at")), _connector="OR"),
                name="premium_claim_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="premiumclaim",
            constraint=models.UniqueConstraint(
                condition=models.Q(("purchase", None), ("released_at", None)),
                fields=("premium", "account"),
                name="premium_claim_one_open",
            ),
        ),
        migrations.RunSQL((SQL / "premium_by_card.sql").read_text(), (SQL / "premium_by_card_undone.sql").read_text()),
        migrations.RunSQL((SQL / "history_with_bonus_back.sql").read_text(), (SQL / "history_whole.sql").read_text()),
    ]
